//! One partner, and the list of partners.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use futures::FutureExt as _;
use office::{partners, policy::op};

use super::object::Partner;
use crate::{
    error::{Field, nullable},
    graphql::{
        channel::Platform,
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const BY_NAME: &str = "partner.name";

/// Which partners to list; what is left out does not narrow.
#[derive(Debug, Default, InputObject)]
pub(crate) struct PartnerFilter {
    /// Whether to list those too whose partnership was ended, or is over by its last day.
    #[graphql(default)]
    with_ended: bool,
    /// Of this initiative.
    initiative_id: Option<ID>,
    /// Looked after by this member.
    keeper_id: Option<ID>,
    /// Only those whose keeper has left: give them another (`updatePartner`) or end them.
    #[graphql(default)]
    without_keeper: bool,
    /// With an account on this platform.
    platform: Option<Platform>,
    /// With these words in name, reason or an account's address, whatever their case.
    search: Option<String>,
}

impl PartnerFilter {
    fn read(self) -> office::Result<partners::PartnerFilter> {
        Ok(partners::PartnerFilter {
            with_ended: self.with_ended,
            initiative_id: id::decode_opt(self.initiative_id.as_ref())?,
            keeper_id: id::decode_opt(self.keeper_id.as_ref())?,
            without_keeper: self.without_keeper,
            platform: self.platform.map(Into::into),
            search: self.search,
        })
    }
}

/// Queries about partners.
#[derive(Debug, Default)]
pub(crate) struct PartnerQuery;

#[Object]
impl PartnerQuery {
    /// The partners that the office supports, by name. An integration needs the scope `OFFICE_READ`.
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which partners.")] filter: Option<PartnerFilter>,
    ) -> Field<Connection<Partner>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Partners>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, BY_NAME)?;
            let filter = filter.unwrap_or_default().read()?;
            let office = ctx.office()?;
            let page = partners::list(office, &permit, &filter, &request).await?;
            let page = Connection::new(page, BY_NAME, partners::cursor, Partner::from);
            let counted = Arc::new((office.clone(), permit, filter));
            Ok(Some(page.counted(move || {
                let counted = Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    partners::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }

    /// A partner by its id; null where there is none. An integration needs the scope `OFFICE_READ`.
    async fn partner(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Field<Partner> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Partner>()?;
            let office = ctx.office()?;
            let found = async { partners::get(office, &permit, id::decode(&id)?).await };
            match found.await {
                Ok(row) => Ok(Some(Partner::from(row))),
                Err(office::OfficeError::NotFound(_)) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }
}
