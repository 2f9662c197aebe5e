//! How a film stands, how often it was seen, and what the public says below it.

use chrono::TimeDelta;
use serde_json::json;

use super::{delivered, message, rig, status};
use crate::{
    Difference, Figures, Inbox, IncomingKind, Message, Standing, Unread,
    conformance::rig::{Rig, now},
    fake::{Answer, Call, Heard, Script, USERNAME},
};

#[tokio::test]
async fn a_film_is_compared_with_what_was_sent() {
    let (rig, message) = (rig().await, message("k1"));
    let id = delivered(rig.connector.publish(&message).await).remote_id;
    let standing = async |message: &Message| rig.connector.read_back(&id, message).await;
    assert_eq!(standing(&message).await, Standing::AsSent);
    let titled = Message { title: Some("Another".to_owned()), ..message.clone() };
    assert_eq!(standing(&titled).await, Standing::Changed(Difference::Title));
    let worded = Message { text: "Something else".to_owned(), ..message.clone() };
    assert_eq!(standing(&worded).await, Standing::Changed(Difference::Words));
    let rows = [
        (json!({ "uploadStatus": "processed", "privacyStatus": "private" }), Difference::NotPublic),
        (json!({ "uploadStatus": "processed", "privacyStatus": "unlisted" }), Difference::NotPublic),
        (json!({ "uploadStatus": "rejected", "privacyStatus": "public" }), Difference::NotPublic),
        (json!({ "uploadStatus": "failed", "privacyStatus": "public" }), Difference::NotPublic),
    ];
    for (status, difference) in rows {
        rig.fake().change_film(&id, status.clone());
        assert_eq!(standing(&message).await, Standing::Changed(difference), "{status}");
    }
    rig.fake().change_film(&id, json!({ "uploadStatus": "of tomorrow", "privacyStatus": "public" }));
    assert!(matches!(standing(&message).await, Standing::CannotTell(_)));
    delivered(rig.connector.delete(&id).await);
    assert_eq!(standing(&message).await, Standing::Gone);
}

#[tokio::test]
async fn a_standing_that_cannot_be_read_is_not_gone() {
    let (rig, message) = (rig().await, message("k1"));
    let id = delivered(rig.connector.publish(&message).await).remote_id;
    for answer in [Answer::Hang, status(500), status(429), Answer::Garbage, Answer::CutAfter(20)] {
        rig.script(Call::Read, Script::applied(answer.clone()));
        let standing = rig.connector.read_back(&id, &message).await;
        assert!(matches!(standing, Standing::Unreachable { .. }), "{answer:?} {standing:?}");
    }
    rig.script(Call::Read, Script::applied(status(403)));
    assert!(matches!(rig.connector.read_back(&id, &message).await, Standing::CannotTell(_)));
    assert!(matches!(rig.connector.read_back("a,b", &message).await, Standing::CannotTell(_)));
}

#[tokio::test]
async fn figures_are_of_the_films_that_are_there() {
    let rig = rig().await;
    let mut ids: Vec<String> = (0..60).map(|_| rig.fake().add_foreign_post("Film")).collect();
    ids.extend(["never-was".to_owned(), "a,b".to_owned()]);
    rig.fake().change(&ids[0], |post| post.counts.likes = 7);
    let figures = rig.connector.metrics(&ids).await.unwrap();
    let told: Vec<&str> = figures.iter().map(|figures| figures.remote_id.as_str()).collect();
    assert_eq!(told, ids.iter().take(60).collect::<Vec<_>>());
    assert_eq!(
        figures[0],
        Figures {
            remote_id: ids[0].clone(),
            impressions: Some(41),
            likes: Some(7),
            // The fake's films hide this one.
            replies: None,
            ..Figures::default()
        }
    );
    assert_eq!(rig.fake().requests().len(), 2);
    assert_eq!(rig.connector.metrics(&[]).await, Ok(Vec::new()));
    rig.script(Call::Read, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.metrics(&ids).await, Err(Unread::Unreachable { .. })));
}

fn said(author: &str, film: &str, text: &str) -> Heard {
    let (author, answers) = (author.to_owned(), Some(film.to_owned()));
    Heard { author, text: text.to_owned(), answers, ..Heard::default() }
}

async fn read(rig: &Rig, cursor: Option<&str>) -> Inbox {
    rig.connector.inbound(cursor).await.unwrap()
}

fn texts(inbox: &Inbox) -> Vec<&str> {
    inbox.items.iter().map(|item| item.text.as_str()).collect()
}

#[tokio::test]
async fn comments_come_oldest_first_and_once() {
    let rig = rig().await;
    let first = rig.fake().hear(said("@reader", "film-1", "When?"));
    rig.fake().hear(said(USERNAME, "film-1", "At nine."));
    let inbox = read(&rig, None).await;
    assert_eq!(texts(&inbox), ["When?"], "what the channel says itself is left out");
    let item = &inbox.items[0];
    assert_eq!((item.kind, item.author.as_str()), (IncomingKind::Comment, "@reader"));
    assert_eq!(item.url, Some(format!("https://www.youtube.com/watch?v=film-1&lc={first}")));
    assert_eq!((item.answers.as_deref(), item.said_at), (Some("film-1"), Some(now())));
    assert_eq!(item.remote_id, first);

    let quiet = read(&rig, inbox.cursor.as_deref()).await;
    assert_eq!((texts(&quiet), quiet.more), (Vec::new(), false));
    // In the same second as what is known already.
    rig.fake().hear(said("@reader", "film-1", "Where?"));
    rig.fake().set_now(Some(now() + TimeDelta::seconds(5)));
    rig.fake().hear(said("@reader", "film-2", "Why?"));
    let inbox = read(&rig, quiet.cursor.as_deref()).await;
    assert_eq!(texts(&inbox), ["Where?", "Why?"]);
    assert_eq!(texts(&read(&rig, inbox.cursor.as_deref()).await), Vec::<&str>::new());
}

