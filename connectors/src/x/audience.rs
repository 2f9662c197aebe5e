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

/// Where to ask on. A page is the newest of what is there, so what is older is read before the place moves on.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Place {
    /// What is newer than this is wanted; absent: whatever there is.
    since: Option<String>,
    /// Pages that are still to be read: the newest id of the first one, and where the next begins.
    rest: Option<(String, String)>,
}

impl Place {
    /// A cursor that is none of ours begins anew.
    fn read(cursor: Option<&str>) -> Self {
        let mut parts = cursor.unwrap_or_default().splitn(3, '~');
        let id = |part: Option<&str>| part.filter(|id| is_id(id)).map(str::to_owned);
        let since = id(parts.next());
        let rest = id(parts.next()).zip(parts.next().filter(|token| !token.is_empty()).map(str::to_owned));
        Self { since, rest }
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
        match (newest, next) {
            (Some(newest), Some(next)) => Self { since: self.since, rest: Some((newest, next.to_owned())) },
            (newest, _) => Self { since: newest.or(self.since), rest: None },
        }
    }
}

pub(super) async fn inbound(api: &Api, cursor: Option<&str>) -> Result<Inbox, Failure> {
    let place = Place::read(cursor);
    let me = &api.account().await?.id;
    let mut query =
        vec![FIELDS, ("max_results", "100"), ("expansions", "author_id"), ("user.fields", "username")];
    query.extend(place.since.as_deref().map(|since| ("since_id", since)));
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
        let first = Place::read(None);
        assert_eq!(first.written(), None);
        let second = first.after(Some("90".to_owned()), Some("token"));
        let cursor = second.written();
        assert_eq!(cursor.as_deref(), Some("~90~token"));
        let third = Place::read(cursor.as_deref()).after(Some("50".to_owned()), None);
        assert_eq!(third.written().as_deref(), Some("90"));
        let unchanged = Place::read(Some("90")).after(None, None);
        assert_eq!(unchanged.written().as_deref(), Some("90"));
        for stranger in ["", "abc", "90a~~", "~~~"] {
            assert_eq!(Place::read(Some(stranger)), Place::default(), "{stranger}");
        }
    }
}
