//! Links of revisions, and what was found where they lead. One row a link in an office, however often it is used.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{LinkCheckId, OfficeId};

/// What is known of a link.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LinkState {
    /// Not looked at yet.
    Unchecked,
    /// Something answers there.
    Alive,
    /// The server says that there is no such page, or there is no such host.
    Dead,
    /// It could not be told: the server did not answer, is closed for now, or does not let everybody in.
    Unreachable,
    /// It leads to a private or internal address and was not followed there.
    Refused,
}

/// A link of an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link_check")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LinkCheckId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The address in its normal form, without fragment and user.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// SHA-256 of the address, hex: once an office.
    pub url_hash: String,
    /// What was found.
    pub state: LinkState,
    /// Where it leads in the end, without query and fragment; null when it leads nowhere else.
    #[sea_orm(column_type = "Text", nullable)]
    pub redirected_to: Option<String>,
    /// Last HTTP status; null when there was no answer.
    pub status: Option<i16>,
    /// Checks begun since the last one that could tell.
    pub tries: i32,
    /// Times in a row that there was no such host.
    pub misses: i32,
    /// When it was last checked; null before the first time.
    pub checked_at: Option<DateTimeUtc>,
    /// When it is checked next, or until when a worker holds it; null when nobody used it for long.
    pub due_at: Option<DateTimeUtc>,
    /// When a revision last used it.
    pub wanted_at: DateTimeUtc,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
