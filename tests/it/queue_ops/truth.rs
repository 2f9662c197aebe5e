//! The truth about outcomes and the only safe next act, state by state: pure, over rows that one real post gives.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    attempt::{self, AttemptKind, AttemptOutcome},
    channel::{self, ChannelState, CredentialState, Platform},
    post::{self, PostState, ShutGate},
};
use office::{
    lifecycle::{Lifecycle as _, PostEvent},
    posts::{Act, Outcome, OutcomeEvidence, OutcomeKind, next_act, next_try, outcome},
    queue::SendOutcome,
};
use sea_orm::Iterable as _;

use crate::{
    queue::cause,
    support::{desk::Desk, engine::Engine},
};

/// Rows of one real post, to be made into others.
struct Rows {
    post: post::Model,
    channel: channel::Model,
    attempt: attempt::Model,
    now: DateTime<Utc>,
}

impl Rows {
    async fn read() -> Self {
        let desk = Desk::open(&Engine::Sqlite, 1).await;
        let post = super::scheduled(&desk).await;
        let ready = desk.claim_one(1).await;
        desk.settle(&ready, SendOutcome::Unknown(cause())).await;
        let (db, office_id) = (desk.office.db().read(), post.office_id);
        Self {
            attempt: office::read::one::<attempt::Entity>(db, office_id, ready.attempt_id).await.unwrap(),
            channel: office::read::one::<channel::Entity>(db, office_id, post.channel_id).await.unwrap(),
            post,
            now: desk.office.now(),
        }
    }

    fn post(&self, state: PostState) -> post::Model {
        post::Model { state, ..self.post.clone() }
    }

    fn tried(&self, number: i32, outcome: AttemptOutcome) -> attempt::Model {
        let kind = match outcome {
            AttemptOutcome::Found
            | AttemptOutcome::Absent
            | AttemptOutcome::CannotTell
            | AttemptOutcome::Unreachable => AttemptKind::LookUp,
            _ => AttemptKind::Publish,
        };
        attempt::Model { number, kind, outcome, ..self.attempt.clone() }
    }

    fn told(&self, state: PostState, tries: &[AttemptOutcome]) -> Outcome {
        let tries: Vec<_> = (1..).zip(tries).map(|(number, outcome)| self.tried(number, *outcome)).collect();
        outcome(&self.post(state), &tries)
    }

    fn act(&self, post: &post::Model) -> Act {
        next_act(post, &self.channel, None, self.now).act
    }

    fn held(&self, gates: &[(&str, &str)]) -> post::Model {
        let gates = gates.iter().map(|(gate, opens)| ShutGate {
            gate: (*gate).to_owned(),
            clause: None,
            reason: "shut".to_owned(),
            opens: (*opens).to_owned(),
        });
        let hold = post::Hold { since: self.now, gates: gates.collect() };
        post::Model { hold: Some(hold), ..self.post(PostState::Held) }
    }
}

#[tokio::test]
async fn every_state_tells_the_truth_with_its_evidence() {
    use AttemptOutcome as A;
    use OutcomeEvidence as E;
    use OutcomeKind as K;
    use PostState as S;
    let rows = Rows::read().await;
    let table: &[(S, &[A], K, E)] = &[
        (S::Scheduled, &[], K::NotTried, E::NoTry),
        (S::Held, &[], K::NotTried, E::NoTry),
        (S::Missed, &[], K::NotTried, E::NoTry),
        (S::Cancelled, &[], K::NotTried, E::NoTry),
        (S::Sending, &[], K::NotTried, E::NoTry),
        (S::Sending, &[A::Open], K::NotKnown, E::InFlight),
        (S::Sending, &[A::NotSent], K::NotSent, E::NeverLeft),
        (S::Retrying, &[A::NotSent], K::NotSent, E::NeverLeft),
        (S::Retrying, &[A::Unknown, A::Absent], K::NotSent, E::LookUp),
        (S::Retrying, &[A::Unknown, A::CannotTell], K::NotSent, E::Person),
        (S::Held, &[A::CredentialRejected], K::NotSent, E::NeverLeft),
        (S::Missed, &[A::NotSent, A::Unknown, A::Unreachable, A::Absent], K::NotSent, E::LookUp),
        (S::Unconfirmed, &[A::Unknown], K::NotKnown, E::NoAnswer),
        (S::Unconfirmed, &[A::Abandoned], K::NotKnown, E::WorkerLost),
        (S::Unconfirmed, &[A::Unknown, A::Absent, A::Unknown], K::NotKnown, E::NoAnswer),
        (S::Unconfirmed, &[A::Unknown, A::CannotTell], K::NotKnown, E::NoAnswer),
        (S::Rejected, &[A::Refused], K::Refused, E::Answer),
        (S::Scheduled, &[A::Refused], K::Refused, E::Answer),
        (S::Published, &[A::Delivered], K::Sent, E::Answer),
        (S::Published, &[A::Unknown, A::Found], K::Sent, E::LookUp),
        (S::Published, &[A::Unknown, A::CannotTell], K::Sent, E::Person),
        (S::Corrected, &[A::Delivered], K::Sent, E::Answer),
        (S::Withdrawn, &[A::Delivered], K::Sent, E::Answer),
        (S::Drifted, &[A::Delivered], K::Sent, E::Answer),
    ];
    for (state, tries, kind, evidence) in table {
        let told = rows.told(*state, tries);
        assert_eq!((told.kind, told.evidence), (*kind, *evidence), "{state:?} after {tries:?}");
        assert_eq!(
            told.cause.is_some(),
            matches!(kind, K::NotSent | K::Refused | K::NotKnown) && told.evidence != E::InFlight
        );
    }
    for state in S::iter() {
        assert!(table.iter().any(|row| row.0 == state), "{state:?} is not told of");
    }
    let answered = attempt::Model { http_status: Some(429), ..rows.tried(1, A::NotSent) };
    assert_eq!(outcome(&rows.post(S::Retrying), &[answered]).evidence, E::Answer);
    let repeated = Some("IDEMPOTENCY_KEY".to_owned());
    let repeated = attempt::Model { evidence: repeated, ..rows.tried(1, A::Delivered) };
    assert_eq!(outcome(&rows.post(S::Published), &[repeated]).evidence, E::RepeatedKey);
}

