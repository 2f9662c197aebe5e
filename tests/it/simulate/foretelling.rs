//! Each supposition, asked first and then made true.

use chrono::TimeDelta;
use entity::{
    PostId, channel,
    channel::{CredentialState, Platform},
    member,
    post::PostState,
};
use office::{
    channels, initiatives, members,
    pauses::{self, PausePublishing, Scope},
    posts::{self, When},
    simulate::{Outcome, Supposition},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};

use super::{came_true, outcomes, queued, supposed};
use crate::{
    handbooks::{SHOUTED, activate, propose, strict},
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

/// Three posts on each of two channels, an hour apart.
async fn six(desk: &Desk) -> Vec<PostId> {
    let mut posts = Vec::new();
    for (number, channel) in desk.channels.iter().enumerate() {
        for hour in 1..=3 {
            let words = format!("Clinic {number} opens at {hour} on Monday.");
            posts.push(queued(desk, &words, *channel, hour * 60, 30).await);
        }
    }
    posts
}

fn pause(scope: Scope, hours: (i64, Option<i64>), exempt: Vec<PostId>, desk: &Desk) -> Supposition {
    let at = |hours: i64| desk.office.now() + TimeDelta::hours(hours);
    Supposition::Pause {
        scope,
        reason: "A day of mourning".to_owned(),
        starts_at: Some(at(hours.0)),
        ends_at: hours.1.map(at),
        exempt,
    }
}

async fn begin(desk: &Desk, supposition: &Supposition) {
    let Supposition::Pause { scope, reason, starts_at, ends_at, exempt } = supposition.clone() else {
        panic!("this is no pause")
    };
    let pause = PausePublishing { client_key: None, scope, reason, starts_at, ends_at, exempt };
    pauses::begin(&desk.office, &permit(&desk.coordinator), pause).await.unwrap();
}

#[tokio::test]
async fn a_pause_that_ends_delays_some_and_makes_others_miss() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let mut posts = six(&desk).await;
        // Due within the pause, twenty minutes before it ends.
        posts.push(queued(&desk, "Clinic 9 opens on Monday.", desk.channels[0], 4 * 60 - 20, 30).await);
        let suppose = pause(Scope::Channel(desk.channels[0]), (2, Some(4)), vec![posts[2]], &desk);
        let told = supposed(&desk, suppose.clone()).await;
        assert_eq!((told.looked_at, told.more), (4, false), "the other channel is not reached");
        let expected = [(posts[1], Outcome::Missed), (posts[6], Outcome::LeavesLater)];
        assert_eq!(outcomes(&told), expected.into(), "one leaves before it, and one is exempt");
        assert_eq!(told.count(Outcome::AsBefore), 2);
        begin(&desk, &suppose).await;
        let end = desk.office.now() + TimeDelta::hours(4);
        came_true(&desk, &told, &posts, &[end]).await;
        assert_eq!(desk.post(posts[1]).await.state, PostState::Missed);
    }
}

#[tokio::test]
async fn a_pause_without_end_holds_until_somebody_acts() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let posts = six(&desk).await;
        let told =
            supposed(&desk, pause(Scope::Initiative(desk.initiative), (0, None), vec![posts[0]], &desk))
                .await;
        assert_eq!(told.count(Outcome::Held), 5);
        let held = &told.affected[0];
        assert_eq!((held.before.state, held.after.state), (PostState::Published, PostState::Held));
        assert_eq!(held.after.gates[0].gate, "PAUSE");
        assert_eq!(held.after.gates[0].reason, "publishing is paused: A day of mourning");
        begin(&desk, &pause(Scope::Initiative(desk.initiative), (0, None), vec![posts[0]], &desk)).await;
        came_true(&desk, &told, &posts, &[]).await;
    }
}

#[tokio::test]
async fn another_handbook_holds_what_it_blocks() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let mut posts = six(&desk).await;
        posts.push(queued(&desk, SHOUTED, desk.channels[0], 90, 30).await);
        let proposal = propose(&desk, strict).await;
        let told = supposed(&desk, Supposition::Handbook(proposal.id)).await;
        assert_eq!(outcomes(&told), [(posts[6], Outcome::Held)].into());
        assert_eq!(told.affected[0].after.gates[0].gate, "GUIDELINES");
        activate(&desk, proposal.id).await;
        assert_eq!(desk.post(posts[6]).await.state, PostState::Held);
        let eased = propose(&desk, |document| {
            crate::handbooks::rule(document, "GP2.shouting").severity = guidelines::Severity::Warn;
        })
        .await;
        let back = supposed(&desk, Supposition::Handbook(eased.id)).await;
        assert_eq!(outcomes(&back), [(posts[6], Outcome::Released)].into());
        came_true(&desk, &told, &posts, &[]).await;
    }
}

