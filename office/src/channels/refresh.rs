//! Credentials that end are refreshed before they do, by one worker at a time. It knows when, and what is to be told; it does
//! not know how a platform is asked.
//!
//! A platform may take a refresh token once only. So a worker claims it before it asks, and what it was given is stored
//! before anybody uses it. One that died in between has lost the credential for good; whoever tries again then says so.

use entity::{WorkerId, channel, channel::CredentialState, platform_app};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    apps,
    grant::{self, AppSecret, GrantOutcome},
};
use crate::{
    Actor, Office, Requester,
    change::Change,
    error::Result,
    queue::{Cause, backoff},
    read,
    rows::locked,
};

/// A credential to be refreshed now, by whoever holds this.
#[derive(Debug)]
pub struct DueRefresh {
    /// The channel as it was claimed.
    pub channel: channel::Model,
    /// With what.
    pub token: SecretString,
    /// In the name of which application; absent: the office has none any more.
    pub app: Option<AppSecret>,
    /// Whether somebody claimed it before and never said what came of it.
    pub begun_before: bool,
}

/// Claims credentials of any office whose refresh is due, at most `limit`.
pub async fn claim_refreshes(office: &Office, worker: WorkerId, limit: u64) -> Result<Vec<DueRefresh>> {
    let due = due(office, limit).all(office.db.read()).await?;
    let mut claimed = Vec::new();
    for row in due {
        claimed.extend(claim(office, worker, &row).await?);
    }
    Ok(claimed)
}

fn due(office: &Office, limit: u64) -> sea_orm::Select<channel::Entity> {
    let now = office.now();
    let free = Condition::any()
        .add(channel::Column::RefreshLeaseUntil.is_null())
        .add(channel::Column::RefreshLeaseUntil.lte(now));
    channel::Entity::find()
        .filter(channel::Column::RefreshAt.lte(now))
        .filter(free)
        .order_by_asc(channel::Column::RefreshAt)
        .limit(limit)
}

/// No audit entry: claiming changes nothing that a person sees.
async fn claim(office: &Office, worker: WorkerId, seen: &channel::Model) -> Result<Option<DueRefresh>> {
    let change =
        office.begin_by_database_clock(&Requester::new(seen.office_id, Actor::Worker(worker))).await?;
    let still = due(office, 1).filter(channel::Column::Id.eq(seen.id));
    let row = still.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(change.tx()).await?;
    let Some(row) = row else { return Ok(None) };
    let begun_before = row.refresh_lease_until.is_some();
    let app = match row.credential_app_id {
        Some(id) => Some(read::one::<platform_app::Entity>(change.tx(), row.office_id, id).await?),
        None => None,
    };
    let app = app.filter(|app| !app.client_id.is_empty()).map(|app| secret_of(office, app)).transpose()?;
    let Some(token) = grant::open_refresh(office, &row)? else { return Ok(None) };
    let fence = row.refresh_fence + 1;
    let until = change.now + chrono::TimeDelta::seconds(office.limits.lease_seconds);
    let mut edit = channel::ActiveModel::from(row);
    edit.refresh_fence = Set(fence);
    edit.refresh_lease_until = Set(Some(until));
    let channel = edit.update(change.tx()).await?;
    change.commit().await?;
    Ok(Some(DueRefresh { channel, token, app, begun_before }))
}

/// An application as its secret is used.
pub(super) fn secret_of(office: &Office, app: platform_app::Model) -> Result<AppSecret> {
    Ok(AppSecret { client_secret: apps::open_secret(office, &app)?, client_id: app.client_id })
}

/// Stores what came of a refresh, if nobody took it over meanwhile.
pub async fn settle_refresh(
    office: &Office,
    worker: WorkerId,
    due: &DueRefresh,
    outcome: GrantOutcome,
) -> Result<()> {
    let requester = Requester::new(due.channel.office_id, Actor::Worker(worker));
    let mut change = office.begin_by_database_clock(&requester).await?;
    let row = locked::<channel::Entity>(&change, due.channel.id).await?;
    if row.refresh_fence != due.channel.refresh_fence || row.refresh_sealed != due.channel.refresh_sealed {
        return Ok(());
    }
    match (outcome, row.credential_app_id) {
        (GrantOutcome::Granted(granted), Some(app)) => {
            let state = row.credential_state;
            let mut after = row;
            granted.store(office, &mut after, app, change.now)?;
            after.refreshed_at = Some(change.now);
            // One that worked works on: nothing that waits is held up while the new one is tried.
            if state == CredentialState::Healthy {
                after.credential_state = state;
                after.profile_due_at = Some(change.now);
            }
            store(&mut change, after, "refreshCredential").await?;
            change.move_gates();
        }
        (GrantOutcome::Refused(cause), _) => refused(&mut change, row, due, &cause).await?,
        (GrantOutcome::Unreachable(cause, wish), _) => later(office, &change, row, &cause, wish).await?,
        (GrantOutcome::Granted(_), None) => return Ok(()),
    }
    change.commit().await
}

async fn store(change: &mut Change<'_>, row: channel::Model, action: &'static str) -> Result<()> {
    let detail = json!({ "credential": row.credential_state });
    change.note(action, "Channel", row.id.0, detail);
    channel::ActiveModel::from(row).reset_all().update(change.tx()).await?;
    Ok(())
}

/// The platform says no: whoever answers for the channel is told by its state.
async fn refused(
    change: &mut Change<'_>,
    row: channel::Model,
    due: &DueRefresh,
    cause: &Cause,
) -> Result<()> {
    let mut after = row;
    let lost =
        if due.begun_before { "; a worker died while it refreshed it, so a new one may be lost" } else { "" };
    after.credential_state = CredentialState::Rejected;
    after.credential_checked_at = Some(change.now);
    after.refresh_at = None;
    after.refresh_lease_until = None;
    after.refresh_failures += 1;
    after.refresh_cause = Some(format!("{}: {}{lost}", cause.code, cause.detail));
    store(change, after, "rejectCredential").await?;
    change.move_gates();
    Ok(())
}

/// Nobody answered: that says nothing of the credential, which is good for as long as it was.
async fn later(
    office: &Office,
    change: &Change<'_>,
    row: channel::Model,
    cause: &Cause,
    wish: Option<chrono::TimeDelta>,
) -> Result<()> {
    let failures = row.refresh_failures + 1;
    let again = change.now + backoff(&office.limits, row.id.0, failures, wish);
    let mut edit = channel::ActiveModel::from(row);
    edit.refresh_at = Set(Some(again));
    edit.refresh_lease_until = Set(None);
    edit.refresh_failures = Set(failures);
    edit.refresh_cause = Set(Some(format!("{}: {}", cause.code, cause.detail)));
    edit.update(change.tx()).await?;
    Ok(())
}
