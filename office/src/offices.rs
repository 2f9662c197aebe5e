//! Offices: founding one, reading it, changing its settings. Founding writes all that an office cannot be without: the
//! head of its audit chain, its first handbook, its first administrator.

use entity::{OfficeId, audit_head, member, member::Role, office as table};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use secrecy::SecretString;
use serde_json::json;

use crate::{
    Actor, Limits, Office, Requester, audit, calendar,
    change::Change,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, handbooks,
    members::{self, CreateMember, NewMember},
    policy::{Permit, op},
    rows::{same_version, taken},
};

/// Offices of one deployment that are listed.
const OFFICES_AT_MOST: u64 = 1_000;

/// Names that stand below `/directory` and are no office's.
const RESERVED_SLUGS: &[&str] = &["embed", "schema"];

/// Minutes late that a post may leave, until the office says otherwise.
const PUBLISH_LATE_MINUTES: i32 = 60;

/// A new office.
#[derive(Debug, Clone, serde::Serialize)]
pub struct CreateOffice {
    /// Full name.
    pub name: String,
    /// Short name in URLs.
    pub slug: String,
    /// IANA zone.
    pub time_zone: String,
    /// BCP 47 tag.
    pub language: String,
}

/// The first administrator of a new office.
#[derive(Debug, Clone)]
pub struct FirstAdministrator {
    /// Name.
    pub name: String,
    /// Address for signing in.
    pub email: String,
    /// Password.
    pub password: SecretString,
}

/// An edit of an office's settings.
#[derive(Debug, Clone, serde::Serialize)]
pub struct UpdateOffice {
    /// The version that was read.
    pub expected_version: i64,
    /// Another name.
    pub name: Option<String>,
    /// Another zone; local times that were promised keep the zone that they were given in.
    pub time_zone: Option<String>,
    /// Another language.
    pub language: Option<String>,
    /// Minutes late that a post may leave.
    pub publish_late_minutes: Option<i32>,
    /// Whether the directory shows the stewards on duty.
    pub duty_public: Option<bool>,
}

/// An office and administrator whose values fit.
#[derive(Debug)]
pub(crate) struct NewOffice {
    office: CreateOffice,
    administrator: NewMember,
}

impl NewOffice {
    pub(crate) async fn check(
        office: &Office,
        input: CreateOffice,
        administrator: FirstAdministrator,
    ) -> Result<Self> {
        let checked = CreateOffice {
            name: fields::line(&office.limits, "office.name", &input.name)?,
            slug: slug("office.slug", &input.slug)?,
            time_zone: zone_name("office.timeZone", &input.time_zone)?,
            language: fields::language("office.language", &input.language)?,
        };
        let administrator = CreateMember {
            client_key: None,
            email: administrator.email,
            name: administrator.name,
            roles: vec![Role::Administrator],
            password: Some(administrator.password),
        };
        let administrator = NewMember::check(office, "administrator", administrator).await?;
        Ok(Self { office: checked, administrator })
    }
}

/// A short name that may stand in addresses.
pub(crate) fn slug(field: &str, value: &str) -> Result<String> {
    let value = value.trim();
    let fits = (2..=63).contains(&value.len())
        && value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !value.starts_with('-')
        && !value.ends_with('-');
    if RESERVED_SLUGS.contains(&value) {
        return refuse(
            RefusalCode::Taken,
            field,
            format!("{field} may not be {value}: the directory has a page there"),
        );
    }
    if fits {
        return Ok(value.to_owned());
    }
    let message = format!("{field} must have 2 to 63 characters a-z, 0-9 and -, such as marine-science");
    refuse(RefusalCode::Invalid, field, message)
}

/// The office's IANA zone.
pub(crate) async fn zone(db: &impl ConnectionTrait, id: OfficeId) -> Result<String> {
    let zone = table::Entity::find_by_id(id).select_only().column(table::Column::TimeZone);
    zone.into_tuple::<String>().one(db).await?.ok_or(OfficeError::NotFound("office"))
}

fn zone_name(field: &str, value: &str) -> Result<String> {
    let value = value.trim();
    calendar::zone(field, value)?;
    Ok(value.to_owned())
}

