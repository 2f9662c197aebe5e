//! What X has of its own: words that may not be said twice, versions with names of their own, links that are shortened, uploads
//! in pieces, threads, and what the public says.

use bytes::Bytes;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    rig::{Rig, limits, message, now, picture},
    transport::answering,
};
use crate::{
    Evidence, Follows, LookUp, Message, Outcome, PlatformKind, Receipt,
    fake::{Answer, Call, Script},
};

mod media;
mod public;

async fn rig() -> Rig {
    Rig::new(PlatformKind::X).await
}

fn delivered(outcome: Outcome) -> Receipt {
    match outcome {
        Outcome::Delivered(receipt) => receipt,
        other => panic!("not delivered: {other:?}"),
    }
}

/// The class and the code.
fn read(outcome: &Outcome) -> (&'static str, &str) {
    match outcome {
        Outcome::NotSent { cause, .. } => ("not sent", &cause.code),
        Outcome::Refused(cause) => ("refused", &cause.code),
        Outcome::Unknown(cause) => ("unknown", &cause.code),
        Outcome::Preparing { .. } => ("preparing", ""),
        Outcome::CredentialRejected(cause) => ("credential", &cause.code),
        Outcome::Delivered(_) => ("delivered", ""),
    }
}

fn untold(found: &LookUp) -> &str {
    match found {
        LookUp::CannotTell(cause) => &cause.code,
        other => panic!("{other:?}"),
    }
}

fn sent(rig: &Rig) -> Value {
    rig.fake().applied().last().unwrap().record.clone().unwrap()["sent"].clone()
}

fn asked(rig: &Rig, request: &str) -> usize {
    rig.fake().requests().iter().filter(|line| line.starts_with(request)).count()
}

fn status(status: u16) -> Answer {
    Answer::Status { status, retry_after: None }
}

#[tokio::test]
async fn a_post_is_its_words_with_the_link() {
    let (rig, message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    assert_eq!(sent(&rig), json!({ "text": message.text_with_link() }));
    let page = format!("https://x.com/i/web/status/{}", receipt.remote_id);
    assert_eq!((receipt.url, receipt.published_at), (Some(page), Some(now())));
    assert_eq!(rig.fake().requests(), ["POST /2/tweets"], "each question would be billed");
}

#[tokio::test]
async fn what_the_platform_would_refuse_is_refused_before_anything_is_uploaded() {
    let rig = rig().await;
    let with = |change: &dyn Fn(&mut Message)| {
        let mut message = message("k1");
        (message.link, message.media) = (None, vec![picture("image/png")]);
        change(&mut message);
        message
    };
    let sized = |kind: &str, size: usize| {
        let mut part = picture(kind);
        part.content = Bytes::from(vec![0; size]).into();
        part
    };
    let mib = 1024 * 1024;
    let rows: [(Message, &str); 9] = [
        (with(&|message| message.text = "日".repeat(141)), "TEXT_TOO_LONG"),
        (with(&|message| message.media = vec![picture("image/png"); 5]), "TOO_MANY_MEDIA"),
        (with(&|message| message.media.push(picture("image/gif"))), "MEDIA_MIXED"),
        (with(&|message| message.media.push(picture("video/mp4"))), "MEDIA_MIXED"),
        (with(&|message| message.media = vec![picture("image/tiff")]), "MEDIA_TYPE_REFUSED"),
        (with(&|message| message.media = vec![sized("image/png", 5 * mib + 1)]), "MEDIA_TOO_LARGE"),
        (with(&|message| message.media = vec![sized("image/gif", 15 * mib + 1)]), "MEDIA_TOO_LARGE"),
        (with(&|message| message.media[0].alt_text = Some("é".repeat(1001))), "ALT_TEXT_TOO_LONG"),
        (
            with(&|message| {
                message.follows = Some(Follows { remote_id: "7/a".to_owned(), root_id: "7".to_owned() });
            }),
            "REMOTE_ID_INVALID",
        ),
    ];
    for (message, code) in rows {
        assert_eq!(read(&rig.connector.publish(&message).await), ("refused", code));
    }
    assert!(rig.fake().requests().is_empty());
    delivered(rig.connector.publish(&with(&|message| message.text = "日".repeat(140))).await);
}

#[tokio::test]
async fn a_duplicate_is_doubted_only_where_an_earlier_try_may_have_made_it() {
    let (rig, first) = (rig().await, message("k1"));
    rig.script(Call::Create, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.publish(&first).await, Outcome::Unknown(_)));
    // The list did not show it yet, so it is tried again, long after it was first.
    let later = Message { first_sent_at: Some(now() - TimeDelta::seconds(90)), ..first.clone() };
    let outcome = rig.connector.publish(&later).await;
    assert_eq!(read(&outcome), ("unknown", "DUPLICATE"));
    let settled = delivered(rig.settle(&later, outcome, "duplicate").await);
    assert_eq!((settled.evidence, settled.published_at), (Evidence::Timeline, Some(now())));
    let unknown = Message { first_sent_at: None, ..first.clone() };
    assert_eq!(read(&rig.connector.publish(&unknown).await), ("unknown", "DUPLICATE"));
    assert_eq!(read(&rig.connector.publish(&first).await), ("refused", "DUPLICATE"));
    assert_eq!(rig.applied("k1"), 1);
}

