//! What a viewer may do with a post now: the lifecycle and the table of authority, asked all at once.

use async_graphql::Enum;
use entity::{
    MemberId,
    post::{self, PostState},
};
use office::{
    Requester,
    lifecycle::{Lifecycle as _, PostEvent},
    policy::{self, op},
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
    /// `holdPost`.
    Hold,
    /// `releasePost`.
    Release,
    /// `retryPost`.
    Retry,
    /// `lookUpPost`.
    LookUp,
    /// `correctPost`, once a revision of its draft is approved.
    Correct,
    /// `withdrawPost`; its channel's stewards may, and coordinators.
    Withdraw,
    /// `readBackPost`.
    ReadBack,
}

/// What the viewer may do; `manager`: the project manager of its initiative, who may release what another person holds.
pub(super) fn allowed(
    requester: &Requester,
    post: &post::Model,
    manager: Option<MemberId>,
) -> Vec<PostAction> {
    let can = |event| post.state.after(event).is_some();
    let looked_up = post.state == PostState::Unconfirmed && !post.person_decides;
    let held_by_me = post.person_hold.as_ref().is_none_or(|hold| hold.by == requester.member_id());
    let may_release = match (&post.person_hold, manager) {
        (None, _) => post.state == PostState::Held,
        (Some(hold), Some(manager)) => policy::may_release(requester, hold.by, manager).is_ok(),
        (Some(_), None) => false,
    };
    let out = can(PostEvent::Withdraw) && post.remote_id.is_some();
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
        (
            PostAction::Hold,
            matches!(post.state, PostState::Scheduled | PostState::Retrying | PostState::Held)
                && held_by_me
                && requester.permit::<op::HoldPost>().is_ok()
                && policy::may_hold(requester, &[]).is_ok(),
        ),
        (PostAction::Release, may_release && requester.permit::<op::ReleasePost>().is_ok()),
        (
            PostAction::Retry,
            matches!(post.state, PostState::Retrying | PostState::Rejected)
                && requester.permit::<op::RetryPost>().is_ok(),
        ),
        (
            PostAction::LookUp,
            post.state == PostState::Unconfirmed
                && post.lease_until.is_none()
                && requester.permit::<op::LookUpPost>().is_ok(),
        ),
        (PostAction::Correct, out && requester.permit::<op::CorrectPost>().is_ok()),
        (PostAction::Withdraw, out && requester.permit::<op::WithdrawPost>().is_ok()),
        (PostAction::ReadBack, out && requester.permit::<op::ReadBackPost>().is_ok()),
    ];
    all.into_iter().filter_map(|(action, possible)| possible.then_some(action)).collect()
}
