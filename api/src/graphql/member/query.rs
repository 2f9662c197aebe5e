//! The viewer and the list of members.

use async_graphql::{Context, InputObject, Object};
use futures::FutureExt as _;
use office::{members, policy::op};

use super::{Member, MemberState, Role, object::Viewer};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const BY_NAME: &str = "member.name";

/// Which members to list.
#[derive(Debug, Default, InputObject)]
pub(crate) struct MemberFilter {
    /// In this state.
    state: Option<MemberState>,
    /// Holding this role.
    role: Option<Role>,
    /// With these words in the name or address.
    search: Option<String>,
}

impl From<MemberFilter> for members::MemberFilter {
    fn from(filter: MemberFilter) -> Self {
        Self { state: filter.state.map(Into::into), role: filter.role.map(Into::into), search: filter.search }
    }
}

/// Queries about members.
#[derive(Debug, Default)]
pub(crate) struct MemberQuery;

#[Object]
impl MemberQuery {
    /// Who asks.
    async fn viewer(&self, ctx: &Context<'_>) -> Field<Viewer> {
        nullable(async {
            ctx.requester()?.permit::<op::Viewer>()?;
            Ok(Some(Viewer::of(ctx).await?))
        })
        .await
    }

    /// The members of the office, by name.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which members.")] filter: Option<MemberFilter>,
    ) -> Field<Connection<Member>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Members>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, BY_NAME)?;
            let filter = members::MemberFilter::from(filter.unwrap_or_default());
            let office = ctx.office()?;
            let page = members::list(office, &permit, &filter, &request).await?;
            let page = Connection::new(page, BY_NAME, members::cursor, Member::from);
            let office = office.clone();
            let counted = std::sync::Arc::new((office, permit, filter));
            Ok(Some(page.counted(move || {
                let counted = std::sync::Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    members::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }
}
