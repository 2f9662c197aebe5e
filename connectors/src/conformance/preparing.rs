//! A platform that is at work on media for longer than a try has patience: nothing is out, the next try goes on from there,
//! whoever makes it, and nothing is uploaded twice.

use bytes::Bytes;
use tokio::time::Instant;

use super::rig::{Rig, able, delivered, limits, message_for, needs_film, picture};
use crate::{
    Message, Outcome, PlatformKind, Prepared,
    fake::{Answer, Call, Script},
};

/// More than one piece of an upload in pieces.
const LENGTH: usize = 600 * 1024;

/// Longer than any try asks.
const LONG: u32 = 100_000;

fn film_of_pieces() -> Bytes {
    (0..=250_u8).cycle().take(LENGTH).collect()
}

/// A platform that takes its time, and a message that must wait for it. The answer to a film's first piece is lost.
async fn slow(kind: PlatformKind, piece: Script) -> (Rig, Message) {
    let (rig, mut message) = (Rig::new(kind).await, message_for(kind, "k1"));
    if needs_film(kind) {
        message.media[0].content = film_of_pieces().into();
        rig.script(Call::Media, Script::applied(Answer::Normal));
        rig.script(Call::Media, piece);
    } else {
        message.media.extend([picture("image/png"), picture("image/jpeg")]);
        rig.fake().process_media_for(LONG);
    }
    (rig, message)
}

/// Uploads that were begun.
fn begun(rig: &Rig) -> usize {
    rig.fake().uploads().len() + rig.fake().film_contents().len()
}

/// As the queue keeps it from one try to the next.
fn kept(outcome: &Outcome) -> Prepared {
    match outcome {
        Outcome::Preparing { prepared, .. } => Prepared::from_stored(&prepared.to_stored().unwrap()),
        other => panic!("not preparing: {other:?}"),
    }
}

#[tokio::test]
async fn the_next_try_goes_on_and_uploads_nothing_twice() {
    for kind in able(|can| can.prepares).await {
        for piece in [Script::applied(Answer::Hang), Script::ignored(Answer::Hang)] {
            let (rig, message) = slow(kind, piece).await;
            let began = Instant::now();
            let first = rig.connector.publish(&message).await;
            rig.assert_truthful("k1", &first, kind.as_str());
            let waits = !needs_film(kind);
            assert!(!waits || began.elapsed() < limits().preparation / 2, "{kind}: it held its place");
            let message = Message { prepared: kept(&first), ..message };
            let uploads = begun(&rig);
            if waits {
                let again = rig.connector.publish(&message).await;
                assert_eq!(kept(&again), message.prepared, "{kind}: still at work");
                let Outcome::Preparing { ask_after, .. } = again else { unreachable!() };
                assert!(ask_after >= limits().ask_after, "{kind}");
            }
            rig.fake().finish_processing();
            let rig = rig.restarted();
            delivered(rig.connector.publish(&message).await);
            assert_eq!((begun(&rig), rig.applied("k1")), (uploads, 1), "{kind}");
            let films = rig.fake().film_contents();
            assert!(films.iter().all(|film| *film == film_of_pieces()), "{kind}: the film is not whole");
        }
    }
}

#[tokio::test]
async fn what_the_platform_has_forgotten_is_begun_anew() {
    for kind in able(|can| can.prepares).await {
        let (rig, message) = slow(kind, Script::applied(Answer::Hang)).await;
        let first = rig.connector.publish(&message).await;
        let message = Message { prepared: kept(&first), ..message };
        rig.fake().finish_processing();
        rig.fake().forget_uploads();
        delivered(rig.connector.publish(&message).await);
        let parts = message.media.len();
        assert_eq!((begun(&rig), rig.applied("k1")), (parts, 1), "{kind}");
    }
}

#[tokio::test]
async fn what_was_prepared_of_other_media_is_not_used() {
    for kind in able(|can| can.prepares).await {
        let (rig, mut message) = slow(kind, Script::applied(Answer::Hang)).await;
        let first = rig.connector.publish(&message).await;
        let uploads = begun(&rig);
        message.prepared = kept(&first);
        message.media.iter_mut().for_each(|part| part.sha256 = "another".to_owned());
        rig.fake().finish_processing();
        delivered(rig.restarted().connector.publish(&message).await);
        assert!(uploads > 0, "{kind}");
    }
}

#[tokio::test]
async fn an_upload_that_gets_no_further_is_a_try_that_failed() {
    let kind = PlatformKind::YouTube;
    let (rig, message) = slow(kind, Script::ignored(Answer::Hang)).await;
    let message = Message { prepared: kept(&rig.connector.publish(&message).await), ..message };
    rig.script(Call::Media, Script::ignored(Answer::Hang));
    let again = rig.connector.publish(&message).await;
    assert!(
        matches!(&again, Outcome::NotSent { cause, .. } if cause.code == "PREPARATION_TIMEOUT"),
        "{again:?}"
    );
}

#[tokio::test]
async fn a_film_whose_end_arrived_without_an_answer_is_found_by_its_upload() {
    let kind = PlatformKind::YouTube;
    let (rig, message) = slow(kind, Script::applied(Answer::Hang)).await;
    let message = Message { prepared: kept(&rig.connector.publish(&message).await), ..message };
    rig.script(Call::Create, Script::applied(Answer::Hang));
    // The worker died then, and the list of films is behind.
    let dying = rig.connector.publish(&message);
    let died = tokio::time::timeout(limits().total / 2, dying).await;
    assert!(died.is_err(), "{died:?}");
    rig.fake().withhold_films(true);
    delivered(rig.restarted().connector.publish(&message).await);
}
