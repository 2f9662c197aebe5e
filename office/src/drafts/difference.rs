//! What changed between two revisions, word by word, and where words of the one are in the other. Pure.
//!
//! Words are those of Unicode's text segmentation; what is between them is told too, so that the pieces put together are
//! the text.

use entity::{
    ChannelId, MediaId, channel, media, revision, revision::Capacity, revision_media, revision_target,
};
use imara_diff::{Algorithm, Diff, InternedInput};
use sea_orm::ActiveEnum as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::checks::path_of;

/// A part of a revision, whatever its path is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKey {
    /// Its title.
    Title,
    /// Its text.
    Text,
    /// The channels that it goes to.
    Channels,
    /// The text of one channel.
    Variant(ChannelId),
    /// Its link.
    Link,
    /// The post of others that it passes on.
    Amplifies,
    /// What the public said that it answers.
    Answers,
    /// In which capacity it speaks.
    Capacity,
    /// The key message that it serves.
    KeyMessage,
    /// Whether its author is in doubt.
    InDoubt,
    /// Its sources.
    Sources,
    /// A media item, and what is declared of it.
    Media(MediaId),
    /// The alternative text of a media item.
    Alt(MediaId),
}

/// A part with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub key: PartKey,
    /// Its path, as findings name it.
    pub path: String,
    /// Its words; of what has no words of its own, as people read it.
    pub words: String,
}

/// Every part of a revision that says something, in the order in which people read them.
pub fn parts(
    revision: &revision::Model,
    targets: &[(revision_target::Model, channel::Model)],
    media: &[(revision_media::Model, media::Model)],
) -> Vec<Part> {
    let part = |key, path: &str, words: &str| Part { key, path: path.to_owned(), words: words.to_owned() };
    let mut parts = vec![
        part(PartKey::Title, "title", &revision.title),
        part(PartKey::Text, "text", &revision.text),
        part(PartKey::Channels, "channels", &lines(targets.iter().map(channel_line))),
    ];
    for (target, _) in targets {
        let path = path_of(targets, target);
        parts.extend(
            target.text.as_deref().map(|text| part(PartKey::Variant(target.channel_id), &path, text)),
        );
    }
    let capacity = revision.capacity.as_ref().map(Capacity::to_value).unwrap_or_default();
    let doubt = if revision.in_doubt { "in doubt" } else { "" };
    parts.extend([
        part(PartKey::Link, "link", revision.link.as_deref().unwrap_or_default()),
        part(PartKey::Amplifies, "amplifies", revision.amplifies.as_deref().unwrap_or_default()),
        part(PartKey::Answers, "answers", revision.answers_remote_id.as_deref().unwrap_or_default()),
        part(PartKey::Capacity, "capacity", &capacity),
        part(PartKey::KeyMessage, "keyMessage", revision.key_message.as_deref().unwrap_or_default()),
        part(PartKey::InDoubt, "inDoubt", doubt),
        part(PartKey::Sources, "sources", &lines(revision.sources.0.iter().map(source_line))),
    ]);
    for (index, (place, item)) in media.iter().enumerate() {
        let (path, alt) = (format!("media[{index}]"), format!("media[{index}].alt"));
        parts.push(part(PartKey::Media(item.id), &path, &media_line(place, item)));
        parts.push(part(PartKey::Alt(item.id), &alt, place.alt_text.as_deref().unwrap_or_default()));
    }
    parts.retain(|part| !part.words.is_empty());
    parts
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn channel_line((target, channel): &(revision_target::Model, channel::Model)) -> String {
    let thread = if target.parts.is_some() { ", as a thread" } else { "" };
    format!("{} {}{thread}", channel.platform.to_value(), channel.handle)
}

fn source_line(source: &revision::Source) -> String {
    let by = source.permission_by.as_ref().map(|by| format!(", permitted by {by}")).unwrap_or_default();
    let on = source.permitted_on.map(|day| format!(" on {day}")).unwrap_or_default();
    format!("{}{by}{on}", source.description)
}

fn media_line(place: &revision_media::Model, item: &media::Model) -> String {
    let told = |flag: Option<bool>, yes: &str, no: &str| flag.map(|is| if is { yes } else { no }.to_owned());
    // Another file with captions of the same language is another file.
    let file = |id: MediaId| {
        id.to_string().chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect::<String>()
    };
    let captions = place.captions().iter();
    let captions =
        captions.map(|caption| format!("captions {} (file {})", caption.language, file(caption.media_id)));
    let declared = [
        place.decorative.then(|| "decorative".to_owned()),
        told(place.shows_people, "shows people", "shows nobody"),
        told(place.document, "a document", "no document"),
    ];
    let all = std::iter::once(item.file_name.clone()).chain(declared.into_iter().flatten()).chain(captions);
    all.collect::<Vec<_>>().join(", ")
}

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// They are in both.
    Kept,
    /// They are in the later one only.
    Added,
    /// They are in the earlier one only.
    Removed,
}

