//! Lifting a pause, and what that lets go. Nothing that became too late meanwhile goes out: it is MISSED and asks. What is
//! told here is read from what the gates said when they were last looked at; each post passes them anew before it leaves.

use chrono::{DateTime, Utc};
use entity::{PauseId, PostId, pause, pause::PauseScope, post, post::PostState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use serde_json::json;

use super::not_lifted;
use crate::{
    Actor, Office,
    error::{RefusalCode, Result, refuse},
    gate::{GateKind, pauses},
    policy::{Permit, op},
    read,
    rows::locked,
};

/// What lifting a pause does to the posts that it holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResumeEffect {
    /// Go back to their time, or leave as soon as a worker is free.
    pub released: usize,
    /// Too late by now: MISSED, and each asks for another time or to be given up.
    pub missed: usize,
    /// Stay held: another gate is shut, or another pause stands.
    pub still_held: usize,
    /// Whether there are more than were looked at.
    pub more: bool,
}

/// Lifts a pause. What became too late meanwhile is not released: it becomes MISSED and asks.
pub async fn resume(
    office: &Office,
    permit: &Permit<op::ResumePublishing>,
    id: PauseId,
) -> Result<(pause::Model, ResumeEffect)> {
    let mut change = office.begin(permit.requester()).await?;
    let standing = locked::<pause::Entity>(&change, id).await?;
    if standing.resumed_at.is_some() {
        return refuse(RefusalCode::IllegalState, "pauseId", "this pause was lifted already");
    }
    if matches!(change.requester().actor, Actor::Operator) && standing.paused_by.is_some() {
        let message =
            "a coordinator paused: a coordinator resumes; the operator lifts only what the operator paused";
        return refuse(RefusalCode::NotResponsible, "pauseId", message);
    }
    let effect = effect(office, change.tx(), &standing, change.now).await?;
    let mut edit = pause::ActiveModel::from(standing);
    edit.resumed_at = Set(Some(change.now));
    edit.resumed_by = Set(permit.requester().member_id());
    let pause = edit.update(change.tx()).await?;
    change.note("resumePublishing", "Pause", pause.id.0, json!({}));
    change.move_gates();
    change.commit().await?;
    Ok((pause, effect))
}

/// What lifting a pause would do now. Changes nothing.
pub async fn preview_resume(
    office: &Office,
    permit: &Permit<op::PreviewResume>,
    id: PauseId,
) -> Result<ResumeEffect> {
    let pause = read::one::<pause::Entity>(office.db.read(), permit.office_id(), id).await?;
    if pause.resumed_at.is_some() {
        return Ok(ResumeEffect::default());
    }
    effect(office, office.db.read(), &pause, office.clock.now()).await
}

async fn effect(
    office: &Office,
    db: &impl ConnectionTrait,
    lifted: &pause::Model,
    now: DateTime<Utc>,
) -> Result<ResumeEffect> {
    let most = office.limits.resume_preview_posts;
    let mut others = not_lifted(db, lifted.office_id, now).await?;
    others.retain(|pause| pause.id != lifted.id);
    let held = within(lifted, PostState::Held).limit(most.saturating_add(1)).all(db).await?;
    // What was too late before the pause began was not its doing.
    let missed = within(lifted, PostState::Missed)
        .filter(post::Column::MissedAfter.gte(lifted.starts_at))
        .limit(most.saturating_add(1))
        .all(db)
        .await?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = held.len() > most || missed.len() > most;
    let mut effect = ResumeEffect { more, ..ResumeEffect::default() };
    for post in held.iter().take(most).filter(|post| is_paused(post)) {
        if post.missed_after < now {
            effect.missed += 1;
        } else if stays(post, &others, now) {
            effect.still_held += 1;
        } else {
            effect.released += 1;
        }
    }
    effect.missed += missed.iter().take(most).filter(|post| is_paused(post)).count();
    Ok(effect)
}

/// The posts of a pause's scope in a state.
fn within(pause: &pause::Model, state: PostState) -> Select<post::Entity> {
    let mut select = post::Entity::find()
        .filter(post::Column::OfficeId.eq(pause.office_id))
        .filter(post::Column::State.eq(state));
    select = match pause.scope {
        PauseScope::Office => select,
        PauseScope::Channel => select.filter(post::Column::ChannelId.eq(pause.channel_id)),
        PauseScope::Initiative => select.filter(post::Column::InitiativeId.eq(pause.initiative_id)),
    };
    let exempt: Vec<PostId> = pause.exempt.0.clone();
    if !exempt.is_empty() {
        select = select.filter(post::Column::Id.is_not_in(exempt));
    }
    select.order_by_asc(post::Column::DueAt).order_by_asc(post::Column::Id)
}

fn is_paused(post: &post::Model) -> bool {
    gates(post).any(|gate| gate == GateKind::Pause.code())
}

fn stays(post: &post::Model, others: &[pause::Model], now: DateTime<Utc>) -> bool {
    let another = gates(post).any(|gate| gate != GateKind::Pause.code());
    another || others.iter().any(|pause| pauses(pause, post, now))
}

fn gates(post: &post::Model) -> impl Iterator<Item = &str> {
    post.hold.iter().flat_map(|hold| &hold.gates).map(|gate| gate.gate.as_str())
}
