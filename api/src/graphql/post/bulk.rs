//! Many posts at once: a dry run that says what would happen, and the doing of exactly that. Calls `office::posts::bulk`.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, OneofObject, SimpleObject};
use entity::bulk_act::{self, Fate};
use office::{RefusalCode, calendar, error::refuse, policy::op, posts::bulk};

use super::{
    filter::PostFilter,
    object::{Post, PostState, PostTime},
    when::LocalTimeInput,
};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        scalars::{DateTime, LocalDateTime, TimeZone},
    },
};

/// What to do to many posts.
#[derive(Debug, InputObject)]
pub(crate) struct BulkPostsInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters. Not read in a
    /// dry run.
    client_key: Option<String>,
    /// Which posts.
    selection: BulkSelectionInput,
    /// What to do to each.
    act: BulkActInput,
    /// `true`: only say what would happen; nothing is written.
    dry_run: bool,
    /// The `plan` of a dry run: exactly that is done, or nothing. Required unless `dryRun`; not read in a dry run.
    expect: Option<String>,
}

/// Which posts: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum BulkSelectionInput {
    /// These, at most 500.
    PostIds(Vec<ID>),
    /// All that a list with this filter has, at most 500.
    Filter(PostFilter),
}

/// What to do to each post: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum BulkActInput {
    /// Move it by a step.
    ShiftBy(ShiftInput),
    /// Move it to a local time.
    RescheduleTo(LocalTimeInput),
    /// `true`: move it to the next free slot of its channel. The slots of a channel are given in the order of due times;
    /// those that the posts leave are free.
    Reslot(bool),
    /// `true`: give it up.
    Cancel(bool),
    /// Hold it until a person releases it, for this reason; 1 to 5,000 characters, shown to everyone who sees the post.
    Hold(String),
    /// `true`: let go what a person holds, if you may: what you hold, or as project manager of its initiative or
    /// coordinator. Each then waits for its time again, stays held by the gates that are shut, or is `MISSED` when it is
    /// too late; `stateAfter` says which.
    Release(bool),
}

/// A step in time, forwards or backwards.
#[derive(Debug, InputObject)]
pub(crate) struct ShiftInput {
    /// Days: the local time of day stays the same across a clock change.
    #[graphql(default)]
    days: i32,
    /// Minutes, as they pass; together with days they come after them.
    #[graphql(default)]
    minutes: i32,
}

/// Why a post is left alone. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Enum)]
#[graphql(remote = "bulk_act::LeftReason")]
pub(crate) enum LeftReason {
    /// It is published, or was.
    AlreadyPublished,
    /// It leaves at this moment.
    Leaving,
    /// Not possible in its state.
    IllegalState,
    /// There is no such post in your office.
    NotFound,
    /// It would be due in the past.
    InThePast,
    /// It would be due later than anything may be.
    TooFarAhead,
    /// Another post of its channel is due at that very moment, or its revision is scheduled there already.
    WouldClash,
    /// Its channel has no free slot left.
    NoFreeSlot,
    /// It is as it would be.
    AsWished,
    /// Another person holds it, or its channel is another's to hold.
    NotYours,
}

/// What becomes of one of many posts, or would.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct BulkOutcome {
    #[graphql(skip)]
    after: Option<bulk_act::After>,
    /// The post's global id.
    post_id: ID,
    /// The post as it is now; null when there is none in your office.
    post: Option<Post>,
    /// Whether it changes.
    changes: bool,
    /// Its state before; null when there is no such post.
    state_before: Option<PostState>,
    /// Its state then; the same when it is left alone.
    state_after: Option<PostState>,
    /// When it was due; null when there is no such post.
    due_before: Option<DateTime>,
    /// Why it is left alone; null when it changes.
    left_because: Option<LeftReason>,
    /// The same for people, and what can be done about it; null when it changes.
    message: Option<String>,
}

#[ComplexObject]
impl BulkOutcome {
    /// When it is due then; null when it is left alone.
    async fn time_after(&self) -> Field<PostTime> {
        let after = self.after.as_ref()?;
        let resolved = calendar::resolve("time", &after.local_time, &after.time_zone);
        Some(resolved.map_err(Into::into).map(|resolved| PostTime {
            local_time: LocalDateTime(after.local_time.clone()),
            time_zone: TimeZone(after.time_zone.clone()),
            due_at: after.due_at.into(),
            clock_change: resolved.clock_change.into(),
        }))
    }
}

/// How many posts are left alone for a reason.
#[derive(SimpleObject)]
pub(crate) struct LeftCount {
    /// The reason.
    reason: LeftReason,
    /// How many.
    count: i32,
}

/// What became of many posts, or would.
pub(crate) struct BulkAct(bulk::Bulk);

