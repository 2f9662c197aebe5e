//! Drafts: what somebody wants to say, as a chain of immutable revisions.
//!
//! Knows how a draft begins, is revised, submitted and withdrawn. Who judges it is `reviews`; what the rules say of it
//! is `checks`; when it goes out is `posts`.

use entity::{DraftId, InitiativeId, draft, draft::DraftState, initiative, revision};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    change::Change,
    checks,
    client_keys::Call,
    conversations::answering,
    error::{OfficeError, Refusal, RefusalCode, Result, refuse},
    handbooks, initiatives,
    lifecycle::{DraftEvent, Lifecycle as _},
    paging::{Direction, OrderBy, Page, PageRequest, page},
    policy::{self, Permit, op},
    posts, read, reviews,
    rows::locked,
};

mod announced;
mod content;
mod difference;
mod fix;
mod history;
mod places;
mod reassign;
mod thread;

pub use announced::{CreateAnnounced, StillToDo, create_announced, still_to_do};
pub use content::{Content, SourceInput, Target};
pub use difference::{Change as Difference, ChangeKind, Part, PartKey, Segment, changes, moved, parts};
pub(crate) use fix::content_of;
pub use fix::{ApplyFix, apply_fix};
pub(crate) use history::writers;
pub use history::{count_revisions, revision_numbered, revisions, writers_of};
pub use places::{CaptionPlace, MediaPlace};
pub(crate) use reassign::unpublished;
pub use reassign::{ReassignDraft, reassign};

/// A new draft.
#[derive(Debug, Clone, Serialize)]
pub struct CreateDraft {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// For which initiative.
    pub initiative_id: InitiativeId,
    /// What it says.
    pub content: Content,
}

/// A new revision of a draft.
#[derive(Debug, Clone, Serialize)]
pub struct ReviseDraft {
    /// Which draft.
    pub draft_id: DraftId,
    /// The version that was read; another means that somebody changed it meanwhile.
    pub expected_version: i64,
    /// What it says now, whole.
    pub content: Content,
}

/// Begins a draft with its first revision.
pub async fn create(
    office: &Office,
    permit: &Permit<op::CreateDraft>,
    input: CreateDraft,
) -> Result<draft::Model> {
    let call = Call::new::<op::CreateDraft>(input.client_key.as_deref(), &input)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<draft::Entity>(change.tx(), permit.office_id(), id).await;
    }
    takes_drafts(&change, input.initiative_id).await?;
    let draft = begin(office, &mut change, input.initiative_id, &input.content).await?;
    call.remember(&change, draft.id.0).await?;
    change.commit().await?;
    Ok(draft)
}

/// Writes a draft and its first revision.
async fn begin(
    office: &Office,
    change: &mut Change<'_>,
    initiative_id: InitiativeId,
    content: &Content,
) -> Result<draft::Model> {
    let id: DraftId = change.id();
    let revision = content::write(office, change, (initiative_id, id, 1), content).await?;
    let row = draft::Model {
        id,
        office_id: change.office_id(),
        initiative_id,
        title: revision.title.clone(),
        state: DraftState::START,
        author_id: change.requester().member_id(),
        integration_id: change.requester().integration_id(),
        revision_id: revision.id,
        submitted_at: None,
        version: 1,
        created_at: change.now,
        updated_at: change.now,
    };
    let draft = draft::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    content::insert(change, revision, content).await?;
    change.note("createDraft", "Draft", id.0, json!({ "initiative": initiative_id, "revision": 1 }));
    Ok(draft)
}

async fn takes_drafts(change: &Change<'_>, id: InitiativeId) -> Result<()> {
    let initiative = match read::one::<initiative::Entity>(change.tx(), change.office_id(), id).await {
        Err(OfficeError::NotFound(_)) => {
            return refuse(
                RefusalCode::NotFound,
                "initiativeId",
                "there is no such initiative in this office",
            );
        }
        other => other?,
    };
    initiatives::takes_more(&initiative, "initiativeId")
}

/// Writes a new revision. Any approval is void: posts that still wait under the old one are held at once.
pub async fn revise(
    office: &Office,
    permit: &Permit<op::ReviseDraft>,
    input: ReviseDraft,
) -> Result<draft::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let draft = current(&change, input.draft_id, input.expected_version).await?;
    let (draft, number) = next_revision(office, &mut change, &draft, &input.content).await?;
    change.note("reviseDraft", "Draft", draft.id.0, json!({ "revision": number, "state": draft.state }));
    change.commit().await?;
    Ok(draft)
}

/// Writes the next revision of a draft and holds what waits under the old one.
pub(crate) async fn next_revision(
    office: &Office,
    change: &mut Change<'_>,
    draft: &draft::Model,
    content: &Content,
) -> Result<(draft::Model, i32)> {
    let state = draft.state.next(DraftEvent::Revise)?;
    let before = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    let number = before.number + 1;
    answering::let_go(change, before.answers.filter(|id| content.answers != Some(*id)), draft.id).await?;
    let revision = content::write(office, change, (draft.initiative_id, draft.id, number), content).await?;
    let mut edit = draft::ActiveModel::from(draft.clone());
    edit.title = Set(revision.title.clone());
    edit.revision_id = Set(revision.id);
    edit.submitted_at = Set(None);
    edit.state = Set(state);
    content::insert(change, revision, content).await?;
    let draft = touch(change, draft, edit).await?;
    posts::hold_stale(change, &draft).await?;
    Ok((draft, number))
}

