//! Comments on drafts: on a whole, on a part, or on some of its words; replies, and saying that one is done with.
//!
//! A comment stays with the revision that it was made on. Where its words are in a later one is worked out when it is asked
//! for (`place`). A comment that suggests other words is accepted or declined by `suggestions`.

use entity::{
    DraftCommentId, DraftId, MemberId, draft, draft::DraftState, draft_comment, draft_comment::CommentState,
    initiative,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    change::Change,
    checks,
    client_keys::Call,
    drafts,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    policy::{self, Permit, op},
    read,
    rows::{locked, referenced},
};

mod place;
mod suggestions;

use place::key_of;
pub use place::{Span, Standing, standing};
pub use suggestions::{AcceptSuggestion, SuggestChange, accept, decline, suggest};

/// A comment to make.
#[derive(Debug, Clone, Serialize)]
pub struct CommentOnDraft {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// On which draft.
    pub draft_id: DraftId,
    /// On which of its revisions, by number.
    pub revision: i32,
    /// Path of the part, as findings name it; none: on the whole.
    pub part: Option<String>,
    /// The words of that part, counted in UTF-16 units; none: on all of the part.
    pub span: Option<(usize, usize)>,
    /// What it says.
    pub text: String,
}

/// What a comment is about.
struct About {
    revision_id: entity::RevisionId,
    part: Option<String>,
    channel_id: Option<entity::ChannelId>,
    media_id: Option<entity::MediaId>,
    span: Option<(usize, usize)>,
    quote: Option<String>,
}

/// Comments on a draft.
pub async fn comment(
    office: &Office,
    permit: &Permit<op::CommentOnDraft>,
    input: CommentOnDraft,
) -> Result<draft_comment::Model> {
    let call = Call::new::<op::CommentOnDraft>(input.client_key.as_deref(), &input)?;
    let text = fields::paragraph(&office.limits, "text", &input.text)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<draft_comment::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let draft = open_draft(&change, input.draft_id).await?;
    let (about, _) =
        about(office, &change, &draft, (input.revision, input.part.as_deref(), input.span)).await?;
    let row = draft_comment::Model { text: Some(text), ..row(&change, &draft, about)? };
    let row = insert(&mut change, "commentOnDraft", row).await?;
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// Replies to a comment, or to a reply to it.
pub async fn reply(
    office: &Office,
    permit: &Permit<op::ReplyToDraftComment>,
    (id, text, client_key): (DraftCommentId, &str, Option<&str>),
) -> Result<draft_comment::Model> {
    let call = Call::new::<op::ReplyToDraftComment>(client_key, &(id, text))?;
    let text = fields::paragraph(&office.limits, "text", text)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<draft_comment::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let parent = read::one::<draft_comment::Entity>(change.tx(), permit.office_id(), id).await?;
    let draft = open_draft(&change, parent.draft_id).await?;
    let about = About {
        revision_id: draft.revision_id,
        part: None,
        channel_id: None,
        media_id: None,
        span: None,
        quote: None,
    };
    let row = draft_comment::Model {
        parent_id: Some(parent.parent_id.unwrap_or(parent.id)),
        text: Some(text),
        ..row(&change, &draft, about)?
    };
    let row = insert(&mut change, "replyToDraftComment", row).await?;
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// Says that a comment is done with.
pub async fn resolve(
    office: &Office,
    permit: &Permit<op::ResolveDraftComment>,
    id: DraftCommentId,
) -> Result<draft_comment::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let (draft, row) = open_comment(&change, id).await?;
    if row.replacement.is_some() {
        let message = "this suggests a change: accept it or decline it";
        return refuse(RefusalCode::IllegalState, "commentId", message);
    }
    if row.parent_id.is_some() {
        let message = "this is a reply: resolve the comment that it replies to";
        return refuse(RefusalCode::IllegalState, "commentId", message);
    }
    answers(&change, &draft, Some(row.author_id)).await?;
    let row = settle(&mut change, "resolveDraftComment", row, CommentState::Resolved, |_| ()).await?;
    change.commit().await?;
    Ok(row)
}

/// The draft, locked, while anything can be said of it.
async fn open_draft(change: &Change<'_>, id: DraftId) -> Result<draft::Model> {
    let draft = locked::<draft::Entity>(change, id).await?;
    if draft.state == DraftState::Withdrawn {
        return refuse(RefusalCode::IllegalState, "draftId", "this draft was withdrawn");
    }
    let said = draft_comment::Entity::find()
        .filter(draft_comment::Column::OfficeId.eq(draft.office_id))
        .filter(draft_comment::Column::DraftId.eq(draft.id))
        .count(change.tx())
        .await?;
    let most = change.limits().draft_comments;
    if said >= most {
        let message = format!("there are {most} comments on this draft already: begin another draft");
        return refuse(RefusalCode::TooLong, "draftId", message);
    }
    Ok(draft)
}

/// An open comment and its draft, locked in that order by every change of comments: the draft first.
async fn open_comment(
    change: &Change<'_>,
    id: DraftCommentId,
) -> Result<(draft::Model, draft_comment::Model)> {
    let seen = read::one::<draft_comment::Entity>(change.tx(), change.office_id(), id).await?;
    let draft = locked::<draft::Entity>(change, seen.draft_id).await?;
    let row = locked::<draft_comment::Entity>(change, id).await?;
    if row.state != CommentState::Open {
        return refuse(RefusalCode::IllegalState, "commentId", "this was settled already");
    }
    Ok((draft, row))
}

/// Where in a revision a comment is, and the words of that part.
async fn about(
    office: &Office,
    change: &Change<'_>,
    draft: &draft::Model,
    (number, path, span): (i32, Option<&str>, Option<(usize, usize)>),
) -> Result<(About, String)> {
    let found = drafts::revision_numbered(change.tx(), draft.office_id, draft.id, number).await;
    let revision = referenced(found, "revision")?;
    let whole = checks::load(office, change.tx(), draft.office_id, revision.id).await?;
    let part = path.map(|path| place::part(&place::parts_of_whole(&whole), path)).transpose()?;
    let (channel_id, media_id) = place::ids(part.as_ref().map(|part| part.key));
    let bytes = match (&part, span) {
        (_, None) => None,
        (Some(part), Some(span)) => Some(place::bytes(&part.words, span)?),
        (None, Some(_)) => return refuse(RefusalCode::Required, "part", "say in which part these words are"),
    };
    let quote = part.as_ref().zip(bytes).and_then(|(part, (start, end))| part.words.get(start..end));
    let quote = quote.map(str::to_owned);
    let (part, words) = part.map(|part| (part.path, part.words)).unzip();
    let about = About { revision_id: revision.id, quote, part, channel_id, media_id, span: bytes };
    Ok((about, words.unwrap_or_default()))
}

fn row(change: &Change<'_>, draft: &draft::Model, about: About) -> Result<draft_comment::Model> {
    let Some(author_id) = change.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can do this".to_owned()));
    };
    let (start, end) = about.span.unzip();
    Ok(draft_comment::Model {
        id: change.id(),
        office_id: draft.office_id,
        draft_id: draft.id,
        revision_id: about.revision_id,
        parent_id: None,
        part: about.part,
        channel_id: about.channel_id,
        media_id: about.media_id,
        byte_start: start.and_then(|place| place.try_into().ok()),
        byte_end: end.and_then(|place| place.try_into().ok()),
        quote: about.quote,
        text: None,
        replacement: None,
        state: CommentState::Open,
        author_id,
        settled_by: None,
        settled_at: None,
        settled_reason: None,
        accepted_revision_id: None,
        created_at: change.now,
    })
}

