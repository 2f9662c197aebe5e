//! What the coordinator decides on an initiative, and how one ends.

use entity::{InitiativeId, channel, channel::ChannelState, initiative};
use sea_orm::{ActiveEnum as _, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::save;
use crate::{
    Office, blogging,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::{InitiativeEvent, Lifecycle as _},
    policy::{self, Permit, op},
    rows::locked,
};

/// Channels that a refusal names.
const NAMED_AT_MOST: u64 = 50;

/// The coordinator takes note and agrees: its posts may go out.
pub async fn acknowledge(
    office: &Office,
    permit: &Permit<op::AcknowledgeInitiative>,
    id: InitiativeId,
    comment: Option<String>,
) -> Result<initiative::Model> {
    let comment = fields::optional_paragraph(&office.limits, "comment", comment.as_deref())?;
    let mut change = office.begin(permit.requester()).await?;
    let row = decide(&change, id, InitiativeEvent::Acknowledge, comment).await?;
    change.note("acknowledgeInitiative", "Initiative", row.id.0, json!({ "state": row.state }));
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// The coordinator gives a reason against it.
pub async fn decline(
    office: &Office,
    permit: &Permit<op::DeclineInitiative>,
    id: InitiativeId,
    reason: String,
) -> Result<initiative::Model> {
    let reason = fields::paragraph(&office.limits, "reason", &reason)?;
    let mut change = office.begin(permit.requester()).await?;
    let row = decide(&change, id, InitiativeEvent::Decline, Some(reason)).await?;
    change.note("declineInitiative", "Initiative", row.id.0, json!({ "state": row.state }));
    change.commit().await?;
    Ok(row)
}

async fn decide(
    change: &Change<'_>,
    id: InitiativeId,
    event: InitiativeEvent,
    reason: Option<String>,
) -> Result<initiative::Model> {
    let before = locked::<initiative::Entity>(change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(event)?;
    after.decided_by = change.requester().member_id();
    after.decided_at = Some(change.now);
    after.decision_reason = reason;
    Ok(save(change, &before, after).await?)
}

/// Begins its end: nothing new goes out, and each of its channels is to be settled.
pub async fn close(
    office: &Office,
    permit: &Permit<op::CloseInitiative>,
    id: InitiativeId,
) -> Result<initiative::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<initiative::Entity>(&change, id).await?;
    policy::manages(permit.requester(), before.manager_id)?;
    let mut after = before.clone();
    after.state = before.state.next(InitiativeEvent::Close)?;
    let row = save(&change, &before, after).await?;
    blogging::end_with(&mut change, id).await?;
    change.note("closeInitiative", "Initiative", row.id.0, json!({ "state": row.state }));
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Ends it. Each channel that it ran must be retired, or handed to the whole office or another initiative.
pub async fn complete_closing(
    office: &Office,
    permit: &Permit<op::CompleteClosing>,
    id: InitiativeId,
) -> Result<initiative::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<initiative::Entity>(&change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(InitiativeEvent::Complete)?;
    let unsettled = unsettled(&change, id).await?;
    if !unsettled.is_empty() {
        let message = format!(
            "these channels are not settled: {}; retire each, or hand it to the whole office",
            unsettled.join(", ")
        );
        return refuse(RefusalCode::IllegalState, "", message);
    }
    let row = save(&change, &before, after).await?;
    change.note("completeClosing", "Initiative", row.id.0, json!({ "state": row.state }));
    change.commit().await?;
    Ok(row)
}

async fn unsettled(change: &Change<'_>, id: InitiativeId) -> Result<Vec<String>> {
    let channels = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(change.office_id()))
        .filter(channel::Column::InitiativeId.eq(id))
        .filter(channel::Column::State.is_not_in([ChannelState::Retired, ChannelState::Declined]))
        .order_by_asc(channel::Column::Handle)
        .limit(NAMED_AT_MOST)
        .all(change.tx())
        .await?;
    let name =
        |row: channel::Model| format!("{} ({}, {})", row.handle, row.platform.to_value(), row.state.code());
    Ok(channels.into_iter().map(name).collect())
}
