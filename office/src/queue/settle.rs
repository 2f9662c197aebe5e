//! Settling: what came of tries to send becomes the posts' state, if the leases still hold; a batch in one transaction.

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{AttemptId, PostId, WorkerId, attempt::AttemptOutcome, post, post::PostState};
use sea_orm::{DatabaseBackend, EntityTrait};
use serde_json::json;

use super::{
    Cause, Lease, Proof, SendOutcome,
    attempts::{self, End},
    credential::reject_credential,
    followers,
    heads::{self, GateReason, Step, Went},
    preparing::{self, Prepared, Round},
    retry::backoff,
    worker, write,
};
use crate::{
    Limits, Office,
    change::Change,
    conversations::answering,
    database::given::{Given, Kind, id, narrowed},
    error::Result,
    gate::GateKind,
    lifecycle::{Lifecycle as _, PostEvent},
};

/// What came of one try.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// Under which lease it was made.
    pub lease: Lease,
    /// The try.
    pub attempt_id: AttemptId,
    /// What came of it.
    pub outcome: SendOutcome,
    /// How long the platform wants to be left alone after it, as its answer's headers said.
    pub wait: Option<Duration>,
}

/// What settling did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The post is in this state now.
    State(PostState),
    /// The lease was lost: nothing was written, and whoever holds the post finds out by look-up.
    LostLease,
}

/// Codes of causes that are ours: they say nothing of the platform.
const OURS: &[&str] = &["MEDIA_UNREADABLE", "LEASE_RUNS_OUT", "NEVER_CALLED", "NO_CONNECTOR"];

/// Writes what came of a worker's tries; answers in their order.
pub async fn settle(
    office: &Office,
    worker_id: WorkerId,
    settlements: &[Settlement],
) -> Result<Vec<Settled>> {
    let mut change = office.begin_by_database_clock(&worker(worker_id)).await?;
    let mut held = held(&change, settlements).await?;
    let rounds = preparing::rounds(&change, &held, settlements).await?;
    let mut settled = Vec::with_capacity(settlements.len());
    let mut batch = Batch { rounds, ..Batch::default() };
    for settlement in settlements {
        // Two claims of one post may end in one batch: each settles its own alone.
        let Some(post) = held.remove(&(settlement.lease.post_id, settlement.lease.fence)) else {
            settled.push(Settled::LostLease);
            continue;
        };
        let state = match post.state {
            PostState::Sending => batch.settle(&office.limits, &mut change, post, settlement)?,
            _ => batch.prove(&mut change, post, settlement)?,
        };
        settled.push(state.map_or(Settled::LostLease, Settled::State));
    }
    batch.write(office, &mut change).await?;
    change.wake_own_worker();
    change.commit().await?;
    Ok(settled)
}

/// The posts that the leases still hold, and those that were given up for lost but that nobody took since: locked.
async fn held(
    change: &Change<'_>,
    settlements: &[Settlement],
) -> Result<HashMap<(PostId, i64), post::Model>> {
    const COLUMNS: &[(&str, Kind)] =
        &[("id", Kind::Id), ("office_id", Kind::Id), ("worker_id", Kind::Id), ("fence", Kind::Number)];
    const SQL: &str = "SELECT post.* FROM {given} JOIN post ON post.id = given.id WHERE post.office_id = given.office_id \
        AND post.fence = given.fence AND ((post.state = 'SENDING' AND post.worker_id = given.worker_id) \
        OR (post.state = 'UNCONFIRMED' AND post.worker_id IS NULL))";
    let row = |settlement: &Settlement| {
        let lease = &settlement.lease;
        json!([id(lease.post_id), id(lease.office_id), id(lease.worker_id), lease.fence])
    };
    let engine = change.engine();
    let lock = if engine == DatabaseBackend::Postgres { " FOR UPDATE OF post" } else { "" };
    let given = Given::new(COLUMNS, settlements.iter().map(row).collect());
    let few = narrowed(engine, "post.id");
    let sql = format!("{SQL}{few} ORDER BY post.channel_id, post.id{lock}");
    let statement = given.statement(engine, &sql, []);
    let rows = post::Entity::find().from_raw_sql(statement).all(change.tx()).await?;
    Ok(rows.into_iter().map(|post| ((post.id, post.fence), post)).collect())
}

