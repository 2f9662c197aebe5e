//! Answers on LinkedIn, beyond what every platform does: below which comment they stand, what may be said in them, and when one
//! is surely not there.

use serde_json::json;

use super::{delivered, refused, rig};
use crate::{
    LookUp, Message, Outcome,
    conformance::rig::{Rig, message, picture},
    fake::{Answer, Call, Heard, Script},
};

const FORBIDDEN: Answer = Answer::Status { status: 403, retry_after: None };

fn answering(said: &str, key: &str) -> Message {
    Message { answers: Some(said.to_owned()), ..message(key) }
}

fn says(author: &str, below: Option<String>) -> Heard {
    let text = "When do you open?".to_owned();
    Heard { author: author.to_owned(), text, answers: below, ..Heard::default() }
}

/// A post of ours with a comment below it, each by its name.
async fn commented() -> (Rig, String, String) {
    let rig = rig().await;
    let post = delivered(rig.connector.publish(&message("k0")).await).remote_id;
    let id = rig.fake().hear(says("ana", Some(post.clone())));
    let activity = post.replace("share", "activity");
    (rig, post, format!("urn:li:comment:({activity},{id})"))
}

/// Somebody names the page in a post of theirs, by its name.
async fn mentioned() -> (Rig, String) {
    let rig = rig().await;
    let id = rig.fake().hear(says("ana", None));
    (rig, format!("urn:li:share:{id}"))
}

fn untold(found: &LookUp, code: &str) -> bool {
    matches!(found, LookUp::CannotTell(cause) if cause.code == code)
}

