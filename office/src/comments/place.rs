//! Where a comment is: in its own revision, and in the newest one. Pure.

use entity::{ChannelId, MediaId, draft_comment};

use crate::{
    checks::WholeRevision,
    drafts::{Part, PartKey, moved, parts},
    error::{RefusalCode, Result, refuse},
};

/// A place in a part's words, counted in both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the UTF-8 form, from and to.
    pub bytes: (usize, usize),
    /// Units of the UTF-16 form, from and to.
    pub utf16: (usize, usize),
}

impl Span {
    fn of(words: &str, bytes: (usize, usize)) -> Option<Self> {
        let units = |byte: usize| Some(words.get(..byte)?.encode_utf16().count());
        Some(Self { bytes, utf16: (units(bytes.0)?, units(bytes.1)?) })
    }
}

/// What became of a comment's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is about no words of its own.
    NoWords,
    /// They stand here, in this part.
    Here(String, Span),
    /// They were changed or taken away.
    Gone,
}

/// Every part of a revision.
pub(super) fn parts_of_whole(whole: &WholeRevision) -> Vec<Part> {
    let media: Vec<_> =
        whole.media.iter().map(|placed| (placed.place.clone(), placed.item.clone())).collect();
    parts(&whole.revision, &whole.targets, &media)
}

/// The part with this path.
pub(super) fn part(parts: &[Part], path: &str) -> Result<Part> {
    if let Some(part) = parts.iter().find(|part| part.path == path) {
        return Ok(part.clone());
    }
    let paths: Vec<&str> = parts.iter().map(|part| part.path.as_str()).collect();
    refuse(
        RefusalCode::Invalid,
        "part",
        format!("this revision has no such part: it has {}", paths.join(", ")),
    )
}

/// The bytes of a place that is counted in UTF-16 units.
pub(super) fn bytes(words: &str, (start, end): (usize, usize)) -> Result<(usize, usize)> {
    let (mut units, mut from, mut to) = (0, None, None);
    for (byte, char) in
        words.char_indices().map(|(byte, char)| (byte, Some(char))).chain([(words.len(), None)])
    {
        if units == start {
            from = Some(byte);
        }
        if units == end {
            to = Some(byte);
        }
        units += char.map_or(0, char::len_utf16);
    }
    match from.zip(to).filter(|(from, to)| from <= to) {
        Some(bytes) => Ok(bytes),
        None => refuse(
            RefusalCode::Invalid,
            "span",
            format!(
                "the part has {units} UTF-16 units: name a place within, not in the middle of a character"
            ),
        ),
    }
}

/// What a part's key is stored as, beside its path.
pub(super) fn ids(key: Option<PartKey>) -> (Option<ChannelId>, Option<MediaId>) {
    match key {
        Some(PartKey::Variant(id)) => (Some(id), None),
        Some(PartKey::Media(id) | PartKey::Alt(id)) => (None, Some(id)),
        _ => (None, None),
    }
}

/// The part that a comment is about, whatever its path is in another revision; none for one on the whole.
pub(super) fn key_of(comment: &draft_comment::Model) -> Option<PartKey> {
    let path = comment.part.as_deref()?;
    Some(match (comment.channel_id, comment.media_id) {
        (Some(id), _) => PartKey::Variant(id),
        (_, Some(id)) if path.ends_with(']') => PartKey::Media(id),
        (_, Some(id)) => PartKey::Alt(id),
        _ => match path {
            "title" => PartKey::Title,
            "channels" => PartKey::Channels,
            "link" => PartKey::Link,
            "amplifies" => PartKey::Amplifies,
            "answers" => PartKey::Answers,
            "capacity" => PartKey::Capacity,
            "keyMessage" => PartKey::KeyMessage,
            "inDoubt" => PartKey::InDoubt,
            "sources" => PartKey::Sources,
            _ => PartKey::Text,
        },
    })
}

/// The bytes that a comment is about in its own revision.
pub(super) fn own_bytes(comment: &draft_comment::Model) -> Option<(usize, usize)> {
    let (start, end) = comment.byte_start.zip(comment.byte_end)?;
    usize::try_from(start).ok().zip(usize::try_from(end).ok())
}

/// Where the words of a comment are in a later revision, by the parts of its own and of that one.
pub fn standing(comment: &draft_comment::Model, own: &[Part], later: &[Part]) -> Standing {
    let Some((key, bytes)) = key_of(comment).zip(own_bytes(comment)) else { return Standing::NoWords };
    let of = |parts: &[Part]| parts.iter().find(|part| part.key == key).cloned();
    let Some((before, after)) = of(own).zip(of(later)) else { return Standing::Gone };
    let there = moved(&before.words, &after.words, bytes).and_then(|bytes| Span::of(&after.words, bytes));
    there.map_or(Standing::Gone, |span| Standing::Here(after.path, span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_javascript_does() {
        assert_eq!(bytes("a😀b", (1, 3)).unwrap(), (1, 5));
        assert_eq!(bytes("a😀b", (4, 4)).unwrap(), (6, 6), "the end");
        assert!(bytes("a😀b", (2, 3)).is_err(), "within a character");
        assert!(bytes("ab", (1, 3)).is_err());
        assert!(bytes("ab", (2, 1)).is_err());
        let span = Span::of("a😀b", (5, 6)).unwrap();
        assert_eq!(span.utf16, (3, 4));
    }
}
