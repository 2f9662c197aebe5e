//! What the public says to a Page, beyond what every platform does: comments post by post, mentions, and what is not read.

use chrono::TimeDelta;

use super::{delivered, rig};
use crate::{
    Clock as _, Inbox, IncomingKind, Unread,
    conformance::rig::{Rig, message, now},
    fake::{Answer, Call, Heard, Script},
};

pub(super) fn said(text: &str, answers: Option<&str>) -> Heard {
    let (author, answers) = ("ana".to_owned(), answers.map(str::to_owned));
    Heard { author, text: text.to_owned(), answers, ..Heard::default() }
}

pub(super) async fn post(rig: &Rig, key: &str) -> String {
    delivered(rig.connector.publish(&message(key)).await).remote_id
}

pub(super) async fn read(rig: &Rig, cursor: &mut Option<String>) -> Inbox {
    let inbox = rig.connector.inbound(cursor.as_deref()).await.unwrap();
    cursor.clone_from(&inbox.cursor);
    inbox
}

pub(super) fn words(inbox: &Inbox) -> Vec<&str> {
    inbox.items.iter().map(|item| item.text.as_str()).collect()
}

/// Both clocks, ours never back.
pub(super) fn at(rig: &Rig, minutes: i64) {
    let then = now() + TimeDelta::minutes(minutes);
    rig.fake().set_now(Some(then));
    rig.clock.pass((then - rig.clock.now()).to_std().unwrap_or_default());
}

#[tokio::test]
async fn comments_answers_and_mentions_are_told_apart_and_what_is_hidden_is_not_told() {
    let rig = rig().await;
    let ours = post(&rig, "k1").await;
    let comment = rig.fake().hear(said("When do you open?", Some(&ours)));
    let number = ours.split_once('_').unwrap().1;
    let comment = format!("{number}_{comment}");
    rig.fake().hear(said("I wonder too", Some(&comment)));
    let follows = crate::Follows { remote_id: ours.clone(), root_id: ours.clone() };
    let own = crate::Message { follows: Some(follows), ..message("k2") };
    let own = delivered(rig.connector.publish(&own).await).remote_id;
    rig.fake().hear(Heard { author: String::new(), ..said("Thank you", Some(&own)) });
    rig.fake().hear(Heard { private: true, ..said("Spam", Some(&ours)) });
    let mention = rig.fake().hear(said("Look at this Page", None));
    let inbox = rig.connector.inbound(None).await.unwrap();
    let told: Vec<_> =
        inbox.items.iter().map(|item| (item.kind, item.text.as_str(), item.author.as_str())).collect();
    let expected = [
        (IncomingKind::Comment, "When do you open?", "ana"),
        (IncomingKind::Comment, "I wonder too", "ana"),
        (IncomingKind::Reply, "Thank you", ""),
        (IncomingKind::Mention, "Look at this Page", "ana"),
    ];
    assert_eq!(told, expected);
    assert!(inbox.items[..3].iter().all(|item| item.answers.as_ref() == Some(&ours)));
    assert_eq!(inbox.items[3].answers, None);
    assert_eq!(inbox.items[3].remote_id, format!("mention:5550001_{mention}"));
    let url = Some(format!("https://www.facebook.com/somebody/{comment}"));
    assert_eq!((&inbox.items[0].remote_id, &inbox.items[0].url), (&comment, &url));
}

#[tokio::test]
async fn at_first_the_newest_page_is_told_and_then_whatever_is_new() {
    let rig = rig().await;
    let (first, second) = (post(&rig, "k1").await, post(&rig, "k2").await);
    for number in 0..60 {
        at(&rig, number);
        let below = if number % 2 == 0 { &first } else { &second };
        rig.fake().hear(said(&number.to_string(), Some(below)));
    }
    let mut cursor = None;
    let inbox = read(&rig, &mut cursor).await;
    let newest: Vec<String> = (20..60).map(|number| number.to_string()).collect();
    assert_eq!(words(&inbox), newest);
    assert!(!inbox.more);
    // The older post is written below again, later than all that is known.
    at(&rig, 61);
    let third = post(&rig, "k3").await;
    for (number, below) in [&third, &first, &third].into_iter().enumerate() {
        at(&rig, 62 + i64::try_from(number).unwrap());
        rig.fake().hear(said(&format!("new {number}"), Some(below)));
    }
    assert_eq!(words(&read(&rig, &mut cursor).await), ["new 0", "new 1", "new 2"]);
    assert!(read(&rig, &mut cursor).await.items.is_empty());
}

