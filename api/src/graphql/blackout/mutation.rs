//! Declaring blackouts, taking them away, and letting single posts out.

use async_graphql::{Context, ID, InputObject, Object};
use office::{blackouts, policy::op};

use super::object::Blackout;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        scalars::{Date, TimeZone},
    },
};

/// A stretch of days, the first and the last included.
#[derive(Debug, InputObject)]
pub(crate) struct DayRangeInput {
    /// The first day.
    starts_on: Date,
    /// The last day, at most 366 days in all.
    ends_on: Date,
}

/// Hours of the day.
#[derive(Debug, InputObject)]
pub(crate) struct HourRangeInput {
    /// From this time, `HH:MM`, such as `22:00`.
    from: String,
    /// Until this time, such as `07:00`: on the day after when it is not later than `from`.
    to: String,
}

/// A new blackout: days, hours of the day, or both.
#[derive(Debug, InputObject)]
pub(crate) struct AddBlackoutInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The channel; every channel of the office when left out.
    channel_id: Option<ID>,
    /// On which days; every day when left out.
    days: Option<DayRangeInput>,
    /// Whether the days come again each year.
    #[graphql(default)]
    yearly: bool,
    /// In which hours of these days; all day when left out.
    hours: Option<HourRangeInput>,
    /// The zone of the days and hours; the office's when left out.
    time_zone: Option<TimeZone>,
    /// Why: everyone whose post is held reads it.
    reason: String,
    /// Posts that may leave all the same.
    #[graphql(default)]
    exempt: Vec<ID>,
}

/// A blackout to take away.
#[derive(Debug, InputObject)]
pub(crate) struct RemoveBlackoutInput {
    /// Which.
    blackout_id: ID,
}

/// Posts that may leave in spite of a blackout.
#[derive(Debug, InputObject)]
pub(crate) struct ExemptFromBlackoutInput {
    /// Which blackout.
    blackout_id: ID,
    /// Which posts.
    post_ids: Vec<ID>,
}

payloads! {
    /// What `addBlackout` answers.
    AddBlackoutPayload {
        /// The blackout.
        blackout: Blackout,
    }
    /// What `removeBlackout` answers.
    RemoveBlackoutPayload {
        /// The blackout, taken away.
        blackout: Blackout,
    }
    /// What `exemptFromBlackout` answers.
    ExemptFromBlackoutPayload {
        /// The blackout as it is now.
        blackout: Blackout,
    }
}

/// Mutations of blackouts.
#[derive(Debug, Default)]
pub(crate) struct BlackoutMutation;

#[Object]
impl BlackoutMutation {
    /// Declares days, hours of the day, or both, in which nothing goes out. Free slots inside are passed over, posts that come
    /// due inside are held until it is over. A coordinator declares it for the office, a steward too for their channel. User
    /// errors: `REQUIRED` (neither days nor hours, `reason`), `INVALID` (a day, an hour, the zone), `NOT_RESPONSIBLE`,
    /// `NOT_FOUND` (channel or exempt post), `TOO_LONG` (too many stand), `KEY_REUSED`.
    async fn add_blackout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When, where and why.")] input: AddBlackoutInput,
    ) -> Field<AddBlackoutPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AddBlackout>()?;
            let office = ctx.office()?;
            let outcome = async {
                let new = blackouts::AddBlackout {
                    client_key: input.client_key,
                    channel_id: id::decode_opt(input.channel_id.as_ref())?,
                    days: input.days.map(|days| (days.starts_on.0, days.ends_on.0)),
                    yearly: input.yearly,
                    hours: input.hours.map(|hours| (hours.from, hours.to)),
                    time_zone: input.time_zone.map(|zone| zone.0),
                    reason: input.reason,
                    exempt: id::decode_all(&input.exempt)?,
                };
                blackouts::add(office, &permit, new).await
            };
            payload(Box::pin(outcome).await, |row| AddBlackoutPayload::done(row.into()))
        })
        .await
    }

    /// Takes a blackout away. What it held is released, unless it has become too late. User errors: `NOT_RESPONSIBLE`,
    /// `ILLEGAL_STATE` (removed already), `NOT_FOUND`.
    async fn remove_blackout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveBlackoutInput,
    ) -> Field<RemoveBlackoutPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RemoveBlackout>()?;
            let office = ctx.office()?;
            let outcome = async { blackouts::remove(office, &permit, id::decode(&input.blackout_id)?).await };
            payload(Box::pin(outcome).await, |row| RemoveBlackoutPayload::done(row.into()))
        })
        .await
    }

    /// Lets posts leave in spite of a blackout. Saying it twice changes nothing. User errors: `NOT_RESPONSIBLE`,
    /// `ILLEGAL_STATE` (the blackout was removed), `TOO_LONG` (too many posts), `NOT_FOUND`.
    async fn exempt_from_blackout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which blackout, which posts.")] input: ExemptFromBlackoutInput,
    ) -> Field<ExemptFromBlackoutPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ExemptFromBlackout>()?;
            let office = ctx.office()?;
            let outcome = async {
                let posts = id::decode_all(&input.post_ids)?;
                blackouts::exempt(office, &permit, id::decode(&input.blackout_id)?, &posts).await
            };
            payload(Box::pin(outcome).await, |row| ExemptFromBlackoutPayload::done(row.into()))
        })
        .await
    }
}
