//! One try to put a post out or to look it up, as clients see it.

use std::sync::Arc;

use async_graphql::{Enum, ID, Object};
use entity::attempt;

use crate::graphql::{
    id,
    scalars::{DateTime, Url},
};

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "attempt::AttemptKind")]
pub(crate) enum AttemptKind {
    /// To send.
    Publish,
    /// To find out whether an earlier try arrived.
    LookUp,
}

/// What came of a try. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "attempt::AttemptOutcome")]
pub(crate) enum AttemptOutcome {
    /// Begun; not settled.
    Open,
    /// Published.
    Delivered,
    /// Surely not sent: may be tried again.
    NotSent,
    /// Surely not sent, and nothing failed: the platform is still at work on its media, or has not got all of them yet. The
    /// next try goes on from there.
    Preparing,
    /// Refused for good.
    Refused,
    /// The credential was refused: a person must renew it.
    CredentialRejected,
    /// May have been sent.
    Unknown,
    /// Look-up: it is there.
    Found,
    /// Look-up: it is surely not there.
    Absent,
    /// Look-up: the platform cannot tell; a person decides.
    CannotTell,
    /// Look-up: no answer; later again.
    Unreachable,
    /// The worker died or lost its lease.
    Abandoned,
}

/// One try to put a post out, or to look it up; written before the platform was called.
#[derive(Debug, Clone)]
pub(crate) struct Attempt(pub(crate) Arc<attempt::Model>);

/// One try to put a post out, or to look it up; written before the platform was called.
#[Object]
impl Attempt {
    /// Global id.
    async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// From 1 for each post.
    async fn number(&self) -> i32 {
        self.0.number
    }
    /// What was tried.
    async fn kind(&self) -> AttemptKind {
        self.0.kind.into()
    }
    /// What came of it.
    async fn outcome(&self) -> AttemptOutcome {
        self.0.outcome.into()
    }
    /// The worker process that tried, as the log names it.
    async fn worker(&self) -> String {
        self.0.worker_id.to_string()
    }
    /// The key that went with it: the same for all tries of a post.
    async fn idempotency_key(&self) -> &str {
        &self.0.idempotency_key
    }
    /// When it began.
    async fn started_at(&self) -> DateTime {
        self.0.started_at.into()
    }
    /// When its outcome was settled; null while open.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
    /// Stable code of the cause; null on success.
    async fn cause_code(&self) -> Option<&str> {
        self.0.cause_code.as_deref()
    }
    /// What a person should know of it; null when nothing.
    async fn cause_detail(&self) -> Option<&str> {
        self.0.cause_detail.as_deref()
    }
    /// HTTP status of the platform's answer; null when there was none.
    async fn http_status(&self) -> Option<i32> {
        self.0.http_status
    }
    /// Its id on the platform; null when not told.
    async fn remote_id(&self) -> Option<&str> {
        self.0.remote_id.as_deref()
    }
    /// Its live address; null when not told.
    async fn remote_url(&self) -> Option<Url> {
        self.0.remote_url.clone().map(Url)
    }
    /// By what evidence it counts as published; null when it does not.
    async fn evidence(&self) -> Option<&str> {
        self.0.evidence.as_deref()
    }
    /// When the next try is due; null when there is none.
    async fn retry_at(&self) -> Option<DateTime> {
        self.0.retry_at.map(DateTime::from)
    }
}
