//! What a LinkedIn page is notified of, beyond what every platform does: what is listed late, and more than one call reads.

use std::time::Duration;

use chrono::TimeDelta;

use super::{delivered, rig};
use crate::{
    IncomingKind,
    conformance::rig::{message, now},
    fake::Heard,
};

fn says(text: String, below: Option<&String>) -> Heard {
    Heard { author: "ana".to_owned(), text, answers: below.cloned(), ..Heard::default() }
}

#[tokio::test]
async fn what_is_listed_late_is_told_once() {
    let rig = rig().await;
    rig.fake().hear(says("first".to_owned(), None));
    let first = rig.connector.inbound(None).await.unwrap();
    let at = |age: TimeDelta, text: &str| {
        rig.fake().set_now(Some(now() - age));
        rig.fake().hear(says(text.to_owned(), None));
    };
    at(TimeDelta::minutes(59), "late");
    at(TimeDelta::minutes(61), "too late");
    let second = rig.connector.inbound(first.cursor.as_deref()).await.unwrap();
    assert_eq!(second.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["late"]);
    assert!(rig.connector.inbound(second.cursor.as_deref()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn the_first_reading_goes_back_a_fortnight_oldest_first() {
    let rig = rig().await;
    for days in [1, 13, 15, 2] {
        rig.fake().set_now(Some(now() - TimeDelta::days(days)));
        rig.fake().hear(says(days.to_string(), None));
    }
    let inbox = rig.connector.inbound(None).await.unwrap();
    assert_eq!(inbox.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["13", "2", "1"]);
    assert!(inbox.items.iter().all(|item| item.kind == IncomingKind::Mention && item.answers.is_none()));
    assert_eq!(inbox.items[0].said_at, Some(now() - TimeDelta::days(13)));
}

#[tokio::test]
async fn more_than_one_call_reads_goes_on_and_nothing_is_lost_to_what_comes_meanwhile() {
    let rig = rig().await;
    let ours = delivered(rig.connector.publish(&message("k1")).await).remote_id;
    let said = |from: usize, to: usize| {
        for number in from..to {
            rig.fake().hear(says(number.to_string(), Some(&ours)));
        }
    };
    said(0, 1100);
    let mut told = Vec::new();
    let page = rig.connector.inbound(None).await.unwrap();
    assert!(page.more && page.items.len() == 810, "{}", page.items.len());
    told.extend(page.items);
    // Later than where the walk began, so that it is not in its window; and some of what was told is taken back.
    rig.fake().set_now(Some(now() + TimeDelta::seconds(1)));
    said(1100, 1110);
    let told_first: Vec<String> =
        rig.fake().heard().iter().rev().skip(20).take(5).map(|one| one.id.clone()).collect();
    for id in told_first {
        rig.fake().unsay(&id);
    }
    rig.clock.pass(Duration::from_secs(1));
    let page = rig.connector.inbound(page.cursor.as_deref()).await.unwrap();
    assert!(!page.more && page.items.len() == 290, "{}", page.items.len());
    told.extend(page.items);
    told.extend(rig.connector.inbound(page.cursor.as_deref()).await.unwrap().items);
    let mut numbers: Vec<usize> = told.iter().map(|item| item.text.parse().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..1110).collect::<Vec<_>>());
}
