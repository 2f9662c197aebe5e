//! Moving and giving up many posts.

use entity::{PostId, audit_entry, bulk_act::LeftReason, member::Role, post, post::PostState};
use office::{
    RefusalCode,
    members::{self, CreateMember},
    posts::{
        self, PostFilter,
        bulk::{Act, BulkPosts, Selection},
    },
};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{all, asked, done, dry, left, put, queued, refusal, shift, times, to};
use crate::support::{
    desk::{Desk, first_administrator, new_office, permit},
    engine::engines,
    snapshot::everything,
};

#[tokio::test]
async fn a_dry_run_writes_nothing_and_the_doing_notes_each_post() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let first = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await;
        let second = queued(&desk, "Clinic 2 opens on Friday.", &desk.channels, "2027-03-03T09:00").await;
        let before = everything(&desk.database).await;
        let said = dry(&desk, &all(), &shift(1, 30)).await;
        assert_eq!(everything(&desk.database).await, before, "a dry run writes nothing");
        assert_eq!(left(&said), [None; 4]);
        let act = done(&desk, &all(), &shift(1, 30)).await;
        assert_eq!(times(&desk, &first).await, ["2027-03-03T09:30:00"; 2]);
        assert_eq!(times(&desk, &second).await, ["2027-03-04T09:30:00"; 2]);
        for seen in first.iter().chain(&second) {
            let post = desk.post(seen.id).await;
            assert_eq!((post.version, post.run_at), (seen.version + 1, post.due_at));
            assert_eq!(post.missed_after - post.due_at, seen.missed_after - seen.due_at);
            let notes = audit_entry::Entity::find()
                .filter(audit_entry::Column::SubjectId.eq(post.id.0))
                .filter(audit_entry::Column::Action.eq("reschedulePost"))
                .all(&desk.database)
                .await
                .unwrap();
            assert_eq!(notes.len(), 1, "each changed post has its own note");
            assert!(notes[0].detail.contains(&act.id.unwrap().to_string()));
        }
        let report = office::audit::verify(desk.office.db().read(), desk.author.office_id).await.unwrap();
        assert_eq!(report.broken_at, None);
        let again = refusal(asked(&desk, &all(), &shift(1, 30), Some(&said.plan)).await);
        assert_eq!(again.code, RefusalCode::Conflict, "a plan is done once");
    }
}

#[tokio::test]
async fn a_queue_that_changed_is_told_and_nothing_is_done() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let one =
            queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await.remove(0);
        let two =
            queued(&desk, "Clinic 2 opens on Friday.", &desk.channels, "2027-03-03T09:00").await.remove(0);
        let waiting =
            Selection::Filter(PostFilter { states: vec![PostState::Scheduled], ..PostFilter::default() });
        let plan = dry(&desk, &waiting, &shift(7, 0)).await.plan;
        posts::cancel(&desk.office, &permit(&desk.author), two.id, two.version).await.unwrap();
        let new =
            queued(&desk, "Clinic 3 opens on Sunday.", &desk.channels, "2027-03-04T09:00").await.remove(0);
        let before = everything(&desk.database).await;
        let refused = refusal(asked(&desk, &waiting, &shift(7, 0), Some(&plan)).await);
        let mut changed = vec![two.id, new.id];
        changed.sort_unstable();
        assert_eq!((refused.code, refused.posts.into_vec()), (RefusalCode::Conflict, changed));
        assert_eq!(everything(&desk.database).await, before, "nothing was done");
        let other = refusal(asked(&desk, &waiting, &shift(8, 0), Some(&plan)).await);
        assert_eq!(other.code, RefusalCode::Conflict, "a plan is for one act");
        desk.wait(chrono::TimeDelta::days(9));
        let plan = dry(&desk, &waiting, &shift(0, -60)).await;
        assert_eq!(left(&plan), [Some(LeftReason::InThePast); 2], "{one:?}");
        for (expect, code) in [(Some("nonsense"), RefusalCode::Invalid), (Some("."), RefusalCode::Invalid)] {
            assert_eq!(refusal(asked(&desk, &waiting, &shift(8, 0), expect).await).code, code);
        }
        let input = BulkPosts {
            client_key: None,
            selection: waiting,
            act: Act::Cancel,
            dry_run: false,
            expect: None,
        };
        let refused = posts::bulk::act(&desk.office, &permit(&desk.author), input).await;
        assert_eq!(refusal(refused).code, RefusalCode::Required, "nothing is done unseen");
    }
}