#[tokio::test]
async fn where_nothing_is_new_two_questions_are_asked() {
    let rig = rig().await;
    let ours = post(&rig, "k1").await;
    rig.fake().hear(said("When do you open?", Some(&ours)));
    let mut cursor = None;
    // Of what was just said something may be listed late: that is looked at once more.
    rig.clock.pass(std::time::Duration::from_secs(121));
    read(&rig, &mut cursor).await;
    let before = rig.fake().requests().len();
    assert!(read(&rig, &mut cursor).await.items.is_empty());
    let asked = rig.fake().requests().split_off(before);
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[0].ends_with("/published_posts") && asked[1].ends_with("/tagged"), "{asked:?}");
}

#[tokio::test]
async fn more_than_one_reading_takes_is_read_on_from_where_it_ended() {
    let rig = rig().await;
    let ours = post(&rig, "k1").await;
    let mut cursor = None;
    read(&rig, &mut cursor).await;
    for number in 0..950 {
        rig.fake().hear(said(&number.to_string(), Some(&ours)));
    }
    let (mut told, mut readings) = (Vec::new(), 0);
    loop {
        let inbox = read(&rig, &mut cursor).await;
        readings += 1;
        // Whatever comes meanwhile waits for its turn.
        rig.fake().hear(said(&format!("meanwhile {readings}"), Some(&ours)));
        told.extend(inbox.items.into_iter().map(|item| item.text));
        if !inbox.more {
            break;
        }
        assert!(readings < 10);
    }
    assert_eq!(readings, 3);
    for readings in 0.. {
        let inbox = read(&rig, &mut cursor).await;
        told.extend(inbox.items.into_iter().map(|item| item.text));
        if !inbox.more {
            break;
        }
        assert!(readings < 10);
    }
    let meanwhile = told.split_off(950);
    assert_eq!(meanwhile, ["meanwhile 1", "meanwhile 2", "meanwhile 3"]);
    told.sort_by_key(|text| text.parse::<u32>().unwrap());
    assert!(told.iter().enumerate().all(|(number, text)| *text == number.to_string()), "each once");
}

#[tokio::test]
async fn where_the_way_back_is_refused_it_is_walked_again() {
    let rig = rig().await;
    let ours = post(&rig, "k1").await;
    let mut cursor = None;
    read(&rig, &mut cursor).await;
    for number in 0..450 {
        rig.fake().hear(said(&number.to_string(), Some(&ours)));
    }
    let mut told = read(&rig, &mut cursor).await.items;
    assert_eq!(told.len(), 400);
    rig.script(Call::Read, Script::applied(Answer::Normal));
    rig.script(Call::Read, Script::ignored(Answer::Status { status: 400, retry_after: None }));
    let refused = read(&rig, &mut cursor).await;
    assert!(refused.items.is_empty() && !refused.more);
    for more in [true, false] {
        let inbox = read(&rig, &mut cursor).await;
        assert_eq!(inbox.more, more);
        told.extend(inbox.items);
    }
    let mut told: Vec<u32> = told.iter().map(|item| item.text.parse().unwrap()).collect();
    told.sort_unstable();
    assert!(told.into_iter().eq(0..450), "each once");
}

