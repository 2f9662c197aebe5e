//! A text that is read fact by fact: what has been read is blanked, so that it is not read again.
//! It does not know what a fact looks like.

use std::ops::Range;

use crate::pattern::Regex;
use regex::Captures;

use super::{Fact, FactKind, Value};
use crate::{ProtectedKind, Shadow};

/// What a match states, and how far it reaches.
pub(super) type Read = (Vec<(FactKind, Value)>, Range<usize>);

/// A text being read.
pub(in super::super) struct Sheet<'s> {
    /// The text in its own case.
    pub(super) folded: &'s str,
    /// What is left of it, in lower case, at the same places.
    pub(super) left: String,
    /// What has been read.
    pub(super) facts: Vec<Fact>,
}

impl<'s> Sheet<'s> {
    /// Of a text; tags, mentions and what records are known by state nothing.
    pub(super) fn of(shadow: &'s Shadow<'_>) -> Self {
        let mut sheet = Self { folded: shadow.folded(), left: shadow.lower(), facts: Vec::new() };
        let mute = |kind| matches!(kind, ProtectedKind::Tag | ProtectedKind::Mention | ProtectedKind::Record);
        for part in shadow.protected().iter().filter(|part| mute(part.kind)) {
            sheet.blank(&part.range);
        }
        sheet
    }

    /// Notes a fact.
    pub(super) fn note(&mut self, kind: FactKind, value: Value, range: &Range<usize>) {
        let shown = self.folded.get(range.clone()).unwrap_or_default().trim().chars().take(60).collect();
        self.facts.push(Fact { kind, value, shown });
    }

    /// Blanks a part.
    pub(super) fn blank(&mut self, range: &Range<usize>) {
        if self.left.get(range.clone()).is_some() {
            self.left.replace_range(range.clone(), &" ".repeat(range.len()));
        }
    }

    /// Reads with a pattern until it finds no more: `read` answers with what a match states and how far it reaches.
    pub(super) fn each(
        &mut self,
        pattern: &Regex,
        mut read: impl FnMut(&Captures<'_>, &str) -> Option<Read>,
    ) {
        let mut from = 0;
        let mut found = Vec::new();
        while let Some(captures) = pattern.captures_at(&self.left, from) {
            let Some(whole) = captures.get(0) else { break };
            let rest = self.left.get(whole.end()..).unwrap_or_default();
            let (values, range) = read(&captures, rest).unwrap_or((Vec::new(), whole.end()..whole.end()));
            from = range.end.max(whole.start() + 1);
            while from < self.left.len() && !self.left.is_char_boundary(from) {
                from += 1;
            }
            if !values.is_empty() {
                found.push((values, range));
            }
            if from >= self.left.len() {
                break;
            }
        }
        for (values, range) in found {
            for (kind, value) in values {
                self.note(kind, value, &range);
            }
            self.blank(&range);
        }
    }
}

/// A captured number; absent where nothing was captured.
pub(super) fn number(captures: &Captures<'_>, name: &str) -> Option<u32> {
    captures.name(name)?.as_str().parse().ok()
}
