//! An initiative as clients see it. Knows columns, not rules.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use entity::plan::PlanState;
use office::{
    channels::{self, ChannelOrder},
    initiatives,
    paging::Direction,
    plans,
};

use super::{CommunicationsPlan, InitiativeQuestion, PlanCompleteness, announcement::AnnouncementPart};
use crate::{
    error::Field,
    graphql::{
        blogging::BloggingDuty,
        channel::{BY_HANDLE, Channel},
        context::ContextExt as _,
        coverage::{self, MessageReport},
        id,
        loaders::{
            ChannelsOfInitiative,
            rows::{BloggingOfInitiative, PlansOfInitiative, QuestionsOfInitiative},
        },
        member::Member,
        paging::{Connection, PageArgs, page_of},
        relation,
        scalars::{Date, DateTime},
    },
};

/// The order of an initiative's plans, part of their cursors.
const BY_NUMBER: &str = "plan.number";

/// Where an initiative is in its life. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::initiative::InitiativeState")]
pub(crate) enum InitiativeState {
    /// Waits for the coordinator: nothing of it goes out.
    Proposed,
    /// Acknowledged: its posts may go out.
    Active,
    /// Not taken up; `decisionReason` says why. Final.
    Declined,
    /// Ending: nothing new goes out, and each of its channels is to be settled.
    Closing,
    /// Over. Final.
    Closed,
}

/// What became of a goal of a plan.
#[derive(Debug, SimpleObject)]
pub(crate) struct GoalResult {
    /// Global id of the goal; null in results of before goals had ids.
    goal_id: Option<ID>,
    /// The goal, in the plan's words.
    goal: String,
    /// What became of it.
    result: String,
}

/// A social-media programme of a project.
#[derive(Debug, Clone)]
pub(crate) struct Initiative(pub(crate) Arc<entity::initiative::Model>);