#[tokio::test]
async fn a_steward_who_is_away_shuts_the_channels_that_have_too_few_then() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let posts = six(&desk).await;
        let away = desk.manager.member_id().unwrap();
        let hour = |hours: i64| desk.office.now() + TimeDelta::hours(hours);
        let for_a_while = Supposition::StewardAbsent {
            member_id: away,
            from: Some(hour(2)),
            until: Some(hour(2) + TimeDelta::minutes(20)),
        };
        let told = supposed(&desk, for_a_while).await;
        assert_eq!(
            outcomes(&told),
            [(posts[1], Outcome::LeavesLater), (posts[4], Outcome::LeavesLater)].into()
        );
        assert_eq!(told.affected[0].after.leaves_at, Some(hour(2) + TimeDelta::minutes(20)));
        assert_eq!(told.affected[0].after.gates[0].gate, "STEWARDS");
        let nobody = Supposition::StewardAbsent {
            member_id: desk.coordinator.member_id().unwrap(),
            from: None,
            until: None,
        };
        assert_eq!(supposed(&desk, nobody).await.looked_at, 0, "who is no steward reaches nothing");
        let for_good = Supposition::StewardAbsent { member_id: away, from: None, until: None };
        let told = supposed(&desk, for_good).await;
        assert_eq!(told.count(Outcome::Held), 6);
        let first = member::Entity::find().filter(member::Column::Email.eq("ada@example.org"));
        let first = first.one(&desk.database).await.unwrap().unwrap();
        let administrator = members::requester_for(&desk.office, first.id).await.unwrap();
        let leaver = members::DepartMember { member_id: away, keep_integrations: Vec::new() };
        members::depart(&desk.office, &permit(&administrator), leaver).await.unwrap();
        came_true(&desk, &told, &posts, &[]).await;
    }
}

#[tokio::test]
async fn an_initiative_that_closes_and_a_channel_at_rest_hold_their_posts() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let posts = six(&desk).await;
        let closing = supposed(&desk, Supposition::InitiativeCloses(desk.initiative)).await;
        assert_eq!(closing.count(Outcome::Held), 6);
        assert_eq!(closing.affected[0].after.gates[0].gate, "INITIATIVE");
        let resting = supposed(&desk, Supposition::ChannelRests(desk.channels[1])).await;
        assert_eq!((resting.looked_at, resting.count(Outcome::Held)), (3, 3));
        channels::rest(&desk.office, &permit(&desk.coordinator), desk.channels[1], None).await.unwrap();
        came_true(&desk, &resting, &posts, &[]).await;
        let desk = Desk::open(&engine, 1).await;
        let posts = six(&desk).await;
        let closing = supposed(&desk, Supposition::InitiativeCloses(desk.initiative)).await;
        initiatives::close(
            &desk.office,
            &permit(&desk.coordinator),
            desk.initiative,
            initiatives::QueueFate::Keep,
        )
        .await
        .unwrap();
        came_true(&desk, &closing, &posts, &[]).await;
    }
}

/// Puts a channel on a platform that wants a credential.
async fn credential(desk: &Desk, state: CredentialState) {
    let id = desk.channels[0];
    let row = channel::Entity::find_by_id(id).one(&desk.database).await.unwrap().unwrap();
    let mut edit = channel::ActiveModel::from(row);
    edit.platform = Set(Platform::Mastodon);
    edit.credential_state = Set(state);
    edit.update(&desk.database).await.unwrap();
}

#[tokio::test]
async fn a_lost_credential_holds_what_needs_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        credential(&desk, CredentialState::Healthy).await;
        let posts = six(&desk).await;
        let page = supposed(&desk, Supposition::CredentialLost(desk.channels[1])).await;
        assert_eq!((page.looked_at, page.affected.len()), (3, 0), "the office's own page needs none");
        let told = supposed(&desk, Supposition::CredentialLost(desk.channels[0])).await;
        assert_eq!(told.count(Outcome::Held), 3);
        assert_eq!(told.affected[0].after.gates[0].gate, "CONNECTION");
        credential(&desk, CredentialState::Rejected).await;
        came_true(&desk, &told, &posts, &[]).await;
    }
}

#[tokio::test]
async fn a_moved_post_meets_others_and_the_gates_of_another_hour() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let posts = six(&desk).await;
        let now = desk.office.now();
        let suppose = pause(Scope::Office, (5, Some(6)), Vec::new(), &desk);
        begin(&desk, &suppose).await;
        let at = |minutes: i64| When::At {
            local_time: (now + TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string(),
            time_zone: Some("UTC".to_owned()),
        };
        let beside = supposed(&desk, Supposition::Move { post_id: posts[0], when: at(170) }).await;
        let near: Vec<_> = beside.clashes.iter().map(|post| post.id).collect();
        assert_eq!(near, [posts[2]], "ten minutes before another post of its channel");
        assert_eq!(outcomes(&beside), [(posts[0], Outcome::LeavesLater)].into());
        let earlier = supposed(&desk, Supposition::Move { post_id: posts[0], when: When::Now }).await;
        assert_eq!(outcomes(&earlier), [(posts[0], Outcome::LeavesEarlier)].into());
        let when = at(5 * 60 + 45);
        let told = supposed(&desk, Supposition::Move { post_id: posts[1], when: when.clone() }).await;
        assert_eq!(
            told.affected[0].after.leaves_at,
            Some(now + TimeDelta::hours(6)),
            "the pause is over then"
        );
        assert_eq!(told.affected[0].after.due_at, now + TimeDelta::minutes(5 * 60 + 45));
        posts::reschedule(&desk.office, &permit(&desk.author), posts[1], 1, &when).await.unwrap();
        came_true(&desk, &told, &posts, &[now + TimeDelta::hours(6)]).await;
    }
}
