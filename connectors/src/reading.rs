//! What is read back from a platform after something was published: how it stands there, what came in, and how often it was
//! seen. It knows the words for that; it does not know any platform, nor what the office makes of it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use crate::outcome::Cause;

/// How a published message stands on its platform, compared with what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// As it was sent.
    AsSent,
    /// The public reads something else.
    Changed(Difference),
    /// Surely not there any more.
    Gone,
    /// The platform cannot tell, or what it tells cannot be compared.
    CannotTell(Cause),
    /// The platform did not answer: ask again later.
    Unreachable {
        /// Why.
        cause: Cause,
        /// Not before this has passed, when the platform said so.
        retry_after: Option<Duration>,
    },
}

/// What of a published message is not as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The words.
    Words,
    /// The headline.
    Title,
    /// The number of its pictures and films, or what they are.
    Media,
    /// What a person who does not see a picture is told.
    AltText,
    /// The captions of a film: some are not there, or are not shown.
    Captions,
    /// The post of others below its words: it is not shown, or another one is.
    Quote,
    /// It is there, but not for everybody: private, unlisted or in the bin.
    NotPublic,
}

impl Difference {
    /// The stored and shown form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Words => "WORDS",
            Self::Title => "TITLE",
            Self::Media => "MEDIA",
            Self::AltText => "ALT_TEXT",
            Self::Captions => "CAPTIONS",
            Self::Quote => "QUOTE",
            Self::NotPublic => "NOT_PUBLIC",
        }
    }
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The platform, or this connector, does not offer it.
    #[error("this platform does not offer that")]
    NotOffered,
    /// The credential is not accepted, or lacks the right.
    #[error("the credential is not accepted: {0}")]
    CredentialRejected(Cause),
    /// The platform refuses the question.
    #[error("the platform refuses the question: {0}")]
    Refused(Cause),
    /// No trustworthy answer: ask again later.
    #[error("the platform cannot be asked now: {cause}")]
    Unreachable {
        /// Why.
        cause: Cause,
        /// Not before this has passed, when the platform said so.
        retry_after: Option<Duration>,
    },
}

/// Something that the public said to the account, or of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The platform's own name for it.
    pub remote_id: String,
    /// What it is.
    pub kind: IncomingKind,
    /// Whose it is, as the platform names them.
    pub author: String,
    /// The words, as plain text.
    pub text: String,
    /// Where the public finds it.
    pub url: Option<String>,
    /// Our message that it answers; absent when it answers none.
    pub answers: Option<String>,
    /// When, by the platform's clock.
    pub said_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Incoming")
            .field("remote_id", &self.remote_id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomingKind {
    /// It names the account.
    Mention,
    /// It answers something of the account's.
    Reply,
    /// It stands below something of the account's.
    Comment,
    /// It shows something of the account's with words of its own.
    Quote,
}

/// What came in since a place, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbox {
    /// What came in.
    pub items: Vec<Incoming>,
    /// From where to ask on: opaque, and only this connector reads it. Absent: as before.
    pub cursor: Option<String>,
    /// Whether there is more now.
    pub more: bool,
}

/// How often a published message was seen and answered, as the platform counts. Absent: the platform does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// The platform's own name for the message.
    pub remote_id: String,
    /// Times that it was shown.
    pub impressions: Option<u64>,
    /// Likes, favourites and other signs of approval.
    pub likes: Option<u64>,
    /// Times that somebody passed it on, with or without words of their own.
    pub shares: Option<u64>,
    /// Answers and comments.
    pub replies: Option<u64>,
    /// Clicks on it or its link.
    pub clicks: Option<u64>,
}

/// Something on the platform that the account passes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amplified {
    /// Where the public finds it.
    pub url: Url,
    /// The same for every attempt of this passing on.
    pub idempotency_key: String,
}
