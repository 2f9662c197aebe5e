//! The outbox.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use futures::FutureExt as _;
use office::{mail, policy::op};

use super::object::{Mail, MailState};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const NEWEST_FIRST: &str = "mail.createdAt.desc";

/// Which mails to list.
#[derive(Debug, Default, InputObject)]
pub(crate) struct MailFilter {
    /// In one of these states; an empty list means any.
    states: Option<Vec<MailState>>,
    /// To this member.
    member_id: Option<ID>,
}

/// Queries about mail.
#[derive(Debug, Default)]
pub(crate) struct MailQuery;

#[Object]
impl MailQuery {
    /// What members were told by e-mail, newest first. For administrators.
    async fn mails(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which mails.")] filter: Option<MailFilter>,
    ) -> Field<Connection<Mail>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Mails>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, NEWEST_FIRST)?;
            let given = filter.unwrap_or_default();
            let filter = mail::MailFilter {
                states: given.states.unwrap_or_default().into_iter().map(Into::into).collect(),
                member_id: id::decode_opt(given.member_id.as_ref())?,
            };
            let office = ctx.office()?;
            let page = mail::list(office, &permit, &filter, &request).await?;
            let page = Connection::new(page, NEWEST_FIRST, mail::cursor, Mail::from);
            let counted = Arc::new((office.clone(), permit, filter));
            Ok(Some(page.counted(move || {
                let counted = Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    mail::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }
}
