//! What the public said is answered there and once, or not at all: no answer stands alone.

use super::rig::{Rig, able, delivered, message, message_for, picture};
use crate::{
    LookUp, Message, Outcome, PlatformKind, Standing,
    fake::{Answer, Call, Heard, Script},
};

/// What an answer says: words alone, which every platform takes.
pub(super) fn answering(said: &str, key: &str) -> Message {
    let answers = Some(said.to_owned());
    Message { answers, link: None, text: format!("We open at nine on Monday. ({key})"), ..message(key) }
}

/// Somebody said something to the account: below something of its own, as some platforms have it, or to it alone. The name is
/// the one that reading gives.
pub(super) async fn spoken_to(kind: PlatformKind) -> (Rig, String, String) {
    let rig = Rig::new(kind).await;
    let ours = delivered(rig.connector.publish(&message_for(kind, "k0")).await).remote_id;
    let id = rig.fake().hear(Heard {
        author: "ana".to_owned(),
        text: "When do you open?".to_owned(),
        answers: Some(ours),
        ..Heard::default()
    });
    let inbox = rig.connector.inbound(None).await.unwrap();
    let name = inbox.items.last().unwrap().remote_id.clone();
    (rig, id, name)
}

#[tokio::test]
async fn an_answer_is_there_once_with_its_words_at_what_it_answers() {
    for kind in able(|can| can.replies).await {
        let (rig, id, name) = spoken_to(kind).await;
        let sent = answering(&name, "k1");
        let receipt = delivered(rig.connector.publish(&sent).await);
        let applied = rig.fake().applied();
        assert_eq!((applied.len(), applied[1].answers.as_ref()), (2, Some(&id)), "{kind}");
        assert!(applied[1].text.contains("at nine on Monday"), "{kind}: {}", applied[1].text);
        let standing = rig.connector.read_back(&receipt.remote_id, &sent).await;
        assert_eq!(standing, Standing::AsSent, "{kind}");
        let found = rig.look_up(&sent).await;
        let same = matches!(&found, LookUp::Found(found) if found.remote_id == receipt.remote_id);
        assert!(same, "{kind}: {found:?}");
        let reworded = Message { text: "We open at ten. (k1)".to_owned(), ..sent.clone() };
        let standing = rig.connector.read_back(&receipt.remote_id, &reworded).await;
        assert!(matches!(standing, Standing::Changed(_)), "{kind}: {standing:?}");
        rig.connector.publish(&sent).await;
        assert_eq!(rig.applied("k1"), 1, "{kind}: a repeat");
        delivered(rig.connector.delete(&receipt.remote_id).await);
        let left: Vec<bool> = rig.fake().applied().iter().map(|post| post.deleted).collect();
        assert_eq!(left, [false, true], "{kind}: the answer is taken back, and nothing else");
        assert_eq!(rig.connector.read_back(&receipt.remote_id, &sent).await, Standing::Gone, "{kind}");
    }
}

#[tokio::test]
async fn an_answer_whose_answer_was_lost_is_found_and_stays_one() {
    for kind in able(|can| can.replies).await {
        for script in [Script::applied(Answer::Hang), Script::ignored(Answer::Hang)] {
            // YouTube may hold a comment back and list it nowhere: one that is not there is for a person, as its own tests show.
            if kind == PlatformKind::YouTube && !script.applied {
                continue;
            }
            let (rig, id, name) = spoken_to(kind).await;
            rig.script(Call::Create, script);
            let sent = answering(&name, "k1");
            let outcome = rig.connector.publish(&sent).await;
            assert!(matches!(outcome, Outcome::Unknown(_)), "{kind}: {outcome:?}");
            delivered(rig.settle(&sent, outcome, kind.as_str()).await);
            assert_eq!(rig.applied("k1"), 1, "{kind}");
            assert_eq!(rig.fake().applied()[1].answers.as_ref(), Some(&id), "{kind}");
        }
    }
}

#[tokio::test]
async fn the_same_words_to_somebody_else_are_not_taken_for_it() {
    for kind in able(|can| can.replies).await {
        // X tells its timeline without what a post answers, and takes no words twice.
        if kind == PlatformKind::X {
            continue;
        }
        let (rig, _, name) = spoken_to(kind).await;
        let answers = rig.fake().heard().remove(0).answers;
        rig.fake().hear(Heard {
            author: "ben".to_owned(),
            text: "And when do you close?".to_owned(),
            answers,
            ..Heard::default()
        });
        let inbox = rig.connector.inbound(None).await.unwrap();
        let other = inbox.items.last().unwrap().remote_id.clone();
        assert_ne!(name, other, "{kind}");
        delivered(rig.connector.publish(&answering(&name, "k1")).await);
        let found = rig.look_up(&answering(&other, "k1")).await;
        assert!(!matches!(found, LookUp::Found(_)), "{kind}: {found:?}");
    }
}

