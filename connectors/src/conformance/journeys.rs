//! A message's whole life on every connector, and what each platform has of its own.

use std::time::Duration;

use chrono::TimeDelta;

use super::rig::{Rig, delivered, message, message_for, networked, now, picture};
use crate::{
    Evidence, LookUp, Outcome, PlatformKind, VerifyFailure,
    fake::{Answer, Call, Script},
};

#[tokio::test]
async fn a_message_is_published_found_changed_and_taken_back() {
    for kind in PlatformKind::ALL {
        let (rig, mut message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let profile = rig.connector.verify().await.unwrap();
        assert!(!profile.handle.is_empty());
        assert_eq!(rig.applied("k1"), 0);
        assert_eq!(rig.look_up(&message).await, LookUp::Absent, "{kind}");
        let receipt = delivered(rig.connector.publish(&message).await);
        assert_eq!((receipt.evidence, receipt.published_at), (Evidence::Answer, Some(now())), "{kind}");
        match rig.connector.look_up(&message).await {
            LookUp::Found(found) => assert_eq!(found.remote_id, receipt.remote_id),
            other => panic!("{kind}: {other:?}"),
        }
        message.text = "Corrected. (k1)".to_owned();
        let changed = delivered(rig.connector.update(&receipt.remote_id, &message).await);
        // X gives every version a name of its own, and takes any of them for the post.
        assert_eq!(changed.remote_id == receipt.remote_id, kind != PlatformKind::X, "{kind}");
        assert_eq!(rig.applied("k1"), 1);
        delivered(rig.connector.delete(&receipt.remote_id).await);
        delivered(rig.connector.delete(&receipt.remote_id).await);
    }
}

#[tokio::test]
async fn what_is_sent_is_what_was_approved() {
    let (rig, mut message) = (Rig::new(PlatformKind::Mastodon).await, message("k1"));
    message.media.push(picture("image/png"));
    rig.fake().process_media_for(3);
    delivered(rig.connector.publish(&message).await);
    let post = &rig.fake().applied()[0];
    assert_eq!(post.text, message.text_with_link());
    assert_eq!((post.visibility.as_deref(), post.language.as_deref()), (Some("public"), Some("en")));
    assert_eq!((post.media.len(), post.marker.as_deref()), (1, Some("k1")));
    assert_eq!(rig.fake().uploads()[0].alt_text.as_deref(), Some("An open door"));

    let rig = Rig::new(PlatformKind::WordPress).await;
    delivered(rig.connector.publish(&message).await);
    let post = &rig.fake().applied()[0];
    assert!(
        post.text.contains("alt=\"An open door\"") && post.text.contains("&lt;on&gt; Sunday &amp; Monday")
    );
    assert_eq!((post.marker.as_deref(), post.visibility.as_deref()), (Some("open-day-k1"), Some("publish")));
}

#[tokio::test]
async fn a_refused_credential_needs_a_person_and_proves_nothing() {
    for kind in networked() {
        let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
        delivered(rig.connector.publish(&message).await);
        rig.fake().refuse_credential(true);
        assert!(matches!(rig.connector.verify().await, Err(VerifyFailure::CredentialRejected(_))), "{kind}");
        assert!(matches!(rig.connector.publish(&message).await, Outcome::CredentialRejected(_)), "{kind}");
        assert!(matches!(rig.connector.look_up(&message).await, LookUp::CannotTell(_)), "{kind}");
    }
}

#[tokio::test]
async fn a_duplicate_that_the_platform_refuses_is_refused() {
    for kind in networked() {
        let (rig, first) = (Rig::new(kind).await, message_for(kind, "k1"));
        rig.fake().refuse_duplicates(true);
        delivered(rig.connector.publish(&first).await);
        let mut second = message_for(kind, "k2");
        second.text.clone_from(&first.text);
        // Where time tells two messages of the same words apart, it must be able to.
        second.first_sent_at = Some(now() + TimeDelta::minutes(5));
        rig.clock.pass(Duration::from_mins(5));
        assert!(matches!(rig.connector.publish(&second).await, Outcome::Refused(_)), "{kind}");
        assert_eq!(rig.applied("k1"), 1);
    }
}

#[tokio::test]
async fn a_repeated_key_makes_no_second_post() {
    // Facebook and X have no keys: there only the look-up stands between a lost answer and a second post.
    let keyless = [PlatformKind::Facebook, PlatformKind::X];
    for kind in PlatformKind::ALL.into_iter().filter(|kind| !keyless.contains(kind)) {
        let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let first = delivered(rig.connector.publish(&message).await);
        if kind == PlatformKind::Mastodon {
            rig.fake().set_now(Some(now() + TimeDelta::minutes(5)));
        }
        let second = delivered(rig.connector.publish(&message).await);
        assert_eq!((rig.applied("k1"), first.remote_id), (1, second.remote_id), "{kind}");
        assert_ne!(second.evidence, Evidence::Answer, "{kind}");
    }
}

#[tokio::test]
async fn wordpress_uploads_once_and_refuses_what_the_site_refuses() {
    let (rig, mut message) = (Rig::new(PlatformKind::WordPress).await, message("k1"));
    message.media.push(picture("image/png"));
    rig.script(Call::Create, Script::ignored(Answer::Status { status: 429, retry_after: None }));
    assert!(matches!(rig.connector.publish(&message).await, Outcome::NotSent { .. }));
    delivered(rig.connector.publish(&message).await);
    assert_eq!(rig.fake().uploads().len(), 1);
    let mut other = super::rig::message("k2");
    other.media.push(picture("application/x-refused"));
    match rig.connector.publish(&other).await {
        Outcome::Refused(cause) => {
            assert_eq!((cause.code.as_str(), cause.http_status), ("MEDIA_REFUSED", Some(500)));
        }
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn wordpress_leaves_what_a_person_has_binned_to_a_person() {
    let (rig, message) = (Rig::new(PlatformKind::WordPress).await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    delivered(rig.connector.delete(&receipt.remote_id).await);
    match rig.connector.look_up(&message).await {
        LookUp::CannotTell(cause) => assert_eq!(cause.code, "TRASHED_ON_PLATFORM"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(rig.connector.publish(&message).await, Outcome::Unknown(_)));
    assert_eq!(rig.applied("k1"), 1);
}

#[tokio::test]
async fn mastodon_does_not_believe_a_server_that_keeps_no_keys() {
    let (rig, message) = (Rig::new(PlatformKind::Mastodon).await, message("k1"));
    rig.fake().keep_keys(false);
    rig.fake().add_foreign_post("Something else");
    rig.script(Call::Create, Script::applied(Answer::Hang));
    let outcome = rig.connector.publish(&message).await;
    assert!(!rig.connector.capabilities().idempotent_send);
    let settled = delivered(rig.settle(&message, outcome, "keyless").await);
    assert_eq!((settled.evidence, rig.applied("k1")), (Evidence::Timeline, 1));
}

#[tokio::test]
async fn mastodon_leaves_the_undecidable_to_a_person() {
    let (rig, mut message) = (Rig::new(PlatformKind::Mastodon).await, message("k1"));
    rig.fake().add_foreign_post(&message.text_with_link());
    rig.fake().add_foreign_post(&message.text_with_link());
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::CannotTell(_)));
    message.first_sent_at = None;
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::CannotTell(_)));
}

#[tokio::test]
async fn a_timeline_too_long_to_read_proves_nothing_however_young_the_key() {
    let (rig, message) = (Rig::new(PlatformKind::Mastodon).await, message("k1"));
    for _ in 0..210 {
        rig.fake().add_foreign_post("Noise");
    }
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::CannotTell(_)));
}

