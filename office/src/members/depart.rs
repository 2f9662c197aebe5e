//! Leaving the office: every right ends in one change, and what was looked after is to be handed over.

use entity::{IntegrationId, MemberId, channel, integration, member, member::MemberState, steward};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::{active, departure::authorized, keeps_one_of_each};
use crate::{
    Office,
    change::Change,
    delegations,
    error::{RefusalCode, Result, refuse},
    fields,
    handovers::{self, LeavesAs},
    policy::{Permit, op},
    rows::locked,
    sessions, stewards,
};

/// Channels into which one member let Masthead: what a preview shows of them may be cut, hand-overs are opened of each.
const EVERY: u64 = 100_000;

/// A departure.
#[derive(Debug, Clone)]
pub struct DepartMember {
    /// Who leaves.
    pub member_id: MemberId,
    /// Integrations that they made and whose tokens stay good, though they have seen them.
    pub keep_integrations: Vec<IntegrationId>,
}

/// A member leaves: no rights, no sessions, no password from now on, and the tokens that they made are revoked. They look
/// after no channel any more; each that they did has a hand-over. What else depended on them becomes a task by itself.
pub async fn depart(
    office: &Office,
    permit: &Permit<op::DepartMember>,
    input: DepartMember,
) -> Result<member::Model> {
    let member_id = input.member_id;
    if permit.requester().member_id() == Some(member_id) {
        return refuse(
            RefusalCode::NotResponsible,
            "memberId",
            "another administrator must record your departure",
        );
    }
    fields::at_most(office.limits.list_items, "keepIntegrations", input.keep_integrations.len())?;
    let mut change = office.begin(permit.requester()).await?;
    let row = active(&change, member_id).await?;
    keeps_one_of_each(&change, &row, |_| false).await?;
    sessions::end_all(&change, member_id).await?;
    let version = row.version + 1;
    let mut edit = member::ActiveModel::from(row);
    edit.state = Set(MemberState::Departed);
    edit.departed_at = Set(Some(change.now));
    edit.password_hash = Set(None);
    edit.version = Set(version);
    let row = edit.update(change.tx()).await?;
    let tokens = revoke_tokens(&mut change, member_id, &input.keep_integrations).await?;
    delegations::end_all(&mut change, member_id).await?;
    let stewardships = leave_channels(&change, member_id).await?;
    let detail = json!({ "stewardships": stewardships, "tokensRevoked": tokens });
    change.note("departMember", "Member", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// Revokes the tokens that the member made, but those that the office goes on using.
async fn revoke_tokens(change: &mut Change<'_>, id: MemberId, keep: &[IntegrationId]) -> Result<usize> {
    let made = integration::Entity::find()
        .filter(integration::Column::OfficeId.eq(change.office_id()))
        .filter(integration::Column::CreatedBy.eq(id))
        .filter(integration::Column::RevokedAt.is_null())
        .all(change.tx())
        .await?;
    if keep.iter().any(|kept| made.iter().all(|row| row.id != *kept)) {
        let message = "name only integrations that this member made and that are not revoked";
        return refuse(RefusalCode::NotFound, "keepIntegrations", message);
    }
    let mut revoked = 0;
    for row in made.into_iter().filter(|row| !keep.contains(&row.id)) {
        let mut edit = integration::ActiveModel::from(row);
        edit.revoked_at = Set(Some(change.now));
        let row = edit.update(change.tx()).await?;
        change.note("revokeIntegration", "Integration", row.id.0, json!({ "departed": id }));
        revoked += 1;
    }
    Ok(revoked)
}

/// Ends the member's stewardships and opens the hand-overs, of channels too into which only they let Masthead.
async fn leave_channels(change: &Change<'_>, id: MemberId) -> Result<usize> {
    let held = steward::Entity::find()
        .filter(steward::Column::OfficeId.eq(change.office_id()))
        .filter(steward::Column::MemberId.eq(id))
        .filter(steward::Column::Until.is_null())
        .order_by_asc(steward::Column::ChannelId)
        .all(change.tx())
        .await?;
    for row in &held {
        // Changes of stewards lock the channel first.
        let channel = locked::<channel::Entity>(change, row.channel_id).await?;
        stewards::end(change, row.clone()).await?;
        stewards::hand_over(change, &channel, id).await?;
    }
    for channel in authorized(change.tx(), change.office_id(), id, EVERY).await? {
        // Nothing where a hand-over was opened above.
        handovers::open(change, &channel, id, LeavesAs::Authorizer).await?;
    }
    Ok(held.len())
}
