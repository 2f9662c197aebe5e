//! Changing a film and taking it back, and whose channel it is.

use std::sync::Arc;

use super::{delivered, message, record, rig, told};
use crate::{
    ConnectError, LookUp, Outcome, PlatformKind,
    conformance::rig::{MemoryFeed, clock, limits},
    connect,
    fake::{Answer, Call, FakePlatform, Script},
};

#[tokio::test]
async fn a_change_is_to_the_words_and_may_be_repeated() {
    let (rig, mut message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    let tags = record(&rig)["snippet"]["tags"].clone();
    (message.title, message.text) = (Some("Shut day".to_owned()), "Corrected. (k1)".to_owned());
    rig.script(Call::Edit, Script::applied(Answer::Hang));
    assert_eq!(told(&rig.connector.update(&receipt.remote_id, &message).await), ("unknown", "TIMEOUT"));
    rig.script(Call::Edit, Script::ignored(Answer::Garbage));
    let garbage = rig.connector.update(&receipt.remote_id, &message).await;
    assert_eq!(told(&garbage), ("unknown", "GARBAGE_ANSWER"));
    delivered(rig.connector.update(&receipt.remote_id, &message).await);
    let film = record(&rig);
    assert_eq!(film["snippet"]["title"], "Shut day");
    assert_eq!(film["snippet"]["description"], message.text_with_link());
    assert_eq!(film["snippet"]["tags"], tags, "it is found after a change as before");
    assert_eq!((rig.fake().applied()[0].edits, rig.applied("k1")), (2, 1));
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::Found(_)));
}

#[tokio::test]
async fn a_film_is_read_before_it_is_changed() {
    let (rig, mut message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    rig.script(Call::Read, Script::applied(Answer::Hang));
    let outcome = rig.connector.update(&receipt.remote_id, &message).await;
    assert!(matches!(&outcome, Outcome::NotSent { .. }), "{outcome:?}");
    message.text = "a < b".to_owned();
    let outcome = rig.connector.update(&receipt.remote_id, &message).await;
    assert_eq!(told(&outcome), ("refused", "CHARACTER_REFUSED"));
    assert_eq!(rig.fake().applied()[0].edits, 0);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_changed_and_is_deleted() {
    let (rig, message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    rig.script(Call::Delete, Script::ignored(Answer::Garbage));
    let garbage = rig.connector.delete(&receipt.remote_id).await;
    assert_eq!(told(&garbage), ("unknown", "GARBAGE_ANSWER"));
    delivered(rig.connector.delete(&receipt.remote_id).await);
    delivered(rig.connector.delete("never-was").await);
    assert_eq!(told(&rig.connector.update(&receipt.remote_id, &message).await), ("refused", "GONE"));
    for id in ["", "a/b", "a?b", "a,b", "ä"] {
        assert_eq!(told(&rig.connector.update(id, &message).await), ("refused", "REMOTE_ID_INVALID"), "{id}");
        assert_eq!(told(&rig.connector.delete(id).await), ("refused", "REMOTE_ID_INVALID"), "{id}");
    }
}

#[tokio::test]
async fn a_profile_is_the_channels() {
    let profile = rig().await.connector.verify().await.unwrap();
    assert_eq!(
        (profile.handle.as_str(), profile.display_name.as_deref()),
        ("@pressoffice", Some("Press office"))
    );
    assert_eq!(profile.url.as_deref(), Some("https://www.youtube.com/@pressoffice"));
    assert_eq!(profile.bio.as_deref(), Some("Run by the press office"));
    let able = profile.capabilities;
    assert!(able.edit && able.delete && able.title && able.read_back && able.inbound && able.metrics);
    assert!(able.captions && !able.alt_text && !able.amplify && !able.idempotent_send);
    assert_eq!((able.max_media, able.text.max), (1, Some(5000)));
}

#[tokio::test]
async fn a_channel_needs_a_token_and_no_address() {
    let connected = |secret| {
        let (http, feed) = (crate::Http::new(limits()).unwrap(), Arc::new(MemoryFeed::default()));
        connect(PlatformKind::YouTube, &crate::ConnectionSettings::default(), secret, &http, feed, clock())
            .err()
    };
    assert!(matches!(connected(None), Some(ConnectError::CredentialMissing)));
    assert!(connected(Some(FakePlatform::secret())).is_none());
}

#[tokio::test]
async fn nothing_secret_is_in_the_debug_output() {
    let rig = rig().await;
    delivered(rig.connector.publish(&message("k1")).await);
    assert!(!format!("{:?}", rig.connector).contains("the-right-secret"));
}
