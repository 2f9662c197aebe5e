//! The orphan radar: the channels at risk, the gravest first.

use async_graphql::{Context, Object};
use office::{
    channels,
    paging::{Cursor, Direction, SortKey},
    policy::op,
};

use super::risk::{ChannelAtRisk, RiskLevel};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        paging::{Connection, PageArgs, page_of},
    },
};

/// The order of the radar, part of its cursors.
const GRAVEST_FIRST: &str = "radar.level.desc";

/// More risks than one channel can have.
const RISKS: usize = 100;

/// The query for channels at risk.
#[derive(Debug, Default)]
pub(crate) struct RadarQuery;

#[Object]
impl RadarQuery {
    /// The channels in use or at rest that may soon have nobody who looks after them, the gravest first, worked out from
    /// today's facts: stewards and who stands in for them, credential, initiative, silence, review. Integrations need not ask.
    async fn orphan_radar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only channels whose gravest risk is at least so grave.")] at_least: Option<
            RiskLevel,
        >,
    ) -> Field<Connection<ChannelAtRisk>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::OrphanRadar>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, GRAVEST_FIRST)?;
            let mut found = channels::radar(ctx.office()?, &permit).await?;
            if let Some(least) = at_least {
                found.retain(|one| one.level >= least.into());
            }
            let total = found.len();
            let page = page_of(found, cursor, Direction::Ascending, &request);
            Ok(Some(Connection::new(page, GRAVEST_FIRST, cursor, ChannelAtRisk).of_known(total)))
        })
        .await
    }
}

fn cursor(one: &channels::AtRisk) -> Cursor {
    let level = match one.level {
        channels::RiskLevel::High => 0,
        channels::RiskLevel::Medium => 1,
        channels::RiskLevel::Low => 2,
    };
    let rest = RISKS.saturating_sub(one.reasons.len());
    Cursor { key: SortKey::Text(format!("{level} {rest:03}")), id: one.channel.id.0 }
}
