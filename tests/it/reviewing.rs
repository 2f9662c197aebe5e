//! Reviewing through the public API: who must approve, what changed since, what is said of words, and approvals that come
//! late.

use serde_json::{Value, json};

use crate::support::{
    client::Client,
    story::{PASSWORD, Story, content, sign_in},
};

mod changes;
mod comments;
mod deputies;
mod late;
mod policies;

/// What a mutation was refused for.
fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect()
}

/// Has read the handbook in force.
async fn acknowledge(who: &Client) {
    let handbook = who.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
    who.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
}

async fn own_id(who: &Client) -> String {
    let viewer = who.ask("{ viewer { member { id } } }", json!({})).await;
    viewer["viewer"]["member"]["id"].as_str().unwrap().to_owned()
}

/// A new member, who has read the handbook, and their id.
async fn member(story: &Story, name: &str, role: &str) -> (Client, String) {
    let email = format!("{name}@example.org");
    let create = json!({ "email": email, "name": name, "roles": [role], "password": PASSWORD });
    let created = story.administrator.act("createMember", create, "member { id }").await;
    let client = sign_in(&story.anonymous, &email).await;
    acknowledge(&client).await;
    (client, created["member"]["id"].as_str().unwrap().to_owned())
}

/// A draft in review.
async fn in_review(story: &Story, words: &str) -> String {
    let draft = story.draft(words, &[&story.feed]).await;
    story.submit(&draft).await;
    draft
}

async fn judge(story: &Story, who: &Client, draft: &str, judgement: &str) -> Value {
    let digest = story.look(draft, "revision { digest }").await["digest"].clone();
    let input = json!({ "draftId": draft, "digest": digest, "judgement": judgement, "comment": "Read" });
    who.attempt("reviewDraft", input, "draft { state } review { id } latePosts { id state }").await
}

/// Approves it and gives the draft's state.
async fn approve(story: &Story, who: &Client, draft: &str) -> Value {
    let payload = judge(story, who, draft, "APPROVE").await;
    assert_eq!(codes(&payload), [""; 0], "{payload}");
    payload["draft"]["state"].clone()
}

async fn revise(story: &Story, who: &Client, draft: &str, words: &str) {
    let version = story.look(draft, "version").await;
    let revise =
        json!({ "draftId": draft, "expectedVersion": version, "content": content(words, &[&story.feed]) });
    who.act("reviseDraft", revise, "draft { state }").await;
}

/// A draft as somebody sees it.
async fn seen(who: &Client, draft: &str, fields: &str) -> Value {
    let document = format!("query D($id: ID!) {{ node(id: $id) {{ ... on Draft {{ {fields} }} }} }}");
    who.ask(&document, json!({ "id": draft })).await["node"].clone()
}
