//! A channel's connection: where and as whom its connector signs in, and whether the platform accepts that.

use entity::{
    ChannelId, WorkerId, channel,
    channel::{ChannelState, Connection, CredentialState, Platform},
    member::Role,
};
use sea_orm::{
    ActiveEnum as _, ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, Order, QueryFilter,
    QueryOrder, QuerySelect, prelude::DateTimeUtc, sea_query::NullOrdering,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::{needs_credential, save};
use crate::{
    Actor, Limits, Office, Requester,
    error::{Fault, OfficeError, RefusalCode, Result, refuse},
    fields,
    policy::{Permit, op},
    queue::heads,
    rows::{locked, same_version},
};

/// Longest secret: enough for any token or key.
const SECRET_BYTES: usize = 16_384;

/// How a connector signs in.
#[derive(Debug, Clone)]
pub struct ConnectChannel {
    /// Which channel.
    pub channel_id: ChannelId,
    /// The version that was read.
    pub expected_version: i64,
    /// Address of the server.
    pub base_url: Option<String>,
    /// User name, where the platform wants one.
    pub username: Option<String>,
    /// Whether the address may be one that is not public; only an administrator may say so.
    pub allow_private_host: bool,
    /// Whether the receiver of a webhook does nothing a second time when a key is repeated.
    pub honours_keys: bool,
    /// The token, application password or shared secret.
    pub secret: SecretString,
    /// When it ends, if that is known.
    pub expires_at: Option<DateTimeUtc>,
}

/// Stores how a channel's connector signs in. The secret is sealed at once and is not readable through any answer.
pub async fn connect(
    office: &Office,
    permit: &Permit<op::ConnectChannel>,
    input: ConnectChannel,
) -> Result<channel::Model> {
    if input.allow_private_host && !is_administrator(permit.requester()) {
        let message = "connecting to an address that is not public needs the role ADMINISTRATOR";
        return Err(OfficeError::Forbidden(message.to_owned()));
    }
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, input.channel_id).await?;
    same_version("channel", input.expected_version, before.version)?;
    connectable(&before)?;
    let mut after = before.clone();
    after.settings = settings(&office.limits, before.platform, &input)?;
    after.credential_sealed = Some(seal(office, before.id, &input.secret)?);
    after.credential_state = CredentialState::Untested;
    after.credential_checked_at = None;
    after.credential_expires_at = input.expires_at;
    let row = save(&change, &before, after).await?;
    heads::reconnect(change.tx(), row.office_id, row.id, host(&row.settings)).await?;
    let detail = json!({ "credential": row.credential_state, "allowPrivateHost": input.allow_private_host, "honoursKeys": input.honours_keys });
    change.note("connectChannel", "Channel", row.id.0, detail);
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// The host that a connection talks to; none for the office's own feed.
pub fn host(settings: &Connection) -> Option<String> {
    let url = url::Url::parse(settings.base_url.as_deref()?).ok()?;
    url.host_str().map(str::to_owned)
}

fn is_administrator(requester: &Requester) -> bool {
    matches!(&requester.actor, Actor::Member { roles, .. } if roles.contains(Role::Administrator))
        || matches!(requester.actor, Actor::Operator)
}

fn connectable(row: &channel::Model) -> Result<()> {
    if !needs_credential(row.platform) {
        let message = format!("a channel on {} needs no credential here", row.platform.to_value());
        return refuse(RefusalCode::Invalid, "channelId", message);
    }
    match row.state {
        ChannelState::Approved | ChannelState::Active | ChannelState::Dormant => Ok(()),
        ChannelState::Requested => refuse(
            RefusalCode::IllegalState,
            "channelId",
            "this channel waits for the coordinator's approval",
        ),
        ChannelState::Retired | ChannelState::Declined => {
            refuse(RefusalCode::IllegalState, "channelId", "this channel is closed")
        }
    }
}

fn settings(limits: &Limits, platform: Platform, input: &ConnectChannel) -> Result<Connection> {
    let Some(base_url) = input.base_url.as_deref() else {
        return refuse(
            RefusalCode::Required,
            "baseUrl",
            "baseUrl is the address of the server: it is needed here",
        );
    };
    let username = fields::optional_line(limits, "username", input.username.as_deref())?;
    if platform == Platform::Wordpress && username.is_none() {
        return refuse(
            RefusalCode::Required,
            "username",
            "WordPress needs the user name of the application password",
        );
    }
    if platform == Platform::Linkedin {
        check_organization(username.as_deref())?;
    }
    if input.honours_keys && platform != Platform::Webhook {
        let message = "honoursKeys is said of a webhook's receiver: leave it out here";
        return refuse(RefusalCode::Invalid, "honoursKeys", message);
    }
    Ok(Connection {
        base_url: Some(fields::web_address(limits, "baseUrl", base_url)?),
        username,
        allow_private_host: input.allow_private_host,
        honours_keys: input.honours_keys,
    })
}

/// LinkedIn's connector posts as an organisation, which its address does not name.
fn check_organization(username: Option<&str>) -> Result<()> {
    let number = username.map(|name| name.strip_prefix("urn:li:organization:").unwrap_or(name));
    let code = match number {
        None => RefusalCode::Required,
        Some(number) if (1..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) => {
            return Ok(());
        }
        Some(_) => RefusalCode::Invalid,
    };
    let message = "LinkedIn needs the organisation's number, or its URN such as urn:li:organization:2414183";
    refuse(code, "username", message)
}

fn seal(office: &Office, id: ChannelId, secret: &SecretString) -> Result<Vec<u8>> {
    let secret = secret.expose_secret().trim();
    if secret.is_empty() {
        return refuse(RefusalCode::Required, "secret", "secret must not be empty");
    }
    if secret.len() > SECRET_BYTES {
        return refuse(
            RefusalCode::TooLong,
            "secret",
            format!("secret must have at most {SECRET_BYTES} bytes"),
        );
    }
    office.vault.seal(&context(id), secret.as_bytes())
}

fn context(id: ChannelId) -> String {
    format!("channel|credential|{id}")
}

/// The secret that the channel's connector signs in with, for the worker.
pub fn open_credential(office: &Office, row: &channel::Model) -> Result<Option<SecretString>> {
    let Some(sealed) = &row.credential_sealed else { return Ok(None) };
    let opened = office.vault.open(&context(row.id), sealed)?;
    let text = String::from_utf8(opened).map_err(|_bytes| Fault::Crypto("a stored secret is no text"))?;
    Ok(Some(SecretString::from(text)))
}

/// Records what the platform said of the credential in `tried`. One that was replaced meanwhile is left alone: nothing
/// is known of the new one. The version stays: it guards what people edit.
pub async fn record_credential_check(
    office: &Office,
    worker: WorkerId,
    tried: &channel::Model,
    accepted: bool,
) -> Result<channel::Model> {
    let mut change = office.begin(&Requester::new(tried.office_id, Actor::Worker(worker))).await?;
    let row = locked::<channel::Entity>(&change, tried.id).await?;
    if row.credential_sealed.is_none() || row.credential_sealed != tried.credential_sealed {
        return Ok(row);
    }
    let state = if accepted { CredentialState::Healthy } else { CredentialState::Rejected };
    let changed = row.credential_state != state;
    let now = change.now;
    let mut edit = channel::ActiveModel::from(row);
    edit.credential_checked_at = Set(Some(now));
    if changed {
        edit.credential_state = Set(state);
    }
    let row = edit.update(change.tx()).await?;
    if changed {
        change.note("checkCredential", "Channel", row.id.0, json!({ "credential": state }));
        change.move_gates();
    }
    change.commit().await?;
    Ok(row)
}

/// Channels of any office whose credential was stored and not tried yet, for the worker; at most `limit`.
pub async fn untested(office: &Office, limit: u64) -> Result<Vec<channel::Model>> {
    let untested = channel::Entity::find()
        .filter(channel::Column::CredentialState.eq(CredentialState::Untested))
        .filter(channel::Column::CredentialSealed.is_not_null())
        // Whoever did not answer last time goes to the end.
        .order_by_with_nulls(channel::Column::CredentialCheckedAt, Order::Asc, NullOrdering::First)
        .order_by_asc(channel::Column::Id)
        .limit(limit);
    Ok(untested.all(office.db.read()).await?)
}

/// Notes that a credential was tried and the platform did not answer: it stays untested, behind those not tried yet.
pub async fn note_unanswered(office: &Office, worker: WorkerId, tried: &channel::Model) -> Result<()> {
    let change = office.begin(&Requester::new(tried.office_id, Actor::Worker(worker))).await?;
    let row = locked::<channel::Entity>(&change, tried.id).await?;
    let now = change.now;
    let mut edit = channel::ActiveModel::from(row);
    edit.credential_checked_at = Set(Some(now));
    edit.update(change.tx()).await?;
    change.commit().await
}
