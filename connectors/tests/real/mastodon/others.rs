//! What others say and do: mentions and answers, figures, and passing on.

use connectors::{Amplified, Evidence, IncomingKind, LookUp, Message, Outcome, Standing};
use reqwest::Method;
use serde_json::json;
use url::Url;

use super::server;
use crate::{bluesky::message, machine::delivered};

#[tokio::test]
async fn what_the_public_says_is_read_once_and_what_is_private_stays_there() {
    let Some(server) = server() else { return };
    let (office, reader) = (server.account("inbox").await, server.reader());
    let (connector, name) = (office.connector(), &office.name);
    reader.say(json!({ "status": format!("@{name} Are you there?") })).await;
    let before = connector.inbound(None).await.unwrap();
    assert_eq!((before.items.len(), before.more), (1, false));

    let ours = delivered(connector.publish(&message("asked")).await).remote_id;
    let asked = reader.say(json!({ "status": format!("@{name} Is it < 10 & free?") })).await;
    reader.say(json!({ "status": format!("@{name} For your eyes"), "visibility": "direct" })).await;
    reader.ask(Method::POST, &format!("statuses/{ours}/favourite"), None).await;
    let answer = reader.say(json!({ "status": format!("@{name} When?"), "in_reply_to_id": ours })).await;

    let inbox = connector.inbound(before.cursor.as_deref()).await.unwrap();
    let [mention, reply] = inbox.items.as_slice() else { panic!("{inbox:?}") };
    assert_eq!((mention.kind, reply.kind), (IncomingKind::Mention, IncomingKind::Reply));
    assert_eq!((mention.answers.as_ref(), reply.answers.as_ref()), (None, Some(&ours)));
    assert_eq!(
        (mention.text.as_str(), mention.author.as_str()),
        (format!("@{name} Is it < 10 & free?").as_str(), "reader_one")
    );
    assert_eq!(mention.url.as_deref(), asked["url"].as_str());
    assert_eq!(Some(reply.remote_id.as_str()), answer["id"].as_str());
    let after = connector.inbound(inbox.cursor.as_deref()).await.unwrap();
    assert_eq!((after.items.len(), after.more), (0, false));
}

#[tokio::test]
async fn what_the_public_said_is_answered_where_it_was_said_and_once() {
    let Some(server) = server() else { return };
    let (office, reader) = (server.account("answers").await, server.reader());
    let connector = office.connector();
    let asked = reader.say(json!({ "status": format!("@{} When do you open?", office.name) })).await;
    let name = connector.inbound(None).await.unwrap().items.remove(0).remote_id;
    assert_eq!(Some(name.as_str()), asked["id"].as_str());
    let sent = Message { answers: Some(name.clone()), ..message("answer") };
    let id = delivered(connector.publish(&sent).await).remote_id;
    let shown = reader.ask(Method::GET, &format!("statuses/{id}"), None).await;
    assert_eq!(shown["in_reply_to_id"].as_str(), Some(name.as_str()));
    let told = shown["mentions"].as_array().unwrap();
    assert_eq!(told.iter().map(|who| who["acct"].as_str().unwrap()).collect::<Vec<_>>(), ["reader_one"]);
    assert_eq!(connector.read_back(&id, &sent).await, Standing::AsSent);
    assert!(matches!(connector.look_up(&sent).await, LookUp::Found(found) if found.remote_id == id));
    let corrected = Message { text: "We open at ten.".to_owned(), link: None, ..sent.clone() };
    delivered(connector.update(&id, &corrected).await);
    assert_eq!(connector.read_back(&id, &corrected).await, Standing::AsSent);

    reader.ask(Method::DELETE, &format!("statuses/{name}"), None).await;
    let late = Message { answers: Some(name), ..message("late") };
    let outcome = connector.publish(&late).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "ANSWERED_GONE"), "{outcome:?}");
}

