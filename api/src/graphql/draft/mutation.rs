//! Writing, submitting and withdrawing drafts.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use office::{
    Office, RefusalCode, drafts,
    error::refuse,
    policy::{Permit, op},
};

use super::{content::DraftContentInput, object::Draft};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, initiative::AnnounceInput},
};

/// A new draft.
#[derive(Debug, InputObject)]
pub(crate) struct CreateDraftInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// For which initiative, proposed or active. Give this or `announce`.
    initiative_id: Option<ID>,
    /// The beginning of an announcement, for something that nobody has announced yet: initiative and draft are made together,
    /// and the coordinators are told.
    announce: Option<AnnounceInput>,
    /// What it says.
    content: DraftContentInput,
}

/// A new revision of a draft.
#[derive(Debug, InputObject)]
pub(crate) struct ReviseDraftInput {
    /// Which draft.
    draft_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// What it says now, whole.
    content: DraftContentInput,
}

/// A submission.
#[derive(Debug, InputObject)]
pub(crate) struct SubmitDraftInput {
    /// Which draft.
    draft_id: ID,
    /// The version that was read.
    expected_version: i64,
}

/// A withdrawal.
#[derive(Debug, InputObject)]
pub(crate) struct WithdrawDraftInput {
    /// Which draft.
    draft_id: ID,
}

/// One thing that stands between a draft and its way out.
#[derive(Debug, SimpleObject)]
pub(crate) struct StillToDo {
    /// The mutation that does it.
    act: String,
    /// What is to be done, for people.
    what: String,
}

impl From<drafts::StillToDo> for StillToDo {
    fn from(open: drafts::StillToDo) -> Self {
        Self { act: open.act.to_owned(), what: open.what }
    }
}

payloads! {
    /// What `createDraft` answers.
    CreateDraftPayload {
        /// The new draft.
        draft: Draft,
        /// What is still to be done about its initiative before anything of it can go out; empty when nothing is.
        still_to_do: Vec<StillToDo>,
    }
    /// What `reviseDraft` answers.
    ReviseDraftPayload {
        /// The draft as it is now.
        draft: Draft,
    }
    /// What `submitDraft` answers.
    SubmitDraftPayload {
        /// The draft as it is now.
        draft: Draft,
    }
    /// What `withdrawDraft` answers.
    WithdrawDraftPayload {
        /// The draft as it is now.
        draft: Draft,
    }
}

/// Mutations of drafts.
#[derive(Debug, Default)]
pub(crate) struct DraftMutation;

#[Object]
impl DraftMutation {
    /// Begins a draft with its first revision, in the state `DRAFT`; with `announce`, it announces the initiative as well (see
    /// `proposeInitiative` for its user errors, whose fields then begin with `announce`). User errors: `REQUIRED`, `INVALID`, `TOO_LONG`,
    /// `NOT_FOUND` (initiative, channel or media), `ILLEGAL_STATE` (a closing initiative, a retired channel, an upload that
    /// has not arrived, a thread on an account that was not tested), `KEY_REUSED`.
    async fn create_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: CreateDraftInput,
    ) -> Field<CreateDraftPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CreateDraft>()?;
            let office = ctx.office()?;
            let outcome = async {
                let draft = create(office, &permit, input).await?;
                let open = drafts::still_to_do(office, &permit, &draft).await?;
                Ok((draft, open.into_iter().map(StillToDo::from).collect()))
            };
            payload(Box::pin(outcome).await, |(row, open): (entity::draft::Model, _)| {
                CreateDraftPayload::done(row.into(), open)
            })
        })
        .await
    }

    /// Writes a new revision and puts the draft back to `DRAFT`: any approval is void, and posts that wait under the old
    /// revision are held. User errors: as `createDraft`, and `CONFLICT` (`expectedVersion` is not the present one),
    /// `ILLEGAL_STATE` (withdrawn).
    async fn revise_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The revision.")] input: ReviseDraftInput,
    ) -> Field<ReviseDraftPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReviseDraft>()?;
            let office = ctx.office()?;
            let outcome = async {
                let revised = drafts::ReviseDraft {
                    draft_id: id::decode(&input.draft_id)?,
                    expected_version: input.expected_version,
                    content: input.content.read()?,
                };
                drafts::revise(office, &permit, revised).await
            };
            payload(Box::pin(outcome).await, |row| ReviseDraftPayload::done(row.into()))
        })
        .await
    }

    /// Submits the newest revision for review. User errors: `GUIDELINE_FINDINGS` (something blocks: see `findings` of the
    /// error), `HANDBOOK_NOT_ACKNOWLEDGED`, `CONFLICT`, `ILLEGAL_STATE` (also while a question about it is unanswered:
    /// `giveAdvice`, `askAnotherAdviser`), `REQUIRED` (it says nothing at all), `NOT_FOUND`.
    async fn submit_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to submit.")] input: SubmitDraftInput,
    ) -> Field<SubmitDraftPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SubmitDraft>()?;
            let office = ctx.office()?;
            let outcome = async {
                drafts::submit(office, &permit, id::decode(&input.draft_id)?, input.expected_version).await
            };
            payload(Box::pin(outcome).await, |row| SubmitDraftPayload::done(row.into()))
        })
        .await
    }

    /// Gives a draft up, for good; its waiting posts are held. For its author, the initiative's project manager or a
    /// coordinator. User errors: `NOT_RESPONSIBLE`, `ILLEGAL_STATE` (withdrawn already), `NOT_FOUND`.
    async fn withdraw_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to withdraw.")] input: WithdrawDraftInput,
    ) -> Field<WithdrawDraftPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::WithdrawDraft>()?;
            let office = ctx.office()?;
            let outcome = async { drafts::withdraw(office, &permit, id::decode(&input.draft_id)?).await };
            payload(Box::pin(outcome).await, |row| WithdrawDraftPayload::done(row.into()))
        })
        .await
    }
}

/// For an initiative that is there, or together with one.
async fn create(
    office: &Office,
    permit: &Permit<op::CreateDraft>,
    input: CreateDraftInput,
) -> office::Result<entity::draft::Model> {
    let (client_key, content) = (input.client_key, input.content.read()?);
    match (input.initiative_id, input.announce) {
        (Some(id), None) => {
            let new = drafts::CreateDraft { client_key, initiative_id: id::decode(&id)?, content };
            drafts::create(office, permit, new).await
        }
        (None, Some(announce)) => {
            let new = drafts::CreateAnnounced { client_key, announcement: announce.read()?, content };
            drafts::create_announced(office, permit, new).await
        }
        (None, None) => {
            let message = "name the initiative; for something that nobody has announced yet, give `announce` instead: its name and what it is for are enough to begin";
            refuse(RefusalCode::Required, "initiativeId", message)
        }
        (Some(_), Some(_)) => {
            let message = "give initiativeId or announce, not both";
            refuse(RefusalCode::Invalid, "announce", message)
        }
    }
}
