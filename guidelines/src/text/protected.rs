//! What looks like a secret to a pattern and is none: web addresses, tags, mentions and the like.
//! It does not know which rule asks.

use std::ops::Range;

use super::Shadow;

/// What a protected part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProtectedKind {
    /// A web address.
    Url,
    /// A hashtag.
    Tag,
    /// A mention.
    Mention,
}

/// A part of a shadow that is something known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    /// Where, in the shadow.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ProtectedKind,
}

impl Shadow<'_> {
    /// Its protected parts, in order; where two overlap the earlier and longer stays.
    pub fn protected(&self) -> Vec<Protected> {
        let urls = self.links().into_iter().map(|link| (link.range, ProtectedKind::Url));
        let tags = self.tags().into_iter().map(|tag| (tag.range, ProtectedKind::Tag));
        let mentions = self.mentions().into_iter().map(|mention| (mention.range, ProtectedKind::Mention));
        let found = urls.chain(tags).chain(mentions).map(|(range, kind)| Protected { range, kind });
        apart(found.collect())
    }
}

fn apart(mut found: Vec<Protected>) -> Vec<Protected> {
    found.sort_by_key(|part| (part.range.start, std::cmp::Reverse(part.range.end)));
    let mut out: Vec<Protected> = Vec::with_capacity(found.len());
    for part in found {
        if out.last().is_none_or(|last| part.range.start >= last.range.end) {
            out.push(part);
        }
    }
    out
}
