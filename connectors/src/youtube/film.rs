//! A film with what is said of it: what is sent, what is read of one that is there, and the limits that it is held to. Pure; it
//! does not know how films travel.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::captions;
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
    outcome::{Cause, Evidence, Receipt},
};

pub(super) const FILM_TYPES: [&str; 7] = [
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "video/mpeg",
    "video/3gpp",
    "video/x-msvideo",
    "video/x-ms-wmv",
];
/// 256 GiB, by the platform's own description of `videos.insert`.
pub(super) const LARGEST_FILM: u64 = 274_877_906_944;
/// In bytes, not in characters.
pub(super) const LONGEST_DESCRIPTION: usize = 5000;
const LONGEST_TITLE: usize = 100;
/// A tag of at most thirty characters is taken everywhere.
const MARKER_BYTES: usize = 10;
/// What the platform says of a film and takes from nobody.
const READ_ONLY: [&str; 6] =
    ["publishedAt", "channelId", "channelTitle", "thumbnails", "liveBroadcastContent", "localized"];

/// The tag that only this message's film has.
pub(super) fn marker(idempotency_key: &str) -> String {
    let digest = digest::digest(&digest::SHA256, idempotency_key.as_bytes());
    let some: Vec<u8> = digest.as_ref().iter().copied().take(MARKER_BYTES).collect();
    format!("masthead{}", hex::encode(some))
}

fn title(message: &Message) -> &str {
    message.title.as_deref().unwrap_or_default().trim()
}

/// The one film, when everything about the message is as the platform takes it: found before anything is sent.
pub(super) fn check(message: &Message) -> Result<&MediaPart, Failure> {
    let [film] = message.media.as_slice() else {
        return Err(Failure::refused(
            "FILM_NEEDED",
            "the platform publishes exactly one film, and nothing else",
        ));
    };
    if !FILM_TYPES.contains(&film.media_type.as_str()) {
        let detail = "the platform takes films only, of the types MP4, MOV, WebM, MPEG, 3GP, AVI and WMV";
        return Err(Failure::refused("MEDIA_TYPE_REFUSED", detail));
    }
    match film.content.length() {
        0 => return Err(Failure::refused("MEDIA_EMPTY", "the film is empty")),
        length if length > LARGEST_FILM => {
            return Err(Failure::refused("MEDIA_TOO_LARGE", "the platform takes no film of this size"));
        }
        _ => {}
    }
    captions::check(film)?;
    check_words(message)?;
    Ok(film)
}

/// The same of the words alone.
pub(super) fn check_words(message: &Message) -> Result<(), Failure> {
    let (title, description) = (title(message), message.text_with_link());
    let (code, detail) = if title.is_empty() {
        ("TITLE_MISSING", "a film needs a title")
    } else if title.chars().count() > LONGEST_TITLE {
        ("TITLE_TOO_LONG", "the title is longer than the hundred characters that the platform takes")
    } else if description.len() > LONGEST_DESCRIPTION {
        ("TEXT_TOO_LONG", "the text is longer than the 5000 bytes that the platform takes")
    } else if [title, &description].iter().any(|words| words.contains(['<', '>'])) {
        ("CHARACTER_REFUSED", "the platform takes no angle brackets, < and >, in titles and texts")
    } else {
        return Ok(());
    };
    Err(Failure::refused(code, detail))
}

/// A new film, to be seen by everybody.
pub(super) fn body(message: &Message) -> Value {
    let mut snippet = Map::new();
    say(&mut snippet, message);
    let status = json!({ "privacyStatus": "public", "selfDeclaredMadeForKids": false });
    json!({ "snippet": snippet, "status": status })
}

/// A change of the words. The platform forgets whatever a change does not name, so the rest is sent as it was read.
pub(super) fn change(id: &str, read: &Map<String, Value>, message: &Message) -> Value {
    let mut snippet = read.clone();
    snippet.retain(|name, _| !READ_ONLY.contains(&name.as_str()));
    say(&mut snippet, message);
    json!({ "id": id, "snippet": snippet })
}

fn say(snippet: &mut Map<String, Value>, message: &Message) {
    snippet.insert("title".to_owned(), title(message).into());
    snippet.insert("description".to_owned(), message.text_with_link().into());
    if let Some(language) = &message.language {
        snippet.insert("defaultLanguage".to_owned(), language.as_str().into());
    }
    let marker = marker(&message.idempotency_key);
    let tags = snippet.entry("tags").or_insert_with(|| json!([]));
    if let Some(tags) = tags.as_array_mut()
        && !tags.iter().any(|tag| tag.as_str().is_some_and(|tag| tag.eq_ignore_ascii_case(&marker)))
    {
        tags.push(marker.into());
    }
}

