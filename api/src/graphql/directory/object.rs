//! A listed channel and the answer to a question about an address, as the public sees them.

use async_graphql::{Enum, ID, SimpleObject};
use office::directory::{self, ChangeKind, Entry, Initiative, Likeness, Status, VerificationStatus};

use crate::graphql::{
    channel::ChannelRecord,
    id,
    scalars::{DateTime, Url},
};

/// Whether a listed channel is in use. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub(crate) enum DirectoryStatus {
    /// In use.
    Active,
    /// At rest: still ours, nothing new appears.
    Dormant,
    /// Was ours and is closed: whoever posts there now is not us.
    Retired,
}

/// The initiative that a listed channel serves alone.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct DirectoryInitiative {
    /// Global id of the initiative: give it back as `initiative` to see its channels.
    id: ID,
    /// Its name.
    name: String,
}

impl From<Initiative> for DirectoryInitiative {
    fn from(one: Initiative) -> Self {
        Self { id: id::encode(one.id), name: one.name }
    }
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
    /// Whether it is in use. A closed channel stays listed, as `RETIRED`.
    status: DirectoryStatus,
    /// Whether it is in use.
    #[graphql(deprecation = "The word is `status`.")]
    listing: DirectoryStatus,
    #[graphql(flatten)]
    record: ChannelRecord,
    /// When the record was approved.
    published_at: Option<DateTime>,
    /// Since when its account has been official: its first publication, or its last move to another account.
    official_since: Option<DateTime>,
    /// Until when it was official; null while it is.
    official_until: Option<DateTime>,
    /// The initiative that it serves alone; null for a channel of the whole office.
    initiative: Option<DirectoryInitiative>,
    /// Names of the stewards on duty, where the office makes them public; else empty.
    on_duty: Vec<String>,
}

impl From<Entry> for DirectoryRecord {
    fn from(entry: Entry) -> Self {
        Self {
            channel_id: id::encode(entry.channel_id),
            office_slug: entry.office_slug,
            office_name: entry.office_name,
            status: entry.status.into(),
            listing: entry.status.into(),
            record: entry.record.into(),
            published_at: entry.published_at.map(DateTime::from),
            official_since: entry.official_since.map(DateTime::from),
            official_until: entry.official_until.map(DateTime::from),
            initiative: entry.initiative.map(DirectoryInitiative::from),
            on_duty: entry.on_duty,
        }
    }
}

/// What happened to a channel in the eyes of the public. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ChangeKind")]
pub(crate) enum DirectoryChangeKind {
    /// It is listed for the first time.
    Published,
    /// Its record, or the initiative that it serves, is another.
    Changed,
    /// Its record names another account: whoever posts at the one before is not us from now on.
    Moved,
    /// It rests.
    Dormant,
    /// It is in use again.
    Active,
    /// It is closed for good.
    Retired,
}

/// A change of the public directory.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct DirectoryChange {
    /// The change, for ever the same: the id of its entry in `/directory.atom`.
    id: ID,
    /// Its place in the order of changes: what `/directory.json?since=` takes.
    cursor: String,
    /// When.
    at: DateTime,
    /// What happened.
    kind: DirectoryChangeKind,
    /// Global id of the channel.
    channel_id: ID,
    /// Slug of the office that owns it.
    office_slug: String,
    /// Name of the office that owns it.
    office_name: String,
    /// The initiative that it served alone; null for a channel of the whole office.
    initiative: Option<DirectoryInitiative>,
    /// The record that was public from then on.
    record: ChannelRecord,
}

impl From<directory::DirectoryChange> for DirectoryChange {
    fn from(change: directory::DirectoryChange) -> Self {
        Self {
            id: ID(format!("urn:uuid:{}", change.id)),
            cursor: change.sequence.to_string(),
            at: change.at.into(),
            kind: change.kind.into(),
            channel_id: id::encode(change.channel_id),
            office_slug: change.office_slug,
            office_name: change.office_name,
            initiative: change.initiative.map(DirectoryInitiative::from),
            record: change.record.into(),
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
    /// Was ours until `officialUntil`: the channel is closed, or elsewhere now. Whoever posts there now is not us.
    Retired,
    /// Not ours, and could be taken for ours: `looksLike` names the real channel.
    LooksLike,
    /// A page of a platform that is no account, such as a post or the platform's own front page: ask for the account.
    LandingPage,
    /// Not known here: treat it as not ours.
    Unknown,
}

/// Why an address could be taken for one of ours. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Likeness")]
pub(crate) enum ImitationReason {
    /// Its letters look like ours: of another script, digits for letters, other separators.
    SameLook,
    /// One letter is missing, added, changed or swapped.
    OneLetter,
    /// Our name with a word such as `official` added, or our host inside another.
    ExtraWords,
    /// Our whole address stands in another, which is not ours: before an `@`, in a path or in a query.
    AddressInside,
    /// Our name on another platform or host, where we are not known to be.
    SameNameElsewhere,
}

/// The channel that an address could be taken for.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Imitation {
    /// What makes it look so.
    reason: ImitationReason,
    /// Global id of the real channel.
    channel_id: ID,
    /// Name of the office that owns the real channel.
    office_name: String,
    /// The real channel's record, as it was approved last.
    record: ChannelRecord,
}

impl From<directory::Imitated> for Imitation {
    fn from(real: directory::Imitated) -> Self {
        Self {
            reason: real.likeness.into(),
            channel_id: id::encode(real.channel_id),
            office_name: real.office_name,
            record: real.record.into(),
        }
    }
}

/// The answer to "is this account really yours?".
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Verification {
    /// What the address is to us.
    answer: VerificationAnswer,
    /// The usual address of the account that was asked for; null when it is no account of a platform that is known.
    address: Option<Url>,
    /// Name of the platform; null when it is none that is known.
    platform: Option<String>,
    /// Global id of the channel; null when unknown.
    channel_id: Option<ID>,
    /// The channel's record as it was approved last; null when unknown.
    record: Option<ChannelRecord>,
    /// When that record was approved; null when unknown.
    published_at: Option<DateTime>,
    /// Since when it has been official; null when unknown.
    official_since: Option<DateTime>,
    /// Until when it was official; null while it is, or when unknown.
    official_until: Option<DateTime>,
    /// Slug of the office that owns it; null when unknown.
    office_slug: Option<String>,
    /// Name of the office that owns it; null when unknown.
    office_name: Option<String>,
    /// The real channel, when this one could be taken for it; null otherwise.
    looks_like: Option<Imitation>,
}

impl From<directory::Verification> for Verification {
    fn from(found: directory::Verification) -> Self {
        Self {
            answer: found.status.into(),
            address: found.address.map(Url),
            platform: found.platform,
            channel_id: found.channel_id.map(id::encode),
            record: found.record.map(ChannelRecord::from),
            published_at: found.published_at.map(DateTime::from),
            official_since: found.official_since.map(DateTime::from),
            official_until: found.official_until.map(DateTime::from),
            office_slug: found.office_slug,
            office_name: found.office_name,
            looks_like: found.imitated.map(Imitation::from),
        }
    }
}
