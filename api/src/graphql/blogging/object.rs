//! A duty to blog as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::blogging_duty;
use office::blogging;

use crate::{
    error::Field,
    graphql::{
        channel::Channel,
        id,
        member::Member,
        post::Post,
        relations,
        scalars::{Date, DateTime},
    },
};

/// How a duty to blog stands. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "blogging::BloggingStanding")]
pub(crate) enum BloggingStanding {
    /// The next post is not overdue.
    OnTime,
    /// It is.
    Overdue,
    /// A pause stands that reaches the office, the initiative or the blog: nothing is due meanwhile.
    Paused,
}

/// What a cadence counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "blogging_duty::CadenceUnit")]
pub(crate) enum CadenceUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months: one after the 31st is the last day of a shorter month.
    Months,
}

/// How often: every so many days, weeks or months.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub(crate) struct BloggingCadence {
    /// How many.
    count: i32,
    /// Of what.
    unit: CadenceUnit,
}

/// The duty of an initiative to blog on one of the office's blogs, and how it stands.
#[derive(Debug, Clone)]
pub(crate) struct BloggingDuty(pub(crate) Arc<blogging::Standing>);

/// The duty of an initiative to blog on one of the office's blogs, and how it stands. A post counts when it was published
/// there for the initiative, also when it was corrected since; one that was taken back does not.
#[Object]
impl BloggingDuty {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.0.duty.id)
    }
    /// On which blog.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.0.duty.channel_id)).await
    }
    /// How often.
    async fn every(&self) -> BloggingCadence {
        BloggingCadence { count: self.0.duty.every, unit: self.0.duty.unit.into() }
    }
    /// The day from which it counts, in the office's zone.
    async fn starts_on(&self) -> Date {
        self.0.duty.starts_on.into()
    }
    /// Days overdue after which it is a task of the coordinators too.
    async fn grace_days(&self) -> i32 {
        self.0.duty.grace_days
    }
    /// How it stands.
    async fn standing(&self) -> BloggingStanding {
        self.0.told.standing.into()
    }
    /// Whether a post is due: overdue, and no pause in the way.
    async fn due(&self) -> bool {
        self.0.told.overdue_since.is_some()
    }
    /// The last day, in the office's zone, on which the next post is in time: one cadence after the last post, or after the
    /// day from which the duty counts.
    async fn next_by(&self) -> Date {
        self.0.told.next_by.into()
    }
    /// Since when the next post is overdue; null while it is not. What fell due within a pause is so from the pause's end.
    async fn overdue_since(&self) -> Option<DateTime> {
        self.0.told.overdue_since.map(DateTime::from)
    }
    /// The last post that counts; null before the first.
    async fn last_post(&self, ctx: &Context<'_>) -> Field<Post> {
        let (id, _) = self.0.last_post?;
        relations::post(ctx, id).await
    }
    /// Who set it.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.duty.created_by)).await
    }
    /// When it was set.
    async fn created_at(&self) -> DateTime {
        self.0.duty.created_at.into()
    }
}
