//! The captions of a film that is out: YouTube takes them only then, one call a language. It knows tracks, and that YouTube makes
//! some of its own; it does not know how a film comes to be.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{api::Api, film};
use crate::{
    http::failure::Failure,
    message::{Caption, MediaPart, Message},
};

const TRACKS: &str = "/youtube/v3/captions";
const LONGEST_NAME: usize = 150;

#[derive(Deserialize)]
struct Tracks {
    items: Vec<Track>,
}

/// Captions in one language, as YouTube has them.
#[derive(Debug, Deserialize)]
pub(super) struct Track {
    id: String,
    snippet: Snippet,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Snippet {
    language: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    track_kind: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    is_draft: bool,
}

impl Track {
    /// Whether it was given for this language, and not made by YouTube or for signs only.
    fn is_in(&self, language: &str) -> bool {
        let given = self.snippet.track_kind.is_empty() || self.snippet.track_kind == "standard";
        given && self.snippet.language.eq_ignore_ascii_case(language)
    }

    fn is_called(&self, caption: &Caption) -> bool {
        self.is_in(&caption.language) && self.snippet.name == name(caption)
    }

    fn is_shown(&self) -> bool {
        self.snippet.status != "failed" && !self.snippet.is_draft
    }
}

/// The captions of a message's film.
pub(super) fn of(message: &Message) -> &[Caption] {
    message.media.first().map_or(&[], |film| &film.captions)
}

/// What YouTube would not take, found before the film is sent.
pub(super) fn check(film: &MediaPart) -> Result<(), Failure> {
    if film.captions.iter().any(|caption| name(caption).chars().count() > LONGEST_NAME) {
        let detail = "the label of captions is longer than the 150 characters that the platform takes";
        return Err(Failure::refused("CAPTIONS_LABEL_TOO_LONG", detail));
    }
    Ok(())
}

/// A track without a name is shown under its language.
fn name(caption: &Caption) -> &str {
    caption.label.as_deref().unwrap_or_default()
}

/// The tracks that a film has, YouTube's own among them.
pub(super) async fn tracks(api: &Api, film: &str) -> Result<Vec<Track>, Failure> {
    let answer = api.get(TRACKS, &[("part", "snippet"), ("videoId", film)]).await?;
    Ok(answer.json::<Tracks>()?.items)
}

/// Adds the captions that a film lacks. One that is there already is no failure.
pub(super) async fn add(api: &Api, film: &str, captions: &[Caption], there: &[Track]) -> Result<(), Failure> {
    for caption in captions.iter().filter(|caption| !there.iter().any(|track| track.is_called(caption))) {
        let content = caption.content.whole().await?;
        let body = body(film, caption);
        let answer = api.send_captions(Method::POST, &body, &content, &boundary(caption)).await?;
        if answer.status != 409 {
            api.checked(answer)?.json::<Track>()?;
        }
    }
    Ok(())
}

/// Makes a film's captions say what these say. Tracks in other languages stay: somebody may have added them by hand.
pub(super) async fn put(api: &Api, film: &str, captions: &[Caption]) -> Result<(), Failure> {
    if captions.is_empty() {
        return Ok(());
    }
    let there = tracks(api, film).await?;
    add(api, film, captions, &there).await?;
    for caption in captions {
        for track in there.iter().filter(|track| track.is_in(&caption.language)) {
            if track.is_called(caption) {
                let content = caption.content.whole().await?;
                let body = json!({ "id": track.id, "snippet": { "isDraft": false } });
                let answer = api.send_captions(Method::PUT, &body, &content, &boundary(caption)).await?;
                api.checked(answer)?.json::<Track>()?;
            } else {
                // The same language under another name: what it was called before.
                api.call(Method::DELETE, TRACKS, &[("id", &track.id)], None).await?;
            }
        }
    }
    Ok(())
}

/// Whether a film has all of these captions, and shows them.
pub(super) async fn has(api: &Api, film: &str, captions: &[Caption]) -> Result<bool, Failure> {
    if captions.is_empty() {
        return Ok(true);
    }
    let there = tracks(api, film).await?;
    let shown = |caption: &Caption| there.iter().any(|track| track.is_called(caption) && track.is_shown());
    Ok(captions.iter().all(shown))
}

/// What is said of new captions.
fn body(film: &str, caption: &Caption) -> Value {
    json!({ "snippet": {
        "videoId": film, "language": caption.language, "name": name(caption), "isDraft": false,
    } })
}

/// What no file has in it by chance.
fn boundary(caption: &Caption) -> String {
    film::marker(&caption.sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = include_str!("../../tests/spec/youtube.json");

    #[test]
    fn what_is_said_of_captions_is_known_to_googles_own_description() {
        let caption = Caption {
            language: "fr-CA".to_owned(),
            label: Some("Français".to_owned()),
            file_name: "door.vtt".to_owned(),
            content: bytes::Bytes::new().into(),
            sha256: "00".to_owned(),
        };
        let spec: Value = serde_json::from_str(SPEC).unwrap();
        let said = body("film", &caption);
        let said = said["snippet"].as_object().unwrap();
        for (name, value) in said {
            let kind = if value.is_boolean() { "boolean" } else { "string" };
            assert_eq!(spec["schemas"]["CaptionSnippet"]["properties"][name]["type"], kind, "{name}");
        }
        let needed = spec["needed"]["youtube.captions.insert"].as_array().unwrap();
        assert_eq!(needed.len(), 3);
        assert!(needed.iter().all(|name| said.contains_key(name.as_str().unwrap())), "{needed:?}");
    }
}
