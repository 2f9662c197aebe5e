//! Channels: the registry of shared office accounts. Asking for one, deciding, connecting, changing its record, and its
//! life each have a file; here is what they share and how channels are read. What the public sees is `directory`.

use entity::{
    ChannelId, InitiativeId, MemberId, OfficeId, channel,
    channel::{ChannelState, DirectoryRecord, Platform},
    steward,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect,
    QueryTrait as _, Select,
};

use crate::{
    Office,
    change::Change,
    error::Result,
    paging::{COUNT_CAP, Cursor, Direction, OrderBy, Page, PageRequest, SortKey, count_up_to, page},
    policy::{Permit, op},
    rows::holds,
};

mod account;
pub(crate) use account::another as another_account;
mod address;
pub(crate) use address::claimed_twice;
mod apps;
mod authorization;
mod connection;
mod grant;
mod import;
mod life;
mod look;
mod matching;
mod readiness;
mod record;
mod refresh;
mod request;
mod retirement;
mod review;
mod risk;

pub use apps::{SetPlatformApp, apps, remove_app, set_app};
pub use authorization::{
    Answered, Authorizer, BeginAuthorization, Begun, Consent, begin_authorization, claim_answered,
    complete_authorization, settle_authorization,
};
pub use connection::host;
pub use connection::{ConnectChannel, connect, open_credential};
pub use grant::{AppSecret, GrantOutcome, Granted};
pub use import::import;
pub use life::{activate, rest};
pub use look::{Looked, record_look, test, to_look_at};
pub use matching::{ChannelMatch, MatchChannels, matches};
pub use readiness::{Missing, Readiness, ReadinessItem, readiness};
pub use record::{UpdateChannel, approve_record, update};
pub use refresh::{DueRefresh, claim_refreshes, settle_refresh};
pub use request::{RequestChannel, approve, decline, request};
pub use retirement::{CredentialFate, RetireChannel, name_keeper, retire};
pub use review::{ReviewChannel, due_for_review, review};
pub use risk::{AtRisk, OrphanReason, RiskLevel, orphan_risk, orphan_risks, radar};

/// Which channels a list shows.
#[derive(Debug, Clone, Default)]
pub struct ChannelFilter {
    /// In one of these states; empty: in any.
    pub states: Vec<ChannelState>,
    /// On one of these platforms; empty: on any.
    pub platforms: Vec<Platform>,
    /// Serving this initiative alone.
    pub initiative_id: Option<InitiativeId>,
    /// Looked after by this member.
    pub steward_id: Option<MemberId>,
    /// With these words in handle, name, purpose or audience.
    pub search: Option<String>,
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelOrder {
    /// By account name.
    Handle,
    /// By last change.
    Updated,
}

/// Whether Masthead can post there itself. Channels elsewhere are registered, and published by hand.
pub fn has_connector(platform: Platform) -> bool {
    matches!(
        platform,
        Platform::Feed
            | Platform::Wordpress
            | Platform::Mastodon
            | Platform::Webhook
            | Platform::Bluesky
            | Platform::Facebook
            | Platform::Linkedin
            | Platform::X
            | Platform::Youtube
    )
}

/// Whether its accounts can be connected by asking a person there, through an application that the office registered.
pub fn authorizes(platform: Platform) -> bool {
    matches!(
        platform,
        Platform::Mastodon | Platform::Facebook | Platform::Linkedin | Platform::X | Platform::Youtube
    )
}

/// The one address of a platform that has no servers of others.
pub fn own_address(platform: Platform) -> Option<&'static str> {
    match platform {
        Platform::Bluesky => Some("https://bsky.social"),
        Platform::X => Some("https://api.x.com"),
        Platform::Facebook => Some("https://graph.facebook.com"),
        Platform::Linkedin => Some("https://api.linkedin.com"),
        Platform::Youtube => Some("https://www.googleapis.com"),
        Platform::Feed
        | Platform::Wordpress
        | Platform::Mastodon
        | Platform::Instagram
        | Platform::Webhook
        | Platform::Other => None,
    }
}

