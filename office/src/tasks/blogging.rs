//! Duties to blog that are overdue, and initiatives of which nobody has said how often they blog.

use entity::{blogging_duty, initiative, initiative::InitiativeState};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};

use super::{Facts, For, Found, TaskKind};
use crate::{blogging, error::Result};

/// What is overdue: the requester's own, and for coordinators all that has been so for longer than its days of grace.
pub(super) async fn overdue(who: &For<'_>, coordinates: bool) -> Result<Vec<Found>> {
    let late = blogging::overdue(who.office, who.office_id, who.office.now()).await?;
    let mine = |one: &blogging::Overdue| one.manager_id == who.member_id || (coordinates && one.escalated);
    let task = |one: blogging::Overdue| Found {
        kind: TaskKind::BloggingOverdue,
        subject_kind: "Initiative",
        subject_id: one.initiative.id.0,
        title: one.initiative.name,
        since: one.since,
        facts: Facts::default(),
    };
    Ok(late.into_iter().filter(mine).map(task).collect())
}

/// The requester's active initiatives that never had a duty, or lost it with its blog: one that a coordinator excused had one.
pub(super) async fn to_set(who: &For<'_>) -> Result<Vec<Found>> {
    let duties = Query::select()
        .expr(Expr::value(1))
        .from(blogging_duty::Entity)
        .and_where(
            Expr::col((blogging_duty::Entity, blogging_duty::Column::InitiativeId))
                .eq(Expr::col((initiative::Entity, initiative::Column::Id))),
        )
        .and_where(
            Expr::col((blogging_duty::Entity, blogging_duty::Column::EndedReason)).is_null().or(Expr::col((
                blogging_duty::Entity,
                blogging_duty::Column::EndedReason,
            ))
            .ne(blogging::CHANNEL_RETIRED)),
        )
        .take();
    let rows = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::ManagerId.eq(who.member_id))
        .filter(initiative::Column::State.eq(InitiativeState::Active))
        .filter(Expr::exists(duties).not())
        .order_by_asc(initiative::Column::CreatedAt)
        .limit(who.limit)
        .all(who.office.db.read())
        .await?;
    let task = |row: initiative::Model| Found {
        kind: TaskKind::SetBloggingDuty,
        subject_kind: "Initiative",
        subject_id: row.id.0,
        title: row.name,
        since: row.decided_at.unwrap_or(row.created_at),
        facts: Facts::default(),
    };
    Ok(rows.into_iter().map(task).collect())
}
