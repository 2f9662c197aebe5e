//! The printed table within one office: somebody of each role alone, and an integration of each scope alone, tries every
//! operation on the office's own things. Whom the table does not let hears so, and nothing is written; whom it lets hears
//! anything but that.

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use serde_json::json;

use super::{
    codes, demo, file_of,
    furnish::{self, Hands},
    people::{self, Person},
    plausible::Given,
    table::Table,
    things::Things,
    words::Words,
};
use crate::support::client::Client;

/// It would end the walk.
const NOT_TRIED: [&str; 1] = ["signOut"];

struct Walk {
    people: Vec<Person>,
    table: Table,
    words: Words,
    given: Given,
}

impl Walk {
    /// Every operation of everybody whom the table lets do it, or of everybody else; gives how many those were.
    async fn tries(&self, allowed: bool) -> usize {
        let mut tried = 0;
        for Person { holds, client } in &self.people {
            for name in self.words.queries().filter(|name| self.table.may(name, holds) == allowed) {
                let answer = client.answer(&self.words.query(name, &self.given), json!({})).await;
                let refused = codes(&answer) == ["FORBIDDEN"];
                assert_eq!(refused, !allowed, "{name} by {holds:?}: {}", answer["errors"]);
                tried += 1;
            }
            let mutations = self.words.mutations().filter(|name| !NOT_TRIED.contains(name));
            for name in mutations.filter(|name| self.table.may(name, holds) == allowed) {
                let input = self.words.input(name, &self.given);
                let answer = client.try_act(name, input, "").await;
                let refused = codes(&answer) == ["FORBIDDEN"];
                assert_eq!(refused, !allowed, "{name} by {holds:?}: {answer}");
                tried += 1;
            }
        }
        tried
    }
}

/// What people and integrations of the office did; its worker goes on with what is its own.
async fn written(db: &DatabaseConnection, since: i64) -> Vec<String> {
    let sql = format!(
        "SELECT action AS found FROM audit_entry WHERE sequence > {since} AND office_id = \
         (SELECT id FROM office WHERE slug = 'pacific-ehealth') AND (actor_id IN (SELECT id FROM member) \
         OR actor_id IN (SELECT id FROM integration))"
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "found").unwrap()).collect()
}

async fn newest(who: &Client) -> i64 {
    let entries = who.ask("{ auditEntries(first: 1) { nodes { sequence } } }", json!({})).await;
    entries["auditEntries"]["nodes"][0]["sequence"].as_i64().unwrap()
}

#[tokio::test]
async fn each_role_may_what_the_printed_table_says_and_nothing_else() {
    let (deployment, demo) = demo().await;
    let anonymous = Client::anonymous(demo.url());
    let [administrator, coordinator, manager, author] =
        ["administrator", "coordinator", "projectManager", "member"]
            .map(|name| anonymous.with_token(demo.facts["tokens"][name].as_str().unwrap()));
    let hands = Hands {
        administrator: administrator.clone(),
        coordinator: coordinator.clone(),
        manager,
        author,
        mark: "valley",
    };
    hands.furnish().await;
    let file = file_of(&deployment);
    furnish::said(&file).await;
    let db = Database::connect(format!("sqlite://{}?mode=ro", file.display())).await.unwrap();
    // Before those who walk are there: what they do is done to none of them.
    let given = Things::of(&db, "pacific-ehealth").await.round(0);
    let people = people::each(&administrator, &anonymous, "walking.example.org").await;
    let walk = Walk { people, table: Table::printed(), words: Words::read(&administrator).await, given };
    let things = Things::of(&db, "pacific-ehealth").await;
    let (before, since) = (things.kept(&db).await, newest(&coordinator).await);
    let refused = walk.tries(false).await;
    assert_eq!(written(&db, since).await, Vec::<String>::new());
    let after = things.kept(&db).await;
    // A token's row says when it was used last; the audit has told that none was touched.
    for (table, rows) in before.iter().filter(|(table, _)| *table != "integration") {
        assert!(after[table] == *rows, "{table} was changed by somebody who may not");
    }
    let let_through = walk.tries(true).await;
    assert!(refused > 400 && let_through > 300, "little was tried: {refused} and {let_through}");
    assert_eq!(demo.stop(), 0);
}
