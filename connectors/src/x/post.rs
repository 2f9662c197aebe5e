//! A post: what is sent, what is read of one that is there, and the limits that it is held to. Pure; it does not know how
//! posts travel.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

use super::{
    subtitles, weight,
    words::{self, ShortLink},
};
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
    outcome::{Evidence, Receipt},
};

pub(super) const MOST_MEDIA: usize = 4;
pub(super) const GIF: &str = "image/gif";
pub(super) const MEDIA_TYPES: [&str; 6] =
    ["image/jpeg", "image/png", "image/webp", GIF, "video/mp4", "video/quicktime"];
const MIB: u64 = 1024 * 1024;
pub(super) const LARGEST_PICTURE: u64 = 5 * MIB;
const LARGEST_GIF: u64 = 15 * MIB;
const LARGEST_FILM: u64 = 512 * MIB;
const MOST_ALT_TEXT: usize = 1000;
/// What is asked of a post, beside its id and text. These names are the ones that X has always had; its newest description has
/// others, and answers are read in both.
pub(super) const FIELDS: (&str, &str) =
    ("tweet.fields", "created_at,entities,attachments,author_id,in_reply_to_user_id,referenced_tweets");

/// Whether media of this type stand alone in a post.
pub(super) fn stands_alone(media_type: &str) -> bool {
    media_type == GIF || is_film(media_type)
}

pub(super) fn is_film(media_type: &str) -> bool {
    media_type.starts_with("video/")
}

/// Everything that the platform would refuse, found before anything is uploaded.
pub(super) fn check_limits(message: &Message) -> Result<(), Failure> {
    let refused = |code, detail| Err(Failure::refused(code, detail));
    if weight::of(&message.text_with_link()) > weight::MOST {
        return refused("TEXT_TOO_LONG", "the text weighs more than the 280 that the platform takes");
    }
    if message.media.len() > MOST_MEDIA {
        return refused("TOO_MANY_MEDIA", "the platform takes four pictures in one post");
    }
    if message.media.len() > 1 && message.media.iter().any(|part| stands_alone(&part.media_type)) {
        return refused("MEDIA_MIXED", "the platform takes a film or a GIF only alone");
    }
    if message.parent().is_some_and(|parent| !is_id(parent)) {
        return refused(
            "REMOTE_ID_INVALID",
            "the post that this one follows or answers has no id of this platform",
        );
    }
    if let Some(url) = &message.quotes {
        if id_in(url).is_none() {
            return refused(
                "NOT_FOUND_ON_PLATFORM",
                "what is to be quoted is not the address of a post on X",
            );
        }
        if !message.media.is_empty() {
            return refused("QUOTE_WITH_MEDIA", "the platform takes media or a quote, not both");
        }
    }
    message.media.iter().try_for_each(check_part)
}

fn check_part(part: &MediaPart) -> Result<(), Failure> {
    let kind = part.media_type.as_str();
    if !MEDIA_TYPES.contains(&kind) {
        return Err(Failure::refused("MEDIA_TYPE_REFUSED", "the platform does not take this kind of file"));
    }
    let largest = match kind {
        GIF => LARGEST_GIF,
        film if is_film(film) => LARGEST_FILM,
        _ => LARGEST_PICTURE,
    };
    if part.content.length() > largest {
        return Err(Failure::refused("MEDIA_TOO_LARGE", "the platform takes no file of this size"));
    }
    if part.alt_text.as_deref().unwrap_or_default().chars().count() > MOST_ALT_TEXT {
        let detail = "an alternative text is longer than the platform takes";
        return Err(Failure::refused("ALT_TEXT_TOO_LONG", detail));
    }
    subtitles::check(part)
}

/// The whole post; `previous` is the version that it replaces. X refuses a body with anything that it does not know.
pub(super) fn body(message: &Message, media: &[String], previous: Option<&str>) -> Value {
    let mut post = Map::new();
    let text = message.text_with_link();
    if !text.is_empty() || media.is_empty() {
        post.insert("text".to_owned(), text.into());
    }
    if !media.is_empty() {
        post.insert("media".to_owned(), json!({ "media_ids": media }));
    }
    // A version is a post of its own: it has to name what it quotes again.
    if let Some(id) = message.quotes.as_ref().and_then(id_in) {
        post.insert("quote_tweet_id".to_owned(), id.into());
    }
    match (previous, message.parent()) {
        (Some(previous), _) => {
            post.insert("edit_options".to_owned(), json!({ "previous_post_id": previous }));
        }
        (None, Some(parent)) => {
            post.insert("reply".to_owned(), json!({ "in_reply_to_tweet_id": parent }));
        }
        (None, None) => {}
    }
    Value::Object(post)
}

pub(super) fn repost_body(id: &str) -> Value {
    json!({ "tweet_id": id })
}

/// Ids come back from storage and from answers; only what is one may become part of an address.
pub(super) fn is_id(id: &str) -> bool {
    (1..=19).contains(&id.len()) && id.chars().all(|c| c.is_ascii_digit())
}

