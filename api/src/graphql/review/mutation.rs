//! Judging drafts, asking advice and giving it. Each payload carries the draft too, as it is now.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::review;
use office::{Office, policy::op, read, reviews};

use super::Review;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        draft::Draft,
        id,
        post::{Post, WhenInput},
    },
};

/// A reviewer's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "reviews::Judgement")]
pub(crate) enum Judgement {
    /// May go out, exactly as it is.
    Approve,
    /// Not like this: say why in `comment`.
    RequestChanges,
}

/// A decision on the revision that the reviewer saw.
#[derive(Debug, InputObject)]
pub(crate) struct ReviewDraftInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The draft.
    draft_id: ID,
    /// `digest` of the revision that you saw: another means that it was changed meanwhile.
    digest: String,
    /// The judgement.
    judgement: Judgement,
    /// What you say; required to send it back.
    comment: Option<String>,
    /// Clauses of `Draft.checklist` that you ticked; leave out when you were not asked.
    checked: Option<Vec<String>>,
    /// With an approval: another time for the posts of this revision whose time has passed. Left out, those are held until
    /// somebody gives them one.
    at: Option<WhenInput>,
}

/// A question to an adviser.
#[derive(Debug, InputObject)]
pub(crate) struct SeekAdviceInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The draft, in review.
    draft_id: ID,
    /// Whom you ask: another active member.
    adviser_id: ID,
    /// What you ask.
    question: String,
}

/// An adviser's answer.
#[derive(Debug, InputObject)]
pub(crate) struct GiveAdviceInput {
    /// The question: a review with the decision `ADVICE_SOUGHT`.
    review_id: ID,
    /// The answer.
    answer: String,
}

/// A question that is put to somebody else.
#[derive(Debug, InputObject)]
pub(crate) struct AskAnotherAdviserInput {
    /// The question: a review with the decision `ADVICE_SOUGHT` that nobody has answered.
    review_id: ID,
    /// Whom you ask now: another active member than who asked.
    adviser_id: ID,
}

payloads! {
    /// What `reviewDraft` answers.
    ReviewDraftPayload {
        /// The decision.
        review: Review,
        /// The draft as it is now: `IN_REVIEW` still where a review policy asks for more (`Draft.approval`).
        draft: Draft,
        /// The posts for which the approval came too late, as they are now: at the time `at`, or `HELD` or `MISSED` until they
        /// get another time (`reschedulePost`). Not told again by a repeat with the same `clientKey`.
        late_posts: Vec<Post>,
    }
    /// What `seekAdvice` answers.
    SeekAdvicePayload {
        /// The question.
        review: Review,
        /// The draft as it is now.
        draft: Draft,
    }
    /// What `askAnotherAdviser` answers.
    AskAnotherAdviserPayload {
        /// The question, as it waits now.
        review: Review,
        /// The draft as it is now.
        draft: Draft,
    }
    /// What `giveAdvice` answers.
    GiveAdvicePayload {
        /// The question with its answer.
        review: Review,
        /// The draft as it is now.
        draft: Draft,
    }
}

/// Mutations of reviews.
#[derive(Debug, Default)]
pub(crate) struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// Approves a draft's newest revision, or sends it back to its author. An approval can be taken back the same way.
    /// Under review policies an approval does one of their steps, and the draft is approved when all are done. An approval
    /// that comes after the time of a post of these words does not let it go at once: give `at`, or it is held.
    /// User errors: `OWN_WORDS` (you wrote part of it), `NOT_RESPONSIBLE` (no step waits for you now), `CONFLICT` (`digest` is not the newest revision's), `REQUIRED`
    /// (`comment`), `INVALID` (`checked` names a clause that is not asked), `HANDBOOK_NOT_ACKNOWLEDGED`, `ILLEGAL_STATE` (not in review), `NOT_FOUND`, `KEY_REUSED`.
    async fn review_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: ReviewDraftInput,
    ) -> Field<ReviewDraftPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReviewDraft>()?;
            let office = ctx.office()?;
            let outcome = async {
                let decision = reviews::ReviewDraft {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    digest: input.digest,
                    judgement: input.judgement.into(),
                    comment: input.comment,
                    checked: input.checked,
                };
                let at = input.at.map(WhenInput::read).transpose().map_err(|e| e.in_field("at"))?;
                let reviewed = reviews::review_at(office, &permit, decision, at.as_ref()).await?;
                let (review, draft) = with_draft(office, reviewed.review).await?;
                Ok((review, draft, reviewed.late.into_iter().map(Post::from).collect()))
            };
            payload(Box::pin(outcome).await, |(review, draft, late)| {
                ReviewDraftPayload::done(review, draft, late)
            })
        })
        .await
    }

    /// In doubt: asks an adviser, and holds the draft until they answer. User errors: `NOT_FOUND` (draft or adviser),
    /// `INVALID` (yourself, or somebody who left), `REQUIRED` or `TOO_LONG` (`question`), `ILLEGAL_STATE` (not in review),
    /// `KEY_REUSED`.
    async fn seek_advice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question.")] input: SeekAdviceInput,
    ) -> Field<SeekAdvicePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SeekAdvice>()?;
            let office = ctx.office()?;
            let outcome = async {
                let question = reviews::SeekAdvice {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    adviser_id: id::decode(&input.adviser_id)?,
                    question: input.question,
                };
                with_draft(office, reviews::seek_advice(office, &permit, question).await?).await
            };
            payload(Box::pin(outcome).await, |(review, draft)| SeekAdvicePayload::done(review, draft))
        })
        .await
    }

    /// Puts a question that nobody has answered to somebody else, for example when the adviser left. Who asked it, the
    /// initiative's project manager or a coordinator does so. User errors: `NOT_FOUND` (question or adviser),
    /// `NOT_RESPONSIBLE`, `INVALID` (who asked, or somebody who left), `ILLEGAL_STATE` (nothing waits for its answer).
    async fn ask_another_adviser(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which question, and to whom.")] input: AskAnotherAdviserInput,
    ) -> Field<AskAnotherAdviserPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AskAnotherAdviser>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (review, adviser) = (id::decode(&input.review_id)?, id::decode(&input.adviser_id)?);
                with_draft(office, reviews::ask_another(office, &permit, review, adviser).await?).await
            };
            payload(Box::pin(outcome).await, |(review, draft)| AskAnotherAdviserPayload::done(review, draft))
        })
        .await
    }

    /// Answers a question that was put to you; the draft goes back into review. User errors: `NOT_RESPONSIBLE` (somebody
    /// else was asked), `ILLEGAL_STATE` (answered already), `REQUIRED` or `TOO_LONG` (`answer`), `NOT_FOUND`.
    async fn give_advice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: GiveAdviceInput,
    ) -> Field<GiveAdvicePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::GiveAdvice>()?;
            let office = ctx.office()?;
            let outcome = async {
                let review = id::decode(&input.review_id)?;
                with_draft(office, reviews::give_advice(office, &permit, review, &input.answer).await?).await
            };
            payload(Box::pin(outcome).await, |(review, draft)| GiveAdvicePayload::done(review, draft))
        })
        .await
    }
}

async fn with_draft(office: &Office, review: review::Model) -> office::Result<(Review, Draft)> {
    let draft =
        read::one::<entity::draft::Entity>(office.db().read(), review.office_id, review.draft_id).await?;
    Ok((review.into(), draft.into()))
}
