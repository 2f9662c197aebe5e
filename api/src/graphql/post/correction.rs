//! What was done about a post that is out, and how it stood there, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::{correction, read_back};

use super::held::Hold;
use crate::{
    error::Field,
    graphql::{draft::Revision, id, member::Member, relations, scalars::DateTime},
};

/// What is done about a post that is out. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "correction::CorrectionKind")]
pub(crate) enum CorrectionKind {
    /// The words that are out are replaced by others that were approved.
    Edit,
    /// It is taken back.
    Withdraw,
}

/// How far a correction is. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "correction::CorrectionState")]
pub(crate) enum CorrectionState {
    /// A worker tells the platform now, or after a failure again: see `nextTryAt`.
    Waiting,
    /// A gate is shut: see `hold`. It goes on by itself when all are open.
    Held,
    /// The platform has done it: the post is `CORRECTED` or `WITHDRAWN`.
    Done,
    /// The platform refused it for good: see `causeCode`. The post is as it was.
    Refused,
    /// Somebody gave it up before the platform had done it.
    Cancelled,
}

/// What is done about a post that is out.
#[derive(Debug, Clone)]
pub(crate) struct Correction(pub(crate) Arc<correction::Model>);

/// What is done about a post that is out: its words are put right, or it is taken back. A worker tells the platform, and
/// repeats it until the platform has done it.
#[Object]
impl Correction {
    /// Global id.
    async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// What is done.
    async fn kind(&self) -> CorrectionKind {
        self.0.kind.into()
    }
    /// How far it is.
    async fn state(&self) -> CorrectionState {
        self.0.state.into()
    }
    /// Why, as whoever ordered it wrote.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
    /// The approved revision whose words take the place of those that are out; null when it is taken back.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id?).await
    }
    /// The revision that was out when it was ordered.
    async fn former_revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.former_revision_id).await
    }
    /// Who ordered it; null for the operator at the command line.
    async fn ordered_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.ordered_by).await
    }
    /// Tries so far.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }
    /// When the platform is told next; null when it is over.
    async fn next_try_at(&self) -> Option<DateTime> {
        self.0.ended_at.is_none().then(|| self.0.run_at.into())
    }
    /// Which gates were shut when it was last tried; null while none was.
    async fn hold(&self) -> Option<Hold> {
        self.0.hold.clone().map(Hold::from)
    }
    /// Stable code of the last failure; null when there was none, or it was done since.
    async fn cause_code(&self) -> Option<&str> {
        self.0.cause_code.as_deref()
    }
    /// What a person should know of it.
    async fn cause_detail(&self) -> Option<&str> {
        self.0.cause_detail.as_deref()
    }
    /// When it was ordered.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it was over; null before.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
}

/// How a post stands on its platform. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "read_back::StandingKind")]
pub(crate) enum StandingKind {
    /// As it was sent.
    AsSent,
    /// The public reads something else: see `difference`.
    Changed,
    /// It is not there any more.
    Gone,
    /// The platform cannot tell, or what it tells cannot be compared: see `cause`.
    CannotTell,
    /// The platform did not answer; it is asked again: see `cause`.
    Unreachable,
}

/// What of a post is not as it was sent. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum Difference {
    /// The words.
    Words,
    /// The headline.
    Title,
    /// The number of its pictures and films, or what they are.
    Media,
    /// What a person who does not see a picture is told.
    AltText,
    /// The captions of its film: some are missing, or not shown. Correcting the post again sends them.
    Captions,
    /// The post of others that it quotes: the platform does not show it (its author may have taken it back or forbidden the
    /// quote), or shows another one.
    Quote,
    /// It is there, but not for everybody.
    NotPublic,
}

/// The reading back of a post.
#[derive(Debug, Clone)]
pub(crate) struct ReadBack(pub(super) Arc<read_back::Model>);

/// How a post stood on its platform when it was read back and compared with what was approved.
#[Object]
impl ReadBack {
    /// How it stood; null before the first reading.
    async fn standing(&self) -> Option<StandingKind> {
        self.0.standing.map(StandingKind::from)
    }
    /// What was not as it was sent; null unless `CHANGED`.
    async fn difference(&self) -> Option<Difference> {
        Some(match self.0.difference.as_deref()? {
            "TITLE" => Difference::Title,
            "MEDIA" => Difference::Media,
            "ALT_TEXT" => Difference::AltText,
            "CAPTIONS" => Difference::Captions,
            "QUOTE" => Difference::Quote,
            "NOT_PUBLIC" => Difference::NotPublic,
            _ => Difference::Words,
        })
    }
    /// Why it could not be told, as `CODE: words`; null when it could.
    async fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
    /// When it was read last; null before the first reading.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(DateTime::from)
    }
    /// When it is read next; null when it is not.
    async fn next_at(&self) -> Option<DateTime> {
        self.0.due_at.map(DateTime::from)
    }
}
