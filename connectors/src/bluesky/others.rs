//! Posts of others: how their addresses are written, and what an `AppView` shows of them. It knows that an author may forbid
//! quotes, which the account's own server does not mind and every reader does; it does not know what is made of them.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{
    account::{Account, Body},
    failure::NO_APP_VIEW,
    record::{COLLECTION, Kept, Place, Reply},
    records::{self, is_key},
};
use crate::{http::failure::Failure, message::Message};

/// Where readers find posts, whichever server keeps them.
const SITE: &str = "bsky.app";

#[derive(Deserialize)]
struct Found {
    posts: Vec<PostView>,
}

#[derive(Deserialize)]
pub(super) struct PostView {
    uri: String,
    cid: String,
    #[serde(default)]
    pub(super) viewer: Viewer,
    /// The post itself, as far as a stranger wrote one.
    #[serde(default)]
    record: Value,
}

/// What the account itself has done with it, and may do.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Viewer {
    pub(super) repost: Option<String>,
    #[serde(default)]
    embedding_disabled: bool,
    #[serde(default)]
    reply_disabled: bool,
}

impl PostView {
    pub(super) fn place(self) -> Place {
        Place { uri: self.uri, cid: self.cid }
    }
}

const NOT_FOUND: &str = "NOT_FOUND_ON_PLATFORM";

fn not_found() -> Failure {
    Failure::refused(NOT_FOUND, "the platform shows no post at this address")
}

/// The post at an address such as `https://bsky.app/profile/ana.example.org/post/3l2abc`.
pub(super) async fn uri(account: &Account, url: &Url) -> Result<String, Failure> {
    let (actor, key) = parts(url).ok_or_else(not_found)?;
    let did = if actor.starts_with("did:") {
        actor.to_owned()
    } else {
        account.resolve(actor).await?.ok_or_else(not_found)?
    };
    Ok(format!("at://{did}/{COLLECTION}/{key}"))
}

/// The same as the network shows it now.
pub(super) async fn shown(account: &Account, uri: &str) -> Result<PostView, Failure> {
    let query = [("uris", uri)];
    let answer = account.call("app.bsky.feed.getPosts", Body::Public(&query)).await?;
    let mut posts = answer.json::<Found>()?.posts.into_iter();
    posts.find(|post| post.uri == uri).ok_or_else(not_found)
}

/// What is to be quoted.
pub(super) async fn quoted(account: &Account, url: &Url) -> Result<Place, Failure> {
    let uri = uri(account, url).await?;
    // What the account itself said needs no other server, and one may not have heard of it yet.
    if uri.starts_with(&format!("at://{}/", account.session().await?.did)) {
        return kept_at_home(account, uri).await;
    }
    let post = match shown(account, &uri).await {
        Err(failure) if failure.cause.code == NO_APP_VIEW => return kept_at_home(account, uri).await,
        answered => answered?,
    };
    if post.viewer.embedding_disabled {
        let detail =
            "the author of this post lets nobody, or not this account, quote it: write a draft without it";
        return Err(Failure::refused("QUOTE_DENIED", detail));
    }
    Ok(post.place())
}

/// What was said to the account and is to be answered, and where that thread begins. What it says is somebody else's, and is
/// not read.
pub(super) async fn answered(account: &Account, uri: &str) -> Result<Reply, Failure> {
    let gone =
        |failure: Failure| if failure.cause.code == NOT_FOUND { Message::answered_gone() } else { failure };
    let is_one = uri.starts_with("at://") && uri.contains(&format!("/{COLLECTION}/"));
    let post =
        if is_one { shown(account, uri).await.map_err(gone)? } else { return Err(Message::answered_gone()) };
    if post.viewer.reply_disabled {
        let detail = "its author lets nobody, or not this account, answer it: nothing can be said there";
        return Err(Failure::refused("ANSWER_DENIED", detail));
    }
    let root =
        post.record.get("reply").and_then(|reply| Reply::deserialize(reply).ok()).map(|above| above.root);
    let parent = post.place();
    Ok(Reply { root: root.unwrap_or_else(|| parent.clone()), parent })
}

/// A server without an `AppView` still knows the posts that it keeps itself.
async fn kept_at_home(account: &Account, uri: String) -> Result<Place, Failure> {
    let (did, key) = uri
        .strip_prefix("at://")
        .and_then(|rest| rest.split_once(&format!("/{COLLECTION}/")))
        .ok_or_else(not_found)?;
    let kept = records::of::<Kept>(account, did, COLLECTION, key).await?.ok_or_else(not_found)?;
    Ok(Place { cid: kept.cid, uri })
}

/// Whether the address is that of this post, without asking anybody: a key is one post's, and whose a handle is may have
/// changed since.
pub(super) fn names(url: &Url, uri: &str) -> bool {
    let Some((actor, key)) = parts(url) else { return false };
    let by = uri.strip_suffix(&format!("/{COLLECTION}/{key}")).and_then(|rest| rest.strip_prefix("at://"));
    by.is_some_and(|did| !actor.starts_with("did:") || did == actor)
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

    #[test]
    fn a_post_is_known_by_its_key_and_where_that_is_told_by_its_author() {
        let rows = [
            ("ana.example.org/post/3l2abc", "at://did:plc:ana/app.bsky.feed.post/3l2abc", true),
            ("did:plc:ana/post/3l2abc", "at://did:plc:ana/app.bsky.feed.post/3l2abc", true),
            ("did:plc:ben/post/3l2abc", "at://did:plc:ana/app.bsky.feed.post/3l2abc", false),
            ("ana.example.org/post/3l2abd", "at://did:plc:ana/app.bsky.feed.post/3l2abc", false),
            ("ana.example.org/post/3l2abc", "at://did:plc:ana/app.bsky.feed.repost/3l2abc", false),
        ];
        for (address, uri, expected) in rows {
            let url = format!("https://bsky.app/profile/{address}").parse().unwrap();
            assert_eq!(names(&url, uri), expected, "{address} {uri}");
        }
    }
}
