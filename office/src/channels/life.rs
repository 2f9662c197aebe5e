//! A channel's life after its approval: activated, and at rest. How it is looked at again is `review`, how it ends
//! `retirement`.

use chrono::{Days, NaiveDate};
use entity::{ChannelId, channel, directory_change::ChangeKind, initiative};
use serde_json::json;

use super::{address, readiness, record_of, save};
use crate::{
    Office, calendar,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::{ChannelEvent, Lifecycle as _},
    offices,
    policy::{Permit, op},
    read,
    rows::locked,
    stewards,
};

/// Puts a channel in use, when nothing of its readiness is missing. The first time, its record goes into the public
/// directory, and the day of its review is set.
pub async fn activate(
    office: &Office,
    permit: &Permit<op::ActivateChannel>,
    id: ChannelId,
) -> Result<channel::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(ChannelEvent::Activate)?;
    not_ending(&change, &before).await?;
    readiness::require(change.tx(), &office.limits, &before, change.now).await?;
    let first = before.published.is_none();
    if first {
        address::free(&change, &before).await?;
        after.published = Some(record_of(&before));
        after.published_at = Some(change.now);
        after.record_pending = false;
    }
    if after.review_due_on.is_none() {
        after.review_due_on = Some(next_review(office, &change).await?);
    }
    let row = save(&change, &before, after).await?;
    change.tell_public(if first { ChangeKind::Published } else { ChangeKind::Active }, &row);
    change.note("activateChannel", "Channel", row.id.0, json!({ "state": row.state, "published": first }));
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// The day of the next review of a channel that is activated or looked at today.
pub(super) async fn next_review(office: &Office, change: &Change<'_>) -> Result<NaiveDate> {
    let today = calendar::day(change.now, &offices::zone(change.tx(), change.office_id()).await?)?;
    let days = Days::new(office.limits.channel_review_days.unsigned_abs());
    Ok(today.checked_add_days(days).unwrap_or(NaiveDate::MAX))
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

/// Refuses to begin with a channel whose initiative ends: its end settles the channels that are there.
pub(super) async fn not_ending(change: &Change<'_>, row: &channel::Model) -> Result<()> {
    let Some(id) = row.initiative_id else { return Ok(()) };
    let initiative = read::one::<initiative::Entity>(change.tx(), row.office_id, id).await?;
    if !initiative.state.ends() {
        return Ok(());
    }
    let message = format!(
        "the initiative “{}”, which it serves alone, is closing or over: hand the channel to the whole office or to another \
         initiative first (updateChannel), or decline or retire it",
        initiative.name
    );
    refuse(RefusalCode::IllegalState, "channelId", message)
}
