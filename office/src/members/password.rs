//! Setting a password: one's own, knowing the old one, or anybody's by an administrator.

use entity::{
    MemberId, member,
    member::{MemberState, Role},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use secrecy::SecretString;
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    change::Change,
    error::{OfficeError, RefusalCode, Result, refuse},
    passwords,
    policy::{Permit, op, role_name},
    read,
    rows::{json_holds, locked, same_version},
    sessions,
};

/// A new password.
#[derive(Debug, Clone)]
pub struct SetPassword {
    /// Whose.
    pub member_id: MemberId,
    /// The old one; an administrator needs none for somebody else.
    pub current: Option<SecretString>,
    /// The new one.
    pub new: SecretString,
}

/// Sets a password and ends the member's sessions: whoever knew the old one is out.
pub async fn set_password(
    office: &Office,
    permit: &Permit<op::SetPassword>,
    input: SetPassword,
) -> Result<member::Model> {
    passwords::fits(&office.limits, "new", &input.new)?;
    let own = permit.requester().member_id() == Some(input.member_id);
    if !own && !administers(permit.requester()) {
        // Not told apart from a member who does not exist.
        return Err(OfficeError::NotFound("member"));
    }
    let before = read::one::<member::Entity>(office.db.read(), permit.office_id(), input.member_id).await?;
    if before.state == MemberState::Departed {
        return refuse(RefusalCode::IllegalState, "memberId", "this member has departed");
    }
    if own && before.password_hash.is_some() {
        let current = input.current.unwrap_or_default();
        if !passwords::verify(current, before.password_hash.clone()).await? {
            return refuse(RefusalCode::BadCredentials, "current", "the current password is wrong");
        }
    }
    let hash = passwords::hash(input.new).await?;
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<member::Entity>(&change, input.member_id).await?;
    // Hashing took a while outside of the transaction: whoever changed the member meanwhile wins.
    same_version("member", before.version, row.version)?;
    sessions::end_all(&change, row.id).await?;
    let version = row.version + 1;
    let mut edit = member::ActiveModel::from(row);
    edit.password_hash = Set(Some(hash));
    edit.version = Set(version);
    let row = edit.update(change.tx()).await?;
    change.note("setPassword", "Member", row.id.0, json!({ "own": own }));
    change.commit().await?;
    Ok(row)
}

/// What is stored of a password that fits.
pub(crate) async fn hash(office: &Office, password: SecretString) -> Result<String> {
    passwords::fits(&office.limits, "password", &password)?;
    passwords::hash(password).await
}

/// The administrator of this address; or, without one, whoever of them has been in the office for longest.
pub(crate) async fn administrator(change: &Change<'_>, email: Option<&str>) -> Result<Option<member::Model>> {
    let mut select = member::Entity::find()
        .filter(member::Column::OfficeId.eq(change.office_id()))
        .filter(member::Column::State.eq(MemberState::Active))
        .filter(json_holds(member::Column::Roles, &format!("\"{}\"", role_name(Role::Administrator))))
        .order_by_asc(member::Column::CreatedAt)
        .order_by_asc(member::Column::Id);
    if let Some(email) = email {
        select = select.filter(member::Column::Email.eq(email.trim().to_lowercase()));
    }
    Ok(select.one(change.tx()).await?)
}

fn administers(requester: &Requester) -> bool {
    match &requester.actor {
        Actor::Member { roles, .. } => roles.contains(Role::Administrator),
        Actor::Operator => true,
        Actor::Integration { .. } | Actor::Worker(_) => false,
    }
}
