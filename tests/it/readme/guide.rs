//! Runs the `graphql` blocks of the API guide. Behind the word `graphql` stands who asks, then what later examples need of
//! the answer (`draft=createDraft.draft.id`) and which refusal is expected (`refused=CONFLICT`, `error=FORBIDDEN`). A
//! `json` block after it holds the variables; `"<draft>"` in it is what an earlier answer gave.

use std::collections::BTreeMap;

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest as _};

use super::fences::Block;
use crate::support::{client::Client, story::Story};

/// What earlier answers gave.
pub(super) type Known = BTreeMap<String, Value>;

/// Who asks, by the word of the page.
pub(super) fn client(story: &Story, known: &Known, who: &str) -> Client {
    match who {
        "anonymous" => story.anonymous.clone(),
        "administrator" => story.administrator.clone(),
        "coordinator" => story.coordinator.clone(),
        "manager" => story.manager.clone(),
        "integration" => story.anonymous.with_token(known["token"].as_str().unwrap()),
        other => panic!("who is `{other}`?"),
    }
}

/// Runs one example.
pub(super) async fn run(story: &Story, known: &mut Known, block: &Block, variables: Option<&Block>) {
    let place = &block.place;
    let variables = variables.map_or_else(|| json!({}), |block| filled(block, known));
    let asks = client(story, known, block.scene());
    let answer = if block.body.trim_start().starts_with("subscription") {
        subscribe(&asks, known, &block.body, variables).await
    } else {
        asks.answer(&block.body, variables).await
    };
    let refusals: Vec<_> = codes(&answer).into_iter().filter(|code| !code.is_empty()).collect();
    let expected: Vec<_> = block.words.iter().filter_map(|word| word.split_once('=')).collect();
    let wanted: Vec<_> = expected
        .iter()
        .filter(|(name, _)| ["refused", "error"].contains(name))
        .map(|(_, code)| (*code).to_owned())
        .collect();
    assert_eq!(refusals, wanted, "{place}: {answer}");
    for (name, path) in expected.iter().filter(|(name, _)| !["refused", "error"].contains(name)) {
        let value = answer["data"].pointer(&format!("/{}", path.replace('.', "/")));
        let value = value.filter(|value| !value.is_null());
        known.insert(
            (*name).to_owned(),
            value.unwrap_or_else(|| panic!("{place}: no {path} in {answer}")).clone(),
        );
    }
}

/// The variables, with what earlier answers gave.
fn filled(block: &Block, known: &Known) -> Value {
    let mut text = block.body.clone();
    for (name, value) in known {
        text = text.replace(&format!("\"<{name}>\""), &value.to_string());
    }
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}: {text}", block.place))
}

/// Codes of errors, then of user errors.
fn codes(answer: &Value) -> Vec<String> {
    let code = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let errors = answer["errors"].as_array().into_iter().flatten();
    let payloads = answer["data"].as_object().into_iter().flat_map(|data| data.values());
    let refused = payloads.filter_map(|payload| payload["userErrors"].as_array()).flatten();
    errors
        .map(|error| code(&error["extensions"]["code"]))
        .chain(refused.map(|error| code(&error["code"])))
        .collect()
}

/// The first answer of a subscription, over the socket.
async fn subscribe(asks: &Client, known: &Known, query: &str, variables: Value) -> Value {
    let url = asks.address("/graphql/ws").replacen("http", "ws", 1);
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let authorization = format!("Bearer {}", known["accessToken"].as_str().unwrap());
    let subscribe = json!({ "query": query, "variables": variables });
    for message in [
        json!({ "type": "connection_init", "payload": { "authorization": authorization } }),
        json!({ "type": "subscribe", "id": "1", "payload": subscribe }),
    ] {
        socket.send(Message::text(message.to_string())).await.unwrap();
    }
    while let Some(message) = socket.next().await {
        let Message::Text(text) = message.unwrap() else { continue };
        let message: Value = serde_json::from_str(&text).unwrap();
        match message["type"].as_str().unwrap() {
            "next" => return message["payload"].clone(),
            "error" => return json!({ "errors": message["payload"] }),
            _ => {}
        }
    }
    panic!("the socket closed");
}
