//! The worker's side of corrections: claimed under a lease, let through the gate, and settled by what the platform said.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    WorkerId, channel,
    channel::ChannelState,
    correction,
    correction::{CorrectionKind, CorrectionState},
    post,
    post::{Hold, PostState},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
    sea_query::{LockBehavior, LockType},
};
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    change::Change,
    compose::Composed,
    conversations::answering,
    error::{OfficeError, Result},
    gate::{self, Facts, Gate, GateKind},
    lifecycle::{Lifecycle as _, PostEvent},
    queue::{Cause, backoff, reject_credential},
    read,
    rows::locked,
};

/// Seconds after which gates that hold a correction are looked at again.
const LOOK_AGAIN_SECONDS: i64 = 30;

/// Gates that a correction passes: those that say what may be out, and where. That it is late, or that the hour is quiet, is
/// no reason to leave wrong words out.
const EDIT_GATES: &[GateKind] = &[
    GateKind::Approval,
    GateKind::Initiative,
    GateKind::Plan,
    GateKind::Embargo,
    GateKind::Channel,
    GateKind::Stewards,
    GateKind::Connection,
    GateKind::Guidelines,
    GateKind::Pause,
];

/// Taking back lets nothing out: only the platform must be reachable.
const WITHDRAW_GATES: &[GateKind] = &[GateKind::Connection];

/// A correction that the platform is to be told of, by whoever holds this.
#[derive(Debug)]
pub struct Due {
    /// The correction, as it was claimed.
    pub correction: correction::Model,
    /// The post that is out.
    pub post: post::Model,
    /// Where it is out.
    pub channel: channel::Model,
    /// Exactly what is to be out; none when it is taken back.
    pub composed: Option<Composed>,
}

/// What came of telling the platform.
#[derive(Debug, Clone)]
pub enum Corrected {
    /// It is done.
    Done {
        /// The post's id on the platform: some give another to what was changed.
        remote_id: String,
        /// Where it is; none where the platform did not say.
        remote_url: Option<String>,
    },
    /// It is not done, or not known to be: the same is told again, not before this has passed.
    Again(Cause, Option<TimeDelta>),
    /// The platform refuses it for good.
    Refused(Cause),
    /// The platform does not take the credential.
    CredentialRejected(Cause),
}

/// Claims corrections of any office that are due, at most `limit`; what a gate holds is looked at again and stays.
pub async fn claim(office: &Office, worker: WorkerId, limit: u64) -> Result<Vec<Due>> {
    let seen =
        due(office.now()).order_by_asc(correction::Column::RunAt).limit(limit).all(office.db.read()).await?;
    let mut claimed = Vec::new();
    for row in seen {
        claimed.extend(take(office, worker, &row).await?);
    }
    Ok(claimed)
}

fn due(now: DateTime<Utc>) -> Select<correction::Entity> {
    let open = Condition::any()
        .add(correction::Column::State.eq(CorrectionState::Waiting))
        .add(correction::Column::State.eq(CorrectionState::Held));
    let free = Condition::any()
        .add(correction::Column::LeaseUntil.is_null())
        .add(correction::Column::LeaseUntil.lte(now));
    correction::Entity::find().filter(open).filter(correction::Column::RunAt.lte(now)).filter(free)
}

async fn take(office: &Office, worker: WorkerId, seen: &correction::Model) -> Result<Option<Due>> {
    let requester = Requester::new(seen.office_id, Actor::Worker(worker));
    let mut change = office.begin_by_database_clock(&requester).await?;
    let still = due(change.now).filter(correction::Column::Id.eq(seen.id));
    let row = still.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(change.tx()).await?;
    let Some(row) = row else { return Ok(None) };
    let post = read::one::<post::Entity>(change.tx(), row.office_id, row.post_id).await?;
    let facts = gate::load(office, change.tx(), as_it_will_be(&post, &row)).await?;
    let shut = shut(&facts, row.kind, change.now);
    if !shut.is_empty() {
        hold(&mut change, row, shut).await?;
        change.commit().await?;
        return Ok(None);
    }
    let composed = match (row.kind, &facts.target) {
        (CorrectionKind::Edit, Some(target)) => facts.revision.sent(target, &facts.channel, &facts.post),
        _ => None,
    };
    let (fence, attempts) = (row.fence + 1, row.attempts + 1);
    let until = office.lease_end(change.now);
    let mut edit = correction::ActiveModel::from(row);
    edit.state = Set(CorrectionState::Waiting);
    edit.hold = Set(None);
    edit.fence = Set(fence);
    edit.attempts = Set(attempts);
    edit.worker_id = Set(Some(worker));
    edit.lease_until = Set(Some(until));
    let correction = edit.update(change.tx()).await?;
    let detail = json!({ "correction": correction.id.0, "fence": fence });
    change.note("tryCorrection", "Post", post.id.0, detail);
    change.commit().await?;
    Ok(Some(Due { correction, post, channel: facts.channel, composed }))
}

