//! What the public said and nobody has answered: for its owner, or else for the stewards of its channel.

use std::collections::HashMap;

use entity::{ChannelId, channel, channel::ChannelState, conversation};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait as _, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
};
use uuid::Uuid;

use super::{Facts, For, Found, TaskKind};
use crate::{channels, conversations, error::Result, members::departed, read};

/// Conversations that are tasks of one member, the most urgent: what the public says must not push out all else.
const SHOWN: u64 = 100;

/// Why it still waits where somebody writes the answer.
const UNDER_WAY: &str = "somebody said something to the channel, and the draft that is to answer it is not out yet: see that it is approved and scheduled";

/// Open conversations with channels that are in use or at rest.
pub(super) async fn to_answer(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let nobodys = Condition::any()
        .add(conversation::Column::OwnerId.is_null())
        .add(conversation::Column::OwnerId.in_subquery(departed(who.office_id)));
    let looked_after = Condition::all()
        .add(nobodys)
        .add(conversation::Column::ChannelId.in_subquery(channels::looked_after_by(who.member_id)));
    let mine = Condition::any().add(conversation::Column::OwnerId.eq(who.member_id)).add(looked_after);
    let in_use = channel::Entity::find()
        .select_only()
        .column(channel::Column::Id)
        .filter(channel::Column::OfficeId.eq(who.office_id))
        .filter(channel::Column::State.is_in([ChannelState::Active, ChannelState::Dormant]))
        .into_query();
    let rows = conversations::open(who.office_id)
        .filter(mine)
        .filter(conversation::Column::ChannelId.in_subquery(in_use))
        .order_by_asc(conversation::Column::DueAt)
        .order_by_asc(conversation::Column::Id)
        .limit(who.limit.min(SHOWN))
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.channel_id.0).collect();
    let named = read::many::<channel::Entity>(db, who.office_id, &ids).await?;
    let titles: HashMap<ChannelId, String> =
        named.into_iter().map(|row| (row.id, row.display_name)).collect();
    let task = |row: conversation::Model| Found {
        kind: TaskKind::AnswerPublic,
        subject_kind: "Conversation",
        subject_id: row.id.0,
        title: titles.get(&row.channel_id).cloned().unwrap_or_default(),
        since: row.said_at,
        facts: Facts {
            because: row.draft_id.map(|_draft| UNDER_WAY.to_owned()),
            due_at: Some(row.due_at),
            ..Facts::default()
        },
    };
    Ok(rows.into_iter().map(task).collect())
}
