//! A mail as clients see it. Knows columns, not rules. The words are not shown: they are between sender and recipient.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};

use crate::{
    error::Field,
    graphql::{id, initiative::Initiative, member::Member, relations, scalars::DateTime},
};

/// What a mail tells of. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::mail::MailKind")]
pub(crate) enum MailKind {
    /// To coordinators: an initiative was proposed. It asks them to decide, and cannot be turned off.
    InitiativeProposed,
    /// To who proposed an initiative and who owns it: a coordinator asks. It cannot be turned off.
    InitiativeAsked,
    /// To the coordinator who asked: here is the answer.
    InitiativeAnswered,
    /// To who proposed an initiative and who owns it: it was acknowledged or declined.
    InitiativeDecided,
    /// To coordinators, who proposed an initiative and who owns it: its end has begun, or is complete.
    InitiativeClosing,
    /// To whom tasks wait for: the day's digest of those that are due, and of others' that nobody has settled. It cannot be
    /// turned off.
    TasksDue,
}

/// How far a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::mail::MailState")]
pub(crate) enum MailState {
    /// To be sent, or after a failure again. The mail server certainly has not taken it.
    Waiting,
    /// A worker speaks to the mail server.
    Sending,
    /// The mail server has taken it.
    Sent,
    /// The mail server may have taken it: its answer was lost. It is sent once more under the same Message-ID; lost again,
    /// `retryMail` or `giveUpMail` decides.
    Unconfirmed,
    /// The mail server refused it for good.
    Refused,
    /// Given up by a person, by its age, or because the recipient has left.
    GivenUp,
}

/// A mail to a member.
#[derive(Debug, Clone)]
pub(crate) struct Mail(pub(crate) Arc<entity::mail::Model>);

impl From<entity::mail::Model> for Mail {
    fn from(row: entity::mail::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A mail to a member: what was told to whom, and what came of it. Its words are not shown.
#[Object]
impl Mail {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// What it tells of.
    async fn kind(&self) -> MailKind {
        self.0.kind.into()
    }
    /// How far it is.
    async fn state(&self) -> MailState {
        self.0.state.into()
    }
    /// To whom.
    async fn member(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.member_id)).await
    }
    /// The initiative that it is about.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, self.0.initiative_id).await
    }
    /// Its subject line.
    async fn subject(&self) -> &str {
        &self.0.subject
    }
    /// Its Message-ID, without angle brackets; null before the first try.
    async fn message_id(&self) -> Option<&str> {
        self.0.message_id.as_deref()
    }
    /// Tries so far.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }
    /// When it is tried next; null when no worker will.
    async fn next_at(&self) -> Option<DateTime> {
        self.0.next_at.map(DateTime::from)
    }
    /// Stable code of the last failure, such as `SMTP_550`, `NO_ANSWER` or `TOO_OLD`; null when there was none.
    async fn cause_code(&self) -> Option<&str> {
        self.0.cause_code.as_deref()
    }
    /// That failure in words; null when there was none.
    async fn cause_detail(&self) -> Option<&str> {
        self.0.cause_detail.as_deref()
    }
    /// When it was written.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it was sent, refused or given up; null before.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
}