#[tokio::test]
async fn a_young_message_is_not_said_to_be_absent() {
    let (rig, message) = (rig().await, message("k1"));
    let wait = |found: LookUp| match found {
        LookUp::Unreachable { cause, retry_after } if cause.code == "TOO_YOUNG" => {
            retry_after.unwrap().as_secs()
        }
        other => panic!("{other:?}"),
    };
    // An attempt may take as long as publishing may, and then its post may be listed late.
    let takes = i64::try_from(limits().longest_publish().as_secs()).unwrap();
    assert_eq!(wait(rig.connector.look_up(&message).await), 125);
    rig.fake().set_now(Some(now() + TimeDelta::seconds(takes + 120)));
    assert_eq!(wait(rig.connector.look_up(&message).await), 1);
    rig.fake().set_now(Some(now() + TimeDelta::seconds(takes + 121)));
    assert_eq!(rig.connector.look_up(&message).await, LookUp::Absent);
    let again = Message { last_sent_at: Some(now() + TimeDelta::minutes(5)), ..message.clone() };
    assert_eq!(wait(rig.connector.look_up(&again).await), 300, "the last attempt counts");
    let unknown = Message { last_sent_at: None, ..message.clone() };
    assert_eq!(rig.connector.look_up(&unknown).await, LookUp::Absent, "the first one has to do");
    rig.fake().set_now(Some(now()));
    delivered(rig.connector.publish(&message).await);
    assert!(
        matches!(rig.connector.look_up(&message).await, LookUp::Found(_)),
        "what is there is there at any age"
    );
}

#[tokio::test]
async fn the_undecidable_is_left_to_a_person() {
    let (twice, mut message) = (rig().await, message("k1"));
    for _ in 0..2 {
        twice.fake().add_foreign_post(&message.text_with_link());
    }
    assert_eq!(untold(&twice.connector.look_up(&message).await), "SEVERAL_FOUND");
    message.first_sent_at = None;
    assert_eq!(untold(&twice.connector.look_up(&message).await), "NO_FIRST_ATTEMPT");
    message.last_sent_at = None;
    assert_eq!(untold(&twice.connector.look_up(&message).await), "NO_FIRST_ATTEMPT");
    message.first_sent_at = Some(now());
    let other_link = rig().await;
    other_link.fake().add_foreign_post(&format!("{}\n\nhttps://example.org/rewritten", message.text));
    assert_eq!(untold(&other_link.look_up(&message).await), "TIMELINE_UNCLEAR");
    let no_words = rig().await;
    no_words.fake().add_foreign_post("");
    (message.text, message.link, message.media) = (String::new(), None, vec![picture("image/png")]);
    assert_eq!(untold(&no_words.look_up(&message).await), "TIMELINE_UNCLEAR");
    let changed = rig().await;
    let mut ours = super::rig::message("k1");
    let receipt = delivered(changed.connector.publish(&ours).await);
    ours.text = "Corrected by somebody".to_owned();
    delivered(changed.connector.update(&receipt.remote_id, &ours).await);
    assert_eq!(untold(&changed.look_up(&super::rig::message("k1")).await), "TIMELINE_UNCLEAR");
}

#[tokio::test]
async fn a_list_is_read_to_its_end_or_proves_nothing() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().set_now(Some(now() - TimeDelta::minutes(5)));
    rig.fake().add_foreign_post(&message.text_with_link());
    rig.fake().set_now(Some(now()));
    assert_eq!(rig.look_up(&message).await, LookUp::Absent, "older than the first try");
    rig.fake().add_foreign_post(&message.text_with_link());
    for _ in 0..250 {
        rig.fake().add_foreign_post("Noise");
    }
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::Found(_)));
    for _ in 0..260 {
        rig.fake().add_foreign_post("Noise");
    }
    assert_eq!(untold(&rig.connector.look_up(&message).await), "TIMELINE_UNCLEAR");
    assert_eq!(asked(&rig, "GET /2/users/me"), 1);
}

