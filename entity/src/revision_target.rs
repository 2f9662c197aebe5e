//! The channels of a revision, with their variants.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{ChannelId, OfficeId, RevisionId, RevisionTargetId};

/// The parts of a thread, each exactly as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Parts(pub Vec<String>);

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
    /// In which parts it goes out where its author lets it be a thread; none of them where the text fits whole, null where it
    /// is to be no thread.
    #[sea_orm(column_type = "Json", nullable)]
    pub parts: Option<Parts>,
    /// SHA-256, hex, of exactly what will be sent there.
    pub digest: String,
}

impl Model {
    /// How many parts it goes out in; 0 where it goes out whole.
    pub fn thread_length(&self) -> usize {
        self.parts.as_ref().map_or(0, |parts| parts.0.len())
    }
}

impl ActiveModelBehavior for ActiveModel {}
