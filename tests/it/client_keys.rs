//! Every creating mutation is safe to repeat. Which mutations take a client key is read from the schema, so that a new one
//! fails here until somebody says how it is tried.

use std::collections::BTreeSet;

use futures::future::join_all;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::engines,
    program::Deployment,
    story::{PASSWORD, Story, content},
};

mod cases;

use cases::{Case, Cast, cases, id_of};

const INTROSPECTION: &str = "{ __schema { mutationType { fields { name args { type { ofType { name } } } } } \
    types { name inputFields { name } } } }";

fn keyed(mut input: Value, key: &str) -> Value {
    input["clientKey"] = json!(key);
    input
}

async fn rows(db: &DatabaseConnection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect()
}

async fn try_case(case: &Case<'_>, db: &DatabaseConnection) {
    let Case { mutation, makes, table, .. } = case;
    let first = keyed(case.first.clone(), "the same key");
    let id = id_of(case.who, mutation, first.clone(), *makes).await;
    let (made, keys) = (rows(db, table).await, rows(db, "client_key").await);
    assert_eq!(id_of(case.who, mutation, first, *makes).await, id, "{mutation}: the same result");
    let second = keyed(case.second.clone(), "the same key");
    let reused = case.who.attempt(mutation, second.clone(), makes.0).await;
    assert_eq!(codes(&reused), ["KEY_REUSED"], "{mutation}: {reused}");
    assert_eq!(
        (rows(db, table).await, rows(db, "client_key").await),
        (made, keys),
        "{mutation}: nothing new"
    );
    assert_ne!(
        id_of(case.other, mutation, second, *makes).await,
        id,
        "{mutation}: another member's key is another key"
    );
    assert_eq!(rows(db, table).await, made + 1, "{mutation}");
}

/// The mutations whose input has a client key.
async fn repeatable(client: &Client) -> BTreeSet<String> {
    let schema = client.ask(INTROSPECTION, json!({})).await["__schema"].clone();
    let takes_key = |input: &Value| {
        let kind = schema["types"].as_array().unwrap().iter().find(|kind| kind["name"] == *input).unwrap();
        kind["inputFields"].as_array().unwrap().iter().any(|field| field["name"] == "clientKey")
    };
    let mutations = schema["mutationType"]["fields"].as_array().unwrap().iter();
    let keyed = mutations.filter(|mutation| takes_key(&mutation["args"][0]["type"]["ofType"]["name"]));
    keyed.map(|mutation| mutation["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_creating_mutation_is_safe_to_repeat() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let cast = Cast::gather(&program.facts).await;
        let db = deployment.connect().await;
        let cases = cases(&cast);
        let tried: BTreeSet<_> = cases.iter().map(|case| case.mutation.to_owned()).collect();
        assert_eq!(
            tried,
            repeatable(&cast.story.author).await,
            "say here how each mutation with a client key is tried"
        );
        for case in &cases {
            try_case(case, &db).await;
        }
        what_is_shown_once(&cast.story).await;
        at_the_same_moment(&cast.story, &db).await;
        db.close().await.unwrap();
    }
}

async fn what_is_shown_once(story: &Story) {
    let create = json!({ "clientKey": "site", "name": "Web site", "scopes": ["OFFICE_READ"] });
    let first = story.administrator.act("createIntegration", create.clone(), "token").await;
    assert!(first["token"].is_string());
    assert_eq!(story.administrator.act("createIntegration", create, "token").await["token"], Value::Null);
    let member = |password: &str| json!({ "clientKey": "new", "email": "new@example.org", "name": "New", "roles": ["MEMBER"], "password": password });
    story.administrator.act("createMember", member(PASSWORD), "member { id }").await;
    let other =
        story.administrator.attempt("createMember", member("another good password"), "member { id }").await;
    assert_eq!(codes(&other), ["KEY_REUSED"], "a password is part of the input");
    let gif = *b"GIF89a\x01\x00\x01\x00\x00\x00\x00;";
    let create = json!({ "clientKey": "gif", "fileName": "dot.gif", "byteSize": gif.len() });
    let address = async || {
        let payload =
            story.author.act("createUpload", create.clone(), "media { state } upload { url }").await;
        (payload["media"]["state"].clone(), payload["upload"]["url"].as_str().map(str::to_owned))
    };
    let put =
        async |url: &str| story.author.http().put(url).body(gif.to_vec()).send().await.unwrap().status();
    let (lost, renewed) = (address().await.1.unwrap(), address().await.1.unwrap());
    assert_eq!(put(&lost).await, 404, "the former address is not good any more");
    assert!(put(&renewed).await.is_success());
    assert_eq!(address().await, (json!("READY"), None), "its bytes have arrived");
}

async fn at_the_same_moment(story: &Story, db: &DatabaseConnection) {
    let before = rows(db, "draft").await;
    let create = json!({ "clientKey": "race", "initiativeId": story.initiative, "content": content("Now.", &[&story.feed]) });
    let calls =
        (0..8).map(|_| id_of(&story.author, "createDraft", create.clone(), ("draft { id }", "/draft/id")));
    let ids: BTreeSet<_> = join_all(calls).await.into_iter().collect();
    assert_eq!((ids.len(), rows(db, "draft").await), (1, before + 1), "eight at once make one");
    let member =
        json!({ "clientKey": "race", "email": "race@example.org", "name": "Race", "roles": ["MEMBER"] });
    let calls = (0..4).map(|_| {
        id_of(&story.administrator, "createMember", member.clone(), ("member { id }", "/member/id"))
    });
    assert_eq!(
        join_all(calls).await.into_iter().collect::<BTreeSet<_>>().len(),
        1,
        "the second is not told TAKEN"
    );
    let pause = json!({ "clientKey": "race", "scope": { "office": true }, "reason": "A race" });
    let calls = (0..4)
        .map(|_| id_of(&story.coordinator, "pausePublishing", pause.clone(), ("pause { id }", "/pause/id")));
    assert_eq!(join_all(calls).await.into_iter().collect::<BTreeSet<_>>().len(), 1);
    // What was refused left its key free.
    let refused = json!({ "clientKey": "second try", "email": "race@example.org", "name": "Race", "roles": ["MEMBER"] });
    assert_eq!(
        codes(&story.administrator.attempt("createMember", refused.clone(), "member { id }").await),
        ["TAKEN"]
    );
    let mended = json!({ "clientKey": "second try", "email": "tried@example.org", "name": "Race", "roles": ["MEMBER"] });
    story.administrator.act("createMember", mended, "member { id }").await;
}
