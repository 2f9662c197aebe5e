//! Quiet times: what they stop, for how long, and who may declare them and let posts out. The desk's clock shows nine in the
//! morning of Monday, the first of March 2027, in Vancouver.

use chrono::TimeDelta;
use entity::{ChannelId, PostId, blackout, post::PostState};
use office::{
    RefusalCode, Requester, Result,
    blackouts::{self, AddBlackout},
    gate::{self, GateKind},
    posts::{self, When},
    queue,
    slots::{self, AddSlot},
};

use super::{at, code, scheduled, work};
use crate::{
    queue::worker,
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

fn quiet(channel_id: Option<ChannelId>) -> AddBlackout {
    AddBlackout {
        client_key: None,
        channel_id,
        days: None,
        yearly: false,
        hours: None,
        time_zone: None,
        reason: "Nobody is at the desk".to_owned(),
        exempt: Vec::new(),
    }
}

fn hours(from: &str, to: &str) -> AddBlackout {
    AddBlackout { hours: Some((from.to_owned(), to.to_owned())), ..quiet(None) }
}

fn days(first: &str, last: &str) -> AddBlackout {
    AddBlackout { days: Some((first.parse().unwrap(), last.parse().unwrap())), ..quiet(None) }
}

async fn add(desk: &Desk, who: &Requester, input: AddBlackout) -> Result<blackout::Model> {
    blackouts::add(&desk.office, &permit(who), input).await
}

async fn release(desk: &Desk) {
    queue::release_held(&desk.office, worker(1), None).await.unwrap();
}

async fn shut(desk: &Desk, id: PostId) -> Vec<GateKind> {
    let (_, gates) = gate::explain(&desk.office, &permit(&desk.author), id).await.unwrap();
    gates.into_iter().filter(|gate| !gate.open).map(|gate| gate.kind).collect()
}

#[tokio::test]
async fn a_post_that_comes_due_in_quiet_hours_is_held_and_leaves_when_they_are_over() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = scheduled(&desk, draft.id, &[], at("2027-03-01T22:30"), 720).await;
        add(&desk, &desk.coordinator, hours("22:00", "07:00")).await.unwrap();
        assert_eq!(shut(&desk, post.id).await, [GateKind::Blackout], "explain tells it before it comes due");
        desk.wait(TimeDelta::minutes(13 * 60 + 30));
        assert_eq!(work(&desk).await, [PostState::Held]);
        let hold = desk.post(post.id).await.hold.unwrap();
        assert_eq!(hold.gates[0].gate, "BLACKOUT");
        assert!(hold.gates[0].opens.contains("2027-03-02T15:00:00Z"), "{hold:?}: seven in the morning");
        desk.wait(TimeDelta::minutes(8 * 60 + 29));
        release(&desk).await;
        assert_eq!(desk.post(post.id).await.state, PostState::Held, "a minute before");
        desk.wait(TimeDelta::minutes(1));
        release(&desk).await;
        assert_eq!(work(&desk).await, [PostState::Published]);
    }
}

#[tokio::test]
async fn what_has_become_stale_in_a_blackout_asks() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        add(&desk, &desk.coordinator, days("2027-03-01", "2027-03-02")).await.unwrap();
        let post = scheduled(&desk, draft.id, &[], When::Now, 60).await;
        assert_eq!(work(&desk).await, [PostState::Held]);
        desk.wait(TimeDelta::days(2));
        queue::expire(&desk.office, worker(1)).await.unwrap();
        release(&desk).await;
        assert_eq!(desk.post(post.id).await.state, PostState::Missed);
    }
}

