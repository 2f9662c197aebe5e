//! A recurrence, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};
use entity::recurrence;
use office::recurrences;

use super::repeats::RepeatRule;
use crate::{
    error::{ApiError, Field},
    graphql::{
        channel::Channel,
        context::ContextExt as _,
        draft::{Draft, Revision},
        id,
        loaders::rows::WaitingPostsOfRecurrence,
        member::Member,
        post::{Post, PostTime},
        relations,
        scalars::{Date, DateTime, TimeZone},
    },
};

/// Times that `upcoming` tells, at most.
const UPCOMING_AT_MOST: i32 = 100;

/// Where a recurrence is in its life. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "recurrence::RecurrenceState")]
pub(crate) enum RecurrenceState {
    /// Waits for another person's approval (`approveRecurrence`).
    Proposed,
    /// Approved: its posts are made ahead.
    Active,
    /// Over: its last time has passed, or somebody ended it.
    Ended,
}

/// An approved draft repeated on some of its channels by a rule. Each of its times is a post of its own, made some weeks
/// ahead.
#[derive(Debug, Clone)]
pub(crate) struct Recurrence(pub(crate) Arc<recurrence::Model>);

impl From<recurrence::Model> for Recurrence {
    fn from(row: recurrence::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// An approved draft repeated on some of its channels by a rule. Each of its times is a post of its own, made some weeks
/// ahead.
#[Object]
impl Recurrence {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// What it repeats.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id).await
    }
    /// Where.
    async fn channels(&self, ctx: &Context<'_>) -> Field<Vec<Channel>> {
        let channels = self.0.channels.0.iter().map(|id| relations::channel(ctx, Some(*id)));
        let found = futures::future::join_all(channels).await;
        Some(found.into_iter().flatten().collect::<Result<_>>())
    }
    /// How it repeats.
    async fn repeats(&self) -> RepeatRule {
        (&self.0.repeats).into()
    }
    /// The first day that may be one of its days.
    async fn starts_on(&self) -> Date {
        self.0.starts_on.into()
    }
    /// The last such day; null when it ends after so many `times`.
    async fn until(&self) -> Option<Date> {
        self.0.until.map(Date::from)
    }
    /// How many times, counted from the first; null when it ends by date.
    async fn times(&self) -> Option<i32> {
        self.0.times
    }
    /// At which time, `HH:MM`. A time that a clock change skips moves forward by the gap; one that occurs twice means the
    /// first.
    async fn local_time(&self) -> &str {
        &self.0.local_time
    }
    /// In which zone.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.0.time_zone.clone())
    }
    /// Minutes late that each of its posts may leave before it counts as `MISSED`.
    async fn publish_late_minutes(&self) -> i32 {
        self.0.publish_late_minutes
    }
    /// Where it is in its life.
    async fn state(&self) -> RecurrenceState {
        self.0.state.into()
    }
    /// The revision whose repeating was approved; null while none stands.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id?).await
    }
    /// Who approved that; null while nobody did.
    async fn approved_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.approved_by).await
    }
    /// When; null while nobody did.
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.approved_at.map(DateTime::from)
    }
    /// The next times that the rule names, whether or not their posts are made, moved or cancelled. Empty once it ended.
    async fn upcoming(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.")] first: i32,
    ) -> Field<Vec<PostTime>> {
        let told = async {
            let most = usize::try_from(first).ok().filter(|_| (1..=UPCOMING_AT_MOST).contains(&first));
            let most =
                most.ok_or_else(|| ApiError::bad_input(format!("`first` is from 1 to {UPCOMING_AT_MOST}")))?;
            let times = recurrences::upcoming(&self.0, ctx.office()?.now(), most)?;
            Ok(times.into_iter().map(PostTime::from).collect())
        };
        Some(told.await)
    }
    /// Its posts that have not left, earliest due first. All of them: `posts(filter: { recurrenceId: … })`.
    async fn posts(&self, ctx: &Context<'_>) -> Field<Vec<Post>> {
        let found = relations::children::<WaitingPostsOfRecurrence>(ctx, self.0.id).await;
        Some(found.map(|rows| rows.into_iter().map(Post).collect()))
    }
    /// When it ended; null until then.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
    /// Who ended it; null when its last time passed, and until then.
    async fn ended_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.ended_by).await
    }
    /// Who made it.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.created_by)).await
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
