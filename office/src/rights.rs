//! Whether the rights that a requester came with still stand: what takes longer than a moment asks again. It does not know
//! what the rights are for.

use entity::{integration, member, member::MemberState};
use sea_orm::{ConnectionTrait, EntityTrait as _};

use crate::{
    Actor, Requester,
    error::{OfficeError, Result},
};

/// Refuses who has left, was revoked or lost a role since the requester was made.
pub(crate) async fn stand(db: &impl ConnectionTrait, requester: &Requester) -> Result<()> {
    let stand = match &requester.actor {
        Actor::Member { id, roles } => {
            let now = member::Entity::find_by_id(*id).one(db).await?;
            now.is_some_and(|row| row.state == MemberState::Active && roles.is_subset(&row.roles))
        }
        Actor::Integration { id, .. } => {
            let now = integration::Entity::find_by_id(*id).one(db).await?;
            now.is_some_and(|row| row.revoked_at.is_none())
        }
        Actor::Operator | Actor::Worker(_) => true,
    };
    if stand {
        return Ok(());
    }
    let message = "your rights ended or changed while this was done: nothing of it was done";
    Err(OfficeError::Forbidden(message.to_owned()))
}
