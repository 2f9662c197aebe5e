//! Making ready what the gate will need soon. Knows which offices have posts due; the handbooks are compiled elsewhere.

use chrono::{DateTime, Utc};
use entity::{OfficeId, channel_head};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::{Office, error::Result, handbooks};

/// Compiles the handbooks in force of the offices whose posts are due first, up to this moment: compiling takes some tenths
/// of a second, and a post that waits for it would be late. Those that are compiled already cost a small read each.
pub async fn prepare(office: &Office, until: DateTime<Utc>) -> Result<()> {
    let db = office.db.read();
    let mut offices: Vec<OfficeId> = channel_head::Entity::find()
        .select_only()
        .column(channel_head::Column::OfficeId)
        .filter(Expr::cust("sending IS NULL"))
        .filter(channel_head::Column::NextAt.lte(until))
        .order_by_asc(channel_head::Column::NextAt)
        .order_by_asc(channel_head::Column::ChannelId)
        .limit(office.limits.claim_window)
        .into_tuple()
        .all(db)
        .await?;
    offices.sort_unstable();
    offices.dedup();
    for office_id in offices {
        // One whose handbook does not compile has its posts looked at again later; it must not keep the others waiting.
        if let Err(error) = handbooks::in_force(office, db, office_id).await {
            tracing::error!(office.id = %office_id, %error, "the handbook could not be made ready");
        }
    }
    Ok(())
}