#[tokio::test]
async fn what_is_out_or_leaving_is_never_touched() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let states = [
            (PostState::Published, Some(LeftReason::AlreadyPublished)),
            (PostState::Corrected, Some(LeftReason::AlreadyPublished)),
            (PostState::Sending, Some(LeftReason::Leaving)),
            (PostState::Unconfirmed, Some(LeftReason::IllegalState)),
            (PostState::Rejected, Some(LeftReason::IllegalState)),
            (PostState::Cancelled, Some(LeftReason::IllegalState)),
            (PostState::Scheduled, None),
            (PostState::Retrying, None),
            (PostState::Held, None),
            (PostState::Missed, None),
        ];
        let mut ids = Vec::new();
        for (day, (state, _)) in states.iter().enumerate() {
            let at = format!("2027-04-{:02}T09:00", day + 1);
            let post = queued(&desk, &format!("Clinic {day} opens."), &desk.channels, &at).await.remove(0);
            ids.push(put(&desk, post.id, *state).await.id);
        }
        let expected: Vec<_> = states.iter().map(|(_, reason)| *reason).collect();
        let gone = PostId(Uuid::from_u128(7));
        let chosen = Selection::Posts(ids.iter().copied().chain([gone, gone, ids[0]]).collect());
        let mut before = Vec::new();
        for id in &ids {
            before.push(desk.post(*id).await);
        }
        let moved = done(&desk, &chosen, &shift(0, 5)).await;
        assert_eq!(left(&moved)[..10], expected);
        assert_eq!(left(&moved)[10..], [Some(LeftReason::NotFound)], "each once");
        let given_up = done(&desk, &chosen, &Act::Cancel).await;
        assert_eq!(left(&given_up)[..10], expected);
        for (seen, reason) in before.iter().zip(expected) {
            let now = desk.post(seen.id).await;
            match reason {
                None => assert_eq!(now.state, PostState::Cancelled),
                Some(_) => assert_eq!(now, *seen, "not a byte of it changed"),
            }
        }
    }
}

#[tokio::test]
async fn days_keep_the_time_of_day_and_minutes_do_not() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        // The clocks go forward on 14 March 2027.
        let posts = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-13T09:00").await;
        done(&desk, &Selection::Posts(vec![posts[0].id]), &shift(1, 0)).await;
        done(&desk, &Selection::Posts(vec![posts[1].id]), &shift(0, 24 * 60)).await;
        assert_eq!(times(&desk, &posts).await, ["2027-03-14T09:00:00", "2027-03-14T10:00:00"]);
        done(&desk, &all(), &to("2027-03-14T02:30")).await;
        assert_eq!(times(&desk, &posts).await, ["2027-03-14T02:30:00"; 2], "skipped, and moved by the gap");
        assert_eq!(desk.post(posts[0].id).await.due_at.to_rfc3339(), "2027-03-14T10:30:00+00:00");
        let far = dry(&desk, &all(), &shift(725, 0)).await;
        assert_eq!(left(&far), [Some(LeftReason::TooFarAhead); 2]);
        for (act, code) in [
            (shift(0, 0), RefusalCode::Required),
            (shift(731, 0), RefusalCode::Invalid),
            (to("soon"), RefusalCode::Invalid),
        ] {
            assert_eq!(refusal(asked(&desk, &all(), &act, None).await).code, code, "{act:?}");
        }
    }
}

