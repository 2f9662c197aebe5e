//! Reading initiatives: pages and counts.

use entity::{MemberId, initiative, initiative::InitiativeState};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, Select};

use crate::{
    Office,
    error::Result,
    paging::{COUNT_CAP, Cursor, Direction, OrderBy, Page, PageRequest, SortKey, count_up_to, page},
    policy::{Permit, op},
    rows::holds,
};

/// Which initiatives a list shows.
#[derive(Debug, Clone, Default)]
pub struct InitiativeFilter {
    /// In one of these states; empty: in any.
    pub states: Vec<InitiativeState>,
    /// Owned by this project manager.
    pub manager_id: Option<MemberId>,
    /// With these words in name, purpose or tag.
    pub search: Option<String>,
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InitiativeOrder {
    /// By name.
    Name,
    /// By last change.
    Updated,
}

/// A page of initiatives.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Initiatives>,
    filter: &InitiativeFilter,
    order: InitiativeOrder,
    direction: Direction,
    request: &PageRequest,
) -> Result<Page<initiative::Model>> {
    let column = match order {
        InitiativeOrder::Name => initiative::Column::Name,
        InitiativeOrder::Updated => initiative::Column::UpdatedAt,
    };
    let order = OrderBy { column, id: initiative::Column::Id, direction };
    page(office.db.read(), select(permit, filter), order, request).await
}

/// How many initiatives the list has, up to 10,000.
pub async fn count(
    office: &Office,
    permit: &Permit<op::Initiatives>,
    filter: &InitiativeFilter,
) -> Result<Option<u64>> {
    count_up_to(office.db.read(), select(permit, filter), COUNT_CAP).await
}

/// Where an initiative stands in the list.
pub fn cursor(order: InitiativeOrder, row: &initiative::Model) -> Cursor {
    let key = match order {
        InitiativeOrder::Name => SortKey::Text(row.name.clone()),
        InitiativeOrder::Updated => SortKey::Time(row.updated_at),
    };
    Cursor { key, id: row.id.0 }
}

fn select(permit: &Permit<op::Initiatives>, filter: &InitiativeFilter) -> Select<initiative::Entity> {
    let mut select = initiative::Entity::find().filter(initiative::Column::OfficeId.eq(permit.office_id()));
    if !filter.states.is_empty() {
        select = select.filter(initiative::Column::State.is_in(filter.states.clone()));
    }
    if let Some(id) = filter.manager_id {
        select = select.filter(initiative::Column::ManagerId.eq(id));
    }
    if let Some(words) = &filter.search {
        let found = holds(initiative::Column::Name, words)
            .or(holds(initiative::Column::Purpose, words))
            .or(holds(initiative::Column::Hashtag, words));
        select = select.filter(found);
    }
    select
}
