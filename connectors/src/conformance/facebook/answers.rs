//! Answers of a Page, beyond what every platform does: folded threads, posts of others, and words that several may be told.

use std::time::Duration;

use chrono::TimeDelta;

use super::{code, delivered, rig, untold};
use crate::{
    Follows, LookUp, Message, Standing,
    conformance::rig::{Rig, message, now, picture},
    fake::{Answer, Call, Heard, Script},
};

fn answering(said: &str, key: &str) -> Message {
    Message { answers: Some(said.to_owned()), link: None, ..message(key) }
}

fn said(text: &str, answers: Option<&str>) -> Heard {
    let (author, answers) = ("ana".to_owned(), answers.map(str::to_owned));
    Heard { author, text: text.to_owned(), answers, ..Heard::default() }
}

/// A post of the Page, and the name of a comment below it.
async fn commented(rig: &Rig) -> (String, String) {
    let ours = delivered(rig.connector.publish(&message("k0")).await).remote_id;
    let comment = rig.fake().hear(said("When do you open?", Some(&ours)));
    let comment = format!("{}_{comment}", ours.split_once('_').unwrap().1);
    (ours, comment)
}

fn below(comment: &str, id: &str) -> String {
    format!("{}_{id}", comment.split_once('_').unwrap().0)
}

#[tokio::test]
async fn an_answer_to_an_answer_stands_below_the_comment_that_both_answer() {
    let rig = rig().await;
    let (ours, comment) = commented(&rig).await;
    let reply = below(&comment, &rig.fake().hear(said("I wonder too", Some(&comment))));
    let receipt = delivered(rig.connector.publish(&answering(&reply, "k1")).await);
    let requests = rig.fake().requests();
    assert_eq!(requests.last().unwrap(), &format!("POST /v26.0/{comment}/comments"));
    let (number, top) = (receipt.remote_id.rsplit('_').next().unwrap(), comment.split_once('_').unwrap().1);
    let page = format!("https://www.facebook.com/{ours}?comment_id={top}&reply_comment_id={number}");
    assert_eq!(receipt.url, Some(page));
}