#[tokio::test]
async fn what_was_taken_back_is_not_answered() {
    for kind in able(|can| can.replies).await {
        let (rig, id, name) = spoken_to(kind).await;
        rig.fake().unsay(&id);
        match rig.connector.publish(&answering(&name, "k1")).await {
            Outcome::Refused(cause) => assert_eq!(cause.code, "ANSWERED_GONE", "{kind}"),
            other => panic!("{kind}: {other:?}"),
        }
        assert_eq!(rig.applied("k1"), 0, "{kind}");
        let outcome = rig.connector.publish(&answering("../1", "k2")).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{kind}: {outcome:?}");
        assert_eq!(rig.applied("k2"), 0, "{kind}: what is no name is asked for nowhere");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_allowed_is_refused_for_good_and_does_not_stop_the_channel() {
    let able_to_deny = [
        PlatformKind::Bluesky,
        PlatformKind::LinkedIn,
        PlatformKind::WordPress,
        PlatformKind::X,
        PlatformKind::YouTube,
    ];
    for kind in able_to_deny {
        let (rig, _, name) = spoken_to(kind).await;
        rig.fake().forbid_answers(true);
        match rig.connector.publish(&answering(&name, "k1")).await {
            Outcome::Refused(cause) => {
                assert!(
                    ["ANSWER_DENIED", "ANSWER_REFUSED"].contains(&cause.code.as_str()),
                    "{kind}: {cause:?}"
                );
            }
            other => panic!("{kind}: {other:?}"),
        }
        assert_eq!(rig.applied("k1"), 0, "{kind}");
    }
}

#[tokio::test]
async fn where_nobody_can_be_answered_nothing_goes_out() {
    let able = able(|can| can.replies).await;
    for kind in PlatformKind::ALL.into_iter().filter(|kind| !able.contains(kind)) {
        let rig = Rig::new(kind).await;
        let sent = Message { answers: Some("7".to_owned()), ..message_for(kind, "k1") };
        let outcome = rig.connector.publish(&sent).await;
        let why = matches!(&outcome, Outcome::Refused(cause) if cause.code == "ANSWERS_NOT_OFFERED");
        assert!(why, "{kind}: {outcome:?}");
        assert_eq!(rig.applied("k1"), 0, "{kind}");
    }
}

#[tokio::test]
async fn other_words_stay_an_answer() {
    for kind in able(|can| can.replies && can.edit).await {
        for gone in [false, true] {
            let (rig, id, name) = spoken_to(kind).await;
            let sent = answering(&name, "k1");
            let receipt = delivered(rig.connector.publish(&sent).await);
            if gone {
                rig.fake().unsay(&id);
            }
            let corrected = Message { text: "We open at ten. (k1)".to_owned(), ..sent };
            let receipt = delivered(rig.connector.update(&receipt.remote_id, &corrected).await);
            let post = rig.fake().applied().remove(1);
            assert!(post.text.contains("at ten"), "{kind}: {}", post.text);
            if kind == PlatformKind::Mastodon {
                assert_eq!(post.text.starts_with("@ana "), !gone, "whoever is there is named: {}", post.text);
            }
            assert_eq!(post.answers.as_ref(), Some(&id), "{kind}");
            let standing = rig.connector.read_back(&receipt.remote_id, &corrected).await;
            assert_eq!(standing, Standing::AsSent, "{kind}, gone {gone}");
        }
    }
}

#[tokio::test]
async fn on_mastodon_whoever_is_answered_is_named_and_that_fits_or_nothing_goes_out() {
    let (rig, _, name) = spoken_to(PlatformKind::Mastodon).await;
    let mut sent = answering(&name, "k1");
    sent.media.push(picture("image/png"));
    delivered(rig.connector.publish(&sent).await);
    let post = rig.fake().applied().remove(1);
    assert_eq!((post.text.as_str(), post.media.len()), ("@ana We open at nine on Monday. (k1)", 1));
    assert_eq!(post.visibility.as_deref(), Some("public"));
    // Without the name these would fit: 500 that the server takes.
    let words = "x".repeat(497);
    let outcome = rig.connector.publish(&Message { text: words.clone(), ..answering(&name, "k2") }).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "TEXT_TOO_LONG"), "{outcome:?}");
    assert_eq!(rig.fake().applied().len(), 2);
    delivered(rig.connector.publish(&Message { text: words, link: None, ..message("k3") }).await);
}