impl From<entity::initiative::Model> for Initiative {
    fn from(row: entity::initiative::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A social-media programme of a project: `PROPOSED` until the coordinator acknowledges it (`ACTIVE`) or declines it
/// (`DECLINED`), then `CLOSING` and `CLOSED`. Its posts go out only while it is active and has an approved plan.
#[Object]
impl Initiative {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Name, unique in the office.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// What it is for.
    async fn purpose(&self) -> &str {
        &self.0.purpose
    }
    /// Whom it wants to reach.
    async fn audience(&self) -> &str {
        &self.0.audience
    }
    /// Who runs it day to day.
    async fn run_by(&self) -> &str {
        &self.0.run_by
    }
    /// How it is staffed and for how many hours.
    async fn staffing(&self) -> &str {
        &self.0.staffing
    }
    /// Who takes over when the project ends or people leave.
    async fn successor(&self) -> &str {
        &self.0.successor
    }
    /// Channels of the office that could carry it, as its announcement says.
    async fn existing_channels(&self, ctx: &Context<'_>) -> Result<Vec<Channel>> {
        let loaders = ctx.loaders()?;
        let ids = self.0.existing_channels.0.iter();
        let found = ids.map(|id| loaders.one::<entity::channel::Entity>(*id));
        let found = futures::future::try_join_all(found).await?;
        Ok(found.into_iter().flatten().map(Channel).collect())
    }
    /// Why those, or why none; null when the announcement does not say.
    async fn existing_channels_note(&self) -> Option<&str> {
        self.0.existing_channels_note.as_deref()
    }
    /// The questions that its announcement does not answer yet. It can be acknowledged once none but `EXISTING_CHANNELS` is
    /// left.
    async fn unanswered(&self) -> Vec<AnnouncementPart> {
        initiatives::unanswered(&self.0).into_iter().map(AnnouncementPart::from).collect()
    }
    /// What coordinators asked about it, oldest first, at most 50.
    async fn questions(&self, ctx: &Context<'_>) -> Field<Vec<InitiativeQuestion>> {
        let rows = relation::many::<QuestionsOfInitiative>(ctx, self.0.id).await;
        Some(rows.map(|rows| rows.into_iter().map(InitiativeQuestion).collect()))
    }
    /// What became of the goals of its plan, said when it was closed.
    async fn results(&self) -> Vec<GoalResult> {
        let result = |kept: &entity::initiative::GoalResult| GoalResult {
            goal_id: kept.goal_id.map(id::encode),
            goal: kept.goal.clone(),
            result: kept.result.clone(),
        };
        self.0.results.0.iter().map(result).collect()
    }
    /// First day, in the office's zone.
    async fn starts_on(&self) -> Date {
        self.0.starts_on.into()
    }
    /// Last day, in the office's zone; null for one without a planned end.
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date::from)
    }
    /// The project's tag, without `#`; null when it has none.
    async fn hashtag(&self) -> Option<&str> {
        self.0.hashtag.as_deref()
    }
    /// Where it is in its life.
    async fn state(&self) -> InitiativeState {
        self.0.state.into()
    }
    /// The project manager who owns it.
    async fn manager(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::one::<entity::member::Entity, _>(ctx, self.0.manager_id, Member).await
    }
    /// Who proposed it.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::one::<entity::member::Entity, _>(ctx, self.0.proposed_by, Member).await
    }
    /// The coordinator who acknowledged or declined it; null before.
    async fn decided_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::maybe::<entity::member::Entity, _>(ctx, self.0.decided_by, Member).await
    }
    /// When that was; null before.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime::from)
    }
    /// Why it was declined, or what the coordinator remarked; null when nothing was said.
    async fn decision_reason(&self) -> Option<&str> {
        self.0.decision_reason.as_deref()
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was proposed.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// The communications plan in force: the version that was approved last; null before the first approval.
    async fn plan(&self, ctx: &Context<'_>) -> Field<CommunicationsPlan> {
        let versions = relation::many::<PlansOfInitiative>(ctx, self.0.id).await;
        let in_force = |rows: Vec<Arc<entity::plan::Model>>| {
            rows.into_iter().find(|row| row.state == PlanState::Approved).map(CommunicationsPlan)
        };
        versions.map(in_force).transpose()
    }

    /// What the newest version of its communications plan has and lacks, approved or not: a list to work through. Without
    /// any version every part is missing.
    async fn plan_completeness(&self, ctx: &Context<'_>) -> Field<PlanCompleteness> {
        let versions = relation::many::<PlansOfInitiative>(ctx, self.0.id).await;
        Some(versions.map(|rows| PlanCompleteness::of(rows.last().map(AsRef::as_ref))))
    }

    /// Its duty to blog, and how that stands; null while it has none (`setBloggingDuty`).
    async fn blogging(&self, ctx: &Context<'_>) -> Field<BloggingDuty> {
        let duty = relation::many::<BloggingOfInitiative>(ctx, self.0.id).await;
        duty.map(|rows| rows.into_iter().next().map(BloggingDuty)).transpose()
    }

    /// Which key messages of its plan were said in a stretch of days, and what was said that none of them covers. A first day
    /// after the last one, or too many days, is an error with the code `BAD_USER_INPUT`.
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day, in the office's zone; 90 days before `to` when left out.")]
        from: Option<Date>,
        #[graphql(desc = "The last day; today when left out.")] to: Option<Date>,
    ) -> Field<MessageReport> {
        coverage::report(ctx, self.0.id, from, to).await.transpose()
    }

    /// Every version of its communications plan, newest first, approved or not.
    async fn plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<CommunicationsPlan>> {
        Some(plans_of(ctx, self, PageArgs { first, after, last, before }).await)
    }

    /// The channels that serve this initiative alone, by handle. Closing it settles each of them.
    async fn channels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Channel>> {
        Some(channels_of(ctx, self, PageArgs { first, after, last, before }).await)
    }
}

async fn plans_of(
    ctx: &Context<'_>,
    initiative: &Initiative,
    args: PageArgs,
) -> Result<Connection<CommunicationsPlan>> {
    let request = args.request(ctx, BY_NUMBER)?;
    let rows = relation::many::<PlansOfInitiative>(ctx, initiative.0.id).await?;
    let total = rows.len();
    let cursor = |row: &Arc<entity::plan::Model>| plans::cursor(row);
    let page = page_of(rows, cursor, Direction::Descending, &request);
    Ok(Connection::new(page, BY_NUMBER, cursor, CommunicationsPlan).of_known(total))
}

async fn channels_of(
    ctx: &Context<'_>,
    initiative: &Initiative,
    args: PageArgs,
) -> Result<Connection<Channel>> {
    let request = args.request(ctx, BY_HANDLE)?;
    let rows = relation::many::<ChannelsOfInitiative>(ctx, initiative.0.id).await?;
    let total = rows.len();
    let cursor = |row: &Arc<entity::channel::Model>| channels::cursor(ChannelOrder::Handle, row);
    let page = page_of(rows, cursor, Direction::Ascending, &request);
    Ok(Connection::new(page, BY_HANDLE, cursor, Channel).of_known(total))
}
