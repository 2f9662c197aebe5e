//! A finding's fix, made in one step: the newest revision with one place replaced, as the next revision.
//!
//! Knows which part of a revision a finding's target is. Which place is replaced by what, the rule says.

use entity::{DraftId, draft};
use serde::Serialize;
use serde_json::json;

use super::{CaptionPlace, Content, MediaPlace, SourceInput, Target, current, next_revision};
use crate::{
    Office,
    checks::{self, Judged, WholeRevision},
    client_keys::Call,
    compose::Placed,
    error::{RefusalCode, Result, refuse},
    handbooks,
    policy::{Permit, op},
    read,
};

/// Which fix to make.
#[derive(Debug, Clone, Serialize)]
pub struct ApplyFix {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Which draft.
    pub draft_id: DraftId,
    /// The version that was read; another means that somebody changed it meanwhile.
    pub expected_version: i64,
    /// The finding, by its key.
    pub finding_key: String,
}

/// Makes a finding's fix: a new revision, as if somebody had typed it.
pub async fn apply_fix(
    office: &Office,
    permit: &Permit<op::ApplyFix>,
    input: ApplyFix,
) -> Result<draft::Model> {
    let call = Call::new::<op::ApplyFix>(input.client_key.as_deref(), &input)?;
    let handbook = handbooks::in_force(office, office.db.read(), permit.office_id()).await?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<draft::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let draft = current(&change, input.draft_id, input.expected_version).await?;
    let whole = checks::load(office, change.tx(), draft.office_id, draft.revision_id).await?;
    let found = whole.check_all(&handbook.handbook, change.now);
    let found = checks::named(&found, &input.finding_key)?;
    let content = fixed(&whole, found)?;
    let (draft, number) = next_revision(office, &mut change, &draft, &content).await?;
    let detail = json!({ "revision": number, "state": draft.state, "rule": found.finding.rule });
    change.note("applyFix", "Draft", draft.id.0, detail);
    call.remember(&change, draft.id.0).await?;
    change.commit().await?;
    Ok(draft)
}

/// The revision's content with the place replaced.
fn fixed(whole: &WholeRevision, found: &Judged) -> Result<Content> {
    let finding = &found.finding;
    let Some(fix) = &finding.fix else {
        return refuse(
            RefusalCode::IllegalState,
            "findingKey",
            "this finding has no fix that is safe to make by itself: revise the draft",
        );
    };
    let mut content = content_of(whole);
    let replaced = part(&mut content, whole, &finding.target).is_some_and(|part| replace(part, fix));
    if replaced {
        return Ok(content);
    }
    refuse(
        RefusalCode::IllegalState,
        "findingKey",
        "what would be replaced is not part of the draft: it comes from the channel, or from a caption file",
    )
}

/// What a revision says, as it would be written again.
pub(crate) fn content_of(whole: &WholeRevision) -> Content {
    let revision = &whole.revision;
    let source = |source: &entity::revision::Source| SourceInput {
        description: source.description.clone(),
        permission_by: source.permission_by.clone(),
        permitted_on: source.permitted_on,
    };
    let target = |(target, _): &(entity::revision_target::Model, entity::channel::Model)| Target {
        channel_id: target.channel_id,
        text: target.text.clone(),
        thread: target.parts.is_some(),
    };
    let caption = |caption: &entity::revision_media::Caption| CaptionPlace {
        media_id: caption.media_id,
        language: caption.language.clone(),
        label: caption.label.clone(),
    };
    let place = |Placed { place, .. }: &Placed| MediaPlace {
        media_id: place.media_id,
        alt_text: place.alt_text.clone(),
        decorative: place.decorative,
        shows_people: place.shows_people,
        document: place.document,
        captions: place.captions().iter().map(caption).collect(),
    };
    Content {
        title: revision.title.clone(),
        text: revision.text.clone(),
        link: revision.link.clone(),
        amplifies: revision.amplifies.clone(),
        answers: revision.answers,
        capacity: revision.capacity,
        key_message: revision.key_message.clone().filter(|_| revision.key_message_id.is_none()),
        key_message_id: revision.key_message_id,
        in_doubt: revision.in_doubt,
        sources: revision.sources.0.iter().map(source).collect(),
        targets: whole.targets.iter().map(target).collect(),
        media: whole.media.iter().map(place).collect(),
    }
}

/// The part of the content that a finding's target names; none when it is no part of it.
fn part<'c>(content: &'c mut Content, whole: &WholeRevision, target: &str) -> Option<&'c mut String> {
    if target == "text" {
        return Some(&mut content.text);
    }
    if target == "link" {
        return content.link.as_mut();
    }
    if let Some(rest) = target.strip_prefix("media[") {
        let index: usize = rest.strip_suffix("].alt")?.parse().ok()?;
        return content.media.get_mut(index)?.alt_text.as_mut();
    }
    let named = whole.targets.iter().position(|(row, _)| row.text.is_some() && whole.path(row) == target)?;
    content.targets.get_mut(named)?.text.as_mut()
}

/// Whether the place was there. One beyond the end is in the channel's signature, which is no part of the draft; what is
/// added behind it is added before it.
fn replace(part: &mut String, fix: &guidelines::Fix) -> bool {
    let place = usize::try_from(fix.byte_start).ok().zip(usize::try_from(fix.byte_end).ok());
    let Some((start, end)) = place else { return false };
    if start == end && start > part.len() {
        part.push_str(&fix.replacement);
        return true;
    }
    if part.get(start..end).is_none() {
        return false;
    }
    part.replace_range(start..end, &fix.replacement);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, byte_start: u32, byte_end: u32) -> Option<String> {
        let mut part = text.to_owned();
        let fix =
            guidelines::Fix { label: String::new(), byte_start, byte_end, replacement: "#New".to_owned() };
        replace(&mut part, &fix).then_some(part)
    }

    #[test]
    fn a_place_is_replaced_and_nothing_else() {
        assert_eq!(after("An #old tag.", 3, 7).as_deref(), Some("An #New tag."));
        assert_eq!(after("The end ", 8, 8).as_deref(), Some("The end #New"));
        assert_eq!(after("The end ", 30, 30).as_deref(), Some("The end #New"), "before the signature");
        assert_eq!(after("Short", 3, 9), None, "in the signature");
        assert_eq!(after("é", 1, 2), None, "within a character");
    }
}
