//! The announcement of an initiative as its draft's author may begin it, and what it leaves open.

use async_graphql::{Enum, ID, InputObject};
use office::initiatives::Announcement;

use crate::graphql::{id, scalars::Date};

/// A question of the announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "office::initiatives::AnnouncementPart")]
pub(crate) enum AnnouncementPart {
    /// Whom does it want to reach? `audience`.
    Audience,
    /// Who runs it? `runBy`.
    RunBy,
    /// How is it staffed, for how long? `staffing`.
    Staffing,
    /// Who takes over? `successor`.
    Successor,
    /// Which existing channels could carry it? `existingChannels`, or `existingChannelsNote` where none can.
    ExistingChannels,
}

/// The beginning of an announcement: its name and what it is for. What is left out is asked later, with `updateInitiative`.
#[derive(Debug, InputObject)]
pub(crate) struct AnnounceInput {
    /// Name, unique in the office.
    name: String,
    /// What it is for.
    purpose: String,
    /// Whom it wants to reach.
    audience: Option<String>,
    /// Who runs it day to day.
    run_by: Option<String>,
    /// How it is staffed and for how many hours.
    staffing: Option<String>,
    /// Who takes over when the project ends or people leave.
    successor: Option<String>,
    /// First day, in the office's zone; today, when left out.
    starts_on: Option<Date>,
    /// Last day; leave it out for one without a planned end.
    ends_on: Option<Date>,
    /// The project's tag, with or without `#`.
    hashtag: Option<String>,
    /// The member who owns it; when left out: you, if your roles allow it, else the coordinator who has been here longest.
    manager_id: Option<ID>,
    /// Channels of the office that could carry it: see `channelMatches`.
    existing_channels: Option<Vec<ID>>,
    /// Why those, or why none.
    existing_channels_note: Option<String>,
}

impl AnnounceInput {
    /// For the office.
    pub(crate) fn read(self) -> office::Result<Announcement> {
        Ok(Announcement {
            name: self.name,
            purpose: self.purpose,
            audience: self.audience,
            run_by: self.run_by,
            staffing: self.staffing,
            successor: self.successor,
            starts_on: self.starts_on.map(|day| day.0),
            ends_on: self.ends_on.map(|day| day.0),
            hashtag: self.hashtag,
            manager_id: id::decode_opt(self.manager_id.as_ref())?,
            existing_channels: ids(&self.existing_channels.unwrap_or_default())?,
            existing_channels_note: self.existing_channels_note,
        })
    }
}

/// Channels by their global ids.
pub(super) fn ids(given: &[ID]) -> office::Result<Vec<entity::ChannelId>> {
    given.iter().map(id::decode).collect()
}
