//! Reading partners: one, pages and counts.

use chrono::NaiveDate;
use entity::{
    InitiativeId, MemberId, OfficeId, PartnerId, channel::Platform, member, member::MemberState, partner,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect, QueryTrait, Select,
};

use super::today;
use crate::{
    Office,
    error::Result,
    paging::{COUNT_CAP, Cursor, Direction, OrderBy, Page, PageRequest, SortKey, count_up_to, page},
    policy::{Permit, op},
    read,
    rows::{holds, json_holds},
};

/// Which partners a list shows.
#[derive(Debug, Clone, Default)]
pub struct PartnerFilter {
    /// Those too whose partnership was ended, or is over by its last day.
    pub with_ended: bool,
    /// Of this initiative.
    pub initiative_id: Option<InitiativeId>,
    /// Looked after by this member.
    pub keeper_id: Option<MemberId>,
    /// Only those whom nobody looks after who is still a member.
    pub without_keeper: bool,
    /// With an account on this platform.
    pub platform: Option<Platform>,
    /// With these words in name, reason or an account's address.
    pub search: Option<String>,
}

/// The partners of an office that nobody has ended.
pub(crate) fn standing(office_id: OfficeId) -> Select<partner::Entity> {
    partner::Entity::find()
        .filter(partner::Column::OfficeId.eq(office_id))
        .filter(partner::Column::EndedAt.is_null())
}

/// A partner.
pub async fn get(office: &Office, permit: &Permit<op::Partner>, id: PartnerId) -> Result<partner::Model> {
    read::one::<partner::Entity>(office.db.read(), permit.office_id(), id).await
}

/// A page of partners, by name.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Partners>,
    filter: &PartnerFilter,
    request: &PageRequest,
) -> Result<Page<partner::Model>> {
    let today = today(office.db.read(), permit.office_id(), office.now()).await?;
    let order =
        OrderBy { column: partner::Column::Name, id: partner::Column::Id, direction: Direction::Ascending };
    page(office.db.read(), select(permit, filter, today), order, request).await
}

/// How many partners the list has, up to 10,000.
pub async fn count(
    office: &Office,
    permit: &Permit<op::Partners>,
    filter: &PartnerFilter,
) -> Result<Option<u64>> {
    let today = today(office.db.read(), permit.office_id(), office.now()).await?;
    count_up_to(office.db.read(), select(permit, filter, today), COUNT_CAP).await
}

/// Where a partner stands in the list.
pub fn cursor(row: &partner::Model) -> Cursor {
    Cursor { key: SortKey::Text(row.name.clone()), id: row.id.0 }
}

fn select(
    permit: &Permit<op::Partners>,
    filter: &PartnerFilter,
    today: NaiveDate,
) -> Select<partner::Entity> {
    use partner::Column;
    let mut select = partner::Entity::find().filter(Column::OfficeId.eq(permit.office_id()));
    if !filter.with_ended {
        let lasts = Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(today));
        select = select.filter(Column::EndedAt.is_null()).filter(lasts);
    }
    if let Some(id) = filter.initiative_id {
        select = select.filter(Column::InitiativeId.eq(id));
    }
    if let Some(id) = filter.keeper_id {
        select = select.filter(Column::KeeperId.eq(id));
    }
    if filter.without_keeper {
        let here = member::Entity::find()
            .select_only()
            .column(member::Column::Id)
            .filter(member::Column::OfficeId.eq(permit.office_id()))
            .filter(member::Column::State.eq(MemberState::Active));
        select = select.filter(Column::KeeperId.not_in_subquery(here.into_query()));
    }
    if let Some(platform) = filter.platform {
        let word = sea_orm::ActiveEnum::to_value(&platform);
        select = select.filter(json_holds(Column::Accounts, &format!("\"{word}\"")));
    }
    if let Some(words) = &filter.search {
        let found =
            holds(Column::Name, words).or(holds(Column::Why, words)).or(json_holds(Column::Accounts, words));
        select = select.filter(found);
    }
    select
}
