//! Partners: the network that an office supports, with the accounts by which it is known.
//!
//! Knows how a partner is recorded, changed and ended. Whose account an address is, is `accounts`; whose a post is that is
//! passed on, is `amplify`. Partners are in no public directory.

use chrono::NaiveDate;
use entity::{
    InitiativeId, MemberId, PartnerId, initiative, office as office_row, partner,
    partner::{Account, Accounts},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::LockType,
};
use serde::Serialize;
use serde_json::json;

use crate::{
    Edit, Limits, Office, calendar,
    change::Change,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle as _,
    members, offices,
    policy::{self, Permit, op},
    read,
    rows::{locked, referenced, same_version},
};

mod accounts;
mod list;

pub(crate) use accounts::{Ours, holder, ours};
pub(crate) use list::standing;
pub use list::{PartnerFilter, count, cursor, get, list};

/// A new partner.
#[derive(Debug, Clone, Serialize)]
pub struct CreatePartner {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// What it is called.
    pub name: String,
    /// Why the office supports it.
    pub why: String,
    /// The language that it speaks; none: the office's.
    pub language: Option<String>,
    /// Addresses of its accounts.
    pub accounts: Vec<String>,
    /// The initiative that it belongs to.
    pub initiative_id: Option<InitiativeId>,
    /// Who looks after the relation; none: whoever records it.
    pub keeper_id: Option<MemberId>,
    /// The last day; none without a planned end.
    pub ends_on: Option<NaiveDate>,
}

/// A change of a partner; what is left out stays.
#[derive(Debug, Clone)]
pub struct UpdatePartner {
    /// Which.
    pub partner_id: PartnerId,
    /// The version that was read.
    pub expected_version: i64,
    /// What it is called.
    pub name: Option<String>,
    /// Why the office supports it.
    pub why: Option<String>,
    /// The language that it speaks.
    pub language: Option<String>,
    /// Addresses of its accounts, all of them.
    pub accounts: Option<Vec<String>>,
    /// The initiative that it belongs to.
    pub initiative_id: Edit<InitiativeId>,
    /// Who looks after the relation.
    pub keeper_id: Option<MemberId>,
    /// The last day.
    pub ends_on: Edit<NaiveDate>,
}

/// Records a partner.
pub async fn create(
    office: &Office,
    permit: &Permit<op::CreatePartner>,
    input: CreatePartner,
) -> Result<partner::Model> {
    let call = Call::new::<op::CreatePartner>(input.client_key.as_deref(), &input)?;
    let Some(member) = permit.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can record a partner".to_owned()));
    };
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<partner::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let office_row = one_at_a_time(&change).await?;
    let limits = &office.limits;
    let language = input.language.as_deref().unwrap_or(&office_row.language);
    let row = partner::Model {
        id: change.id(),
        office_id: change.office_id(),
        name: fields::line(limits, "name", &input.name)?,
        why: fields::paragraph(limits, "why", &input.why)?,
        language: fields::language("language", language)?,
        accounts: Accounts(accounts::read(limits, &input.accounts)?),
        initiative_id: input.initiative_id,
        keeper_id: input.keeper_id.unwrap_or(member),
        ends_on: input.ends_on,
        ended_at: None,
        ended_by: None,
        created_by: member,
        version: 1,
        created_at: change.now,
        updated_at: change.now,
    };
    room_and_name(&change, &row).await?;
    relations(&change, &row).await?;
    near(&change, limits, &row, &office_row.time_zone)?;
    accounts::free(&change, &row, &row.accounts.0).await?;
    let row = partner::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    accounts::keep(&change, &row).await?;
    note(&mut change, "createPartner", &row);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// Changes a partner that nobody has ended.
pub async fn update(
    office: &Office,
    permit: &Permit<op::UpdatePartner>,
    input: UpdatePartner,
) -> Result<partner::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let office_row = one_at_a_time(&change).await?;
    let before = current(&change, input.partner_id).await?;
    same_version("partner", input.expected_version, before.version)?;
    let row = edited(&office.limits, before.clone(), input)?;
    if row.name != before.name {
        room_and_name(&change, &row).await?;
    }
    let moved = (row.keeper_id, row.initiative_id) != (before.keeper_id, before.initiative_id);
    if moved {
        relations(&change, &row).await?;
    }
    if row.ends_on != before.ends_on {
        near(&change, &office.limits, &row, &office_row.time_zone)?;
    }
    if row.accounts != before.accounts {
        let kept = |account: &&Account| !before.accounts.0.iter().any(|old| old.key == account.key);
        let new: Vec<Account> = row.accounts.0.iter().filter(kept).cloned().collect();
        accounts::free(&change, &row, &new).await?;
    }
    let mut edit = partner::ActiveModel::from(row).reset_all();
    edit.version = Set(before.version + 1);
    edit.updated_at = Set(change.now);
    let row = edit.update(change.tx()).await?;
    if row.accounts != before.accounts {
        accounts::keep(&change, &row).await?;
    }
    note(&mut change, "updatePartner", &row);
    change.commit().await?;
    Ok(row)
}

