//! Loads what the gate looks at: a bounded number of statements, the same inside and outside a change.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::{channel, post};
use sea_orm::ConnectionTrait;

use super::{Facts, Gate, evaluate};
use crate::{
    Office,
    change::Change,
    checks, drafts,
    error::Result,
    handbooks, pauses,
    policy::{Permit, op},
    read, stewards,
};

/// Loads the facts of a post.
pub async fn load(office: &Office, db: &impl ConnectionTrait, post: post::Model) -> Result<Facts> {
    let office_id = post.office_id;
    let revision = checks::load(office, db, office_id, post.revision_id).await?;
    let own = revision.targets.iter().find(|(target, _)| target.channel_id == post.channel_id).cloned();
    let (target, channel) = match own {
        Some((target, channel)) => (Some(target), channel),
        None => (None, read::one::<channel::Entity>(db, office_id, post.channel_id).await?),
    };
    let around = &revision.around;
    Ok(Facts {
        initiative: Arc::clone(&around.initiative),
        plan: around.plan.clone(),
        reviews: around.reviews.clone(),
        writers: drafts::writers(db, office_id, post.draft_id).await?,
        stewards: match around.nearby.stewards.get(&channel.id) {
            Some(count) => usize::try_from(*count).unwrap_or(usize::MAX),
            None => stewards::active(db, office_id, channel.id).await?.len(),
        },
        stewards_at_least: office.limits.stewards_at_least,
        pauses: pauses::not_lifted(db, office_id, office.clock.now()).await?,
        handbook: handbooks::in_force(office, db, office_id).await?,
        draft: around.draft.clone(),
        target,
        post,
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
