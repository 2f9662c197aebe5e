//! Uploads to X: in pieces, processed for a while, and not sent again by the next attempt.

use bytes::Bytes;
use serde_json::json;

use super::{asked, delivered, read, rig, sent, status};
use crate::{
    LookUp, Outcome,
    conformance::rig::{message, picture},
    fake::{Call, Script},
};

#[tokio::test]
async fn media_are_sent_in_pieces_and_waited_for() {
    let (rig, mut message) = (rig().await, message("k1"));
    rig.fake().process_media_for(3);
    message.media = vec![picture("image/png"), picture("image/webp")];
    message.media[0].content = Bytes::from(vec![7; 4 * 1024 * 1024 + 1]).into();
    message.media[1].alt_text = None;
    delivered(rig.connector.publish(&message).await);
    let uploads = rig.fake().uploads();
    let ids: Vec<&str> = uploads.iter().map(|media| media.id.as_str()).collect();
    assert_eq!(sent(&rig)["media"]["media_ids"], json!(ids));
    assert!(uploads.iter().all(|media| media.processing == 0));
    assert_eq!(
        (uploads[0].alt_text.as_deref(), uploads[1].alt_text.as_deref()),
        (Some("An open door"), None)
    );
    let pieces = |id: &str| asked(&rig, &format!("POST /2/media/upload/{id}/append"));
    assert_eq!((pieces(ids[0]), pieces(ids[1])), (2, 1));
    assert!(
        matches!(rig.connector.look_up(&message).await, LookUp::Found(_)),
        "its picture's link is not its words"
    );
}

#[tokio::test]
async fn a_film_that_never_becomes_ready_is_no_post() {
    let (rig, mut message) = (rig().await, message("k1"));
    message.media.push(picture("video/mp4"));
    rig.fake().process_media_for(100_000);
    assert_eq!(read(&rig.connector.publish(&message).await), ("preparing", ""));
    assert!(rig.fake().applied().is_empty());
}

#[tokio::test]
async fn an_upload_that_is_whole_is_not_sent_again() {
    let (rig, mut message) = (rig().await, message("k1"));
    message.media.push(picture("video/mp4"));
    rig.fake().process_media_for(2);
    rig.script(Call::Read, Script::ignored(status(500)));
    assert_eq!(read(&rig.connector.publish(&message).await), ("not sent", "HTTP_500"));
    delivered(rig.connector.publish(&message).await);
    assert_eq!((rig.fake().uploads().len(), asked(&rig, "POST /2/media/upload/initialize")), (1, 1));
    // Another message's upload is its own, and one that X has forgotten is sent anew.
    let mut other = crate::conformance::rig::message("k2");
    other.media.push(picture("video/mp4"));
    for code in [500, 400] {
        rig.script(Call::Read, Script::ignored(status(code)));
        let outcome = rig.connector.publish(&other).await;
        assert_eq!(matches!(outcome, Outcome::Delivered(_)), code == 400, "{outcome:?}");
    }
    assert_eq!((rig.fake().uploads().len(), rig.applied("k2")), (3, 1));
    // What was not sent can still be used; what may have been used cannot.
    let mut limited = crate::conformance::rig::message("k3");
    limited.media.push(picture("video/mp4"));
    for (script, uploads) in [(Script::ignored(status(429)), 4), (Script::ignored(status(500)), 4)] {
        rig.script(Call::Create, script);
        rig.connector.publish(&limited).await;
        assert_eq!(rig.fake().uploads().len(), uploads);
    }
    delivered(rig.connector.publish(&limited).await);
    assert_eq!(rig.fake().uploads().len(), 5);
}
