//! What a Facebook Page has of its own: cards and attached photos, no keys, limits in per cent, tokens of the wrong owner.

mod answers;
mod comments;
mod odd;
mod public;

use bytes::Bytes;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    rig::{Rig, message, now, picture},
    transport::answering,
};
use crate::{
    Evidence, LookUp, Message, Outcome, PlatformKind, Receipt, VerifyFailure,
    fake::{Answer, Call, Script},
};

const PAGE: &str = "104520000000017";

async fn rig() -> Rig {
    Rig::new(PlatformKind::Facebook).await
}

fn delivered(outcome: Outcome) -> Receipt {
    match outcome {
        Outcome::Delivered(receipt) => receipt,
        other => panic!("not delivered: {other:?}"),
    }
}

fn code(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::NotSent { cause, .. }
        | Outcome::Refused(cause)
        | Outcome::Unknown(cause)
        | Outcome::CredentialRejected(cause) => &cause.code,
        Outcome::Delivered(_) => "delivered",
        Outcome::Preparing { .. } => "preparing",
    }
}

fn untold(found: &LookUp) -> &str {
    match found {
        LookUp::CannotTell(cause) => &cause.code,
        other => panic!("{other:?}"),
    }
}

fn sent(rig: &Rig) -> Value {
    rig.fake().applied().last().unwrap().record.clone().unwrap()
}

#[tokio::test]
async fn a_link_is_a_card_and_pictures_are_attached() {
    let (rig, mut message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    assert!(receipt.remote_id.starts_with(&format!("{PAGE}_")));
    assert_eq!(receipt.url, Some(format!("https://www.facebook.com/{}", receipt.remote_id)));
    assert_eq!(sent(&rig), json!({ "message": message.text, "link": message.link }));

    message.media = vec![picture("image/png"), picture("image/jpeg")];
    message.media[1].alt_text = None;
    delivered(rig.connector.publish(&message).await);
    let uploads = rig.fake().uploads();
    let attached: Vec<Value> = uploads.iter().map(|photo| json!({ "media_fbid": photo.id })).collect();
    assert_eq!(sent(&rig), json!({ "message": message.text_with_link(), "attached_media": attached }));
    assert_eq!(
        (uploads[0].alt_text.as_deref(), uploads[1].alt_text.as_deref()),
        (Some("An open door"), None)
    );
    let requests = rig.fake().requests();
    assert!(requests.contains(&format!("POST /v26.0/{PAGE}/photos")), "{requests:?}");
}

#[tokio::test]
async fn what_the_platform_would_refuse_is_refused_before_anything_is_uploaded() {
    let rig = rig().await;
    let with = |change: fn(&mut Message)| {
        let mut message = message("k1");
        (message.link, message.media) = (None, vec![picture("image/png")]);
        change(&mut message);
        message
    };
    let rows: [(Message, &str); 4] = [
        (with(|message| message.text = "é".repeat(63_207)), "TEXT_TOO_LONG"),
        (with(|message| message.media = vec![picture("image/png"); 11]), "TOO_MANY_MEDIA"),
        (with(|message| message.media = vec![picture("video/mp4")]), "MEDIA_TYPE_REFUSED"),
        (
            with(|message| message.media[0].content = Bytes::from(vec![0; 10 * 1024 * 1024 + 1]).into()),
            "MEDIA_TOO_LARGE",
        ),
    ];
    for (message, expected) in rows {
        assert_eq!(code(&rig.connector.publish(&message).await), expected);
    }
    assert!(rig.fake().requests().is_empty());
    delivered(rig.connector.publish(&with(|message| message.text = "é".repeat(63_206))).await);
}

#[tokio::test]
async fn a_duplicate_is_doubted_only_where_an_earlier_try_may_have_made_it() {
    let (rig, first) = (rig().await, message("k1"));
    rig.fake().refuse_duplicates(true);
    rig.script(Call::Create, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.publish(&first).await, Outcome::Unknown(_)));
    // The list did not show it yet, so it is tried again, long after it was first.
    let later = Message { first_sent_at: Some(now() - TimeDelta::seconds(90)), ..first.clone() };
    let outcome = rig.connector.publish(&later).await;
    assert!(matches!(&outcome, Outcome::Unknown(cause) if cause.code == "DUPLICATE"), "{outcome:?}");
    let settled = delivered(rig.settle(&later, outcome, "duplicate").await);
    assert_eq!((settled.evidence, settled.published_at), (Evidence::Timeline, Some(now())));
    let unknown = Message { first_sent_at: None, ..first.clone() };
    assert!(matches!(rig.connector.publish(&unknown).await, Outcome::Unknown(_)));
    assert!(matches!(rig.connector.publish(&first).await, Outcome::Refused(_)));
    assert_eq!(rig.applied("k1"), 1);
}