#[tokio::test]
async fn what_answers_the_pages_own_comment_is_answered_below_that() {
    let rig = rig().await;
    let (ours, _) = commented(&rig).await;
    let follows = Some(Follows { remote_id: ours.clone(), root_id: ours });
    let own = delivered(rig.connector.publish(&Message { follows, ..message("k1") }).await).remote_id;
    let reply = below(&own, &rig.fake().hear(said("And on Sunday?", Some(&own))));
    let sent = answering(&reply, "k2");
    let receipt = delivered(rig.connector.publish(&sent).await);
    assert_eq!(rig.fake().requests().last().unwrap(), &format!("POST /v26.0/{own}/comments"));
    match rig.connector.look_up(&sent).await {
        LookUp::Found(found) => assert_eq!(found.remote_id, receipt.remote_id),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_words_to_two_in_one_thread_are_left_to_a_person() {
    let rig = rig().await;
    let (_, comment) = commented(&rig).await;
    let reply = below(&comment, &rig.fake().hear(said("I wonder too", Some(&comment))));
    let other = answering(&reply, "k1");
    assert_eq!(rig.look_up(&other).await, LookUp::Absent);
    delivered(rig.connector.publish(&answering(&comment, "k1")).await);
    assert_eq!(untold(&rig.connector.look_up(&other).await), "SEVERAL_ANSWERED");
    // A later try may have met itself, and a first one cannot.
    let later = Message { first_sent_at: Some(now() - TimeDelta::seconds(90)), ..other.clone() };
    assert_eq!(code(&rig.connector.publish(&later).await), "SEVERAL_ANSWERED");
    assert_eq!(rig.applied("k1"), 1);
    delivered(rig.connector.publish(&other).await);
    assert_eq!(rig.applied("k1"), 2, "both are answered");
    assert_eq!(untold(&rig.connector.look_up(&other).await), "SEVERAL_FOUND");
}

#[tokio::test]
async fn a_clock_that_was_put_back_makes_no_try_the_first() {
    let rig = rig().await;
    let (_, comment) = commented(&rig).await;
    let reply = below(&comment, &rig.fake().hear(said("I wonder too", Some(&comment))));
    rig.fake().set_now(Some(now() + TimeDelta::seconds(90)));
    delivered(rig.connector.publish(&answering(&comment, "k1")).await);
    let again = Message { first_sent_at: Some(now() + TimeDelta::seconds(90)), ..answering(&reply, "k1") };
    assert_eq!(code(&rig.connector.publish(&again).await), "SEVERAL_ANSWERED");
    assert_eq!(rig.applied("k1"), 1);
}

#[tokio::test]
async fn an_answer_below_a_comment_is_not_taken_for_what_follows_the_post() {
    let rig = rig().await;
    let (ours, comment) = commented(&rig).await;
    let follows = Some(Follows { remote_id: ours.clone(), root_id: ours });
    let following = Message { follows, link: None, ..message("k1") };
    delivered(rig.connector.publish(&answering(&comment, "k1")).await);
    assert_eq!(untold(&rig.connector.look_up(&following).await), "TIMELINE_UNCLEAR");
    let receipt = delivered(rig.connector.publish(&following).await);
    match rig.connector.look_up(&following).await {
        LookUp::Found(found) => assert_eq!(found.remote_id, receipt.remote_id),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_post_that_names_the_page_is_answered_below_it_where_its_author_lets_the_page() {
    let rig = rig().await;
    let id = rig.fake().hear(said("Does this Page answer?", None));
    let name = rig.connector.inbound(None).await.unwrap().items.remove(0).remote_id;
    let post = name.strip_prefix("mention:").unwrap().to_owned();
    rig.fake().forbid_answers(true);
    assert_eq!(code(&rig.connector.publish(&answering(&name, "k1")).await), "ANSWER_REFUSED");
    rig.fake().forbid_answers(false);
    let sent = answering(&name, "k1");
    let receipt = delivered(rig.connector.publish(&sent).await);
    assert_eq!(rig.fake().applied()[0].answers.as_ref(), Some(&id));
    assert!(rig.fake().requests().contains(&format!("POST /v26.0/{post}/comments")));
    let number = receipt.remote_id.rsplit('_').next().unwrap();
    assert_eq!(receipt.url, Some(format!("https://www.facebook.com/{post}?comment_id={number}")));
    assert!(matches!(rig.connector.look_up(&sent).await, LookUp::Found(_)));
    assert_eq!(rig.connector.read_back(&receipt.remote_id, &sent).await, Standing::AsSent);
    rig.fake().unsay(&id);
    assert_eq!(code(&rig.connector.publish(&answering(&name, "k2")).await), "ANSWERED_GONE");
}

#[tokio::test]
async fn a_post_that_keeps_answers_from_the_page_says_nothing_of_the_credential_and_a_comment_does() {
    let rig = rig().await;
    let (_, comment) = commented(&rig).await;
    rig.fake().forbid_answers(true);
    assert_eq!(code(&rig.connector.publish(&answering(&comment, "k1")).await), "PERMISSION_MISSING");
}

#[tokio::test]
async fn an_answer_has_only_words_and_what_is_hidden_is_not_answered() {
    let rig = rig().await;
    let (ours, comment) = commented(&rig).await;
    let seen = rig.fake().requests().len();
    let mut pictured = answering(&comment, "k1");
    pictured.media.push(picture("image/png"));
    assert_eq!(code(&rig.connector.publish(&pictured).await), "MEDIA_IN_COMMENT");
    let long = Message { text: "é".repeat(8001), ..answering(&comment, "k1") };
    assert_eq!(code(&rig.connector.publish(&long).await), "TEXT_TOO_LONG");
    for id in ["", "me", "1/feed", "mention:", "mention:me", "mention:../1", "post:1_2"] {
        assert_eq!(code(&rig.connector.publish(&answering(id, "k1")).await), "REMOTE_ID_INVALID", "{id}");
        assert_eq!(untold(&rig.connector.look_up(&answering(id, "k1")).await), "REMOTE_ID_INVALID", "{id}");
    }
    let asked = rig.fake().requests().split_off(seen);
    assert!(asked.iter().all(|request| request.ends_with("/me")), "{asked:?}");
    let hidden = rig.fake().hear(Heard { private: true, ..said("Spam", Some(&ours)) });
    let sent = answering(&below(&comment, &hidden), "k1");
    assert_eq!(code(&rig.connector.publish(&sent).await), "ANSWERED_NOT_PUBLIC");
    assert_eq!(rig.applied("k1"), 0);
}

#[tokio::test]
async fn where_what_was_answered_is_gone_a_lost_answer_is_left_to_a_person() {
    let rig = rig().await;
    let (_, comment) = commented(&rig).await;
    let sent = answering(&comment, "k1");
    rig.script(Call::Create, Script::applied(Answer::Hang));
    rig.connector.publish(&sent).await;
    rig.fake().unsay(comment.split_once('_').unwrap().1);
    assert_eq!(untold(&rig.connector.look_up(&sent).await), "ANSWERED_GONE");
    let other = rig.reconnect(|settings| settings.username = Some("1".to_owned()));
    assert_eq!(code(&other.connector.publish(&answering("1_7", "k2")).await), "NOT_THE_PAGES_TOKEN");
}

#[tokio::test]
async fn an_answer_is_looked_for_to_the_end_of_the_thread_and_among_ours() {
    let rig = rig().await;
    let (_, comment) = commented(&rig).await;
    let sent = answering(&comment, "k1");
    let id = delivered(rig.connector.publish(&sent).await).remote_id;
    rig.fake().change(&id, |post| post.title = Some("999".to_owned()));
    match rig.connector.look_up(&sent).await {
        LookUp::Unreachable { cause, retry_after } => {
            // A request's whole time, and two minutes in which it may not be listed.
            let least = crate::conformance::rig::limits().longest_publish() + Duration::from_mins(2);
            let waits = retry_after.unwrap();
            assert_eq!(cause.code, "TOO_YOUNG");
            assert!(waits >= least && waits < least + Duration::from_secs(1), "{waits:?}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(rig.look_up(&sent).await, LookUp::Absent, "a reader may say the same");
    let unknown = Message { first_sent_at: None, ..sent.clone() };
    assert_eq!(untold(&rig.connector.look_up(&unknown).await), "NO_FIRST_ATTEMPT");
    assert_eq!(code(&rig.connector.publish(&unknown).await), "NO_FIRST_ATTEMPT");
    rig.fake().change(&id, |post| post.created_at = now() - TimeDelta::minutes(5));
    rig.fake().change(&id, |post| post.title = None);
    assert_eq!(rig.look_up(&sent).await, LookUp::Absent, "older than the first try");
    for _ in 0..501 {
        rig.fake().hear(said("Noise", Some(&comment)));
    }
    assert_eq!(untold(&rig.connector.look_up(&sent).await), "TIMELINE_UNCLEAR");
}

#[tokio::test]
async fn a_duplicate_answer_is_doubted_like_a_post() {
    let rig = rig().await;
    let (ours, comment) = commented(&rig).await;
    let other = rig.fake().hear(said("And when do you close?", Some(&ours)));
    let other = below(&comment, &other);
    rig.fake().refuse_duplicates(true);
    delivered(rig.connector.publish(&answering(&comment, "k1")).await);
    // The same words stand elsewhere, which the thread does not show.
    let sent = answering(&other, "k1");
    assert!(matches!(rig.connector.publish(&sent).await, crate::Outcome::Refused(_)));
    let later = Message { first_sent_at: Some(now() - TimeDelta::seconds(90)), ..sent };
    let outcome = rig.connector.publish(&later).await;
    assert!(matches!(&outcome, crate::Outcome::Unknown(cause) if cause.code == "DUPLICATE"), "{outcome:?}");
}
