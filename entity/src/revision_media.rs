//! Media in a revision, in order, with alternative text.

use sea_orm::entity::prelude::*;

use crate::{MediaId, OfficeId, RevisionId, RevisionMediaId};

/// A media item's place in a revision.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision_media")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RevisionMediaId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The revision.
    pub revision_id: RevisionId,
    /// The item.
    pub media_id: MediaId,
    /// From 0.
    pub position: i32,
    /// What the picture says to somebody who cannot see it; null while missing.
    #[sea_orm(column_type = "Text", nullable)]
    pub alt_text: Option<String>,
    /// Whether it says nothing and needs no text.
    pub decorative: bool,
    /// Whether people can be recognised in it; null while nobody said.
    pub shows_people: Option<bool>,
    /// Whether it is a document, or a picture of one; null while nobody said.
    pub document: Option<bool>,
}

impl ActiveModelBehavior for ActiveModel {}
