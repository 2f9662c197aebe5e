//! Setting and ending a duty to blog.

use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use entity::blogging_duty::CadenceUnit;
use office::{blogging, policy::op};

use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, initiative::Initiative, scalars::Date},
};

/// How often: exactly one of these.
#[derive(Debug, Clone, Copy, OneofObject)]
pub(crate) enum BloggingCadenceInput {
    /// Every so many days, 1 to 366.
    Days(i32),
    /// Every so many weeks, 1 to 52.
    Weeks(i32),
    /// Every so many months, 1 to 12.
    Months(i32),
}

/// A duty to blog.
#[derive(Debug, InputObject)]
pub(crate) struct SetBloggingDutyInput {
    /// Whose: an active initiative.
    initiative_id: ID,
    /// Where: an active channel on `WORDPRESS` or `FEED` that serves the whole office.
    channel_id: ID,
    /// How often; left out: as the settings propose, every four weeks unless they say otherwise.
    every: Option<BloggingCadenceInput>,
    /// From which day, in the office's zone: today, also when left out, or within a year.
    from: Option<Date>,
    /// Days overdue after which the coordinators are told too, 0 to 366; left out: as the settings propose, seven unless they
    /// say otherwise.
    grace_days: Option<i32>,
}

/// The end of a duty to blog.
#[derive(Debug, InputObject)]
pub(crate) struct EndBloggingDutyInput {
    /// Whose.
    initiative_id: ID,
    /// Why the initiative need not blog.
    reason: String,
}

payloads! {
    /// What `setBloggingDuty` answers.
    SetBloggingDutyPayload {
        /// The initiative: `blogging` says how its duty stands.
        initiative: Initiative,
    }
    /// What `endBloggingDuty` answers.
    EndBloggingDutyPayload {
        /// The initiative, without a duty.
        initiative: Initiative,
    }
}

/// Mutations of duties to blog.
#[derive(Debug, Default)]
pub(crate) struct BloggingMutation;

#[Object]
impl BloggingMutation {
    /// Says how often an initiative blogs, and on which of the office's blogs, in place of what was said before. The same
    /// again changes nothing. An overdue post is a task (`BLOGGING_OVERDUE`). Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`,
    /// `ILLEGAL_STATE` when the initiative or the channel is not active, `INVALID` for a channel that is not one of the
    /// office's blogs, for `every`, `from` and `graceDays`.
    async fn set_blogging_duty(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The duty.")] input: SetBloggingDutyInput,
    ) -> Field<SetBloggingDutyPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SetBloggingDuty>()?;
            let office = ctx.office()?;
            let outcome = async {
                let row = blogging::set(office, &permit, duty(&input)?).await?;
                office::initiatives::get(office, permit.office_id(), row.initiative_id).await
            };
            payload(outcome.await, |row| SetBloggingDutyPayload::done(row.into()))
        })
        .await
    }

    /// A coordinator says why an initiative need not blog; nobody is asked to set another duty. Closing an initiative ends
    /// its duty by itself. Codes: `REQUIRED` for the reason, `TOO_LONG`, `NOT_FOUND`, `ILLEGAL_STATE` when it has none.
    async fn end_blogging_duty(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and why.")] input: EndBloggingDutyInput,
    ) -> Field<EndBloggingDutyPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::EndBloggingDuty>()?;
            let office = ctx.office()?;
            let outcome = async {
                let id = id::decode(&input.initiative_id)?;
                blogging::end(office, &permit, id, &input.reason).await?;
                office::initiatives::get(office, permit.office_id(), id).await
            };
            payload(outcome.await, |row| EndBloggingDutyPayload::done(row.into()))
        })
        .await
    }
}

fn duty(input: &SetBloggingDutyInput) -> office::Result<blogging::SetBloggingDuty> {
    let cadence = |every: BloggingCadenceInput| match every {
        BloggingCadenceInput::Days(count) => (count, CadenceUnit::Days),
        BloggingCadenceInput::Weeks(count) => (count, CadenceUnit::Weeks),
        BloggingCadenceInput::Months(count) => (count, CadenceUnit::Months),
    };
    Ok(blogging::SetBloggingDuty {
        initiative_id: id::decode(&input.initiative_id)?,
        channel_id: id::decode(&input.channel_id)?,
        every: input.every.map(cadence),
        starts_on: input.from.map(|day| day.0),
        grace_days: input.grace_days,
    })
}