#[tokio::test]
async fn many_mentions_at_once_come_oldest_first_and_each_once() {
    let Some(server) = server() else { return };
    let (office, reader) = (server.account("many").await, server.reader());
    let connector = office.connector();
    reader.say(json!({ "status": format!("@{} 0", office.name) })).await;
    let mut inbox = connector.inbound(None).await.unwrap();
    // More than one answer of the server holds.
    for number in 1..=41 {
        reader.say(json!({ "status": format!("@{} {number}", office.name) })).await;
    }
    let mut heard = Vec::new();
    loop {
        inbox = connector.inbound(inbox.cursor.as_deref()).await.unwrap();
        if !inbox.more {
            break;
        }
        heard.extend(inbox.items.into_iter().map(|item| item.text));
    }
    let said: Vec<_> = (1..=41).map(|number| format!("@{} {number}", office.name)).collect();
    assert_eq!(heard, said);
}

#[tokio::test]
async fn figures_are_the_servers_and_what_is_gone_has_none() {
    let Some(server) = server() else { return };
    let (office, reader) = (server.account("figures").await, server.reader());
    let connector = office.connector();
    let seen = delivered(connector.publish(&message("seen")).await).remote_id;
    let gone = delivered(connector.publish(&message("gone")).await).remote_id;
    for act in ["favourite", "reblog"] {
        reader.ask(Method::POST, &format!("statuses/{seen}/{act}"), None).await;
    }
    for words in ["Yes", "No"] {
        reader.say(json!({ "status": words, "in_reply_to_id": seen })).await;
    }
    delivered(connector.delete(&gone).await);
    let told = connector.metrics(&[seen.clone(), gone]).await.unwrap();
    let [figures] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(figures.remote_id, seen);
    assert_eq!((figures.likes, figures.shares, figures.replies), (Some(1), Some(1), Some(2)));
    assert_eq!((figures.impressions, figures.clicks), (None, None));
}

/// This server finds a status by its words alone, where Mastodon finds it by its address: so its author names the address in it.
#[tokio::test]
async fn a_status_of_others_is_passed_on_once_and_no_other_that_speaks_of_it() {
    let Some(server) = server() else { return };
    let (office, reader) = (server.account("boost").await, server.reader());
    let connector = office.connector();
    let theirs = reader.say(json!({ "status": "Flu jabs" })).await;
    let (id, address) = (theirs["id"].as_str().unwrap(), theirs["url"].as_str().unwrap());
    let fields = json!({ "status": format!("Flu jabs: {address}") });
    reader.ask(Method::PUT, &format!("statuses/{id}"), Some(fields)).await;
    reader.say(json!({ "status": format!("Have you read {address}") })).await;
    let amplified = |url: &str| Amplified {
        url: url.parse::<Url>().unwrap(),
        idempotency_key: message("boost").idempotency_key,
    };

    let what = amplified(address);
    assert_eq!(connector.look_up_amplified(&what).await, LookUp::Absent);
    let receipt = delivered(connector.amplify(&what).await);
    assert_eq!((receipt.remote_id.as_str(), receipt.evidence), (id, Evidence::Answer));
    let ours = office.statuses().await;
    assert_eq!(ours.iter().map(|status| &status["reblog"]["id"]).collect::<Vec<_>>(), [id]);
    assert_eq!(delivered(connector.amplify(&what).await).evidence, Evidence::IdempotencyKey);
    assert!(
        matches!(connector.look_up_amplified(&what).await, LookUp::Found(found) if found.remote_id == id)
    );
    assert_eq!(office.statuses().await.len(), 1);

    let nowhere = format!("{address}0");
    reader.say(json!({ "status": format!("I cannot find {nowhere}") })).await;
    let outcome = connector.amplify(&amplified(&nowhere)).await;
    assert!(
        matches!(&outcome, Outcome::Refused(cause) if cause.code == "NOT_FOUND_ON_PLATFORM"),
        "{outcome:?}"
    );
}
