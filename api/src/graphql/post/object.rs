//! A post, as clients see it. Knows columns and relations, not rules.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use entity::{initiative, post, revision};
use office::{
    calendar::{self, LocalInstant},
    posts,
};

use super::{
    actions::{self, PostAction},
    attempt::Attempt,
    correction::{Correction, ReadBack},
    figures::PostFigures,
    held::{Hold, PersonHold},
    outcome::{self, NextAct, Outcome},
    warning::ScheduleWarning,
};
use crate::{
    error::Field,
    graphql::{
        channel::Channel,
        context::ContextExt as _,
        conversation::Conversation,
        draft::{Draft, Revision, parts_of_post, text_of_post},
        id,
        initiative::Initiative,
        loaders::rows::{AttemptsOfPost, CorrectionsOfPost, FiguresOfPost, ReadBackOfPost},
        member::Member,
        recurrence::Recurrence,
        relations,
        scalars::{DateTime, LocalDateTime, TimeZone, Url},
    },
};

/// Where a post is in its life. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "post::PostState")]
pub(crate) enum PostState {
    /// Waits for its time.
    Scheduled,
    /// A worker holds it and may be talking to the platform.
    Sending,
    /// Known not sent; waits for the next try.
    Retrying,
    /// Not known whether it was sent; being looked up, or waiting for a person (`personDecides`).
    Unconfirmed,
    /// A gate is shut: see `hold`.
    Held,
    /// Too late to be wanted without asking: reschedule or cancel it.
    Missed,
    /// The platform refused it for good.
    Rejected,
    /// Out.
    Published,
    /// Given up before it left.
    Cancelled,
    /// Out, and corrected since.
    Corrected,
    /// Was out; taken back.
    Withdrawn,
    /// Changed or gone on the platform, not by us.
    Drifted,
}

/// What a clock change did to a wish for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "calendar::ClockChange")]
pub(crate) enum ClockChange {
    /// Nothing.
    None,
    /// The local time does not exist on that day: moved forward by the gap.
    Skipped,
    /// The local time occurs twice on that day: the first is meant.
    Repeated,
}

/// When a post is due: the wish, and the instant that it means.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PostTime {
    /// The wish as local time.
    pub(super) local_time: LocalDateTime,
    /// The zone of the wish.
    pub(super) time_zone: TimeZone,
    /// The instant that it means.
    pub(super) due_at: DateTime,
    /// Whether a clock change moved it.
    pub(super) clock_change: ClockChange,
}

impl From<LocalInstant> for PostTime {
    fn from(time: LocalInstant) -> Self {
        Self {
            local_time: LocalDateTime(time.local_time),
            time_zone: TimeZone(time.time_zone),
            due_at: time.instant.into(),
            clock_change: time.clock_change.into(),
        }
    }
}

/// The queue row and, afterwards, its history: one approved revision bound for one channel at one time.
#[derive(Debug, Clone)]
pub(crate) struct Post(pub(crate) Arc<post::Model>);

