//! `masthead channel set-app` and `apps`.

use std::path::PathBuf;

use anyhow::Context as _;
use office::{
    Requester,
    channels::{self, SetPlatformApp},
    entity::{channel::Platform, platform_app},
};
use serde::Serialize;

use super::{super::password, Desk};
use crate::{commands::find, output};

/// The application.
pub(super) struct Wish {
    pub(super) platform: String,
    pub(super) base_url: Option<String>,
    pub(super) client_id: String,
    pub(super) secret_file: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    platform: String,
    base_url: String,
    client_id: String,
    has_secret: bool,
}

pub(super) async fn set(desk: &Desk<'_>, who: &Requester, wish: Wish) -> anyhow::Result<()> {
    let named = serde_json::Value::String(wish.platform.to_uppercase());
    let platform: Platform = serde_json::from_value(named).with_context(|| {
        format!("`{}` is no platform: write MASTODON, X, FACEBOOK, LINKEDIN or YOUTUBE", wish.platform)
    })?;
    let own = channels::own_address(platform).map(str::to_owned);
    let base_url = wish.base_url.or(own).context("say at which server with --base-url")?;
    let secret = wish.secret_file.as_deref().map(password::read).transpose()?;
    let input = SetPlatformApp { platform, base_url, client_id: wish.client_id, client_secret: secret };
    let row = channels::set_app(desk.office, &who.permit()?, input).await?;
    show(desk, &[row])
}

pub(super) async fn list(desk: &Desk<'_>, who: &Requester) -> anyhow::Result<()> {
    let mut rows = channels::apps(desk.office, &who.permit()?).await?;
    rows.retain(|row| !row.client_id.is_empty());
    show(desk, &rows)
}

fn show(desk: &Desk<'_>, rows: &[platform_app::Model]) -> anyhow::Result<()> {
    let row = |row: &platform_app::Model| Row {
        id: row.id.to_string(),
        platform: find::code(&row.platform),
        base_url: row.base_url.clone(),
        client_id: row.client_id.clone(),
        has_secret: row.client_secret_sealed.is_some(),
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    output::list(desk.form, &["platform", "server", "client id", "secret", "id"], &rows, |row| {
        let secret = if row.has_secret { "yes" } else { "none" };
        vec![
            row.platform.clone(),
            row.base_url.clone(),
            row.client_id.clone(),
            secret.to_owned(),
            row.id.clone(),
        ]
    })
}
