//! What others say to the account, as the `AppView` tells it: nothing is lost, and nothing is told twice.

use chrono::{DateTime, TimeDelta, Utc};
use connectors::{Connector, Incoming, IncomingKind, LookUp, Message, Outcome, Standing};
use serde_json::json;

use super::{
    message, server,
    voice::{self, LIKE, Said, Voice, instant, naming},
};
use crate::machine::delivered;

/// Reads on from where the one before ended, as the office does.
struct Listener {
    connector: Box<dyn Connector>,
    cursor: Option<String>,
}

impl Listener {
    /// From now on.
    async fn start(connector: Box<dyn Connector>) -> Self {
        let mut listener = Self { connector, cursor: None };
        listener.hear("").await;
        listener
    }

    /// What was said since, with the word.
    async fn hear(&mut self, word: &str) -> Vec<Incoming> {
        let mut heard = Vec::new();
        loop {
            let page = self.connector.inbound(self.cursor.as_deref()).await.unwrap();
            self.cursor = page.cursor;
            heard.extend(page.items.into_iter().filter(|item| item.text.contains(word)));
            if !page.more {
                return heard;
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "posts are ordered by the time of the machine that writes them"
)]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn answering(parent: &Said, root: &Said) -> serde_json::Value {
    json!({ "parent": parent.place(), "root": root.place() })
}

#[tokio::test]
async fn what_others_say_is_told_with_what_it_answers() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (office, sent) = (Voice::sign_in(&server).await, message("told"));
    let id = delivered(server.connector().publish(&sent).await).remote_id;
    let (word, ours) = (sent.idempotency_key.as_str(), Said::from(&server.record(&id).await));
    let mut listener = Listener::start(server.connector()).await;

    let text = |what: &str| format!("@you {what} {word}");
    let (named, quoting) =
        (naming(&office.did), json!({ "$type": "app.bsky.embed.record", "record": ours.place() }));
    reader.create(LIKE, json!({ "subject": ours.place(), "createdAt": instant(now()) })).await;
    let mention = reader.say(&text("mention"), now(), &json!({ "facets": named })).await;
    let reply = reader.say(&text("reply"), now(), &json!({ "reply": answering(&ours, &ours) })).await;
    let quote = reader.say(&text("quote"), now(), &json!({ "embed": quoting })).await;
    let below = reader.say(&text("below"), now(), &json!({ "reply": answering(&reply, &ours) })).await;
    let more = json!({ "reply": answering(&ours, &ours), "facets": named });
    let naming_reply = reader.say(&text("reply that names"), now(), &more).await;
    let more = json!({ "embed": quoting, "facets": named });
    let naming_quote = reader.say(&text("quote that names"), now(), &more).await;
    let more = json!({ "reply": answering(&reply, &ours), "facets": named });
    let naming_below = reader.say(&text("below that names"), now(), &more).await;
    office.is_told(word, 7).await;

    let heard = listener.hear(word).await;
    let seen: Vec<_> =
        heard.iter().map(|item| (item.remote_id.as_str(), item.kind, item.answers.as_deref())).collect();
    let answers = Some(id.as_str());
    let expected = [
        (mention.uri.as_str(), IncomingKind::Mention, None),
        (reply.uri.as_str(), IncomingKind::Reply, answers),
        (quote.uri.as_str(), IncomingKind::Quote, answers),
        (below.uri.as_str(), IncomingKind::Reply, answers),
        (naming_reply.uri.as_str(), IncomingKind::Reply, answers),
        (naming_quote.uri.as_str(), IncomingKind::Quote, answers),
        (naming_below.uri.as_str(), IncomingKind::Reply, answers),
    ];
    assert_eq!(seen, expected);
    let first = heard.first().unwrap();
    let page = format!("https://bsky.app/profile/{}/post/{}", reader.handle, mention.key());
    assert_eq!(
        (first.author.as_str(), first.text.as_str(), first.url.as_deref()),
        (reader.handle.as_str(), text("mention").as_str(), Some(page.as_str()))
    );

    reader.say(&text("later"), now(), &json!({ "facets": named })).await;
    office.is_told(word, 8).await;
    let later: Vec<String> = listener.hear(word).await.into_iter().map(|item| item.text).collect();
    assert_eq!((later, listener.hear(word).await), (vec![text("later")], Vec::new()));
}

#[tokio::test]
async fn what_others_said_is_answered_in_its_thread_and_they_are_told() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (office, sent) = (Voice::sign_in(&server).await, message("answered"));
    let ours =
        Said::from(&server.record(&delivered(server.connector().publish(&sent).await).remote_id).await);
    let word = sent.idempotency_key.as_str();
    let mut listener = Listener::start(server.connector()).await;
    let reply = json!({ "reply": answering(&ours, &ours) });
    let asked = reader.say(&format!("@you When? {word}"), now(), &reply).await;
    office.is_told(word, 1).await;
    let name = listener.hear(word).await.remove(0).remote_id;
    assert_eq!(name, asked.uri);

