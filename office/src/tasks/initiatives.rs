//! Initiatives that nobody may manage any more, and those whose end has come. Knows too which drafts belong to one that is
//! not over: of the others nothing waits.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    DraftId, MemberId, audit_entry, draft,
    draft::DraftState,
    initiative,
    initiative::InitiativeState,
    member,
    member::{MemberState, Role},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{Facts, For, Found, TASKS_AT_MOST, TaskKind, closing};
use crate::{calendar, error::Result, members::RUNNING, offices, policy::role_name, read, rows::json_holds};

/// The ids of initiatives that are not over.
pub(super) fn running(who: &For<'_>) -> SelectStatement {
    initiative::Entity::find()
        .select_only()
        .column(initiative::Column::Id)
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::State.is_in(RUNNING))
        .into_query()
}

/// The ids of drafts of initiatives for which something may begin.
pub(super) fn drafts_of_open(who: &For<'_>) -> SelectStatement {
    let open = initiative::Entity::find()
        .select_only()
        .column(initiative::Column::Id)
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::State.is_in([InitiativeState::Proposed, InitiativeState::Active]));
    draft::Entity::find()
        .select_only()
        .column(draft::Column::Id)
        .filter(draft::Column::OfficeId.eq(who.office_id))
        .filter(draft::Column::InitiativeId.in_subquery(open.into_query()))
        .into_query()
}

/// The ids of drafts of those that go on or end.
pub(super) fn drafts_of_running(who: &For<'_>) -> SelectStatement {
    draft::Entity::find()
        .select_only()
        .column(draft::Column::Id)
        .filter(draft::Column::OfficeId.eq(who.office_id))
        .filter(draft::Column::InitiativeId.in_subquery(running(who)))
        .into_query()
}

/// The titles of these drafts, as far as they are in one of these states and their initiative is not over.
pub(super) async fn titles(
    who: &For<'_>,
    ids: &[Uuid],
    states: &[DraftState],
) -> Result<HashMap<DraftId, String>> {
    let db = who.office.db.read();
    let rows: Vec<(DraftId, String)> = draft::Entity::find()
        .select_only()
        .columns([draft::Column::Id, draft::Column::Title])
        .filter(draft::Column::OfficeId.eq(who.office_id))
        .filter(read::among(db.get_database_backend(), draft::Column::Id, ids))
        .filter(draft::Column::State.is_in(states.iter().copied()))
        .filter(draft::Column::InitiativeId.in_subquery(running(who)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Initiatives whose manager left the office, or lost the roles that may manage one.
pub(super) async fn to_take_over(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let holds = |role| json_holds(member::Column::Roles, &format!("\"{}\"", role_name(role)));
    let may = Condition::any().add(holds(Role::ProjectManager)).add(holds(Role::Coordinator));
    let able = Condition::all().add(member::Column::State.eq(MemberState::Active)).add(may);
    let unable = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::OfficeId.eq(who.office_id))
        .filter(able.not())
        .into_query();
    let rows = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::State.is_in(RUNNING))
        .filter(initiative::Column::ManagerId.in_subquery(unable))
        .order_by_asc(initiative::Column::CreatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.manager_id.0).collect();
    let changed = last_done(who, &["updateMember"], &ids).await?;
    let people: HashMap<MemberId, member::Model> = read::many::<member::Entity>(db, who.office_id, &ids)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let task = |row: initiative::Model| {
        let manager = people.get(&row.manager_id);
        let at = manager.and_then(|manager| manager.departed_at);
        let at = at.or_else(|| changed.get(&row.manager_id.0).copied());
        let because = manager.map(|manager| match manager.state {
            MemberState::Departed => format!("{} has left the office", manager.name),
            MemberState::Active => format!("{} is no project manager any more", manager.name),
        });
        Found {
            kind: TaskKind::TakeOverInitiative,
            subject_kind: "Initiative",
            subject_id: row.id.0,
            since: at.map_or(row.created_at, |at| at.max(row.created_at)),
            title: row.name,
            facts: Facts { because, ..Facts::default() },
        }
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Active initiatives whose last day has passed: their managers', and every coordinator's. Those that are closing wait for
/// coordinators, who alone may complete that.
pub(super) async fn to_end(who: &For<'_>, coordinates: bool) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let zone = offices::zone(db, who.office_id).await?;
    let today = calendar::day(who.office.now(), &zone)?;
    let past = Condition::all()
        .add(initiative::Column::State.eq(InitiativeState::Active))
        .add(initiative::Column::EndsOn.lt(today));
    let waiting = if coordinates {
        Condition::any().add(past).add(initiative::Column::State.eq(InitiativeState::Closing))
    } else {
        past.add(initiative::Column::ManagerId.eq(who.member_id))
    };
    let rows = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(waiting)
        .order_by_asc(initiative::Column::CreatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let ending = rows.iter().filter(|row| row.state == InitiativeState::Closing);
    let ending: Vec<Uuid> = ending.map(|row| row.id.0).collect();
    let begun = last_done(who, &["closeInitiative"], &ending).await?;
    let open = closing::unsettled(who, &ending).await?;
    let mut tasks = Vec::with_capacity(rows.len());
    for row in rows {
        let (left, act) = open.get(&row.id).cloned().unzip();
        let next = row.ends_on.and_then(|day| day.succ_opt());
        let (kind, since, because) = if row.state == InitiativeState::Closing {
            (TaskKind::CompleteClosing, begun.get(&row.id.0).copied().unwrap_or(row.updated_at), left)
        } else {
            let since = next.map_or(Ok(row.updated_at), |day| calendar::day_begins(day, &zone))?;
            let because = row.ends_on.map(|day| format!("it was to end on {day}"));
            (TaskKind::CloseInitiative, since, because)
        };
        tasks.push(Found {
            kind,
            subject_kind: "Initiative",
            subject_id: row.id.0,
            title: row.name,
            since,
            facts: Facts { because, act: act.flatten(), ..Facts::default() },
        });
    }
    Ok(tasks)
}

/// When one of these was last done to each of these things, by the record.
pub(super) async fn last_done(
    who: &For<'_>,
    actions: &[&str],
    ids: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let db = who.office.db.read();
    let rows: Vec<(Uuid, DateTime<Utc>)> = audit_entry::Entity::find()
        .select_only()
        .columns([audit_entry::Column::SubjectId, audit_entry::Column::At])
        .filter(audit_entry::Column::OfficeId.eq(who.office_id))
        .filter(read::among(db.get_database_backend(), audit_entry::Column::SubjectId, ids))
        .filter(audit_entry::Column::Action.is_in(actions.iter().copied()))
        .order_by_desc(audit_entry::Column::Sequence)
        .limit(TASKS_AT_MOST)
        .into_tuple()
        .all(db)
        .await?;
    // Newest first: collected from the end, the newest stays.
    Ok(rows.into_iter().rev().collect())
}
