//! The truth about a post's outcome and the only safe next act, as clients see them. Decides nothing: `office::posts` does.

use std::sync::Arc;

use async_graphql::{Context, Enum, Result, SimpleObject};
use entity::{ChannelId, channel, channel_head, post};
use office::posts;

use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        relations,
        scalars::{DateTime, Url},
    },
};

/// Whether a post is out, as far as anybody can know. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "posts::OutcomeKind")]
pub(crate) enum OutcomeKind {
    /// It is out, or was.
    Sent,
    /// Surely not out: no try arrived.
    NotSent,
    /// Surely not out: the platform refused it for good.
    Refused,
    /// It may be out. It is never sent again before that is known.
    NotKnown,
    /// No try to send it has begun.
    NotTried,
}

/// By what an outcome is known. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "posts::OutcomeEvidence")]
pub(crate) enum OutcomeEvidence {
    /// No try has begun.
    NoTry,
    /// A try was written down, and its answer is waited for.
    InFlight,
    /// The platform's answer to the try.
    Answer,
    /// The platform answered a repeat of the same key with the first post.
    RepeatedKey,
    /// The try ended before the platform had it.
    NeverLeft,
    /// The try ended without an answer that tells.
    NoAnswer,
    /// The worker died, or lost its lease, after the try had begun.
    WorkerLost,
    /// The platform was asked whether it has the post.
    LookUp,
    /// A person looked, because the platform could not tell (`resolvePost`).
    Person,
}

/// Why something did not work.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Cause {
    /// Stable code, such as `TIMEOUT`, `RATE_LIMITED` or `HTTP_422`.
    code: String,
    /// What a person should know of it.
    detail: String,
    /// HTTP status of the platform's answer; null when there was none.
    http_status: Option<i32>,
}

/// What became of a post, and how we know.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Outcome {
    /// Whether it is out.
    kind: OutcomeKind,
    /// By what that is known.
    evidence: OutcomeEvidence,
    /// The evidence in a sentence, for people.
    reason: &'static str,
    /// Since when it is so; null where only the audit tells.
    since: Option<DateTime>,
    /// Why it did not work; null on success and where nothing is known of it.
    cause: Option<Cause>,
    /// Where it is; null unless it is out and the platform told.
    remote_url: Option<Url>,
}

impl From<posts::Outcome> for Outcome {
    fn from(outcome: posts::Outcome) -> Self {
        let cause = outcome.cause.map(|cause| Cause {
            code: cause.code,
            detail: cause.detail,
            http_status: cause.http_status.map(i32::from),
        });
        Self {
            kind: outcome.kind.into(),
            evidence: outcome.evidence.into(),
            reason: outcome.reason,
            since: outcome.since.map(DateTime::from),
            cause,
            remote_url: outcome.remote_url.map(Url),
        }
    }
}

/// What is to be done about a post. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "posts::Act")]
pub(crate) enum Act {
    /// Nothing: it is over.
    None,
    /// Nothing: it goes on by itself.
    Wait,
    /// Ask the platform at once whether it is out: `lookUpPost`.
    LookUp,
    /// Look on the platform, and say what is there: `resolvePost`.
    Resolve,
    /// Try again, for it is surely not out: `retryPost`.
    Retry,
    /// Give it another time (`reschedulePost`), or give it up.
    Reschedule,
    /// Connect the channel again: `connectChannel`.
    ReconnectChannel,
    /// Change the words (`reviseDraft`), have them approved, and schedule that.
    Revise,
    /// Let go what a person holds: `releasePost`.
    Release,
    /// Give it up, for no waiting would let it go: `cancelPost`.
    Cancel,
    /// Put right what is out (`correctPost`), or take it back (`withdrawPost`).
    Correct,
}

/// The only safe next act: nothing that it names can send a post twice.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct NextAct {
    /// What.
    act: Act,
    /// Why, for people.
    why: String,
    /// When it goes on by itself; null where nobody knows or nothing will.
    at: Option<DateTime>,
    /// The mutation that does it; null where nothing is to be done. Who may call it is another question:
    /// `allowedActions`.
    operation: Option<&'static str>,
}

impl From<posts::NextAct> for NextAct {
    fn from(next: posts::NextAct) -> Self {
        Self {
            act: next.act.into(),
            why: next.why,
            at: next.at.map(DateTime::from),
            operation: next.act.operation(),
        }
    }
}

/// A channel's head, which may keep its posts longer than their own times.
async fn head(ctx: &Context<'_>, channel: ChannelId) -> Result<Option<Arc<channel_head::Model>>> {
    Ok(ctx.loaders()?.channel_head(channel).await?)
}

/// The next act of a post.
pub(super) async fn next_act(ctx: &Context<'_>, post: &post::Model) -> Field<NextAct> {
    nullable(async {
        let now = ctx.office()?.now();
        let head = head(ctx, post.channel_id).await?;
        let channel = relations::row::<channel::Entity>(ctx, post.channel_id).await.transpose()?;
        Ok(channel.map(|channel| posts::next_act(post, &channel, head.as_deref(), now).into()))
    })
    .await
}

/// When a post is tried next.
pub(super) async fn next_try(ctx: &Context<'_>, post: &post::Model) -> Field<DateTime> {
    nullable(async {
        let head = head(ctx, post.channel_id).await?;
        Ok(posts::next_try(post, head.as_deref()).map(DateTime::from))
    })
    .await
}
