//! Warnings about a time, before it is decided and while a post waits.

use office::{
    blackouts::{self, AddBlackout},
    posts::When,
    warnings::{self, Warning, WarningKind},
};

use super::{at, scheduled};
use crate::support::{
    desk::{Desk, permit},
    engine::engines,
};

fn kinds(warnings: &[Warning]) -> Vec<WarningKind> {
    warnings.iter().map(|warning| warning.kind).collect()
}

#[tokio::test]
async fn they_are_told_before_a_time_is_decided_and_stop_nothing() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let first = desk.approved("Clinic 1 opens on Monday.", &desk.channels[..1]).await;
        let other = scheduled(&desk, first.id, &[], at("2027-03-05T10:00"), 60).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let foresee = async |channels: &[entity::ChannelId], when: When| {
            let asked = permit(&desk.author);
            warnings::foresee(&desk.office, &asked, draft.id, channels, &when).await.unwrap()
        };
        let one = &desk.channels[..1];
        let clash = foresee(one, at("2027-03-05T10:10")).await;
        assert_eq!((kinds(&clash), &clash[0].posts), (vec![WarningKind::Clash], &vec![other.id]));
        assert_eq!(kinds(&foresee(one, at("2027-03-05T11:00")).await), []);
        assert_eq!(kinds(&foresee(one, at("2027-04-05T11:00")).await), [WarningKind::Silence]);
        let both = foresee(&[], at("2027-03-05T12:00")).await;
        assert_eq!(kinds(&both), [WarningKind::SameMoment; 2], "the same draft on two channels");
        let blackout = AddBlackout {
            client_key: None,
            channel_id: None,
            days: Some(("2027-03-08".parse().unwrap(), "2027-03-08".parse().unwrap())),
            yearly: false,
            hours: None,
            time_zone: None,
            reason: "A holiday".to_owned(),
            exempt: Vec::new(),
        };
        let blackout = blackouts::add(&desk.office, &permit(&desk.coordinator), blackout).await.unwrap();
        assert_eq!(kinds(&foresee(one, at("2027-03-08T11:00")).await), [WarningKind::Blackout]);
        let post = scheduled(&desk, draft.id, one, at("2027-03-08T11:00"), 60).await;
        let told = async || {
            warnings::of_posts(&desk.office, post.office_id, &[post.clone(), other.clone()]).await.unwrap()
        };
        assert_eq!(
            told().await.iter().map(|told| kinds(told)).collect::<Vec<_>>(),
            [vec![WarningKind::Blackout], vec![]]
        );
        blackouts::exempt(&desk.office, &permit(&desk.coordinator), blackout.id, &[post.id]).await.unwrap();
        assert_eq!(told().await.iter().flatten().count(), 0, "an exempt post is not warned of");
    }
}

#[tokio::test]
async fn a_crowded_day_is_told_of_every_post_of_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let mut posts = Vec::new();
        for hour in 10..16 {
            let draft = desk.approved(&format!("Clinic {hour} opens on Monday."), &desk.channels).await;
            posts.push(scheduled(&desk, draft.id, &[], at(&format!("2027-03-05T{hour}:00")), 60).await);
        }
        let told = warnings::of_posts(&desk.office, posts[0].office_id, &posts).await.unwrap();
        assert!(told.iter().all(|told| kinds(told) == [WarningKind::CrowdedDay]), "{told:?}");
        let five =
            office::posts::cancel(&desk.office, &permit(&desk.author), posts[5].id, posts[5].version).await;
        posts[5] = five.unwrap();
        let told = warnings::of_posts(&desk.office, posts[0].office_id, &posts).await.unwrap();
        assert_eq!(told.iter().flatten().count(), 0, "five a day are not many");
    }
}
