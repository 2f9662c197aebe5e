//! What looks like a secret to a pattern and is none: web addresses, tags, mentions and the like.
//! It does not know which rule asks.

mod records;

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
    /// What public records, papers, data and machines are known by: DOI, trial, ORCID, ISBN, UUID, digest and the like.
    Record,
    /// A number behind a word that says what it numbers: grant, lot, meeting, shipment.
    Labelled,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A number with thousands marked off, or with a unit.
    Quantity,
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
        // Digits between dots look like a host and are none with a name.
        let urls = self
            .links()
            .into_iter()
            .filter(|link| link.text.contains(char::is_alphabetic))
            .map(|link| (link.range, ProtectedKind::Url));
        // No platform makes a tag of digits alone.
        let worded = |text: &str| text.chars().any(|c| !c.is_ascii_digit());
        let tags =
            self.tags().into_iter().filter(|tag| worded(tag.text)).map(|tag| (tag.range, ProtectedKind::Tag));
        let mentions = self.mentions().into_iter().map(|mention| (mention.range, ProtectedKind::Mention));
        let mut found: Vec<Protected> =
            urls.chain(tags).chain(mentions).map(|(range, kind)| Protected { range, kind }).collect();
        records::find(self.folded(), &mut found);
        apart(found)
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