/// Whether its connector must sign in.
pub fn needs_credential(platform: Platform) -> bool {
    has_connector(platform) && platform != Platform::Feed
}

/// The public part of a channel's row.
pub(crate) fn record_of(row: &channel::Model) -> DirectoryRecord {
    DirectoryRecord {
        platform: row.platform,
        handle: row.handle.clone(),
        url: row.url.clone(),
        display_name: row.display_name.clone(),
        purpose: row.purpose.clone(),
        audience: row.audience.clone(),
        language: row.language.clone(),
        bio_line: row.bio_line.clone(),
        monitored_hours: row.monitored_hours.clone(),
        contact: row.contact.clone(),
    }
}

/// Stores a changed channel under the next version.
async fn save(
    change: &Change<'_>,
    before: &channel::Model,
    after: channel::Model,
) -> Result<channel::Model, sea_orm::DbErr> {
    let mut edit = channel::ActiveModel::from(after).reset_all();
    edit.version = Set(before.version + 1);
    edit.updated_at = Set(change.now);
    edit.update(change.tx()).await
}

/// A page of channels.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Channels>,
    filter: &ChannelFilter,
    order: ChannelOrder,
    direction: Direction,
    request: &PageRequest,
) -> Result<Page<channel::Model>> {
    let column = match order {
        ChannelOrder::Handle => channel::Column::Handle,
        ChannelOrder::Updated => channel::Column::UpdatedAt,
    };
    let order = OrderBy { column, id: channel::Column::Id, direction };
    page(office.db.read(), select(permit.office_id(), filter), order, request).await
}

/// How many channels the list has, up to 10,000.
pub async fn count(
    office: &Office,
    permit: &Permit<op::Channels>,
    filter: &ChannelFilter,
) -> Result<Option<u64>> {
    count_up_to(office.db.read(), select(permit.office_id(), filter), COUNT_CAP).await
}

/// Where a channel stands in the list.
pub fn cursor(order: ChannelOrder, row: &channel::Model) -> Cursor {
    let key = match order {
        ChannelOrder::Handle => SortKey::Text(row.handle.clone()),
        ChannelOrder::Updated => SortKey::Time(row.updated_at),
    };
    Cursor { key, id: row.id.0 }
}

fn select(office_id: OfficeId, filter: &ChannelFilter) -> Select<channel::Entity> {
    let mut select = channel::Entity::find().filter(channel::Column::OfficeId.eq(office_id));
    if !filter.states.is_empty() {
        select = select.filter(channel::Column::State.is_in(filter.states.clone()));
    }
    if !filter.platforms.is_empty() {
        select = select.filter(channel::Column::Platform.is_in(filter.platforms.clone()));
    }
    if let Some(id) = filter.initiative_id {
        select = select.filter(channel::Column::InitiativeId.eq(id));
    }
    if let Some(id) = filter.steward_id {
        select = select.filter(channel::Column::Id.in_subquery(looked_after_by(id)));
    }
    if let Some(words) = &filter.search {
        let found = holds(channel::Column::Handle, words)
            .or(holds(channel::Column::DisplayName, words))
            .or(holds(channel::Column::Purpose, words))
            .or(holds(channel::Column::Audience, words));
        select = select.filter(found);
    }
    select
}

/// The ids of the channels that a member is a steward of now.
pub(crate) fn looked_after_by(member_id: MemberId) -> sea_orm::sea_query::SelectStatement {
    steward::Entity::find()
        .select_only()
        .column(steward::Column::ChannelId)
        .filter(steward::Column::MemberId.eq(member_id))
        .filter(steward::Column::Until.is_null())
        .into_query()
}

/// The ids of channels.
fn ids(rows: &[channel::Model]) -> Vec<ChannelId> {
    rows.iter().map(|row| row.id).collect()
}