/// What became of many posts, or would.
#[Object]
impl BulkAct {
    /// The act that was carried out, as the audit entries of its posts name it; null for a dry run.
    async fn id(&self) -> Option<ID> {
        self.0.id.map(id::encode)
    }
    /// Names exactly this: give it back as `expect`. Opaque; up to 14,000 characters.
    async fn plan(&self) -> &str {
        &self.0.plan
    }
    /// How many posts were selected.
    async fn selected(&self) -> i32 {
        count(self.0.outcomes.len())
    }
    /// How many of them change.
    async fn changed(&self) -> i32 {
        count(self.0.outcomes.iter().filter(|one| matches!(one.fate, Fate::Changes(_))).count())
    }
    /// How many are left alone, by reason.
    async fn left_alone(&self) -> Vec<LeftCount> {
        let mut counts: BTreeMap<LeftReason, usize> = BTreeMap::new();
        for outcome in &self.0.outcomes {
            if let Fate::Left(reason) = outcome.fate {
                *counts.entry(reason.into()).or_default() += 1;
            }
        }
        counts.into_iter().map(|(reason, number)| LeftCount { reason, count: count(number) }).collect()
    }
    /// Post by post, in the order in which they were due; then those that are not there.
    async fn outcomes(&self) -> Vec<BulkOutcome> {
        self.0.outcomes.iter().map(|outcome| told(outcome, &self.0)).collect()
    }
}

fn count(number: usize) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

fn told(outcome: &bulk_act::Outcome, told: &bulk::Bulk) -> BulkOutcome {
    let before = outcome.before.as_ref();
    let state = before.map(|before| before.state);
    let (after, left) = match &outcome.fate {
        Fate::Changes(after) => (Some(after), None),
        Fate::Left(reason) => (None, Some(*reason)),
    };
    BulkOutcome {
        post_id: id::encode(outcome.post_id),
        post: told.posts.get(&outcome.post_id).map(|row| Post(Arc::new(row.clone()))),
        changes: after.is_some(),
        state_before: state.map(PostState::from),
        state_after: after.map(|after| after.state).or(state).map(PostState::from),
        due_before: before.map(|before| before.due_at.into()),
        left_because: left.map(LeftReason::from),
        message: left.map(|reason| bulk::why_left(reason, state)),
        after: after.cloned(),
    }
}

impl BulkSelectionInput {
    /// An id that names no post of ours is a post that is not there, and is told as one.
    fn read(self) -> office::Result<bulk::Selection> {
        Ok(match self {
            Self::PostIds(ids) => bulk::Selection::Posts(id::decode_all(&ids)?),
            Self::Filter(filter) => bulk::Selection::Filter(filter.read()?),
        })
    }
}

impl BulkActInput {
    fn read(self) -> office::Result<bulk::Act> {
        const FALSE: &str = "leave it out, or set it to true";
        Ok(match self {
            Self::ShiftBy(by) => bulk::Act::Shift { days: by.days.into(), minutes: by.minutes.into() },
            Self::RescheduleTo(at) => {
                let (local_time, time_zone) = at.parts();
                bulk::Act::To { local_time, time_zone }
            }
            Self::Reslot(true) => bulk::Act::Reslot,
            Self::Cancel(true) => bulk::Act::Cancel,
            Self::Hold(reason) => bulk::Act::Hold { reason },
            Self::Release(true) => bulk::Act::Release,
            Self::Release(false) => return refuse(RefusalCode::Invalid, "act.release", FALSE),
            Self::Reslot(false) => return refuse(RefusalCode::Invalid, "act.reslot", FALSE),
            Self::Cancel(false) => return refuse(RefusalCode::Invalid, "act.cancel", FALSE),
        })
    }
}

payloads! {
    /// What `bulkPosts` answers.
    BulkPostsPayload {
        /// What became of the posts or, in a dry run, would.
        bulk: BulkAct,
    }
}

/// Mutations of many posts.
#[derive(Debug, Default)]
pub(crate) struct BulkPostMutation;

#[Object]
impl BulkPostMutation {
    /// Moves many posts, gives them the next free slots, holds them, lets them go, or gives them up. First as a dry run: it says post by post what
    /// would happen and writes nothing. Then with its `plan` as `expect`: exactly that is done, in one transaction, or
    /// nothing. What is published, leaving or may be out is never touched; a post that cannot be changed is left alone with
    /// the reason, and does not keep the others from it. User errors: `REQUIRED` (no post, no step, no reason, no `expect`), `INVALID`
    /// (`expect`, a time, a step), `TOO_LONG` (more than 500 posts: narrow the filter), `CONFLICT` (the queue changed since
    /// the dry run: `posts` says which would fare otherwise), `KEY_REUSED`, `NOT_FOUND` (an id of another type).
    async fn bulk_posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which posts, and what to do.")] input: BulkPostsInput,
    ) -> Field<BulkPostsPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::BulkPosts>()?;
            let office = ctx.office()?;
            let outcome = async {
                let wish = bulk::BulkPosts {
                    client_key: input.client_key,
                    selection: input.selection.read()?,
                    act: input.act.read()?,
                    dry_run: input.dry_run,
                    expect: input.expect,
                };
                bulk::act(office, &permit, wish).await
            };
            payload(Box::pin(outcome).await, |done| BulkPostsPayload::done(BulkAct(done)))
        })
        .await
    }
}
