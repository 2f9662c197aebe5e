//! Which key messages were said across the office.

use std::sync::Arc;

use async_graphql::{Context, Object};
use office::{
    coverage::{self, Coverage},
    initiatives::{self, InitiativeFilter, InitiativeOrder},
    paging::{Direction, Page},
    policy::op,
};

use super::{MessageReport, object::period};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        paging::{Connection, PageArgs},
        scalars::Date,
    },
};

/// The order of the initiatives, part of their cursors.
const BY_NAME: &str = "messageCoverage.name";

/// Queries about key messages.
#[derive(Debug, Default)]
pub(crate) struct CoverageQuery;

#[Object]
impl CoverageQuery {
    /// For each active initiative, by name: which key messages of its plan were said in a stretch of days, and what was said
    /// that none of them covers. Beside the calendar it shows whether the office says what it wants to be heard. A first day
    /// after the last one, or too many days, is an error with the code `BAD_USER_INPUT`. An integration needs the scope
    /// `OFFICE_READ`.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn message_coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "The first day, in the office's zone; 90 days before `to` when left out.")]
        from: Option<Date>,
        #[graphql(desc = "The last day; today when left out.")] to: Option<Date>,
    ) -> Field<Connection<MessageReport>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::MessageCoverage>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, BY_NAME)?;
            let period = period(ctx, from, to).await?;
            let office = ctx.office()?;
            let listed = ctx.requester()?.permit::<op::Initiatives>()?;
            let active = InitiativeFilter {
                states: vec![entity::initiative::InitiativeState::Active],
                ..InitiativeFilter::default()
            };
            let (order, direction) = (InitiativeOrder::Name, Direction::Ascending);
            let page = initiatives::list(office, &listed, &active, order, direction, &request).await?;
            let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
            let mut reports = coverage::of(office, permit.office_id(), &ids, period).await?;
            let with = |row: entity::initiative::Model| Some((Arc::new(reports.remove(&row.id)?), row));
            let items: Vec<(Arc<Coverage>, _)> = page.items.into_iter().filter_map(with).collect();
            let page = Page { items, has_next: page.has_next, has_previous: page.has_previous };
            let cursor =
                |(_, row): &(Arc<Coverage>, entity::initiative::Model)| initiatives::cursor(order, row);
            Ok(Some(Connection::new(page, BY_NAME, cursor, |(report, _)| MessageReport(report))))
        })
        .await
    }
}
