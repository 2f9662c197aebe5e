//! What is read from X after a message is out: how it stands there, what the public says, how often it was seen; and what the
//! account passes on.

use super::{delivered, read, rig, status};
use crate::{
    Amplified, Difference, Figures, IncomingKind, Message, Standing,
    conformance::rig::{message, picture},
    fake::{Answer, Call, Counts, Heard, Script},
};

#[tokio::test]
async fn what_is_out_is_compared_with_what_was_sent() {
    let (rig, mut sent) = (rig().await, message("k1"));
    sent.media.push(picture("image/png"));
    let id = delivered(rig.connector.publish(&sent).await).remote_id;
    assert_eq!(rig.connector.read_back(&id, &sent).await, Standing::AsSent);
    let fewer = Message { media: Vec::new(), ..sent.clone() };
    assert_eq!(rig.connector.read_back(&id, &fewer).await, Standing::Changed(Difference::Media));
    let other = Message { text: "Somebody else's words. (k1)".to_owned(), ..sent.clone() };
    delivered(rig.connector.update(&id, &other).await);
    // The old name still shows the old words: the public reads the new ones.
    assert_eq!(rig.connector.read_back(&id, &sent).await, Standing::Changed(Difference::Words));
    assert_eq!(rig.connector.read_back(&id, &other).await, Standing::AsSent);
    delivered(rig.connector.delete(&id).await);
    assert_eq!(rig.connector.read_back(&id, &sent).await, Standing::Gone);
}

#[tokio::test]
async fn a_stranger_does_not_say_that_a_post_is_gone() {
    let (rig, message) = (rig().await, message("k1"));
    let id = delivered(rig.connector.publish(&message).await).remote_id;
    for (answer, may_be_asked_again) in [
        (status(404), false),
        (status(403), false),
        (status(500), true),
        (Answer::Garbage, true),
        (Answer::Hang, true),
    ] {
        rig.script(Call::Read, Script::applied(answer.clone()));
        let standing = rig.connector.read_back(&id, &message).await;
        match standing {
            Standing::CannotTell(_) => assert!(!may_be_asked_again, "{answer:?}"),
            Standing::Unreachable { .. } => assert!(may_be_asked_again, "{answer:?}"),
            other => panic!("{answer:?}: {other:?}"),
        }
    }
}

fn heard(text: &str, answers: Option<&str>) -> Heard {
    let (author, answers) = ("ana".to_owned(), answers.map(str::to_owned));
    Heard { author, text: text.to_owned(), answers, ..Heard::default() }
}

#[tokio::test]
async fn what_the_public_says_is_a_mention_or_a_reply() {
    let rig = rig().await;
    let first = rig.fake().hear(heard("@press When & where?", None));
    let second = rig.fake().hear(heard("@press Thank you", Some("7")));
    let inbox = rig.connector.inbound(None).await.unwrap();
    let [mention, reply] = inbox.items.as_slice() else { panic!("{inbox:?}") };
    assert_eq!((mention.remote_id.as_str(), reply.remote_id.as_str()), (first.as_str(), second.as_str()));
    assert_eq!((mention.kind, mention.answers.as_deref()), (IncomingKind::Mention, None));
    assert_eq!((reply.kind, reply.answers.as_deref()), (IncomingKind::Reply, Some("7")));
    assert_eq!(reply.url, Some(format!("https://x.com/i/web/status/{second}")));
}

#[tokio::test]
async fn the_first_reading_asks_for_one_page_and_is_billed_for_no_more() {
    let rig = rig().await;
    (0..130).for_each(|n| drop(rig.fake().hear(heard(&format!("@press {n}"), None))));
    let inbox = rig.connector.inbound(None).await.unwrap();
    assert_eq!((inbox.items.len(), inbox.more), (100, false));
    assert_eq!(inbox.items[0].text, "@press 30");
}