impl From<post::Model> for Post {
    fn from(row: post::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// The queue row and, afterwards, its history: one approved revision bound for one channel at one time.
#[Object]
impl Post {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The draft.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id).await
    }
    /// The approved revision that is sent.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id).await
    }
    /// The post of the same channel that it follows: it does not leave before that one is out. Null for most.
    async fn follows(&self, ctx: &Context<'_>) -> Field<Post> {
        relations::post(ctx, self.0.follows_post_id?).await
    }
    /// Where it goes.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.0.channel_id)).await
    }
    /// For which initiative.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, Some(self.0.initiative_id)).await
    }
    /// Which part of a thread it is, from 1; null where it sends its words whole. Each part is a post of its own that follows
    /// the one before it.
    async fn part(&self) -> Option<i32> {
        (self.0.part > 0).then_some(self.0.part)
    }
    /// How many parts the thread has; null where it is no part of one.
    async fn parts(&self, ctx: &Context<'_>) -> Field<usize> {
        parts_of_post(ctx, &self.0).await.transpose()
    }
    /// The text as it goes out there, with the channel's signature; composed anew from what the channel says now. Of a part of
    /// a thread, that part's words as they were approved.
    async fn text(&self, ctx: &Context<'_>) -> Field<String> {
        text_of_post(ctx, &self.0).await.transpose()
    }
    /// The post of others that it passes on or, where it has a text, quotes; null where there is none. Of a thread the first
    /// part has it.
    async fn amplifies(&self, ctx: &Context<'_>) -> Field<Url> {
        if self.0.part > 1 {
            return None;
        }
        let found = relations::row::<revision::Entity>(ctx, self.0.revision_id).await?;
        found.map(|revision| revision.amplifies.clone().map(Url)).transpose()
    }
    /// What the public said that it answers; null where it answers nothing.
    async fn answers(&self, ctx: &Context<'_>) -> Field<Conversation> {
        relations::conversation(ctx, self.0.answers).await
    }
    /// SHA-256, in hexadecimal digits, of exactly what was approved to be sent; the same for all parts of a thread.
    async fn digest(&self) -> &str {
        &self.0.digest
    }
    /// Where it is in its life.
    async fn state(&self) -> PostState {
        self.0.state.into()
    }
    /// When it is due.
    async fn time(&self) -> Field<PostTime> {
        let (local_time, time_zone) = (&self.0.local_time, &self.0.time_zone);
        let resolved = calendar::resolve("time", local_time, time_zone);
        Some(resolved.map_err(Into::into).map(|resolved| PostTime {
            local_time: LocalDateTime(local_time.clone()),
            time_zone: TimeZone(time_zone.clone()),
            due_at: self.0.due_at.into(),
            // What left at once, in the second of two like hours, was not meant as the first.
            clock_change: if resolved.instant == self.0.due_at {
                resolved.clock_change.into()
            } else {
                ClockChange::None
            },
        }))
    }
    /// When it is due, as an instant: what lists are sorted by.
    async fn due_at(&self) -> DateTime {
        self.0.due_at.into()
    }
    /// When it will be tried next: at its time, or when its channel may go on (`Channel.queue`). Null when it waits for
    /// nothing any more, is held, or follows a post that is not out yet.
    async fn next_try_at(&self, ctx: &Context<'_>) -> Field<DateTime> {
        outcome::next_try(ctx, &self.0).await
    }
    /// Later than this it is not wanted any more and becomes `MISSED`.
    async fn missed_after(&self) -> DateTime {
        self.0.missed_after.into()
    }
    /// Every try to put it out or to look it up, oldest first.
    async fn attempts(&self, ctx: &Context<'_>) -> Field<Vec<Attempt>> {
        let found = relations::children::<AttemptsOfPost>(ctx, self.0.id).await;
        Some(found.map(|rows| rows.into_iter().map(Attempt).collect()))
    }
    /// Which gates were shut when it was held or became too late; null while it waits or is out. `explain` answers what the gates say at this moment.
    async fn hold(&self) -> Option<Hold> {
        self.0.hold.clone().map(Hold::from)
    }
    /// The person's own hold on it; null while nobody holds it. It outlasts another time.
    async fn person_hold(&self) -> Option<PersonHold> {
        self.0.person_hold.clone().map(PersonHold)
    }
    /// Whether it is out, not out, refused or not known, and by what evidence.
    async fn outcome(&self, ctx: &Context<'_>) -> Field<Outcome> {
        let found = relations::children::<AttemptsOfPost>(ctx, self.0.id).await;
        Some(found.map(|attempts| posts::outcome(&self.0, &attempts).into()))
    }
    /// The only safe next act: nothing that it names can send the post twice.
    async fn next_act(&self, ctx: &Context<'_>) -> Field<NextAct> {
        outcome::next_act(ctx, &self.0).await
    }
    /// Whether the platform cannot tell what became of it, so that a coordinator must (`resolvePost`).
    async fn person_decides(&self) -> bool {
        self.0.person_decides
    }
    /// What was done about it after it was out, oldest first: `correctPost`, `withdrawPost`.
    async fn corrections(&self, ctx: &Context<'_>) -> Field<Vec<Correction>> {
        let found = relations::children::<CorrectionsOfPost>(ctx, self.0.id).await;
        Some(found.map(|rows| rows.into_iter().map(Correction).collect()))
    }
    /// How it stood on its platform when it was read back and compared with what was approved; null before it was first to be
    /// read, and where nothing can be read back.
    async fn read_back(&self, ctx: &Context<'_>) -> Field<ReadBack> {
        let found = relations::children::<ReadBackOfPost>(ctx, self.0.id).await;
        found.map(|rows| rows.into_iter().next().map(ReadBack)).transpose()
    }
    /// How often it was seen and answered, as its platform counts; null before it was asked, and where it cannot be.
    async fn figures(&self, ctx: &Context<'_>) -> Field<PostFigures> {
        let found = relations::children::<FiguresOfPost>(ctx, self.0.id).await;
        found.map(|rows| rows.into_iter().next().map(PostFigures)).transpose()
    }
    /// Its id on the platform; null until published.
    async fn remote_id(&self) -> Option<&str> {
        self.0.remote_id.as_deref()
    }
    /// Its live address; null until known.
    async fn remote_url(&self) -> Option<Url> {
        self.0.remote_url.clone().map(Url)
    }
    /// The office's other active channels that could pass it on (boost, repost): those on the same platform, by handle, at most
    /// `limits.amplifiers`. Empty until it is out, and where the platform has no such thing. Write a draft that `amplifies`
    /// its `remoteUrl` on them, with words to quote it.
    async fn amplifiable_by(&self, ctx: &Context<'_>) -> Field<Vec<Channel>> {
        Some(super::amplify::amplifiers(ctx, &self.0).await)
    }
    /// When it was published; null until then.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime::from)
    }
    /// Stable code of the last failure; null when there was none.
    async fn cause_code(&self) -> Option<&str> {
        self.0.cause_code.as_deref()
    }
    /// What a person should know of the last failure; null when there was none.
    async fn cause_detail(&self) -> Option<&str> {
        self.0.cause_detail.as_deref()
    }
    /// The recurrence that made it; null when it was scheduled by itself.
    async fn recurrence(&self, ctx: &Context<'_>) -> Field<Recurrence> {
        relations::recurrence(ctx, self.0.recurrence_id).await
    }
    /// Which of the recurrence's times it is, whatever it was moved to; null when it is none of them.
    async fn planned_for(&self) -> Option<LocalDateTime> {
        let planned = &self.0.occurrence;
        (!planned.is_empty()).then(|| LocalDateTime(planned.clone()))
    }
    /// What to know about its time while it waits: what else leaves near it, and quiet times. Warnings stop nothing;
    /// `explain` tells what does.
    async fn warnings(&self, ctx: &Context<'_>) -> Field<Vec<ScheduleWarning>> {
        let told = async { Result::Ok(ctx.loaders()?.warnings(&self.0).await?) };
        Some(told.await.map(|told| told.into_iter().map(ScheduleWarning).collect()))
    }
    /// Who scheduled it; null when an integration did.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.created_by).await
    }
    /// What the viewer may do with it in its present state: the buttons to show. The mutation has the last word.
    async fn allowed_actions(&self, ctx: &Context<'_>) -> Field<Vec<PostAction>> {
        let requester = match ctx.requester() {
            Ok(requester) => requester,
            Err(error) => return Some(Err(error.into())),
        };
        let manager = match &self.0.person_hold {
            None => None,
            Some(_) => match relations::row::<initiative::Entity>(ctx, self.0.initiative_id).await? {
                Ok(initiative) => Some(initiative.manager_id),
                Err(error) => return Some(Err(error)),
            },
        };
        Some(Ok(actions::allowed(requester, &self.0, manager)))
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was scheduled.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
