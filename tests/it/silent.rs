//! A draft without anything to read is not submitted, whatever is written to look like words.

use serde_json::{Value, json};

use crate::support::{client::Client, desk::Desk, engine::engines, served::Served};

/// What comes of submitting a draft with this text, and another on its channel if one is given: code and field.
async fn submitted(author: &Client, text: &str, more: Value) -> (Value, Value) {
    let channels = author.ask("{ channels(first: 1) { nodes { id } } }", json!({})).await;
    let initiatives = author.ask("{ initiatives(first: 1) { nodes { id } } }", json!({})).await;
    let mut target = json!({ "channelId": channels["channels"]["nodes"][0]["id"] });
    target.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let content =
        json!({ "title": "What is new", "text": text, "capacity": "OFFICIAL", "targets": [target] });
    let create = json!({ "initiativeId": initiatives["initiatives"]["nodes"][0]["id"], "content": content });
    let draft = author.act("createDraft", create, "draft { id version }").await["draft"].clone();
    let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
    let answer = author.attempt("submitDraft", submit, "draft { state }").await;
    (answer["userErrors"][0]["code"].clone(), answer["userErrors"][0]["field"].clone())
}

#[tokio::test]
async fn a_draft_that_shows_nothing_is_not_submitted() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let author = served.client("author").await;
        for silent in ["", " \n", "\u{200b}\u{2060}", "\u{2800}\u{3164}"] {
            let (code, _) = submitted(&author, silent, json!({})).await;
            assert_eq!(code, "REQUIRED", "{silent:?}");
        }
        let (code, field) = submitted(&author, "We open at nine.", json!({ "text": "\u{2800}" })).await;
        assert_eq!(code, "REQUIRED", "the channel's own text says nothing: {field}");
        assert_eq!(submitted(&author, "We open at nine.", json!({})).await.0, Value::Null);
        served.end().await;
    }
}
