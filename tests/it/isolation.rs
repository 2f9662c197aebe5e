//! One office against another: somebody with every role of theirs tries every operation on what is ours. What is tried is
//! read from the schema and from our rows, so that a new operation, and a new kind of thing, is attacked by that alone.

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use serde_json::{Value, json};

use crate::support::{client::Client, engine::Engine, program::Deployment};

mod things;
mod words;

use things::Things;
use words::Words;

/// Rows of each kind that are tried, one after the other.
const ROUNDS: usize = 3;
/// What anybody may ask about any office.
const PUBLIC: [&str; 3] = ["directory", "directoryChanges", "verify"];
/// It would end the attack.
const NOT_TRIED: [&str; 1] = ["signOut"];

struct Attack {
    us: Vec<Client>,
    them: Vec<(&'static str, Client)>,
    ours: Things,
    words: Words,
    db: DatabaseConnection,
}

impl Attack {
    async fn prepare(deployment: &Deployment, facts: &Value) -> Self {
        let anonymous = Client::anonymous(facts["url"].as_str().unwrap());
        let of = |name: &str| anonymous.with_token(facts["tokens"][name].as_str().unwrap());
        let member = of("otherOffice");
        let scopes = ["DIRECTORY_READ", "OFFICE_READ", "DRAFTS_WRITE", "POSTS_WRITE"];
        let made =
            member.act("createIntegration", json!({ "name": "Prying", "scopes": scopes }), "token").await;
        let machine = anonymous.with_token(made["token"].as_str().unwrap());
        let demo = std::fs::read_dir(deployment.folder()).unwrap().map(|entry| entry.unwrap().path());
        let file = demo.map(|folder| folder.join("masthead.db")).find(|file| file.exists()).unwrap();
        let db = Database::connect(format!("sqlite://{}?mode=ro", file.display())).await.unwrap();
        Self {
            us: vec![of("coordinator"), of("administrator"), of("projectManager")],
            words: Words::read(&member).await,
            them: vec![("a member with every role", member), ("an integration with every scope", machine)],
            ours: Things::of(&db, "pacific-ehealth").await,
            db,
        }
    }

    /// The kinds whose things we can open ourselves: only of these does it tell anything that they cannot.
    async fn opened_by(&self, who: &Client) -> Vec<&str> {
        let mut opened = Vec::new();
        for (kind, ids) in self.ours.by_kind() {
            let asked = who.answer("query($id: ID!) { node(id: $id) { id } }", json!({ "id": ids[0] })).await;
            if !asked["data"]["node"].is_null() {
                opened.push(kind);
            }
        }
        opened
    }

    async fn nodes_are_shut(&self) {
        let mut seen = Vec::new();
        for us in &self.us {
            seen.extend(self.opened_by(us).await);
        }
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() >= 14, "the attack sees too little of ours: {seen:?}");
        for (who, them) in &self.them {
            for (kind, ids) in self.ours.by_kind() {
                let document = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
                for some in ids.chunks(20) {
                    let asked = them.answer(document, json!({ "ids": some })).await;
                    let found = asked["data"]["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
                    assert!(found.iter().all(Value::is_null), "{who} opened our {kind}: {asked}");
                }
            }
        }
    }

    /// Every field of a root with our ids wherever it takes one.
    async fn ask_everything(&self) {
        for name in self.words.queries() {
            if PUBLIC.contains(&name) {
                continue;
            }
            for round in 0..ROUNDS {
                let document = self.words.query(name, &self.ours.round(round));
                for (who, them) in &self.them {
                    let answer = them.answer(&document, json!({})).await;
                    let code = &answer["errors"][0]["extensions"]["code"];
                    let heard = code.is_null() || *code == "FORBIDDEN" || *code == "NOT_FOUND";
                    assert!(heard, "{name} was not tried: {answer}");
                    self.tells_nothing(&answer, who, &document);
                }
            }
        }
    }

    async fn do_everything(&self) {
        for name in self.words.mutations() {
            if NOT_TRIED.contains(&name) {
                continue;
            }
            for round in 0..ROUNDS {
                let input = self.words.input(name, &self.ours.round(round));
                for (who, them) in &self.them {
                    let answer = them.try_act(name, input.clone(), "").await;
                    let faults = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
                    for error in faults {
                        let code = error["extensions"]["code"].as_str().unwrap_or_default();
                        assert!(
                            matches!(code, "FORBIDDEN" | "NOT_FOUND"),
                            "{name} by {who} was not tried: {answer}"
                        );
                    }
                    self.tells_nothing(&answer, who, name);
                }
            }
        }
    }

    fn tells_nothing(&self, answer: &Value, who: &str, asked: &str) {
        let told = answer.to_string();
        let ours = self.ours.secrets().iter().find(|secret| told.contains(secret.as_str()));
        assert!(ours.is_none(), "{who} was told {ours:?} by {asked}: {answer}");
    }

    /// What was done to our office by anybody who is not of it.
    async fn intrusions(&self) -> Vec<String> {
        let sql = "SELECT action FROM audit_entry JOIN office ON office.id = audit_entry.office_id \
                   WHERE office.slug = 'pacific-ehealth' AND (actor_id IN (SELECT id FROM member WHERE office_id <> office.id) \
                   OR actor_id IN (SELECT id FROM integration WHERE office_id <> office.id))";
        let rows = self.db.query_all_raw(Statement::from_string(self.db.get_database_backend(), sql)).await;
        rows.unwrap().iter().map(|row| row.try_get("", "action").unwrap()).collect()
    }
}

#[tokio::test]
async fn nothing_of_one_office_is_seen_or_changed_from_another() {
    let deployment = Deployment::fresh(&Engine::Sqlite)
        .await
        .with(&["api.cost_per_minute=5000000", "api.timeout_seconds=120"]);
    let mut command = deployment.command(&["demo", "--port", "0"]);
    command.env("TMPDIR", deployment.folder());
    let demo = deployment.launch(command).unwrap_or_else(|| panic!("{}", deployment.log()));
    let attack = Attack::prepare(&deployment, &demo.facts).await;
    let before = attack.ours.kept(&attack.db).await;
    attack.nodes_are_shut().await;
    attack.ask_everything().await;
    attack.do_everything().await;
    assert_eq!(attack.intrusions().await, Vec::<String>::new());
    let after = attack.ours.kept(&attack.db).await;
    for (table, rows) in &before {
        assert!(after[table] == *rows, "{table} of ours was changed from another office");
    }
    assert_eq!(demo.stop(), 0);
}
