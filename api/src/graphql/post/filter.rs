//! Which posts a list shows, and in which order.

use async_graphql::{Enum, ID, InputObject};
use entity::post;
use office::{
    paging::{Cursor, Direction, SortKey},
    posts,
};

use super::object::PostState;
use crate::graphql::{id, scalars::DateTime};

/// Earliest due first: part of cursors.
pub(crate) const BY_DUE_AT_ASC: &str = "post.dueAt.asc";

/// Where a post stands in the order of due times.
pub(crate) fn due_at_key(row: &post::Model) -> Cursor {
    Cursor { key: SortKey::Time(row.due_at), id: row.id.into() }
}

/// How a list of posts is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
pub(crate) enum PostOrder {
    /// Earliest due first.
    #[default]
    DueAtAsc,
    /// Latest due first.
    DueAtDesc,
}

impl PostOrder {
    /// Its name in cursors.
    pub(super) fn sort(self) -> &'static str {
        match self {
            Self::DueAtAsc => BY_DUE_AT_ASC,
            Self::DueAtDesc => "post.dueAt.desc",
        }
    }

    /// Which way it runs.
    pub(super) fn direction(self) -> Direction {
        match self {
            Self::DueAtAsc => Direction::Ascending,
            Self::DueAtDesc => Direction::Descending,
        }
    }
}

/// Which posts to list; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
pub(crate) struct PostFilter {
    /// In one of these states; empty means any.
    #[graphql(default)]
    states: Vec<PostState>,
    /// On this channel.
    channel_id: Option<ID>,
    /// Of this initiative.
    initiative_id: Option<ID>,
    /// Of this draft.
    draft_id: Option<ID>,
    /// Made by this recurrence.
    recurrence_id: Option<ID>,
    /// Due at this instant or later.
    due_from: Option<DateTime>,
    /// Due before this instant.
    due_before: Option<DateTime>,
}

impl PostFilter {
    /// As the office takes it.
    pub(super) fn read(self) -> office::Result<posts::PostFilter> {
        Ok(posts::PostFilter {
            states: self.states.into_iter().map(Into::into).collect(),
            channel_id: id::decode_opt(self.channel_id.as_ref())?,
            initiative_id: id::decode_opt(self.initiative_id.as_ref())?,
            draft_id: id::decode_opt(self.draft_id.as_ref())?,
            recurrence_id: id::decode_opt(self.recurrence_id.as_ref())?,
            due_from: self.due_from.map(|at| at.0),
            due_before: self.due_before.map(|at| at.0),
        })
    }
}
