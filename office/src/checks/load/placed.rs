//! Loads media in their places, with the captions of films. Only reads.

use std::collections::HashMap;

use entity::{RevisionId, media, revision_media};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Reader, grouped};
use crate::{compose::Placed, error::Result, read};

impl<C: ConnectionTrait> Reader<'_, C> {
    /// The media of each of these revisions, in order. What a revision names is never taken away.
    pub(super) async fn media(&self, ids: &[Uuid]) -> Result<HashMap<RevisionId, Vec<Placed>>> {
        let column = revision_media::Column::RevisionId;
        let mut rows = read::related::<revision_media::Entity>(self.db, self.office_id, column, ids).await?;
        rows.sort_by_key(|row| row.position);
        let of = |row: &revision_media::Model| {
            let captions = row.captions().iter().map(|caption| caption.media_id.0);
            captions.chain([row.media_id.0]).collect::<Vec<_>>()
        };
        let items = self.by_id::<media::Entity>(rows.iter().flat_map(of)).await?;
        let items: HashMap<_, _> = items.into_iter().map(|item| (item.id, item)).collect();
        let with = |place: revision_media::Model| {
            let item = items.get(&place.media_id)?.clone();
            let captions = place.captions().iter().map(|caption| items.get(&caption.media_id).cloned());
            Some(Placed { item, captions: captions.collect::<Option<_>>()?, place })
        };
        let rows = rows.into_iter().filter_map(with);
        Ok(grouped(rows, |placed| placed.place.revision_id, |placed| placed))
    }
}
