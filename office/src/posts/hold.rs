//! A person's hold on one post: nobody but people lets it go again. It is a gate like the others, so that neither time, nor
//! a sweep, nor another hour lets the post out.

use chrono::{DateTime, Utc};
use entity::{
    PostId, initiative, member, post,
    post::{PersonHold, PostState, ShutGate},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{current, store};
use crate::{
    Actor, Office, Requester,
    error::{RefusalCode, Result, refuse},
    fields,
    gate::{self, Facts, GateKind},
    lifecycle::{Lifecycle as _, PostEvent},
    pauses,
    policy::{self, Permit, op},
    queue::heads,
    read, stewards,
};

/// Holds a waiting post until a person releases it.
pub async fn hold(
    office: &Office,
    permit: &Permit<op::HoldPost>,
    id: PostId,
    expected_version: i64,
    reason: &str,
) -> Result<post::Model> {
    let reason = fields::paragraph(&office.limits, "reason", reason)?;
    let mut change = office.begin(permit.requester()).await?;
    let post = current(&change, id, expected_version).await?;
    let answering = stewards::active(change.tx(), post.office_id, post.channel_id).await?;
    policy::may_hold(permit.requester(), &answering)?;
    let by = permit.requester().member_id();
    if let Some(other) = post.person_hold.as_ref().filter(|hold| hold.by != by) {
        let message = format!("{} holds it already: {}", other.name, other.reason);
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let hold = self::by(change.tx(), permit.requester(), reason, change.now).await?;
    let post = store(&change, &post, held(&post, hold)?).await?;
    heads::refresh(change.tx(), post.office_id, post.channel_id).await?;
    change.note("holdPost", "Post", id.0, json!({ "gates": [GateKind::Hold.code()] }));
    change.commit().await?;
    Ok(post)
}

/// The stored hold with a person's in it.
pub(super) fn with(before: Option<post::Hold>, hold: &PersonHold) -> post::Hold {
    let mut stored = before.unwrap_or(post::Hold { since: hold.since, gates: Vec::new() });
    stored.gates.retain(|gate| gate.gate != GateKind::Hold.code());
    stored.gates.extend(gate::shut(&[gate::held(hold)]));
    stored
}

/// A hold by whoever asks.
pub(super) async fn by(
    db: &impl ConnectionTrait,
    requester: &Requester,
    reason: String,
    now: DateTime<Utc>,
) -> Result<PersonHold> {
    let name = match &requester.actor {
        Actor::Member { id, .. } => read::one::<member::Entity>(db, requester.office_id, *id).await?.name,
        Actor::Operator | Actor::Integration { .. } | Actor::Worker(_) => "the operator".to_owned(),
    };
    Ok(PersonHold { by: requester.member_id(), name, reason, since: now, late_approval: false })
}

/// What a person's hold makes of a post.
pub(super) fn held(post: &post::Model, hold: PersonHold) -> Result<post::ActiveModel> {
    let mut edit = post::ActiveModel::from(post.clone());
    if post.state != PostState::Held {
        edit.state = Set(post.state.next(PostEvent::Hold)?);
    }
    edit.hold = Set(Some(with(post.hold.clone().filter(|_| post.state == PostState::Held), &hold)));
    edit.person_hold = Set(Some(hold));
    Ok(edit)
}

/// What releasing did.
#[derive(Debug, Clone)]
pub struct Released {
    /// The post as it is now.
    pub post: post::Model,
    /// The gates that keep it all the same; empty when it waits for its time again.
    pub shut: Vec<ShutGate>,
}

/// Takes a person's hold away and lets the post go at once, if every gate is open.
pub async fn release(
    office: &Office,
    permit: &Permit<op::ReleasePost>,
    id: PostId,
    expected_version: i64,
) -> Result<Released> {
    let mut change = office.begin(permit.requester()).await?;
    let before = current(&change, id, expected_version).await?;
    let initiative =
        read::one::<initiative::Entity>(change.tx(), before.office_id, before.initiative_id).await?;
    match (&before.person_hold, before.state) {
        (Some(hold), PostState::Held | PostState::Missed) => {
            policy::may_release(permit.requester(), hold.by, initiative.manager_id)?;
        }
        (None, PostState::Held) => policy::may_release(permit.requester(), None, initiative.manager_id)?,
        (_, PostState::Missed) => return refuse(RefusalCode::IllegalState, "postId", TOO_LATE),
        (_, state) => {
            let message = format!("it is {}: nobody holds it", state.code());
            return refuse(RefusalCode::IllegalState, "postId", message);
        }
    }
    let facts = post::Model { person_hold: None, ..before.clone() };
    pauses::lock_for_sending(change.tx(), vec![facts.office_id]).await?;
    let facts = gate::load(office, change.tx(), facts).await?;
    let verdict = verdict(&facts, change.now)?;
    let post = store(&change, &before, let_go(&before, &verdict, change.now)).await?;
    let shut = verdict.shut;
    heads::refresh(change.tx(), post.office_id, post.channel_id).await?;
    let codes: Vec<_> = shut.iter().map(|gate| gate.gate.as_str()).collect();
    change.note("releasePost", "Post", id.0, json!({ "state": post.state, "gates": codes }));
    change.move_gates();
    change.commit().await?;
    Ok(Released { post, shut })
}

/// What becomes of a post that no person holds any more.
#[derive(Debug)]
pub(super) struct Verdict {
    /// The state that it is in then.
    pub(super) state: PostState,
    /// The gates that keep it all the same.
    shut: Vec<ShutGate>,
    handbook_id: entity::HandbookId,
}

/// Judges a held or missed post without the hold of a person.
pub(super) fn verdict(facts: &Facts, now: DateTime<Utc>) -> Result<Verdict> {
    let gates = gate::evaluate(facts, now);
    let shut = gate::shut(&gates);
    let late = gates.iter().any(|gate| gate.kind == GateKind::Lateness && !gate.open);
    let state = match facts.post.state {
        PostState::Held if shut.is_empty() => PostState::Held.next(PostEvent::Reopen)?,
        PostState::Held if late => PostState::Held.next(PostEvent::Miss)?,
        state => state,
    };
    Ok(Verdict { state, shut, handbook_id: facts.handbook.id })
}

/// What that makes of it.
pub(super) fn let_go(before: &post::Model, verdict: &Verdict, now: DateTime<Utc>) -> post::ActiveModel {
    let mut edit = post::ActiveModel::from(before.clone());
    edit.person_hold = Set(None);
    edit.checked_handbook_id = Set(Some(verdict.handbook_id));
    let since = before.hold.as_ref().map_or(now, |hold| hold.since);
    edit.hold = Set((!verdict.shut.is_empty()).then(|| post::Hold { since, gates: verdict.shut.clone() }));
    if verdict.state == PostState::Scheduled {
        edit.run_at = Set(before.due_at.max(now));
    }
    edit.state = Set(verdict.state);
    edit
}

/// What is said of a post that is later than it was wanted.
pub(super) const TOO_LATE: &str =
    "it is later than it was wanted: give it another time (reschedulePost), or cancel it";
