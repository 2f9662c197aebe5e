//! A listed channel and the answer to a question about an address, as the public sees them.

use async_graphql::{Enum, ID, SimpleObject};
use office::directory::{self, Entry, Listing, VerificationStatus};

use crate::graphql::{channel::ChannelRecord, id, scalars::DateTime};

/// Whether a listed channel is in use. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Listing")]
pub(crate) enum DirectoryListing {
    /// In use.
    Active,
    /// At rest: still ours, nothing new appears.
    Dormant,
}

/// A channel as the public sees it: the record that was approved last, never one that is being edited.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct DirectoryRecord {
    /// Global id of the channel: the same in every answer, whatever its handle becomes.
    channel_id: ID,
    /// Slug of the office that owns it.
    office_slug: String,
    /// Name of the office that owns it.
    office_name: String,
    /// Whether it is in use.
    listing: DirectoryListing,
    #[graphql(flatten)]
    record: ChannelRecord,
    /// When the record was approved.
    published_at: Option<DateTime>,
    /// Names of the stewards on duty, where the office makes them public; else empty.
    on_duty: Vec<String>,
}

impl From<Entry> for DirectoryRecord {
    fn from(entry: Entry) -> Self {
        Self {
            channel_id: id::encode(entry.channel_id),
            office_slug: entry.office_slug,
            office_name: entry.office_name,
            listing: entry.listing.into(),
            record: entry.record.into(),
            published_at: entry.published_at.map(DateTime::from),
            on_duty: entry.on_duty,
        }
    }
}

/// What an address is to the offices here. Clients must accept values that they do not know, as they accept `UNKNOWN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "VerificationStatus")]
pub(crate) enum VerificationAnswer {
    /// An official channel in use.
    Official,
    /// Ours, at rest: nothing new is to be expected.
    Dormant,
    /// Was ours and is closed: whoever posts there now is not us.
    Retired,
    /// Not known here: treat it as not ours.
    Unknown,
}

/// The answer to "is this account really yours?".
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Verification {
    /// What the address is to us.
    answer: VerificationAnswer,
    /// Global id of the channel; null when unknown.
    channel_id: Option<ID>,
    /// The channel's record as it was approved last; null when unknown.
    record: Option<ChannelRecord>,
    /// When that record was approved; null when unknown.
    published_at: Option<DateTime>,
    /// Slug of the office that owns it; null when unknown.
    office_slug: Option<String>,
    /// Name of the office that owns it; null when unknown.
    office_name: Option<String>,
}

impl From<directory::Verification> for Verification {
    fn from(found: directory::Verification) -> Self {
        Self {
            answer: found.status.into(),
            channel_id: found.channel_id.map(id::encode),
            record: found.record.map(ChannelRecord::from),
            published_at: found.published_at.map(DateTime::from),
            office_slug: found.office_slug,
            office_name: found.office_name,
        }
    }
}