/// A film that is there.
#[derive(Debug, Deserialize)]
pub(super) struct Film {
    pub(super) id: String,
    #[serde(default)]
    snippet: Snippet,
    #[serde(default)]
    status: Status,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Snippet {
    published_at: Option<DateTime<Utc>>,
    title: String,
    description: String,
    tags: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Status {
    #[serde(rename = "uploadStatus")]
    upload: Option<String>,
    failure_reason: Option<String>,
    rejection_reason: Option<String>,
    #[serde(rename = "privacyStatus")]
    privacy: Option<String>,
}

/// What has become of a film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// It is there, for everybody.
    Out,
    /// The upload ended before it was whole: there is no film.
    Aborted,
    /// It is not for everybody, and why.
    Hidden(Cause),
    /// It was taken back.
    Deleted,
    /// The platform does not say, or says something that we do not know.
    Unclear,
}

impl Film {
    pub(super) fn is_marked(&self, marker: &str) -> bool {
        self.snippet.tags.iter().any(|tag| tag.eq_ignore_ascii_case(marker))
    }

    /// A film counts as out as soon as YouTube has all of it: that it is still being made ready is YouTube's own affair, and
    /// nothing more can be done for it here.
    pub(super) fn state(&self) -> State {
        let status = &self.status;
        match (status.upload.as_deref(), status.privacy.as_deref()) {
            (Some("uploaded" | "processed"), Some("public")) => State::Out,
            (Some("uploaded" | "processed"), Some("private" | "unlisted")) => State::Hidden(Cause::new(
                "NOT_PUBLIC",
                "YouTube has the film but does not show it to everybody: it hides the films of projects that it has not audited",
            )),
            (Some("failed"), _) if status.failure_reason.as_deref() == Some("uploadAborted") => {
                State::Aborted
            }
            (Some("failed"), _) => State::Hidden(failed(status.failure_reason.as_deref())),
            (Some("rejected"), _) => State::Hidden(rejected(status.rejection_reason.as_deref())),
            (Some("deleted"), _) => State::Deleted,
            _ => State::Unclear,
        }
    }

    pub(super) fn receipt(&self, evidence: Evidence) -> Receipt {
        Receipt { published_at: self.snippet.published_at, ..receipt(&self.id, evidence) }
    }

    pub(super) fn has_title_of(&self, message: &Message) -> bool {
        comparable(&self.snippet.title) == comparable(title(message))
    }

    pub(super) fn has_words_of(&self, message: &Message) -> bool {
        comparable(&self.snippet.description) == comparable(&message.text_with_link())
    }
}

/// The platform may end lines in its own way, and drops blanks at the ends.
pub(super) fn comparable(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn failed(reason: Option<&str>) -> Cause {
    let detail = match reason {
        Some("codec") => "YouTube cannot read the film: its codec is not one that YouTube knows",
        Some("conversion") => "YouTube could not convert the film",
        Some("emptyFile" | "tooSmall") => "YouTube says that the film is empty or too small",
        Some("invalidFile") => "YouTube says that the file is no film",
        _ => "YouTube could not make a film of the file",
    };
    Cause::new("FILM_FAILED", detail)
}

fn rejected(reason: Option<&str>) -> Cause {
    let (code, detail) = match reason {
        Some("duplicate") => ("DUPLICATE", "YouTube says that the channel has this film already"),
        Some("copyright" | "claim" | "trademark") => {
            ("FILM_REJECTED", "YouTube rejects the film because of somebody's rights")
        }
        Some("length") => {
            ("FILM_REJECTED", "YouTube rejects the film because it is too long for this channel")
        }
        Some("inappropriate" | "termsOfUse" | "legal") => {
            ("FILM_REJECTED", "YouTube rejects the film because of its rules or the law")
        }
        Some("uploaderAccountClosed" | "uploaderAccountSuspended") => {
            ("FILM_REJECTED", "YouTube rejects the film because the account is closed or suspended")
        }
        _ => ("FILM_REJECTED", "YouTube rejects the film"),
    };
    Cause::new(code, detail)
}

pub(super) fn receipt(id: &str, evidence: Evidence) -> Receipt {
    let url = Some(format!("https://www.youtube.com/watch?v={id}"));
    Receipt { remote_id: id.to_owned(), url, published_at: None, evidence }
}

/// Ids come back from storage; only what is one may become part of an address.
pub(super) fn is_id(id: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !id.is_empty() && id.len() <= 64 && id.chars().all(known)
}

pub(super) fn checked_id(id: &str) -> Result<(), Failure> {
    if is_id(id) {
        Ok(())
    } else {
        Err(Failure::refused("REMOTE_ID_INVALID", "this is not the id of a film"))
    }
}

#[cfg(test)]
mod tests;
