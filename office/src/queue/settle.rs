//! Settling: what came of a try to send becomes the post's state, if the lease still holds.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    AttemptId, attempt, attempt::AttemptOutcome, channel, channel::CredentialState, post, post::PostState,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;

use super::{Cause, Lease, Proof, SendOutcome, claim::held, heads, retry::backoff, worker};
use crate::{
    Office,
    change::Change,
    error::Result,
    gate::GateKind,
    lifecycle::{Lifecycle as _, PostEvent},
    posts,
};

/// What settling did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The post is in this state now.
    State(PostState),
    /// The lease was lost: nothing was written, and whoever holds the post finds out by look-up.
    LostLease,
}

/// Codes of causes for which a platform asks its whole channel to wait.
const CHANNEL_WIDE: &[&str] = &["RATE_LIMITED"];

/// Writes what came of an attempt.
pub async fn settle(
    office: &Office,
    lease: &Lease,
    attempt_id: AttemptId,
    outcome: &SendOutcome,
) -> Result<Settled> {
    let mut change = office.begin(&worker(lease.worker_id)).await?;
    let Some(post) = held(&change, lease, PostState::Sending).await? else {
        return late_proof(change, lease, attempt_id, outcome).await;
    };
    let mut edit = post::ActiveModel::from(post.clone());
    edit.lease_until = Set(None);
    edit.worker_id = Set(None);
    let step = step(office, &change, &post, &mut edit, outcome);
    if matches!(outcome, SendOutcome::CredentialRejected(_)) {
        reject_credential(&mut change, &post).await?;
    }
    let state = post.state.next(step.event)?;
    edit.state = Set(state);
    posts::store(&change, &post, edit).await?;
    step.end.write(&change, attempt_id).await?;
    heads::release(change.tx(), post.office_id, post.channel_id, step.gate_until).await?;
    change.note_in(
        post.office_id,
        "settlePost",
        "Post",
        post.id.0,
        json!({ "state": state, "outcome": step.end.outcome, "fence": lease.fence }),
    );
    change.wake_workers();
    change.commit().await?;
    Ok(Settled::State(state))
}

/// The lease was lost, but the platform's receipt is in hand: if nobody claimed the post since, it is proof enough, and no
/// look-up could tell more.
async fn late_proof(
    mut change: Change<'_>,
    lease: &Lease,
    attempt_id: AttemptId,
    outcome: &SendOutcome,
) -> Result<Settled> {
    let SendOutcome::Delivered(proof) = outcome else { return Ok(Settled::LostLease) };
    let rescued = post::Entity::find_by_id(lease.post_id)
        .filter(post::Column::Fence.eq(lease.fence))
        .filter(post::Column::State.eq(PostState::Unconfirmed))
        .lock_exclusive();
    let Some(post) = rescued.one(change.tx()).await? else { return Ok(Settled::LostLease) };
    let mut edit = post::ActiveModel::from(post.clone());
    edit.state = Set(post.state.next(PostEvent::Confirm)?);
    published(&mut edit, proof, change.now);
    let post = posts::store(&change, &post, edit).await?;
    End::proof(AttemptOutcome::Delivered, proof).write(&change, attempt_id).await?;
    heads::refresh(change.tx(), post.office_id, post.channel_id).await?;
    let detail = json!({ "state": post.state, "outcome": AttemptOutcome::Delivered, "late": true });
    change.note_in(post.office_id, "settlePost", "Post", post.id.0, detail);
    change.commit().await?;
    Ok(Settled::State(post.state))
}

/// Where an outcome leads.
struct Step {
    event: PostEvent,
    end: End,
    gate_until: Option<DateTime<Utc>>,
}

fn step(
    office: &Office,
    change: &Change<'_>,
    post: &post::Model,
    edit: &mut post::ActiveModel,
    outcome: &SendOutcome,
) -> Step {
    let mut gate_until = None;
    let (event, end) = match outcome {
        SendOutcome::Delivered(proof) => {
            published(edit, proof, change.now);
            (PostEvent::Deliver, End::proof(AttemptOutcome::Delivered, proof))
        }
        SendOutcome::NotSent(cause, wish) => {
            let retry_at = change.now + backoff(&office.limits, post.id, post.attempts, *wish);
            gate_until = CHANNEL_WIDE.contains(&cause.code.as_str()).then_some(retry_at);
            edit.run_at = Set(retry_at);
            because(edit, cause);
            (PostEvent::Retry, End { retry_at: Some(retry_at), ..End::cause(AttemptOutcome::NotSent, cause) })
        }
        SendOutcome::Refused(cause) => {
            because(edit, cause);
            (PostEvent::Reject, End::cause(AttemptOutcome::Refused, cause))
        }
        SendOutcome::CredentialRejected(cause) => {
            because(edit, cause);
            edit.hold = Set(Some(credential_hold(change.now)));
            (PostEvent::Hold, End::cause(AttemptOutcome::CredentialRejected, cause))
        }
        SendOutcome::Unknown(cause) => {
            let look_at = change.now + TimeDelta::seconds(office.limits.look_up_after_seconds);
            edit.run_at = Set(look_at);
            edit.look_ups = Set(0);
            edit.look_ups = Set(0);
            because(edit, cause);
            (
                PostEvent::LoseSight,
                End { retry_at: Some(look_at), ..End::cause(AttemptOutcome::Unknown, cause) },
            )
        }
    };
    Step { event, end, gate_until }
}

