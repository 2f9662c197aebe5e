//! One office against another: a member of each role of theirs, an integration of each scope, and those who hold all of
//! them try every operation on what is ours. What is tried is read from the schema and from our rows, so that a new
//! operation, and a new kind of thing, is attacked by that alone.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::Engine,
    program::{Deployment, Program},
};

mod furnish;
mod people;
mod plausible;
mod table;
mod things;
mod within;
mod words;

use furnish::{Hands, Ready};
use people::Person;
use plausible::{Given, differing};
use table::{Holds, ROLES, Table};
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
    them: Vec<Person>,
    table: Table,
    ours: Things,
    theirs: Things,
    ready: Ready,
    words: Words,
    db: DatabaseConnection,
}

impl Attack {
    async fn prepare(deployment: &Deployment, facts: &Value) -> Self {
        let anonymous = Client::anonymous(facts["url"].as_str().unwrap());
        let of = |name: &str| anonymous.with_token(facts["tokens"][name].as_str().unwrap());
        let lead = of("otherOffice");
        let mut them = people::each(&lead, &anonymous, "prying.example.org").await;
        let alone = |role: &str| {
            let found = them.iter().find(|person| person.holds.any_of(&[role]));
            found.unwrap().client.clone()
        };
        let [administrator, coordinator, manager, author] =
            ["administrator", "coordinator", "projectManager", "member"].map(of);
        let us = vec![coordinator.clone(), administrator.clone(), manager.clone()];
        Hands { administrator, coordinator, manager, author, mark: "valley" }.furnish().await;
        let (manager, author) = (alone("PROJECT_MANAGER"), alone("MEMBER"));
        let (administrator, coordinator) = (lead.clone(), lead.clone());
        let ready = Hands { administrator, coordinator, manager, author, mark: "north" }.furnish().await;
        them.push(people::whole_machine(&lead, &anonymous).await);
        them.push(Person::new(Holds::Roles(ROLES.to_vec()), lead.clone()));
        let file = file_of(deployment);
        furnish::said(&file).await;
        let db = Database::connect(format!("sqlite://{}?mode=ro", file.display())).await.unwrap();
        let ours = Things::of(&db, "pacific-ehealth").await;
        assert!(ours.secrets().len() > 15, "there is little to find: {:?}", ours.secrets());
        let theirs = Things::of(&db, "northern-telehealth").await;
        let colleague = colleague(&lead).await;
        Self {
            us,
            words: Words::read(&lead).await,
            table: Table::printed(),
            them,
            ours,
            theirs: theirs.always("Member", &colleague),
            ready,
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
        for Person { holds, client } in &self.them {
            for (kind, ids) in self.ours.by_kind() {
                let document = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
                for some in ids.chunks(20) {
                    let asked = client.answer(document, json!({ "ids": some })).await;
                    let found = asked["data"]["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
                    assert!(found.iter().all(Value::is_null), "{holds:?} opened our {kind}: {asked}");
                }
            }
        }
    }

    /// Who tries, and with which rows of ours: who holds much tries all, one after the other; the others take turns.
    fn tries(&self) -> impl Iterator<Item = (&Person, usize)> {
        let all = self.them.iter().enumerate();
        all.flat_map(|(at, person)| {
            let rounds = if person.holds_many() { 0..ROUNDS } else { at % ROUNDS..at % ROUNDS + 1 };
            rounds.map(move |round| (person, round))
        })
    }

    /// Every field of a root with our ids wherever it takes one.
    async fn ask_everything(&self) {
        for name in self.words.queries().filter(|name| !PUBLIC.contains(name)) {
            for (Person { holds, client }, round) in self.tries() {
                let document = self.words.query(name, &self.ours.round(round));
                let answer = client.answer(&document, json!({})).await;
                let heard = match codes(&answer)[..] {
                    ["FORBIDDEN"] => !self.table.may(name, holds),
                    [] | ["NOT_FOUND"] => self.table.may(name, holds),
                    _ => false,
                };
                assert!(
                    heard,
                    "{name} by {holds:?} was not tried, or not by the table: {}",
                    answer["errors"]
                );
                self.tells_nothing(&answer, holds, &document);
            }
        }
    }

    /// Inputs with one id of ours among theirs, for each id that is taken: what is refused first must not hide what else
    /// would be.
    fn inputs(&self, name: &str, round: usize) -> Vec<Value> {
        let ours = self.ours.round(round);
        let mut theirs = self.theirs.round(round);
        for (kind, id) in self.ready.suited_to(name) {
            theirs.ids.insert(kind.to_owned(), id.to_owned());
        }
        theirs.ids.retain(|kind, _| ours.ids.contains_key(kind));
        let lacking = ours.ids.iter().filter(|(kind, _)| !theirs.ids.contains_key(*kind));
        let lacking: Vec<_> = lacking.map(|(kind, id)| (kind.clone(), id.clone())).collect();
        theirs.ids.extend(lacking);
        let (all, own) = (self.words.input(name, &ours), self.words.input(name, &theirs));
        let each: Vec<Value> = differing(&all, &own)
            .into_iter()
            .map(|place| {
                let mut one = own.clone();
                *one.pointer_mut(&place).unwrap() = all.pointer(&place).unwrap().clone();
                if let Some(version) = self.ready.version(name) {
                    one["expectedVersion"] = version.clone();
                }
                one
            })
            .collect();
        if each.is_empty() { vec![all] } else { each }
    }

    async fn do_everything(&self) {
        let mut tried = 0;
        for name in self.words.mutations().filter(|name| !NOT_TRIED.contains(name)) {
            let inputs: Vec<_> = (0..ROUNDS).map(|round| self.inputs(name, round)).collect();
            let takes_ids = !Given::kinds(&self.words.input(name, &Given::default())).is_empty();
            for (person, round) in self.tries() {
                let Person { holds, client } = person;
                let inputs = &inputs[round];
                let some = if person.holds_many() {
                    0..inputs.len()
                } else {
                    round % inputs.len()..round % inputs.len() + 1
                };
                for input in &inputs[some] {
                    let answer = client.try_act(name, input.clone(), answered(name)).await;
                    self.tells_nothing(&answer, holds, name);
                    // Whoever announces an initiative with a draft proposes it: that is for people.
                    let announces = input.get("announce").is_some() && matches!(holds, Holds::Scopes(_));
                    if announces || !self.table.may(name, holds) {
                        assert_eq!(codes(&answer), ["FORBIDDEN"], "{name} by {holds:?}: {answer}");
                        break;
                    }
                    assert!(
                        !takes_ids || is_not_there(name, holds, &answer),
                        "{name} by {holds:?} was not tried: {answer}, asked with {input}"
                    );
                    tried += usize::from(takes_ids);
                }
            }
        }
        assert!(tried > 500, "little was tried: {tried}");
    }

    /// There is something of ours of every kind that an operation takes.
    fn has_something_of_each(&self) {
        let ours = self.ours.round(0);
        let mut lacking = std::collections::BTreeSet::new();
        for (name, turn) in self.words.mutations().flat_map(|name| [(name, 0), (name, 1)]) {
            let input = self.words.input(name, &Given { turn, ..Given::default() });
            let taken = Given::kinds(&input).into_iter().filter(|kind| !ours.ids.contains_key(*kind));
            lacking.extend(taken.map(|kind| format!("{kind} for {name}")));
        }
        assert!(lacking.is_empty(), "we have none of these: {lacking:?}");
    }

    fn tells_nothing(&self, answer: &Value, who: &Holds, asked: &str) {
        let told = answer.to_string();
        let ours = self.ours.secrets().iter().find(|secret| told.contains(secret.as_str()));
        assert!(ours.is_none(), "{who:?} was told {ours:?} by {asked}: {answer}");
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

/// The made-up offices, served.
async fn demo() -> (Deployment, Program) {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(&["api.cost_per_minute=5000000"]);
    let mut command = deployment.command(&["demo", "--port", "0"]);
    command.env("TMPDIR", deployment.folder());
    let demo = deployment.launch(command).unwrap_or_else(|| panic!("{}", deployment.log()));
    (deployment, demo)
}

/// The file of its database.
fn file_of(deployment: &Deployment) -> PathBuf {
    let demo = std::fs::read_dir(deployment.folder()).unwrap().map(|entry| entry.unwrap().path());
    demo.map(|folder| folder.join("masthead.db")).find(|file| file.exists()).unwrap()
}

#[tokio::test]
async fn nothing_of_one_office_is_seen_or_changed_from_another() {
    let (deployment, demo) = demo().await;
    let attack = Attack::prepare(&deployment, &demo.facts).await;
    let before = attack.ours.kept(&attack.db).await;
    attack.has_something_of_each();
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

/// Whom an operation may name in any part: a project manager who is none of those who pry.
async fn colleague(lead: &Client) -> String {
    let members = lead.ask("{ members(first: 50) { nodes { id email } } }", json!({})).await;
    let mut nodes = members["members"]["nodes"].as_array().unwrap().iter();
    let found = nodes.find(|one| one["email"].as_str().unwrap().starts_with("elias.")).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// What an answer was refused for.
fn codes(answer: &Value) -> Vec<&str> {
    let errors = answer["errors"].as_array().into_iter().flatten().map(|error| &error["extensions"]["code"]);
    let payloads = answer["data"].as_object().into_iter().flat_map(|data| data.values());
    let refusals = payloads.filter_map(|payload| payload["userErrors"].as_array()).flatten();
    errors.chain(refusals.map(|refusal| &refusal["code"])).filter_map(Value::as_str).collect()
}

/// What is read of a mutation's payload, where the refusal is in there.
fn answered(name: &str) -> &'static str {
    if name == "bulkPosts" { "bulk { outcomes { leftBecause } }" } else { "" }
}

/// Whether the answer says that there is no such thing. A refusal for any other reason proves nothing: what was asked must
/// be good enough to come as far as our ids. But who does not coordinate may hear first that the thing of theirs beside
/// ours is somebody else's.
fn is_not_there(name: &str, holds: &Holds, answer: &Value) -> bool {
    let outcomes = answer["data"][name]["bulk"]["outcomes"].as_array();
    match codes(answer)[..] {
        ["NOT_FOUND"] => true,
        // A goal is looked for among those of the plan.
        ["INVALID"] => name == "completeClosing",
        ["NOT_RESPONSIBLE"] => !holds.any_of(&["COORDINATOR"]),
        [] => outcomes.is_some_and(|of| of.iter().all(|one| one["leftBecause"] == "NOT_FOUND")),
        _ => false,
    }
}
