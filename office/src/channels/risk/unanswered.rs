//! What the public said to channels and nobody has answered for too long. Reads only.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{ChannelId, OfficeId, conversation};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{conversations, error::Result, read};

/// Of each of these channels that has some: how many conversations were due before then, and since when the oldest was.
pub(super) async fn unanswered(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channels: &[ChannelId],
    before: DateTime<Utc>,
) -> Result<HashMap<ChannelId, (u64, DateTime<Utc>)>> {
    let channels: Vec<Uuid> = channels.iter().map(|id| id.0).collect();
    let rows = conversations::open(office_id)
        .select_only()
        .column(conversation::Column::ChannelId)
        .column_as(conversation::Column::Id.count(), "waiting")
        .column_as(conversation::Column::DueAt.min(), "since")
        .filter(read::among(db.get_database_backend(), conversation::Column::ChannelId, &channels))
        .filter(conversation::Column::DueAt.lt(before))
        .group_by(conversation::Column::ChannelId)
        .into_tuple::<(ChannelId, i64, DateTime<Utc>)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, waiting, since)| (id, (waiting.unsigned_abs(), since))).collect())
}
