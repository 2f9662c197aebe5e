//! The yearly look at a channel: whether it still serves, and what is to become of it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    ChannelId, channel,
    channel::{ChannelState, Verdict},
    channel_review,
    directory_change::ChangeKind,
};
use sea_orm::ActiveModelTrait;
use serde::Serialize;
use serde_json::json;

use super::{life::next_review, save};
use crate::{
    Limits, Office, calendar,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    lifecycle::{ChannelEvent, Lifecycle as _},
    policy::{Permit, op},
    read,
    rows::{locked, referenced},
    stewards,
};

/// What somebody found who looked at a channel.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewChannel {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Which.
    pub channel_id: ChannelId,
    /// What they found.
    pub findings: String,
    /// What it comes to.
    pub verdict: Verdict,
}

/// The day on which a channel is to be looked at again. One that was activated before there were reviews is due as long after
/// its record was last approved.
pub fn due_for_review(limits: &Limits, row: &channel::Model, zone: &str) -> Result<Option<NaiveDate>> {
    if !matches!(row.state, ChannelState::Active | ChannelState::Dormant) {
        return Ok(None);
    }
    let approved = |at: DateTime<Utc>| {
        let at = at.checked_add_signed(TimeDelta::days(limits.channel_review_days)).unwrap_or(at);
        calendar::day(at, zone)
    };
    match row.review_due_on {
        Some(day) => Ok(Some(day)),
        None => row.published_at.map(approved).transpose(),
    }
}

/// Records a review by a steward or a coordinator, and lets the channel rest where that is what it came to. Retiring it is
/// a coordinator's to do, and becomes their task.
pub async fn review(
    office: &Office,
    permit: &Permit<op::ReviewChannel>,
    input: ReviewChannel,
) -> Result<channel_review::Model> {
    let call = Call::new::<op::ReviewChannel>(input.client_key.as_deref(), &input)?;
    let findings = fields::paragraph(&office.limits, "findings", &input.findings)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<channel_review::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let Some(reviewed_by) = permit.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can review a channel".to_owned()));
    };
    let before = referenced(locked::<channel::Entity>(&change, input.channel_id).await, "channelId")?;
    stewards::require(&change, before.id).await?;
    if !matches!(before.state, ChannelState::Active | ChannelState::Dormant) {
        let message = "only a channel in use or at rest is reviewed";
        return refuse(RefusalCode::IllegalState, "channelId", message);
    }
    let mut after = before.clone();
    after.review_due_on = Some(next_review(office, &change).await?);
    after.review_verdict = Some(input.verdict);
    let rests = input.verdict == Verdict::Rest && before.state == ChannelState::Active;
    if rests {
        after.state = before.state.next(ChannelEvent::Rest)?;
    }
    let channel = save(&change, &before, after).await?;
    let row = channel_review::Model {
        id: change.id(),
        office_id: change.office_id(),
        channel_id: channel.id,
        reviewed_by,
        findings,
        verdict: input.verdict,
        created_at: change.now,
    };
    let row = channel_review::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    if rests {
        change.tell_public(ChangeKind::Dormant, &channel);
    }
    let detail = json!({ "review": row.id, "verdict": row.verdict, "state": channel.state, "dueOn": channel.review_due_on });
    change.note("reviewChannel", "Channel", channel.id.0, detail);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}
