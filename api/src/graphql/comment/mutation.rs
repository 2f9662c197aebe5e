//! Commenting on drafts, replying, and saying that a comment is done with.

use async_graphql::{Context, ID, InputObject, Object};
use office::{comments, policy::op};

use super::DraftComment;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// Words of a part, counted in units of their UTF-16 form, as JavaScript counts and `TextSpan` tells.
#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct TextSpanInput {
    /// The first unit.
    utf16_start: i32,
    /// The unit after the last.
    utf16_end: i32,
}

impl TextSpanInput {
    /// As the office takes it; what is before the start is nowhere.
    pub(super) fn read(self) -> (usize, usize) {
        let unit = |unit: i32| usize::try_from(unit).unwrap_or(usize::MAX);
        (unit(self.utf16_start), unit(self.utf16_end))
    }
}

/// A comment to make.
#[derive(Debug, InputObject)]
pub(crate) struct CommentOnDraftInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// On which draft.
    draft_id: ID,
    /// `number` of the revision that you read.
    revision: i32,
    /// Path of the part, as in `Finding.target` (`text`, `variants.mastodon`, `media[0].alt`), or `title`, `channels`,
    /// `link`, `capacity`, `keyMessage`, `inDoubt`, `sources`, `media[0]`; left out: on the whole.
    part: Option<String>,
    /// The words of that part; left out: on all of it.
    span: Option<TextSpanInput>,
    /// What you say.
    text: String,
}

/// A reply.
#[derive(Debug, InputObject)]
pub(crate) struct ReplyToDraftCommentInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// To which comment, or reply to it.
    comment_id: ID,
    /// What you say.
    text: String,
}

/// A comment that is done with.
#[derive(Debug, InputObject)]
pub(crate) struct ResolveDraftCommentInput {
    /// Which.
    comment_id: ID,
}

payloads! {
    /// What `commentOnDraft` answers.
    CommentOnDraftPayload {
        /// The comment.
        comment: DraftComment,
    }
    /// What `replyToDraftComment` answers.
    ReplyToDraftCommentPayload {
        /// The reply.
        comment: DraftComment,
    }
    /// What `resolveDraftComment` answers.
    ResolveDraftCommentPayload {
        /// The comment as it is now.
        comment: DraftComment,
    }
}

/// Mutations of comments.
#[derive(Debug, Default)]
pub(crate) struct CommentMutation;

#[Object]
impl CommentMutation {
    /// Says something of a draft: of the whole, of a part, or of some of its words. It changes nothing of the draft and of
    /// what was approved. User errors: `NOT_FOUND` (draft or revision), `INVALID` (`part`, `span`), `REQUIRED` or `TOO_LONG`
    /// (`text`, or 500 comments), `ILLEGAL_STATE` (withdrawn), `KEY_REUSED`.
    async fn comment_on_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On what, and what.")] input: CommentOnDraftInput,
    ) -> Field<CommentOnDraftPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CommentOnDraft>()?;
            let office = ctx.office()?;
            let outcome = async {
                let comment = comments::CommentOnDraft {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    revision: input.revision,
                    part: input.part,
                    span: input.span.map(TextSpanInput::read),
                    text: input.text,
                };
                comments::comment(office, &permit, comment).await
            };
            payload(Box::pin(outcome).await, |row| CommentOnDraftPayload::done(row.into()))
        })
        .await
    }

    /// Replies to a comment. User errors: `NOT_FOUND`, `REQUIRED` or `TOO_LONG` (`text`, or 500 comments on the draft),
    /// `ILLEGAL_STATE` (the draft was withdrawn), `KEY_REUSED`.
    async fn reply_to_draft_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To what, and what.")] input: ReplyToDraftCommentInput,
    ) -> Field<ReplyToDraftCommentPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReplyToDraftComment>()?;
            let office = ctx.office()?;
            let outcome = async {
                let reply = (id::decode(&input.comment_id)?, &*input.text, input.client_key.as_deref());
                comments::reply(office, &permit, reply).await
            };
            payload(Box::pin(outcome).await, |row| ReplyToDraftCommentPayload::done(row.into()))
        })
        .await
    }

    /// Says that a comment is done with: for who wrote it, who wrote part of the draft, the initiative's project manager or a
    /// coordinator. User errors: `NOT_RESPONSIBLE`, `ILLEGAL_STATE` (settled already, a reply, or a suggestion), `NOT_FOUND`.
    async fn resolve_draft_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ResolveDraftCommentInput,
    ) -> Field<ResolveDraftCommentPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ResolveDraftComment>()?;
            let office = ctx.office()?;
            let outcome = async { comments::resolve(office, &permit, id::decode(&input.comment_id)?).await };
            payload(Box::pin(outcome).await, |row| ResolveDraftCommentPayload::done(row.into()))
        })
        .await
    }
}
