//! The channels of a revision, with their variants.

use sea_orm::entity::prelude::*;

use crate::{ChannelId, OfficeId, RevisionId, RevisionTargetId};

/// A revision on one channel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision_target")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RevisionTargetId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The revision.
    pub revision_id: RevisionId,
    /// The channel.
    pub channel_id: ChannelId,
    /// The variant; null where the revision's text serves.
    #[sea_orm(column_type = "Text", nullable)]
    pub text: Option<String>,
    /// SHA-256, hex, of exactly what will be sent there.
    pub digest: String,
}

impl ActiveModelBehavior for ActiveModel {}
