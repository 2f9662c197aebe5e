//! The moment of leaving: the gate is evaluated and the attempt is committed in one transaction, before any call.

use entity::{
    AttemptId, HandbookId, attempt,
    attempt::{AttemptKind, AttemptOutcome},
    channel, post,
    post::PostState,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::{Lease, claim::held, heads, worker};
use crate::{
    Office,
    change::Change,
    compose::Composed,
    error::{Fault, Result},
    gate::{self, GateKind},
    lifecycle::{Lifecycle as _, PostEvent},
    posts,
};

/// What became of a claimed post at the gate.
#[derive(Debug)]
pub enum Begun {
    /// Every gate is open and the attempt is committed: send it now.
    Send(Box<Ready>),
    /// A gate is shut: the post is HELD, or MISSED when it is too late.
    Stopped(PostState),
    /// Somebody else has it by now.
    LostLease,
}

/// Exactly what to send, and under which attempt.
#[derive(Debug)]
pub struct Ready {
    /// The committed attempt.
    pub attempt_id: AttemptId,
    /// The post, SENDING.
    pub post: post::Model,
    /// Where it goes.
    pub channel: channel::Model,
    /// Exactly what goes out.
    pub composed: Composed,
    /// When the first try to send it began; none for this being the first.
    pub first_sent_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Evaluates the gate and, if every gate is open, commits the attempt.
pub async fn begin(office: &Office, lease: &Lease) -> Result<Begun> {
    let mut change = office.begin(&worker(lease.worker_id)).await?;
    let Some(post) = held(&change, lease, PostState::Sending).await? else {
        return Ok(Begun::LostLease);
    };
    let facts = gate::load_in_change(office, &change, post).await?;
    let gates = gate::evaluate(&facts, change.now);
    let post = facts.post.clone();
    if gates.iter().any(|gate| !gate.open) {
        let state = stop(&mut change, post, &gates, facts.handbook.id).await?;
        change.commit().await?;
        return Ok(Begun::Stopped(state));
    }
    let target = facts
        .target
        .as_ref()
        .ok_or_else(|| Fault::Internal("a post without target passed the gate".to_owned()))?;
    let composed = facts.revision.composed(target, &facts.channel);
    let mut edit = post::ActiveModel::from(post.clone());
    edit.attempts = Set(post.attempts + 1);
    edit.checked_handbook_id = Set(Some(facts.handbook.id));
    edit.lease_until = Set(Some(office.lease_end(change.now)));
    let post = posts::store(&change, &post, edit).await?;
    let first_sent_at = first_sent_at(&change, &post).await?;
    let attempt = insert(&change, &post, lease, AttemptKind::Publish).await?;
    change.note_in(
        post.office_id,
        "beginAttempt",
        "Post",
        post.id.0,
        json!({ "attempt": attempt.number, "fence": lease.fence }),
    );
    change.commit().await?;
    Ok(Begun::Send(Box::new(Ready {
        attempt_id: attempt.id,
        post,
        channel: facts.channel,
        composed,
        first_sent_at,
    })))
}

async fn stop(
    change: &mut Change<'_>,
    post: post::Model,
    gates: &[gate::Gate],
    checked_under: HandbookId,
) -> Result<PostState> {
    let late = gates.iter().any(|gate| gate.kind == GateKind::Lateness && !gate.open);
    let event = if late { PostEvent::Miss } else { PostEvent::Hold };
    let shut = gate::shut(gates);
    let codes: Vec<_> = shut.iter().map(|gate| gate.gate.clone()).collect();
    let mut edit = post::ActiveModel::from(post.clone());
    let state = post.state.next(event)?;
    edit.state = Set(state);
    edit.hold = Set(Some(post::Hold { since: change.now, gates: shut }));
    edit.checked_handbook_id = Set(Some(checked_under));
    edit.lease_until = Set(None);
    edit.worker_id = Set(None);
    posts::store(change, &post, edit).await?;
    heads::release(change.tx(), post.office_id, post.channel_id, None).await?;
    change.note_in(
        post.office_id,
        if late { "missPost" } else { "holdPost" },
        "Post",
        post.id.0,
        json!({ "gates": codes }),
    );
    Ok(state)
}

/// When the first try to send this post began.
pub(super) async fn first_sent_at(
    change: &Change<'_>,
    post: &post::Model,
) -> Result<Option<chrono::DateTime<chrono::Utc>>> {
    let first = attempt::Entity::find()
        .filter(attempt::Column::PostId.eq(post.id))
        .filter(attempt::Column::Kind.eq(AttemptKind::Publish))
        .order_by_asc(attempt::Column::Number)
        .one(change.tx())
        .await?;
    Ok(first.map(|attempt| attempt.started_at))
}

/// Writes an open attempt.
pub(super) async fn insert(
    change: &Change<'_>,
    post: &post::Model,
    lease: &Lease,
    kind: AttemptKind,
) -> Result<attempt::Model> {
    use sea_orm::PaginatorTrait as _;
    let earlier =
        attempt::Entity::find().filter(attempt::Column::PostId.eq(post.id)).count(change.tx()).await?;
    let row = attempt::Model {
        id: change.id(),
        office_id: post.office_id,
        post_id: post.id,
        number: i32::try_from(earlier).unwrap_or(i32::MAX).saturating_add(1),
        kind,
        fence: lease.fence,
        worker_id: lease.worker_id,
        idempotency_key: post.idempotency_key.clone(),
        started_at: change.now,
        ended_at: None,
        outcome: AttemptOutcome::Open,
        cause_code: None,
        cause_detail: None,
        http_status: None,
        remote_id: None,
        remote_url: None,
        evidence: None,
        retry_at: None,
    };
    Ok(attempt::ActiveModel::from(row).reset_all().insert(change.tx()).await?)
}
