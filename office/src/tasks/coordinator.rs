//! What waits for coordinators.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use entity::{
    InitiativeId, channel, channel::ChannelState, draft, initiative, initiative::InitiativeState,
    office as office_row, plan, plan::PlanState, post, post::PostState,
};
use guidelines::ListEntry;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{For, Task, TaskKind};
use crate::{calendar, error::Result, handbooks, read};

/// Proposed initiatives.
pub(super) async fn initiatives(who: &For<'_>) -> Result<Vec<Task>> {
    let rows = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::State.eq(InitiativeState::Proposed))
        .order_by_asc(initiative::Column::CreatedAt)
        .limit(who.limit)
        .all(who.office.db.read())
        .await?;
    let task = |row: initiative::Model| Task {
        kind: TaskKind::DecideInitiative,
        subject_kind: "Initiative",
        subject_id: row.id.0,
        title: row.name,
        since: row.created_at,
    };
    Ok(rows.into_iter().map(task).collect())
}

/// The newest version of each plan, where it is not approved and not the requester's own.
pub(super) async fn plans(who: &For<'_>) -> Result<Vec<Task>> {
    let db = who.office.db.read();
    let drafts = plan::Entity::find()
        .filter(plan::Column::OfficeId.eq(who.office_id))
        .filter(plan::Column::State.eq(PlanState::Draft))
        .filter(plan::Column::WrittenBy.ne(who.member_id))
        .order_by_desc(plan::Column::CreatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = drafts.iter().map(|row| row.initiative_id.0).collect();
    let newest = newest_numbers(who, &ids).await?;
    let names: HashMap<_, _> = read::many::<initiative::Entity>(db, who.office_id, &ids)
        .await?
        .into_iter()
        .filter(|row| !matches!(row.state, InitiativeState::Declined | InitiativeState::Closed))
        .map(|row| (row.id, row.name))
        .collect();
    let task = |row: plan::Model| {
        let title =
            names.get(&row.initiative_id).filter(|_| newest.get(&row.initiative_id) == Some(&row.number))?;
        Some(Task {
            kind: TaskKind::ApprovePlan,
            subject_kind: "Plan",
            subject_id: row.id.0,
            title: title.clone(),
            since: row.created_at,
        })
    };
    Ok(drafts.into_iter().filter_map(task).collect())
}

async fn newest_numbers(who: &For<'_>, initiatives: &[Uuid]) -> Result<HashMap<InitiativeId, i32>> {
    let rows = plan::Entity::find()
        .select_only()
        .column(plan::Column::InitiativeId)
        .column_as(plan::Column::Number.max(), "newest")
        .filter(plan::Column::OfficeId.eq(who.office_id))
        .filter(plan::Column::InitiativeId.is_in(initiatives.iter().copied()))
        .group_by(plan::Column::InitiativeId)
        .into_tuple::<(InitiativeId, i32)>()
        .all(who.office.db.read())
        .await?;
    Ok(rows.into_iter().collect())
}

/// Requested channels, and changed records that the public does not see yet.
pub(super) async fn channels(who: &For<'_>) -> Result<Vec<Task>> {
    let waiting = Condition::any().add(channel::Column::State.eq(ChannelState::Requested)).add(
        Condition::all()
            .add(channel::Column::RecordPending.eq(true))
            .add(channel::Column::State.is_in([ChannelState::Active, ChannelState::Dormant])),
    );
    let rows = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(who.office_id))
        .filter(waiting)
        .order_by_asc(channel::Column::UpdatedAt)
        .limit(who.limit)
        .all(who.office.db.read())
        .await?;
    let task = |row: channel::Model| {
        let requested = row.state == ChannelState::Requested;
        Task {
            kind: if requested { TaskKind::DecideChannel } else { TaskKind::ApproveChannelRecord },
            subject_kind: "Channel",
            subject_id: row.id.0,
            title: row.display_name,
            since: if requested { row.created_at } else { row.updated_at },
        }
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Posts that need a person.
pub(super) async fn posts(who: &For<'_>) -> Result<Vec<Task>> {
    let db = who.office.db.read();
    let waiting = Condition::any()
        .add(post::Column::State.is_in([PostState::Held, PostState::Missed, PostState::Drifted]))
        .add(
            Condition::all()
                .add(post::Column::State.eq(PostState::Unconfirmed))
                .add(post::Column::PersonDecides.eq(true)),
        );
    let rows = post::Entity::find()
        .filter(post::Column::OfficeId.eq(who.office_id))
        .filter(waiting)
        .order_by_asc(post::Column::UpdatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.draft_id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let drafts = read::many::<draft::Entity>(db, who.office_id, &ids).await?;
    let titles: HashMap<_, _> = drafts.into_iter().map(|row| (row.id, row.title)).collect();
    let task = |row: post::Model| Task {
        kind: match row.state {
            PostState::Held => TaskKind::HeldPost,
            PostState::Missed => TaskKind::MissedPost,
            PostState::Drifted => TaskKind::DriftedPost,
            _ => TaskKind::ResolvePost,
        },
        subject_kind: "Post",
        subject_id: row.id.0,
        title: titles.get(&row.draft_id).cloned().unwrap_or_default(),
        since: row.hold.as_ref().map_or(row.updated_at, |hold| hold.since),
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Entries of the handbook's lists whose day of review has come.
pub(super) async fn list_entries(who: &For<'_>) -> Result<Vec<Task>> {
    let db = who.office.db.read();
    let own = office_row::Entity::find_by_id(who.office_id).one(db).await?;
    let zone = own.map(|office| office.time_zone).unwrap_or_default();
    let handbook = handbooks::in_force(who.office, db, who.office_id).await?;
    let today = calendar::day(who.office.now(), &zone)?;
    let due = handbooks::due_for_review(&handbook.document, today).enumerate();
    let task = |(index, (list, entry, day)): (usize, (handbooks::HandbookList, &ListEntry, NaiveDate))| {
        // Entries of one day and one handbook keep their order, and pages tell them apart.
        let order = TimeDelta::microseconds(i64::try_from(index).unwrap_or(i64::MAX));
        Some(Task {
            kind: TaskKind::ReviewListEntry,
            subject_kind: "Handbook",
            subject_id: handbook.id.0,
            title: format!("{}: {}", list.name(), entry.value),
            since: day.and_hms_opt(0, 0, 0)?.and_utc().checked_add_signed(order)?,
        })
    };
    Ok(due.filter_map(task).collect())
}
