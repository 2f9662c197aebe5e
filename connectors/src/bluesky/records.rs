//! The account's own records: how they are named, read and written. It does not know what they say.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    account::{Account, Body},
    failure::NOT_THERE,
    record::COLLECTION,
    session::Session,
};
use crate::{
    http::failure::Failure,
    outcome::{Evidence, Receipt},
};

/// The record of this key, unless the server says that there is none.
pub(super) async fn get<T: DeserializeOwned>(
    account: &Account,
    session: &Session,
    collection: &str,
    key: &str,
) -> Result<Option<T>, Failure> {
    of(account, &session.did, collection, key).await
}

/// The same of anybody whom the account's own server keeps.
pub(super) async fn of<T: DeserializeOwned>(
    account: &Account,
    did: &str,
    collection: &str,
    key: &str,
) -> Result<Option<T>, Failure> {
    let query = [("repo", did), ("collection", collection), ("rkey", key)];
    match account.call("com.atproto.repo.getRecord", Body::Query(&query)).await {
        Ok(answer) => answer.json().map(Some),
        Err(failure) if failure.cause.code == NOT_THERE => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Writes a record in the place of the one with this hash, or of none. Then a repeat does nothing, and another record is
/// refused.
pub(super) fn put(
    session: &Session,
    collection: &str,
    key: &str,
    record: &Value,
    instead_of: Option<&str>,
) -> Body<'static> {
    Body::Json(json!({
        "repo": session.did, "collection": collection, "rkey": key, "record": record, "swapRecord": instead_of,
    }))
}

/// The record's address on the network.
pub(super) fn uri(session: &Session, collection: &str, key: &str) -> String {
    format!("at://{}/{collection}/{key}", session.did)
}

pub(super) fn receipt(
    session: &Session,
    key: &str,
    published_at: Option<DateTime<Utc>>,
    evidence: Evidence,
) -> Receipt {
    Receipt {
        remote_id: uri(session, COLLECTION, key),
        url: Some(format!("{}/post/{key}", session.page())),
        published_at,
        evidence,
    }
}

/// The key in an id that comes back from storage: it must be one, and of this account.
pub(super) fn key_in(remote_id: &str, session: &Session) -> Result<String, Failure> {
    let key = match remote_id.strip_prefix("at://") {
        Some(address) => address.strip_prefix(&format!("{}/{COLLECTION}/", session.did)),
        None => Some(remote_id),
    };
    key.filter(|key| is_key(key))
        .map(str::to_owned)
        .ok_or_else(|| Failure::refused("REMOTE_ID_INVALID", "this is not the id of a post of this account"))
}

/// Whether it may be a record's key.
pub(super) fn is_key(key: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '~');
    (1..=512).contains(&key.len()) && key.chars().all(letter)
}
