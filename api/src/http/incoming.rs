//! What every request brings beside its body: its id, its credentials, where it came from. Knows headers.

use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::{
    HttpRequest,
    http::header::{AUTHORIZATION, HeaderName},
};
use office::{new_token, sha256_hex, token_hash};

use super::State;
use crate::auth::Credentials;

/// The header that carries a request's id, in both directions.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Characters of an id that a client may choose.
const ID_CHARS: usize = 128;

/// Makes ids for requests that bring none: unlike those of any other process, and in order.
#[derive(Debug)]
pub(crate) struct RequestIds {
    process: String,
    next: AtomicU64,
}

impl RequestIds {
    pub(crate) fn new() -> office::Result<Self> {
        let process = token_hash(&new_token("")?).chars().take(12).collect();
        Ok(Self { process, next: AtomicU64::new(1) })
    }

    fn next(&self) -> String {
        format!("{}-{:x}", self.process, self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// The id of a request: the client's when it is fit for a log, else a new one.
pub(crate) fn request_id(state: &State, request: &HttpRequest) -> String {
    let fit = |id: &&str| {
        (1..=ID_CHARS).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
    };
    let given = header(request, REQUEST_ID.as_str()).filter(fit);
    given.map_or_else(|| state.request_ids.next(), str::to_owned)
}

/// What came with the request.
pub(crate) fn credentials(state: &State, request: &HttpRequest, request_id: &str) -> Credentials {
    // A header that is no text is bad, not absent.
    let authorization =
        request.headers().get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default().to_owned());
    let direct = request.peer_addr().map(|address| address.ip());
    let forwarded =
        || request.connection_info().realip_remote_addr().and_then(|address| address.parse().ok());
    let behind_proxy = state.services.settings.behind_proxy;
    Credentials {
        authorization,
        peer: if behind_proxy { forwarded().or(direct) } else { direct },
        request_id: request_id.to_owned(),
        trace_parent: header(request, "traceparent").filter(|value| value.len() <= 64).map(str::to_owned),
    }
}

/// A header's text.
pub(crate) fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

/// A validator for `ETag`. It is a weak one: the answer may leave compressed or not, with the same validator.
pub(crate) fn etag(body: &[u8]) -> String {
    format!("W/\"{}\"", sha256_hex(body).get(..32).unwrap_or_default())
}

/// Whether the client has this version already.
pub(crate) fn has_version(request: &HttpRequest, etag: &str) -> bool {
    let known = header(request, "if-none-match").unwrap_or_default();
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.split(',').any(|one| one.trim() == "*" || plain(one) == plain(etag))
}
