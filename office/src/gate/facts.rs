//! Loads what the gate looks at: a bounded number of statements, the same inside and outside a change.

use chrono::{DateTime, Utc};
use entity::{channel, draft, initiative, plan, plan::PlanState, post};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Facts, Gate, evaluate};
use crate::{
    Office,
    change::Change,
    checks, drafts,
    error::Result,
    handbooks, pauses,
    policy::{Permit, op},
    read, reviews, stewards,
};

/// Loads the facts of a post.
pub async fn load(office: &Office, db: &impl ConnectionTrait, post: post::Model) -> Result<Facts> {
    let office_id = post.office_id;
    let draft = read::one::<draft::Entity>(db, office_id, post.draft_id).await?;
    let revision = checks::load(db, office_id, post.revision_id).await?;
    let channel = read::one::<channel::Entity>(db, office_id, post.channel_id).await?;
    let target = revision
        .targets
        .iter()
        .map(|(target, _)| target)
        .find(|target| target.channel_id == post.channel_id)
        .cloned();
    Ok(Facts {
        initiative: read::one::<initiative::Entity>(db, office_id, post.initiative_id).await?,
        plan: approved_plan(db, &post).await?,
        reviews: reviews::of_revision(db, &revision.revision).await?,
        writers: drafts::writers(db, office_id, draft.id).await?,
        stewards: stewards::active(db, office_id, channel.id).await?.len(),
        stewards_at_least: office.limits.stewards_at_least,
        pauses: pauses::not_lifted(db, office_id, office.clock.now()).await?,
        handbook: handbooks::in_force(office, db, office_id).await?,
        target,
        post,
        draft,
        revision,
        channel,
    })
}

/// The same inside a change, with the office's row locked against a pause that is being committed.
pub(crate) async fn load_in_change(office: &Office, change: &Change<'_>, post: post::Model) -> Result<Facts> {
    pauses::lock(change.tx(), post.office_id, pauses::Lock::Send).await?;
    load(office, change.tx(), post).await
}

/// Why a post may leave or not, at this moment: the same answer, by the same code, that the worker gets.
pub async fn explain(
    office: &Office,
    permit: &Permit<op::Explain>,
    id: entity::PostId,
) -> Result<(post::Model, Vec<Gate>)> {
    let post = read::one::<post::Entity>(office.db.read(), permit.office_id(), id).await?;
    let facts = load(office, office.db.read(), post.clone()).await?;
    let now: DateTime<Utc> = office.clock.now();
    Ok((post, evaluate(&facts, now)))
}

async fn approved_plan(db: &impl ConnectionTrait, post: &post::Model) -> Result<Option<plan::Model>> {
    let found = plan::Entity::find()
        .filter(plan::Column::OfficeId.eq(post.office_id))
        .filter(plan::Column::InitiativeId.eq(post.initiative_id))
        .filter(plan::Column::State.eq(PlanState::Approved));
    Ok(found.one(db).await?)
}
