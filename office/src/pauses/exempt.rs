//! Changing which posts a pause does not stop. Letting one go is a coordinator's word; taking the word back is a pause of
//! that post, and stops a send like one.

use entity::{PauseId, PostId, pause, pause::ExemptPosts, post};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;

use super::{exists, lock_for_pause};
use crate::{
    Office,
    error::{RefusalCode, Result, refuse},
    fields,
    policy::{Permit, op},
    read,
    rows::locked,
};

/// A change of what a pause does not stop.
#[derive(Debug, Clone)]
pub struct ChangeExemptions {
    /// Which pause.
    pub pause_id: PauseId,
    /// Posts that may leave all the same from now on.
    pub add: Vec<PostId>,
    /// Posts that it stops from now on like the others.
    pub remove: Vec<PostId>,
}

/// Changes which posts a pause does not stop.
pub async fn change_exemptions(
    office: &Office,
    permit: &Permit<op::ChangeExemptions>,
    input: ChangeExemptions,
) -> Result<pause::Model> {
    fields::at_most(office.limits.list_items, "add", input.add.len())?;
    fields::at_most(office.limits.list_items, "remove", input.remove.len())?;
    let mut change = office.begin(permit.requester()).await?;
    lock_for_pause(change.tx(), change.office_id()).await?;
    let pause = locked::<pause::Entity>(&change, input.pause_id).await?;
    if pause.resumed_at.is_some() || pause.ends_at.is_some_and(|end| end <= change.now) {
        return refuse(RefusalCode::IllegalState, "pauseId", "this pause is over: it stops nothing any more");
    }
    for id in &input.add {
        exists(read::one::<post::Entity>(change.tx(), change.office_id(), *id).await, "add", "post")?;
    }
    let mut exempt = pause.exempt.0.clone();
    exempt.retain(|id| !input.remove.contains(id));
    let removed = pause.exempt.0.len() - exempt.len();
    let kept = exempt.len();
    for id in input.add {
        if !exempt.contains(&id) {
            exempt.push(id);
        }
    }
    let added = exempt.len() - kept;
    fields::at_most(office.limits.list_items, "add", exempt.len())?;
    let mut edit = pause::ActiveModel::from(pause);
    edit.exempt = Set(ExemptPosts(exempt));
    let pause = edit.update(change.tx()).await?;
    change.note("changeExemptions", "Pause", pause.id.0, json!({ "added": added, "removed": removed }));
    change.move_gates();
    change.commit().await?;
    Ok(pause)
}
