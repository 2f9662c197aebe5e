//! The document that is sent, and what we read of an answer. A receiver owes us nothing but a status: whatever it says
//! beyond is taken where it fits, and passed over where it does not.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use reqwest::header;
use serde::Serialize;
use serde_json::Value;

use super::receiver::Channel;
use crate::{
    http::{answer::Answer, failure::Failure},
    message::{Caption, Follows, MediaPart, Message},
    outcome::{Evidence, Receipt},
};

/// Bytes of all media of one message together: they travel within the document.
pub(super) const MEDIA_BYTES: u64 = 32 * 1024 * 1024;

/// Characters of an id or a name that are taken.
const LINE_CHARS: usize = 255;

/// What the document asks for.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Event<'a> {
    Publish,
    Update { remote_id: &'a str },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(flatten)]
    event: &'a Event<'a>,
    id: &'a str,
    channel: Sender<'a>,
    title: Option<&'a str>,
    text: &'a str,
    link: Option<&'a str>,
    language: Option<&'a str>,
    due_at: Option<DateTime<Utc>>,
    follows: Option<Followed<'a>>,
    media: Vec<Part<'a>>,
}

/// The messages that this one continues, by the names that the receiver gave them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Followed<'a> {
    id: &'a str,
    root_id: &'a str,
}

impl<'a> From<&'a Follows> for Followed<'a> {
    fn from(follows: &'a Follows) -> Self {
        Self { id: &follows.remote_id, root_id: &follows.root_id }
    }
}

#[derive(Serialize)]
struct Sender<'a> {
    id: Option<&'a str>,
    handle: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    file_name: &'a str,
    media_type: &'a str,
    alt_text: Option<&'a str>,
    sha256: &'a str,
    bytes: u64,
    content: String,
    captions: Vec<Captions<'a>>,
}

/// A film's captions in one language.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Captions<'a> {
    language: &'a str,
    label: Option<&'a str>,
    file_name: &'a str,
    media_type: &'a str,
    sha256: &'a str,
    bytes: u64,
    content: String,
}

impl<'a> Captions<'a> {
    async fn read(caption: &'a Caption) -> Result<Self, Failure> {
        Ok(Self {
            language: &caption.language,
            label: caption.label.as_deref(),
            file_name: &caption.file_name,
            media_type: Caption::MEDIA_TYPE,
            sha256: &caption.sha256,
            bytes: caption.content.length(),
            content: STANDARD.encode(caption.content.whole().await?),
        })
    }
}

impl<'a> Part<'a> {
    async fn read(part: &'a MediaPart) -> Result<Self, Failure> {
        let mut captions = Vec::with_capacity(part.captions.len());
        for caption in &part.captions {
            captions.push(Captions::read(caption).await?);
        }
        Ok(Self {
            captions,
            file_name: &part.file_name,
            media_type: &part.media_type,
            alt_text: part.alt_text.as_deref(),
            sha256: &part.sha256,
            bytes: part.content.length(),
            content: STANDARD.encode(part.content.whole().await?),
        })
    }
}

/// The document of a message.
pub(super) async fn document(
    message: &Message,
    event: &Event<'_>,
    from: &Channel,
) -> Result<Vec<u8>, Failure> {
    let captions =
        |part: &MediaPart| part.captions.iter().map(|caption| caption.content.length()).sum::<u64>();
    if message.media.iter().map(|part| part.content.length() + captions(part)).sum::<u64>() > MEDIA_BYTES {
        return Err(Failure::refused("MEDIA_TOO_LARGE", "its media are larger than a webhook carries"));
    }
    let mut media = Vec::with_capacity(message.media.len());
    for part in &message.media {
        media.push(Part::read(part).await?);
    }
    let document = Document {
        event,
        id: &message.idempotency_key,
        channel: Sender { id: from.id.as_deref(), handle: from.handle.as_deref() },
        title: message.title.as_deref(),
        text: &message.text,
        link: message.link.as_deref(),
        language: message.language.as_deref(),
        due_at: message.due_at,
        follows: message.follows.as_ref().map(Followed::from),
        media,
    };
    serde_json::to_vec(&document)
        .map_err(|_error| Failure::refused("REQUEST_INVALID", "the request cannot be made from this message"))
}

