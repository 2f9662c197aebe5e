//! The list of drafts.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use futures::FutureExt as _;
use office::{
    drafts,
    paging::{Cursor, SortKey},
    policy::op,
};

use super::object::{Draft, DraftState};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// How a list of drafts is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
pub(crate) enum DraftOrder {
    /// Newest change first.
    #[default]
    UpdatedAtDesc,
    /// Oldest change first.
    UpdatedAtAsc,
}

impl DraftOrder {
    fn sort(self) -> &'static str {
        match self {
            Self::UpdatedAtDesc => "draft.updatedAt.desc",
            Self::UpdatedAtAsc => "draft.updatedAt.asc",
        }
    }
}

/// Which drafts to list; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
pub(crate) struct DraftFilter {
    /// In one of these states; empty means any.
    #[graphql(default)]
    states: Vec<DraftState>,
    /// Of this initiative.
    initiative_id: Option<ID>,
    /// Begun by this member.
    author_id: Option<ID>,
}

impl DraftFilter {
    fn read(self) -> office::Result<drafts::DraftFilter> {
        Ok(drafts::DraftFilter {
            states: self.states.into_iter().map(Into::into).collect(),
            initiative_id: id::decode_opt(self.initiative_id.as_ref())?,
            author_id: id::decode_opt(self.author_id.as_ref())?,
        })
    }
}

/// Queries about drafts.
#[derive(Debug, Default)]
pub(crate) struct DraftQuery;

#[Object]
impl DraftQuery {
    /// The drafts of the office. Relations of a page are read together: asking for the author, initiative, revision,
    /// targets, channels and reviews of 100 drafts costs the service as many statements as of one.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn drafts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which drafts.")] filter: Option<DraftFilter>,
        #[graphql(desc = "In which order.", default)] order_by: DraftOrder,
    ) -> Field<Connection<Draft>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Drafts>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, order_by.sort())?;
            let filter = filter.unwrap_or_default().read()?;
            let office = ctx.office()?;
            let oldest_first = order_by == DraftOrder::UpdatedAtAsc;
            let page = drafts::list(office, &permit, &filter, oldest_first, &request).await?;
            let key =
                |row: &entity::draft::Model| Cursor { key: SortKey::Time(row.updated_at), id: row.id.into() };
            let page = Connection::new(page, order_by.sort(), key, Draft::from);
            let counted = Arc::new((office.clone(), permit, filter));
            Ok(Some(page.counted(move || {
                let counted = Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    drafts::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }
}
