//! Giving a draft to somebody else: who wrote what stays written in its revisions, only who answers for it changes.

use entity::{DraftId, MemberId, OfficeId, draft, draft::DraftState, initiative, post, post::PostState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _},
};
use serde_json::json;

use super::{current, touch};
use crate::{
    Office,
    error::{RefusalCode, Result, refuse},
    members,
    policy::{self, Permit, op},
    read,
};

/// A draft in other hands.
#[derive(Debug, Clone, Copy)]
pub struct ReassignDraft {
    /// Which.
    pub draft_id: DraftId,
    /// The version that was read.
    pub expected_version: i64,
    /// Who answers for it from now on.
    pub member_id: MemberId,
}

/// Gives a draft to another member. Its state and its approval stay: the words are the same.
pub async fn reassign(
    office: &Office,
    permit: &Permit<op::ReassignDraft>,
    input: ReassignDraft,
) -> Result<draft::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = current(&change, input.draft_id, input.expected_version).await?;
    let initiative =
        read::one::<initiative::Entity>(change.tx(), before.office_id, before.initiative_id).await?;
    policy::manages(change.requester(), initiative.manager_id)?;
    if before.state == DraftState::Withdrawn {
        return refuse(
            RefusalCode::IllegalState,
            "draftId",
            "this draft was given up: nobody answers for it",
        );
    }
    let member = members::at_work(change.tx(), before.office_id, "memberId", input.member_id).await?;
    let mut edit = draft::ActiveModel::from(before.clone());
    edit.author_id = Set(Some(member.id));
    let row = touch(&change, &before, edit).await?;
    change.note("reassignDraft", "Draft", row.id.0, json!({ "from": before.author_id, "to": row.author_id }));
    change.commit().await?;
    Ok(row)
}

/// Drafts that somebody must still answer for: being written or judged, or approved with nothing of them out yet.
pub(crate) fn unpublished(office_id: OfficeId) -> Select<draft::Entity> {
    use DraftState::{AdviceSought, Approved, Draft, InReview};
    let told = [
        PostState::Sending,
        PostState::Unconfirmed,
        PostState::Published,
        PostState::Corrected,
        PostState::Withdrawn,
        PostState::Drifted,
    ];
    let out = post::Entity::find()
        .select_only()
        .column(post::Column::Id)
        .filter(Expr::col((post::Entity, post::Column::DraftId)).equals((draft::Entity, draft::Column::Id)))
        .filter(post::Column::State.is_in(told))
        .into_query();
    let approved = Condition::all().add(draft::Column::State.eq(Approved)).add(Expr::exists(out).not());
    let open = draft::Column::State.is_in([Draft, InReview, AdviceSought]);
    draft::Entity::find()
        .filter(draft::Column::OfficeId.eq(office_id))
        .filter(Condition::any().add(open).add(approved))
}
