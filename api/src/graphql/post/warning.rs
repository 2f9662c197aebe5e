//! Warnings about a time: before it is decided, when it is, and while the post waits. Calls `office::warnings`.

use async_graphql::{Context, Enum, ID, Object};
use entity::post;
use office::{Office, policy::op, warnings};

use super::when::WhenInput;
use crate::{
    error::{Field, nullable},
    graphql::{channel::Channel, context::ContextExt as _, id, relations},
};

/// What a warning about a time is about. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ScheduleWarningKind", remote = "warnings::WarningKind")]
pub(crate) enum WarningKind {
    /// Another post leaves the channel within a few minutes.
    Clash,
    /// Many posts leave the channel that day.
    CrowdedDay,
    /// The same draft or link goes to several channels in the same minute.
    SameMoment,
    /// Another initiative speaks to the same audience at about that time.
    SameAudience,
    /// Nothing has left the channel for long before it.
    Silence,
    /// It falls into quiet hours or a blackout, and will be held.
    Blackout,
    /// The captions of its film do not arrive there, as the account said when it was last looked at. The film goes out without.
    CaptionsLost,
}

/// What a person should know about a time. It stops nothing.
#[derive(Debug, Clone)]
pub(crate) struct ScheduleWarning(pub(crate) warnings::Warning);

/// What a person should know about a time. It stops nothing.
#[Object]
impl ScheduleWarning {
    /// What it is about.
    async fn kind(&self) -> WarningKind {
        self.0.kind.into()
    }
    /// What is the matter, for people.
    async fn message(&self) -> &str {
        &self.0.message
    }
    /// On which channel.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.0.channel_id)).await
    }
    /// Ids of the other posts that it is about.
    async fn post_ids(&self) -> Vec<ID> {
        self.0.posts.iter().map(|id| id::encode(*id)).collect()
    }
}

/// The warnings about posts that were just put at their times, for a payload. What was done is done: when they cannot be
/// read, they are left out, and that is logged.
pub(super) async fn of(office: &Office, posts: &[post::Model]) -> Option<Vec<ScheduleWarning>> {
    let office_id = posts.first()?.office_id;
    match warnings::of_posts(office, office_id, posts).await {
        Ok(told) => Some(told.into_iter().flatten().map(ScheduleWarning).collect()),
        Err(error) => {
            tracing::error!(%error, "warnings about a time could not be read");
            None
        }
    }
}

/// Queries about times.
#[derive(Debug, Default)]
pub(crate) struct WarningQuery;

#[Object]
impl WarningQuery {
    /// What scheduling a draft would be warned of, before it is decided and whether or not the draft is approved: what else
    /// leaves near that time, and quiet times. Null when there is no such draft in your office; a time that cannot be is an
    /// error with the code `BAD_USER_INPUT`.
    async fn schedule_warnings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] draft_id: ID,
        #[graphql(desc = "On these of its channels; on all of them when left out.", default)]
        channel_ids: Vec<ID>,
        #[graphql(desc = "When.")] when: WhenInput,
    ) -> Field<Vec<ScheduleWarning>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ScheduleWarnings>()?;
            let Ok(draft_id) = id::decode(&draft_id) else { return Ok(None) };
            let (channels, when) = (id::decode_all(&channel_ids)?, when.read()?);
            let told = warnings::foresee(ctx.office()?, &permit, draft_id, &channels, &when).await;
            match told {
                Err(office::OfficeError::NotFound("draft")) => Ok(None),
                told => Ok(Some(told?.into_iter().map(ScheduleWarning).collect())),
            }
        })
        .await
    }
}