#[tokio::test]
async fn mastodon_refuses_what_the_server_would_refuse_before_uploading() {
    let rig = Rig::new(PlatformKind::Mastodon).await;
    let mut long = message("k1");
    long.text = "é".repeat(501);
    long.media.push(picture("image/png"));
    let mut many = message("k2");
    many.media = vec![picture("image/png"); 5];
    let mut odd = message("k3");
    odd.media.push(picture("image/x-odd"));
    for (message, code) in [(long, "TEXT_TOO_LONG"), (many, "TOO_MANY_MEDIA"), (odd, "MEDIA_TYPE_REFUSED")] {
        match rig.connector.publish(&message).await {
            Outcome::Refused(cause) => assert_eq!(cause.code, code),
            outcome => panic!("{outcome:?}"),
        }
    }
    assert!(rig.fake().uploads().is_empty());
}

#[tokio::test]
async fn a_stranger_who_knows_nothing_of_the_post_has_not_deleted_it() {
    let bytes = b"HTTP/1.1 404 Nothing\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>";
    for kind in networked() {
        let (address, _serving) = super::transport::answering(bytes).await;
        let connector = super::transport::connector(kind, &format!("http://{address}"), true);
        let outcome = connector.delete("7").await;
        assert!(
            matches!(&outcome, Outcome::Refused(cause) if cause.code == "API_NOT_FOUND"),
            "{kind} {outcome:?}"
        );
    }
}
