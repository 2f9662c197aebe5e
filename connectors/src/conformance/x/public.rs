//! What is read from X after a message is out: how it stands there, what the public says, how often it was seen; and what the
//! account passes on.

use super::{delivered, read, rig, status};
use crate::{
    Amplified, Difference, Figures, IncomingKind, Message, Standing, Unread,
    conformance::rig::{message, now, picture},
    fake::{Answer, Call, Script},
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

#[tokio::test]
async fn what_the_public_says_is_read_once() {
    let rig = rig().await;
    let empty = rig.connector.inbound(None).await.unwrap();
    assert_eq!((empty.items.len(), empty.cursor, empty.more), (0, None, false));
    let first = rig.fake().add_mention("@press When &amp; where?", None);
    let second = rig.fake().add_mention("@press Thank you", Some("7"));
    let inbox = rig.connector.inbound(None).await.unwrap();
    let [mention, reply] = inbox.items.as_slice() else { panic!("{inbox:?}") };
    assert_eq!((mention.remote_id.as_str(), reply.remote_id.as_str()), (first.as_str(), second.as_str()));
    assert_eq!((mention.kind, mention.answers.as_deref()), (IncomingKind::Mention, None));
    assert_eq!((mention.text.as_str(), mention.author.as_str()), ("@press When & where?", "ana"));
    assert_eq!((reply.kind, reply.answers.as_deref()), (IncomingKind::Reply, Some("7")));
    assert_eq!(reply.url, Some(format!("https://x.com/i/web/status/{second}")));
    assert_eq!((reply.said_at, inbox.more), (Some(now()), false));
    let again = rig.connector.inbound(inbox.cursor.as_deref()).await.unwrap();
    assert_eq!((again.items.len(), &again.cursor), (0, &inbox.cursor));
}

#[tokio::test]
async fn nothing_is_lost_where_more_came_than_one_page_holds() {
    let rig = rig().await;
    let start = rig.fake().add_mention("@press 0", None);
    let said: Vec<String> = (0..130).map(|n| rig.fake().add_mention(&format!("@press {n}"), None)).collect();
    let newest = rig.connector.inbound(Some(&start)).await.unwrap();
    assert!(newest.more);
    // What comes in between is for the time after.
    let late = rig.fake().add_mention("@press late", None);
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
async fn a_question_that_fails_is_no_empty_inbox() {
    let rig = rig().await;
    rig.script(Call::Read, Script::ignored(status(500)));
    assert!(matches!(rig.connector.inbound(None).await, Err(Unread::Unreachable { .. })));
    rig.fake().refuse_credential(true);
    assert!(matches!(rig.connector.inbound(None).await, Err(Unread::CredentialRejected(_))));
    assert!(matches!(rig.connector.metrics(&["7".to_owned()]).await, Err(Unread::CredentialRejected(_))));
}

#[tokio::test]
async fn figures_are_told_of_what_is_there() {
    let rig = rig().await;
    let mut ids: Vec<String> = (0..101).map(|n| rig.fake().add_foreign_post(&format!("Noise {n}"))).collect();
    ids.extend(["9".to_owned(), "no id".to_owned()]);
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
async fn what_others_posted_is_passed_on_once() {
    let rig = rig().await;
    let what = |url: &str| Amplified { url: url.parse().unwrap(), idempotency_key: "a1".to_owned() };
    let post = what("https://twitter.com/ana/status/20?s=20");
    rig.script(Call::Edit, Script::applied(Answer::Hang));
    assert_eq!(read(&rig.connector.amplify(&post).await), ("unknown", "TIMEOUT"));
    assert_eq!(delivered(rig.connector.amplify(&post).await).remote_id, "20");
    assert_eq!(rig.fake().reposted(), ["20"]);
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
