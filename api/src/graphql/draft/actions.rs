//! What a viewer may do with a draft now: the lifecycle, the table of authority and responsibility, asked all at once.

use std::sync::Arc;

use async_graphql::{Context, Enum, Result};
use entity::{draft, draft::DraftState, initiative, review, review::Decision};
use office::{
    Actor, Requester,
    lifecycle::{DraftEvent, Lifecycle as _},
    policy::{self, op},
    reviews,
};

use crate::graphql::{context::ContextExt as _, loaders::rows::ReviewsOfDraft, relations};

/// Something that can be done with a draft. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum DraftAction {
    /// `reviseDraft`.
    Revise,
    /// `submitDraft`.
    Submit,
    /// `withdrawDraft`.
    Withdraw,
    /// `reviewDraft` with `APPROVE`.
    Approve,
    /// `reviewDraft` with `REQUEST_CHANGES`.
    RequestChanges,
    /// `seekAdvice`.
    SeekAdvice,
    /// `giveAdvice` on the open question.
    GiveAdvice,
    /// `schedulePost`.
    Schedule,
}

/// What the viewer may do.
pub(super) async fn allowed(ctx: &Context<'_>, draft: &draft::Model) -> Result<Vec<DraftAction>> {
    let requester = ctx.requester()?;
    let can = |event| draft.state.after(event).is_some();
    let (approves, sends_back) = judges(ctx, requester, draft).await?;
    let open = matches!(draft.state, DraftState::AdviceSought | DraftState::Draft)
        && questions(ctx, draft).await?.next().is_some();
    let asked =
        open && requester.permit::<op::GiveAdvice>().is_ok() && is_asked(ctx, requester, draft).await?;
    let withdraws = can(DraftEvent::Withdraw)
        && requester.permit::<op::WithdrawDraft>().is_ok()
        && answers(ctx, requester, draft).await?;
    let seeks = requester.member_id().is_some() && requester.permit::<op::SeekAdvice>().is_ok();
    let all = [
        (DraftAction::Revise, can(DraftEvent::Revise) && requester.permit::<op::ReviseDraft>().is_ok()),
        (
            DraftAction::Submit,
            !open && can(DraftEvent::Submit) && requester.permit::<op::SubmitDraft>().is_ok(),
        ),
        (DraftAction::Withdraw, withdraws),
        (DraftAction::Approve, approves),
        (DraftAction::RequestChanges, sends_back),
        (DraftAction::SeekAdvice, seeks && can(DraftEvent::SeekAdvice)),
        (DraftAction::GiveAdvice, asked),
        (
            DraftAction::Schedule,
            draft.state == DraftState::Approved
                && requester.permit::<op::SchedulePost>().is_ok()
                && goes_on(ctx, draft).await?,
        ),
    ];
    Ok(all.into_iter().filter_map(|(action, possible)| possible.then_some(action)).collect())
}

/// Whether the viewer may approve it, and send it back. The policies' steps are looked at only where there are policies.
async fn judges(ctx: &Context<'_>, requester: &Requester, draft: &draft::Model) -> Result<(bool, bool)> {
    let can = |event| draft.state.after(event).is_some();
    let Actor::Member { id, roles } = &requester.actor else { return Ok((false, false)) };
    if !can(DraftEvent::Approve) && !can(DraftEvent::RequestChanges) {
        return Ok((false, false));
    }
    let usual = reviews::usually(roles);
    let policies = ctx.loaders()?.review_policies().await?;
    if !(usual || policies.involves(*id, roles)) || own_words(ctx, requester, draft).await? {
        return Ok((false, false));
    }
    if policies.policies.is_empty() {
        return Ok((can(DraftEvent::Approve), can(DraftEvent::RequestChanges)));
    }
    let Some(standing) = ctx.loaders()?.approval(draft.id).await? else { return Ok((false, false)) };
    let part = usual || standing.approval.names(*id, roles);
    let approves = standing.may_act(*id, roles, ctx.office()?.now());
    Ok((approves, part && can(DraftEvent::RequestChanges)))
}

/// Whether the viewer wrote any part of it; whoever is no member counts as a writer, for they judge nothing.
async fn own_words(ctx: &Context<'_>, requester: &Requester, draft: &draft::Model) -> Result<bool> {
    let Some(member) = requester.member_id() else { return Ok(true) };
    let writers = ctx.loaders()?.writers(draft.id).await?;
    Ok(policy::not_own_words(member, &writers).is_err())
}

/// The questions about it that nobody has answered.
async fn questions(
    ctx: &Context<'_>,
    draft: &draft::Model,
) -> Result<impl Iterator<Item = Arc<review::Model>>> {
    let reviews = relations::children::<ReviewsOfDraft>(ctx, draft.id).await?;
    let open = |review: &Arc<review::Model>| {
        review.decision == Decision::AdviceSought && review.answered_at.is_none()
    };
    Ok(reviews.into_iter().filter(open))
}

/// Whether an open question was put to the viewer.
async fn is_asked(ctx: &Context<'_>, requester: &Requester, draft: &draft::Model) -> Result<bool> {
    let Some(member) = requester.member_id() else { return Ok(false) };
    Ok(questions(ctx, draft).await?.any(|review| review.adviser_id == Some(member)))
}

/// Whether posts of its initiative still go out.
async fn goes_on(ctx: &Context<'_>, draft: &draft::Model) -> Result<bool> {
    let initiative = relations::row::<initiative::Entity>(ctx, draft.initiative_id).await.transpose()?;
    Ok(initiative.is_some_and(|row| !row.state.ends()))
}

/// Whether the viewer began it, or answers for its initiative.
async fn answers(ctx: &Context<'_>, requester: &Requester, draft: &draft::Model) -> Result<bool> {
    let author = draft.author_id.is_some() && draft.author_id == requester.member_id();
    let own_integration =
        draft.integration_id.is_some() && draft.integration_id == requester.integration_id();
    if author || own_integration {
        return Ok(true);
    }
    let initiative = relations::row::<initiative::Entity>(ctx, draft.initiative_id).await.transpose()?;
    Ok(initiative.is_some_and(|initiative| policy::manages(requester, initiative.manager_id).is_ok()))
}
