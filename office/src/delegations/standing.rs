//! Reading delegations: the list, and which hold at a moment.

use chrono::{DateTime, Utc};
use entity::{MemberId, OfficeId, delegation};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::AT_ONCE;
use crate::{
    Office,
    error::Result,
    paging::{Cursor, Direction, OrderBy, Page, PageRequest, SortKey, page},
    policy::{Permit, op},
};

/// A page of delegations, the latest to begin first; those that are over only when they are asked for.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Delegations>,
    with_ended: bool,
    request: &PageRequest,
) -> Result<Page<delegation::Model>> {
    let mut select = delegation::Entity::find().filter(delegation::Column::OfficeId.eq(permit.office_id()));
    if !with_ended {
        select = select
            .filter(delegation::Column::EndedAt.is_null())
            .filter(delegation::Column::EndsAt.gt(office.now()));
    }
    let order = OrderBy {
        column: delegation::Column::StartsAt,
        id: delegation::Column::Id,
        direction: Direction::Descending,
    };
    page(office.db.read(), select, order, request).await
}

/// Where a delegation stands in the list.
pub fn cursor(row: &delegation::Model) -> Cursor {
    Cursor { key: SortKey::Time(row.starts_at), id: row.id.0 }
}

/// Those that a member has given or taken on, and that are not over: they hold, or are to come.
pub(crate) fn standing_of(
    office_id: OfficeId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Select<delegation::Entity> {
    delegation::Entity::find()
        .filter(delegation::Column::OfficeId.eq(office_id))
        .filter(delegation::Column::EndedAt.is_null())
        .filter(delegation::Column::EndsAt.gt(now))
        .filter(of(member))
        .order_by_asc(delegation::Column::Id)
}

fn of(member: MemberId) -> Condition {
    Condition::any().add(delegation::Column::MemberId.eq(member)).add(delegation::Column::DeputyId.eq(member))
}

fn today(office_id: OfficeId, now: DateTime<Utc>) -> Select<delegation::Entity> {
    delegation::Entity::find()
        .filter(delegation::Column::OfficeId.eq(office_id))
        .filter(delegation::Column::EndedAt.is_null())
        .filter(delegation::Column::StartsAt.lte(now))
        .filter(delegation::Column::EndsAt.gt(now))
        .order_by_asc(delegation::Column::Id)
}

/// The delegations of an office that hold at this moment.
pub(crate) async fn holding(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    now: DateTime<Utc>,
) -> Result<Vec<delegation::Model>> {
    Ok(today(office_id, now).all(db).await?)
}

/// Those that a member has given or taken on, and that hold at this moment.
pub(crate) async fn holding_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<Vec<delegation::Model>> {
    Ok(today(office_id, now).filter(of(member)).limit(2 * AT_ONCE).all(db).await?)
}

/// For whom a member stands in at this moment.
pub(crate) async fn stands_in_for(
    db: &impl ConnectionTrait,
    (office_id, deputy): (OfficeId, MemberId),
    now: DateTime<Utc>,
) -> Result<Vec<MemberId>> {
    let of = today(office_id, now).filter(delegation::Column::DeputyId.eq(deputy)).limit(AT_ONCE);
    Ok(of.select_only().column(delegation::Column::MemberId).into_tuple().all(db).await?)
}
