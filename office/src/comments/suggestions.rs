//! Suggested changes: other words in the place of some. Whoever answers for the draft accepts one in one step, as a new
//! revision; whoever suggested it wrote those words then, and approves them no more (invariant 5).

use entity::{DraftCommentId, DraftId, draft, draft_comment, draft_comment::CommentState};
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use serde_json::json;

use super::{
    Standing, about, answers, insert, key_of, open_comment, open_draft, place, row, settle, standing,
};
use crate::{
    Office,
    change::Change,
    checks,
    client_keys::Call,
    drafts::{self, Content, PartKey},
    error::{RefusalCode, Result, refuse},
    fields,
    policy::{Permit, op},
    read,
};

/// A change to suggest.
#[derive(Debug, Clone, Serialize)]
pub struct SuggestChange {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Of which draft.
    pub draft_id: DraftId,
    /// Of which of its revisions, by number.
    pub revision: i32,
    /// Path of the part, as findings name it.
    pub part: String,
    /// The words that would be replaced, counted in UTF-16 units; none of them where something would be put in.
    pub span: (usize, usize),
    /// What would take their place; empty: they would go.
    pub replacement: String,
    /// Why.
    pub text: Option<String>,
}

/// A suggestion to accept.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptSuggestion {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Which.
    pub comment_id: DraftCommentId,
    /// The version of the draft that was read; another means that somebody changed it meanwhile.
    pub expected_version: i64,
}

/// Suggests other words.
pub async fn suggest(
    office: &Office,
    permit: &Permit<op::SuggestChange>,
    input: SuggestChange,
) -> Result<draft_comment::Model> {
    let call = Call::new::<op::SuggestChange>(input.client_key.as_deref(), &input)?;
    let text = fields::optional_paragraph(&office.limits, "text", input.text.as_deref())?;
    let replacement = fields::text(office.limits.draft_text_chars, "replacement", &input.replacement)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<draft_comment::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let draft = open_draft(&change, input.draft_id).await?;
    let place = (input.revision, Some(input.part.as_str()), Some(input.span));
    let (about, words) = about(office, &change, &draft, place).await?;
    if about.quote.as_deref() == Some(replacement.as_str()) {
        return refuse(RefusalCode::Invalid, "replacement", "these are the words that are there");
    }
    let row = draft_comment::Model { text, replacement: Some(replacement), ..row(&change, &draft, about)? };
    if !key_of(&row).is_some_and(replaceable) {
        let message = "only the title, the text, a channel's text, the link and alternative texts can be replaced: \
                       comment on this part instead";
        return refuse(RefusalCode::Invalid, "part", message);
    }
    possible(&change, &row, &words)?;
    let row = insert(&mut change, "suggestChange", row).await?;
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// Refuses words that could never be accepted: what they would make of the part is judged as if it had been typed.
fn possible(change: &Change<'_>, row: &draft_comment::Model, words: &str) -> Result<()> {
    let (Some(key), Some((start, end))) = (key_of(row), place::own_bytes(row)) else { return Ok(()) };
    let mut made = words.to_owned();
    if made.get(start..end).is_some() {
        made.replace_range(start..end, row.replacement.as_deref().unwrap_or_default());
    }
    let limits = change.limits();
    match key {
        PartKey::Title => fields::line(limits, "replacement", &made).map(drop),
        PartKey::Link => fields::web_address(limits, "replacement", &made).map(drop),
        PartKey::Alt(_) => fields::optional_paragraph(limits, "replacement", Some(&made)).map(drop),
        _ => fields::text(limits.draft_text_chars, "replacement", &made).map(drop),
    }
}

/// Makes a suggested change: a new revision, as if somebody had typed it.
pub async fn accept(
    office: &Office,
    permit: &Permit<op::AcceptSuggestion>,
    input: AcceptSuggestion,
) -> Result<(draft::Model, draft_comment::Model)> {
    let call = Call::new::<op::AcceptSuggestion>(input.client_key.as_deref(), &input)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        let row = read::one::<draft_comment::Entity>(change.tx(), permit.office_id(), id).await?;
        return Ok((read::one::<draft::Entity>(change.tx(), row.office_id, row.draft_id).await?, row));
    }
    let (draft, row) = open_comment(&change, input.comment_id).await?;
    let draft = drafts::current(&change, draft.id, input.expected_version).await?;
    let Some(replacement) = row.replacement.clone() else {
        let message = "this is a comment and suggests no words: resolve it";
        return refuse(RefusalCode::IllegalState, "commentId", message);
    };
    answers(&change, &draft, None).await?;
    let own = checks::load(office, change.tx(), draft.office_id, row.revision_id).await?;
    let newest = checks::load(office, change.tx(), draft.office_id, draft.revision_id).await?;
    let mut content = drafts::content_of(&newest);
    let stands = standing(&row, &place::parts_of_whole(&own), &place::parts_of_whole(&newest));
    let Standing::Here(_, span) = stands else {
        let message =
            "the words that it would replace were changed meanwhile: decline it, or suggest it anew";
        return refuse(RefusalCode::Conflict, "commentId", message);
    };
    let replaced = key_of(&row)
        .and_then(|key| part(&mut content, key))
        .filter(|words| words.get(span.bytes.0..span.bytes.1).is_some());
    let Some(words) = replaced else {
        let message = "the part that it would change is not there any more: decline it";
        return refuse(RefusalCode::Conflict, "commentId", message);
    };
    words.replace_range(span.bytes.0..span.bytes.1, &replacement);
    let (draft, number) = drafts::next_revision(office, &mut change, &draft, &content).await?;
    let made = draft.revision_id;
    let row = settle(&mut change, "acceptSuggestion", row, CommentState::Accepted, |edit| {
        edit.accepted_revision_id = Set(Some(made));
    })
    .await?;
    change.note("reviseDraft", "Draft", draft.id.0, json!({ "revision": number, "state": draft.state }));
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok((draft, row))
}

/// Says that a suggested change is not wanted. Whoever suggested it takes it back the same way.
pub async fn decline(
    office: &Office,
    permit: &Permit<op::DeclineSuggestion>,
    id: DraftCommentId,
    reason: Option<&str>,
) -> Result<draft_comment::Model> {
    let reason = fields::optional_paragraph(&office.limits, "reason", reason)?;
    let mut change = office.begin(permit.requester()).await?;
    let (draft, row) = open_comment(&change, id).await?;
    if row.replacement.is_none() {
        let message = "this is a comment and suggests no words: resolve it";
        return refuse(RefusalCode::IllegalState, "commentId", message);
    }
    answers(&change, &draft, Some(row.author_id)).await?;
    let row = settle(&mut change, "declineSuggestion", row, CommentState::Declined, |edit| {
        edit.settled_reason = Set(reason);
    })
    .await?;
    change.commit().await?;
    Ok(row)
}

fn replaceable(key: PartKey) -> bool {
    matches!(key, PartKey::Title | PartKey::Text | PartKey::Link | PartKey::Variant(_) | PartKey::Alt(_))
}

fn part(content: &mut Content, key: PartKey) -> Option<&mut String> {
    match key {
        PartKey::Title => Some(&mut content.title),
        PartKey::Text => Some(&mut content.text),
        PartKey::Link => content.link.as_mut(),
        PartKey::Variant(id) => {
            content.targets.iter_mut().find(|target| target.channel_id == id)?.text.as_mut()
        }
        PartKey::Alt(id) => content.media.iter_mut().find(|place| place.media_id == id)?.alt_text.as_mut(),
        _ => None,
    }
}