/// The post with the words that are to be out, as the gates judge it.
fn as_it_will_be(post: &post::Model, correction: &correction::Model) -> post::Model {
    let mut post = post.clone();
    if let (Some(revision), Some(digest)) = (correction.revision_id, &correction.digest) {
        post.revision_id = revision;
        post.digest.clone_from(digest);
        post.cleared_under = None;
    }
    post
}

fn shut(facts: &Facts, kind: CorrectionKind, now: DateTime<Utc>) -> Vec<Gate> {
    let wanted = match kind {
        CorrectionKind::Edit => EDIT_GATES,
        CorrectionKind::Withdraw => WITHDRAW_GATES,
    };
    let mut gates = gate::evaluate(facts, now);
    gates.retain(|gate| !gate.open && wanted.contains(&gate.kind));
    gates
}

async fn hold(change: &mut Change<'_>, row: correction::Model, shut: Vec<Gate>) -> Result<()> {
    let gates = gate::shut(&shut);
    let news = row.hold.as_ref().map(|hold| &hold.gates) != Some(&gates);
    let since = row.hold.as_ref().map_or(change.now, |hold| hold.since);
    let (id, post) = (row.id, row.post_id);
    let mut edit = correction::ActiveModel::from(row);
    edit.state = Set(CorrectionState::Held);
    edit.run_at = Set(change.now + TimeDelta::seconds(LOOK_AGAIN_SECONDS));
    if news {
        let names: Vec<_> = gates.iter().map(|gate| gate.gate.clone()).collect();
        edit.hold = Set(Some(Hold { since, gates }));
        change.note("holdCorrection", "Post", post.0, json!({ "correction": id.0, "gates": names }));
    }
    edit.update(change.tx()).await?;
    Ok(())
}

/// Writes what came of it, if the lease still holds.
pub async fn settle(office: &Office, worker: WorkerId, due: &Due, outcome: Corrected) -> Result<()> {
    let requester = Requester::new(due.correction.office_id, Actor::Worker(worker));
    let mut change = office.begin_by_database_clock(&requester).await?;
    let post = locked::<post::Entity>(&change, due.post.id).await?;
    let row = locked::<correction::Entity>(&change, due.correction.id).await?;
    if row.fence != due.correction.fence || row.state != CorrectionState::Waiting {
        return Ok(());
    }
    let mut edit = correction::ActiveModel::from(row.clone());
    edit.lease_until = Set(None);
    edit.worker_id = Set(None);
    match outcome {
        Corrected::Done { remote_id, remote_url } => {
            edit.state = Set(CorrectionState::Done);
            edit.ended_at = Set(Some(change.now));
            edit.cause_code = Set(None);
            edit.cause_detail = Set(None);
            if row.kind == CorrectionKind::Withdraw && due.channel.state != ChannelState::Retired {
                answering::unanswered(&mut change, &post).await?;
            }
            done(&change, post, &row, remote_id, remote_url).await?;
        }
        Corrected::Refused(mut cause) => {
            // A try before this one may have been done, and its answer lost.
            if row.attempts > 1 {
                cause.detail.push_str(
                    "; an earlier try whose answer was lost may have done it: look there, or readBackPost",
                );
            }
            edit.state = Set(CorrectionState::Refused);
            edit.ended_at = Set(Some(change.now));
            because(&mut edit, cause);
        }
        Corrected::Again(cause, wish) => {
            edit.run_at = Set(change.now + backoff(&office.limits, row.id.0, row.attempts, wish));
            because(&mut edit, cause);
        }
        Corrected::CredentialRejected(cause) => {
            reject_credential(&mut change, post.channel_id).await?;
            edit.run_at = Set(change.now + TimeDelta::seconds(LOOK_AGAIN_SECONDS));
            because(&mut edit, cause);
        }
    }
    let row = edit.update(change.tx()).await?;
    let detail =
        json!({ "correction": row.id.0, "state": row.state, "kind": row.kind, "cause": row.cause_code });
    change.note("settleCorrection", "Post", row.post_id.0, detail);
    change.commit().await
}

fn because(edit: &mut correction::ActiveModel, cause: Cause) {
    edit.cause_code = Set(Some(cause.code));
    edit.cause_detail = Set(Some(cause.detail));
}

async fn done(
    change: &Change<'_>,
    post: post::Model,
    row: &correction::Model,
    remote_id: String,
    remote_url: Option<String>,
) -> Result<(), OfficeError> {
    let event = match row.kind {
        CorrectionKind::Edit => PostEvent::Correct,
        CorrectionKind::Withdraw => PostEvent::Withdraw,
    };
    let state: PostState = post.state.next(event)?;
    let version = post.version + 1;
    let mut edit = post::ActiveModel::from(post);
    edit.state = Set(state);
    edit.version = Set(version);
    edit.updated_at = Set(change.now);
    edit.cause_code = Set(None);
    edit.cause_detail = Set(None);
    if let (Some(revision), Some(digest)) = (row.revision_id, &row.digest) {
        edit.revision_id = Set(revision);
        edit.digest = Set(digest.clone());
        edit.cleared_under = Set(None);
        edit.remote_id = Set(Some(remote_id));
        if remote_url.is_some() {
            edit.remote_url = Set(remote_url);
        }
    }
    edit.update(change.tx()).await?;
    Ok(())
}
