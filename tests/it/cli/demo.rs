//! `masthead demo --json`: the keys that scripts rely on, a token for each role, and the story that it promises.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fresh;
use crate::support::client::{Client, until};

const STORY: &str = "{ posts(first: 50) { nodes { state hold { gates { kind reason } } } } \
                     channels(first: 50) { nodes { handle orphanRisks { reason } } } }";

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Kinds and reasons of the gates that hold each held post.
fn holds(story: &Value) -> Vec<Vec<(String, String)>> {
    let text = |gate: &Value, key: &str| gate[key].as_str().unwrap().to_owned();
    let gates = |post: &Value| {
        let gates = post["hold"]["gates"].as_array().unwrap();
        gates.iter().map(|gate| (text(gate, "kind"), text(gate, "reason"))).collect()
    };
    let posts = story["posts"]["nodes"].as_array().unwrap();
    posts.iter().filter(|post| post["state"] == "HELD").map(gates).collect()
}

#[tokio::test]
async fn the_demo_says_where_things_are_and_tells_its_story_within_a_minute() {
    let deployment = fresh().await;
    let demo = deployment.start(&["demo", "--port", "0"]);
    let wanted = ["url", "graphql", "graphiql", "subscriptions", "feed", "directory", "tokens"];
    assert_eq!(keys(&demo.facts), wanted.into());
    let roles = ["administrator", "coordinator", "projectManager", "member", "otherOffice", "integration"];
    assert_eq!(keys(&demo.facts["tokens"]), roles.into());
    assert!(demo.facts["subscriptions"].as_str().unwrap().starts_with("ws://"));
    let client = Client::anonymous(demo.url());
    for key in ["url", "graphiql", "feed", "directory"] {
        let path = demo.facts[key].as_str().unwrap().strip_prefix(demo.url()).unwrap();
        assert_eq!(client.get(path).await.status(), 200, "{key}");
    }
    let coordinator = client.with_token(demo.facts["tokens"]["coordinator"].as_str().unwrap());
    let told = tokio::time::timeout(
        std::time::Duration::from_mins(1),
        until("the first post to leave", || async {
            let story = coordinator.ask(STORY, json!({})).await;
            let posts = story["posts"]["nodes"].as_array().unwrap();
            posts.iter().any(|post| post["state"] == "PUBLISHED").then_some(story)
        }),
    );
    let story = told.await.unwrap();
    let holds = holds(&story);
    let of_approval = |gates: &Vec<(String, String)>| gates.iter().any(|(kind, _)| kind == "APPROVAL");
    assert!(holds.iter().any(of_approval), "one waits for its approval: {story}");
    let elsewhere = holds.iter().filter(|gates| !of_approval(gates));
    assert!(elsewhere.flatten().any(|(_, reason)| !reason.is_empty()), "one is held with a reason: {story}");
    let channels = story["channels"]["nodes"].as_array().unwrap();
    let at_risk = channels.iter().filter(|channel| channel["orphanRisks"] != json!([])).count();
    assert_eq!(at_risk, 1, "{story}");
    let feed = demo.facts["feed"].as_str().unwrap().strip_prefix(demo.url()).unwrap();
    assert!(client.get(feed).await.text().await.unwrap().contains("<entry"), "it is on the news page");
    assert!(deployment.sqlite().is_some_and(|file| !file.exists()), "the data folder is not touched");
    assert_eq!(demo.stop(), 0);
}

#[tokio::test]
async fn each_token_of_the_demo_holds_its_role_and_no_other() {
    let deployment = fresh().await;
    let demo = deployment.start(&["demo", "--port", "0"]);
    let tokens = &demo.facts["tokens"];
    let client = Client::anonymous(demo.url());
    let viewer = "{ viewer { member { roles } office { slug } } channels(first: 1) { totalCount } }";
    let all = json!(["MEMBER", "PROJECT_MANAGER", "COORDINATOR", "ADMINISTRATOR"]);
    for (name, roles, slug) in [
        ("administrator", json!(["ADMINISTRATOR"]), "pacific-ehealth"),
        ("coordinator", json!(["COORDINATOR"]), "pacific-ehealth"),
        ("projectManager", json!(["PROJECT_MANAGER"]), "pacific-ehealth"),
        ("member", json!(["MEMBER"]), "pacific-ehealth"),
        ("otherOffice", all, "northern-telehealth"),
        ("integration", Value::Null, "pacific-ehealth"),
    ] {
        let seen = client.with_token(tokens[name].as_str().unwrap()).ask(viewer, json!({})).await;
        assert_eq!(seen["viewer"]["member"]["roles"], roles, "{name}");
        assert_eq!(seen["viewer"]["office"]["slug"], slug, "{name}");
        assert!(seen["channels"]["totalCount"].as_u64().unwrap() > 0, "{name}");
    }
    // The public addresses need none.
    let open = client
        .ask("query($url: String!) { verify(url: $url) { answer } }", json!({ "url": demo.facts["feed"] }));
    assert!(open.await["verify"]["answer"].is_string());
}
