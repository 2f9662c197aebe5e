//! Review policies in force that stop what they should only slow: nobody who is here can do one of their steps.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Utc};
use entity::{ChannelId, InitiativeId, channel, initiative, member, member::MemberState, review_policy};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Facts, For, Found, TaskKind, initiatives};
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
