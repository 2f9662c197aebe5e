//! Suggesting changes, accepting and declining them.

use async_graphql::{Context, ID, InputObject, Object};
use office::{comments, policy::op};

use super::{DraftComment, mutation::TextSpanInput};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, draft::Draft, id},
};

/// A change to suggest.
#[derive(Debug, InputObject)]
pub(crate) struct SuggestChangeInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Of which draft.
    draft_id: ID,
    /// `number` of the revision that you read.
    revision: i32,
    /// Path of the part: `title`, `text`, `link`, or as in `Finding.target` a channel's own text (`variants.mastodon`) or an
    /// alternative text (`media[0].alt`).
    part: String,
    /// The words that would be replaced; start and end are the same where something would be put in.
    span: TextSpanInput,
    /// What would take their place; empty: they would go.
    replacement: String,
    /// Why.
    text: Option<String>,
}

/// A suggestion to accept.
#[derive(Debug, InputObject)]
pub(crate) struct AcceptSuggestionInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Which.
    comment_id: ID,
    /// The version of the draft that was read.
    expected_version: i64,
}

/// A suggestion that is not wanted.
#[derive(Debug, InputObject)]
pub(crate) struct DeclineSuggestionInput {
    /// Which.
    comment_id: ID,
    /// Why.
    reason: Option<String>,
}

payloads! {
    /// What `suggestChange` answers.
    SuggestChangePayload {
        /// The suggestion.
        comment: DraftComment,
    }
    /// What `acceptSuggestion` answers.
    AcceptSuggestionPayload {
        /// The suggestion as it is now.
        comment: DraftComment,
        /// The draft as it is now, with a new revision.
        draft: Draft,
    }
    /// What `declineSuggestion` answers.
    DeclineSuggestionPayload {
        /// The suggestion as it is now.
        comment: DraftComment,
    }
}

/// Mutations of suggested changes.
#[derive(Debug, Default)]
pub(crate) struct SuggestionMutation;

#[Object]
impl SuggestionMutation {
    /// Suggests other words in the place of some. It changes nothing until somebody accepts it. User errors: `NOT_FOUND`
    /// (draft or revision), `INVALID` (`part`, `span`, or a `replacement` that is there already), `TOO_LONG`, `ILLEGAL_STATE`
    /// (withdrawn), `KEY_REUSED`.
    async fn suggest_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of what, and what.")] input: SuggestChangeInput,
    ) -> Field<SuggestChangePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SuggestChange>()?;
            let office = ctx.office()?;
            let outcome = async {
                let change = comments::SuggestChange {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    revision: input.revision,
                    part: input.part,
                    span: input.span.read(),
                    replacement: input.replacement,
                    text: input.text,
                };
                comments::suggest(office, &permit, change).await
            };
            payload(Box::pin(outcome).await, |row| SuggestChangePayload::done(row.into()))
        })
        .await
    }

    /// Makes a suggested change in one step: a new revision, as `reviseDraft` would write it, wherever the words are by now.
    /// From then on whoever suggested it wrote part of the draft, and does not approve it. For who wrote part of the draft,
    /// the initiative's project manager or a coordinator. User errors: `CONFLICT` (the draft is at another version, or the
    /// words changed meanwhile), `NOT_RESPONSIBLE`, `ILLEGAL_STATE` (settled already, no suggestion, or the draft was
    /// withdrawn), `NOT_FOUND`, `KEY_REUSED`; what `reviseDraft` refuses of the new words.
    async fn accept_suggestion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: AcceptSuggestionInput,
    ) -> Field<AcceptSuggestionPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AcceptSuggestion>()?;
            let office = ctx.office()?;
            let outcome = async {
                let wish = comments::AcceptSuggestion {
                    client_key: input.client_key,
                    comment_id: id::decode(&input.comment_id)?,
                    expected_version: input.expected_version,
                };
                comments::accept(office, &permit, wish).await
            };
            payload(Box::pin(outcome).await, |(draft, row)| {
                AcceptSuggestionPayload::done(row.into(), draft.into())
            })
        })
        .await
    }

    /// Says that a suggested change is not wanted; whoever suggested it takes it back the same way. User errors:
    /// `NOT_RESPONSIBLE`, `ILLEGAL_STATE` (settled already, or no suggestion), `TOO_LONG` (`reason`), `NOT_FOUND`.
    async fn decline_suggestion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DeclineSuggestionInput,
    ) -> Field<DeclineSuggestionPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::DeclineSuggestion>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (row, reason) = (id::decode(&input.comment_id)?, input.reason.as_deref());
                comments::decline(office, &permit, row, reason).await
            };
            payload(Box::pin(outcome).await, |row| DeclineSuggestionPayload::done(row.into()))
        })
        .await
    }
}
