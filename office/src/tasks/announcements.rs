//! What waits for whoever proposed an initiative or owns it, until its announcement is whole.

use std::collections::HashMap;

use entity::{InitiativeId, initiative, initiative::InitiativeState, initiative_question};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Facts, For, Found, TaskKind};
use crate::{
    error::Result,
    initiatives::{self, AnnouncementPart},
};

/// Announcements of the requester that do not answer every question yet, and questions of coordinators about them.
pub(super) async fn of_mine(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    // Whoever proposed it completes it until it is decided; then it is its manager's alone.
    let proposed = Condition::all()
        .add(initiative::Column::State.eq(InitiativeState::Proposed))
        .add(initiative::Column::ProposedBy.eq(who.member_id));
    let managed = Condition::all()
        .add(initiative::Column::State.is_in([InitiativeState::Proposed, InitiativeState::Active]))
        .add(initiative::Column::ManagerId.eq(who.member_id));
    let mine = Condition::any().add(proposed).add(managed);
    let rows = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(mine)
        .order_by_asc(initiative::Column::CreatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    // Once it is decided nobody waits for an answer.
    let proposed = rows.iter().filter(|row| row.state == InitiativeState::Proposed);
    let names: HashMap<InitiativeId, String> = proposed.map(|row| (row.id, row.name.clone())).collect();
    let questions = initiative_question::Entity::find()
        .filter(initiative_question::Column::OfficeId.eq(who.office_id))
        .filter(initiative_question::Column::InitiativeId.is_in(names.keys().copied()))
        .filter(initiative_question::Column::AnsweredAt.is_null())
        .order_by_asc(initiative_question::Column::AskedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let incomplete = |row: initiative::Model| {
        let open: Vec<_> =
            initiatives::unanswered(&row).into_iter().map(AnnouncementPart::question).collect();
        (!open.is_empty()).then(|| Found {
            kind: TaskKind::CompleteAnnouncement,
            subject_kind: "Initiative",
            subject_id: row.id.0,
            title: row.name,
            since: row.created_at,
            facts: Facts { because: Some(open.join(", ")), ..Facts::default() },
        })
    };
    let mut tasks: Vec<_> = rows.into_iter().filter_map(incomplete).collect();
    tasks.extend(questions.into_iter().map(|row| Found {
        kind: TaskKind::AnswerInitiativeQuestion,
        subject_kind: "InitiativeQuestion",
        subject_id: row.id.0,
        title: names.get(&row.initiative_id).cloned().unwrap_or_default(),
        since: row.asked_at,
        facts: Facts::default(),
    }));
    Ok(tasks)
}
