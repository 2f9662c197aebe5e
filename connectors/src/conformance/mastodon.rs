//! What Mastodon has of its own: threads, content warnings, private mentions, and servers that only resemble it.

use super::rig::{Rig, delivered, message, picture};
use crate::{
    Amplified, Difference, Follows, IncomingKind, LookUp, Message, Outcome, PlatformKind, Receipt, Standing,
    fake::{Answer, AppliedPost, Call, Heard, Script},
};

const KIND: PlatformKind = PlatformKind::Mastodon;

async fn published(message: &Message) -> (Rig, Receipt) {
    let rig = Rig::new(KIND).await;
    let receipt = delivered(rig.connector.publish(message).await);
    (rig, receipt)
}

#[tokio::test]
async fn each_difference_has_its_name() {
    type Change = fn(&mut AppliedPost);
    let rows: [(Change, Difference); 5] = [
        (|post| post.visibility = Some("private".to_owned()), Difference::NotPublic),
        (|post| post.visibility = Some("direct".to_owned()), Difference::NotPublic),
        (|post| post.text = post.text.replace("@ana@example.org", "@ana@example.net"), Difference::Words),
        (|post| post.warning = Some("Politics".to_owned()), Difference::Words),
        (|post| post.media.clear(), Difference::Media),
    ];
    for (change, difference) in rows {
        let mut message = message("k1");
        message.text.push_str(" Ask @ana@example.org.");
        message.media.push(picture("image/png"));
        let (rig, receipt) = published(&message).await;
        rig.fake().change(&receipt.remote_id, |post| post.visibility = Some("unlisted".to_owned()));
        assert_eq!(rig.connector.read_back(&receipt.remote_id, &message).await, Standing::AsSent);
        rig.fake().change(&receipt.remote_id, change);
        let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
        assert_eq!(standing, Standing::Changed(difference));
    }
    let mut message = message("k1");
    message.media.push(picture("image/png"));
    let (rig, receipt) = published(&message).await;
    rig.fake().retell(0, "A closed door");
    let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
    assert_eq!(standing, Standing::Changed(Difference::AltText));
}

#[tokio::test]
async fn a_server_that_keeps_no_source_is_read_by_its_rendering() {
    let message = message("k1");
    let (rig, receipt) = published(&message).await;
    rig.fake().keep_keys(false);
    assert_eq!(rig.connector.read_back(&receipt.remote_id, &message).await, Standing::AsSent);
    rig.fake().change(&receipt.remote_id, |post| post.text.push('!'));
    let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
    assert_eq!(standing, Standing::Changed(Difference::Words));
}

#[tokio::test]
async fn what_was_said_in_private_stays_there_and_a_thread_of_others_is_no_answer() {
    let (rig, receipt) = published(&message("k1")).await;
    rig.fake().hear(Heard { private: true, text: "For your eyes".to_owned(), ..Heard::default() });
    rig.fake().hear(Heard { text: "Look, office".to_owned(), ..Heard::default() });
    rig.fake().hear(Heard { answers: Some(receipt.remote_id.clone()), ..Heard::default() });
    let inbox = rig.connector.inbound(None).await.unwrap();
    let kinds: Vec<_> = inbox.items.iter().map(|item| (item.kind, item.answers.clone())).collect();
    assert_eq!(kinds, [(IncomingKind::Mention, None), (IncomingKind::Reply, Some(receipt.remote_id))]);
}

#[tokio::test]
async fn a_parent_that_goes_at_the_last_moment_leaves_nothing_out() {
    let (rig, receipt) = published(&message("k1")).await;
    let mut second = message("k2");
    second.follows = Some(Follows { root_id: receipt.remote_id.clone(), remote_id: receipt.remote_id });
    rig.script(Call::Create, Script::ignored(Answer::Status { status: 404, retry_after: None }));
    let outcome = rig.connector.publish(&second).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "FOLLOWED_GONE"), "{outcome:?}");
    assert_eq!(rig.applied("k2"), 0);
}

#[tokio::test]
async fn a_server_that_would_let_an_answer_to_nothing_stand_alone_is_not_let() {
    let (rig, receipt) = published(&message("k1")).await;
    rig.fake().keep_keys(false);
    delivered(rig.connector.delete(&receipt.remote_id).await);
    let mut second = message("k2");
    second.media.push(picture("image/png"));
    second.follows = Some(Follows { root_id: receipt.remote_id.clone(), remote_id: receipt.remote_id });
    let outcome = rig.connector.publish(&second).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "FOLLOWED_GONE"), "{outcome:?}");
    assert_eq!((rig.applied("k2"), rig.fake().uploads().len()), (0, 0));
}

#[tokio::test]
async fn a_look_up_tells_the_same_words_in_two_places_apart() {
    let (rig, receipt) = published(&message("other")).await;
    let mut ours = message("k1");
    ours.follows = Some(Follows { root_id: receipt.remote_id.clone(), remote_id: receipt.remote_id });
    delivered(rig.connector.publish(&ours).await);
    let (mut elsewhere, mut alone) = (ours.clone(), ours.clone());
    elsewhere.follows = Some(Follows { remote_id: "999".to_owned(), root_id: "999".to_owned() });
    alone.follows = None;
    assert!(matches!(rig.connector.look_up(&ours).await, LookUp::Found(_)));
    assert_eq!(rig.connector.look_up(&elsewhere).await, LookUp::Absent);
    assert_eq!(rig.connector.look_up(&alone).await, LookUp::Absent);
    // Mastodon forgets what was answered when that is deleted: it may be ours, and nobody can tell.
    let id = rig.fake().applied()[1].id.clone();
    rig.fake().change(&id, |post| post.follows = None);
    assert!(matches!(rig.connector.look_up(&ours).await, LookUp::CannotTell(_)));
}

#[tokio::test]
async fn a_server_that_would_pass_on_twice_is_not_asked_twice() {
    let rig = Rig::new(KIND).await;
    rig.fake().keep_keys(false);
    let url = rig.fake().add_post_of_others("Flu jabs");
    let what = Amplified { url, idempotency_key: "a1".to_owned() };
    delivered(rig.connector.amplify(&what).await);
    delivered(rig.connector.amplify(&what).await);
    assert_eq!(rig.fake().amplified().len(), 1);
}

#[tokio::test]
async fn a_status_that_may_not_be_passed_on_does_not_stop_the_channel() {
    let rig = Rig::new(KIND).await;
    let url = rig.fake().add_post_of_others("Flu jabs");
    rig.script(Call::Amplify, Script::ignored(Answer::Status { status: 403, retry_after: None }));
    let outcome = rig.connector.amplify(&Amplified { url, idempotency_key: "a1".to_owned() }).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "NOT_ALLOWED"), "{outcome:?}");
}
