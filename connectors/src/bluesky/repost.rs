//! Passes on a post of somebody else: a record of its own, under a key that is the same for every attempt. It knows how the
//! addresses of posts are written; it does not know why one is passed on.

use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::{
    account::{Account, Body},
    failure::ALREADY_THERE,
    key,
    record::{self, Place},
    records::{self, is_key, put},
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
/// Where readers find posts, whichever server keeps them.
const SITE: &str = "bsky.app";

#[derive(Deserialize)]
struct Found {
    posts: Vec<PostView>,
}

#[derive(Deserialize)]
struct PostView {
    uri: String,
    cid: String,
    #[serde(default)]
    viewer: Viewer,
}

/// What the account itself has done with it.
#[derive(Default, Deserialize)]
struct Viewer {
    repost: Option<String>,
}

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
    let uri = post_at(account, url).await?;
    if let Some(kept) = records::get::<KeptRepost>(account, &session, COLLECTION, key).await? {
        return ours(&session, key, &kept, &uri, url);
    }
    let query = [("uris", uri.as_str())];
    let answer = account.call("app.bsky.feed.getPosts", Body::Public(&query)).await?;
    let mut posts = answer.json::<Found>()?.posts.into_iter();
    let post = posts.find(|post| post.uri == uri).ok_or_else(not_found)?;
    Ok(match post.viewer.repost {
        Some(by_hand) => Ready::Done(receipt(by_hand, url, None, Evidence::IdempotencyKey)),
        None => Ready::ToDo(Place { uri: post.uri, cid: post.cid }),
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

fn not_found() -> Failure {
    Failure::refused("NOT_FOUND_ON_PLATFORM", "the platform shows no post at this address")
}

/// The post at an address such as `https://bsky.app/profile/ana.example.org/post/3l2abc`.
async fn post_at(account: &Account, url: &Url) -> Result<String, Failure> {
    let (actor, key) = parts(url).ok_or_else(not_found)?;
    let did = if actor.starts_with("did:") {
        actor.to_owned()
    } else {
        account.resolve(actor).await?.ok_or_else(not_found)?
    };
    Ok(format!("at://{did}/{}/{key}", record::COLLECTION))
}

/// Whose it is, by handle or DID, and its key.
fn parts(url: &Url) -> Option<(&str, &str)> {
    let mut path = url.path_segments()?.filter(|part| !part.is_empty());
    let fixed = (path.next()?, path.next()?, path.next()?, path.next()?, path.next());
    let ("profile", actor, "post", key, None) = fixed else { return None };
    let there = url.scheme() == "https" && url.host_str() == Some(SITE);
    (there && is_key(actor) && is_key(key)).then_some((actor, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_post_on_the_site_is_one() {
        let rows = [
            ("https://bsky.app/profile/ana.example.org/post/3l2abc", Some(("ana.example.org", "3l2abc"))),
            ("https://bsky.app/profile/did:plc:ana/post/3l2abc/?x=1#y", Some(("did:plc:ana", "3l2abc"))),
            ("http://bsky.app/profile/ana.example.org/post/3l2abc", None),
            ("https://example.org/profile/ana.example.org/post/3l2abc", None),
            ("https://bsky.app/profile/ana.example.org", None),
            ("https://bsky.app/profile/ana.example.org/feed/3l2abc", None),
            ("https://bsky.app/profile/ana.example.org/post/3l2abc/quotes", None),
            ("https://bsky.app/profile/ana%20b/post/3l2abc", None),
        ];
        for (url, expected) in rows {
            assert_eq!(parts(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
