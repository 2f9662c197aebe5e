//! What the public says to the account, and how often its posts are seen. It changes nothing, and does not know how a message
//! is published.

use std::collections::HashMap;

use reqwest::Method;
use serde::Deserialize;

use super::{
    api::{Api, Body},
    post::{self, FIELDS, Post, is_id},
    timeline,
};
use crate::{
    http::failure::Failure,
    reading::{Figures, Inbox, Incoming, IncomingKind},
};

/// The most that X tells of at once.
const MOST: usize = 100;

/// Stands where nothing was said yet: all that comes is newer.
const NOTHING: &str = "0";

/// Where to ask on. A page is the newest of what is there, so what is older is read before the place moves on.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Place {
    /// What is newer than this is wanted; absent: the newest page, for each mention that is read is billed.
    since: Option<String>,
    /// Pages that are still to be read: the newest id of the first one, and where the next begins.
    rest: Option<(String, String)>,
}

impl Place {
    /// None: a cursor that is none of ours.
    fn read(cursor: Option<&str>) -> Option<Self> {
        let Some(cursor) = cursor else { return Some(Self::default()) };
        let parts: Vec<&str> = cursor.splitn(3, '~').collect();
        let rest = match parts.as_slice() {
            [_] => None,
            [_, newest, token] if is_id(newest) && !token.is_empty() => {
                Some(((*newest).to_owned(), (*token).to_owned()))
            }
            _ => return None,
        };
        let since = parts.first().filter(|id| is_id(id)).map(|id| (*id).to_owned())?;
        Some(Self { since: Some(since), rest })
    }

    fn written(&self) -> Option<String> {
        let since = self.since.as_deref().unwrap_or_default();
        match &self.rest {
            Some((newest, token)) => Some(format!("{since}~{newest}~{token}")),
            None => self.since.clone(),
        }
    }

    /// After a page whose newest post is `newest`, and which another follows at `next`.
    fn after(self, newest: Option<String>, next: Option<&str>) -> Self {
        let newest = self.rest.map(|(newest, _)| newest).or(newest);
        match (self.since, newest, next) {
            (Some(since), Some(newest), Some(next)) => {
                Self { since: Some(since), rest: Some((newest, next.to_owned())) }
            }
            (since, newest, _) => {
                Self { since: newest.or(since).or_else(|| Some(NOTHING.to_owned())), rest: None }
            }
        }
    }
}

pub(super) async fn inbound(api: &Api, cursor: Option<&str>) -> Result<Inbox, Failure> {
    let place = Place::read(cursor).ok_or_else(|| {
        Failure::refused("CURSOR_INVALID", "this is not a place in what was said to the account")
    })?;
    let me = &api.account().await?.id;
    let mut query =
        vec![FIELDS, ("max_results", "100"), ("expansions", "author_id"), ("user.fields", "username")];
    query.extend(place.since.as_deref().filter(|since| *since != NOTHING).map(|since| ("since_id", since)));
    query.extend(place.rest.as_ref().map(|(_, token)| ("pagination_token", token.as_str())));
    let listed = timeline::page(api, &format!("/2/users/{me}/mentions"), &query).await?;
    let next = listed.next().map(str::to_owned);
    let newest = listed.data.first().map(|post| post.id.clone()).filter(|id| is_id(id));
    let names = listed.includes.users.iter().map(|user| (user.id.as_str(), user.username.as_str())).collect();
    let others = listed.data.iter().rev().filter(|post| post.author_id.as_ref() != Some(me));
    let items: Vec<Incoming> = others.map(|post| incoming(post, me, &names)).collect();
    let place = place.after(newest, next.as_deref());
    Ok(Inbox { items, more: place.rest.is_some(), cursor: place.written() })
}

fn incoming(post: &Post, me: &str, names: &HashMap<&str, &str>) -> Incoming {
    let to_us = post.in_reply_to_user_id.as_deref() == Some(me);
    let (kind, about) = match (post.other("replied_to"), post.other("quoted")) {
        (Some(answered), _) if to_us => (IncomingKind::Reply, Some(answered)),
        (_, Some(quoted)) => (IncomingKind::Quote, Some(quoted)),
        _ => (IncomingKind::Mention, None),
    };
    let author = post.author_id.as_deref().unwrap_or_default();
    Incoming {
        remote_id: post.id.clone(),
        kind,
        author: names.get(author).copied().unwrap_or(author).to_owned(),
        text: post.words(),
        url: is_id(&post.id).then(|| post::page(&post.id)),
        answers: about.map(|other| other.id.clone()),
        said_at: post.created_at,
    }
}

#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    data: Vec<Count>,
}

#[derive(Deserialize)]
struct Count {
    id: String,
    public_metrics: Option<Metrics>,
}

#[derive(Deserialize)]
struct Metrics {
    #[serde(rename = "impression_count")]
    impressions: Option<u64>,
    #[serde(rename = "like_count")]
    likes: Option<u64>,
    #[serde(rename = "retweet_count", alias = "repost_count")]
    reposts: Option<u64>,
    #[serde(rename = "quote_count")]
    quotes: Option<u64>,
    #[serde(rename = "reply_count")]
    replies: Option<u64>,
}

/// Posts that are gone stand among the errors, beside those that are there.
pub(super) async fn metrics(api: &Api, remote_ids: &[String]) -> Result<Vec<Figures>, Failure> {
    let known: Vec<&str> = remote_ids.iter().map(String::as_str).filter(|id| is_id(id)).collect();
    let mut figures = Vec::with_capacity(known.len());
    for ids in known.chunks(MOST) {
        let ids = ids.join(",");
        let query = [("ids", ids.as_str()), ("tweet.fields", "public_metrics")];
        let counted: Counted = api.call(Method::GET, "/2/tweets", &query, Body::None).await?.json()?;
        figures.extend(counted.data.into_iter().filter_map(figures_of));
    }
    Ok(figures)
}

fn figures_of(count: Count) -> Option<Figures> {
    let metrics = count.public_metrics?;
    let shares = [metrics.reposts, metrics.quotes].into_iter().flatten().reduce(u64::saturating_add);
    Some(Figures {
        remote_id: count.id,
        impressions: metrics.impressions,
        likes: metrics.likes,
        shares,
        replies: metrics.replies,
        clicks: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_moves_on_once_every_page_is_read() {
        let read = |cursor: &str| Place::read(Some(cursor)).unwrap();
        let page = |place: Place, newest: Option<&str>, next| place.after(newest.map(str::to_owned), next);
        let second = page(read("50"), Some("90"), Some("token~2"));
        assert_eq!(second.written().as_deref(), Some("50~90~token~2"));
        let third = page(read("50~90~token~2"), Some("70"), None);
        assert_eq!(third.written().as_deref(), Some("90"));
        assert_eq!(page(read("90"), None, None).written().as_deref(), Some("90"));
    }

    #[test]
    fn the_first_reading_ends_with_its_page() {
        let first = || Place::read(None).unwrap();
        assert_eq!(first().after(Some("90".to_owned()), Some("token")).written().as_deref(), Some("90"));
        assert_eq!(first().after(None, None).written().as_deref(), Some("0"));
    }

    #[test]
    fn a_cursor_that_is_none_is_no_place() {
        for stranger in ["", "abc", "90a", "~90~token", "90~", "90~91", "90~a~token", "90~91~", "~~~"] {
            assert_eq!(Place::read(Some(stranger)), None, "{stranger}");
        }
    }
}