async fn insert(
    change: &mut Change<'_>,
    action: &'static str,
    row: draft_comment::Model,
) -> Result<draft_comment::Model> {
    let row = draft_comment::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    change.note(action, "Draft", row.draft_id.0, json!({ "comment": row.id, "revision": row.revision_id }));
    Ok(row)
}

/// Who answers for a draft: whoever wrote part of it, its initiative's project manager, or a coordinator; and `also`.
async fn answers(change: &Change<'_>, draft: &draft::Model, also: Option<MemberId>) -> Result<()> {
    let member = change.requester().member_id();
    if member.is_some() && member == also {
        return Ok(());
    }
    let writers = drafts::writers(change.tx(), draft.office_id, draft.id).await?;
    if member.is_some_and(|id| writers.contains(&id)) {
        return Ok(());
    }
    let initiative =
        read::one::<initiative::Entity>(change.tx(), draft.office_id, draft.initiative_id).await?;
    if policy::manages(change.requester(), initiative.manager_id).is_ok() {
        return Ok(());
    }
    let message = if also.is_some() {
        "only who wrote the comment or part of the draft, its initiative's project manager or a coordinator may do this"
    } else {
        "only who wrote part of the draft, its initiative's project manager or a coordinator may do this"
    };
    refuse(RefusalCode::NotResponsible, "commentId", message)
}

async fn settle(
    change: &mut Change<'_>,
    action: &'static str,
    row: draft_comment::Model,
    state: CommentState,
    more: impl FnOnce(&mut draft_comment::ActiveModel),
) -> Result<draft_comment::Model> {
    let mut edit = draft_comment::ActiveModel::from(row);
    edit.state = Set(state);
    edit.settled_by = Set(change.requester().member_id());
    edit.settled_at = Set(Some(change.now));
    more(&mut edit);
    let row = edit.update(change.tx()).await?;
    change.note(action, "Draft", row.draft_id.0, json!({ "comment": row.id, "state": row.state }));
    Ok(row)
}
