//! Somebody who left and is here again.

use entity::{OfficeId, member, member::MemberState};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};
use serde_json::json;

use super::{NewMember, names};
use crate::{change::Change, error::Result};

/// The member who left and had this address.
pub(super) async fn gone(
    change: &Change<'_>,
    office_id: OfficeId,
    email: &str,
) -> Result<Option<member::Model>> {
    let gone = member::Entity::find()
        .filter(member::Column::OfficeId.eq(office_id))
        .filter(member::Column::Email.eq(email))
        .filter(member::Column::State.eq(MemberState::Departed));
    Ok(gone.lock_exclusive().one(change.tx()).await?)
}

/// Whoever left and is here again is the same person, with what they wrote and signed. Of their rights only those that are
/// given now count, and what was handed over stays with whoever has it.
pub(super) async fn come_back(
    change: &mut Change<'_>,
    gone: member::Model,
    new: NewMember,
) -> Result<member::Model> {
    let office_id = gone.office_id;
    let mut edit = member::ActiveModel::from(gone.clone());
    edit.name = Set(new.name);
    edit.roles = Set(new.roles);
    edit.password_hash = Set(new.password_hash);
    edit.state = Set(MemberState::Active);
    edit.departed_at = Set(None);
    edit.version = Set(gone.version + 1);
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "roles": names(&row.roles), "returned": true });
    change.note_in(office_id, "createMember", "Member", row.id.0, detail);
    Ok(row)
}
