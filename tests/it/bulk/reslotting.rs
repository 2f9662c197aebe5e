//! The next free slots, given to many posts.

use entity::{bulk_act::LeftReason, post};
use office::{
    posts::bulk::{Act, Selection},
    slots::{self, AddSlot},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::{all, done, dry, left, queued, times};
use crate::support::{
    desk::{Desk, permit},
    engine::engines,
};

async fn slot(desk: &Desk, channel: usize, weekday: i16, local_time: &str) {
    let add = AddSlot {
        client_key: None,
        channel_id: desk.channels[channel],
        weekday,
        local_time: local_time.to_owned(),
        time_zone: None,
    };
    slots::add(&desk.office, &permit(&desk.author), add).await.unwrap();
}

#[tokio::test]
async fn posts_take_the_next_slots_in_the_order_of_their_times() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        // It is Monday, 1 March 2027, nine o'clock in Vancouver.
        slot(&desk, 0, 2, "09:30").await;
        slot(&desk, 0, 4, "14:00").await;
        slot(&desk, 1, 3, "08:00").await;
        let one = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-20T11:11").await;
        let taken = queued(&desk, "Clinic 2 opens on Friday.", &desk.channels[..1], "2027-03-04T14:00").await;
        let three = queued(&desk, "Clinic 3 opens on Sunday.", &desk.channels[..1], "2027-03-06T10:00").await;
        let chosen = Selection::Posts(vec![one[0].id, one[1].id, three[0].id]);
        let act = done(&desk, &chosen, &Act::Reslot).await;
        assert_eq!(left(&act), [None; 3]);
        assert_eq!(times(&desk, &three).await, ["2027-03-02T09:30:00"], "the earliest goes first");
        assert_eq!(times(&desk, &taken).await, ["2027-03-04T14:00:00"], "a slot that is taken is not given");
        assert_eq!(times(&desk, &one).await, ["2027-03-09T09:30:00", "2027-03-03T08:00:00"]);
        let again = done(&desk, &all(), &Act::Reslot).await;
        assert_eq!(left(&again), [Some(LeftReason::AsWished); 4], "they keep the slots that they have");
        slot(&desk, 0, 5, "07:00").await;
        done(&desk, &all(), &Act::Reslot).await;
        assert_eq!(times(&desk, &three).await, ["2027-03-02T09:30:00"]);
        assert_eq!(times(&desk, &taken).await, ["2027-03-04T14:00:00"]);
        assert_eq!(times(&desk, &one[..1]).await, ["2027-03-05T07:00:00"], "closer up, into the new one");
    }
}

#[tokio::test]
async fn the_parts_of_a_thread_take_one_slot() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        slot(&desk, 0, 2, "09:30").await;
        slot(&desk, 0, 4, "14:00").await;
        let first = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-20T11:11").await;
        let second = queued(&desk, "Clinic 2 opens on Friday.", &desk.channels, "2027-03-20T11:11").await;
        let next = queued(&desk, "Clinic 3 opens on Sunday.", &desk.channels, "2027-03-21T11:11").await;
        // As scheduling a draft in two parts leaves them.
        let mut edit: post::ActiveModel = first[0].clone().into();
        edit.part = Set(1);
        edit.update(&desk.database).await.unwrap();
        let mut edit: post::ActiveModel = second[0].clone().into();
        edit.part = Set(2);
        edit.draft_id = Set(first[0].draft_id);
        edit.revision_id = Set(first[0].revision_id);
        edit.follows_post_id = Set(Some(first[0].id));
        edit.waits = Set(true);
        edit.update(&desk.database).await.unwrap();
        assert_eq!(left(&done(&desk, &all(), &Act::Reslot).await), [None; 3]);
        assert_eq!(times(&desk, &first).await, ["2027-03-02T09:30:00"]);
        assert_eq!(times(&desk, &second).await, ["2027-03-02T09:30:00"]);
        assert_eq!(times(&desk, &next).await, ["2027-03-04T14:00:00"]);
        let alone = Selection::Posts(vec![second[0].id]);
        assert_eq!(left(&dry(&desk, &alone, &Act::Reslot).await), [Some(LeftReason::NoFreeSlot)]);
    }
}

#[tokio::test]
async fn a_channel_without_slots_keeps_its_posts() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-20T11:11").await;
        assert_eq!(left(&dry(&desk, &all(), &Act::Reslot).await), [Some(LeftReason::NoFreeSlot)]);
        done(&desk, &all(), &Act::Reslot).await;
        assert_eq!(desk.post(post[0].id).await, post[0]);
    }
}
