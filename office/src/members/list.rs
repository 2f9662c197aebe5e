//! Reading members: pages, counts, and by id.

use entity::{
    MemberId, OfficeId, member,
    member::{MemberState, Role},
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, Select};
use uuid::Uuid;

use crate::{
    Office,
    error::Result,
    paging::{COUNT_CAP, Cursor, Direction, OrderBy, Page, PageRequest, SortKey, count_up_to, page},
    policy::{Permit, op, role_name},
    read,
    rows::{holds, json_holds},
};

/// Which members a list shows.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// In this state.
    pub state: Option<MemberState>,
    /// Holding this role.
    pub role: Option<Role>,
    /// With these words in the name or address.
    pub search: Option<String>,
}

/// A page of members, by name.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Members>,
    filter: &MemberFilter,
    request: &PageRequest,
) -> Result<Page<member::Model>> {
    let order =
        OrderBy { column: member::Column::Name, id: member::Column::Id, direction: Direction::Ascending };
    page(office.db.read(), select(permit, filter), order, request).await
}

/// How many members the list has, up to 10,000.
pub async fn count(
    office: &Office,
    permit: &Permit<op::Members>,
    filter: &MemberFilter,
) -> Result<Option<u64>> {
    count_up_to(office.db.read(), select(permit, filter), COUNT_CAP).await
}

/// Where a member stands in the list.
pub fn cursor(row: &member::Model) -> Cursor {
    Cursor { key: SortKey::Text(row.name.clone()), id: row.id.0 }
}

/// The members with these ids, in no order.
pub async fn by_ids(office: &Office, office_id: OfficeId, ids: &[MemberId]) -> Result<Vec<member::Model>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    read::many::<member::Entity>(office.db.read(), office_id, &ids).await
}

fn select(permit: &Permit<op::Members>, filter: &MemberFilter) -> Select<member::Entity> {
    let mut select = member::Entity::find().filter(member::Column::OfficeId.eq(permit.office_id()));
    if let Some(state) = filter.state {
        select = select.filter(member::Column::State.eq(state));
    }
    if let Some(role) = filter.role {
        select = select.filter(json_holds(member::Column::Roles, &format!("\"{}\"", role_name(role))));
    }
    if let Some(words) = &filter.search {
        select = select.filter(holds(member::Column::Name, words).or(holds(member::Column::Email, words)));
    }
    select
}
