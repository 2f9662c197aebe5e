//! What waits for coordinators.

use chrono::{NaiveDate, TimeDelta};
use entity::{
    channel, channel::ChannelState, initiative, initiative::InitiativeState, post, post::PostState,
};
use guidelines::ListEntry;
use sea_orm::{ActiveEnum as _, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Facts, For, Found, TaskKind, channels, held::Behind};
use crate::{
    calendar,
    error::Result,
    handbooks,
    initiatives::{self, AnnouncementPart},
    offices, reviews,
};

/// Proposed initiatives.
pub(super) async fn initiatives(who: &For<'_>) -> Result<Vec<Found>> {
    let rows = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::State.eq(InitiativeState::Proposed))
        .order_by_asc(initiative::Column::CreatedAt)
        .limit(who.limit)
        .all(who.office.db.read())
        .await?;
    let task = |row: initiative::Model| {
        // What is missing is asked for first: without it the initiative cannot be acknowledged.
        let open: Vec<_> = initiatives::needed(&row).into_iter().map(AnnouncementPart::question).collect();
        let asks = (!open.is_empty()).then(|| open.join(", "));
        let act = asks.as_ref().map(|_| "askAboutInitiative");
        let because = asks.map(|open| format!("it is not said yet {open}"));
        Found {
            kind: TaskKind::DecideInitiative,
            subject_kind: "Initiative",
            subject_id: row.id.0,
            title: row.name,
            since: row.created_at,
            facts: Facts { because, act, ..Facts::default() },
        }
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Requested channels, and changed records that the public does not see yet.
pub(super) async fn channels(who: &For<'_>) -> Result<Vec<Found>> {
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
    let ending = channels::ending(who, &rows).await?;
    let task = |row: channel::Model| {
        let requested = row.state == ChannelState::Requested;
        let in_vain = requested && row.initiative_id.is_some_and(|id| ending.contains(&id));
        let facts = Facts {
            because: in_vain.then(|| channels::ENDING.to_owned()),
            act: in_vain.then_some("declineChannel"),
            ..Facts::default()
        };
        Found {
            kind: if requested { TaskKind::DecideChannel } else { TaskKind::ApproveChannelRecord },
            subject_kind: "Channel",
            subject_id: row.id.0,
            title: if requested {
                format!("{} ({} {})", row.display_name, row.platform.to_value(), row.handle)
            } else {
                row.display_name
            },
            since: if requested { row.created_at } else { row.updated_at },
            facts,
        }
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Posts that need a person.
pub(super) async fn posts(who: &For<'_>, in_force: &reviews::InForce) -> Result<Vec<Found>> {
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
    let behind = Behind::load(who, &rows, in_force).await?;
    let kind = |row: &post::Model| match row.state {
        PostState::Held => TaskKind::HeldPost,
        PostState::Missed => TaskKind::MissedPost,
        PostState::Drifted => TaskKind::DriftedPost,
        _ => TaskKind::ResolvePost,
    };
    Ok(rows.iter().map(|row| behind.task(kind(row), row)).collect())
}

/// Entries of the handbook's lists whose day of review has come.
pub(super) async fn list_entries(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let zone = offices::zone(db, who.office_id).await?;
    let handbook = handbooks::in_force(who.office, db, who.office_id).await?;
    let today = calendar::day(who.office.now(), &zone)?;
    let due = handbooks::due_for_review(&handbook.document, today).enumerate();
    let task = |(index, (list, entry, day)): (usize, (handbooks::HandbookList, &ListEntry, NaiveDate))| {
        // Entries of one day and one handbook keep their order, and pages tell them apart.
        let order = TimeDelta::microseconds(i64::try_from(index).unwrap_or(i64::MAX));
        Some(Found {
            kind: TaskKind::ReviewListEntry,
            subject_kind: "Handbook",
            subject_id: handbook.id.0,
            title: format!("{}: {}", list.name(), entry.value),
            since: day.and_hms_opt(0, 0, 0)?.and_utc().checked_add_signed(order)?,
            facts: Facts::default(),
        })
    };
    Ok(due.filter_map(task).collect())
}
