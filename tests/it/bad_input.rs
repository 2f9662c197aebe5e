//! Bad input of every kind at every mutation: a typed refusal, and not a byte of the database changed.
//!
//! The inputs are made from the schema itself, so that a new mutation is attacked without anybody thinking of it.

use std::collections::BTreeMap;

use sea_orm::Database;
use serde_json::{Map, Value, json};

use crate::support::{
    client::Client, engine::Engine, program::Deployment, snapshot::everything, story::Story,
};

const INTROSPECTION: &str = "{ __schema { mutationType { fields { name } } types { name kind enumValues { name } inputFields { name type { ...T } } } } } \
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// Ways of being wrong.
const WRONGS: usize = 4;

struct Schema {
    mutations: Vec<String>,
    types: BTreeMap<String, Value>,
}

async fn schema(client: &Client) -> Schema {
    let answer = client.ask(INTROSPECTION, json!({})).await["__schema"].clone();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    Schema {
        mutations: answer["mutationType"]["fields"].as_array().unwrap().iter().map(name).collect(),
        types: answer["types"].as_array().unwrap().iter().map(|kind| (name(kind), kind.clone())).collect(),
    }
}

impl Schema {
    fn wrong(&self, kind: &Value, way: usize) -> Value {
        match kind["kind"].as_str().unwrap() {
            "NON_NULL" => self.wrong(&kind["ofType"], way),
            "LIST" => json!([self.wrong(&kind["ofType"], way)]),
            "INPUT_OBJECT" => self.wrong_object(kind["name"].as_str().unwrap(), way),
            "ENUM" => self.types[kind["name"].as_str().unwrap()]["enumValues"][0]["name"].clone(),
            _ => wrong_scalar(kind["name"].as_str().unwrap(), way),
        }
    }

    fn wrong_object(&self, name: &str, way: usize) -> Value {
        let fields = self.types[name]["inputFields"].as_array().unwrap();
        let one_of = matches!(
            name,
            "WhenInput" | "PauseScopeInput" | "ResolutionInput" | "BulkSelectionInput" | "BulkActInput"
        );
        let made = fields.iter().take(if one_of { 1 } else { usize::MAX });
        let made =
            made.map(|field| (field["name"].as_str().unwrap().to_owned(), self.wrong(&field["type"], way)));
        Value::Object(made.collect::<Map<_, _>>())
    }
}

fn wrong_scalar(name: &str, way: usize) -> Value {
    let text = match way {
        0 => String::new(),
        1 => "x".repeat(70_000),
        2 => "nul\u{0}inside".to_owned(),
        _ => "\u{202e}\u{1}".to_owned(),
    };
    match (name, way) {
        // A well-formed id of a thing that is not there, once of the right and once of a wrong kind.
        ("ID", 0) => json!("UG9zdDowMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA"),
        ("ID", 1) => json!("RHJhZnQ6MDE5MDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw"),
        ("Int", 0) => json!(-1),
        ("Int", _) => json!(2_147_483_647),
        ("Boolean", _) => json!(false),
        ("DateTime", _) => json!("2020-01-01T00:00:00Z"),
        ("Date", _) => json!("2020-01-01"),
        ("LocalDateTime", _) => json!("2020-01-01T00:00"),
        ("TimeZone", _) => json!("Europe/Berlin"),
        ("URL", _) => json!("https://example.org/"),
        _ => json!(text),
    }
}

async fn attack(client: &Client, mutation: &str, input: &Value, who: &str) {
    let answer = client.try_act(mutation, input.clone(), "").await;
    let faults = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    for error in faults {
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        assert!(!code.is_empty() && code != "INTERNAL_SERVER_ERROR", "{mutation} as {who}: {answer}");
    }
    let refused = answer["data"][mutation]["userErrors"].as_array().is_some_and(|errors| !errors.is_empty());
    let harmless = mutation == "signOut";
    assert!(refused || !faults.is_empty() || harmless, "{mutation} as {who} accepted {input}: {answer}");
}

#[tokio::test]
async fn no_bad_input_is_accepted_or_leaves_a_trace() {
    let deployment = Deployment::fresh(&Engine::Sqlite)
        .await
        .with(&["api.cost_per_minute=5000000", "api.anonymous_cost_per_minute=5000000"]);
    // No worker: it writes what is its own, such as the day of its reminders.
    let program = deployment.start(&["api", "--port", "0"]);
    let story = Story::tell(&program.facts).await;
    story.draft("The clinic opens on Monday.", &[&story.feed]).await;
    let schema = schema(&story.coordinator).await;
    assert!(schema.mutations.len() > 40, "the attack does not see the schema");
    let db = Database::connect(format!("sqlite://{}?mode=ro", deployment.sqlite().unwrap().display()))
        .await
        .unwrap();
    let before = everything(&db).await;
    let people = [
        ("coordinator", &story.coordinator),
        ("administrator", &story.administrator),
        ("author", &story.author),
        ("nobody", &story.anonymous),
    ];
    for mutation in &schema.mutations {
        let mut input = mutation.clone();
        input[..1].make_ascii_uppercase();
        for way in 0..WRONGS {
            let input = schema.wrong_object(&format!("{input}Input"), way);
            for (who, client) in people {
                attack(client, mutation, &input, who).await;
            }
        }
    }
    let after = everything(&db).await;
    for (table, content) in &before {
        assert!(after[table] == *content, "{table} was changed by refused input");
    }
}
