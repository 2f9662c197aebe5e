//! What people say of a draft before it is approved, and in which time it should be.

use office::entity::{
    DraftId, InitiativeId,
    member::Role,
    review_policy::{Step, StepRule},
};
use office::{
    Office,
    comments::{self, CommentOnDraft, SuggestChange},
    pauses::Scope,
    reviews::{self, SetReviewPolicy},
};

use super::{people::Person, story::permit};

/// A question about some words of the draft, the answer, and other words for its beginning.
pub(super) async fn talk(
    office: &Office,
    (author, coordinator): (&Person, &Person),
    (draft_id, text): (DraftId, &str),
) -> anyhow::Result<()> {
    let comment = CommentOnDraft {
        client_key: None,
        draft_id,
        revision: 1,
        part: Some("text".to_owned()),
        span: span(text, "one of our nurses"),
        text: "Does she know that we name her?".to_owned(),
    };
    let comment = comments::comment(office, &permit(office, coordinator).await?, comment).await?;
    let reply = (comment.id, "She does, and likes it.", None);
    comments::reply(office, &permit(office, author).await?, reply).await?;
    let change = SuggestChange {
        client_key: None,
        draft_id,
        revision: 1,
        part: "text".to_owned(),
        span: span(text, "Once a month").unwrap_or_default(),
        replacement: "Every first Monday".to_owned(),
        text: Some("People like to know the day.".to_owned()),
    };
    comments::suggest(office, &permit(office, coordinator).await?, change).await?;
    Ok(())
}

/// Where words are in a text, in UTF-16 units.
fn span(text: &str, words: &str) -> Option<(usize, usize)> {
    let start = text.split_once(words)?.0.encode_utf16().count();
    Some((start, start + words.encode_utf16().count()))
}

/// Drafts of the initiative are decided within two days.
pub(super) async fn policy(
    office: &Office,
    coordinator: &Person,
    initiative: InitiativeId,
) -> anyhow::Result<()> {
    let step = Step {
        rule: StepRule::Any,
        roles: vec![Role::ProjectManager, Role::Coordinator],
        members: Vec::new(),
        deputies: vec![coordinator.id],
        deadline_hours: Some(48),
    };
    let set = SetReviewPolicy {
        client_key: None,
        scope: Scope::Initiative(initiative),
        name: "Within two days".to_owned(),
        steps: vec![step],
    };
    reviews::set(office, &permit(office, coordinator).await?, set).await?;
    Ok(())
}
