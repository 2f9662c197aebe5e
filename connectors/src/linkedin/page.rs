//! What the platform says of the organisation's own page. It does not know posts.

use reqwest::Method;
use serde::Deserialize;

use super::api::{Api, Body};
use crate::http::failure::Failure;

/// An organisation; a member without a role on its page is told less.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    pub(super) localized_name: Option<String>,
    pub(super) vanity_name: Option<String>,
    pub(super) localized_description: Option<String>,
}

pub(super) async fn read(api: &Api) -> Result<Page, Failure> {
    let route = format!("/rest/organizations/{}", api.organization().number());
    api.call(Method::GET, &route, Body::None).await?.json()
}
