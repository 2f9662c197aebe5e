//! The way between a text and its shadow, grapheme by grapheme, kept in runs.
//! It does not know how a grapheme is folded.

use std::ops::Range;

/// A grapheme's beginning in the shadow, in the text and in UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) folded: usize,
    pub(super) raw: usize,
    pub(super) utf16: usize,
}

impl Mark {
    /// So many ASCII graphemes later, each of which is one byte in all three.
    const fn after(self, graphemes: usize) -> Self {
        Self { folded: self.folded + graphemes, raw: self.raw + graphemes, utf16: self.utf16 + graphemes }
    }
}

/// Where a run begins: one grapheme, or any number of ASCII ones that stand in the shadow as they are.
#[derive(Clone, Copy, Debug)]
struct Run {
    mark: Mark,
    plain: bool,
}

/// Every grapheme's mark, and the end.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    runs: Vec<Run>,
    end: Mark,
}

impl Marks {
    pub(super) const fn new() -> Self {
        Self { runs: Vec::new(), end: Mark { folded: 0, raw: 0, utf16: 0 } }
    }

    /// Adds ASCII graphemes that stand in the shadow as they are.
    pub(super) fn push_plain(&mut self, graphemes: usize) {
        if graphemes > 0 && self.runs.last().is_none_or(|run| !run.plain) {
            self.runs.push(Run { mark: self.end, plain: true });
        }
        self.end = self.end.after(graphemes);
    }

    /// Adds one grapheme of any kind.
    pub(super) fn push_one(&mut self, folded: usize, raw: usize, utf16: usize) {
        self.runs.push(Run { mark: self.end, plain: false });
        let Mark { folded: f, raw: r, utf16: u } = self.end;
        self.end = Mark { folded: f + folded, raw: r + raw, utf16: u + utf16 };
    }

    /// The marks at or before a range's beginning and at or after its end, in the terms of `key`.
    pub(super) fn around(&self, range: &Range<usize>, key: impl Fn(&Mark) -> usize) -> (Mark, Mark) {
        let first = self.last_until(range.start, &key);
        let after = self.first_from(range.end, &key);
        if after.raw < first.raw { (first, first) } else { (first, after) }
    }

    /// The last mark that is not past `at`; the first of all where every one is.
    fn last_until(&self, at: usize, key: impl Fn(&Mark) -> usize) -> Mark {
        if key(&self.end) <= at {
            return self.end;
        }
        let next = self.runs.partition_point(|run| key(&run.mark) <= at);
        match self.runs.get(next.saturating_sub(1)) {
            Some(run) if run.plain => run.mark.after(at.saturating_sub(key(&run.mark))),
            Some(run) => run.mark,
            None => self.end,
        }
    }

    /// The first mark that is not before `at`; the end where every one is.
    fn first_from(&self, at: usize, key: impl Fn(&Mark) -> usize) -> Mark {
        let next = self.runs.partition_point(|run| key(&run.mark) < at);
        let following = self.runs.get(next).map_or(self.end, |run| run.mark);
        let before = next.checked_sub(1).and_then(|before| self.runs.get(before));
        match before {
            Some(run) if run.plain && at < key(&following) => run.mark.after(at - key(&run.mark)),
            _ => following,
        }
    }
}
