//! Films with captions that go where captions do not arrive. It reads what the platforms said of the accounts; where they were
//! not asked, it says nothing.

use std::collections::BTreeSet;

use entity::{ChannelId, OfficeId, RevisionId, channel, channel::Profile, revision_media};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::Candidate;
use crate::error::Result;

/// What of candidates' captions does not arrive.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// Revisions with captions.
    revisions: BTreeSet<RevisionId>,
    /// Channels without.
    channels: BTreeSet<ChannelId>,
}

impl Lost {
    /// Whether it is so of this revision on this channel.
    pub(super) fn reaches(&self, revision_id: RevisionId, channel_id: ChannelId) -> bool {
        self.revisions.contains(&revision_id) && self.channels.contains(&channel_id)
    }
}

/// One statement where no film has captions, two otherwise.
pub(super) async fn lost(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    candidates: &[Candidate],
) -> Result<Lost> {
    let revisions: BTreeSet<RevisionId> = candidates.iter().map(|one| one.revision_id).collect();
    let captioned: Vec<RevisionId> = revision_media::Entity::find()
        .select_only()
        .column(revision_media::Column::RevisionId)
        .filter(revision_media::Column::OfficeId.eq(office_id))
        .filter(revision_media::Column::RevisionId.is_in(revisions))
        .filter(revision_media::Column::Captions.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    if captioned.is_empty() {
        return Ok(Lost::default());
    }
    let revisions: BTreeSet<RevisionId> = captioned.into_iter().collect();
    let concerned = candidates.iter().filter(|one| revisions.contains(&one.revision_id));
    let channels: BTreeSet<ChannelId> = concerned.map(|one| one.channel_id).collect();
    let profiles: Vec<(ChannelId, Option<Profile>)> = channel::Entity::find()
        .select_only()
        .columns([channel::Column::Id, channel::Column::Profile])
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(channel::Column::Id.is_in(channels))
        .into_tuple()
        .all(db)
        .await?;
    let without = |profile: Option<Profile>| profile?.abilities?.captions.map(|arrive| !arrive);
    let channels = profiles.into_iter().filter(|(_, profile)| without(profile.clone()) == Some(true));
    Ok(Lost { revisions, channels: channels.map(|(id, _)| id).collect() })
}
