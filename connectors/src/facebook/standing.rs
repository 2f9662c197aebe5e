//! How a post or comment stands now, compared with the message that it was made from, and how often it was answered. It knows
//! that the platform has one answer for what is gone and what is hidden from a token; it changes nothing.

use reqwest::Method;
use serde::Deserialize;

use super::{
    failure,
    node::{Body, Page},
    post_route, words,
};
use crate::{
    http::failure::Failure,
    message::Message,
    reading::{Difference, Figures, Standing},
};

const OF_POST: &str = "message,is_published,attachments{media_type,subattachments.limit(50){media_type}}";
const OF_COMMENT: &str = "message,is_hidden";
/// What is counted of posts and comments alike; shares only posts have.
const COUNTED: &str =
    "reactions.limit(0).summary(total_count),comments.filter(stream).limit(0).summary(total_count)";

#[derive(Debug, Deserialize)]
struct Post {
    #[serde(default)]
    message: String,
    is_published: Option<bool>,
    is_hidden: Option<bool>,
    #[serde(default)]
    attachments: Attachments,
}

#[derive(Debug, Default, Deserialize)]
struct Attachments {
    #[serde(default)]
    data: Vec<Attachment>,
}

#[derive(Debug, Deserialize)]
struct Attachment {
    media_type: Option<String>,
    subattachments: Option<Attachments>,
}

impl Attachments {
    /// A card is no picture.
    fn media(&self) -> usize {
        let media = |attachment: &Attachment| match &attachment.subattachments {
            Some(parts) => parts.media(),
            None => usize::from(matches!(attachment.media_type.as_deref(), Some("photo" | "video"))),
        };
        self.data.iter().map(media).sum()
    }
}

pub(super) async fn read_back(page: &Page, remote_id: &str, message: &Message) -> Result<Standing, Failure> {
    let fields = if message.parent().is_some() { OF_COMMENT } else { OF_POST };
    let Some(post) = find::<Post>(page, remote_id, fields).await? else {
        page.check_own().await?;
        return Ok(Standing::Gone);
    };
    Ok(difference(&post, message).map_or(Standing::AsSent, Standing::Changed))
}

fn difference(post: &Post, message: &Message) -> Option<Difference> {
    if post.is_published == Some(false) || post.is_hidden == Some(true) {
        return Some(Difference::NotPublic);
    }
    if words::comparable(&post.message) != words::comparable(&words::of(message)) {
        return Some(Difference::Words);
    }
    (post.attachments.media() != message.media.len()).then_some(Difference::Media)
}

/// What the platform has under this id, unless it says that there is nothing.
async fn find<T: serde::de::DeserializeOwned>(
    page: &Page,
    remote_id: &str,
    fields: &str,
) -> Result<Option<T>, Failure> {
    match page.call(Method::GET, &post_route(remote_id)?, &[("fields", fields)], Body::None).await {
        Ok(answer) => answer.json().map(Some),
        Err(failure) if failure.cause.code == failure::GONE => Ok(None),
        Err(failure) => Err(failure),
    }
}

#[derive(Debug, Deserialize)]
struct Counted {
    shares: Option<Shares>,
    reactions: Option<Edge>,
    comments: Option<Edge>,
}

#[derive(Debug, Deserialize)]
struct Shares {
    count: u64,
}

#[derive(Debug, Deserialize)]
struct Edge {
    summary: Option<Summary>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    total_count: Option<u64>,
}

/// The figures of those that are there.
pub(super) async fn metrics(page: &Page, remote_ids: &[String]) -> Result<Vec<Figures>, Failure> {
    let mut figures = Vec::with_capacity(remote_ids.len());
    for remote_id in remote_ids {
        // Whoever asks a comment for its shares is refused.
        let shared = if page.has_post(remote_id) { ",shares" } else { "" };
        let fields = format!("{COUNTED}{shared}");
        let Some(counted) = find::<Counted>(page, remote_id, &fields).await? else { continue };
        let total = |edge: Option<Edge>| edge?.summary?.total_count;
        figures.push(Figures {
            remote_id: remote_id.clone(),
            impressions: None,
            likes: total(counted.reactions),
            shares: counted.shares.map(|shares| shares.count),
            replies: total(counted.comments),
            clicks: None,
        });
    }
    Ok(figures)
}
