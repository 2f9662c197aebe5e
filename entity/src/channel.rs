//! The registry of shared office accounts.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

mod life;
mod profile;

pub use life::{PublicPage, Verdict};
pub use profile::{Abilities, Profile};

use crate::{ChannelAuthorizationId, ChannelId, InitiativeId, MemberId, OfficeId, PlatformAppId, PostId};

/// A platform that a channel can be on. New ones are added: clients accept unknown values.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Platform {
    /// The office's own public news page, served by Masthead.
    Feed,
    /// A WordPress site.
    Wordpress,
    /// Mastodon, GoToSocial and kin.
    Mastodon,
    /// Bluesky (AT Protocol).
    Bluesky,
    /// X.
    X,
    /// A Facebook Page.
    Facebook,
    /// A LinkedIn organisation.
    Linkedin,
    /// A YouTube channel.
    Youtube,
    /// An Instagram account.
    Instagram,
    /// Any system that takes a signed document over HTTP.
    Webhook,
    /// Any other: its address says which. Such a channel is in the registry, and what it says is published by hand.
    Other,
}

impl Platform {
    /// Whether a channel there is a site or a receiver of somebody's own, and no account on a platform of others.
    pub fn is_site(self) -> bool {
        matches!(self, Self::Feed | Self::Wordpress | Self::Webhook)
    }
}

/// Where a channel is in its life.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChannelState {
    /// Waits for the coordinator.
    Requested,
    /// May be set up.
    Approved,
    /// In use: posts may go out.
    Active,
    /// Resting: listed as such, nothing goes out.
    Dormant,
    /// Closed for good.
    Retired,
    /// Not taken up, for a reason given.
    Declined,
}

/// Whether a channel's credential works.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CredentialState {
    /// None is stored.
    Missing,
    /// Stored, not yet tried.
    Untested,
    /// The platform accepted it when last tried.
    Healthy,
    /// The platform refused it: a person must renew it.
    Rejected,
}

/// Where and as whom a connector signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Address of the server; null where the platform has one only.
    pub base_url: Option<String>,
    /// User name; null where the token names the account.
    pub username: Option<String>,
    /// Whether an administrator allowed an address that is not public.
    pub allow_private_host: bool,
    /// Webhook: whether its receiver does nothing a second time when a key is repeated, as a person has vouched.
    #[serde(default)]
    pub honours_keys: bool,
}

/// What the public may know of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryRecord {
    /// Where it is.
    pub platform: Platform,
    /// Account name.
    pub handle: String,
    /// Public address.
    pub url: String,
    /// Name.
    pub display_name: String,
    /// What it is for.
    pub purpose: String,
    /// Whom it reaches.
    pub audience: String,
    /// BCP 47 tag.
    pub language: String,
    /// Who runs it.
    pub bio_line: String,
    /// When it is read.
    pub monitored_hours: String,
    /// Where the public reaches whoever runs it: an e-mail or web address; null for records approved before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// A shared office account on one platform.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The initiative that it serves alone; null for a channel of the whole office.
    pub initiative_id: Option<InitiativeId>,
    /// Where it is.
    pub platform: Platform,
    /// Account name there, without `@`; for a blog, its host and path.
    pub handle: String,
    /// Public address of the account.
    pub url: String,
    /// Name as the public sees it.
    pub display_name: String,
    /// What it is for.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// Whom it reaches.
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    /// BCP 47 tag.
    pub language: String,
    /// The line of its bio that says who runs it.
    #[sea_orm(column_type = "Text")]
    pub bio_line: String,
    /// When somebody reads what comes in.
    #[sea_orm(column_type = "Text")]
    pub monitored_hours: String,
    /// Where the public reaches whoever runs it: an e-mail or web address; null until somebody says it.
    #[sea_orm(column_type = "Text", nullable)]
    pub contact: Option<String>,
    /// Put at the end of each post, such as initials; null for none.
    pub signature: Option<String>,
    /// Why no existing channel serves.
    #[sea_orm(column_type = "Text")]
    pub justification: String,
    /// Where it is in its life.
    pub state: ChannelState,
    /// Who asked for it.
    pub requested_by: MemberId,
    /// Who approved or declined it.
    pub decided_by: Option<MemberId>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// What they said.
    #[sea_orm(column_type = "Text", nullable)]
    pub decision_reason: Option<String>,
    /// Where and as whom the connector signs in; holds no secret.
    #[sea_orm(column_type = "Json")]
    pub settings: Connection,
    /// The secret, sealed by the master key with the channel's id as context; null before it is connected.
    pub credential_sealed: Option<Vec<u8>>,
    /// Whether the credential works.
    pub credential_state: CredentialState,
    /// When it was last tried.
    pub credential_checked_at: Option<DateTimeUtc>,
    /// When it ends; null when it does not or is not known.
    pub credential_expires_at: Option<DateTimeUtc>,
    /// The last time that a person was asked at the platform to connect it; null when none was.
    pub authorization_id: Option<ChannelAuthorizationId>,
    /// The application in whose name the credential was given; null when a person entered the credential.
    pub credential_app_id: Option<PlatformAppId>,
    /// What the credential may do, as the platform said, with spaces between; null when it did not say.
    #[sea_orm(column_type = "Text", nullable)]
    pub credential_scopes: Option<String>,
    /// With what the next credential is got, sealed like the secret with a context of its own; null when it is not refreshed.
    pub refresh_sealed: Option<Vec<u8>>,
    /// When it is refreshed next; null when it is not.
    pub refresh_at: Option<DateTimeUtc>,
    /// Until when a worker is refreshing it; null when none is.
    pub refresh_lease_until: Option<DateTimeUtc>,
    /// Raised by each worker that takes it: who holds an older one has lost it.
    pub refresh_fence: i64,
    /// Refreshes in a row that came to nothing.
    pub refresh_failures: i32,
    /// Why the last one did; null when it did not.
    #[sea_orm(column_type = "Text", nullable)]
    pub refresh_cause: Option<String>,
    /// When it was last refreshed.
    pub refreshed_at: Option<DateTimeUtc>,
    /// What the platform showed of the account when it was last looked at; null before.
    #[sea_orm(column_type = "Json", nullable)]
    pub profile: Option<Profile>,
    /// When it is looked at next; null when it is not.
    pub profile_due_at: Option<DateTimeUtc>,
    /// Why the last look came to nothing; null when it did not.
    #[sea_orm(column_type = "Text", nullable)]
    pub profile_cause: Option<String>,
    /// Whether what is out there can be read back and compared, as its platform was last seen.
    pub reads_back: bool,
    /// What the public directory shows: the last approved record; null before the first approval.
    #[sea_orm(column_type = "Json", nullable)]
    pub published: Option<DirectoryRecord>,
    /// When that record was approved.
    pub published_at: Option<DateTimeUtc>,
    /// Whether the row holds changes that the directory does not show yet.
    pub record_pending: bool,
    /// The day of its next review, in the office's zone; null for one that was activated before there were reviews.
    pub review_due_on: Option<Date>,
    /// What the last review came to; null before the first.
    pub review_verdict: Option<Verdict>,
    /// What becomes of the account's page, said when it was retired; null before, and where it was never public.
    pub public_page: Option<PublicPage>,
    /// Who keeps the way into a retired account; null while it is in use, and where it was revoked.
    pub credential_keeper_id: Option<MemberId>,
    /// The post that said goodbye; null when none did.
    pub last_post_id: Option<PostId>,
    /// Raised by each change; an update that names another version is refused as a conflict.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
