//! The handbook in force, the other versions, and what tells them apart.

use async_graphql::{Context, ID, Object};
use entity::handbook;
use office::{
    handbooks,
    paging::{Cursor, SortKey},
    policy::op,
    read,
};

use super::{Handbook, back_test::HandbookBackTest, difference::HandbookChange};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const NEWEST_FIRST: &str = "handbook.version.desc";

/// Queries about handbooks.
#[derive(Debug, Default)]
pub(crate) struct HandbookQuery;

#[Object]
impl HandbookQuery {
    /// The office's guidelines in force: what every check uses now.
    async fn handbook(&self, ctx: &Context<'_>) -> Field<Handbook> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Handbook>()?;
            let db = ctx.office()?.db().read();
            let id = handbooks::id_in_force(db, permit.office_id()).await?;
            let row = read::one::<handbook::Entity>(db, permit.office_id(), id).await?;
            Ok(Some(Handbook::of(row)?))
        })
        .await
    }

    /// Every version of the office's guidelines, newest first: proposed ones, the one in force, and those that were or never
    /// came into force. The list does not count.
    async fn handbooks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Handbook>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Handbooks>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, NEWEST_FIRST)?;
            let page = handbooks::list(ctx.office()?, &permit, &request).await?;
            let items = page.items.into_iter().map(|row| Ok((cursor(&row), Handbook::of(row)?)));
            let items = items.collect::<office::Result<Vec<_>>>()?;
            let page =
                office::paging::Page { items, has_next: page.has_next, has_previous: page.has_previous };
            let at = |(cursor, _): &(Cursor, Handbook)| cursor.clone();
            Ok(Some(Connection::new(page, NEWEST_FIRST, at, |(_, handbook)| handbook)))
        })
        .await
    }

    /// Everything in which one version differs from another, in the order of paths.
    async fn handbook_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version to start from, such as the one in force.")] from: ID,
        #[graphql(desc = "The version to get to, such as a proposal.")] to: ID,
    ) -> Field<Vec<HandbookChange>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::HandbookChanges>()?;
            let (from, to) = (id::decode(&from)?, id::decode(&to)?);
            let changes = handbooks::changes(ctx.office()?, &permit, from, to).await?;
            Ok(Some(changes.into_iter().map(Into::into).collect()))
        })
        .await
    }

    /// What a version would say of what is queued and of the last published posts, compared with the one in force, by the check
    /// that the gate uses. Nothing is changed.
    async fn back_test_handbook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version, in force or not.")] handbook_id: ID,
        #[graphql(desc = "How many of the last published posts, 0 to 500.", default = 100)] published: i32,
    ) -> Field<HandbookBackTest> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::BackTestHandbook>()?;
            let id = id::decode(&handbook_id)?;
            let test = handbooks::back_test(ctx.office()?, &permit, id, published).await?;
            Ok(Some(test.into()))
        })
        .await
    }
}

fn cursor(row: &handbook::Model) -> Cursor {
    Cursor { key: SortKey::Number(row.number.into()), id: row.id.into() }
}