pub(super) fn route(id: &str) -> Result<String, Failure> {
    if is_id(id) {
        Ok(format!("/2/tweets/{id}"))
    } else {
        Err(Failure::refused("REMOTE_ID_INVALID", "this is not the id of a post"))
    }
}

/// The id in the address of a post, on the hosts that X has.
pub(super) fn id_in(url: &Url) -> Option<&str> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("mobile.")).unwrap_or(host);
    if !matches!(host, "x.com" | "twitter.com") || !matches!(url.scheme(), "https" | "http") {
        return None;
    }
    let parts: Vec<&str> = url.path_segments()?.collect();
    let (["i", "web", "status", id, ..] | [_, "status" | "statuses", id, ..]) = parts.as_slice() else {
        return None;
    };
    is_id(id).then_some(*id)
}

/// Where the public finds a post; it needs no name.
pub(super) fn page(id: &str) -> String {
    format!("https://x.com/i/web/status/{id}")
}

pub(super) fn receipt(id: &str, published_at: Option<DateTime<Utc>>, evidence: Evidence) -> Receipt {
    Receipt { remote_id: id.to_owned(), url: Some(page(id)), published_at, evidence }
}

/// A post that is there. Whatever it has none of may be absent, or null.
#[derive(Debug, Deserialize)]
pub(super) struct Post {
    pub(super) id: String,
    #[serde(default)]
    text: String,
    pub(super) created_at: Option<DateTime<Utc>>,
    entities: Option<Entities>,
    attachments: Option<Attachments>,
    #[serde(alias = "edit_history_post_ids")]
    edit_history_tweet_ids: Option<Vec<String>>,
    pub(super) author_id: Option<String>,
    pub(super) in_reply_to_user_id: Option<String>,
    #[serde(alias = "referenced_posts")]
    referenced_tweets: Option<Vec<Reference>>,
}

#[derive(Debug, Deserialize)]
struct Entities {
    urls: Option<Vec<ShortLink>>,
}

#[derive(Debug, Deserialize)]
struct Attachments {
    media_keys: Option<Vec<String>>,
}

/// Another post that this one has to do with.
#[derive(Debug, Deserialize)]
pub(super) struct Reference {
    #[serde(rename = "type")]
    kind: String,
    pub(super) id: String,
}

impl Post {
    /// The words as they were written.
    pub(super) fn words(&self) -> String {
        let links = self.entities.as_ref().and_then(|entities| entities.urls.as_deref());
        words::written(&self.text, links.unwrap_or_default())
    }

    pub(super) fn media_keys(&self) -> &[String] {
        self.attachments.as_ref().and_then(|attached| attached.media_keys.as_deref()).unwrap_or_default()
    }

    /// The posts that it has to do with in this way.
    pub(super) fn other(&self, kind: &str) -> Option<&Reference> {
        self.referenced_tweets.iter().flatten().find(|other| other.kind == kind)
    }

    /// Its versions, oldest first.
    pub(super) fn versions(&self) -> &[String] {
        self.edit_history_tweet_ids.as_deref().unwrap_or_default()
    }

    /// The last version of it, where that is not this one.
    pub(super) fn newer(&self) -> Option<&str> {
        self.versions().last().filter(|id| **id != self.id).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_known_by_its_address() {
        let rows = [
            ("https://x.com/press/status/20", Some("20")),
            ("https://twitter.com/press/statuses/20?s=20", Some("20")),
            ("https://mobile.twitter.com/press/status/20/photo/1", Some("20")),
            ("https://www.x.com/i/web/status/1234567890123456789", Some("1234567890123456789")),
            ("https://x.com/i/status/20", Some("20")),
            ("https://x.com/press/status/12345678901234567890", None),
            ("https://x.com/press/status/20a", None),
            ("https://x.com/press", None),
            ("https://x.com/press/likes/20", None),
            ("https://x.com.example.org/press/status/20", None),
            ("https://notx.com/press/status/20", None),
            ("ftp://x.com/press/status/20", None),
        ];
        for (address, id) in rows {
            assert_eq!(id_in(&address.parse().unwrap()), id, "{address}");
        }
    }

    #[test]
    fn posts_are_read_in_the_old_names_and_the_new() {
        for (history, references) in
            [("edit_history_tweet_ids", "referenced_tweets"), ("edit_history_post_ids", "referenced_posts")]
        {
            let post = json!({ "id": "7", "text": "a", history: ["7", "8"],
                references: [{ "type": "quoted", "id": "5" }] });
            let post: Post = serde_json::from_value(post).unwrap();
            assert_eq!((post.newer(), post.other("quoted").unwrap().id.as_str()), (Some("8"), "5"));
        }
    }

    #[test]
    fn what_a_post_has_none_of_may_be_null() {
        let bare = json!({ "id": "7", "text": "a" });
        let null = json!({ "id": "7", "text": "a", "created_at": null, "author_id": null,
            "entities": { "urls": null }, "attachments": { "media_keys": null },
            "referenced_tweets": null, "edit_history_tweet_ids": null });
        for post in [bare, null] {
            let post: Post = serde_json::from_value(post).unwrap();
            assert_eq!((post.words().as_str(), post.media_keys().len(), post.newer()), ("a", 0, None));
        }
    }
}
