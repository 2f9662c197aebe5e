//! Films of several pieces: what is lost before the last one is sent again, and nothing of it is out.

use bytes::Bytes;
use tokio::time::Instant;

use super::{delivered, message, rig, status, told};
use crate::{
    Message,
    fake::{Answer, Call, Script},
};

/// More than two pieces of the smallest size; the last has some bytes of its own.
const LENGTH: usize = 600 * 1024;

fn bytes(length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).collect()
}

fn of_pieces(key: &str, length: usize) -> Message {
    let mut message = message(key);
    message.media[0].content = Bytes::from(bytes(length)).into();
    message
}

#[tokio::test]
async fn a_film_of_any_length_arrives_whole_with_a_small_last_piece() {
    const GRAIN: usize = 256 * 1024;
    let lengths =
        [1, GRAIN - 1, GRAIN, GRAIN + 1, 2 * GRAIN, 32 * GRAIN, 32 * GRAIN + 1, 33 * GRAIN + 1, 65 * GRAIN];
    for length in lengths {
        let rig = rig().await;
        delivered(rig.connector.publish(&of_pieces("k1", length)).await);
        let contents = rig.fake().film_contents();
        assert!(contents == [bytes(length)], "{length}");
        let pieces = rig.fake().requests().iter().filter(|request| request.starts_with("PUT")).count();
        // Eight MiB at a time, and what is left for the end is at most a grain.
        assert_eq!(pieces, (length - 1).div_euclid(GRAIN).div_ceil(32) + 1, "{length}");
    }
}

#[tokio::test]
async fn a_lost_piece_is_sent_again_from_where_the_platform_is() {
    let lost = [
        (Script::ignored(status(500)), 4),
        (Script::ignored(Answer::CutAfter(0)), 4),
        (Script::ignored(Answer::Garbage), 4),
        // The piece is there, and only its answer is not.
        (Script::applied(status(502)), 3),
        (Script::applied(Answer::CutAfter(0)), 3),
    ];
    for (script, requests) in lost {
        for unanswered in 0..3 {
            let rig = rig().await;
            rig.script(Call::Media, Script::applied(Answer::Normal));
            rig.script(Call::Media, script.clone());
            // The channel and its list; then the questions about the upload.
            (0..2).for_each(|_| rig.script(Call::Read, Script::applied(Answer::Normal)));
            (0..unanswered).for_each(|_| rig.script(Call::Read, Script::applied(status(503))));
            delivered(rig.connector.publish(&of_pieces("k1", LENGTH)).await);
            assert!(rig.fake().film_contents() == [bytes(LENGTH)], "{script:?}");
            let puts = rig.fake().requests().iter().filter(|request| request.starts_with("PUT")).count();
            assert_eq!((puts, rig.applied("k1")), (requests + unanswered, 1), "{script:?}");
        }
    }
}

#[tokio::test]
async fn a_piece_that_is_refused_ends_the_attempt_and_nothing_is_out() {
    let rows = [
        (status(404), ("not sent", "UPLOAD_LOST")),
        (status(410), ("not sent", "UPLOAD_LOST")),
        (status(429), ("not sent", "RATE_LIMITED")),
        (status(401), ("credential", "UNAUTHORIZED")),
        (status(400), ("refused", "HTTP_400")),
    ];
    for (answer, expected) in rows {
        let (rig, message) = (rig().await, of_pieces("k1", LENGTH));
        rig.script(Call::Media, Script::applied(Answer::Normal));
        rig.script(Call::Media, Script::ignored(answer.clone()));
        assert_eq!(told(&rig.connector.publish(&message).await), expected, "{answer:?}");
        assert!(rig.fake().applied().is_empty());
        delivered(rig.connector.publish(&message).await);
        assert_eq!(rig.applied("k1"), 1);
    }
}

#[tokio::test]
async fn a_last_piece_that_is_not_taken_is_no_film() {
    let rows = [
        (status(308), ("not sent", "UPLOAD_INCOMPLETE")),
        (status(404), ("not sent", "UPLOAD_LOST")),
        (status(410), ("not sent", "UPLOAD_LOST")),
    ];
    for (answer, expected) in rows {
        let (rig, message) = (rig().await, message("k1"));
        rig.script(Call::Create, Script::ignored(answer.clone()));
        assert_eq!(told(&rig.connector.publish(&message).await), expected, "{answer:?}");
        delivered(rig.connector.publish(&message).await);
        assert_eq!(rig.applied("k1"), 1);
    }
}

#[tokio::test]
async fn whoever_is_late_does_not_send_the_last_piece() {
    let (rig, message) = (rig().await, of_pieces("k1", LENGTH));
    let late = Message { not_after: Some(Instant::now()), ..message };
    assert_eq!(told(&rig.connector.publish(&late).await), ("not sent", "LEASE_RUNS_OUT"));
    assert!(rig.fake().applied().is_empty());
    assert_eq!(rig.fake().film_contents()[0].len(), 512 * 1024);
}

#[tokio::test]
async fn the_token_goes_to_no_other_site() {
    let rig = rig().await;
    for place in ["http://127.0.0.1:1", "https://elsewhere.invalid", "http://elsewhere.invalid", "nonsense"] {
        rig.fake().set_upload_place(Some(place.to_owned()));
        let outcome = rig.connector.publish(&message("k1")).await;
        assert_eq!(told(&outcome), ("refused", "UPLOAD_ADDRESS_REFUSED"), "{place}");
    }
    assert!(rig.fake().film_contents().iter().all(Vec::is_empty));
}
