//! What a platform that did not take a channel's credential changes: it is refreshed where that may help, and refused where
//! not. Knows nothing of posts.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{channel, channel::CredentialState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QuerySelect};
use serde_json::json;

use crate::{change::Change, error::Result};

/// Minutes after a refresh within which a refusal is not cured by another.
const FRESH_MINUTES: i64 = 10;

/// A credential that ended early is refreshed before anybody is troubled; one that was refreshed just now is refused for
/// another reason.
fn may_refresh(row: &channel::Model, now: DateTime<Utc>) -> bool {
    let fresh = row.refreshed_at.is_some_and(|at| at + TimeDelta::minutes(FRESH_MINUTES) > now);
    row.refresh_sealed.is_some() && row.refresh_at.is_some() && !fresh
}

/// Notes that the platform did not take a channel's credential.
pub(crate) async fn reject_credential(change: &mut Change<'_>, channel_id: entity::ChannelId) -> Result<()> {
    let row = channel::Entity::find_by_id(channel_id).lock_exclusive().one(change.tx()).await?;
    // One that was replaced meanwhile has not been tried: nothing is known of it.
    let Some(row) = row.filter(|row| row.credential_state == CredentialState::Healthy) else {
        return Ok(());
    };
    let (now, refreshes) = (change.now, may_refresh(&row, change.now));
    let mut edit = channel::ActiveModel::from(row);
    edit.credential_checked_at = Set(Some(now));
    if refreshes {
        edit.credential_state = Set(CredentialState::Untested);
        edit.refresh_at = Set(Some(now));
        change.move_gates();
    } else {
        edit.credential_state = Set(CredentialState::Rejected);
    }
    let channel = edit.update(change.tx()).await?;
    let detail = json!({ "refreshes": refreshes });
    change.note_in(channel.office_id, "rejectCredential", "Channel", channel.id.0, detail);
    Ok(())
}
