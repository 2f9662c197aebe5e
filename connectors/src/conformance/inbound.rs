//! What the public says to the account: nothing is lost, nothing is told twice, and every reading ends.

use super::rig::{Rig, able, delivered, message_for, now, tells_backwards};
use crate::{
    Incoming, Unread,
    fake::{Answer, Call, Heard, Script, USERNAME},
};

fn said(text: &str) -> Heard {
    Heard { author: "ana".to_owned(), text: text.to_owned(), ..Heard::default() }
}

/// Reads on until there is no more, as the office does. The cursor moves along.
async fn read_on(rig: &Rig, cursor: &mut Option<String>) -> Vec<Incoming> {
    let mut pages = Vec::new();
    for _ in 0..50 {
        let page = rig.connector.inbound(cursor.as_deref()).await.unwrap();
        pages.push(page.items);
        *cursor = page.cursor.or_else(|| cursor.take());
        if !page.more {
            if tells_backwards(rig.connector.kind()) {
                pages.reverse();
            }
            return pages.into_iter().flatten().collect();
        }
    }
    panic!("the pages do not end");
}

#[tokio::test]
async fn what_is_said_is_told_with_whom_and_what_it_answers() {
    for kind in able(|can| can.inbound).await {
        let rig = Rig::new(kind).await;
        let ours = delivered(rig.connector.publish(&message_for(kind, "k1")).await).remote_id;
        let heard = Heard { answers: Some(ours.clone()), ..said("Is it < 10 & free?") };
        let id = rig.fake().hear(heard);
        rig.fake().hear(Heard { author: USERNAME.to_owned(), answers: Some(ours.clone()), ..said("It is.") });
        let inbox = rig.connector.inbound(None).await.unwrap();
        let [item] = inbox.items.as_slice() else { panic!("{kind}: {inbox:?}") };
        // LinkedIn's name of a comment ends in a bracket.
        assert!(item.remote_id.trim_end_matches(')').ends_with(&id), "{kind}");
        assert_eq!((item.author.as_str(), item.text.as_str()), ("ana", "Is it < 10 & free?"), "{kind}");
        assert_eq!((item.answers.as_ref(), item.said_at), (Some(&ours), Some(now())), "{kind}");
        assert!(!inbox.more, "{kind}");
    }
}

#[tokio::test]
async fn whatever_comes_while_it_is_read_is_told_once_and_in_order() {
    for kind in able(|can| can.inbound).await {
        // Bursts between two readings: none, one, about a page, several pages; and where the first one is met.
        for bursts in [[0, 1, 0, 3], [1, 0, 39, 41], [5, 40, 250, 0], [99, 100, 101, 7]] {
            let rig = Rig::new(kind).await;
            let answers = Some(delivered(rig.connector.publish(&message_for(kind, "k1")).await).remote_id);
            let (mut cursor, mut expected, mut told) = (None, Vec::new(), Vec::new());
            // The first reading gives only the newest: it is made before anything is said, and after the first item.
            rig.fake().hear(Heard { answers: answers.clone(), ..said("first") });
            read_on(&rig, &mut cursor).await;
            for (burst, size) in bursts.into_iter().enumerate() {
                for number in 0..size {
                    let words = format!("{burst}/{number}");
                    rig.fake().hear(Heard { answers: answers.clone(), ..said(&words) });
                    expected.push(words);
                }
                told.extend(read_on(&rig, &mut cursor).await.into_iter().map(|item| item.text));
            }
            assert_eq!(told, expected, "{kind} {bursts:?}");
        }
    }
}

#[tokio::test]
async fn a_reading_that_fails_moves_nothing() {
    let answers = [
        Answer::Hang,
        Answer::Status { status: 500, retry_after: None },
        Answer::Status { status: 429, retry_after: Some(7) },
        Answer::Garbage,
        Answer::CutAfter(20),
    ];
    for kind in able(|can| can.inbound).await {
        for answer in &answers {
            let rig = Rig::new(kind).await;
            rig.fake().hear(said("one"));
            let mut cursor = None;
            read_on(&rig, &mut cursor).await;
            rig.fake().hear(said("two"));
            rig.script(Call::Read, Script::ignored(answer.clone()));
            let failed = rig.connector.inbound(cursor.as_deref()).await;
            assert!(matches!(failed, Err(Unread::Unreachable { .. })), "{kind} {answer:?}: {failed:?}");
            let items = read_on(&rig, &mut cursor).await;
            assert_eq!(items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["two"], "{kind}");
        }
    }
}

#[tokio::test]
async fn whoever_may_not_read_is_told_so() {
    for kind in able(|can| can.inbound).await {
        let rig = Rig::new(kind).await;
        // Finding the API forgives one answer; what comes after it does not.
        rig.connector.verify().await.unwrap();
        rig.script(Call::Read, Script::ignored(Answer::Status { status: 403, retry_after: None }));
        let refused = rig.connector.inbound(None).await;
        assert!(matches!(refused, Err(Unread::CredentialRejected(_))), "{kind}: {refused:?}");
        rig.fake().refuse_credential(true);
        let refused = rig.connector.inbound(None).await;
        assert!(matches!(refused, Err(Unread::CredentialRejected(_))), "{kind}: {refused:?}");
    }
}

#[tokio::test]
async fn a_cursor_that_is_none_is_refused() {
    for kind in able(|can| can.inbound).await {
        let rig = Rig::new(kind).await;
        let refused = rig.connector.inbound(Some("1&types[]=status/..")).await;
        assert!(matches!(refused, Err(Unread::Refused(_))), "{kind}: {refused:?}");
    }
}