/// A "not found" that is not the receiver's own says nothing of the message: its own is JSON with `received`.
pub(super) fn not_found_by_others(answer: &Answer) -> Result<(), Failure> {
    let its_own = || Said::in_json(answer).is_some_and(|said| said.received == Some(false));
    if matches!(answer.status, 404 | 410) && !its_own() {
        return Err(answer.failure().not_the_platform());
    }
    Ok(())
}

/// A success that says something which nobody can read: a page of some other server, or half an answer.
pub(super) fn garbage(status: u16) -> Failure {
    Failure::unknown("GARBAGE_ANSWER", "the receiver's answer cannot be read").with_status(status)
}

/// What a receiver says of a message.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) received: Option<bool>,
    pub(super) repeated: bool,
    id: Option<String>,
    url: Option<String>,
    published_at: Option<DateTime<Utc>>,
}

impl Said {
    /// Of a success: nothing, plain text and any JSON will do.
    pub(super) fn read(answer: &Answer) -> Result<Self, Failure> {
        Ok(object(answer)?.map(|object| Self::of(&object)).unwrap_or_default())
    }

    /// Of any answer, if it is an object of JSON.
    pub(super) fn in_json(answer: &Answer) -> Option<Self> {
        let said: Value = serde_json::from_slice(&answer.body).ok()?;
        said.is_object().then(|| Self::of(&said))
    }

    fn of(object: &Value) -> Self {
        let flag = |name: &str| object.get(name).and_then(Value::as_bool);
        let id = object.get("id").and_then(|id| match id {
            Value::String(id) => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        });
        Self {
            received: flag("received"),
            repeated: flag("repeated").unwrap_or(false),
            id: id.and_then(|id| line(&id)),
            url: address(object, "url"),
            published_at: object.get("publishedAt").and_then(Value::as_str).and_then(|at| at.parse().ok()),
        }
    }

    /// Without an id of the receiver's own, the message is known by `known_as`.
    pub(super) fn receipt(self, known_as: &str, location: Option<String>, evidence: Evidence) -> Receipt {
        Receipt {
            remote_id: self.id.unwrap_or_else(|| known_as.to_owned()),
            url: self.url.or(location),
            published_at: self.published_at,
            evidence,
        }
    }
}

/// What a receiver says of itself.
#[derive(Debug, Default)]
pub(super) struct Greeting {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) edit: bool,
    pub(super) delete: bool,
}

impl Greeting {
    /// Of the answer to a ping. A page is no greeting: the address leads somewhere else.
    pub(super) fn read(answer: &Answer) -> Result<Self, Failure> {
        let object = object(answer).map_err(|_garbage| {
            let detail = "the address answers with something that is no webhook's answer";
            Failure::refused("NOT_A_RECEIVER", detail).with_status(answer.status)
        })?;
        let Some(object) = object else { return Ok(Self::default()) };
        let flag = |name: &str| object.get(name).and_then(Value::as_bool).unwrap_or(false);
        Ok(Self {
            name: object.get("name").and_then(Value::as_str).and_then(line),
            url: address(&object, "url"),
            edit: flag("edit"),
            delete: flag("delete"),
        })
    }
}

fn object(answer: &Answer) -> Result<Option<Value>, Failure> {
    if answer.body.trim_ascii().is_empty() {
        return Ok(None);
    }
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(said) => Ok(Some(said).filter(Value::is_object)),
        Err(_) if is_plain(answer) => Ok(None),
        Err(_) => Err(garbage(answer.status)),
    }
}

fn is_plain(answer: &Answer) -> bool {
    answer.header(header::CONTENT_TYPE).is_some_and(|kind| kind.trim_start().starts_with("text/plain"))
}

fn line(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= LINE_CHARS && !text.contains(char::is_control);
    fits.then(|| text.to_owned())
}

fn address(object: &Value, name: &str) -> Option<String> {
    let url: url::Url = object.get(name)?.as_str()?.parse().ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}
