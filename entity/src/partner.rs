//! Partners: the network that an office supports.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{InitiativeId, MemberId, OfficeId, PartnerId, channel::Platform};

/// An account of a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its usual address.
    pub address: String,
    /// On which platform; null for sites, and for platforms that have no connector.
    pub platform: Option<Platform>,
    /// The same text for every way in which its address is written.
    pub key: String,
}

/// The accounts, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Accounts(pub Vec<Account>);

/// A partner.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// What it is called.
    pub name: String,
    /// Why the office supports it.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// The language that it speaks, BCP 47.
    pub language: String,
    /// Its accounts. While it is a partner each has its row in `partner_address`.
    #[sea_orm(column_type = "Json")]
    pub accounts: Accounts,
    /// The initiative that it belongs to; null for a partner of the whole office.
    pub initiative_id: Option<InitiativeId>,
    /// Who looks after the relation.
    pub keeper_id: MemberId,
    /// The last day of the partnership; null without a planned end.
    pub ends_on: Option<Date>,
    /// When somebody ended it; null while nobody has.
    pub ended_at: Option<DateTimeUtc>,
    /// Who ended it.
    pub ended_by: Option<MemberId>,
    /// Who recorded it.
    pub created_by: MemberId,
    /// Raised by each change.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// When it last changed, UTC.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
