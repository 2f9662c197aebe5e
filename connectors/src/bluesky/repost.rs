//! Passes on a post of somebody else: a record of its own, under a key that is the same for every attempt. It does not
//! know how posts are found, nor why one is passed on.

use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::{
    account::Account,
    failure::ALREADY_THERE,
    key, others,
    record::{self, Place},
    records::{self, put},
    session::Session,
};
use crate::{
    http::{
        failure::{Failure, Verdict},
        prepare,
    },
    outcome::{Evidence, LookUp, Receipt},
    reading::Amplified,
};

const COLLECTION: &str = "app.bsky.feed.repost";

#[derive(Deserialize)]
struct KeptRepost {
    value: RepostRecord,
}

#[derive(Deserialize)]
struct RepostRecord {
    subject: Place,
}

/// What is to be done yet, once everything was asked.
enum Ready {
    Done(Receipt),
    ToDo(Place),
}

pub(super) async fn pass_on(account: &Account, what: &Amplified) -> Result<Receipt, Failure> {
    let key = key::record_key(&what.idempotency_key);
    let asked = async {
        let ready = look(account, &key, &what.url).await?;
        Ok((account.session().await?, ready))
    };
    let (session, ready) = prepare(account.limits(), asked).await?;
    let subject = match ready {
        Ready::Done(receipt) => return Ok(receipt),
        Ready::ToDo(subject) => subject,
    };
    let created = account.clock().now();
    let record = json!({ "$type": COLLECTION, "subject": subject, "createdAt": record::instant(created) });
    let body = put(&session, COLLECTION, &key, &record, None);
    let answer = account.call_once(&session, "com.atproto.repo.putRecord", body).await;
    let answer = answer.map_err(|failure| {
        // An earlier try came in between, at another instant.
        let met = failure.cause.code == ALREADY_THERE;
        if met { Failure { verdict: Verdict::Unknown, ..failure } } else { failure }
    })?;
    answer.json::<serde::de::IgnoredAny>()?;
    let remote_id = records::uri(&session, COLLECTION, &key);
    Ok(receipt(remote_id, &what.url, Some(created), Evidence::Answer))
}

/// Whether it is passed on.
pub(super) async fn look_up(account: &Account, what: &Amplified) -> LookUp {
    let key = key::record_key(&what.idempotency_key);
    match prepare(account.limits(), look(account, &key, &what.url)).await {
        Ok(Ready::Done(receipt)) => LookUp::Found(receipt),
        Ok(Ready::ToDo(_)) => LookUp::Absent,
        Err(failure) => failure.into_look_up(),
    }
}

/// Whether it was passed on already, and what is to be, if not.
async fn look(account: &Account, key: &str, url: &Url) -> Result<Ready, Failure> {
    let session = account.session().await?;
    let uri = others::uri(account, url).await?;
    if let Some(kept) = records::get::<KeptRepost>(account, &session, COLLECTION, key).await? {
        return ours(&session, key, &kept, &uri, url);
    }
    let mut post = others::shown(account, &uri).await?;
    Ok(match post.viewer.repost.take() {
        Some(by_hand) => Ready::Done(receipt(by_hand, url, None, Evidence::IdempotencyKey)),
        None => Ready::ToDo(post.place()),
    })
}

fn ours(session: &Session, key: &str, kept: &KeptRepost, uri: &str, url: &Url) -> Result<Ready, Failure> {
    if kept.value.subject.uri != uri {
        return Err(Failure::refused("OTHER_CONTENT", "another post was passed on under this key"));
    }
    let remote_id = records::uri(session, COLLECTION, key);
    Ok(Ready::Done(receipt(remote_id, url, None, Evidence::IdempotencyKey)))
}

fn receipt(
    remote_id: String,
    url: &Url,
    published_at: Option<chrono::DateTime<chrono::Utc>>,
    evidence: Evidence,
) -> Receipt {
    Receipt { remote_id, url: Some(url.to_string()), published_at, evidence }
}
