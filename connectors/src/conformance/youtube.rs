//! What YouTube has of its own: films that are sent in pieces, of which the last one publishes, and a tag that finds them again.

mod answers;
mod change;
mod pieces;
mod reading;

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::rig::{Rig, film, limits, message_for, now};
use crate::{
    Evidence, LookUp, Message, Outcome, PlatformKind, Receipt, VerifyFailure,
    fake::{Answer, Call, Script},
};

async fn rig() -> Rig {
    Rig::new(PlatformKind::YouTube).await
}

fn message(key: &str) -> Message {
    message_for(PlatformKind::YouTube, key)
}

fn delivered(outcome: Outcome) -> Receipt {
    match outcome {
        Outcome::Delivered(receipt) => receipt,
        other => panic!("not delivered: {other:?}"),
    }
}

fn record(rig: &Rig) -> Value {
    rig.fake().applied()[0].record.clone().unwrap()
}

fn status(status: u16) -> Answer {
    Answer::Status { status, retry_after: None }
}

/// The class and the code of what did not go well.
fn told(outcome: &Outcome) -> (&'static str, &str) {
    match outcome {
        Outcome::Delivered(_) => ("delivered", ""),
        Outcome::NotSent { cause, .. } => ("not sent", &cause.code),
        Outcome::Refused(cause) => ("refused", &cause.code),
        Outcome::CredentialRejected(cause) => ("credential", &cause.code),
        Outcome::Unknown(cause) => ("unknown", &cause.code),
        Outcome::Preparing { .. } => ("preparing", ""),
    }
}

fn unclear(found: &LookUp) -> Option<&str> {
    match found {
        LookUp::CannotTell(cause) => Some(&cause.code),
        _ => None,
    }
}

/// For how many seconds the list may be behind.
fn behind(found: &LookUp) -> Option<u64> {
    match found {
        LookUp::Unreachable { cause, retry_after } if cause.code == "TOO_YOUNG" => {
            retry_after.map(|wait| wait.as_secs())
        }
        _ => None,
    }
}

