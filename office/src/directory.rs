//! The directory: what the public may know, and the answer to "is this account really yours?". Reads published records
//! only, never a channel's row as it is being edited.

use entity::{InitiativeId, OfficeId, channel, channel::ChannelState};
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use crate::{Office, error::Result, offices};

mod account;
mod address;
mod called;
pub(crate) mod changes;
mod entries;
mod feeds;
mod likeness;
mod pasted;
mod place;
mod platforms;
mod posted;
mod verify;

pub(crate) use account::{account, own_key, same_account};
pub(crate) use called::example_of;
pub use called::{CalledPlatform, platform_called, platform_name};
pub use changes::{ChangesWanted, DirectoryChange, Head, changes, head};
pub use entity::directory_change::ChangeKind;
use entries::initiatives_of;
pub use entries::{Entry, Initiative};
pub use feeds::feed;
pub use likeness::Likeness;
pub(crate) use place::{Place, place};
pub(crate) use posted::{PostAddress, post_at};
pub use verify::{Imitated, Verification, VerificationStatus, verify};

/// Whether a listed channel is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// In use.
    Active,
    /// At rest: still ours, nothing new appears.
    Dormant,
    /// Was ours and is closed: whoever posts there now is not us.
    Retired,
}

impl Status {
    /// Every one, in this order.
    pub const ALL: [Self; 3] = [Self::Active, Self::Dormant, Self::Retired];

    /// The word that clients know it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Dormant => "DORMANT",
            Self::Retired => "RETIRED",
        }
    }

    /// Of a channel in this state; none for one that is not listed.
    fn of(state: ChannelState) -> Option<Self> {
        match state {
            ChannelState::Active => Some(Self::Active),
            ChannelState::Dormant => Some(Self::Dormant),
            ChannelState::Retired => Some(Self::Retired),
            ChannelState::Requested | ChannelState::Approved | ChannelState::Declined => None,
        }
    }
}

/// Which channels a list shows. Each field asks the published record, never the one that is being edited.
#[derive(Debug, Clone, Default)]
pub struct DirectoryFilter {
    /// Slug of one office; all when left out.
    pub office: Option<String>,
    /// On one of these platforms; empty: on any.
    pub platforms: Vec<CalledPlatform>,
    /// With one of these; empty: with any.
    pub statuses: Vec<Status>,
    /// For an audience that holds these words, whatever their case.
    pub audience: Option<String>,
    /// In this language: `fr` finds `fr-CA` too, `fr-CA` only itself.
    pub language: Option<String>,
    /// Serving this initiative alone.
    pub initiative: Option<InitiativeId>,
}

impl DirectoryFilter {
    /// The channels of one office, or of all.
    pub fn of_office(slug: Option<&str>) -> Self {
        Self { office: slug.map(str::to_owned), ..Self::default() }
    }

    fn shows(&self, entry: &Entry) -> bool {
        let holds =
            |words: &String| entry.record.audience.to_lowercase().contains(&words.trim().to_lowercase());
        let serves = |id: &InitiativeId| entry.initiative.as_ref().is_some_and(|one| one.id == *id);
        let record = &entry.record;
        let on = |one: &CalledPlatform| one.has(record.platform, &record.url);
        (self.platforms.is_empty() || self.platforms.iter().any(on))
            && (self.statuses.is_empty() || self.statuses.contains(&entry.status))
            && self.audience.as_ref().is_none_or(holds)
            && self.language.as_ref().is_none_or(|wanted| speaks(&entry.record.language, wanted))
            && self.initiative.as_ref().is_none_or(serves)
    }
}

/// Whether a language tag is the wanted one or a variety of it.
fn speaks(tag: &str, wanted: &str) -> bool {
    let (tag, wanted) = (tag.to_ascii_lowercase(), wanted.trim().to_ascii_lowercase());
    tag.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The channels that the public ever saw, by office and handle: of the office with this slug, or of every office of the
/// deployment. A retired one stays listed, as retired.
pub async fn list(office: &Office, filter: &DirectoryFilter) -> Result<Vec<Entry>> {
    let offices = match &filter.office {
        Some(slug) => vec![offices::by_slug(office, slug).await?],
        None => offices::all(office).await?,
    };
    let ids: Vec<OfficeId> = offices.iter().map(|row| row.id).collect();
    let of_offices = Condition::all().add(channel::Column::OfficeId.is_in(ids));
    let rows = entries::listed(office, of_offices).await?;
    let mut entries = entries::of(office, offices, rows).await?;
    entries.retain(|entry| filter.shows(entry));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_finds_its_varieties_and_not_its_neighbours() {
        assert!(speaks("fr-CA", "fr"));
        assert!(speaks("fr-CA", "FR-ca"));
        assert!(!speaks("fr", "fr-CA"));
        assert!(!speaks("fro", "fr"));
    }
}