/// What is to be written.
#[derive(Default)]
struct Batch {
    posts: Vec<post::Model>,
    ends: Vec<(AttemptId, End)>,
    heads: Vec<(entity::OfficeId, entity::ChannelId, Step)>,
    rejected: Vec<entity::ChannelId>,
    /// Of posts whose try left something behind.
    rounds: HashMap<PostId, Round>,
    kept: Vec<(post::Model, Round, Prepared)>,
    forgotten: Vec<PostId>,
}

impl Batch {
    fn settle(
        &mut self,
        limits: &Limits,
        change: &mut Change<'_>,
        mut post: post::Model,
        settlement: &Settlement,
    ) -> Result<Option<PostState>> {
        let fence = post.fence;
        post.lease_until = None;
        post.worker_id = None;
        let round = self.rounds.remove(&post.id).filter(|round| !round.is_over(limits, change.now));
        let (event, end, mut step) = step(limits, change.now, &mut post, &settlement.outcome, round);
        if let Some(wait) = settlement.wait.and_then(|wait| TimeDelta::from_std(wait).ok()) {
            let told = (change.now + wait, GateReason::RateLimited);
            step.merge(&Step { gate: Some(told), ..Step::default() });
        }
        match (&settlement.outcome, round) {
            (SendOutcome::CredentialRejected(_), _) => self.rejected.push(post.channel_id),
            (SendOutcome::Preparing(prepared, _), Some(round)) => {
                self.kept.push((post.clone(), round, prepared.clone()));
            }
            (SendOutcome::Refused(_) | SendOutcome::Preparing(..), _) => self.forgotten.push(post.id),
            _ => {}
        }
        post.state = post.state.next(event)?;
        let detail = json!({ "state": post.state, "outcome": end.outcome, "fence": fence });
        change.note_in(post.office_id, "settlePost", "Post", post.id.0, detail);
        self.ends.push((settlement.attempt_id, end));
        self.heads.push((post.office_id, post.channel_id, step));
        let state = post.state;
        self.posts.push(post);
        Ok(Some(state))
    }

    /// The lease was lost, but the platform's receipt is in hand: since nobody claimed the post after that, it is proof
    /// enough, and no look-up could tell more.
    fn prove(
        &mut self,
        change: &mut Change<'_>,
        mut post: post::Model,
        settlement: &Settlement,
    ) -> Result<Option<PostState>> {
        let SendOutcome::Delivered(proof) = &settlement.outcome else { return Ok(None) };
        published(&mut post, proof, change.now);
        post.state = post.state.next(PostEvent::Confirm)?;
        let detail = json!({ "state": post.state, "outcome": AttemptOutcome::Delivered, "late": true });
        change.note_in(post.office_id, "settlePost", "Post", post.id.0, detail);
        self.ends.push((settlement.attempt_id, End::proof(AttemptOutcome::Delivered, proof)));
        self.heads.push((post.office_id, post.channel_id, Step::default()));
        let state = post.state;
        self.posts.push(post);
        Ok(Some(state))
    }

    async fn write(mut self, office: &Office, change: &mut Change<'_>) -> Result<()> {
        for channel_id in std::mem::take(&mut self.rejected) {
            reject_credential(change, channel_id).await?;
        }
        for (post, round, prepared) in &self.kept {
            preparing::keep(office, change, post, *round, prepared).await?;
        }
        preparing::forget(change, std::mem::take(&mut self.forgotten)).await?;
        write::posts(change, &mut self.posts).await?;
        attempts::end(change, &self.ends).await?;
        answering::answered(change, &self.posts).await?;
        let freed = followers::follow(change, &self.posts).await?;
        self.heads.extend(freed.into_iter().map(|(office, channel)| (office, channel, Step::default())));
        heads::settle(change.tx(), &office.limits, change.now, self.heads).await
    }
}

