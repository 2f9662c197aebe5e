//! A goal of a plan, its figures and how far it has come, as clients see them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use entity::measurement;
use office::plans;

use crate::{
    error::Field,
    graphql::{
        context::ContextExt as _,
        id,
        loaders::rows::MeasurementEndsOfInitiative,
        member::Member,
        paging::{Connection, PageArgs},
        relation,
        scalars::{Date, DateTime},
    },
};

/// The order of a goal's figures, part of their cursors.
const BY_WRITING: &str = "measurement.createdAt";

/// How a goal stands. Clients must accept values that they do not know: show `words` then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "plans::GoalStanding")]
pub(crate) enum GoalStanding {
    /// Nothing can be said: no figure is known, or the plan names no target or no day.
    NotGauged,
    /// As far as its days have passed, or farther.
    OnTrack,
    /// Less far than its days have passed.
    Behind,
    /// Reached.
    Met,
    /// Its day has passed and it was not reached.
    Missed,
}

/// Where a figure comes from. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "measurement::MeasurementSource")]
pub(crate) enum MeasurementSource {
    /// A person read it and wrote it down.
    Manual,
}

/// How far a goal has come.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct GoalProgress {
    /// How it stands.
    standing: GoalStanding,
    /// How much of the way from the baseline to the target is gone: 0 where it began, 1 at the target, more beyond it, less
    /// than 0 the wrong way. Without a baseline the way begins at the first figure. Null while nothing can be said.
    share: Option<f64>,
    /// How much of the time had passed on the day of the last figure, 0 to 1; null for a goal without a day.
    expected: Option<f64>,
    /// The figure of the latest day; null while there is none.
    last: Option<Measurement>,
    /// All of it in words.
    words: String,
}

/// A figure measured for a goal.
#[derive(Debug, Clone)]
pub(crate) struct Measurement(pub(crate) Arc<measurement::Model>);

impl From<measurement::Model> for Measurement {
    fn from(row: measurement::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A figure measured for a goal. It never changes: a wrong one is measured again for the same day, and the later written
/// one counts.
#[Object]
impl Measurement {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The goal, as `Goal.id`.
    async fn goal_id(&self) -> ID {
        id::encode(self.0.goal_id)
    }
    /// The figure, in the goal's unit.
    async fn value(&self) -> f64 {
        self.0.value
    }
    /// The day for which it holds, in the office's zone.
    async fn measured_on(&self) -> Date {
        self.0.measured_on.into()
    }
    /// Where it comes from.
    async fn source(&self) -> MeasurementSource {
        self.0.source.into()
    }
    /// What was said of it; null when nothing was.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
    /// Who wrote it down.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::one::<entity::member::Entity, _>(ctx, self.0.recorded_by, Member).await
    }
    /// When it was written down.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A goal of a plan.
#[derive(Debug, Clone)]
pub(crate) struct Goal {
    pub(super) plan: Arc<entity::plan::Model>,
    pub(super) goal: entity::plan::Goal,
}

/// A goal of a plan, with the measure that tells whether it is met.
#[Object]
impl Goal {
    /// Its id: the same in each version of the plan that has it.
    async fn id(&self) -> ID {
        id::encode(self.goal.id)
    }
    /// What is wanted.
    async fn goal(&self) -> &str {
        &self.goal.goal
    }
    /// How one tells that it is met; null while nobody has said.
    async fn measure(&self) -> Option<&str> {
        Some(self.goal.measure.as_str()).filter(|words| !words.is_empty())
    }
    /// What the figures count, such as `visits a month`; null where the measure says it.
    async fn unit(&self) -> Option<&str> {
        self.goal.unit.as_deref()
    }
    /// The figure at the beginning, in the unit; null where it is not known.
    async fn baseline(&self) -> Option<f64> {
        self.goal.baseline
    }
    /// The figure that is wanted, in the unit; null while nobody has said.
    async fn target(&self) -> Option<f64> {
        self.goal.target
    }
    /// The day by which, in the office's zone; null while nobody has said.
    async fn due_on(&self) -> Option<Date> {
        self.goal.due_on.map(Date::from)
    }
    /// How far it has come, by the figures that were written down.
    async fn progress(&self, ctx: &Context<'_>) -> Field<GoalProgress> {
        Some(progress(ctx, self).await)
    }
    /// Its figures, last written first.
    async fn measurements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Measurement>> {
        Some(history(ctx, self, PageArgs { first, after, last, before }).await)
    }
}

async fn progress(ctx: &Context<'_>, goal: &Goal) -> Result<GoalProgress> {
    let figures = relation::many::<MeasurementEndsOfInitiative>(ctx, goal.plan.initiative_id).await?;
    let own: Vec<_> = figures.iter().filter(|figure| figure.goal_id == goal.goal.id).collect();
    let ends = own.first().zip(own.last()).map(|(first, last)| (first.as_ref(), last.as_ref()));
    let told = plans::progress(&goal.goal, ends, relation::today(ctx, goal.plan.office_id).await?);
    Ok(GoalProgress {
        standing: told.standing.into(),
        share: told.share,
        expected: told.expected,
        last: own.last().map(|row| Measurement(Arc::clone(row))),
        words: told.words,
    })
}

async fn history(ctx: &Context<'_>, goal: &Goal, args: PageArgs) -> Result<Connection<Measurement>> {
    let request = args.request(ctx, BY_WRITING)?;
    let whose = (goal.plan.initiative_id, goal.goal.id);
    let (page, cursor) = plans::history(ctx.office()?, goal.plan.office_id, whose, &request).await?;
    Ok(Connection::new(page, BY_WRITING, cursor, Measurement::from))
}