#[tokio::test]
async fn every_state_has_one_next_act() {
    use PostState as S;
    let rows = Rows::read().await;
    for state in S::iter() {
        let wanted = match state {
            S::Scheduled | S::Sending | S::Retrying | S::Unconfirmed | S::Held => Act::Wait,
            S::Missed => Act::Reschedule,
            S::Rejected => Act::Revise,
            S::Published | S::Cancelled | S::Corrected | S::Withdrawn => Act::None,
            S::Drifted => Act::Correct,
        };
        assert_eq!(rows.act(&rows.post(state)), wanted, "{state:?}");
    }
    let later = rows.now + TimeDelta::hours(2);
    let too_late = post::Model { run_at: later, ..rows.post(S::Retrying) };
    assert_eq!(rows.act(&too_late), Act::Retry, "its next try would be too late");
    let asked = post::Model { look_ups: 1, run_at: later, ..rows.post(S::Unconfirmed) };
    assert_eq!(rows.act(&asked), Act::LookUp);
    assert_eq!(rows.act(&post::Model { lease_until: Some(later), ..asked.clone() }), Act::Wait);
    assert_eq!(rows.act(&post::Model { person_decides: true, ..asked }), Act::Resolve);
    let moved = post::Model { cause_code: Some("REDIRECTED".to_owned()), ..rows.post(S::Rejected) };
    assert_eq!(rows.act(&moved), Act::Retry);
    assert_eq!(next_act(&rows.post(S::Held), &rows.channel, None, later).act, Act::Reschedule);
}

#[tokio::test]
async fn what_holds_a_post_says_what_lets_it_go() {
    let rows = Rows::read().await;
    let by_itself = "it opens by itself at noon, or with a new version of the plan";
    assert_eq!(rows.act(&rows.held(&[("PAUSE", "resume")])), Act::Wait);
    assert_eq!(rows.act(&rows.held(&[("PAUSE", "resume"), ("GUIDELINES", "revise")])), Act::Revise);
    assert_eq!(rows.act(&rows.held(&[("EMBARGO", by_itself)])), Act::Wait);
    assert_eq!(rows.act(&rows.held(&[("EMBARGO", "take it out")])), Act::Revise);
    assert_eq!(rows.act(&rows.held(&[("APPROVAL", "approve")])), Act::Revise);
    let more = "have the missing steps approved (reviewDraft)";
    assert_eq!(rows.act(&rows.held(&[("APPROVAL", more)])), Act::Wait, "the words may stay");
    let told = next_act(&rows.held(&[("STEWARDS", "add one")]), &rows.channel, None, rows.now);
    assert_eq!((told.act, told.why.as_str()), (Act::Wait, "shut; add one"));

    let own = post::PersonHold {
        by: None,
        name: "the operator".to_owned(),
        reason: "a test".to_owned(),
        since: rows.now,
        late_approval: false,
    };
    let held =
        post::Model { person_hold: Some(own), ..rows.held(&[("HOLD", "release"), ("PAUSE", "resume")]) };
    assert_eq!(rows.act(&held), Act::Release);

    let held = rows.held(&[("CONNECTION", "connect"), ("CHANNEL", "nothing")]);
    let on = |channel: channel::Model| next_act(&held, &channel, None, rows.now).act;
    let mastodon = channel::Model { platform: Platform::Mastodon, ..rows.channel.clone() };
    let with = |state| channel::Model { credential_state: state, ..mastodon.clone() };
    assert_eq!(on(with(CredentialState::Rejected)), Act::ReconnectChannel);
    assert_eq!(on(with(CredentialState::Missing)), Act::ReconnectChannel);
    assert_eq!(on(with(CredentialState::Untested)), Act::Wait, "the worker tries it");
    assert_eq!(on(channel::Model { platform: Platform::Instagram, ..mastodon.clone() }), Act::Cancel);
    assert_eq!(on(channel::Model { state: ChannelState::Retired, ..mastodon.clone() }), Act::Cancel);
}