/// Submits the newest revision for review. A finding that blocks refuses, with the findings.
pub async fn submit(
    office: &Office,
    permit: &Permit<op::SubmitDraft>,
    draft_id: DraftId,
    expected_version: i64,
) -> Result<draft::Model> {
    handbooks::require_acknowledged(office, permit.requester()).await?;
    let handbook = handbooks::in_force(office, office.db.read(), permit.office_id()).await?;
    let mut change = office.begin(permit.requester()).await?;
    let draft = current(&change, draft_id, expected_version).await?;
    let state = draft.state.next(DraftEvent::Submit)?;
    reviews::require_answered(&change, &draft).await?;
    let of = read::one::<initiative::Entity>(change.tx(), draft.office_id, draft.initiative_id).await?;
    if of.state.is_terminal() {
        let message = "the initiative of this draft was declined or is over: nothing of it can be published";
        return refuse(RefusalCode::IllegalState, "draftId", message);
    }
    let revision = checks::load(office, change.tx(), draft.office_id, draft.revision_id).await?;
    if let Some(place) = revision.silent_at() {
        let message =
            "there is nothing to read here: write words, or add a picture, a link or a post to pass on";
        return refuse(RefusalCode::Required, &place, message);
    }
    let findings = revision.check_all(&handbook.handbook, change.now);
    if findings.iter().any(checks::Judged::blocks) {
        let message = "the guidelines block this text: see the findings, revise, and submit again";
        return Err(Refusal::new(RefusalCode::GuidelineFindings, "", message).with_findings(findings).into());
    }
    let mut edit = draft::ActiveModel::from(draft.clone());
    edit.state = Set(state);
    edit.submitted_at = Set(Some(change.now));
    let draft = touch(&change, &draft, edit).await?;
    change.note(
        "submitDraft",
        "Draft",
        draft.id.0,
        json!({ "revision": revision.revision.number, "warnings": findings.len() }),
    );
    change.commit().await?;
    Ok(draft)
}

/// Gives a draft up. Its waiting posts are held: their approval is gone.
pub async fn withdraw(
    office: &Office,
    permit: &Permit<op::WithdrawDraft>,
    draft_id: DraftId,
) -> Result<draft::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let draft = locked::<draft::Entity>(&change, draft_id).await?;
    if draft.author_id.is_none() || draft.author_id != permit.requester().member_id() {
        let initiative =
            read::one::<initiative::Entity>(change.tx(), draft.office_id, draft.initiative_id).await?;
        let own_integration =
            draft.integration_id.is_some() && draft.integration_id == permit.requester().integration_id();
        if !own_integration {
            policy::manages(permit.requester(), initiative.manager_id)?;
        }
    }
    let mut edit = draft::ActiveModel::from(draft.clone());
    edit.state = Set(draft.state.next(DraftEvent::Withdraw)?);
    let draft = touch(&change, &draft, edit).await?;
    change.note("withdrawDraft", "Draft", draft.id.0, json!({}));
    let revision = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    answering::let_go(&change, revision.answers, draft.id).await?;
    posts::hold_stale(&mut change, &draft).await?;
    change.commit().await?;
    Ok(draft)
}

/// The draft, if it still has the version that the client read.
pub(crate) async fn current(change: &Change<'_>, id: DraftId, expected_version: i64) -> Result<draft::Model> {
    let draft = locked::<draft::Entity>(change, id).await?;
    if draft.version != expected_version {
        let message =
            format!("somebody changed this draft: it is at version {}; read it again", draft.version);
        return refuse(RefusalCode::Conflict, "expectedVersion", message);
    }
    Ok(draft)
}

/// Stores a changed draft under the next version.
pub(crate) async fn touch(
    change: &Change<'_>,
    before: &draft::Model,
    mut edit: draft::ActiveModel,
) -> Result<draft::Model> {
    edit.version = Set(before.version + 1);
    edit.updated_at = Set(change.now);
    Ok(edit.update(change.tx()).await?)
}

/// Which drafts a list shows.
#[derive(Debug, Clone, Default)]
pub struct DraftFilter {
    /// In one of these states; empty: in any.
    pub states: Vec<DraftState>,
    /// Of this initiative.
    pub initiative_id: Option<InitiativeId>,
    /// Begun by this member.
    pub author_id: Option<entity::MemberId>,
}

/// A page of drafts, newest change first unless `oldest_first`.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Drafts>,
    filter: &DraftFilter,
    oldest_first: bool,
    request: &PageRequest,
) -> Result<Page<draft::Model>> {
    let direction = if oldest_first { Direction::Ascending } else { Direction::Descending };
    let order = OrderBy { column: draft::Column::UpdatedAt, id: draft::Column::Id, direction };
    page(office.db.read(), select(permit, filter), order, request).await
}

/// How many drafts the list has, up to 10,000.
pub async fn count(
    office: &Office,
    permit: &Permit<op::Drafts>,
    filter: &DraftFilter,
) -> Result<Option<u64>> {
    crate::paging::count_up_to(office.db.read(), select(permit, filter), crate::paging::COUNT_CAP).await
}

fn select(permit: &Permit<op::Drafts>, filter: &DraftFilter) -> sea_orm::Select<draft::Entity> {
    let mut select = draft::Entity::find().filter(draft::Column::OfficeId.eq(permit.office_id()));
    if !filter.states.is_empty() {
        select = select.filter(draft::Column::State.is_in(filter.states.clone()));
    }
    if let Some(id) = filter.initiative_id {
        select = select.filter(draft::Column::InitiativeId.eq(id));
    }
    if let Some(id) = filter.author_id {
        select = select.filter(draft::Column::AuthorId.eq(id));
    }
    select
}
