//! What waits for reviewers, advisers and authors.

use std::collections::{HashMap, HashSet};

use entity::{draft, draft::DraftState, post, post::PostState, review, review::Decision, revision};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{For, Task, TaskKind};
use crate::{error::Result, read};

/// Drafts in review of which the requester wrote nothing.
pub(super) async fn drafts_to_review(who: &For<'_>) -> Result<Vec<Task>> {
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
    let task = |row: draft::Model| Task {
        kind: TaskKind::ReviewDraft,
        subject_kind: "Draft",
        subject_id: row.id.0,
        title: row.title,
        since: row.updated_at,
    };
    Ok(rows.into_iter().filter(|row| !mine.contains(&row.id)).map(task).collect())
}

/// Drafts that wait for the requester's advice.
pub(super) async fn advice_to_give(who: &For<'_>) -> Result<Vec<Task>> {
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
        Some(Task {
            kind: TaskKind::GiveAdvice,
            subject_kind: "Review",
            subject_id: row.id.0,
            title: waiting.get(&row.draft_id)?.clone(),
            since: row.created_at,
        })
    };
    Ok(asked.into_iter().filter_map(task).collect())
}

/// Held posts of drafts that the requester wrote.
pub(super) async fn held_posts(who: &For<'_>) -> Result<Vec<Task>> {
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
    let task = |row: post::Model| Task {
        kind: TaskKind::HeldPost,
        subject_kind: "Post",
        subject_id: row.id.0,
        title: titles.get(&row.draft_id).cloned().unwrap_or_default(),
        since: row.hold.as_ref().map_or(row.updated_at, |hold| hold.since),
    };
    Ok(rows.into_iter().map(task).collect())
}
