//! Connecting a channel by asking a person at its platform: the question, the answer that their browser brings back, and the
//! credential that a worker then fetches. It does not know how any platform asks.
//!
//! Only who began it may finish it: whoever follows a link that somebody else made must not give their account away.

use chrono::TimeDelta;
use entity::{
    ChannelAuthorizationId, ChannelId, channel, channel::Connection, channel::Platform,
    channel_authorization, channel_authorization::AuthorizationState, platform_app,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;

use super::{
    apps, authorizes,
    connection::{self, Place, connectable, may_reach_private},
};
use crate::{
    Office,
    change::Change,
    error::{Fault, RefusalCode, Result, refuse},
    policy::{Permit, op},
    rows::{locked, same_version},
    vault::{new_token, token_hash},
};

mod fetch;

pub use fetch::{Answered, claim_answered, settle_authorization};

/// Where a person is asked, by whoever knows the platforms.
pub trait Authorizer: Send + Sync + std::fmt::Debug {
    /// The address for their browser, or why there is none.
    fn consent_url(
        &self,
        platform: Platform,
        settings: &Connection,
        consent: &Consent<'_>,
    ) -> Result<Url, String>;
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Consent<'a> {
    /// In the name of which application.
    pub client_id: &'a str,
    /// Where the platform sends the browser afterwards.
    pub redirect_uri: &'a Url,
    /// Comes back with the browser.
    pub state: &'a SecretString,
    /// The PKCE verifier: only its digest is told.
    pub verifier: &'a SecretString,
}

/// A channel to be connected.
#[derive(Debug, Clone)]
pub struct BeginAuthorization {
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
    /// Where the platform sends the browser afterwards.
    pub redirect_uri: Url,
}

/// A question that was asked.
#[derive(Debug)]
pub struct Begun {
    /// The question.
    pub authorization: channel_authorization::Model,
    /// Where the person is to be sent: holds a secret.
    pub url: Url,
}

/// Begins: stores the question and says where the person is to be sent. Nothing of the channel changes yet.
pub async fn begin_authorization(
    office: &Office,
    permit: &Permit<op::BeginChannelAuthorization>,
    authorizer: &dyn Authorizer,
    input: BeginAuthorization,
) -> Result<Begun> {
    may_reach_private(permit.requester(), input.allow_private_host)?;
    let mut change = office.begin(permit.requester()).await?;
    let channel = locked::<channel::Entity>(&change, input.channel_id).await?;
    same_version("channel", input.expected_version, channel.version)?;
    connectable(&channel)?;
    if !authorizes(channel.platform) {
        let message =
            "accounts of this platform are not connected by asking a person there: use connectChannel";
        return refuse(RefusalCode::Invalid, "channelId", message);
    }
    let place = Place {
        base_url: input.base_url.as_deref(),
        username: input.username.as_deref(),
        allow_private_host: input.allow_private_host,
        honours_keys: false,
    };
    let settings = connection::settings(&office.limits, channel.platform, &place)?;
    let app =
        apps::named(&change, channel.platform, settings.base_url.as_deref().unwrap_or_default()).await?;
    let (state, verifier) = (new_token("mhs_")?, new_token("")?);
    let consent = Consent {
        client_id: &app.client_id,
        redirect_uri: &input.redirect_uri,
        state: &state,
        verifier: &verifier,
    };
    let url = match authorizer.consent_url(channel.platform, &settings, &consent) {
        Ok(url) => url,
        Err(why) => return refuse(RefusalCode::Invalid, "baseUrl", why),
    };
    let row = question(office, &change, &channel, &app, settings, &input.redirect_uri);
    let row = channel_authorization::Model {
        state_hash: token_hash(&state),
        verifier_sealed: Some(seal(office, row.id, &verifier)?),
        ..row
    };
    let row = channel_authorization::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let mut edit = channel::ActiveModel::from(channel.clone());
    edit.authorization_id = Set(Some(row.id));
    edit.update(change.tx()).await?;
    let detail = json!({ "authorization": row.id.0, "allowPrivateHost": input.allow_private_host });
    change.note("beginChannelAuthorization", "Channel", channel.id.0, detail);
    change.commit().await?;
    Ok(Begun { authorization: row, url })
}

fn question(
    office: &Office,
    change: &Change<'_>,
    channel: &channel::Model,
    app: &platform_app::Model,
    settings: Connection,
    redirect_uri: &Url,
) -> channel_authorization::Model {
    channel_authorization::Model {
        id: change.id(),
        office_id: change.office_id(),
        channel_id: channel.id,
        app_id: app.id,
        begun_by: change.requester().member_id(),
        state: AuthorizationState::Waiting,
        state_hash: String::new(),
        verifier_sealed: None,
        code_sealed: None,
        redirect_uri: redirect_uri.to_string(),
        settings,
        fence: 0,
        lease_until: None,
        cause_code: None,
        cause_detail: None,
        created_at: change.now,
        expires_at: change.now + TimeDelta::minutes(office.limits.authorization_minutes),
        ended_at: None,
    }
}

/// Takes the whole address that the platform sent the browser back to. What it holds is good once.
pub async fn complete_authorization(
    office: &Office,
    permit: &Permit<op::CompleteChannelAuthorization>,
    address: &str,
) -> Result<channel_authorization::Model> {
    const FIELD: &str = "address";
    let told = Told::read(address);
    let Some(state) = told.state.clone() else {
        let message =
            "this is not the address that the platform sent the browser back to: it has no state in it";
        return refuse(RefusalCode::Invalid, FIELD, message);
    };
    let mut change = office.begin(permit.requester()).await?;
    let asked = channel_authorization::Entity::find()
        .filter(channel_authorization::Column::StateHash.eq(token_hash(&state)))
        .filter(channel_authorization::Column::OfficeId.eq(change.office_id()))
        .lock_exclusive();
    let row = asked.one(change.tx()).await?.filter(|row| row.begun_by == change.requester().member_id());
    let Some(row) = row else {
        let message = "you asked no such question: only who began connecting a channel can finish it";
        return refuse(RefusalCode::NotFound, FIELD, message);
    };
    if row.state != AuthorizationState::Waiting || row.expires_at <= change.now {
        let message = "this answer was given before, or comes too late: begin again";
        return refuse(RefusalCode::IllegalState, FIELD, message);
    }
    if !told.came_to(&row.redirect_uri) {
        let message =
            format!("the platform sends the browser back to {}: paste that whole address", row.redirect_uri);
        return refuse(RefusalCode::Invalid, FIELD, message);
    }
    let channel = locked::<channel::Entity>(&change, row.channel_id).await?;
    if channel.authorization_id != Some(row.id) {
        return refuse(RefusalCode::IllegalState, FIELD, SUPERSEDED);
    }
    let row = match told.code {
        Some(code) => {
            let sealed = seal(office, row.id, &code)?;
            let mut edit = channel_authorization::ActiveModel::from(row);
            edit.state = Set(AuthorizationState::Answered);
            edit.code_sealed = Set(Some(sealed));
            edit.update(change.tx()).await?
        }
        None => {
            fail(&change, row, "ACCESS_DENIED", "the platform says that the account did not agree").await?
        }
    };
    let detail = json!({ "authorization": row.id.0, "state": row.state });
    change.note("completeChannelAuthorization", "Channel", row.channel_id.0, detail);
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Only the newest way of connecting a channel counts: an older one must not put another account in its place.
const SUPERSEDED: &str =
    "the channel was connected, or somebody was asked, in another way since: begin again";

/// What an address that a browser came back to says.
struct Told {
    place: Option<Url>,
    state: Option<SecretString>,
    code: Option<SecretString>,
}

impl Told {
    fn read(address: &str) -> Self {
        let pairs = |wanted: &str| {
            let url = Url::parse(address.trim()).ok()?;
            let found = url.query_pairs().find(|(name, _)| name == wanted)?.1.into_owned();
            Some(SecretString::from(found)).filter(|value| !value.expose_secret().is_empty())
        };
        let mut place = Url::parse(address.trim()).ok();
        if let Some(place) = &mut place {
            place.set_query(None);
            place.set_fragment(None);
        }
        Self { place, state: pairs("state"), code: pairs("code") }
    }

    /// Whether the browser came back to where the platform was to send it.
    fn came_to(&self, redirect_uri: &str) -> bool {
        self.place.as_ref().is_some_and(|place| Url::parse(redirect_uri).is_ok_and(|wanted| wanted == *place))
    }
}

async fn fail(
    change: &Change<'_>,
    row: channel_authorization::Model,
    code: &str,
    detail: &str,
) -> Result<channel_authorization::Model> {
    let mut edit = channel_authorization::ActiveModel::from(row);
    edit.state = Set(AuthorizationState::Failed);
    edit.cause_code = Set(Some(code.to_owned()));
    edit.cause_detail = Set(Some(detail.to_owned()));
    edit.verifier_sealed = Set(None);
    edit.code_sealed = Set(None);
    edit.lease_until = Set(None);
    edit.ended_at = Set(Some(change.now));
    Ok(edit.update(change.tx()).await?)
}

fn context(id: ChannelAuthorizationId) -> String {
    format!("channel_authorization|secret|{id}")
}

fn seal(office: &Office, id: ChannelAuthorizationId, secret: &SecretString) -> Result<Vec<u8>> {
    office.vault.seal(&context(id), secret.expose_secret().as_bytes())
}

fn open(office: &Office, id: ChannelAuthorizationId, sealed: Option<&[u8]>) -> Result<SecretString> {
    let sealed = sealed.ok_or(Fault::Crypto("a secret that was to be used is not there"))?;
    office.vault.open_text(&context(id), sealed)
}
