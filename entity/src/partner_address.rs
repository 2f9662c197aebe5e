//! Whose account an address is: each account belongs to one partner of an office.

use sea_orm::entity::prelude::*;

use crate::{OfficeId, PartnerAddressId, PartnerId};

/// An account of a partner that nobody has ended.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_address")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerAddressId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose it is.
    pub partner_id: PartnerId,
    /// The same text for every way in which the account's address is written.
    #[sea_orm(column_type = "Text")]
    pub account: String,
}

impl ActiveModelBehavior for ActiveModel {}
