//! The application that an office registered at a platform, in whose name accounts are connected.

use sea_orm::entity::prelude::*;

use crate::{MemberId, OfficeId, PlatformAppId, channel::Platform};

/// A registered application: one for each platform and address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_app")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlatformAppId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Where it is registered.
    pub platform: Platform,
    /// At which server of that platform.
    pub base_url: String,
    /// Its public name there.
    pub client_id: String,
    /// Its secret, sealed by the master key with the row's id as context; null where the platform gave none.
    pub client_secret_sealed: Option<Vec<u8>>,
    /// Who registered it here; null for the operator.
    pub created_by: Option<MemberId>,
    /// Raised by each change.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