#[tokio::test]
async fn a_film_is_for_everybody_and_says_what_was_approved() {
    let (rig, message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    let film = record(&rig);
    let marker = film["snippet"]["tags"][0].as_str().unwrap().to_owned();
    assert!(marker.starts_with("masthead"));
    assert_eq!(
        film,
        json!({
            "snippet": { "title": "Open day", "description": message.text_with_link(),
                "defaultLanguage": "en-GB", "tags": [marker] },
            "status": { "privacyStatus": "public", "selfDeclaredMadeForKids": false,
                "uploadStatus": "uploaded" },
        })
    );
    let id = rig.fake().applied()[0].id.clone();
    assert_eq!(receipt.url, Some(format!("https://www.youtube.com/watch?v={id}")));
    assert_eq!((receipt.remote_id, receipt.published_at), (id, Some(now())));
    assert_eq!(rig.fake().film_contents(), [b"not really a film"]);
}

#[tokio::test]
async fn what_the_platform_would_refuse_is_refused_before_anything_is_sent() {
    let rig = rig().await;
    let with = |change: fn(&mut Message)| {
        let mut message = message("k1");
        change(&mut message);
        message
    };
    let rows: [(Message, &str); 4] = [
        (with(|message| message.media.clear()), "FILM_NEEDED"),
        (with(|message| message.media = vec![film("video/mp4"), film("video/mp4")]), "FILM_NEEDED"),
        (with(|message| message.media = vec![film("image/png")]), "MEDIA_TYPE_REFUSED"),
        (with(|message| message.text = "<on> Sunday".to_owned()), "CHARACTER_REFUSED"),
    ];
    for (message, code) in rows {
        assert_eq!(told(&rig.connector.publish(&message).await), ("refused", code));
    }
    assert!(rig.fake().requests().is_empty());
}

#[tokio::test]
async fn what_becomes_of_a_film_is_told_and_found_again() {
    let rows = [
        (json!({ "uploadStatus": "processed" }), ("delivered", ""), None),
        (
            json!({ "uploadStatus": "rejected", "rejectionReason": "duplicate" }),
            ("refused", "DUPLICATE"),
            Some("DUPLICATE"),
        ),
        (
            json!({ "uploadStatus": "rejected", "rejectionReason": "copyright" }),
            ("refused", "FILM_REJECTED"),
            Some("FILM_REJECTED"),
        ),
        (
            json!({ "uploadStatus": "failed", "failureReason": "codec" }),
            ("refused", "FILM_FAILED"),
            Some("FILM_FAILED"),
        ),
        (
            json!({ "uploadStatus": "uploaded", "privacyStatus": "private" }),
            ("refused", "NOT_PUBLIC"),
            Some("NOT_PUBLIC"),
        ),
        (json!({ "uploadStatus": "of tomorrow" }), ("unknown", "FILM_UNCLEAR"), Some("FILM_UNCLEAR")),
        (json!({ "uploadStatus": "deleted" }), ("unknown", "FILM_UNCLEAR"), Some("DELETED_ON_PLATFORM")),
    ];
    for (status, expected, found) in rows {
        let (rig, message) = (rig().await, message("k1"));
        rig.fake().set_film_status(Some(status.clone()));
        assert_eq!(told(&rig.connector.publish(&message).await), expected, "{status}");
        assert_eq!(unclear(&rig.connector.look_up(&message).await), found, "{status}");
        // Whoever asks again meets the first one, and makes no second.
        let again = rig.connector.publish(&message).await;
        assert_eq!(told(&again), found.map_or(("delivered", ""), |code| ("unknown", code)), "{status}");
        assert_eq!(rig.fake().applied().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn an_upload_that_was_broken_off_is_no_film() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().set_film_status(Some(json!({ "uploadStatus": "failed", "failureReason": "uploadAborted" })));
    assert_eq!(told(&rig.connector.publish(&message).await), ("not sent", "UPLOAD_INCOMPLETE"));
    assert_eq!(rig.look_up(&message).await, LookUp::Absent);
    rig.fake().set_film_status(None);
    delivered(rig.connector.publish(&message).await);
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::Found(_)));
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_and_then_left_open() {
    let (rig, first) = (rig().await, message("k1"));
    rig.script(Call::Create, Script::applied(status(500)));
    let receipt = delivered(rig.connector.publish(&first).await);
    assert_eq!((receipt.evidence, rig.applied("k1")), (Evidence::Answer, 1));

    let second = message("k2");
    rig.script(Call::Create, Script::applied(Answer::CutAfter(0)));
    // The channel, its list and its films; then three questions about the upload.
    (0..3).for_each(|_| rig.script(Call::Read, Script::applied(Answer::Normal)));
    (0..3).for_each(|_| rig.script(Call::Read, Script::applied(status(503))));
    assert_eq!(told(&rig.connector.publish(&second).await), ("unknown", "CONNECTION_LOST"));
    match rig.connector.look_up(&second).await {
        LookUp::Found(receipt) => assert_eq!(receipt.evidence, Evidence::Marker),
        other => panic!("{other:?}"),
    }
    assert_eq!(rig.applied("k2"), 1);
}

#[tokio::test]
async fn a_session_that_lacks_the_end_proves_nothing() {
    let (rig, message) = (rig().await, message("k1"));
    rig.script(Call::Create, Script::ignored(status(500)));
    assert_eq!(told(&rig.connector.publish(&message).await), ("unknown", "HTTP_500"));
    // The list may be behind: only when a film would surely be on it, it is absent.
    assert_eq!(behind(&rig.connector.look_up(&message).await), Some(605));
    rig.clock.pass(limits().longest_publish() + Duration::from_secs(590));
    assert_eq!(behind(&rig.connector.look_up(&message).await), Some(10));
    rig.clock.pass(Duration::from_secs(10));
    assert_eq!(rig.connector.look_up(&message).await, LookUp::Absent);
}

#[tokio::test]
async fn the_list_may_be_behind_since_the_last_attempt() {
    let (rig, message) = (rig().await, message("k1"));
    let tried = |first: i64, last: Option<i64>| Message {
        first_sent_at: Some(now() - TimeDelta::minutes(first)),
        last_sent_at: last.map(|last| now() - TimeDelta::minutes(last)),
        ..message.clone()
    };
    assert_eq!(behind(&rig.connector.look_up(&tried(30, Some(4))).await), Some(365));
    assert_eq!(rig.connector.look_up(&tried(30, Some(11))).await, LookUp::Absent);
    // Where no other is known, the first one has to do.
    assert_eq!(rig.connector.look_up(&tried(30, None)).await, LookUp::Absent);
    let young = tried(4, None);
    assert_eq!(behind(&rig.connector.look_up(&young).await), Some(365));
    delivered(rig.connector.publish(&young).await);
    assert!(
        matches!(rig.connector.look_up(&young).await, LookUp::Found(_)),
        "what is found is found at once"
    );
}

#[tokio::test]
async fn a_film_that_is_listed_and_not_shown_may_be_the_one() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().add_foreign_post("Another");
    rig.fake().withhold_films(true);
    assert_eq!(unclear(&rig.connector.look_up(&message).await), Some("TIMELINE_UNCLEAR"));
    rig.fake().withhold_films(false);
    assert_eq!(rig.look_up(&message).await, LookUp::Absent);
}

#[tokio::test]
async fn only_the_tag_finds_a_film() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().add_foreign_post(&message.text_with_link());
    assert_eq!(rig.look_up(&message).await, LookUp::Absent);
    let unsure = Message { first_sent_at: None, last_sent_at: None, ..message.clone() };
    assert_eq!(unclear(&rig.connector.look_up(&unsure).await), Some("NO_FIRST_ATTEMPT"));
    delivered(rig.connector.publish(&unsure).await);
    // Nothing tells this attempt of the first one: both are there, and a person sees it.
    delivered(rig.connector.publish(&unsure).await);
    assert_eq!(unclear(&rig.connector.look_up(&message).await), Some("SEVERAL_FOUND"));
}

#[tokio::test]
async fn absent_is_said_only_of_films_that_reach_back_far_enough() {
    let (rig, message) = (rig().await, message("k1"));
    for _ in 0..260 {
        rig.fake().add_foreign_post("Noise");
    }
    assert_eq!(unclear(&rig.connector.look_up(&message).await), Some("TIMELINE_UNCLEAR"));
    // All of them are older than the window of this one: the first page shows that.
    let later = Message { first_sent_at: Some(now() + TimeDelta::minutes(2)), ..message };
    rig.clock.pass(Duration::from_mins(20));
    let before = rig.fake().requests().len();
    assert_eq!(rig.connector.look_up(&later).await, LookUp::Absent);
    assert_eq!(rig.fake().requests().len() - before, 2);
}

#[tokio::test]
async fn an_account_without_a_channel_needs_a_person() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().have_channel(false);
    let rejected = rig.connector.verify().await;
    assert!(
        matches!(&rejected, Err(VerifyFailure::CredentialRejected(cause)) if cause.code == "NO_CHANNEL"),
        "{rejected:?}"
    );
    assert_eq!(told(&rig.connector.publish(&message).await), ("credential", "NO_CHANNEL"));
    assert_eq!(unclear(&rig.connector.look_up(&message).await), Some("NO_CHANNEL"));
}