#[tokio::test]
async fn after_a_reading_of_nothing_all_that_comes_is_told() {
    let rig = rig().await;
    let empty = rig.connector.inbound(None).await.unwrap();
    assert_eq!((empty.items.len(), empty.more), (0, false));
    let said: Vec<String> = (0..130).map(|n| rig.fake().hear(heard(&format!("@press {n}"), None))).collect();
    let newest = rig.connector.inbound(empty.cursor.as_deref()).await.unwrap();
    assert!(newest.more);
    let oldest = rig.connector.inbound(newest.cursor.as_deref()).await.unwrap();
    let read: Vec<String> = oldest.items.into_iter().chain(newest.items).map(|item| item.remote_id).collect();
    assert_eq!(read, said);
}

#[tokio::test]
async fn what_comes_while_older_pages_are_read_is_for_the_time_after() {
    let rig = rig().await;
    let start = rig.fake().hear(heard("@press 0", None));
    let said: Vec<String> = (0..130).map(|n| rig.fake().hear(heard(&format!("@press {n}"), None))).collect();
    let newest = rig.connector.inbound(Some(&start)).await.unwrap();
    assert!(newest.more);
    let late = rig.fake().hear(heard("@press late", None));
    let mut read: Vec<String> = newest.items.into_iter().map(|item| item.remote_id).collect();
    let oldest = rig.connector.inbound(newest.cursor.as_deref()).await.unwrap();
    assert!(!oldest.more);
    read.extend(oldest.items.into_iter().map(|item| item.remote_id));
    let last = rig.connector.inbound(oldest.cursor.as_deref()).await.unwrap();
    assert_eq!(last.items.iter().map(|item| &item.remote_id).collect::<Vec<_>>(), [&late]);
    read.sort_unstable();
    read.dedup();
    assert_eq!(read, said);
}

#[tokio::test]
async fn figures_are_told_of_what_is_there() {
    let rig = rig().await;
    let mut ids: Vec<String> = (0..101).map(|n| rig.fake().add_foreign_post(&format!("Noise {n}"))).collect();
    ids.extend(["9".to_owned(), "no id".to_owned()]);
    rig.fake().change(&ids[0], |post| post.counts = Counts { likes: 30, shares: 7, replies: 4 });
    let figures = rig.connector.metrics(&ids).await.unwrap();
    assert_eq!(figures.len(), 101);
    let expected = Figures {
        remote_id: ids[0].clone(),
        impressions: Some(400),
        likes: Some(30),
        shares: Some(7),
        replies: Some(4),
        clicks: None,
    };
    assert_eq!(figures[0], expected);
    assert_eq!(rig.connector.metrics(&["9".to_owned()]).await.unwrap(), []);
}

#[tokio::test]
async fn a_post_of_others_is_known_by_any_of_its_addresses() {
    let rig = rig().await;
    let what = |url: &str| Amplified { url: url.parse().unwrap(), idempotency_key: "a1".to_owned() };
    let url = rig.fake().add_post_of_others("Flu jabs from Monday");
    let id = url.path_segments().unwrap().next_back().unwrap();
    let post = what(&format!("https://twitter.com/ana/status/{id}?s=20"));
    assert_eq!(delivered(rig.connector.amplify(&post).await).remote_id, id);
    assert_eq!(rig.fake().amplified(), [url.to_string()]);
    for elsewhere in ["https://example.org/ana/status/20", "https://x.com/ana"] {
        assert_eq!(read(&rig.connector.amplify(&what(elsewhere)).await), ("refused", "NOT_A_POST"));
    }
}

#[tokio::test]
async fn a_profile_is_the_tokens_account() {
    let profile = rig().await.connector.verify().await.unwrap();
    assert_eq!((profile.handle.as_str(), profile.display_name.as_deref()), ("press", Some("Press office")));
    assert_eq!(profile.url.as_deref(), Some("https://x.com/press"));
    assert_eq!(profile.bio.as_deref(), Some("Run by the press office"));
}