/// Founds another office, from the command line of the deployment.
pub async fn create(
    office: &Office,
    input: CreateOffice,
    administrator: FirstAdministrator,
) -> Result<(table::Model, member::Model)> {
    let new = NewOffice::check(office, input, administrator).await?;
    let mut change = begin_founding(office).await?;
    let founded = found(&mut change, new).await?;
    change.commit().await?;
    Ok(founded)
}

/// Begins a change in an office that this change will found.
pub(crate) async fn begin_founding(office: &Office) -> Result<Change<'_>> {
    let id = OfficeId(office.ids.next());
    office.begin(&Requester::new(id, Actor::Operator)).await
}

/// Writes the rows of a new office, under the id of the change.
pub(crate) async fn found(change: &mut Change<'_>, new: NewOffice) -> Result<(table::Model, member::Model)> {
    let id = change.office_id();
    let row = table::Model {
        id,
        slug: new.office.slug,
        name: new.office.name,
        time_zone: new.office.time_zone,
        language: new.office.language,
        publish_late_minutes: PUBLISH_LATE_MINUTES,
        duty_public: false,
        reminded_on: None,
        version: 1,
        created_at: change.now,
    };
    let written = table::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "office.slug", "another office of this deployment has this slug")?;
    let head = audit_head::Model { office_id: id, sequence: 0, hash: audit::GENESIS.to_owned() };
    audit_head::ActiveModel::from(head).reset_all().insert(change.tx()).await?;
    let handbook = handbooks::insert_starter(change, id).await?;
    change.note("setUpOffice", "Office", id.0, json!({ "handbook": handbook }));
    let administrator = members::insert(change, id, new.administrator).await?;
    Ok((row, administrator))
}

/// The office with this slug.
pub async fn by_slug(office: &Office, slug: &str) -> Result<table::Model> {
    // PostgreSQL takes no NUL in a value, and no slug has one.
    if slug.contains('\0') {
        return Err(OfficeError::NotFound("office"));
    }
    let found = table::Entity::find().filter(table::Column::Slug.eq(slug)).one(office.db.read()).await?;
    found.ok_or(OfficeError::NotFound("office"))
}

/// The office with this id.
pub async fn get(office: &Office, id: OfficeId) -> Result<table::Model> {
    let found = table::Entity::find_by_id(id).one(office.db.read()).await?;
    found.ok_or(OfficeError::NotFound("office"))
}

/// Every office of the deployment, oldest first: for the worker and the command line.
pub async fn all(office: &Office) -> Result<Vec<table::Model>> {
    let select = table::Entity::find().order_by_asc(table::Column::Id).limit(OFFICES_AT_MOST);
    Ok(select.all(office.db.read()).await?)
}

/// Changes the office's settings.
pub async fn update(
    office: &Office,
    permit: &Permit<op::UpdateOffice>,
    input: UpdateOffice,
) -> Result<table::Model> {
    let limits = &office.limits;
    let mut change = office.begin(permit.requester()).await?;
    let row = table::Entity::find_by_id(change.office_id()).lock_exclusive().one(change.tx()).await?;
    let row = row.ok_or(OfficeError::NotFound("office"))?;
    same_version("office", input.expected_version, row.version)?;
    let version = row.version + 1;
    let mut edit = table::ActiveModel::from(row);
    edit.version = Set(version);
    if let Some(name) = &input.name {
        edit.name = Set(fields::line(limits, "name", name)?);
    }
    if let Some(zone) = &input.time_zone {
        edit.time_zone = Set(zone_name("timeZone", zone)?);
    }
    if let Some(tag) = &input.language {
        edit.language = Set(fields::language("language", tag)?);
    }
    if let Some(minutes) = input.publish_late_minutes {
        edit.publish_late_minutes = Set(late_minutes(limits, minutes)?);
    }
    if let Some(public) = input.duty_public {
        edit.duty_public = Set(public);
    }
    let row = edit.update(change.tx()).await?;
    let detail = json!({
        "version": row.version,
        "publishLateMinutes": row.publish_late_minutes,
        "dutyPublic": row.duty_public,
    });
    change.note("updateOffice", "Office", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

fn late_minutes(limits: &Limits, minutes: i32) -> Result<i32> {
    if (0..=limits.publish_late_minutes_max).contains(&minutes) {
        return Ok(minutes);
    }
    let message = format!("publishLateMinutes must be from 0 to {}", limits.publish_late_minutes_max);
    refuse(RefusalCode::Invalid, "publishLateMinutes", message)
}
