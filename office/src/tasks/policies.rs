//! Review policies in force that stop what they should only slow: nobody who is here can do one of their steps.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, DraftId, InitiativeId, MemberId, channel, draft, initiative, member,
    member::{MemberState, Roles},
    review_policy, revision,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Facts, For, Found, TASKS_AT_MOST, TaskKind, initiatives, writer};
use crate::{error::Result, lifecycle::Lifecycle as _, read, reviews};

/// Those of which a step can be done by nobody; not of initiatives and channels that are over.
pub(super) async fn to_mend(who: &For<'_>, in_force: &[Arc<review_policy::Model>]) -> Result<Vec<Found>> {
    if in_force.is_empty() {
        return Ok(Vec::new());
    }
    let people = reviews::people(who.office.db.read(), who.office_id).await?;
    let stuck = in_force.iter().map(|policy| (policy, reviews::undoable(policy, &people)));
    let stuck: Vec<_> = stuck.filter(|(_, places)| !places.is_empty()).collect();
    if stuck.is_empty() {
        return Ok(Vec::new());
    }
    let over = over(who, stuck.iter().map(|(policy, _)| policy.as_ref())).await?;
    let ids: Vec<Uuid> =
        stuck.iter().flat_map(|(policy, _)| reviews::named_in(policy).map(|id| id.0)).collect();
    let changed = initiatives::last_done(who, &["updateMember"], &ids).await?;
    let departed = last_departure(who).await?;
    let task = |(policy, places): (&Arc<review_policy::Model>, Vec<usize>)| {
        let times = reviews::named_in(policy).filter_map(|id| changed.get(&id.0).copied()).chain(departed);
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        Found {
            kind: TaskKind::MendReviewPolicy,
            subject_kind: "ReviewPolicy",
            subject_id: policy.id.0,
            title: policy.name.clone(),
            since: times.max().map_or(policy.created_at, |at| at.max(policy.created_at)),
            facts: Facts { because: Some(format!("step {}", places.join(", "))), ..Facts::default() },
        }
    };
    Ok(stuck.into_iter().filter(|(policy, _)| !over.contains(&policy.id.0)).map(task).collect())
}

/// Drafts in review that stay there, whatever their policies say of others: who could judge them wrote part of them.
pub(super) async fn without_a_judge(who: &For<'_>, any_policy: bool) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let rows = draft::Entity::find()
        .filter(draft::Column::OfficeId.eq(who.office_id))
        .filter(writer::to_approve(who, any_policy))
        .filter(draft::Column::InitiativeId.in_subquery(initiatives::running(who)))
        .order_by_asc(draft::Column::UpdatedAt)
        .limit(TASKS_AT_MOST)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let people = reviews::people(db, who.office_id).await?;
    let ids: Vec<DraftId> = rows.iter().map(|row| row.id).collect();
    let stuck = if any_policy {
        let standing = reviews::of_drafts(db, who.office_id, &ids).await?;
        let waits = |(id, of): (DraftId, reviews::Standing)| (id, of.without_a_judge(&people).join("; "));
        standing.into_iter().map(waits).filter(|(_, waits)| !waits.is_empty()).collect()
    } else {
        written_by_all(who, &ids, &people).await?
    };
    let task = |row: draft::Model| {
        let because = format!("{}, and whoever could approve it wrote part of it", stuck.get(&row.id)?);
        Some(Found {
            kind: TaskKind::MendReviewPolicy,
            subject_kind: "Draft",
            subject_id: row.id.0,
            title: row.title,
            since: row.submitted_at.unwrap_or(row.updated_at),
            facts: Facts { because: Some(because), ..Facts::default() },
        })
    };
    Ok(rows.into_iter().filter_map(task).collect())
}

/// Those of which everybody who approves by their role wrote a part.
async fn written_by_all(
    who: &For<'_>,
    ids: &[DraftId],
    people: &[(MemberId, Roles)],
) -> Result<HashMap<DraftId, String>> {
    let judges: Vec<MemberId> =
        people.iter().filter(|(_, roles)| reviews::usually(roles)).map(|(id, _)| *id).collect();
    let plain: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let wrote: HashSet<(DraftId, Option<MemberId>)> = revision::Entity::find()
        .filter(revision::Column::OfficeId.eq(who.office_id))
        .filter(revision::Column::DraftId.is_in(plain))
        .select_only()
        .columns([revision::Column::DraftId, revision::Column::AuthorId])
        .distinct()
        .into_tuple()
        .all(who.office.db.read())
        .await?
        .into_iter()
        .collect();
    let stuck = ids.iter().filter(|id| judges.iter().all(|judge| wrote.contains(&(**id, Some(*judge)))));
    Ok(stuck.map(|id| (*id, "it waits for a project manager or a coordinator".to_owned())).collect())
}

/// Those of them whose initiative or channel is over: no draft waits for them.
async fn over<'a>(
    who: &For<'_>,
    policies: impl Iterator<Item = &'a review_policy::Model> + Clone,
) -> Result<HashSet<Uuid>> {
    let db = who.office.db.read();
    let ids: Vec<Uuid> = policies.clone().filter_map(|policy| Some(policy.initiative_id?.0)).collect();
    let rows = read::many::<initiative::Entity>(db, who.office_id, &ids).await?;
    let ended: HashSet<InitiativeId> =
        rows.into_iter().filter(|row| row.state.is_terminal()).map(|row| row.id).collect();
    let ids: Vec<Uuid> = policies.clone().filter_map(|policy| Some(policy.channel_id?.0)).collect();
    let rows = read::many::<channel::Entity>(db, who.office_id, &ids).await?;
    let closed: HashSet<ChannelId> =
        rows.into_iter().filter(|row| row.state.is_terminal()).map(|row| row.id).collect();
    let is_over = |policy: &&review_policy::Model| {
        policy.initiative_id.is_some_and(|id| ended.contains(&id))
            || policy.channel_id.is_some_and(|id| closed.contains(&id))
    };
    Ok(policies.filter(is_over).map(|policy| policy.id.0).collect())
}

/// When somebody last left the office.
async fn last_departure(who: &For<'_>) -> Result<Option<DateTime<Utc>>> {
    let newest = member::Entity::find()
        .filter(member::Column::OfficeId.eq(who.office_id))
        .filter(member::Column::State.eq(MemberState::Departed))
        .order_by_desc(member::Column::DepartedAt)
        .one(who.office.db.read())
        .await?;
    Ok(newest.and_then(|row| row.departed_at))
}