/// Words that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What became of them.
    pub kind: ChangeKind,
    /// The words, with what is between them.
    pub words: String,
}

/// A part that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path in the later one, or in the earlier one where the later one does not have it.
    pub path: String,
    /// All of its words, in order.
    pub segments: Vec<Segment>,
}

/// The parts that changed between two revisions, in the order of the later one; then those that are gone.
pub fn changes(earlier: &[Part], later: &[Part]) -> Vec<Change> {
    let before = |key: PartKey| earlier.iter().find(|part| part.key == key).map_or("", |part| &part.words);
    let changed = later.iter().filter(|part| before(part.key) != part.words);
    let changed = changed
        .map(|part| Change { path: part.path.clone(), segments: segments(before(part.key), &part.words) });
    let gone = earlier.iter().filter(|part| later.iter().all(|other| other.key != part.key));
    let gone = gone.map(|part| Change { path: part.path.clone(), segments: segments(&part.words, "") });
    changed.chain(gone).collect()
}

/// Two texts as one row of words that are kept, added or removed.
fn segments(before: &str, after: &str) -> Vec<Segment> {
    let mut row = Row::default();
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_word_bounds().collect(), after.split_word_bounds().collect());
    if !row.compare(&old, &new, Row::replace) {
        // Too much for words: sentence by sentence first, then word by word within those that changed.
        let (old, new): (Vec<&str>, Vec<&str>) =
            (before.split_sentence_bounds().collect(), after.split_sentence_bounds().collect());
        if !row.compare(&old, &new, Row::by_words) {
            row.replace(before, after);
        }
    }
    row.0
}

/// Pairs of words, of two texts without what they begin and end with alike, that are compared at most: that bounds the work.
const PAIRS_AT_MOST: usize = 1_000_000;

/// The row so far.
#[derive(Default)]
struct Row(Vec<Segment>);

impl Row {
    fn push(&mut self, kind: ChangeKind, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.0.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.words.push_str(words),
            None => self.0.push(Segment { kind, words: words.to_owned() }),
        }
    }

    fn replace(&mut self, before: &str, after: &str) {
        self.push(ChangeKind::Removed, before);
        self.push(ChangeKind::Added, after);
    }

    fn by_words(&mut self, before: &str, after: &str) {
        let (old, new): (Vec<&str>, Vec<&str>) =
            (before.split_word_bounds().collect(), after.split_word_bounds().collect());
        if !self.compare(&old, &new, Self::replace) {
            self.replace(before, after);
        }
    }

    /// Tells what is the same, and leaves each stretch that is not to `changed`. False, and nothing told, where that would be
    /// too much work.
    fn compare(&mut self, old: &[&str], new: &[&str], changed: fn(&mut Self, &str, &str)) -> bool {
        let alike = old.iter().zip(new).take_while(|(one, other)| one == other).count();
        let (rest, other) = (old.get(alike..).unwrap_or_default(), new.get(alike..).unwrap_or_default());
        let end = rest.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
        if (rest.len() - end).saturating_mul(other.len() - end) > PAIRS_AT_MOST {
            return false;
        }
        let said = |words: &[&str], from: u32, to: u32| -> String {
            let place = usize::try_from(from).ok().zip(usize::try_from(to).ok());
            place.and_then(|(from, to)| words.get(from..to)).unwrap_or_default().concat()
        };
        let mut at = 0;
        for hunk in difference(old, new).hunks() {
            self.push(ChangeKind::Kept, &said(old, at, hunk.before.start));
            let (gone, come) = (hunk.before.start..hunk.before.end, hunk.after.start..hunk.after.end);
            changed(self, &said(old, gone.start, gone.end), &said(new, come.start, come.end));
            at = hunk.before.end;
        }
        self.push(ChangeKind::Kept, &said(old, at, u32::try_from(old.len()).unwrap_or(u32::MAX)));
        true
    }
}

fn difference(old: &[&str], new: &[&str]) -> Diff {
    let mut input = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    Diff::compute(Algorithm::Histogram, &input)
}

/// Where bytes of the earlier text are in the later one; none when any of them was changed or taken away, or something was
/// put between them.
pub fn moved(before: &str, after: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let (mut old, mut new) = (0, 0);
    for Segment { kind, words } in segments(before, after) {
        let length = words.len();
        match kind {
            ChangeKind::Kept if old <= start && end <= old + length => {
                return Some((new + start - old, new + end - old));
            }
            ChangeKind::Kept => (old, new) = (old + length, new + length),
            ChangeKind::Removed => old += length,
            ChangeKind::Added => new += length,
        }
    }
    None
}

#[cfg(test)]
mod tests;
