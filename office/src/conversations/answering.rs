//! Answering what the public said with a post of ours: which draft is to, where it may go, and what becomes of the conversation
//! when that post is out or taken back.
//!
//! Knows that two of an office must not answer at once. What is sent is `compose`; how a platform is answered, `connectors`.

use entity::{
    ConversationId, DraftId, channel, channel::Platform, conversation, conversation::ConversationOutcome,
    draft, post, post::PostState, revision,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait as _, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use crate::{
    change::Change,
    checks::length::abilities,
    directory::platform_name,
    drafts::Content,
    error::{RefusalCode, Result, refuse},
    read,
    rows::{locked, referenced},
};

/// Platforms where an answer can have media.
const WITH_MEDIA: [Platform; 3] = [Platform::Mastodon, Platform::Bluesky, Platform::X];

/// What a draft answers, locked; refused where somebody else does, or has.
pub(crate) async fn read_content(
    change: &Change<'_>,
    draft_id: DraftId,
    content: &Content,
) -> Result<Option<conversation::Model>> {
    const FIELD: &str = "answers";
    let Some(id) = content.answers else { return Ok(None) };
    if content.amplifies.is_some() {
        let message = "a draft answers what the public said, or passes on or quotes a post of others: leave one of the two out";
        return refuse(RefusalCode::Invalid, FIELD, message);
    }
    let row = referenced(locked::<conversation::Entity>(change, id).await, FIELD)?;
    let others = row.draft_id.filter(|other| *other != draft_id);
    if row.outcome.is_some() && (others.is_some() || row.draft_id.is_none()) {
        let message = "this conversation is settled, and nobody waits for an answer: if more is to be said, say it on the platform";
        return refuse(RefusalCode::IllegalState, FIELD, message);
    }
    if let Some(other) = others {
        let title = read::one::<draft::Entity>(change.tx(), row.office_id, other).await?.title;
        let message = format!(
            "the draft “{title}” is to answer this already, and the public should not get two answers: help with that one, or \
             have it withdrawn (withdrawDraft) if yours is better"
        );
        return refuse(RefusalCode::IllegalState, FIELD, message);
    }
    if may_be_out(change, id, draft_id).await? {
        let message = "an answer to this is being sent, or may be out already: wait until that is known";
        return refuse(RefusalCode::IllegalState, FIELD, message);
    }
    Ok(Some(row))
}

/// Whether a post of another draft may be its answer on the platform.
async fn may_be_out(change: &Change<'_>, id: ConversationId, draft_id: DraftId) -> Result<bool> {
    let posts = post::Entity::find()
        .filter(post::Column::OfficeId.eq(change.office_id()))
        .filter(post::Column::Answers.eq(id))
        .filter(post::Column::DraftId.ne(draft_id))
        .filter(post::Column::State.is_in([PostState::Sending, PostState::Unconfirmed]));
    Ok(posts.count(change.tx()).await? > 0)
}

/// Refuses a channel other than the one that was spoken to, and what cannot go with an answer there.
pub(crate) fn reaches(
    target: usize,
    channel: &channel::Model,
    row: &conversation::Model,
    content: &Content,
) -> Result<()> {
    let field = format!("targets.{target}.channelId");
    let here = platform_name(channel.platform, &channel.url);
    if channel.id != row.channel_id {
        let message = "the public spoke to another channel: an answer goes out there alone. For this channel write a draft of its own";
        return refuse(RefusalCode::Invalid, &field, message);
    }
    if abilities(channel).is_some_and(|can| can.replies == Some(false)) {
        let message = format!(
            "{here} lets this account answer nobody through Masthead: answer on the platform, and say so (settleConversation)"
        );
        return refuse(RefusalCode::Invalid, &field, message);
    }
    if content.targets.get(target).is_some_and(|target| target.thread) {
        let message = "an answer goes out whole: shorten it, or link to where there is more";
        return refuse(RefusalCode::Invalid, &format!("targets.{target}.thread"), message);
    }
    if !content.media.is_empty() && !WITH_MEDIA.contains(&channel.platform) {
        let message = format!("an answer on {here} has words and no media: leave them out, or link to them");
        return refuse(RefusalCode::Invalid, "media", message);
    }
    Ok(())
}

/// Notes which draft is to answer it.
pub(crate) async fn claim(change: &Change<'_>, id: ConversationId, draft_id: DraftId) -> Result<()> {
    conversation::Entity::update_many()
        .col_expr(conversation::Column::DraftId, Expr::value(draft_id.0))
        .filter(conversation::Column::Id.eq(id))
        .filter(conversation::Column::OfficeId.eq(change.office_id()))
        .exec(change.tx())
        .await?;
    Ok(())
}

/// The draft is not to answer it any more: another may. What was answered stays so.
pub(crate) async fn let_go(change: &Change<'_>, id: Option<ConversationId>, draft_id: DraftId) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    conversation::Entity::update_many()
        .col_expr(conversation::Column::DraftId, Expr::value(Option::<Uuid>::None))
        .filter(conversation::Column::Id.eq(id))
        .filter(conversation::Column::OfficeId.eq(change.office_id()))
        .filter(conversation::Column::DraftId.eq(draft_id))
        .filter(conversation::Column::AnswerId.is_null())
        .exec(change.tx())
        .await?;
    Ok(())
}

/// Refuses to schedule an answer that nobody waits for, or one `after` something else.
pub(crate) async fn still_waits(change: &Change<'_>, revision: &revision::Model, after: bool) -> Result<()> {
    let Some(id) = revision.answers else { return Ok(()) };
    if after {
        let message =
            "this draft answers what the public said, and so follows no post of ours: leave `after` out";
        return refuse(RefusalCode::Invalid, "after", message);
    }
    let row = referenced(locked::<conversation::Entity>(change, id).await, "draftId")?;
    if row.outcome.is_some() {
        let message = "what this draft answers is settled, and a second answer must not go out: withdraw the draft (withdrawDraft)";
        return refuse(RefusalCode::IllegalState, "draftId", message);
    }
    Ok(())
}

/// What these posts answer is answered, as far as they are out.
pub(crate) async fn answered(change: &mut Change<'_>, posts: &[post::Model]) -> Result<()> {
    for post in posts.iter().filter(|post| post.state == PostState::Published) {
        let Some(id) = post.answers else { continue };
        let settled = conversation::Entity::update_many()
            .col_expr(conversation::Column::Outcome, Expr::value(ConversationOutcome::Answered))
            .col_expr(conversation::Column::AnswerId, Expr::value(post.id.0))
            .col_expr(conversation::Column::SettledAt, Expr::value(change.now))
            .filter(conversation::Column::Id.eq(id))
            .filter(conversation::Column::OfficeId.eq(post.office_id))
            .filter(conversation::Column::Outcome.is_null())
            .exec(change.tx())
            .await?;
        if settled.rows_affected > 0 {
            let detail = json!({ "channel": post.channel_id, "outcome": ConversationOutcome::Answered, "post": post.id });
            change.note_in(post.office_id, "settleConversation", "Conversation", id.0, detail);
        }
    }
    Ok(())
}

/// The post was taken back: whoever it answered waits again, and another draft may answer.
pub(crate) async fn unanswered(change: &mut Change<'_>, post: &post::Model) -> Result<()> {
    let Some(id) = post.answers else { return Ok(()) };
    let nobody = || Expr::value(Option::<Uuid>::None);
    let opened = conversation::Entity::update_many()
        .col_expr(conversation::Column::Outcome, Expr::value(Option::<String>::None))
        .col_expr(conversation::Column::AnswerId, nobody())
        .col_expr(conversation::Column::DraftId, nobody())
        .col_expr(conversation::Column::SettledAt, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
        .filter(conversation::Column::Id.eq(id))
        .filter(conversation::Column::OfficeId.eq(post.office_id))
        .filter(conversation::Column::AnswerId.eq(post.id))
        .exec(change.tx())
        .await?;
    if opened.rows_affected > 0 {
        let detail = json!({ "channel": post.channel_id, "outcome": null, "post": post.id });
        change.note_in(post.office_id, "openConversation", "Conversation", id.0, detail);
    }
    Ok(())
}