fn step(
    limits: &Limits,
    now: DateTime<Utc>,
    post: &mut post::Model,
    outcome: &SendOutcome,
    round: Option<Round>,
) -> (PostEvent, End, Step) {
    let went = |went| Step { freed: true, went: Some(went), gate: None };
    match outcome {
        SendOutcome::Delivered(proof) => {
            published(post, proof, now);
            (PostEvent::Deliver, End::proof(AttemptOutcome::Delivered, proof), went(Went::Out))
        }
        SendOutcome::NotSent(cause, wish) => failed(limits, now, post, cause, *wish),
        SendOutcome::Preparing(_, ask_after) => match round {
            Some(round) => preparing(limits, now, post, round, *ask_after),
            None => failed(limits, now, post, &preparing::too_long(), None),
        },
        SendOutcome::Refused(cause) => {
            because(post, cause);
            (PostEvent::Reject, End::cause(AttemptOutcome::Refused, cause), went(Went::Answered))
        }
        SendOutcome::CredentialRejected(cause) => {
            because(post, cause);
            post.hold = Some(credential_hold(now));
            let end = End::cause(AttemptOutcome::CredentialRejected, cause);
            (PostEvent::Hold, end, went(Went::Answered))
        }
        SendOutcome::Unknown(cause) => {
            let look_at = now + TimeDelta::seconds(limits.look_up_after_seconds);
            post.run_at = look_at;
            post.look_ups = 0;
            because(post, cause);
            let end = End { retry_at: Some(look_at), ..End::cause(AttemptOutcome::Unknown, cause) };
            (PostEvent::LoseSight, end, went(Went::Failed))
        }
    }
}

fn failed(
    limits: &Limits,
    now: DateTime<Utc>,
    post: &mut post::Model,
    cause: &Cause,
    wish: Option<TimeDelta>,
) -> (PostEvent, End, Step) {
    let retry_at = now + backoff(limits, post.id.0, post.attempts, wish);
    post.run_at = retry_at;
    because(post, cause);
    let end = End { retry_at: Some(retry_at), ..End::cause(AttemptOutcome::NotSent, cause) };
    (PostEvent::Retry, end, not_sent(cause, retry_at))
}

/// The platform is still at work: nothing failed, so the try is none that counts.
fn preparing(
    limits: &Limits,
    now: DateTime<Utc>,
    post: &mut post::Model,
    round: Round,
    ask_after: TimeDelta,
) -> (PostEvent, End, Step) {
    let (cause, retry_at) = (round.cause(ask_after), now + round.wait(limits, now, ask_after));
    post.attempts = post.attempts.saturating_sub(1);
    post.run_at = retry_at;
    because(post, &cause);
    let end = End { retry_at: Some(retry_at), ..End::cause(AttemptOutcome::Preparing, &cause) };
    (PostEvent::Retry, end, Step { freed: true, went: Some(Went::Answered), gate: None })
}

/// What a known failure says of the channel: a platform that asks for patience gets it from all of the channel's posts.
fn not_sent(cause: &Cause, retry_at: DateTime<Utc>) -> Step {
    let free = Step { freed: true, ..Step::default() };
    match cause.code.as_str() {
        "RATE_LIMITED" => {
            Step { went: Some(Went::Answered), gate: Some((retry_at, GateReason::RateLimited)), ..free }
        }
        code if OURS.contains(&code) => free,
        _ => Step { went: Some(Went::Failed), ..free },
    }
}

/// Notes the proof that a post is out.
pub(super) fn published(post: &mut post::Model, proof: &Proof, now: DateTime<Utc>) {
    post.remote_id = Some(proof.remote_id.clone());
    post.remote_url.clone_from(&proof.remote_url);
    post.published_at = Some(proof.published_at.unwrap_or(now));
    post.cause_code = None;
    post.cause_detail = None;
    post.person_decides = false;
}

/// Notes why it did not work.
pub(super) fn because(post: &mut post::Model, cause: &Cause) {
    post.cause_code = Some(cause.code.clone());
    post.cause_detail = Some(cause.detail.clone());
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
