//! What the coordinator decides on a proposed initiative.

use entity::{InitiativeId, initiative};
use serde_json::json;

use super::{AnnouncementPart, acting, save, unanswered};
use crate::{
    Office,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::{InitiativeEvent, Lifecycle as _},
    mail::{self, News, Told},
    policy::{Permit, op},
    recurrences,
    rows::locked,
};

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
    tell(&mut change, &row).await?;
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
    recurrences::end_of_initiative(&mut change, id).await?;
    change.note("declineInitiative", "Initiative", row.id.0, json!({ "state": row.state }));
    tell(&mut change, &row).await?;
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
    if event == InitiativeEvent::Acknowledge {
        said(&before)?;
    }
    after.decided_by = change.requester().member_id();
    after.decided_at = Some(change.now);
    after.decision_reason = reason;
    Ok(save(change, &before, after).await?)
}

/// What an announcement must say before it is acknowledged, and does not say yet. Sustainability is a matter of the start: who
/// runs it and who takes over. Which channels could carry it may be said later.
pub(crate) fn needed(row: &initiative::Model) -> Vec<AnnouncementPart> {
    let mut open = unanswered(row);
    open.retain(|part| *part != AnnouncementPart::ExistingChannels);
    open
}

fn said(row: &initiative::Model) -> Result<()> {
    let open: Vec<_> = needed(row).into_iter().map(AnnouncementPart::field).collect();
    if open.is_empty() {
        return Ok(());
    }
    let message = format!(
        "its announcement does not say yet: {}; whoever proposed it completes it with updateInitiative",
        open.join(", ")
    );
    refuse(RefusalCode::IllegalState, "initiativeId", message)
}

async fn tell(change: &mut Change<'_>, row: &initiative::Model) -> Result<()> {
    let who = acting(change).await?;
    let told = Told { initiative: row, who: &who, news: News::Decided };
    let members = mail::recipients(change, &[row.proposed_by, row.manager_id]).await?;
    mail::tell(change, &members, &told, &format!("decided|{}", row.id)).await
}
