//! Reading, with a clock that the test moves: one at a time, nothing twice, nothing left out, and what comes of silence.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, WorkerId, channel, channel::CredentialState, channel_round, channel_round::RoundKind,
    conversation, conversation::ConversationKind,
};
use office::{
    Clock as _,
    conversations::{self, Heard, Said},
    queue::Cause,
    rounds::{self, Asked, Round},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use serde_json::{Value, json};

use crate::support::{desk::Desk, engine::engines, looked, served::Served};

const ONE: u128 = 1;
const OTHER: u128 = 2;

fn worker(number: u128) -> WorkerId {
    uuid::Uuid::from_u128(number).into()
}

/// The first channel of the desk, found by a look to hear what the public says, or not.
async fn looked_at(desk: &Desk, inbound: bool) -> ChannelId {
    looked::found(desk, |can| can.inbound = inbound).await
}

fn now(desk: &Desk) -> DateTime<Utc> {
    desk.clock.now()
}

async fn claim(desk: &Desk, by: u128) -> Option<Round> {
    rounds::claim(&desk.office, worker(by), RoundKind::Conversations, 5).await.unwrap().pop()
}

async fn settle(desk: &Desk, by: u128, round: &Round, asked: Asked<Said>) {
    conversations::settle(&desk.office, worker(by), round, asked).await.unwrap();
}

fn said(name: &str, at: DateTime<Utc>) -> Heard {
    Heard {
        remote_id: name.to_owned(),
        kind: ConversationKind::Mention,
        url: None,
        answers: None,
        said_at: Some(at),
    }
}

fn read(heard: Vec<Heard>, cursor: &str) -> Asked<Said> {
    Asked::Answered(Said { heard, cursor: Some(cursor.to_owned()), more: false })
}

async fn kept(desk: &Desk) -> Vec<String> {
    let rows = conversation::Entity::find().all(&desk.database).await.unwrap();
    let mut names: Vec<String> = rows.into_iter().map(|row| row.remote_id).collect();
    names.sort();
    names
}

async fn inbox(desk: &Desk) -> channel_round::Model {
    channel_round::Entity::find().one(&desk.database).await.unwrap().unwrap()
}

#[tokio::test]
async fn one_reads_at_a_time_and_whoever_comes_too_late_changes_nothing() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        assert!(claim(&desk, ONE).await.is_none(), "nobody said that it can be read");
        looked_at(&desk, false).await;
        assert!(claim(&desk, ONE).await.is_none(), "its platform said that it cannot");
        looked_at(&desk, true).await;
        let late = claim(&desk, ONE).await.unwrap();
        assert!(claim(&desk, OTHER).await.is_none(), "it is being read");
        desk.wait(TimeDelta::seconds(91));
        let next = claim(&desk, OTHER).await.unwrap();
        let now = now(&desk);
        settle(&desk, OTHER, &next, read(vec![said("a", now), said("b", now)], "2")).await;
        settle(&desk, ONE, &late, read(vec![said("a", now)], "1")).await;
        assert_eq!(
            (kept(&desk).await, inbox(&desk).await.cursor.as_deref()),
            (vec!["a".to_owned(), "b".to_owned()], Some("2"))
        );
        assert!(claim(&desk, ONE).await.is_none(), "not before its time");
        desk.wait(TimeDelta::seconds(600));
        let again = claim(&desk, ONE).await.unwrap();
        assert_eq!(again.row.cursor.as_deref(), Some("2"));
        // A platform that tells a thing once more tells nothing new.
        let more =
            Asked::Answered(Said { heard: vec![said("b", now), said("c", now)], cursor: None, more: true });
        settle(&desk, ONE, &again, more).await;
        assert_eq!(kept(&desk).await, ["a", "b", "c"]);
        let at_once = claim(&desk, ONE).await.unwrap();
        assert_eq!(at_once.row.cursor.as_deref(), Some("2"), "as before: the platform gave none");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_asked_less_often_and_read_on_from_where_it_was() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let id = looked_at(&desk, true).await;
        let first = claim(&desk, ONE).await.unwrap();
        settle(&desk, ONE, &first, read(Vec::new(), "7")).await;
        let cause =
            || Cause { code: "HTTP_503".to_owned(), detail: "busy".to_owned(), http_status: Some(503) };
        let mut waits = Vec::new();
        for wish in [None, None, Some(TimeDelta::hours(5))] {
            desk.wait(TimeDelta::hours(1));
            let claimed = claim(&desk, ONE).await.unwrap();
            settle(&desk, ONE, &claimed, Asked::Unanswered(cause(), wish)).await;
            waits.push(inbox(&desk).await.due_at - now(&desk));
        }
        assert!(waits[0] >= TimeDelta::seconds(600) && waits[2] == TimeDelta::hours(5), "{waits:?}");
        let row = inbox(&desk).await;
        assert_eq!(
            (row.failures, row.cursor.as_deref(), row.cause.as_deref()),
            (3, Some("7"), Some("HTTP_503: busy"))
        );
        let office = first.row.office_id;
        let long =
            async |tries| rounds::unanswered_for_long(&desk.office, office, tries).await.unwrap().len();
        assert_eq!((long(3).await, long(4).await), (1, 0), "doctor tells of it");
        desk.wait(TimeDelta::hours(6));
        let rejected = channel::ActiveModel {
            id: Set(id),
            credential_state: Set(CredentialState::Rejected),
            ..Default::default()
        };
        rejected.update(&desk.database).await.unwrap();
        assert!(claim(&desk, ONE).await.is_none(), "not with a credential that is refused");
        looked_at(&desk, true).await;
        let claimed = claim(&desk, ONE).await.unwrap();
        settle(&desk, ONE, &claimed, read(vec![said("late", now(&desk))], "8")).await;
        let row = inbox(&desk).await;
        assert_eq!((row.failures, row.cause), (0, None));
        assert_eq!(kept(&desk).await, ["late"]);
    }
}

