//! When channels last gave a sign of life: their last post, or the last time somebody looked. Reads only.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{ChannelId, OfficeId, channel, channel_review, post};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{error::Result, read};

/// The later of the last post and the last review of each of these channels that has either: a step in an index for each.
pub(super) async fn last_signs(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channels: &[ChannelId],
) -> Result<HashMap<ChannelId, DateTime<Utc>>> {
    let channels: Vec<Uuid> = channels.iter().map(|id| id.0).collect();
    let rows = channel::Entity::find()
        .select_only()
        .column(channel::Column::Id)
        .expr_as(Expr::SubQuery(None, Box::new(last_post().into())), "posted_at")
        .expr_as(Expr::SubQuery(None, Box::new(last_review().into())), "reviewed_at")
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(read::among(db.get_database_backend(), channel::Column::Id, &channels))
        .into_tuple::<(ChannelId, Option<DateTime<Utc>>, Option<DateTime<Utc>>)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, posted, reviewed)| Some((id, Ord::max(posted, reviewed)?)))
        .collect())
}

fn last_post() -> SelectStatement {
    let of = |column: post::Column| Expr::col((post::Entity, column));
    Query::select()
        .expr(of(post::Column::PublishedAt))
        .from(post::Entity)
        .and_where(of(post::Column::ChannelId).equals((channel::Entity, channel::Column::Id)))
        .and_where(of(post::Column::PublishedAt).is_not_null())
        .order_by((post::Entity, post::Column::PublishedAt), sea_orm::Order::Desc)
        .limit(1)
        .take()
}

fn last_review() -> SelectStatement {
    let of = |column: channel_review::Column| Expr::col((channel_review::Entity, column));
    Query::select()
        .expr(of(channel_review::Column::CreatedAt))
        .from(channel_review::Entity)
        .and_where(of(channel_review::Column::ChannelId).equals((channel::Entity, channel::Column::Id)))
        .order_by((channel_review::Entity, channel_review::Column::Id), sea_orm::Order::Desc)
        .limit(1)
        .take()
}