#[tokio::test]
async fn two_posts_of_a_channel_never_meet() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let nine = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await;
        let ten = queued(&desk, "Clinic 2 opens on Friday.", &desk.channels[..1], "2027-03-02T10:00")
            .await
            .remove(0);
        let eleven = queued(&desk, "Clinic 3 opens on Sunday.", &desk.channels[..1], "2027-03-02T11:00")
            .await
            .remove(0);
        let pair = Selection::Posts(vec![nine[0].id, ten.id]);
        let onto = dry(&desk, &pair, &shift(0, 60)).await;
        let clash = Some(LeftReason::WouldClash);
        assert_eq!(
            left(&onto),
            [clash, clash],
            "the later one meets a post, and stays in the way of the earlier one"
        );
        let three = Selection::Posts(vec![eleven.id, ten.id, nine[0].id]);
        assert_eq!(left(&done(&desk, &three, &shift(0, 60)).await), [None; 3], "all of them go on");
        let noon = done(&desk, &all(), &to("2027-03-05T12:00")).await;
        assert_eq!(left(&noon), [None, None, clash, clash], "the first of each channel");
        assert_eq!(
            left(&dry(&desk, &all(), &to("2027-03-05T12:00")).await)[2..],
            [Some(LeftReason::AsWished); 2]
        );
    }
}

#[tokio::test]
async fn what_was_too_late_does_not_come_back_beside_its_own_words() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let late =
            queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await.remove(0);
        put(&desk, late.id, PostState::Missed).await;
        let again = post::Model {
            id: PostId(Uuid::from_u128(1)),
            idempotency_key: "again".to_owned(),
            ..late.clone()
        };
        post::ActiveModel::from(again.clone()).reset_all().insert(&desk.database).await.unwrap();
        let chosen = Selection::Posts(vec![late.id]);
        assert_eq!(left(&dry(&desk, &chosen, &shift(1, 0)).await), [Some(LeftReason::WouldClash)]);
        put(&desk, again.id, PostState::Missed).await;
        let both = done(&desk, &Selection::Posts(vec![late.id, again.id]), &shift(1, 0)).await;
        let mut reasons = left(&both);
        reasons.sort_unstable();
        assert_eq!(reasons, [None, Some(LeftReason::WouldClash)], "one of the two");
    }
}

#[tokio::test]
async fn too_many_are_refused_with_their_number_and_another_office_has_none() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let one =
            queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await.remove(0);
        let copies = (1..=600u128).map(|number| {
            let copy = post::Model {
                id: PostId(Uuid::from_u128(number)),
                state: PostState::Cancelled,
                idempotency_key: number.to_string(),
                ..one.clone()
            };
            post::ActiveModel::from(copy).reset_all()
        });
        post::Entity::insert_many(copies).exec_without_returning(&desk.database).await.unwrap();
        let refused = refusal(asked(&desk, &all(), &Act::Cancel, None).await);
        assert_eq!(refused.code, RefusalCode::TooLong);
        assert!(refused.message.contains("matches 601 posts") && refused.message.contains("takes 500"));
        let ids = (0..501).map(|number| PostId(Uuid::from_u128(number))).collect();
        let refused = refusal(asked(&desk, &Selection::Posts(ids), &Act::Cancel, None).await);
        assert_eq!(refused.code, RefusalCode::TooLong);
        let refused = refusal(asked(&desk, &Selection::Posts(Vec::new()), &Act::Cancel, None).await);
        assert_eq!(refused.code, RefusalCode::Required);
        let (_, first) =
            office::offices::create(&desk.office, new_office("other"), first_administrator()).await.unwrap();
        let administrator = members::requester_for(&desk.office, first.id).await.unwrap();
        assert!(administrator.permit::<office::policy::op::BulkPosts>().is_err(), "as for one post");
        let create = CreateMember {
            client_key: None,
            email: "stranger@example.org".to_owned(),
            name: "A stranger".to_owned(),
            roles: vec![Role::Coordinator],
            password: None,
        };
        let stranger = members::create(&desk.office, &permit(&administrator), create).await.unwrap();
        let stranger = members::requester_for(&desk.office, stranger.id).await.unwrap();
        let selection = Selection::Posts(vec![one.id]);
        let input = BulkPosts { client_key: None, selection, act: Act::Cancel, dry_run: true, expect: None };
        let seen = posts::bulk::act(&desk.office, &permit(&stranger), input).await.unwrap();
        assert_eq!(left(&seen), [Some(LeftReason::NotFound)]);
        assert!(seen.posts.is_empty() && seen.outcomes[0].before.is_none());
    }
}
