//! Who has read and accepts which version. Each version is acknowledged anew.

use entity::{HandbookId, MemberId, OfficeId, acknowledgement, handbook, handbook::HandbookState};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::id_in_force;
use crate::{
    Office, Requester,
    error::{RefusalCode, Result, refuse},
    policy::{Permit, op},
    read,
};

/// The member has read and accepts the handbook that is in force. Saying it twice changes nothing.
pub async fn acknowledge(
    office: &Office,
    permit: &Permit<op::AcknowledgeHandbook>,
    handbook_id: HandbookId,
) -> Result<acknowledgement::Model> {
    let Some(member_id) = permit.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can acknowledge the handbook");
    };
    let mut change = office.begin(permit.requester()).await?;
    let row = read::one::<handbook::Entity>(change.tx(), change.office_id(), handbook_id).await?;
    if row.state != HandbookState::Active {
        let message = "this version is not in force: read and acknowledge the one that is";
        return refuse(RefusalCode::Conflict, "handbookId", message);
    }
    if let Some(earlier) = acknowledgement_of(change.tx(), member_id, handbook_id).await? {
        return Ok(earlier);
    }
    let row = acknowledgement::Model {
        id: change.id(),
        office_id: change.office_id(),
        member_id,
        handbook_id,
        acknowledged_at: change.now,
    };
    let row = acknowledgement::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    change.note("acknowledgeHandbook", "Handbook", handbook_id.0, json!({ "member": member_id }));
    change.commit().await?;
    Ok(row)
}

async fn acknowledgement_of(
    db: &impl ConnectionTrait,
    member_id: MemberId,
    handbook_id: HandbookId,
) -> Result<Option<acknowledgement::Model>> {
    let found = acknowledgement::Entity::find()
        .filter(acknowledgement::Column::MemberId.eq(member_id))
        .filter(acknowledgement::Column::HandbookId.eq(handbook_id))
        .one(db)
        .await?;
    Ok(found)
}

/// Whether the member has acknowledged the handbook that is in force.
pub async fn acknowledged(office: &Office, office_id: OfficeId, member_id: MemberId) -> Result<bool> {
    let id = id_in_force(office.db.read(), office_id).await?;
    Ok(acknowledgement_of(office.db.read(), member_id, id).await?.is_some())
}

/// Refuses a member who has not acknowledged the handbook that is in force. Machines acknowledge nothing: the people
/// who review what they write have.
pub async fn require_acknowledged(office: &Office, requester: &Requester) -> Result<()> {
    let Some(member_id) = requester.member_id() else { return Ok(()) };
    if acknowledged(office, requester.office_id, member_id).await? {
        return Ok(());
    }
    let message = "read the current handbook and acknowledge it first (acknowledgeHandbook)";
    refuse(RefusalCode::HandbookNotAcknowledged, "", message)
}
