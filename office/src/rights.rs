//! Whether the rights that a requester came with still stand: what takes longer than a moment asks again. It does not know
//! what the rights are for.

use entity::{
    MemberId, integration, member,
    member::{MemberState, Roles},
};
use sea_orm::{ConnectionTrait, EntityTrait as _};

use crate::{
    Actor, Requester,
    error::{OfficeError, Result},
};

/// Refuses who has left, was revoked or lost a role since the requester was made.
pub(crate) async fn stand(db: &impl ConnectionTrait, requester: &Requester) -> Result<()> {
    match &requester.actor {
        Actor::Member { id, roles } => holds(db, *id, roles).await,
        Actor::Integration { id, .. } => {
            let now = integration::Entity::find_by_id(*id).one(db).await?;
            or_refuse(now.is_some_and(|row| row.revoked_at.is_none()))
        }
        Actor::Operator | Actor::Worker(_) => Ok(()),
    }
}

/// Refuses who has left, whatever roles they have.
pub(crate) async fn is_here(db: &impl ConnectionTrait, id: MemberId) -> Result<()> {
    holds(db, id, &Roles::default()).await
}

async fn holds(db: &impl ConnectionTrait, id: MemberId, roles: &Roles) -> Result<()> {
    let now = member::Entity::find_by_id(id).one(db).await?;
    or_refuse(now.is_some_and(|row| row.state == MemberState::Active && roles.is_subset(&row.roles)))
}

fn or_refuse(stand: bool) -> Result<()> {
    if stand {
        return Ok(());
    }
    let message = "your rights ended or changed while this was done: nothing of it was done";
    Err(OfficeError::Forbidden(message.to_owned()))
}
