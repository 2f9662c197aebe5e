//! What waits for reviewers, advisers and stewards.

use std::collections::{HashMap, HashSet};

use entity::{
    channel, channel::ChannelState, draft, draft::DraftState, member::Role, post, post::PostState, review,
    review::Decision, revision,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{Facts, For, Found, TASKS_AT_MOST, TaskKind};
use crate::{channels, channels::OrphanReason, error::Result, read};

/// Drafts in review of which the requester wrote nothing.
pub(super) async fn drafts_to_review(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let not_mine = Condition::any()
        .add(draft::Column::AuthorId.is_null())
        .add(draft::Column::AuthorId.ne(who.member_id));
    let rows = draft::Entity::find()
        .filter(draft::Column::OfficeId.eq(who.office_id))
        .filter(draft::Column::State.eq(DraftState::InReview))
        .filter(not_mine)
        .order_by_asc(draft::Column::UpdatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
    let mine: HashSet<_> = revision::Entity::find()
        .filter(revision::Column::OfficeId.eq(who.office_id))
        .filter(revision::Column::DraftId.is_in(ids))
        .filter(revision::Column::AuthorId.eq(who.member_id))
        .select_only()
        .column(revision::Column::DraftId)
        .distinct()
        .into_tuple::<entity::DraftId>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let task = |row: draft::Model| Found {
        kind: TaskKind::ReviewDraft,
        subject_kind: "Draft",
        subject_id: row.id.0,
        title: row.title,
        since: row.updated_at,
        facts: Facts::default(),
    };
    Ok(rows.into_iter().filter(|row| !mine.contains(&row.id)).map(task).collect())
}

/// Drafts that wait for the requester's advice.
pub(super) async fn advice_to_give(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let asked = review::Entity::find()
        .filter(review::Column::OfficeId.eq(who.office_id))
        .filter(review::Column::AdviserId.eq(who.member_id))
        .filter(review::Column::Decision.eq(Decision::AdviceSought))
        .filter(review::Column::AnsweredAt.is_null())
        .order_by_desc(review::Column::CreatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = asked.iter().map(|row| row.draft_id.0).collect();
    let drafts = read::many::<draft::Entity>(db, who.office_id, &ids).await?;
    let waiting: HashMap<_, _> = drafts
        .into_iter()
        .filter(|row| row.state == DraftState::AdviceSought)
        .map(|row| (row.id, row.title))
        .collect();
    let task = |row: review::Model| {
        Some(Found {
            kind: TaskKind::GiveAdvice,
            subject_kind: "Review",
            subject_id: row.id.0,
            title: waiting.get(&row.draft_id)?.clone(),
            since: row.created_at,
            facts: Facts::default(),
        })
    };
    Ok(asked.into_iter().filter_map(task).collect())
}

/// Channels at risk: all of them for a coordinator, their own for stewards.
pub(super) async fn channels_to_secure(who: &For<'_>) -> Result<Vec<Found>> {
    let mut select = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(who.office_id))
        .filter(channel::Column::State.is_in([ChannelState::Active, ChannelState::Dormant]));
    if !who.roles.contains(Role::Coordinator) {
        select = select.filter(channel::Column::Id.in_subquery(channels::looked_after_by(who.member_id)));
    }
    let rows = select
        .order_by_asc(channel::Column::UpdatedAt)
        .limit(TASKS_AT_MOST)
        .all(who.office.db.read())
        .await?;
    let at_risk = channels::orphan_risks(who.office, who.office_id, &rows).await?;
    let task = |row: channel::Model| {
        let risks = at_risk.get(&row.id)?;
        let words: Vec<String> = risks.iter().map(OrphanReason::words).collect();
        Some(Found {
            kind: TaskKind::SecureChannel,
            subject_kind: "Channel",
            subject_id: row.id.0,
            title: row.display_name,
            since: row.updated_at,
            facts: Facts {
                because: Some(words.join("; ")),
                due_at: risks.iter().find_map(OrphanReason::ends_at),
                act: risks.first().map(OrphanReason::act),
                ..Facts::default()
            },
        })
    };
    Ok(rows.into_iter().filter_map(task).collect())
}

/// Held posts of drafts that the requester wrote.
pub(super) async fn held_posts(who: &For<'_>) -> Result<Vec<Found>> {
    let mine = draft::Entity::find()
        .select_only()
        .column(draft::Column::Id)
        .filter(draft::Column::OfficeId.eq(who.office_id))
        .filter(draft::Column::AuthorId.eq(who.member_id))
        .into_query();
    let db = who.office.db.read();
    let rows = post::Entity::find()
        .filter(post::Column::OfficeId.eq(who.office_id))
        .filter(post::Column::State.eq(PostState::Held))
        .filter(post::Column::DraftId.in_subquery(mine))
        .order_by_asc(post::Column::UpdatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.draft_id.0).collect();
    let drafts = read::many::<draft::Entity>(db, who.office_id, &ids).await?;
    let titles: HashMap<_, _> = drafts.into_iter().map(|row| (row.id, row.title)).collect();
    let task = |row: post::Model| Found {
        kind: TaskKind::HeldPost,
        subject_kind: "Post",
        subject_id: row.id.0,
        title: titles.get(&row.draft_id).cloned().unwrap_or_default(),
        since: row.hold.as_ref().map_or(row.updated_at, |hold| hold.since),
        facts: Facts::of_post(&row),
    };
    Ok(rows.into_iter().map(task).collect())
}
