//! The queue as workers handle it: claim, settle, look up, rescue. The queue is the `post` table.
//!
//! A post's way: [`claim`] takes it under a lease and a fence, evaluates the gate and commits the attempt, all in one
//! transaction; the worker talks to the platform; [`settle`] writes what came of it, if the lease still holds. Both handle
//! batches: a commit costs more than a post. A worker that dies in between leaves an open attempt, and [`rescue`] makes
//! that post UNCONFIRMED. Leases go by the database's clock. Knows the queue's SQL and no platform.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{AttemptId, OfficeId, PostId, WorkerId, channel, post};

use crate::{Actor, Office, Requester, compose::Composed};

mod attempts;
mod beat;
mod claim;
mod credential;
pub(crate) mod followers;
pub(crate) mod heads;
mod look_up;
mod prepare;
pub(crate) mod preparing;
mod recheck;
mod release;
mod rescue;
mod restore;
mod retry;
mod settle;
mod watch;
mod write;

pub use beat::{beat, leads, stopped};
pub use claim::{Claimed, Room, claim, renew};
pub(crate) use credential::reject_credential;
pub use followers::{Followed, followed};
pub use look_up::{begin_look_up, claim_look_ups, settle_look_up};
pub use prepare::prepare;
pub use preparing::{Prepared, prune};
pub(crate) use recheck::recheck_at_once;
pub use recheck::{Rechecked, offices_to_recheck, recheck};
pub use release::{expire, release_held};
pub use rescue::{disown, mend, rescue};
pub use restore::Restored;
pub(crate) use restore::{RESTORED, restore};
pub use retry::backoff;
pub use settle::{Settled, Settlement, settle};
pub use watch::{Agenda, Depth, Readiness, agenda, channel_heads, depths, readiness};

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

impl Lease {
    fn of(post: &post::Model, worker_id: WorkerId, until: DateTime<Utc>) -> Self {
        Self { post_id: post.id, office_id: post.office_id, worker_id, fence: post.fence, until }
    }
}

/// Exactly what to send or to look up, and under which committed attempt.
#[derive(Debug)]
pub struct Ready {
    /// The worker's hold.
    pub lease: Lease,
    /// The committed attempt.
    pub attempt_id: AttemptId,
    /// The post.
    pub post: post::Model,
    /// Where it goes.
    pub channel: channel::Model,
    /// Exactly what goes out.
    pub composed: Composed,
    /// Whether that is what was approved. The gate sees to it for what is sent; when it is looked up afterwards the channel
    /// may have changed.
    pub as_approved: bool,
    /// When the first try to send it began: this one, where none was before it.
    pub first_sent_at: Option<DateTime<Utc>>,
    /// When the last try to send it before this one began; none before the second.
    pub last_sent_at: Option<DateTime<Utc>>,
    /// What the platform keeps of it since an earlier try; none where that is nothing.
    pub prepared: Option<Prepared>,
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
    /// Surely not sent, and nothing failed: the platform keeps this, and is worth asking again after so long; at once where
    /// that is nothing.
    Preparing(Prepared, TimeDelta),
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
    pub(crate) fn lease_end(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::seconds(self.limits.lease_seconds)
    }
}