#[tokio::test]
async fn what_its_channel_or_its_predecessor_keeps_is_told_with_its_time() {
    let rows = Rows::read().await;
    let until = rows.now + TimeDelta::minutes(15);
    let head = entity::channel_head::Model {
        channel_id: rows.post.channel_id,
        office_id: rows.post.office_id,
        next_at: Some(until),
        gate_until: Some(until),
        sending: None,
        gate_reason: Some("RATE_LIMITED".to_owned()),
        failures: 0,
        broken_since: None,
        host: None,
    };
    for state in [PostState::Scheduled, PostState::Retrying] {
        let post = post::Model { run_at: rows.now, missed_after: until, ..rows.post(state) };
        let next = next_act(&post, &rows.channel, Some(&head), rows.now);
        assert_eq!((next.act, next.at), (Act::Wait, Some(until)), "{}", next.why);
        assert_eq!(next_try(&post, Some(&head)), Some(until));
        let wanted_sooner = post::Model { missed_after: until - TimeDelta::minutes(1), ..post.clone() };
        let next = next_act(&wanted_sooner, &rows.channel, Some(&head), rows.now);
        assert_eq!(next.act, Act::Reschedule, "trying again would do nothing");
        let follower = post::Model { waits: true, ..post };
        assert_eq!(next_act(&follower, &rows.channel, None, rows.now).at, None);
        assert_eq!(next_try(&follower, None), None);
    }
    let alone = rows
        .held(&[("ORDER", "cancel this post, or have its words approved to stand alone and schedule that")]);
    assert_eq!(rows.act(&alone), Act::Cancel, "its predecessor will not be out");
    assert_eq!(rows.act(&rows.held(&[("ORDER", "it opens when that post is out")])), Act::Wait);
}

/// Whatever the row says, the act fits the state, and nothing that may be out is to be sent.
#[tokio::test]
async fn no_next_act_can_send_twice() {
    let rows = Rows::read().await;
    let later = rows.now + TimeDelta::hours(2);
    for state in PostState::iter() {
        for bits in 0..32_u8 {
            let is = |bit: u8| bits & (1 << bit) != 0;
            let post = post::Model {
                person_decides: is(0),
                look_ups: i32::from(is(1)),
                run_at: if is(2) { later } else { rows.now },
                lease_until: is(3).then_some(later),
                ..rows.post(state)
            };
            let now = if is(4) { later } else { rows.now };
            let act = next_act(&post, &rows.channel, None, now).act;
            let can = |event| state.after(event).is_some();
            let fits = match act {
                Act::None | Act::Wait | Act::Revise | Act::ReconnectChannel => true,
                Act::LookUp | Act::Resolve => can(PostEvent::FindAbsent),
                Act::Retry => state == PostState::Retrying || can(PostEvent::TryAgain),
                Act::Reschedule => can(PostEvent::Reschedule),
                Act::Release => can(PostEvent::Reopen),
                Act::Cancel => can(PostEvent::Cancel),
                Act::Correct => can(PostEvent::Correct),
            };
            assert!(fits, "{act:?} of {state:?}");
            let known =
                outcome(&post, &[rows.tried(1, AttemptOutcome::Unknown)]).kind != OutcomeKind::NotKnown;
            let asks = matches!(act, Act::Wait | Act::LookUp | Act::Resolve);
            assert!(known || asks, "{act:?} while it may be out");
        }
    }
    for act in Act::ALL {
        let operation = act.operation();
        assert!(
            operation.is_none_or(|name| office::policy::OPERATIONS.iter().any(|known| known.name == name)),
            "{operation:?} does not exist"
        );
    }
}
