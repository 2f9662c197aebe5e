//! An office: the tenant that owns everything else.

use sea_orm::entity::prelude::*;

use crate::OfficeId;

/// The tenant: owns initiatives, channels, members and handbook.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "office")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfficeId,
    /// Short name in URLs, unique on the deployment, `a-z0-9-`.
    pub slug: String,
    /// Full name.
    pub name: String,
    /// IANA zone in which local times are meant when a request names none.
    pub time_zone: String,
    /// BCP 47 tag of the office's usual language.
    pub language: String,
    /// A post may leave this many minutes after its time; later it becomes MISSED and asks.
    pub publish_late_minutes: i32,
    /// Whether the directory shows the stewards on duty.
    pub duty_public: bool,
    /// The last day, in the office's zone, of which its members were reminded of their tasks; null before the first.
    pub reminded_on: Option<Date>,
    /// Raised by each change; an update that names another version is refused as a conflict.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