#[tokio::test]
async fn the_undecidable_is_left_to_a_person() {
    let (rig, mut message) = (rig().await, message("k1"));
    rig.fake().add_foreign_post(&message.text);
    rig.fake().add_foreign_post(&message.text);
    assert_eq!(untold(&rig.connector.look_up(&message).await), "SEVERAL_FOUND");
    message.first_sent_at = None;
    assert_eq!(untold(&rig.connector.look_up(&message).await), "NO_FIRST_ATTEMPT");
    (message.first_sent_at, message.link) = (Some(now()), None);
    message.text = String::new();
    message.media = vec![picture("image/png")];
    assert_eq!(rig.look_up(&message).await, LookUp::Absent);
    rig.fake().add_foreign_post("");
    assert_eq!(untold(&rig.connector.look_up(&message).await), "TIMELINE_UNCLEAR");
}

#[tokio::test]
async fn a_list_is_read_to_its_end_or_proves_nothing() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().set_now(Some(now() - TimeDelta::minutes(5)));
    rig.fake().add_foreign_post(&message.text);
    rig.fake().set_now(Some(now()));
    assert_eq!(rig.look_up(&message).await, LookUp::Absent, "older than the first try");
    delivered(rig.connector.publish(&message).await);
    for _ in 0..250 {
        rig.fake().add_foreign_post("Noise");
    }
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::Found(_)));
    for _ in 0..260 {
        rig.fake().add_foreign_post("Noise");
    }
    assert_eq!(untold(&rig.connector.look_up(&message).await), "TIMELINE_UNCLEAR");
}

#[tokio::test]
async fn a_page_is_named_by_its_number_and_opened_by_its_own_token() {
    let other = rig().await.reconnect(|settings| settings.username = Some("1".to_owned()));
    let refused = other.connector.verify().await;
    assert!(
        matches!(&refused, Err(VerifyFailure::CredentialRejected(cause)) if cause.code == "NOT_THE_PAGES_TOKEN"),
        "{refused:?}"
    );
    assert_eq!(untold(&other.connector.look_up(&message("k1")).await), "NOT_THE_PAGES_TOKEN");
    assert_eq!(code(&other.connector.delete("1_7").await), "NOT_THE_PAGES_TOKEN");

    let profile = rig().await.connector.verify().await.unwrap();
    assert_eq!((profile.handle.as_str(), profile.display_name.as_deref()), ("press", Some("Press office")));
    assert_eq!(profile.url.as_deref(), Some("https://www.facebook.com/press"));
    assert_eq!(profile.bio.as_deref(), Some("Run by the press office"));
    let able = profile.capabilities;
    assert!(able.alt_text && able.edit && able.delete && !able.title && !able.idempotent_send);
}

#[tokio::test]
async fn only_posts_are_touched() {
    let (rig, mut message) = (rig().await, message("k1"));
    for id in ["", "me", "1_2_3", "1_", "_2", "1/feed", "1?x", "../1"] {
        assert_eq!(code(&rig.connector.delete(id).await), "REMOTE_ID_INVALID", "{id}");
        assert_eq!(code(&rig.connector.update(id, &message).await), "REMOTE_ID_INVALID", "{id}");
    }
    assert!(rig.fake().requests().is_empty());
    assert_eq!(code(&rig.connector.update(&format!("{PAGE}_7"), &message).await), "GONE");
    let receipt = delivered(rig.connector.publish(&message).await);
    message.text = "Corrected. (k1)".to_owned();
    rig.script(Call::Edit, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.update(&receipt.remote_id, &message).await, Outcome::Unknown(_)));
    delivered(rig.connector.update(&receipt.remote_id, &message).await);
    assert_eq!(rig.fake().applied()[0].text, "Corrected. (k1)");
}

#[tokio::test]
async fn what_is_used_up_is_obeyed_before_it_is_refused() {
    let bytes = b"HTTP/1.1 200 OK\r\nX-App-Usage: {\"call_count\":12}\r\n\
        X-Business-Use-Case-Usage: {\"1\":[{\"type\":\"pages\",\"call_count\":100,\"estimated_time_to_regain_access\":7}]}\r\n\
        Content-Length: 24\r\nConnection: close\r\n\r\n{\"id\":\"104520000000017\"}\n";
    let (address, _serving) = answering(bytes).await;
    let connector = super::transport::connector(PlatformKind::Facebook, &format!("http://{address}"), true);
    assert_eq!(connector.wait(), None);
    let verified = connector.verify().await;
    assert!(verified.is_ok(), "{verified:?}");
    assert_eq!(connector.wait().map(|wait| wait.as_secs()), Some(7 * 60));
}

#[tokio::test]
async fn a_token_is_in_no_address_and_no_debug_output() {
    let rig = rig().await;
    delivered(rig.connector.publish(&message("k1")).await);
    assert!(!format!("{:?}", rig.connector).contains("the-right-secret"));
    assert!(!rig.fake().requests().iter().any(|request| request.contains("the-right-secret")));
}
