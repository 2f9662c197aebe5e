//! How a post or comment stands now, compared with the message that it was made from, and how often posts were seen and
//! answered. It changes nothing.

use reqwest::Method;
use serde::Deserialize;

use super::{
    api::{Api, Body},
    comment, page,
    post::Kept,
    urn::{Ours, encoded},
};
use crate::{
    http::failure::Failure,
    message::Message,
    reading::{Difference, Figures, Standing},
};

/// Posts whose figures are asked for at once.
const POSTS: usize = 20;

pub(super) async fn read_back(api: &Api, remote_id: &str, message: &Message) -> Result<Standing, Failure> {
    let ours = Ours::stored(remote_id)?;
    let answer = match api.call(Method::GET, &ours.route(), Body::None).await {
        Ok(answer) => answer,
        Err(failure) if failure.cause.code == "GONE" => {
            // That our own page is shown to us says whom the platform takes us for.
            page::read(api).await?;
            return Ok(Standing::Gone);
        }
        Err(failure) => return Err(failure),
    };
    let difference = match ours {
        Ours::Post(_) => answer.json::<Kept>()?.difference(message),
        Ours::Comment(_) if answer.json::<comment::Kept>()?.has_words_of(message) => None,
        Ours::Comment(_) => Some(Difference::Words),
    };
    Ok(difference.map_or(Standing::AsSent, Standing::Changed))
}

#[derive(Deserialize)]
struct Page {
    elements: Vec<Counted>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    share: Option<String>,
    ugc_post: Option<String>,
    total_share_statistics: Total,
}

/// Whoever takes back more than was counted leaves a number below nought: that is no figure.
#[derive(Deserialize)]
struct Total {
    #[serde(rename = "impressionCount")]
    impressions: Option<i64>,
    #[serde(rename = "likeCount")]
    likes: Option<i64>,
    #[serde(rename = "shareCount")]
    shares: Option<i64>,
    #[serde(rename = "commentCount")]
    comments: Option<i64>,
    #[serde(rename = "clickCount")]
    clicks: Option<i64>,
}

/// The figures of those posts that the platform counts; of comments it tells none.
pub(super) async fn metrics(api: &Api, remote_ids: &[String]) -> Result<Vec<Figures>, Failure> {
    let mut named = Vec::with_capacity(remote_ids.len());
    for remote_id in remote_ids {
        if let Ours::Post(post) = Ours::stored(remote_id)? {
            named.push((remote_id, post.as_str().to_owned()));
        }
    }
    let mut figures = Vec::with_capacity(named.len());
    for some in named.chunks(POSTS) {
        let urns: Vec<&str> = some.iter().map(|(_, urn)| urn.as_str()).collect();
        let answer = api.call(Method::GET, &route(api, &urns), Body::Finder(&[])).await?;
        let counted = answer.json::<Page>()?.elements;
        figures.extend(some.iter().filter_map(|(remote_id, urn)| {
            let is = |counted: &&Counted| [&counted.share, &counted.ugc_post].contains(&&Some(urn.clone()));
            counted.iter().find(is).map(|counted| read(remote_id, &counted.total_share_statistics))
        }));
    }
    Ok(figures)
}

/// Rest.li's lists: what is within them is encoded, their own signs are not.
fn route(api: &Api, urns: &[&str]) -> String {
    let list = |kind: &str| {
        let of_kind = urns.iter().filter(|urn| urn.starts_with(kind)).map(|urn| encoded(urn));
        of_kind.collect::<Vec<_>>().join(",")
    };
    let us = encoded(&api.organization().urn());
    let mut route =
        format!("/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={us}");
    for (name, list) in [("shares", list("urn:li:share:")), ("ugcPosts", list("urn:li:ugcPost:"))] {
        if !list.is_empty() {
            route.push_str(&format!("&{name}=List({list})"));
        }
    }
    route
}

fn read(remote_id: &str, total: &Total) -> Figures {
    let figure = |count: Option<i64>| count.and_then(|count| u64::try_from(count).ok());
    Figures {
        remote_id: remote_id.to_owned(),
        impressions: figure(total.impressions),
        likes: figure(total.likes),
        shares: figure(total.shares),
        replies: figure(total.comments),
        clicks: figure(total.clicks),
    }
}
