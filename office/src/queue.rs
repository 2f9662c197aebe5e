//! The queue as workers handle it: claim, begin, settle, look up, rescue. The queue is the `post` table.
//!
//! A post's way: [`claim`] takes it under a lease and a fence; [`begin`] evaluates the gate and commits the attempt, both
//! in one transaction; the worker talks to the platform; [`settle`] writes what came of it, if the lease still holds. A
//! worker that dies before `begin` leaves a post that was surely not sent; one that dies after it leaves an open attempt,
//! and [`rescue`] makes that post UNCONFIRMED. Knows the queue's SQL and no platform.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{OfficeId, PostId, WorkerId};

use crate::{Actor, Office, Requester};

mod beat;
mod begin;
mod claim;
pub(crate) mod heads;
mod look_up;
mod recheck;
mod release;
mod rescue;
mod retry;
mod settle;
mod watch;

pub use beat::{beat, stopped};
pub use begin::{Begun, Ready, begin};
pub use claim::{claim, give_back, renew};
pub use look_up::{begin_look_up, claim_look_ups, settle_look_up};
pub(crate) use recheck::recheck_at_once;
pub use recheck::{Rechecked, offices_to_recheck, recheck};
pub use release::{expire, release_held};
pub use rescue::rescue;
pub use retry::backoff;
pub use settle::{Settled, settle};
pub use watch::{Depth, Readiness, depths, next_due, readiness};

/// A worker's hold on one post: good until the lease ends, and only as long as nobody claimed it since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// The post.
    pub post_id: PostId,
    /// The office that owns it.
    pub office_id: OfficeId,
    /// Which worker.
    pub worker_id: WorkerId,
    /// The claim's number.
    pub fence: i64,
    /// Until when it is held.
    pub until: DateTime<Utc>,
}

/// Why something did not work, in a form that is safe to store and show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// Stable code.
    pub code: String,
    /// What a person should know: never post text, tokens or addresses.
    pub detail: String,
    /// Status, if there was an answer.
    pub http_status: Option<u16>,
}

/// Proof that a post is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Its id on the platform.
    pub remote_id: String,
    /// Its live address.
    pub remote_url: Option<String>,
    /// When the platform says that it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// By what evidence.
    pub evidence: String,
}

/// What came of a try to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// The platform has it.
    Delivered(Proof),
    /// Surely not sent: may be tried again, not before the platform's own wish.
    NotSent(Cause, Option<TimeDelta>),
    /// Refused for good.
    Refused(Cause),
    /// The credential was refused: a person must renew it.
    CredentialRejected(Cause),
    /// May have been sent.
    Unknown(Cause),
}

/// What came of a look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUpOutcome {
    /// It is there.
    Found(Proof),
    /// It is surely not there.
    Absent,
    /// The platform cannot tell: a person decides.
    CannotTell(Cause),
    /// No answer: later again.
    Unreachable(Cause, Option<TimeDelta>),
}

/// The worker as the one who changes things; offices are named entry by entry.
fn worker(worker_id: WorkerId) -> Requester {
    Requester::new(OfficeId(uuid::Uuid::nil()), Actor::Worker(worker_id))
}

impl Office {
    fn lease_end(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::seconds(self.limits.lease_seconds)
    }
}
