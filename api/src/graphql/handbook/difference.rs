//! One part in which two versions differ, as clients see it.

use async_graphql::{Enum, SimpleObject};

/// What happened to a part of a handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guidelines::ChangeKind")]
pub(crate) enum HandbookChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// One part in which two versions differ.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct HandbookChange {
    /// Where: `clauses.CC1b`, `rules.CC1b.phone`, `office.phones.604-555-0100`, `title`.
    path: String,
    /// What happened.
    kind: HandbookChangeKind,
    /// What it said, as JSON; null where it is new.
    before: Option<String>,
    /// What it says, as JSON; null where it is gone.
    after: Option<String>,
}

impl From<guidelines::Change> for HandbookChange {
    fn from(change: guidelines::Change) -> Self {
        Self { path: change.path, kind: change.kind.into(), before: change.before, after: change.after }
    }
}
