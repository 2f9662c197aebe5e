//! A channel's life after its approval: activated, at rest, retired.

use entity::{ChannelId, channel, channel::CredentialState, directory_change::ChangeKind};
use serde_json::json;

use super::{address, grant, needs_credential, record_of, save};
use crate::{
    Office,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::{ChannelEvent, Lifecycle as _},
    policy::{Permit, op},
    rows::locked,
    stewards,
};

/// Puts a channel in use. It needs enough stewards, and a credential where its connector signs in. The first time, its
/// record goes into the public directory.
pub async fn activate(
    office: &Office,
    permit: &Permit<op::ActivateChannel>,
    id: ChannelId,
) -> Result<channel::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(ChannelEvent::Activate)?;
    enough_stewards(office, &change, &before).await?;
    credential_fits(&before)?;
    let first = before.published.is_none();
    if first {
        address::free(&change, &before).await?;
        after.published = Some(record_of(&before));
        after.published_at = Some(change.now);
        after.record_pending = false;
    }
    let row = save(&change, &before, after).await?;
    change.tell_public(if first { ChangeKind::Published } else { ChangeKind::Active }, &row);
    change.note("activateChannel", "Channel", row.id.0, json!({ "state": row.state, "published": first }));
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

async fn enough_stewards(office: &Office, change: &Change<'_>, row: &channel::Model) -> Result<()> {
    let least = office.limits.stewards_at_least;
    let count = stewards::active(change.tx(), row.office_id, row.id).await?.len();
    if count >= least {
        return Ok(());
    }
    let message = format!("a channel in use needs {least} stewards who are active members; it has {count}");
    refuse(RefusalCode::IllegalState, "channelId", message)
}

fn credential_fits(row: &channel::Model) -> Result<()> {
    if !needs_credential(row.platform) {
        return Ok(());
    }
    let message = match row.credential_state {
        CredentialState::Untested | CredentialState::Healthy => return Ok(()),
        CredentialState::Missing => "connect the channel first: it has no credential",
        CredentialState::Rejected => {
            "the platform refused the credential: connect the channel with a new one"
        }
    };
    refuse(RefusalCode::IllegalState, "channelId", message)
}

/// Lets a channel rest: it is listed as dormant, and nothing goes out.
pub async fn rest(
    office: &Office,
    permit: &Permit<op::RestChannel>,
    id: ChannelId,
    reason: Option<String>,
) -> Result<channel::Model> {
    let reason = fields::optional_paragraph(&office.limits, "reason", reason.as_deref())?;
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, id).await?;
    stewards::require(&change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(ChannelEvent::Rest)?;
    after.decision_reason = reason.or(after.decision_reason);
    let row = save(&change, &before, after).await?;
    change.tell_public(ChangeKind::Dormant, &row);
    change.note("restChannel", "Channel", row.id.0, json!({ "state": row.state }));
    change.commit().await?;
    Ok(row)
}

/// Closes a channel for good. Its secret is forgotten; the directory goes on listing it as retired.
pub async fn retire(
    office: &Office,
    permit: &Permit<op::RetireChannel>,
    id: ChannelId,
    reason: Option<String>,
) -> Result<channel::Model> {
    let reason = fields::optional_paragraph(&office.limits, "reason", reason.as_deref())?;
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(ChannelEvent::Retire)?;
    after.decision_reason = reason.or(after.decision_reason);
    after.decided_by = permit.requester().member_id();
    after.decided_at = Some(change.now);
    after.credential_sealed = None;
    after.credential_state = CredentialState::Missing;
    after.credential_expires_at = None;
    grant::forget_refresh(&mut after);
    after.profile_due_at = None;
    after.record_pending = false;
    let row = save(&change, &before, after).await?;
    change.tell_public(ChangeKind::Retired, &row);
    change.note("retireChannel", "Channel", row.id.0, json!({ "state": row.state }));
    change.commit().await?;
    Ok(row)
}
