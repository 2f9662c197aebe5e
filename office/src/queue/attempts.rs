//! The rows of tries: written, and committed, before any call.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{AttemptId, PostId, attempt, attempt::AttemptKind, post};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde_json::{Value, json};

use super::Lease;
use crate::{
    change::Change,
    database::given::{Given, Kind, id, instant, maybe_instant, narrowed},
    error::Result,
};

/// What was tried before of a post.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Earlier {
    /// Number of the last try.
    last: i32,
    /// When the first try to send it began.
    pub(super) first_sent_at: Option<DateTime<Utc>>,
    /// When the last one did.
    pub(super) last_sent_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Row {
    post_id: PostId,
    last: i32,
    first_sent_at: Option<DateTime<Utc>>,
    last_sent_at: Option<DateTime<Utc>>,
}

/// What was tried before of these posts; those that nobody claimed yet cost nothing.
pub(super) async fn earlier(
    change: &Change<'_>,
    posts: impl IntoIterator<Item = &post::Model>,
) -> Result<HashMap<PostId, Earlier>> {
    const SQL: &str = "SELECT attempt.post_id, MAX(attempt.number) AS last, \
                       MIN(CASE WHEN {sent} THEN attempt.started_at END) AS first_sent_at, \
                       MAX(CASE WHEN {sent} THEN attempt.started_at END) AS last_sent_at \
                       FROM {given} JOIN attempt ON attempt.post_id = given.id GROUP BY attempt.post_id";
    // Whatever only prepared the post sent nothing of it.
    const SENT: &str = "attempt.kind = 'PUBLISH' AND attempt.outcome <> 'PREPARING'";
    let claimed = posts.into_iter().filter(|post| post.fence > 0);
    let given = Given::new(&[("id", Kind::Id)], claimed.map(|post| json!([id(post.id)])).collect());
    if given.is_empty() {
        return Ok(HashMap::new());
    }
    let statement = given.statement(change.engine(), &SQL.replace("{sent}", SENT), []);
    let rows = Row::find_by_statement(statement).all(change.tx()).await?;
    let earlier = |row: Row| {
        let (first_sent_at, last_sent_at) = (row.first_sent_at, row.last_sent_at);
        (row.post_id, Earlier { last: row.last, first_sent_at, last_sent_at })
    };
    Ok(rows.into_iter().map(earlier).collect())
}

/// A try that begins now.
#[derive(Debug)]
pub(super) struct Begin<'a> {
    pub(super) post: &'a post::Model,
    pub(super) lease: Lease,
    pub(super) kind: AttemptKind,
    pub(super) earlier: Earlier,
}

/// Writes open tries; gives their ids and numbers in the order of `tries`.
pub(super) async fn open(change: &Change<'_>, tries: &[Begin<'_>]) -> Result<Vec<(AttemptId, i32)>> {
    const COLUMNS: &[(&str, Kind)] = &[
        ("id", Kind::Id),
        ("office_id", Kind::Id),
        ("post_id", Kind::Id),
        ("number", Kind::Number),
        ("kind", Kind::Text),
        ("fence", Kind::Number),
        ("worker_id", Kind::Id),
        ("idempotency_key", Kind::Text),
        ("started_at", Kind::Instant),
    ];
    const SQL: &str = "INSERT INTO attempt (id, office_id, post_id, number, kind, fence, worker_id, idempotency_key, started_at, outcome) \
                       SELECT id, office_id, post_id, number, kind, fence, worker_id, idempotency_key, started_at, 'OPEN' FROM {given}";
    let mut opened = Vec::with_capacity(tries.len());
    let mut rows = Vec::with_capacity(tries.len());
    for begin in tries {
        let (attempt_id, number): (AttemptId, i32) = (change.id(), begin.earlier.last.saturating_add(1));
        let (post, lease) = (begin.post, &begin.lease);
        rows.push(json!([
            id(attempt_id),
            id(post.office_id),
            id(post.id),
            number,
            serde_json::to_value(begin.kind)?,
            lease.fence,
            id(lease.worker_id),
            post.idempotency_key,
            instant(change.now)
        ]));
        opened.push((attempt_id, number));
    }
    if !rows.is_empty() {
        let statement: Statement = Given::new(COLUMNS, rows).statement(change.engine(), SQL, []);
        change.tx().execute_raw(statement).await?;
    }
    Ok(opened)
}

/// How a try ended.
#[derive(Debug)]
pub(super) struct End {
    pub(super) outcome: attempt::AttemptOutcome,
    pub(super) cause: Option<super::Cause>,
    pub(super) proof: Option<super::Proof>,
    pub(super) retry_at: Option<DateTime<Utc>>,
}

impl End {
    pub(super) fn of(outcome: attempt::AttemptOutcome) -> Self {
        Self { outcome, cause: None, proof: None, retry_at: None }
    }

    pub(super) fn cause(outcome: attempt::AttemptOutcome, cause: &super::Cause) -> Self {
        Self { cause: Some(cause.clone()), ..Self::of(outcome) }
    }

    pub(super) fn proof(outcome: attempt::AttemptOutcome, proof: &super::Proof) -> Self {
        Self { proof: Some(proof.clone()), ..Self::of(outcome) }
    }

    fn row(&self, attempt: AttemptId) -> Result<Value> {
        let (cause, proof) = (self.cause.as_ref(), self.proof.as_ref());
        Ok(json!([
            id(attempt),
            serde_json::to_value(self.outcome)?,
            cause.map(|cause| &cause.code),
            cause.map(|cause| &cause.detail),
            cause.and_then(|cause| cause.http_status),
            proof.map(|proof| &proof.remote_id),
            proof.and_then(|proof| proof.remote_url.as_ref()),
            proof.map(|proof| &proof.evidence),
            maybe_instant(self.retry_at)
        ]))
    }
}

/// Writes how tries ended.
pub(super) async fn end(change: &Change<'_>, ends: &[(AttemptId, End)]) -> Result<()> {
    const COLUMNS: &[(&str, Kind)] = &[
        ("id", Kind::Id),
        ("outcome", Kind::Text),
        ("cause_code", Kind::Text),
        ("cause_detail", Kind::Text),
        ("http_status", Kind::Number),
        ("remote_id", Kind::Text),
        ("remote_url", Kind::Text),
        ("evidence", Kind::Text),
        ("retry_at", Kind::Instant),
    ];
    const SQL: &str = "UPDATE attempt SET ended_at = $2, outcome = given.outcome, cause_code = given.cause_code, \
                       cause_detail = given.cause_detail, http_status = given.http_status, remote_id = given.remote_id, \
                       remote_url = given.remote_url, evidence = given.evidence, retry_at = given.retry_at \
                       FROM {given} WHERE attempt.id = given.id";
    if ends.is_empty() {
        return Ok(());
    }
    let rows: Result<Vec<Value>> = ends.iter().map(|(attempt, end)| end.row(*attempt)).collect();
    let given = Given::new(COLUMNS, rows?);
    let few = narrowed(change.engine(), "attempt.id");
    let statement = given.statement(change.engine(), &format!("{SQL}{few}"), [change.now.into()]);
    change.tx().execute_raw(statement).await?;
    Ok(())
}