#[tokio::test]
async fn an_answer_to_an_answer_stands_below_the_comment_that_both_are_below() {
    let (rig, post, comment) = commented().await;
    let activity = post.replace("share", "activity");
    let id = rig.fake().hear(says("ben", Some(comment.clone())));
    let nested = format!("urn:li:comment:({activity},{id})");
    for (said, key) in [(&comment, "k1"), (&nested, "k2")] {
        let sent = answering(said, key);
        let receipt = delivered(rig.connector.publish(&sent).await);
        let made = rig.fake().applied().pop().unwrap();
        assert_eq!(
            made.record,
            Some(json!({ "actor": "urn:li:organization:2414183", "object": activity,
                "parentComment": comment, "message": { "text": sent.text_with_link() } }))
        );
        assert_eq!(receipt.remote_id, format!("urn:li:comment:({activity},{})", made.id));
        assert!(receipt.url.unwrap().contains("commentUrn="), "it is found where comments are");
        match rig.look_up(&sent).await {
            LookUp::Found(found) => assert_eq!(found.remote_id, receipt.remote_id),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_mention_is_answered_by_a_comment_below_that_post() {
    let (rig, mention) = mentioned().await;
    let sent = answering(&mention, "k1");
    let receipt = delivered(rig.connector.publish(&sent).await);
    let made = rig.fake().applied().remove(0);
    assert_eq!(
        made.record,
        Some(json!({ "actor": "urn:li:organization:2414183", "object": mention,
            "message": { "text": sent.text_with_link() } }))
    );
    assert_eq!(
        receipt.remote_id,
        format!("urn:li:comment:({},{})", mention.replace("share", "activity"), made.id)
    );
    assert_eq!(delivered(rig.connector.publish(&sent).await).remote_id, receipt.remote_id, "once");
    assert_eq!(rig.fake().applied().len(), 1);
    rig.fake().unsay(mention.trim_start_matches("urn:li:share:"));
    assert!(refused(&rig.connector.publish(&answering(&mention, "k2")).await, "ANSWERED_GONE"));
}

#[tokio::test]
async fn whoever_may_not_see_the_comments_of_a_member_may_still_write_one() {
    let (rig, mention) = mentioned().await;
    rig.script(Call::Read, Script::ignored(FORBIDDEN));
    let sent = answering(&mention, "k1");
    delivered(rig.connector.publish(&sent).await);
    rig.script(Call::Read, Script::ignored(FORBIDDEN));
    assert!(untold(&rig.connector.look_up(&sent).await, "FORBIDDEN"), "a person decides");
    // Below our own posts it is a word on the credential.
    let (rig, _, comment) = commented().await;
    rig.script(Call::Read, Script::ignored(FORBIDDEN));
    let outcome = rig.connector.publish(&answering(&comment, "k1")).await;
    assert!(matches!(outcome, Outcome::CredentialRejected(_)), "{outcome:?}");
    assert_eq!(rig.applied("k1"), 0);
}

#[tokio::test]
async fn an_answer_has_words_alone_and_not_too_many() {
    let (rig, _, comment) = commented().await;
    let before = rig.fake().requests().len();
    let mut pictured = answering(&comment, "k1");
    pictured.media.push(picture("image/png"));
    assert!(refused(&rig.connector.publish(&pictured).await, "MEDIA_IN_COMMENT"));
    let long = Message { text: "é".repeat(1251), link: None, ..answering(&comment, "k1") };
    assert!(refused(&rig.connector.publish(&long).await, "TEXT_TOO_LONG"));
    let quotes = Some("https://www.linkedin.com/feed/update/urn:li:share:7/".parse().unwrap());
    let quoting = Message { quotes, ..answering(&comment, "k1") };
    assert!(refused(&rig.connector.publish(&quoting).await, "QUOTES_NOT_OFFERED"));
    assert_eq!(rig.fake().requests().len(), before);
    for name in ["urn:li:comment:(urn:li:activity:1/../2,3)", "urn:li:person:7", "urn:li:share:7?a=b"] {
        let outcome = rig.connector.publish(&answering(name, "k1")).await;
        assert!(refused(&outcome, "REMOTE_ID_INVALID"), "{name}: {outcome:?}");
    }
    assert_eq!(rig.fake().requests().len(), before);
}

#[tokio::test]
async fn an_answer_is_absent_only_once_it_would_be_listed_and_where_all_was_read() {
    let (rig, _, comment) = commented().await;
    let sent = answering(&comment, "k1");
    let found = rig.connector.look_up(&sent).await;
    let LookUp::Unreachable { cause, retry_after: Some(wait) } = found else { panic!("{found:?}") };
    assert_eq!(cause.code, "TOO_YOUNG");
    rig.clock.pass(wait);
    assert_eq!(rig.connector.look_up(&sent).await, LookUp::Absent);
    let nameless = Message { first_sent_at: None, ..sent.clone() };
    assert!(untold(&rig.connector.look_up(&nameless).await, "NO_FIRST_ATTEMPT"));
    for _ in 0..501 {
        rig.fake().hear(says("ben", Some(comment.clone())));
    }
    assert!(untold(&rig.connector.look_up(&sent).await, "TIMELINE_UNCLEAR"), "there is more than was read");
    // None of those that were read is ours, and what sends it knows that nothing is out.
    delivered(rig.connector.publish(&sent).await);
    rig.fake().unsay(comment.trim_end_matches(')').rsplit(',').next().unwrap());
    assert!(untold(&rig.connector.look_up(&sent).await, "ANSWERED_GONE"));
}

#[tokio::test]
async fn where_it_may_be_out_already_nothing_more_is_sent() {
    let (rig, _, comment) = commented().await;
    let sent = answering(&comment, "k1");
    let id = delivered(rig.connector.publish(&sent).await).remote_id;
    rig.fake().change(&id, |post| post.title = Some("urn:li:person:ben".to_owned()));
    delivered(rig.connector.publish(&sent).await);
    assert_eq!(rig.applied("k1"), 2, "somebody else may say the same");
    rig.fake().change(&id, |post| post.title = None);
    let outcome = rig.connector.publish(&sent).await;
    assert!(matches!(&outcome, Outcome::Unknown(cause) if cause.code == "SEVERAL_FOUND"), "{outcome:?}");
    assert_eq!(rig.applied("k1"), 2);
}
