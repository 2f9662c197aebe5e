//! A channel's connection: where and as whom its connector signs in, and whether the platform accepts that.

use entity::{
    ChannelId, channel,
    channel::{ChannelState, Connection, CredentialState, Platform},
    member::Role,
};
use sea_orm::prelude::DateTimeUtc;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::{grant, needs_credential, own_address, save};
use crate::{
    Actor, Limits, Office, Requester, directory,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    policy::{Permit, op},
    queue::{heads, preparing},
    rounds,
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

/// Where and as whom a connector is to sign in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) base_url: Option<&'a str>,
    pub(super) username: Option<&'a str>,
    pub(super) allow_private_host: bool,
    pub(super) honours_keys: bool,
}

/// Stores how a channel's connector signs in. The secret is sealed at once and is not readable through any answer.
pub async fn connect(
    office: &Office,
    permit: &Permit<op::ConnectChannel>,
    input: ConnectChannel,
) -> Result<channel::Model> {
    may_reach_private(permit.requester(), input.allow_private_host)?;
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, input.channel_id).await?;
    same_version("channel", input.expected_version, before.version)?;
    connectable(&before)?;
    let mut after = before.clone();
    let place = Place {
        base_url: input.base_url.as_deref(),
        username: input.username.as_deref(),
        allow_private_host: input.allow_private_host,
        honours_keys: input.honours_keys,
    };
    after.settings = settings(&office.limits, before.platform, &place)?;
    after.credential_sealed = Some(seal(office, before.id, &input.secret)?);
    after.credential_state = CredentialState::Untested;
    after.credential_checked_at = None;
    after.credential_expires_at = input.expires_at;
    grant::forget_refresh(&mut after);
    // A question that is still open must not undo this.
    after.authorization_id = None;
    after.profile_due_at = None;
    let row = save(&change, &before, after).await?;
    heads::reconnect(change.tx(), row.office_id, row.id, host(&row.settings)).await?;
    preparing::forget_channel(change.tx(), row.id).await?;
    rounds::forget(&change, row.id).await?;
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

/// Whether whoever asks may let a connection reach an address that is not public.
pub(super) fn may_reach_private(requester: &Requester, wished: bool) -> Result<()> {
    if wished && !is_administrator(requester) {
        let message = "connecting to an address that is not public needs the role ADMINISTRATOR";
        return Err(OfficeError::Forbidden(message.to_owned()));
    }
    Ok(())
}

pub(super) fn is_administrator(requester: &Requester) -> bool {
    matches!(&requester.actor, Actor::Member { roles, .. } if roles.contains(Role::Administrator))
        || matches!(requester.actor, Actor::Operator)
}

pub(super) fn connectable(row: &channel::Model) -> Result<()> {
    if !needs_credential(row.platform) {
        let why = if row.platform == Platform::Feed {
            "Masthead shows it itself".to_owned()
        } else {
            let on = directory::platform_name(row.platform, &row.url);
            format!("Masthead does not post on {on}: it is published there by hand")
        };
        let message = format!("this channel needs no credential: {why}");
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

pub(super) fn settings(limits: &Limits, platform: Platform, input: &Place<'_>) -> Result<Connection> {
    let Some(base_url) = input.base_url.or_else(|| own_address(platform)) else {
        return refuse(
            RefusalCode::Required,
            "baseUrl",
            "baseUrl is the address of the server: it is needed here",
        );
    };
    let username = fields::optional_line(limits, "username", input.username)?;
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

pub(super) fn seal(office: &Office, id: ChannelId, secret: &SecretString) -> Result<Vec<u8>> {
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
    row.credential_sealed.as_ref().map(|sealed| office.vault.open_text(&context(row.id), sealed)).transpose()
}