#[tokio::test]
async fn a_message_that_follows_is_the_next_of_a_thread() {
    let (rig, first) = (rig().await, message("k1"));
    let root = delivered(rig.connector.publish(&first).await).remote_id;
    let mut second = message("k2");
    second.follows = Some(Follows { remote_id: root.clone(), root_id: root.clone() });
    delivered(rig.connector.publish(&second).await);
    assert_eq!(sent(&rig)["reply"], json!({ "in_reply_to_tweet_id": root }));
    assert!(matches!(rig.connector.look_up(&second).await, LookUp::Found(_)));
    delivered(rig.connector.delete(&root).await);
    let mut third = message("k3");
    third.follows = second.follows;
    // That the first is gone is no word on the credential. What answers is what is read of it after the refusal.
    rig.script(Call::Read, Script::ignored(Answer::Hang));
    assert_eq!(read(&rig.connector.publish(&third).await), ("refused", "FOLLOW_REFUSED"));
    assert_eq!(read(&rig.connector.publish(&third).await), ("refused", "FOLLOWED_GONE"));
    let there = delivered(rig.connector.publish(&message("k4")).await).remote_id;
    third.follows = Some(Follows { remote_id: there.clone(), root_id: there });
    rig.script(Call::Create, Script::ignored(status(403)));
    assert_eq!(read(&rig.connector.publish(&third).await), ("refused", "FOLLOW_REFUSED"));
}

#[tokio::test]
async fn a_change_is_a_new_version_and_may_be_repeated() {
    let (rig, mut message) = (rig().await, message("k1"));
    message.media.push(picture("image/png"));
    let first = delivered(rig.connector.publish(&message).await).remote_id;
    message.text = "Corrected today. (k1)".to_owned();
    rig.script(Call::Edit, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.update(&first, &message).await, Outcome::Unknown(_)));
    let second = delivered(rig.connector.update(&first, &message).await).remote_id;
    assert_ne!(second, first);
    let post = rig.fake().applied()[0].clone();
    assert_eq!(
        (post.edits, post.media.len(), rig.applied("k1")),
        (1, 1, 1),
        "what is changed already is left"
    );
    for round in 0..4 {
        message.text = format!("Corrected again, {round}. (k1)");
        let third = delivered(rig.connector.update(&first, &message).await).remote_id;
        assert_ne!(third, second, "any version's name stands for the post");
    }
    message.text = "Once too often. (k1)".to_owned();
    assert_eq!(read(&rig.connector.update(&second, &message).await), ("refused", "EDIT_REFUSED"));
    delivered(rig.connector.delete(&second).await);
    assert_eq!(read(&rig.connector.update(&first, &message).await), ("refused", "GONE"));
    for id in ["", "a/b", "7?a", "12345678901234567890"] {
        assert_eq!(read(&rig.connector.update(id, &message).await), ("refused", "REMOTE_ID_INVALID"), "{id}");
        assert_eq!(read(&rig.connector.delete(id).await), ("refused", "REMOTE_ID_INVALID"), "{id}");
    }
}

#[tokio::test]
async fn only_a_post_that_cannot_be_read_is_deleted_already() {
    let (rig, message) = (rig().await, message("k1"));
    let id = delivered(rig.connector.publish(&message).await).remote_id;
    rig.script(Call::Delete, Script::ignored(status(404)));
    assert_eq!(read(&rig.connector.delete(&id).await), ("refused", "API_NOT_FOUND"));
    rig.script(Call::Delete, Script::ignored(Answer::Garbage));
    assert!(matches!(rig.connector.delete(&id).await, Outcome::Unknown(_)));
    assert!(!rig.fake().applied()[0].deleted);
    delivered(rig.connector.delete(&id).await);
    delivered(rig.connector.delete(&id).await);
}

#[tokio::test]
async fn a_success_that_names_no_post_is_looked_up() {
    let rows: [&[u8]; 2] = [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 79\r\n\r\n{\"errors\":[{\"type\":\"https://api.x.com/2/problems/not-authorized-for-resource\"}]}",
    ];
    for bytes in rows {
        let (address, _serving) = answering(bytes).await;
        let connector = super::transport::connector(PlatformKind::X, &format!("http://{address}"), true);
        let outcome = connector.publish(&message("k1")).await;
        assert_eq!(read(&outcome), ("unknown", "ANSWER_WITHOUT_ID"));
    }
}

#[tokio::test]
async fn nothing_secret_is_in_the_debug_output() {
    let rig = rig().await;
    delivered(rig.connector.publish(&message("k1")).await);
    assert!(!format!("{:?}", rig.connector).contains("the-right-secret"));
}
