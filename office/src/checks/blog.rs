//! What is known of initiatives on the office's blog: whether they are there, and when their next post is due.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{InitiativeId, OfficeId, channel, channel::Platform, initiative, post};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::{blogging, error::Result};

/// What is known of an initiative on the office's blog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Blog {
    /// Whether it has something published there.
    pub there: bool,
    /// Whether it has a duty to blog.
    pub bound: bool,
    /// The last day for its next post, in the office's zone; none without a duty, and while a pause stands.
    pub due_on: Option<NaiveDate>,
}

/// What is known of these initiatives.
pub(super) async fn blogs(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    initiatives: &BTreeSet<InitiativeId>,
    now: DateTime<Utc>,
) -> Result<HashMap<InitiativeId, Blog>> {
    let there = on_blog(db, office_id, initiatives).await?;
    let known = initiatives.iter().map(|id| (*id, Blog { there: there.contains(id), ..Blog::default() }));
    let mut known: HashMap<_, _> = known.collect();
    let ids: Vec<Uuid> = initiatives.iter().map(|id| id.0).collect();
    for standing in blogging::standing_of(db, office_id, Some(&ids), now).await? {
        let entry = known.entry(standing.duty.initiative_id).or_default();
        let paused = standing.told.standing == blogging::BloggingStanding::Paused;
        (entry.bound, entry.due_on) = (true, (!paused).then_some(standing.told.next_by));
    }
    Ok(known)
}

/// Of these initiatives, those that have something published on the office's blog or page. Not how much: a long past
/// is not counted for each check.
async fn on_blog(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    initiatives: &BTreeSet<InitiativeId>,
) -> Result<BTreeSet<InitiativeId>> {
    let blogs = channel::Entity::find()
        .select_only()
        .column(channel::Column::Id)
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(channel::Column::Platform.is_in([Platform::Wordpress, Platform::Feed]))
        .into_query();
    let posts = Query::select()
        .expr(Expr::value(1))
        .from(post::Entity)
        .and_where(
            Expr::col(post::Column::InitiativeId.as_column_ref())
                .eq(Expr::col(initiative::Column::Id.as_column_ref())),
        )
        .and_where(Expr::col(post::Column::PublishedAt.as_column_ref()).is_not_null())
        .and_where(Expr::col(post::Column::ChannelId.as_column_ref()).in_subquery(blogs))
        .take();
    let rows = initiative::Entity::find()
        .select_only()
        .column(initiative::Column::Id)
        .filter(initiative::Column::OfficeId.eq(office_id))
        .filter(initiative::Column::Id.is_in(initiatives.iter().copied()))
        .filter(Expr::exists(posts))
        .into_tuple::<InitiativeId>()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