#[tokio::test]
async fn what_nobody_answers_is_a_risk_of_its_channel_until_somebody_settles_it() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        looked_at(desk, true).await;
        let (now, claimed) = (now(desk), claim(desk, ONE).await.unwrap());
        let long_ago = now - TimeDelta::days(8);
        settle(desk, ONE, &claimed, read(vec![said("old", long_ago), said("new", now)], "1")).await;
        assert_eq!(kept(desk).await, ["new"], "what was said long before anybody listened is left out");
        let radar = "{ orphanRadar(first: 5) { nodes { level risks { reason words act dueOn } } } }";
        // A day to answer, and then the days that nobody does.
        desk.wait(TimeDelta::days(8) - TimeDelta::minutes(1));
        let coordinator = served.client("coordinator").await;
        assert_eq!(coordinator.ask(radar, json!({})).await["orphanRadar"]["nodes"], json!([]));
        desk.wait(TimeDelta::minutes(2));
        let coordinator = served.client("coordinator").await;
        let found = coordinator.ask(radar, json!({})).await["orphanRadar"]["nodes"].clone();
        let risk = &found[0]["risks"][0];
        assert_eq!(
            (&found[0]["level"], &risk["reason"], &risk["act"]),
            (&json!("LOW"), &json!("UNANSWERED"), &json!("settleConversation"))
        );
        assert!(risk["words"].as_str().unwrap().contains("since 2027-03-02"), "{risk}");
        let open = coordinator.ask("{ conversations(first: 5) { nodes { id overdue } } }", json!({})).await;
        assert_eq!(open["conversations"]["nodes"][0]["overdue"], true);
        let id = &open["conversations"]["nodes"][0]["id"];
        let viewer = served.client("ada").await.ask("{ viewer { member { id } } }", json!({})).await;
        let administrator = &viewer["viewer"]["member"]["id"];
        let give = json!({ "conversationId": id, "ownerId": administrator });
        let refused = coordinator.attempt("assignConversation", give, "__typename").await;
        assert_eq!(refused["userErrors"][0]["code"], "ILLEGAL_STATE", "an administrator could not settle it");
        let answered = json!({ "conversationId": id, "outcome": "NO_ANSWER_NEEDED" });
        coordinator.act("settleConversation", answered, "conversation { outcome }").await;
        let found = coordinator.ask(radar, json!({})).await["orphanRadar"]["nodes"].clone();
        assert_eq!(found, Value::Array(Vec::new()));
        let silent = claim(desk, ONE).await.unwrap();
        let cause =
            Cause { code: "FORBIDDEN".to_owned(), detail: "no right".to_owned(), http_status: Some(403) };
        settle(desk, ONE, &silent, Asked::Unanswered(cause, None)).await;
        let rounds = "{ channels(first: 1) { nodes { rounds { kind failures cause } } } }";
        let rounds = coordinator.ask(rounds, json!({})).await["channels"]["nodes"][0]["rounds"].clone();
        let told = json!([{ "kind": "CONVERSATIONS", "failures": 1, "cause": "FORBIDDEN: no right" }]);
        assert_eq!(rounds, told, "who looks after the channel sees why");
        served.end().await;
    }
}

#[tokio::test]
async fn what_no_platform_would_say_is_not_kept_and_no_address_misleads() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        looked_at(&desk, true).await;
        let first = claim(&desk, ONE).await.unwrap();
        settle(&desk, ONE, &first, read(Vec::new(), "1")).await;
        desk.wait(TimeDelta::seconds(600));
        let (claimed, at) = (claim(&desk, ONE).await.unwrap(), now(&desk));
        let mut heard = vec![said("", at), said("nul\0", at), said(&"x".repeat(513), at)];
        for (name, url) in [
            ("web", "https://else.example/@ana/1"),
            ("script", "javascript:alert(1)"),
            ("password", "https://ana:pw@else.example/1"),
            ("host", "http://localhost/1"),
            ("turned", "https://else.example/\u{202e}1"),
        ] {
            heard.push(Heard { url: Some(url.to_owned()), ..said(name, at) });
        }
        heard.push(said("ancient", "1970-01-01T00:00:00Z".parse().unwrap()));
        settle(&desk, ONE, &claimed, read(heard, "2")).await;
        let rows = conversation::Entity::find().all(&desk.database).await.unwrap();
        let mut leads: Vec<_> = rows.iter().map(|row| (row.remote_id.as_str(), row.url.is_some())).collect();
        leads.sort_unstable();
        let expected = [
            ("ancient", false),
            ("host", false),
            ("password", false),
            ("script", false),
            ("turned", false),
            ("web", true),
        ];
        assert_eq!(leads, expected);
        let ancient = rows.iter().find(|row| row.remote_id == "ancient").unwrap();
        assert_eq!(ancient.said_at, at - TimeDelta::days(7), "nobody waits since 1970");
    }
}
