//! Up to where what others said is known: a place for each list that is read, since each grows at its own pace. Pure; it does
//! not know how a list is read.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::http::failure::Failure;

/// Seconds by which the platform may list something later than it says that it was said: what is that close to the newest is
/// looked at again.
const LATE: i64 = 120;

/// From where to read on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cursor {
    /// Below a post without a place of its own, whatever is older than this was there when it was read first.
    pub(super) at: i64,
    /// By the post's id.
    pub(super) posts: BTreeMap<String, Place>,
    /// Absent: mentions were never read.
    pub(super) mentions: Option<Place>,
    /// When it was read last, in seconds; absent: as an older version left it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) read_at: Option<i64>,
}

impl Cursor {
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        serde_json::from_str(text).map_err(|_unreadable| {
            Failure::refused("CURSOR_INVALID", "this is not a place in what was said to the Page")
        })
    }

    /// Whether what is newer may have come below this since: it was just said when it was read, and the platform lists late; or
    /// it is said to be of a time to come.
    pub(super) fn may_lack_more(&self, at: i64) -> bool {
        self.read_at.is_some_and(|read_at| at >= read_at.saturating_sub(LATE))
    }

    /// The place in the comments below a post.
    pub(super) fn below(&self, post: &str) -> Place {
        self.posts.get(post).cloned().unwrap_or_else(|| Place::at(self.at))
    }
}

/// A place in one list, which is read from the newest back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub(super) known: Known,
    /// What is still to be read before anything newer is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rest: Option<Rest>,
}

/// The older part of what is new, where that was too much for one reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rest {
    /// The platform's name for where it begins; absent: at the newest.
    pub(super) after: Option<String>,
    /// Where it ends.
    pub(super) until: Known,
    /// In so many readings the platform told that there is more.
    #[serde(default)]
    pub(super) steps: u16,
}

impl Rest {
    /// Readings after which the way back leads nowhere.
    const STEPS: u16 = 100;

    /// Where it goes on after one more reading; none: nowhere.
    pub(super) fn on(after: String, until: Known, walked: Option<&Self>) -> Option<Self> {
        let steps = walked.map_or(0, |walked| walked.steps).saturating_add(1);
        (steps <= Self::STEPS).then_some(Self { after: Some(after), until, steps })
    }
}

/// Everything older than a time, and of what is younger these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// Seconds.
    pub(super) at: i64,
    pub(super) ids: BTreeSet<String>,
}

impl Known {
    /// After a reading that gave everything since, by its time and id. A time that is still to come says nothing of what is new.
    pub(super) fn then<'a>(&self, read: impl Iterator<Item = (i64, &'a str)> + Clone, now: i64) -> Self {
        let newest = read.clone().map(|(at, _)| at).filter(|at| *at <= now).max();
        let at = newest.map_or(self.at, |newest| newest.saturating_sub(LATE).max(self.at));
        Self { at, ids: BTreeSet::new() }.and(read)
    }

    /// With what was read beside it.
    pub(super) fn and<'a>(mut self, read: impl Iterator<Item = (i64, &'a str)>) -> Self {
        self.ids.extend(read.filter(|(at, _)| *at >= self.at).map(|(_, id)| id.to_owned()));
        self
    }

    /// Whether this is new.
    pub(super) fn lacks(&self, at: i64, id: &str) -> bool {
        at >= self.at && !self.ids.contains(id)
    }
}

impl Place {
    /// Where everything that is older is known.
    pub(super) fn at(at: i64) -> Self {
        Self { known: Known { at, ids: BTreeSet::new() }, rest: None }
    }

    /// Where the platform does not know the way back any more, it is walked again from the newest: rather is something told
    /// twice than not at all.
    pub(super) fn begun_anew(self) -> Self {
        Self { rest: self.rest.map(|rest| Rest { after: None, steps: 0, ..rest }), ..self }
    }

    /// Whether there is something to read, as far as the newest of the list tells.
    pub(super) fn lacks(&self, at: i64, id: &str) -> bool {
        self.rest.is_some() || self.known.lacks(at, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(at: i64, ids: &[&str]) -> Known {
        Known { at, ids: ids.iter().map(|id| (*id).to_owned()).collect() }
    }

    #[test]
    fn what_is_listed_late_is_still_new() {
        let first = known(0, &[]).then([(900, "1_1"), (1000, "1_3")].into_iter(), 1000);
        assert_eq!(first, known(880, &["1_1", "1_3"]));
        assert!(first.lacks(950, "1_2") && !first.lacks(900, "1_1") && !first.lacks(879, "1_0"));
        let second = first.then([(900, "1_1"), (950, "1_2"), (1000, "1_3"), (1050, "1_4")].into_iter(), 1050);
        assert_eq!(second, known(930, &["1_2", "1_3", "1_4"]));
    }

    #[test]
    fn a_place_never_goes_back() {
        let place = known(880, &["1_1", "1_3"]);
        assert_eq!(
            place.then([(900, "1_1")].into_iter(), 1000),
            known(880, &["1_1"]),
            "the newest was taken back"
        );
        assert_eq!(place.then([].into_iter(), 1000), known(880, &[]));
        assert_eq!(
            place.clone().and([(870, "1_0"), (890, "1_2")].into_iter()),
            known(880, &["1_1", "1_2", "1_3"])
        );
    }

    #[test]
    fn a_post_without_a_place_begins_where_reading_began() {
        let own = Place { known: known(500, &["1_1"]), rest: None };
        let posts = [("7_1".to_owned(), own.clone())].into();
        let cursor = Cursor { at: 100, posts, ..Cursor::default() };
        assert_eq!(cursor.below("7_1"), own);
        assert_eq!(cursor.below("7_2").known, known(100, &[]));
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is_one() {
        let rest = Rest { after: Some("QVFI".to_owned()), until: known(1, &[]), steps: 3 };
        let place = Place { known: known(500, &["1_1"]), rest: Some(rest) };
        let posts = [("7_1".to_owned(), place)].into();
        let cursor = Cursor { at: 7, posts, mentions: Some(Place::default()), read_at: Some(8) };
        assert_eq!(Cursor::read(&serde_json::to_string(&cursor).unwrap()), Ok(cursor));
        for stranger in
            ["", "7", "{}", "[]", "null", r#"{"at":"7","posts":{}}"#, r#"{"known":{"at":7,"ids":[]}}"#]
        {
            let refused = Cursor::read(stranger).unwrap_err();
            assert_eq!(refused.cause.code, "CURSOR_INVALID", "{stranger}");
        }
    }
}
