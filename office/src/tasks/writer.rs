//! What waits for reviewers, advisers and authors.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    DraftId, MemberId, draft, draft::DraftState, post, post::PostState, review, review::Decision, revision,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait as _, SimpleExpr},
};
use uuid::Uuid;

use super::{Facts, For, Found, TASKS_AT_MOST, TaskKind, held::Behind, initiatives};
use crate::{error::Result, reviews};

/// Drafts in review of which the requester wrote nothing; where there are review policies, those of which a step waits for
/// them.
pub(super) async fn drafts_to_review(who: &For<'_>, policies: &reviews::InForce) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    if !reviews::usually(who.roles) && !policies.involves(who.member_id, who.roles) {
        return Ok(Vec::new());
    }
    let any_policy = !policies.policies.is_empty();
    let not_mine = Condition::any()
        .add(draft::Column::AuthorId.is_null())
        .add(draft::Column::AuthorId.ne(who.member_id));
    let rows = draft::Entity::find()
        .filter(draft::Column::OfficeId.eq(who.office_id))
        .filter(to_approve(who, any_policy))
        .filter(draft::Column::InitiativeId.in_subquery(initiatives::running(who)))
        .filter(not_mine)
        .order_by_asc(draft::Column::UpdatedAt)
        .limit(if any_policy { TASKS_AT_MOST } else { who.limit })
        .all(db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mine = written_by(who, &ids).await?;
    let mut deadlines: HashMap<DraftId, DateTime<Utc>> = HashMap::new();
    let mut rows: Vec<_> = rows.into_iter().filter(|row| !mine.contains(&row.id)).collect();
    if any_policy {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let standing = reviews::of_drafts(db, who.office_id, &ids).await?;
        let now = who.office.now();
        rows.retain(|row| {
            standing.get(&row.id).is_some_and(|standing| standing.may_act(who.member_id, who.roles, now))
        });
        let due = |standing: &reviews::Standing| {
            standing.approval.open().filter_map(reviews::Progress::due_at).min()
        };
        deadlines.extend(standing.iter().filter_map(|(id, standing)| Some((*id, due(standing)?))));
    }
    let task = |row: draft::Model| Found {
        kind: TaskKind::ReviewDraft,
        subject_kind: "Draft",
        subject_id: row.id.0,
        since: row.updated_at,
        facts: Facts { due_at: deadlines.get(&row.id).copied(), ..Facts::default() },
        title: row.title,
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Those of the drafts of which the requester wrote a part.
pub(super) async fn written_by(who: &For<'_>, drafts: &[DraftId]) -> Result<HashSet<DraftId>> {
    if drafts.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<Uuid> = drafts.iter().map(|id| id.0).collect();
    let found = revision::Entity::find()
        .filter(revision::Column::OfficeId.eq(who.office_id))
        .filter(revision::Column::DraftId.is_in(ids))
        .filter(revision::Column::AuthorId.eq(who.member_id))
        .select_only()
        .column(revision::Column::DraftId)
        .distinct()
        .into_tuple::<DraftId>();
    Ok(found.all(who.office.db.read()).await?.into_iter().collect())
}

/// Drafts that wait for an approval: in review; and under policies, which may have been set since, approved ones that nobody
/// has scheduled yet, or whose posts have not left.
pub(super) fn to_approve(who: &For<'_>, any_policy: bool) -> Condition {
    let in_review = Condition::any().add(draft::Column::State.eq(DraftState::InReview));
    if !any_policy {
        return in_review;
    }
    let posts = || {
        post::Entity::find()
            .select_only()
            .column(post::Column::DraftId)
            .filter(post::Column::OfficeId.eq(who.office_id))
    };
    let waiting = posts().filter(post::Column::State.is_in([
        PostState::Scheduled,
        PostState::Retrying,
        PostState::Held,
    ]));
    let own = Expr::col((post::Entity, post::Column::DraftId)).equals((draft::Entity, draft::Column::Id));
    let unscheduled = Expr::exists(posts().filter(own).into_query()).not();
    let to_leave = Condition::any().add(draft::Column::Id.in_subquery(waiting.into_query())).add(unscheduled);
    let approved = Condition::all().add(draft::Column::State.eq(DraftState::Approved)).add(to_leave);
    in_review.add(approved)
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
    let waiting = initiatives::titles(who, &ids, &reviews::HELD_FOR_ADVICE).await?;
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

/// Held posts of drafts that the requester wrote, and those that are held in the requester's name, as after a late approval.
pub(super) async fn held_posts(who: &For<'_>, in_force: &reviews::InForce) -> Result<Vec<Found>> {
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
        .filter(Condition::any().add(post::Column::DraftId.in_subquery(mine)).add(held_by(who.member_id)))
        .order_by_asc(post::Column::UpdatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let behind = Behind::load(who, &rows, in_force).await?;
    Ok(rows.iter().map(|row| behind.task(TaskKind::HeldPost, row)).collect())
}

fn held_by(member: MemberId) -> SimpleExpr {
    Expr::cust(r#""post"."person_hold" ->> 'by'"#).eq(member.0.to_string())
}