#[tokio::test]
async fn an_exempt_post_leaves_and_so_does_one_that_was_moved_or_whose_blackout_is_removed() {
    for engine in engines() {
        let desk = Desk::open(&engine, 3).await;
        let blackout = add(&desk, &desk.coordinator, days("2027-03-01", "2027-03-02")).await.unwrap();
        let mut held = Vec::new();
        for (number, channel) in desk.channels.iter().enumerate() {
            let draft = desk.approved(&format!("Clinic {number} opens on Monday."), &[*channel]).await;
            held.push(scheduled(&desk, draft.id, &[], When::Now, 10_000).await.id);
        }
        assert_eq!(work(&desk).await, [PostState::Held; 3]);
        let exempt =
            async |id| blackouts::exempt(&desk.office, &permit(&desk.coordinator), blackout.id, &[id]).await;
        let (once, twice) = (exempt(held[0]).await.unwrap(), exempt(held[0]).await.unwrap());
        assert_eq!((once.exempt.0.len(), twice.exempt.0.len()), (1, 1), "saying it twice changes nothing");
        release(&desk).await;
        assert_eq!(work(&desk).await, [PostState::Published]);
        let version = desk.post(held[1]).await.version;
        let later = at("2027-03-03T09:00");
        posts::reschedule(&desk.office, &permit(&desk.author), held[1], version, &later).await.unwrap();
        assert_eq!(shut(&desk, held[1]).await, []);
        blackouts::remove(&desk.office, &permit(&desk.coordinator), blackout.id).await.unwrap();
        release(&desk).await;
        assert_eq!(work(&desk).await, [PostState::Published]);
        let again = blackouts::remove(&desk.office, &permit(&desk.coordinator), blackout.id).await;
        assert_eq!(code(again), RefusalCode::IllegalState);
    }
}

#[tokio::test]
async fn a_channel_s_blackout_stops_that_channel_alone_and_its_stewards_declare_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let whole = add(&desk, &desk.author, hours("08:00", "18:00")).await;
        assert_eq!(code(whole), RefusalCode::NotResponsible, "for the whole office a coordinator does it");
        let one = AddBlackout { channel_id: Some(desk.channels[0]), ..hours("08:00", "18:00") };
        let blackout = add(&desk, &desk.author, one).await.unwrap();
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        for post in desk.schedule_now(draft.id).await {
            let stopped = post.channel_id == desk.channels[0];
            assert_eq!(shut(&desk, post.id).await.contains(&GateKind::Blackout), stopped);
        }
        blackouts::remove(&desk.office, &permit(&desk.manager), blackout.id).await.unwrap();
    }
}

#[tokio::test]
async fn a_free_slot_is_outside_of_quiet_times_and_within_the_limit() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        for (weekday, local_time) in [(1, "09:30"), (1, "23:00")] {
            let (channel_id, local_time) = (desk.channels[0], local_time.to_owned());
            let slot = AddSlot { client_key: None, channel_id, weekday, local_time, time_zone: None };
            slots::add(&desk.office, &permit(&desk.author), slot).await.unwrap();
        }
        let free = async || {
            let (office, channel) = (&desk.office, desk.channels[0]);
            let office_id = desk.author.office_id;
            let found =
                posts::next_free_slot(office, office.db().read(), office_id, channel, office.now()).await;
            found.unwrap().map(|time| time.local_time)
        };
        assert_eq!(free().await.unwrap(), "2027-03-01T09:30:00");
        add(&desk, &desk.coordinator, hours("22:00", "07:00")).await.unwrap();
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        scheduled(&desk, draft.id, &[], When::NextFreeSlot, 60).await;
        assert_eq!(free().await.unwrap(), "2027-03-08T09:30:00", "not at eleven in the evening");
        add(&desk, &desk.coordinator, days("2027-03-08", "2027-03-15")).await.unwrap();
        assert_eq!(free().await.unwrap(), "2027-03-22T09:30:00");
        add(&desk, &desk.coordinator, days("2027-03-16", "2028-03-14")).await.unwrap();
        assert_eq!(free().await.unwrap(), "2028-03-20T09:30:00", "it is looked for months ahead");
        add(&desk, &desk.coordinator, days("2028-03-15", "2029-03-15")).await.unwrap();
        assert_eq!(free().await, None, "but not beyond the limit");
        let other = desk.approved("The clinic opens on Monday.", &desk.channels).await;
        let wish = posts::SchedulePost {
            client_key: None,
            draft_id: other.id,
            channel_ids: Vec::new(),
            when: When::NextFreeSlot,
            publish_late_minutes: None,
            after: None,
        };
        assert_eq!(
            code(posts::schedule(&desk.office, &permit(&desk.author), wish).await),
            RefusalCode::Invalid
        );
    }
}
