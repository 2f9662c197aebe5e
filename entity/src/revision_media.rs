//! Media in a revision, in order, with alternative text and captions.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{MediaId, OfficeId, RevisionId, RevisionMediaId};

/// A film's captions in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Caption {
    /// BCP 47 tag; a film has captions in a language once.
    pub language: String,
    /// What a viewer chooses them by; null: the language says it.
    pub label: Option<String>,
    /// The caption file.
    pub media_id: MediaId,
}

/// A film's captions, in the order in which its author gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Captions(pub Vec<Caption>);

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
    /// The captions of a film; null where it has none.
    #[sea_orm(column_type = "Json", nullable)]
    pub captions: Option<Captions>,
}

impl Model {
    /// Its captions, in order.
    pub fn captions(&self) -> &[Caption] {
        self.captions.as_ref().map_or(&[], |captions| &captions.0)
    }
}

impl ActiveModelBehavior for ActiveModel {}
