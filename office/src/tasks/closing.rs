//! What initiatives whose end has begun have left to settle. Knows not how that is done.

use std::collections::HashMap;

use entity::{InitiativeId, channel, channel::ChannelState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{For, TASKS_AT_MOST};
use crate::{error::Result, posts, read};

/// What initiatives that close have left to settle, in words, and the act that settles the first of it; goals aside.
pub(super) async fn unsettled(
    who: &For<'_>,
    closing: &[Uuid],
) -> Result<HashMap<InitiativeId, (String, Option<&'static str>)>> {
    if closing.is_empty() {
        return Ok(HashMap::new());
    }
    let db = who.office.db.read();
    let posts = posts::unsettled_of(db, who.office_id, closing).await?;
    let channels: Vec<channel::Model> = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(who.office_id))
        .filter(read::among(db.get_database_backend(), channel::Column::InitiativeId, closing))
        .filter(channel::Column::State.is_not_in([ChannelState::Retired, ChannelState::Declined]))
        .order_by_asc(channel::Column::Handle)
        .limit(TASKS_AT_MOST)
        .all(db)
        .await?;
    let mut found = HashMap::new();
    for id in closing.iter().copied().map(InitiativeId::from) {
        let own: Vec<_> = channels.iter().filter(|row| row.initiative_id == Some(id)).collect();
        let waiting = posts.get(&id).copied().unwrap_or_default();
        let mut left = Vec::new();
        if waiting > 0 {
            left.push(format!("{waiting} posts of it have not left"));
        }
        if !own.is_empty() {
            let names: Vec<&str> = own.iter().map(|row| row.display_name.as_str()).collect();
            left.push(format!(
                "these channels are to be retired, declined or handed on: {}",
                names.join(", ")
            ));
        }
        let of_channel = own.first().map(|row| match row.state {
            ChannelState::Requested => "declineChannel",
            _ => "retireChannel",
        });
        let act = if waiting > 0 { Some("cancelPost") } else { of_channel };
        if !left.is_empty() {
            found.insert(id, (left.join("; "), act));
        }
    }
    Ok(found)
}
