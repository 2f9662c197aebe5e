//! The applications that an office registered at platforms: in their name accounts are connected by asking a person there.
//! It does not know how a person is asked.

use entity::{PlatformAppId, channel::Platform, platform_app};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::authorizes;
use crate::{
    Office,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    policy::{Permit, op},
    rows::locked,
};

/// Applications of one office that a list shows.
const APPS_AT_MOST: u64 = 200;
/// Longest secret of an application.
const SECRET_BYTES: usize = 4_096;

/// A registered application.
#[derive(Debug, Clone)]
pub struct SetPlatformApp {
    /// Where it is registered.
    pub platform: Platform,
    /// At which server of that platform.
    pub base_url: String,
    /// Its public name there.
    pub client_id: String,
    /// Its secret; absent where the platform gave none.
    pub client_secret: Option<SecretString>,
}

/// Registers an application here, or puts it in place of the one that the office has at the same address. Channels that
/// were connected with it are refreshed with the new one.
pub async fn set_app(
    office: &Office,
    permit: &Permit<op::SetPlatformApp>,
    input: SetPlatformApp,
) -> Result<platform_app::Model> {
    if !authorizes(input.platform) {
        let message =
            "accounts of this platform are not connected through an application: use connectChannel";
        return refuse(RefusalCode::Invalid, "platform", message);
    }
    let base_url = fields::web_address(&office.limits, "baseUrl", &input.base_url)?;
    if base_url.contains(['?', '#']) {
        return refuse(
            RefusalCode::Invalid,
            "baseUrl",
            "baseUrl is the address of a server: leave out what stands behind ? or #",
        );
    }
    let base_url = place(&base_url);
    let client_id = fields::line(&office.limits, "clientId", &input.client_id)?;
    let mut change = office.begin(permit.requester()).await?;
    let former = at(&change, input.platform, &base_url).await?;
    let id = former.as_ref().map_or_else(|| change.id(), |row| row.id);
    let sealed = input.client_secret.as_ref().map(|secret| seal(office, id, secret)).transpose()?;
    let row = platform_app::Model {
        id,
        office_id: change.office_id(),
        platform: input.platform,
        base_url,
        client_id,
        client_secret_sealed: sealed,
        created_by: change.requester().member_id(),
        version: former.as_ref().map_or(1, |row| row.version + 1),
        created_at: former.as_ref().map_or(change.now, |row| row.created_at),
        updated_at: change.now,
    };
    let edit = platform_app::ActiveModel::from(row).reset_all();
    let row =
        if former.is_some() { edit.update(change.tx()).await? } else { edit.insert(change.tx()).await? };
    let detail = json!({ "platform": row.platform, "replaced": former.is_some() });
    change.note("setPlatformApp", "PlatformApp", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// The office's applications, by platform and address.
pub async fn apps(office: &Office, permit: &Permit<op::PlatformApps>) -> Result<Vec<platform_app::Model>> {
    let own = platform_app::Entity::find()
        .filter(platform_app::Column::OfficeId.eq(permit.office_id()))
        .order_by_asc(platform_app::Column::Platform)
        .order_by_asc(platform_app::Column::BaseUrl)
        .limit(APPS_AT_MOST);
    Ok(own.all(office.db.read()).await?)
}

/// Takes an application away. Channels that were connected with it work until their credential ends, and are not
/// refreshed any more.
pub async fn remove_app(
    office: &Office,
    permit: &Permit<op::RemovePlatformApp>,
    id: PlatformAppId,
) -> Result<platform_app::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<platform_app::Entity>(&change, id).await?;
    let mut edit = platform_app::ActiveModel::from(row);
    // Questions that were asked in its name refer to it, so the row stays: without an id nobody can be asked.
    edit.client_id = Set(String::new());
    edit.client_secret_sealed = Set(None);
    edit.updated_at = Set(change.now);
    let row = edit.update(change.tx()).await?;
    change.note("removePlatformApp", "PlatformApp", row.id.0, json!({}));
    change.commit().await?;
    Ok(row)
}

/// The application to ask in the name of.
pub(super) async fn named(
    change: &Change<'_>,
    platform: Platform,
    base_url: &str,
) -> Result<platform_app::Model> {
    match at(change, platform, &place(base_url)).await?.filter(|row| !row.client_id.is_empty()) {
        Some(row) => Ok(row),
        None => refuse(
            RefusalCode::NotFound,
            "baseUrl",
            "the office has no application at this address: register one there, and here with setPlatformApp",
        ),
    }
}

async fn at(change: &Change<'_>, platform: Platform, base_url: &str) -> Result<Option<platform_app::Model>> {
    let here = platform_app::Entity::find()
        .filter(platform_app::Column::OfficeId.eq(change.office_id()))
        .filter(platform_app::Column::Platform.eq(platform))
        .filter(platform_app::Column::BaseUrl.eq(base_url));
    Ok(here.one(change.tx()).await?)
}

/// One way to write an address: a server is the same with and without a slash at its end.
fn place(base_url: &str) -> String {
    url::Url::parse(base_url)
        .map_or_else(|_unreadable| base_url.to_owned(), String::from)
        .trim_end_matches('/')
        .to_owned()
}

fn context(id: PlatformAppId) -> String {
    format!("platform_app|client_secret|{id}")
}

fn seal(office: &Office, id: PlatformAppId, secret: &SecretString) -> Result<Vec<u8>> {
    let secret = secret.expose_secret().trim();
    if secret.is_empty() || secret.len() > SECRET_BYTES {
        let message = format!(
            "clientSecret must have from 1 to {SECRET_BYTES} bytes; leave it out where there is none"
        );
        return refuse(RefusalCode::Invalid, "clientSecret", message);
    }
    office.vault.seal(&context(id), secret.as_bytes())
}

/// The application's secret, for the worker.
pub(super) fn open_secret(office: &Office, row: &platform_app::Model) -> Result<Option<SecretString>> {
    row.client_secret_sealed
        .as_ref()
        .map(|sealed| office.vault.open_text(&context(row.id), sealed))
        .transpose()
}
