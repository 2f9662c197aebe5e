//! Members' acknowledgements of handbook versions.

use sea_orm::entity::prelude::*;

use crate::{AcknowledgementId, HandbookId, MemberId, OfficeId};

/// A member has read and accepts one handbook version.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "acknowledgement")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AcknowledgementId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Who.
    pub member_id: MemberId,
    /// Which version.
    pub handbook_id: HandbookId,
    /// When.
    pub acknowledged_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