    let answer = message("answer");
    let answer = Message { answers: Some(name.clone()), link: None, ..answer };
    let id = delivered(server.connector().publish(&answer).await).remote_id;
    let kept = server.record(&id).await;
    assert_eq!(kept["value"]["reply"], answering(&asked, &ours));
    assert_eq!(server.connector().read_back(&id, &answer).await, Standing::AsSent);
    assert!(matches!(server.connector().look_up(&answer).await, LookUp::Found(_)));
    let nothing = Message { answers: Some(format!("{name}x")), ..message("nothing") };
    let outcome = server.connector().publish(&nothing).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "ANSWERED_GONE"), "{outcome:?}");
}

#[tokio::test]
async fn one_that_comes_late_is_told_once_by_the_time_that_it_states() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (office, word) = (Voice::sign_in(&server).await, message("late").idempotency_key);
    // The other way round: to the reader nobody else speaks. Of an account that was told much just now, what is older than
    // the first page is never told.
    let mut listener = Listener::start(reader.server.connector()).await;
    let named = json!({ "facets": naming(&reader.did) });
    let prompt = office.say(&format!("@you prompt {word}"), now(), &named).await;
    reader.is_told(&word, 1).await;
    assert_eq!(listener.hear(&word).await.first().unwrap().remote_id, prompt.uri);

    let stated = now() - TimeDelta::minutes(5);
    let late = office.say(&format!("@you late {word}"), stated, &named).await;
    let order = reader.is_told(&word, 2).await;
    assert_eq!(order.last().unwrap()["uri"], late.uri, "it stands below the one that was there before");
    let heard = listener.hear(&word).await;
    assert_eq!(heard.len(), 1);
    let told = heard.first().unwrap();
    assert_eq!(
        (told.remote_id.as_str(), told.said_at.map(instant)),
        (late.uri.as_str(), Some(instant(stated)))
    );
    assert_eq!(listener.hear(&word).await, Vec::new());
}

#[tokio::test]
async fn whoever_is_not_followed_is_told_too_where_the_account_hides_them() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (office, word) = (Voice::sign_in(&server).await, message("unfollowed").idempotency_key);
    // What the office sees itself is needed by the other tests: the reader is the one who hides.
    let mut listener = Listener::start(reader.server.connector()).await;
    reader.hide_unfollowed(true).await;
    let named = json!({ "facets": naming(&reader.did) });
    let said = office.say(&format!("@you unfollowed {word}"), now(), &named).await;
    reader.is_told(&word, 1).await;
    let heard = listener.hear(&word).await;
    reader.hide_unfollowed(false).await;
    assert_eq!(heard.iter().map(|item| &item.remote_id).collect::<Vec<_>>(), [&said.uri]);
}

#[tokio::test]
async fn more_than_a_page_is_told_whole_and_oldest_first() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (office, word) = (Voice::sign_in(&server).await, message("many").idempotency_key);
    let mut listener = Listener::start(server.connector()).await;
    let (began, named) = (now() - TimeDelta::seconds(1), json!({ "facets": naming(&office.did) }));
    let text = |number: i64| format!("@you {number} {word}");
    let records =
        (0..55).map(|number| voice::post(&text(number), began + TimeDelta::milliseconds(number), &named));
    reader.create_all(records).await;
    office.is_told(&word, 55).await;
    let first = listener.connector.inbound(listener.cursor.as_deref()).await.unwrap();
    assert!(first.more && first.items.len() <= 50);
    let mut told: Vec<String> = first.items.into_iter().map(|item| item.text).collect();
    told.retain(|text| text.contains(&word));
    listener.cursor = first.cursor;
    told.extend(listener.hear(&word).await.into_iter().map(|item| item.text));
    assert_eq!(told, (0..55).map(text).collect::<Vec<_>>());
}