/// How an attempt ended.
#[derive(Debug)]
pub(super) struct End {
    pub(super) outcome: AttemptOutcome,
    pub(super) cause: Option<Cause>,
    pub(super) proof: Option<Proof>,
    pub(super) retry_at: Option<DateTime<Utc>>,
}

impl End {
    pub(super) fn of(outcome: AttemptOutcome) -> Self {
        Self { outcome, cause: None, proof: None, retry_at: None }
    }

    pub(super) fn cause(outcome: AttemptOutcome, cause: &Cause) -> Self {
        Self { cause: Some(cause.clone()), ..Self::of(outcome) }
    }

    pub(super) fn proof(outcome: AttemptOutcome, proof: &Proof) -> Self {
        Self { proof: Some(proof.clone()), ..Self::of(outcome) }
    }

    /// Writes the end into the attempt's row.
    pub(super) async fn write(&self, change: &Change<'_>, id: AttemptId) -> Result<()> {
        let Some(row) = attempt::Entity::find_by_id(id).one(change.tx()).await? else { return Ok(()) };
        let mut edit = attempt::ActiveModel::from(row);
        edit.ended_at = Set(Some(change.now));
        edit.outcome = Set(self.outcome);
        edit.retry_at = Set(self.retry_at);
        if let Some(cause) = &self.cause {
            edit.cause_code = Set(Some(cause.code.clone()));
            edit.cause_detail = Set(Some(cause.detail.clone()));
            edit.http_status = Set(cause.http_status.map(i32::from));
        }
        if let Some(proof) = &self.proof {
            edit.remote_id = Set(Some(proof.remote_id.clone()));
            edit.remote_url = Set(proof.remote_url.clone());
            edit.evidence = Set(Some(proof.evidence.clone()));
        }
        edit.update(change.tx()).await?;
        Ok(())
    }
}

/// Notes the proof that a post is out.
pub(super) fn published(edit: &mut post::ActiveModel, proof: &Proof, now: DateTime<Utc>) {
    edit.remote_id = Set(Some(proof.remote_id.clone()));
    edit.remote_url = Set(proof.remote_url.clone());
    edit.published_at = Set(Some(proof.published_at.unwrap_or(now)));
    edit.cause_code = Set(None);
    edit.cause_detail = Set(None);
    edit.person_decides = Set(false);
}

/// Notes why it did not work.
pub(super) fn because(edit: &mut post::ActiveModel, cause: &Cause) {
    edit.cause_code = Set(Some(cause.code.clone()));
    edit.cause_detail = Set(Some(cause.detail.clone()));
}

fn credential_hold(now: DateTime<Utc>) -> post::Hold {
    let gate = post::ShutGate {
        gate: GateKind::Connection.code().to_owned(),
        clause: None,
        reason: "the platform refused the credential".to_owned(),
        opens: "make a new one there and connect the channel again (connectChannel)".to_owned(),
    };
    post::Hold { since: now, gates: vec![gate] }
}

async fn reject_credential(change: &mut Change<'_>, post: &post::Model) -> Result<()> {
    let row = channel::Entity::find_by_id(post.channel_id).lock_exclusive().one(change.tx()).await?;
    // One that was replaced meanwhile has not been tried: nothing is known of it.
    let Some(row) = row.filter(|row| row.credential_state == CredentialState::Healthy) else {
        return Ok(());
    };
    let mut edit = channel::ActiveModel::from(row);
    edit.credential_state = Set(CredentialState::Rejected);
    edit.credential_checked_at = Set(Some(change.now));
    let channel = edit.update(change.tx()).await?;
    change.note_in(channel.office_id, "rejectCredential", "Channel", channel.id.0, json!({}));
    Ok(())
}
