//! A look at the account of a desk's first channel, with abilities that the test names.

use entity::{
    ChannelId, channel,
    channel::{Abilities, Profile},
};
use office::{
    Clock as _,
    channels::{self, Looked},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use super::desk::Desk;

/// Its platform can do nothing but what `able` says.
pub(crate) async fn found(desk: &Desk, able: impl FnOnce(&mut Abilities)) -> ChannelId {
    shown(desk, None, able).await
}

/// The same, with the description that the public reads there; none: the platform shows none.
pub(crate) async fn shown(desk: &Desk, bio: Option<&str>, able: impl FnOnce(&mut Abilities)) -> ChannelId {
    let id = desk.channels[0];
    let sealed =
        channel::ActiveModel { id: Set(id), credential_sealed: Set(Some(vec![1])), ..Default::default() };
    let row = sealed.update(&desk.database).await.unwrap();
    accepted(desk, &row, bio, able).await;
    id
}

/// The platform accepts the credential that a channel was given.
pub(crate) async fn accepts(desk: &Desk, handle: &str) {
    let rows = channel::Entity::find().all(&desk.database).await.unwrap();
    let row = rows.into_iter().find(|row| row.handle == handle).unwrap();
    accepted(desk, &row, None, |_| ()).await;
}

async fn accepted(desk: &Desk, row: &channel::Model, bio: Option<&str>, able: impl FnOnce(&mut Abilities)) {
    let mut abilities = Abilities {
        text_max: None,
        media_max: 0,
        media_types: Vec::new(),
        media_bytes_max: None,
        alt_text: false,
        captions: None,
        edit: false,
        delete: false,
        follow: "ALONE".to_owned(),
        read_back: false,
        inbound: false,
        metrics: false,
        amplify: false,
        quotes: None,
        replies: None,
    };
    able(&mut abilities);
    let profile = Profile {
        handle: row.handle.clone(),
        display_name: None,
        url: None,
        bio: bio.map(str::to_owned),
        bio_shown: bio.is_some(),
        abilities: Some(abilities),
        read_at: desk.clock.now(),
    };
    let looked = Looked::Accepted(Box::new(profile));
    channels::record_look(&desk.office, uuid::Uuid::nil().into(), row, looked).await.unwrap();
}
