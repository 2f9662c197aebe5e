//! The list of initiatives.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use futures::FutureExt as _;
use office::{initiatives, paging::Direction, policy::op};

use super::{Initiative, object::InitiativeState};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// Which initiatives to list; what is left out does not narrow.
#[derive(Debug, Default, InputObject)]
pub(crate) struct InitiativeFilter {
    /// In one of these states; an empty list means any.
    states: Option<Vec<InitiativeState>>,
    /// Owned by this member, as project manager.
    manager_id: Option<ID>,
    /// With these words in name, purpose or tag, whatever their case.
    search: Option<String>,
}

/// What initiatives are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum InitiativeOrder {
    /// By name, A first.
    NameAsc,
    /// By name, Z first.
    NameDesc,
    /// By last change, oldest first.
    UpdatedAtAsc,
    /// By last change, newest first.
    UpdatedAtDesc,
}

impl InitiativeOrder {
    /// The order, its direction, and its name in cursors.
    fn parts(self) -> (initiatives::InitiativeOrder, Direction, &'static str) {
        let (name, updated) = ("initiative.name", "initiative.updatedAt");
        match self {
            Self::NameAsc => (initiatives::InitiativeOrder::Name, Direction::Ascending, name),
            Self::NameDesc => (initiatives::InitiativeOrder::Name, Direction::Descending, name),
            Self::UpdatedAtAsc => (initiatives::InitiativeOrder::Updated, Direction::Ascending, updated),
            Self::UpdatedAtDesc => (initiatives::InitiativeOrder::Updated, Direction::Descending, updated),
        }
    }
}

/// Queries about initiatives.
#[derive(Debug, Default)]
pub(crate) struct InitiativeQuery;

#[Object]
impl InitiativeQuery {
    /// The initiatives of the office. An integration needs the scope `OFFICE_READ`.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn initiatives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which initiatives.")] filter: Option<InitiativeFilter>,
        #[graphql(desc = "In which order.", default_with = "InitiativeOrder::NameAsc")]
        order_by: InitiativeOrder,
    ) -> Field<Connection<Initiative>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Initiatives>()?;
            let (order, direction, sort) = order_by.parts();
            let request = PageArgs { first, after, last, before }.request(ctx, sort)?;
            let filter = read(filter.unwrap_or_default())?;
            let office = ctx.office()?;
            let page = initiatives::list(office, &permit, &filter, order, direction, &request).await?;
            let cursor = |row: &entity::initiative::Model| initiatives::cursor(order, row);
            let page = Connection::new(page, sort, cursor, Initiative::from);
            let counted = Arc::new((office.clone(), permit, filter));
            Ok(Some(page.counted(move || {
                let counted = Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    initiatives::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }
}

fn read(filter: InitiativeFilter) -> office::Result<initiatives::InitiativeFilter> {
    Ok(initiatives::InitiativeFilter {
        states: filter.states.unwrap_or_default().into_iter().map(Into::into).collect(),
        manager_id: id::decode_opt(filter.manager_id.as_ref())?,
        search: filter.search,
    })
}
