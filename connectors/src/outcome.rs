//! What came of a call, in the words that the queue decides by. It knows the classes and what each one
//! permits; it does not know any platform or transport.

use std::{fmt, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::prepared::Prepared;

/// What came of an attempt to publish, change or delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is out (or changed, or gone).
    Delivered(Receipt),
    /// Known not to be out: it may be tried again.
    NotSent {
        /// Why.
        cause: Cause,
        /// Not before this has passed, when the platform said so.
        retry_after: Option<Duration>,
    },
    /// Known not to be out, and a repeat would be refused as well.
    Refused(Cause),
    /// Known not to be out: the credential or its rights need a person.
    CredentialRejected(Cause),
    /// It may be out. Never repeat it: look it up.
    Unknown(Cause),
    /// Known not to be out, and nothing has failed: the platform is still at work on what it was handed, or has not got all of
    /// it yet. The next try is to bring `prepared` along, and goes on from there.
    Preparing {
        /// What the platform keeps.
        prepared: Prepared,
        /// When it is worth asking again; zero: there is more to hand over, at once.
        ask_after: Duration,
    },
}

/// The proof that something is out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The platform's own name for it.
    pub remote_id: String,
    /// Where the public finds it.
    pub url: Option<String>,
    /// When, by the platform's clock.
    pub published_at: Option<DateTime<Utc>>,
    /// How we know.
    pub evidence: Evidence,
}

/// How we know that something is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Evidence {
    /// The platform's answer to the call.
    Answer,
    /// The platform (or our own store) answered a repeated key with the first post.
    IdempotencyKey,
    /// Found by a marker that only this message has.
    Marker,
    /// Found among the account's own posts by time and content.
    Timeline,
}

impl Evidence {
    /// The stored and shown form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "ANSWER",
            Self::IdempotencyKey => "IDEMPOTENCY_KEY",
            Self::Marker => "MARKER",
            Self::Timeline => "TIMELINE",
        }
    }
}

/// Why something went wrong, safe to store, log and show: never a body, a token or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// Stable and machine-readable: `TIMEOUT`, `RATE_LIMITED`, `HTTP_500`.
    pub code: String,
    /// The status of the answer, when there was one.
    pub http_status: Option<u16>,
    /// One sentence for a person.
    pub detail: String,
}

impl Cause {
    /// Why nothing can be looked for.
    pub(crate) fn never_sent() -> Self {
        Self::new("NO_FIRST_ATTEMPT", "when the first attempt began is not known")
    }

    /// A cause without an HTTP answer.
    pub fn new(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code: code.into(), http_status: None, detail: detail.into() }
    }

    /// The same cause with the status that was answered.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}

/// What a look-up after an unknown outcome found.
///
/// `Absent` speaks of the instant of asking. Ask only when the lost request can no longer be on its way:
/// at least [`crate::HttpLimits::longest_publish`] after it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// It is out.
    Found(Receipt),
    /// Sending again cannot make a second post: it is not there, or the platform is known to answer a
    /// repeat of this key with the first post.
    Absent,
    /// The platform cannot tell, or tells of something only a person can judge.
    CannotTell(Cause),
    /// The platform did not answer: ask again later.
    Unreachable {
        /// Why.
        cause: Cause,
        /// Not before this has passed, when the platform said so.
        retry_after: Option<Duration>,
    },
}

/// How long a platform may take to list what it took, where nothing else is known of it: none says, half a minute to a minute
/// was seen by others, and this is a guess on the safe side.
pub(crate) const LISTED: TimeDelta = TimeDelta::minutes(2);

impl LookUp {
    /// The same, but that a message is not listed says nothing until its last attempt, which was surely over then, is so old that
    /// the platform, which lists what it took so late, lists it.
    pub(crate) fn once_listed(
        self,
        over_at: Option<DateTime<Utc>>,
        late: TimeDelta,
        now: DateTime<Utc>,
    ) -> Self {
        let left = over_at.and_then(|over_at| (over_at + late - now).to_std().ok());
        match (self, left.filter(|left| !left.is_zero())) {
            (Self::Absent, Some(left)) => Self::Unreachable {
                cause: Cause::new("TOO_YOUNG", "the platform may not list yet what was sent so lately"),
                // Platforms tell their time in whole seconds.
                retry_after: Some(Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))),
            },
            (told, _) => told,
        }
    }
}
