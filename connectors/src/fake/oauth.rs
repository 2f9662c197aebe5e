//! The token address of the fake platform: codes that its tests agreed to, and refresh tokens that are good once.

use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{
    SECRET,
    request::{Reply, Request},
    world::World,
};

/// What a fake platform knows of credentials.
#[derive(Debug)]
pub(super) struct Grants {
    /// The code that a person brought back, and the challenge that came with the question.
    pub(super) agreed: Option<(String, String)>,
    /// How many credentials were given out; the refresh token in force has this number.
    pub(super) given: u32,
    /// Seconds that a credential is good.
    pub(super) lifetime: u64,
    /// What it may do.
    pub(super) scope: String,
}

impl Default for Grants {
    fn default() -> Self {
        Self { agreed: None, given: 0, lifetime: 7_200, scope: "read write".to_owned() }
    }
}

pub(super) fn is_token(request: &Request) -> bool {
    request.method == "POST" && request.url.path() == "/oauth/token"
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let form: std::collections::HashMap<String, String> =
        url::form_urlencoded::parse(request.bytes()).into_owned().collect();
    let told = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let grants = &mut world.grants;
    let good = match told("grant_type") {
        "authorization_code" => {
            let challenge =
                URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, told("code_verifier").as_bytes()));
            grants.agreed.take().is_some_and(|agreed| agreed == (told("code").to_owned(), challenge))
        }
        "refresh_token" => told("refresh_token") == format!("refresh-{}", grants.given),
        _ => false,
    };
    if !good {
        return Reply::json(400, &json!({ "error": "invalid_grant" }));
    }
    grants.given += 1;
    Reply::json(
        200,
        &json!({
            "access_token": SECRET,
            "token_type": "Bearer",
            "refresh_token": format!("refresh-{}", grants.given),
            "expires_in": grants.lifetime,
            "scope": grants.scope,
        }),
    )
}
