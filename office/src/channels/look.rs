//! Looking at a channel's account: whether its platform takes the credential, and what the public reads there. It knows when to
//! look and what is kept; it does not know how a platform is asked.

use chrono::TimeDelta;
use entity::{ChannelId, WorkerId, channel, channel::CredentialState, channel::Profile};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, sea_query::NullOrdering,
};
use serde_json::json;

use super::{account, connection::is_administrator, needs_credential};
use crate::{
    Actor, Office, Requester,
    change::Change,
    error::{RefusalCode, Result, refuse},
    policy::{Permit, op},
    queue::{Cause, backoff},
    rounds,
    rows::locked,
    stewards,
};

/// What a look at an account found.
#[derive(Debug, Clone)]
pub enum Looked {
    /// The credential is taken, and this is what the public reads.
    Accepted(Box<Profile>),
    /// The credential is not taken: a person must renew it.
    Rejected(Cause),
    /// Nobody answered: nothing is known that was not known before.
    Unanswered(Cause),
}

/// Channels of any office whose account is to be looked at now, at most `limit`: those whose credential was stored and not
/// tried yet, then those whose next look is due. Not while a credential is about to be refreshed.
pub async fn to_look_at(office: &Office, limit: u64) -> Result<Vec<channel::Model>> {
    let now = office.now();
    let untested = Condition::all().add(channel::Column::CredentialState.eq(CredentialState::Untested)).add(
        Condition::any()
            .add(channel::Column::ProfileDueAt.is_null())
            .add(channel::Column::ProfileDueAt.lte(now)),
    );
    let due = Condition::all()
        .add(channel::Column::CredentialState.eq(CredentialState::Healthy))
        .add(channel::Column::ProfileDueAt.lte(now));
    let settled =
        Condition::any().add(channel::Column::RefreshAt.is_null()).add(channel::Column::RefreshAt.gt(now));
    let rows = channel::Entity::find()
        .filter(Condition::any().add(untested).add(due))
        .filter(channel::Column::CredentialSealed.is_not_null())
        .filter(settled)
        .order_by_with_nulls(channel::Column::ProfileDueAt, Order::Asc, NullOrdering::First)
        .order_by_asc(channel::Column::Id)
        .limit(limit);
    Ok(rows.all(office.db.read()).await?)
}

/// Lets a worker look at the account at once. Posts nothing; what it finds is in the channel's credential and profile.
pub async fn test(
    office: &Office,
    permit: &Permit<op::TestChannel>,
    id: ChannelId,
) -> Result<channel::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<channel::Entity>(&change, id).await?;
    if !is_administrator(permit.requester()) {
        stewards::require(&change, id).await?;
    }
    if !needs_credential(row.platform) {
        return refuse(
            RefusalCode::Invalid,
            "channelId",
            "there is nothing to test: this channel needs no credential",
        );
    }
    if row.credential_sealed.is_none() {
        return refuse(
            RefusalCode::IllegalState,
            "channelId",
            "this channel has no credential: connect it first",
        );
    }
    let now = change.now;
    let refused = row.credential_state == CredentialState::Rejected;
    let mut edit = channel::ActiveModel::from(row);
    edit.profile_due_at = Set(Some(now));
    // What was refused may have been mended at the platform.
    if refused {
        edit.credential_state = Set(CredentialState::Untested);
    }
    let row = edit.update(change.tx()).await?;
    change.note("testChannel", "Channel", row.id.0, json!({ "credential": row.credential_state }));
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Records what a look at `seen` found. Where the credential was replaced, looked at by another or asked about anew since
/// `seen` was read, this answer is older than what is known and changes nothing. The version stays: it guards what people edit.
pub async fn record_look(
    office: &Office,
    worker: WorkerId,
    seen: &channel::Model,
    looked: Looked,
) -> Result<channel::Model> {
    let mut change = office.begin(&Requester::new(seen.office_id, Actor::Worker(worker))).await?;
    let row = locked::<channel::Entity>(&change, seen.id).await?;
    if row.credential_sealed.is_none() || as_seen(&row) != as_seen(seen) {
        return Ok(row);
    }
    let mut after = row.clone();
    match account::judged(&row, looked) {
        Looked::Accepted(profile) => {
            rounds::begin(&change, row.id, &profile).await?;
            accepted(office, &change, &mut after, *profile);
        }
        Looked::Rejected(cause) => rejected(&change, &mut after, &cause),
        Looked::Unanswered(cause) => {
            let wait = backoff(&office.limits, row.id.0, 6, None).max(TimeDelta::seconds(30));
            after.profile_cause = Some(format!("{}: {}", cause.code, cause.detail));
            after.profile_due_at = Some(change.now + wait);
        }
    }
    note(&mut change, &row, &after);
    let row = channel::ActiveModel::from(after).reset_all().update(change.tx()).await?;
    change.commit().await?;
    Ok(row)
}

/// What moves when an account is looked at, or is to be.
fn as_seen(row: &channel::Model) -> impl PartialEq + '_ {
    let due = (row.profile_due_at, row.credential_checked_at);
    (&row.credential_sealed, &row.credential_state, due, &row.profile_cause)
}

fn rejected(change: &Change<'_>, after: &mut channel::Model, cause: &Cause) {
    after.credential_state = CredentialState::Rejected;
    after.credential_checked_at = Some(change.now);
    after.profile_cause = Some(format!("{}: {}", cause.code, cause.detail));
    after.profile_due_at = None;
}

fn accepted(office: &Office, change: &Change<'_>, after: &mut channel::Model, profile: Profile) {
    after.credential_state = CredentialState::Healthy;
    after.credential_checked_at = Some(change.now);
    after.reads_back = profile.abilities.as_ref().is_some_and(|can| can.read_back);
    after.profile = Some(Profile { read_at: change.now, ..profile });
    after.profile_cause = None;
    after.profile_due_at = Some(change.now + TimeDelta::hours(office.limits.profile_every_hours));
}

/// Only what is another than before is news.
fn note(change: &mut Change<'_>, before: &channel::Model, after: &channel::Model) {
    let shown = |row: &channel::Model| {
        row.profile
            .as_ref()
            .map(|of| (of.handle.clone(), of.display_name.clone(), of.url.clone(), of.bio.clone()))
    };
    if before.credential_state != after.credential_state {
        let detail = json!({ "credential": after.credential_state });
        change.note("checkCredential", "Channel", after.id.0, detail);
        change.move_gates();
    } else if shown(before) != shown(after) {
        change.note("readProfile", "Channel", after.id.0, json!({ "namesOperator": after.names_operator() }));
        change.move_gates();
    }
}