#[tokio::test]
async fn more_comments_than_a_page_are_walked_back_to_what_is_known() {
    let rig = rig().await;
    rig.fake().hear(said("@reader", "film-1", "known"));
    let mut cursor = read(&rig, None).await.cursor;
    for number in 0..130 {
        rig.fake().set_now(Some(now() + TimeDelta::seconds(number + 1)));
        rig.fake().hear(said("@reader", "film-1", &number.to_string()));
    }
    let mut seen: Vec<i64> = Vec::new();
    for (expected, more) in [(50, true), (50, true), (30, false)] {
        let inbox = read(&rig, cursor.as_deref()).await;
        assert_eq!((inbox.items.len(), inbox.more), (expected, more));
        seen.extend(inbox.items.iter().map(|item| item.text.parse::<i64>().unwrap()));
        cursor = inbox.cursor;
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..130).collect::<Vec<_>>());
    assert!(read(&rig, cursor.as_deref()).await.items.is_empty());
}

#[tokio::test]
async fn a_walk_whose_place_youtube_forgot_begins_anew_and_not_at_once() {
    let rig = rig().await;
    let mut cursor = read(&rig, None).await.cursor;
    (0..120).for_each(|number| drop(rig.fake().hear(said("@reader", "film-1", &number.to_string()))));
    let mut told = Vec::new();
    for (forgets, more) in [(false, true), (true, false), (false, true), (false, true), (false, false)] {
        if forgets {
            rig.script(Call::Read, Script::applied(Answer::Normal));
            rig.script(Call::Read, Script::ignored(status(400)));
        }
        let inbox = read(&rig, cursor.as_deref()).await;
        assert_eq!(inbox.more, more);
        told.extend(inbox.items.into_iter().map(|item| item.remote_id));
        cursor = inbox.cursor;
    }
    told.sort_unstable();
    told.dedup();
    assert_eq!(told.len(), 120);
    assert!(read(&rig, cursor.as_deref()).await.items.is_empty());
}

#[tokio::test]
async fn fifty_comments_too_long_for_one_answer_are_read() {
    let rig = rig().await;
    let cursor = read(&rig, None).await.cursor;
    (0..50).for_each(|_| drop(rig.fake().hear(said("@reader", "film-1", &"<".repeat(2000)))));
    let (mut told, mut cursor) = (0, cursor);
    loop {
        let inbox = read(&rig, cursor.as_deref()).await;
        told += inbox.items.len();
        cursor = inbox.cursor;
        if !inbox.more {
            break;
        }
    }
    assert_eq!(told, 50);
}

#[tokio::test]
async fn what_is_listed_at_another_place_meanwhile_is_told_once() {
    let rig = rig().await;
    let mut cursor = read(&rig, None).await.cursor;
    (0..60).for_each(|number| drop(rig.fake().hear(said("@reader", "film-1", &number.to_string()))));
    let mut told = Vec::new();
    for more in [true, false] {
        let inbox = read(&rig, cursor.as_deref()).await;
        assert_eq!(inbox.more, more);
        told.extend(inbox.items.into_iter().map(|item| item.text));
        cursor = inbox.cursor;
        // It moves all that is below it.
        rig.fake().hear(said("@reader", "film-1", "new"));
    }
    told.extend(read(&rig, cursor.as_deref()).await.items.into_iter().map(|item| item.text));
    told.sort_unstable();
    assert_eq!(told.len(), 62, "each once");
}

#[tokio::test]
async fn after_a_reading_of_nothing_all_that_comes_is_told() {
    let rig = rig().await;
    let empty = read(&rig, None).await;
    assert!(empty.items.is_empty());
    (0..70).for_each(|number| drop(rig.fake().hear(said("@reader", "film-1", &number.to_string()))));
    let newest = read(&rig, empty.cursor.as_deref()).await;
    assert!(newest.more);
    let oldest = read(&rig, newest.cursor.as_deref()).await;
    let told: Vec<&str> = texts(&oldest).into_iter().chain(texts(&newest)).collect();
    assert_eq!(told, (0..70).map(|number: i32| number.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_cannot_be_read_leaves_the_place_as_it_was() {
    let rig = rig().await;
    let invalid = rig.connector.inbound(Some("nonsense")).await;
    assert!(matches!(&invalid, Err(Unread::Refused(cause)) if cause.code == "CURSOR_INVALID"), "{invalid:?}");
    rig.script(Call::Read, Script::applied(Answer::Normal));
    rig.script(Call::Read, Script::applied(Answer::Garbage));
    assert!(matches!(rig.connector.inbound(None).await, Err(Unread::Unreachable { .. })));
    rig.fake().refuse_credential(true);
    assert!(matches!(rig.connector.inbound(None).await, Err(Unread::CredentialRejected(_))));
}