fn edited(limits: &Limits, mut row: partner::Model, input: UpdatePartner) -> Result<partner::Model> {
    if let Some(name) = input.name {
        row.name = fields::line(limits, "name", &name)?;
    }
    if let Some(why) = input.why {
        row.why = fields::paragraph(limits, "why", &why)?;
    }
    if let Some(language) = input.language {
        row.language = fields::language("language", &language)?;
    }
    if let Some(written) = input.accounts {
        row.accounts = Accounts(accounts::read(limits, &written)?);
    }
    match input.initiative_id {
        Edit::Keep => {}
        Edit::Clear => row.initiative_id = None,
        Edit::Set(id) => row.initiative_id = Some(id),
    }
    match input.ends_on {
        Edit::Keep => {}
        Edit::Clear => row.ends_on = None,
        Edit::Set(day) => row.ends_on = Some(day),
    }
    row.keeper_id = input.keeper_id.unwrap_or(row.keeper_id);
    Ok(row)
}

/// Ends a partnership: its accounts are nobody's whom the office knows from then on. The record stays.
pub async fn end(
    office: &Office,
    permit: &Permit<op::EndPartner>,
    (id, expected_version): (PartnerId, i64),
) -> Result<partner::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = current(&change, id).await?;
    same_version("partner", expected_version, before.version)?;
    accounts::let_go(&change, id).await?;
    let mut edit = partner::ActiveModel::from(before.clone());
    edit.ended_at = Set(Some(change.now));
    edit.ended_by = Set(permit.requester().member_id());
    edit.version = Set(before.version + 1);
    edit.updated_at = Set(change.now);
    let row = edit.update(change.tx()).await?;
    note(&mut change, "endPartner", &row);
    change.commit().await?;
    Ok(row)
}

fn note(change: &mut Change<'_>, action: &'static str, row: &partner::Model) {
    let detail = json!({ "version": row.version, "keeper": row.keeper_id, "initiative": row.initiative_id,
        "accounts": row.accounts.0.len(), "endsOn": row.ends_on, "ended": row.ended_at.is_some() });
    change.note(action, "Partner", row.id.0, detail);
}

/// Names and accounts of one office are judged one after the other. Rows that name the office hold a key share of it: this
/// lock lets them.
async fn one_at_a_time(change: &Change<'_>) -> Result<office_row::Model> {
    let select = office_row::Entity::find_by_id(change.office_id()).lock(LockType::NoKeyUpdate);
    select.one(change.tx()).await?.ok_or(OfficeError::NotFound("office"))
}

/// The partner, locked, if nobody has ended it and the requester looks after it.
async fn current(change: &Change<'_>, id: PartnerId) -> Result<partner::Model> {
    let row = locked::<partner::Entity>(change, id).await?;
    policy::keeps(change.requester(), row.keeper_id)?;
    if row.ended_at.is_some() {
        let message = "this partnership was ended: record the partner anew";
        return refuse(RefusalCode::IllegalState, "partnerId", message);
    }
    Ok(row)
}

/// Refuses one partner too many, and a name that reads like that of another.
async fn room_and_name(change: &Change<'_>, row: &partner::Model) -> Result<()> {
    let names: Vec<(PartnerId, String)> = partner::Entity::find()
        .select_only()
        .columns([partner::Column::Id, partner::Column::Name])
        .filter(partner::Column::OfficeId.eq(row.office_id))
        .filter(partner::Column::EndedAt.is_null())
        .filter(partner::Column::Id.ne(row.id))
        .into_tuple()
        .all(change.tx())
        .await?;
    let most = change.limits().partners;
    if names.len() >= most {
        let message = format!("the office has {most} partners already: end some first (endPartner)");
        return refuse(RefusalCode::TooLong, "", message);
    }
    let wanted = fields::seen_name(&row.name);
    if names.iter().any(|(_, name)| fields::seen_name(name) == wanted) {
        return refuse(RefusalCode::Taken, "name", "another partner of this office has this name");
    }
    Ok(())
}

async fn relations(change: &Change<'_>, row: &partner::Model) -> Result<()> {
    members::at_work(change.tx(), row.office_id, "keeperId", row.keeper_id).await?;
    let Some(id) = row.initiative_id else { return Ok(()) };
    let found = read::one::<initiative::Entity>(change.tx(), row.office_id, id).await;
    let initiative = referenced(found, "initiativeId")?;
    if initiative.state.is_terminal() {
        let message = "this initiative is declined or over: choose another, or none";
        return refuse(RefusalCode::IllegalState, "initiativeId", message);
    }
    Ok(())
}

fn near(change: &Change<'_>, limits: &Limits, row: &partner::Model, time_zone: &str) -> Result<()> {
    let today = calendar::day(change.now, time_zone)?;
    fields::near(limits, "endsOn", row.ends_on, today)?;
    if row.ends_on.is_some_and(|day| day < today) {
        let message = "the last day is over already: choose a later one, or end the partnership (endPartner)";
        return refuse(RefusalCode::Invalid, "endsOn", message);
    }
    Ok(())
}

/// The last day on which a partnership that ends then still holds, for a moment in the office's zone.
pub(crate) async fn today(
    db: &impl sea_orm::ConnectionTrait,
    office_id: entity::OfficeId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<NaiveDate> {
    calendar::day(now, &offices::zone(db, office_id).await?)
}
