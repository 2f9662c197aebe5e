//! What is said below posts, told by a platform that is out of order or means no good: odd items, times that are none, places
//! that lead nowhere, clocks that differ. Nothing is lost, nothing told twice, and every reading ends.

mod answers;
mod scene;

use chrono::TimeDelta;
use serde_json::json;

use super::rig::now;
use crate::PlatformKind;
use scene::{KINDS, Scene, dialect};

#[tokio::test]
async fn an_odd_item_hides_no_other() {
    for kind in KINDS {
        let odd =
            [json!(null), json!(7), json!("x"), json!([]), json!({}), json!({ "id": null, "snippet": null })];
        for odd in odd {
            let mut scene = Scene::new(kind).await;
            scene.say("one");
            scene.say("two");
            let put = odd.clone();
            scene.twist(move |items| (0..=items.len()).rev().for_each(|at| items.insert(at, put.clone())));
            assert_eq!(scene.read().await, ["one", "two"], "{kind} {odd}");
            assert!(scene.read().await.is_empty(), "{kind} {odd}");
        }
    }
}

#[tokio::test]
async fn who_has_no_name_and_no_words_is_told_all_the_same() {
    for kind in KINDS {
        for (place, odd) in [(dialect(kind).author, json!(null)), (dialect(kind).words, json!(null))] {
            let mut scene = Scene::new(kind).await;
            scene.say("one");
            scene.retell("one", place, odd);
            let told = scene.read().await;
            assert_eq!(told, [if place == dialect(kind).words { "" } else { "one" }], "{kind} {place}");
        }
    }
}

#[tokio::test]
async fn a_time_to_come_hides_nothing_and_is_told_once() {
    for kind in KINDS {
        let far = match kind {
            PlatformKind::LinkedIn => vec![json!(253_402_300_799_000_i64), json!(i64::MAX)],
            _ => vec![json!("9999-12-31T23:59:59+0000"), json!("9999-12-31T23:59:59Z")],
        };
        for far in far {
            let mut scene = Scene::new(kind).await;
            scene.say("odd");
            scene.say("one");
            scene.retell("odd", scene.dialect.time, far.clone());
            let mut told = scene.read().await;
            for (minutes, words) in [(90, "two"), (180, "three"), (181, "four")] {
                scene.both_clocks(TimeDelta::minutes(minutes));
                scene.say(words);
                told.extend(scene.read().await);
                told.extend(scene.read().await);
            }
            told.sort();
            // A comment without a time that can be read has no place on Facebook's lists.
            let is_told = kind != PlatformKind::Facebook || far == json!("9999-12-31T23:59:59+0000");
            let mut all = vec!["four", "odd", "one", "three", "two"];
            all.retain(|words| is_told || *words != "odd");
            assert_eq!(told, all, "{kind} {far}");
        }
    }
}

#[tokio::test]
async fn a_time_long_past_hides_nothing() {
    for kind in KINDS {
        let past =
            if kind == PlatformKind::LinkedIn { json!(i64::MIN) } else { json!("0001-01-01T00:00:00+0000") };
        let mut scene = Scene::new(kind).await;
        scene.say("known");
        scene.read().await;
        scene.both_clocks(TimeDelta::hours(2));
        for number in 0..120 {
            scene.say(&format!("{number:03}"));
        }
        scene.retell("110", scene.dialect.time, past);
        let expected = (0..120).map(|number| format!("{number:03}")).filter(|number| number != "110");
        let mut told = scene.read().await;
        told.retain(|number| number != "110");
        assert!(told.iter().eq(&expected.collect::<Vec<_>>()), "{kind} {told:?}");
    }
}

#[tokio::test]
async fn what_is_listed_twice_is_told_once() {
    for kind in KINDS {
        let mut scene = Scene::new(kind).await;
        scene.say("one");
        scene.say("two");
        scene.twist(|items| items.extend(items.clone()));
        assert_eq!(scene.read().await, ["one", "two"], "{kind}");
        assert!(scene.read().await.is_empty(), "{kind}");
    }
}

#[tokio::test]
async fn a_list_that_never_ends_is_left_and_what_is_new_is_told() {
    for kind in KINDS {
        for same in [true, false] {
            let mut scene = Scene::new(kind).await;
            scene.say("known");
            scene.read().await;
            scene.both_clocks(TimeDelta::hours(2));
            scene.say("one");
            scene.goes_on(same);
            let asked = scene.rig.fake().requests().len();
            assert!(scene.read().await.contains(&"one".to_owned()), "{kind} {same}");
            let asked = scene.rig.fake().requests().len() - asked;
            assert!(asked < if same { 60 } else { 1300 }, "{kind} {same}: {asked} questions");
            scene.both_clocks(TimeDelta::hours(3));
            scene.say("two");
            assert!(scene.read().await.contains(&"two".to_owned()), "{kind} {same}");
            scene.rig.fake().untwist();
            scene.read().await;
            scene.both_clocks(TimeDelta::hours(4));
            scene.say("three");
            assert_eq!(scene.read().await, ["three"], "{kind} {same}");
        }
    }
}

#[tokio::test]
async fn a_list_that_is_cut_short_meanwhile_hides_nothing() {
    let mut scene = Scene::new(PlatformKind::LinkedIn).await;
    scene.both_clocks(TimeDelta::hours(2));
    for number in 0..60 {
        scene.say(&format!("{number:02}"));
    }
    scene.both_clocks(TimeDelta::hours(4));
    // Of the second page nothing is left, as if all before it had been taken back while it was asked for.
    scene.rig.fake().twist(|target, answer| {
        if !target.contains("&start=0&") {
            answer["elements"] = json!([]);
        }
    });
    assert_eq!(scene.read().await.len(), 50);
    scene.rig.fake().untwist();
    scene.both_clocks(TimeDelta::hours(6));
    assert_eq!(scene.read().await.len(), 10);
}

#[tokio::test]
async fn a_clock_of_ours_that_is_wrong_loses_nothing() {
    for kind in KINDS {
        for ahead in [TimeDelta::hours(3), TimeDelta::days(400)] {
            let mut scene = Scene::new(kind).await;
            scene.rig.clock.pass(ahead.to_std().unwrap());
            scene.say("one");
            let mut told = scene.read().await;
            scene.rig.fake().set_now(Some(now() + TimeDelta::minutes(5)));
            scene.say("two");
            told.extend(scene.read().await);
            // It is put right.
            let Scene { rig, ours, cursor, dialect } = scene;
            let mut scene = Scene { rig: rig.restarted(), ours, cursor, dialect };
            scene.both_clocks(TimeDelta::minutes(10));
            scene.say("three");
            told.extend(scene.read().await);
            // On Facebook what is below a post of more than ninety days is not read.
            let all = ["one", "two", "three"];
            let late = kind == PlatformKind::Facebook && ahead > TimeDelta::days(90);
            assert_eq!(told.len(), if late { 3 } else { all.len() }, "{kind} {ahead}: {told:?}");
        }
    }
}

#[tokio::test]
async fn what_is_listed_a_minute_late_below_nothing_newer_is_told() {
    for kind in KINDS {
        let mut scene = Scene::new(kind).await;
        scene.both_clocks(TimeDelta::minutes(30));
        scene.say("one");
        assert_eq!(scene.read().await, ["one"], "{kind}");
        scene.rig.fake().set_now(Some(now() + TimeDelta::minutes(29)));
        scene.say("late");
        scene.both_clocks(TimeDelta::minutes(35));
        assert_eq!(scene.read().await, ["late"], "{kind}");
        assert!(scene.read().await.is_empty(), "{kind}");
    }
}