#[tokio::test]
async fn many_posts_with_news_are_read_in_turns() {
    let rig = rig().await;
    let mut posts = Vec::new();
    for number in 0..25 {
        posts.push(post(&rig, &format!("k{number}")).await);
    }
    let mut cursor = None;
    read(&rig, &mut cursor).await;
    for (number, ours) in posts.iter().enumerate() {
        at(&rig, i64::try_from(number).unwrap());
        rig.fake().hear(said(&number.to_string(), Some(ours)));
    }
    let mut told = Vec::new();
    for more in [true, true, false] {
        let inbox = read(&rig, &mut cursor).await;
        assert_eq!(inbox.more, more);
        told.extend(inbox.items.into_iter().map(|item| item.text));
    }
    let expected: Vec<String> = (0..25).map(|number| number.to_string()).collect();
    assert_eq!(told, expected, "who has waited for the longest comes first");
}

#[tokio::test]
async fn comments_below_the_newest_hundred_posts_are_read() {
    let rig = rig().await;
    let mut posts = Vec::new();
    for number in 0..101 {
        posts.push(post(&rig, &format!("k{number}")).await);
    }
    let mut cursor = None;
    read(&rig, &mut cursor).await;
    for (minute, (text, below)) in
        (1..).zip([("beyond", &posts[0]), ("hundredth", &posts[1]), ("newest", &posts[100])])
    {
        at(&rig, minute);
        rig.fake().hear(said(text, Some(below)));
    }
    assert_eq!(words(&read(&rig, &mut cursor).await), ["hundredth", "newest"]);
}

#[tokio::test]
async fn comments_below_posts_of_ninety_days_are_read() {
    let rig = rig().await;
    rig.fake().set_now(Some(now() - TimeDelta::days(91)));
    let old = post(&rig, "k1").await;
    rig.fake().set_now(Some(now() - TimeDelta::days(89)));
    let young = post(&rig, "k2").await;
    at(&rig, 0);
    rig.fake().hear(said("old", Some(&old)));
    rig.fake().hear(said("young", Some(&young)));
    assert_eq!(words(&read(&rig, &mut None).await), ["young"]);
}

#[tokio::test]
async fn mentions_that_are_not_told_do_not_stop_the_comments_and_are_told_later() {
    for answer in [Answer::Status { status: 403, retry_after: None }, Answer::Garbage] {
        for first in [true, false] {
            let rig = rig().await;
            let ours = post(&rig, "k1").await;
            let mut cursor = None;
            if !first {
                read(&rig, &mut cursor).await;
            }
            rig.fake().hear(said("comment", Some(&ours)));
            rig.fake().hear(said("mention", None));
            // The posts, the comments, and then who names the Page.
            for _ in 0..2 {
                rig.script(Call::Read, Script::applied(Answer::Normal));
            }
            rig.script(Call::Read, Script::ignored(answer.clone()));
            assert_eq!(words(&read(&rig, &mut cursor).await), ["comment"], "{answer:?}");
            assert_eq!(words(&read(&rig, &mut cursor).await), ["mention"], "{answer:?}");
            assert!(read(&rig, &mut cursor).await.items.is_empty());
        }
    }
}

#[tokio::test]
async fn a_post_whose_comments_are_refused_does_not_stop_the_others() {
    let rig = rig().await;
    let (first, second) = (post(&rig, "k1").await, post(&rig, "k2").await);
    let mut cursor = None;
    read(&rig, &mut cursor).await;
    rig.fake().hear(said("one", Some(&first)));
    at(&rig, 1);
    rig.fake().hear(said("two", Some(&second)));
    rig.script(Call::Read, Script::applied(Answer::Normal));
    rig.script(Call::Read, Script::ignored(Answer::Status { status: 400, retry_after: None }));
    assert_eq!(words(&read(&rig, &mut cursor).await), ["two"]);
    assert_eq!(words(&read(&rig, &mut cursor).await), ["one"], "it is asked for again");
    // What may come right the next time is not passed over.
    rig.fake().hear(said("three", Some(&first)));
    rig.script(Call::Read, Script::applied(Answer::Normal));
    rig.script(Call::Read, Script::ignored(Answer::Status { status: 500, retry_after: None }));
    let unread = rig.connector.inbound(cursor.as_deref()).await;
    assert!(matches!(unread, Err(Unread::Unreachable { .. })), "{unread:?}");
    assert_eq!(words(&read(&rig, &mut cursor).await), ["three"]);
}
