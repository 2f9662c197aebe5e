//! What a webhook has of its own: what is signed and sent, and what its receivers may leave out.

use super::{
    rig::{Rig, delivered, message, now, picture},
    transport::{answering, connector},
};
use crate::{
    Evidence, Follows, LookUp, Outcome, PlatformKind, Receipt,
    fake::{Answer, Call, Script},
};

const KIND: PlatformKind = PlatformKind::Webhook;

/// What the connector makes of one answer, to a message and to a look-up.
async fn answered(bytes: &'static [u8]) -> (Outcome, LookUp) {
    let (address, _serving) = answering(bytes).await;
    let connector = connector(KIND, &format!("http://{address}/hook"), true);
    (connector.publish(&message("k1")).await, connector.look_up(&message("k1")).await)
}

#[tokio::test]
async fn the_document_holds_what_was_approved() {
    let (rig, mut message) = (Rig::new(KIND).await, message("k1"));
    message.media.push(picture("image/png"));
    let receipt = delivered(rig.connector.publish(&message).await);
    let post = &rig.fake().applied()[0];
    assert_eq!((&post.text, &post.title, &post.language), (&message.text, &message.title, &message.language));
    let sent = &rig.fake().uploads()[0];
    assert_eq!(
        (sent.alt_text.as_deref(), sent.slug.as_deref()),
        (Some("An open door"), Some("0123456789abcdef"))
    );
    assert_eq!((receipt.remote_id.as_str(), receipt.published_at), (post.id.as_str(), Some(now())));
    assert!(receipt.url.unwrap().ends_with(&format!("/posts/{}", post.id)));
}

#[tokio::test]
async fn what_a_message_continues_is_told() {
    let rig = Rig::new(KIND).await;
    let first = delivered(rig.connector.publish(&message("k1")).await);
    let mut second = message("k2");
    second.follows = Some(Follows { remote_id: first.remote_id.clone(), root_id: first.remote_id.clone() });
    delivered(rig.connector.publish(&second).await);
    let posts = rig.fake().applied();
    assert_eq!((posts[0].follows.as_ref(), posts[1].follows.as_ref()), (None, Some(&first.remote_id)));
}

#[tokio::test]
async fn a_receiver_owes_nothing_but_a_status() {
    const LOCATED: &[u8] =
        b"HTTP/1.1 201 Made\r\nConnection: close\r\nLocation: /posts/7\r\nContent-Length: 0\r\n\r\n";
    const PLAIN: &[u8] =
        b"HTTP/1.1 200 Yes\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";
    let address = |receipt: &Receipt| receipt.url.clone().map(|mut url| url.split_off(url.len() - 8));
    for (bytes, url) in [
        (LOCATED, Some("/posts/7")),
        (PLAIN, None),
        (b"HTTP/1.1 204 Done\r\nConnection: close\r\n\r\n", None),
        (b"HTTP/1.1 200 Yes\r\nConnection: close\r\nContent-Length: 4\r\n\r\ntrue", None),
    ] {
        let receipt = delivered(answered(bytes).await.0);
        assert_eq!((receipt.remote_id.as_str(), address(&receipt).as_deref()), ("k1", url));
        assert_eq!((receipt.evidence, receipt.published_at), (Evidence::Answer, None));
    }
}

#[tokio::test]
async fn an_answer_that_contradicts_itself_is_not_believed() {
    let bytes = b"HTTP/1.1 200 Yes\r\nConnection: close\r\nContent-Length: 18\r\n\r\n{\"received\":false}";
    let (outcome, found) = answered(bytes).await;
    assert!(matches!(outcome, Outcome::Unknown(cause) if cause.code == "CONTRADICTION"));
    assert_eq!(found, LookUp::Absent);
}

#[tokio::test]
async fn a_receiver_that_cannot_be_asked_leaves_it_to_a_person() {
    let rows: [(&[u8], &str); 4] = [
        (b"HTTP/1.1 404 Nothing\r\nConnection: close\r\nContent-Length: 21\r\n\r\n{\"error\":\"not found\"}", "API_NOT_FOUND"),
        (b"HTTP/1.1 405 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "HTTP_405"),
        (b"HTTP/1.1 501 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "LOOK_UP_UNSUPPORTED"),
        (b"HTTP/1.1 200 Yes\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", "LOOK_UP_UNSUPPORTED"),
    ];
    for (bytes, code) in rows {
        match answered(bytes).await.1 {
            LookUp::CannotTell(cause) => assert_eq!(cause.code, code),
            other => panic!("{code}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn one_that_honours_keys_may_be_sent_the_key_again() {
    let rig = Rig::new(KIND).await.reconnect(|settings| settings.honours_keys = true);
    let message = message("k1");
    assert!(rig.connector.capabilities().idempotent_send);
    rig.script(Call::Create, Script::applied(Answer::Hang));
    let outcome = rig.connector.publish(&message).await;
    assert!(matches!(outcome, Outcome::Unknown(_)));
    let cannot_be_asked = Script::ignored(Answer::Status { status: 405, retry_after: None });
    rig.script(Call::Read, cannot_be_asked);
    let settled = delivered(rig.settle(&message, outcome, "keyed").await);
    assert_eq!((settled.evidence, rig.applied("k1")), (Evidence::IdempotencyKey, 1));
    // Whom it does not know, it tells nothing: that is no leave to repeat.
    rig.fake().refuse_credential(true);
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::CannotTell(_)));
}

#[tokio::test]
async fn only_what_the_receiver_says_that_it_can_do_is_asked_of_it() {
    let (address, _serving) =
        answering(b"HTTP/1.1 200 Yes\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}").await;
    let connector = connector(KIND, &format!("http://{address}/hook?tenant=7"), true);
    assert_eq!(connector.verify().await.unwrap().handle, "127.0.0.1");
    let outcomes = [connector.update("7", &message("k1")).await, connector.delete("7").await];
    for (outcome, code) in outcomes.into_iter().zip(["EDIT_UNSUPPORTED", "DELETE_UNSUPPORTED"]) {
        assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == code), "{outcome:?}");
    }
}

#[tokio::test]
async fn media_beyond_what_a_document_carries_are_refused_before_anything_is_sent() {
    let (rig, mut message) = (Rig::new(KIND).await, message("k1"));
    let mut large = picture("video/mp4");
    large.content = bytes::Bytes::from(vec![0; 17 * 1024 * 1024]).into();
    message.media = vec![large.clone(), large];
    let outcome = rig.connector.publish(&message).await;
    assert!(matches!(outcome, Outcome::Refused(cause) if cause.code == "MEDIA_TOO_LARGE"));
    assert!(rig.fake().requests().is_empty());
}
