//! What a viewer may do with a post now: the lifecycle and the table of authority, asked all at once.

use async_graphql::Enum;
use entity::post::{self, PostState};
use office::{
    Requester,
    lifecycle::{Lifecycle as _, PostEvent},
    policy::op,
};

/// Something that can be done with a post. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum PostAction {
    /// `reschedulePost`.
    Reschedule,
    /// `cancelPost`.
    Cancel,
    /// `resolvePost`.
    Resolve,
}

/// What the viewer may do.
pub(super) fn allowed(requester: &Requester, post: &post::Model) -> Vec<PostAction> {
    let can = |event| post.state.after(event).is_some();
    let looked_up = post.state == PostState::Unconfirmed && !post.person_decides;
    let all = [
        (
            PostAction::Reschedule,
            can(PostEvent::Reschedule) && requester.permit::<op::ReschedulePost>().is_ok(),
        ),
        (PostAction::Cancel, can(PostEvent::Cancel) && requester.permit::<op::CancelPost>().is_ok()),
        (
            PostAction::Resolve,
            can(PostEvent::Confirm) && !looked_up && requester.permit::<op::ResolvePost>().is_ok(),
        ),
    ];
    all.into_iter().filter_map(|(action, possible)| possible.then_some(action)).collect()
}
