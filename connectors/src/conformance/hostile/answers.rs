//! Answers whose receipt was lost, looked up on a platform that is out of order or means no good: none that is there is said to
//! be absent, and so none goes out twice.

use std::time::Duration;

use serde_json::{Value, json};

use super::scene::KINDS;
use crate::{
    LookUp, Outcome, PlatformKind,
    conformance::{
        answers::{answering, spoken_to},
        rig::{Rig, delivered, limits},
    },
    fake::{Answer, Call, Heard, Script},
};

fn said(text: &str, answers: &str) -> Heard {
    let (author, answers) = ("ben".to_owned(), Some(answers.to_owned()));
    Heard { author, text: text.to_owned(), answers, ..Heard::default() }
}

/// Somebody answered a comment below our post, and that is what is to be answered; on YouTube, where such are not read, the
/// comment. By its name, with the comment's.
async fn spoken_to_below(kind: PlatformKind) -> (Rig, String, String) {
    let (rig, id, comment) = spoken_to(kind).await;
    if kind == PlatformKind::YouTube {
        return (rig, comment, id);
    }
    rig.fake().hear(said("I wonder too", &comment));
    let told = rig.connector.inbound(None).await.unwrap().items;
    let said = told.into_iter().find(|item| item.text == "I wonder too").unwrap();
    (rig, said.remote_id, comment)
}

#[tokio::test]
async fn whatever_a_question_is_answered_with_an_answer_that_is_there_is_not_absent() {
    let odd = [
        json!(null),
        json!(7),
        json!({}),
        json!([]),
        json!({ "error": { "message": "Try again" } }),
        json!({ "error": { "code": 1, "message": "Try again" } }),
        json!({ "data": null, "elements": null, "items": null }),
        json!({ "data": {}, "elements": {}, "items": {} }),
        json!({ "data": [null], "elements": [null], "items": [null] }),
        json!({ "data": [{}], "elements": [{ "id": 7 }], "items": [{ "id": null }] }),
    ];
    for kind in KINDS {
        for odd in &odd {
            for question in 0..4 {
                let (rig, name, _) = spoken_to_below(kind).await;
                let sent = answering(&name, "k1");
                rig.script(Call::Create, Script::applied(Answer::Garbage));
                let lost = rig.connector.publish(&sent).await;
                assert!(matches!(lost, Outcome::Unknown(_)), "{kind} {lost:?}");
                let (mut asked, told) = (0, odd.clone());
                rig.fake().twist(move |_, answer| {
                    if asked == question {
                        *answer = told.clone();
                    }
                    asked += 1;
                });
                // By then whatever was taken is listed.
                rig.clock.pass(limits().longest_publish() + Duration::from_mins(3));
                let found = rig.connector.look_up(&sent).await;
                assert_ne!(found, LookUp::Absent, "{kind} {odd} {question}");
                assert_eq!(rig.applied("k1"), 1, "{kind}");
            }
        }
    }
}

/// From the second page on, a list is told as if so much of it had been taken back meanwhile.
fn shrink(rig: &Rig, by: usize) {
    rig.fake().twist(move |target, answer| {
        let items = answer.pointer_mut("/elements").and_then(Value::as_array_mut);
        if let Some(items) = items.filter(|_| !target.contains("start=0&")) {
            items.drain(..by.min(items.len()));
        }
    });
}

#[tokio::test]
async fn where_places_are_counted_what_is_taken_back_meanwhile_makes_no_answer_absent() {
    // Nothing, some of what two pages have in common, all of that, and all that there is.
    for (by, absent) in [(0, true), (9, true), (10, false), (99, false)] {
        let (rig, _, name) = spoken_to(PlatformKind::LinkedIn).await;
        for number in 0..120 {
            rig.fake().hear(said(&number.to_string(), &name));
        }
        let sent = answering(&name, "k1");
        shrink(&rig, by);
        let found = rig.look_up(&sent).await;
        assert_eq!(found == LookUp::Absent, absent, "{by}: {found:?}");
    }
}

#[tokio::test]
async fn an_answer_in_a_thread_of_long_words_is_sent_and_found() {
    for kind in [PlatformKind::Facebook, PlatformKind::YouTube] {
        let (rig, id, name) = spoken_to(kind).await;
        let below = if kind == PlatformKind::YouTube { &id } else { &name };
        for _ in 0..60 {
            rig.fake().hear(said(&"<".repeat(1500), below));
        }
        let sent = answering(&name, "k1");
        let receipt = delivered(rig.connector.publish(&sent).await);
        let found = rig.look_up(&sent).await;
        let same = matches!(&found, LookUp::Found(found) if found.remote_id == receipt.remote_id);
        // In a thread of several, Facebook does not tell whom it answers.
        let several = matches!(&found, LookUp::CannotTell(cause) if cause.code == "SEVERAL_ANSWERED");
        assert!(same || (kind == PlatformKind::Facebook && several), "{kind}: {found:?}");
        assert_eq!(rig.applied("k1"), 1, "{kind}");
    }
}

#[tokio::test]
async fn an_answer_that_is_listed_twice_is_one() {
    for kind in KINDS {
        let (rig, _, name) = spoken_to(kind).await;
        let sent = answering(&name, "k1");
        let receipt = delivered(rig.connector.publish(&sent).await);
        rig.fake().twist(|_, answer| {
            for place in ["/data", "/elements", "/items"] {
                if let Some(Value::Array(items)) = answer.pointer_mut(place) {
                    items.extend(items.clone());
                }
            }
        });
        match rig.look_up(&sent).await {
            LookUp::Found(found) => assert_eq!(found.remote_id, receipt.remote_id, "{kind}"),
            other => panic!("{kind}: {other:?}"),
        }
    }
}
