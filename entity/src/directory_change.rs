//! What the public saw of the directory, change by change.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ChannelId, DirectoryChangeId, InitiativeId, OfficeId, channel::DirectoryRecord};

/// What happened to a channel in the eyes of the public. New kinds are added: clients accept unknown values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeKind {
    /// It is listed for the first time.
    Published,
    /// Its record is another.
    Changed,
    /// Its record names another account: whoever posts at the one before is not us from now on.
    Moved,
    /// It rests.
    Dormant,
    /// It is in use again.
    Active,
    /// It is closed for good: whoever posts there from now on is not us.
    Retired,
}

/// A change of the public directory. Rows are only added.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_change")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DirectoryChangeId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Its place in the order of the whole deployment: larger is later, and a reader who saw one saw all before it.
    #[sea_orm(unique)]
    pub sequence: i64,
    /// When.
    pub at: DateTimeUtc,
    /// Which channel.
    pub channel_id: ChannelId,
    /// The initiative that it served alone; null for a channel of the whole office.
    pub initiative_id: Option<InitiativeId>,
    /// What happened.
    pub kind: ChangeKind,
    /// The record that was public from then on.
    #[sea_orm(column_type = "Json")]
    pub record: DirectoryRecord,
}

impl ActiveModelBehavior for ActiveModel {}
