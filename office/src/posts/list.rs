//! Posts as lists: which, in which order, how many. Only reads.

use chrono::{DateTime, Utc};
use entity::{ChannelId, DraftId, RecurrenceId, post, post::PostState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

use crate::{
    Office,
    error::Result,
    paging::{COUNT_CAP, Direction, OrderBy, Page, PageRequest, count_up_to, page},
    policy::{Permit, op},
};

/// Which posts a list shows.
#[derive(Debug, Clone, Default)]
pub struct PostFilter {
    /// In one of these states; empty: in any.
    pub states: Vec<PostState>,
    /// On this channel.
    pub channel_id: Option<ChannelId>,
    /// Of this initiative.
    pub initiative_id: Option<entity::InitiativeId>,
    /// Of this draft.
    pub draft_id: Option<DraftId>,
    /// Made by this recurrence.
    pub recurrence_id: Option<RecurrenceId>,
    /// Due at or after.
    pub due_from: Option<DateTime<Utc>>,
    /// Due before.
    pub due_before: Option<DateTime<Utc>>,
}

/// A page of posts by due time.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Posts>,
    filter: &PostFilter,
    direction: Direction,
    request: &PageRequest,
) -> Result<Page<post::Model>> {
    let order = OrderBy { column: post::Column::DueAt, id: post::Column::Id, direction };
    page(office.db.read(), select(permit.office_id(), filter), order, request).await
}

/// How many posts the list has, up to 10,000.
pub async fn count(office: &Office, permit: &Permit<op::Posts>, filter: &PostFilter) -> Result<Option<u64>> {
    count_up_to(office.db.read(), select(permit.office_id(), filter), COUNT_CAP).await
}

pub(crate) fn select(office_id: entity::OfficeId, filter: &PostFilter) -> Select<post::Entity> {
    let mut select = post::Entity::find().filter(post::Column::OfficeId.eq(office_id));
    if !filter.states.is_empty() {
        select = select.filter(post::Column::State.is_in(filter.states.clone()));
    }
    if let Some(id) = filter.channel_id {
        select = select.filter(post::Column::ChannelId.eq(id));
    }
    if let Some(id) = filter.initiative_id {
        select = select.filter(post::Column::InitiativeId.eq(id));
    }
    if let Some(id) = filter.draft_id {
        select = select.filter(post::Column::DraftId.eq(id));
    }
    if let Some(id) = filter.recurrence_id {
        select =
            select.filter(post::Column::RecurrenceId.is_not_null()).filter(post::Column::RecurrenceId.eq(id));
    }
    if let Some(from) = filter.due_from {
        select = select.filter(post::Column::DueAt.gte(from));
    }
    if let Some(before) = filter.due_before {
        select = select.filter(post::Column::DueAt.lt(before));
    }
    select
}
