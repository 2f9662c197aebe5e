//! The channel that the token belongs to: its name, and the list that its films are on. It does not know films.

use serde::Deserialize;

use super::{api::Api, failure};
use crate::{
    connector::{Capabilities, Profile},
    http::failure::Failure,
};

#[derive(Debug, Deserialize)]
struct Channels {
    /// Without a channel there are no items at all: only this tells that from an answer of somebody else.
    kind: String,
    #[serde(default)]
    items: Vec<Channel>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Channel {
    pub(super) id: String,
    #[serde(default)]
    pub(super) snippet: Snippet,
    #[serde(default)]
    content_details: ContentDetails,
    #[serde(default)]
    branding_settings: Branding,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Snippet {
    pub(super) title: Option<String>,
    /// The handle, with its `@`; an old channel may have a plain name instead.
    pub(super) custom_url: Option<String>,
    description: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ContentDetails {
    related_playlists: Playlists,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Playlists {
    uploads: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Branding {
    channel: BrandedChannel,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BrandedChannel {
    description: Option<String>,
}

impl Channel {
    /// The list of everything that the channel ever uploaded.
    pub(super) fn uploads(&self) -> Result<&str, Failure> {
        let list = self.content_details.related_playlists.uploads.as_str();
        if list.is_empty() {
            return Err(Failure::unknown(
                "GARBAGE_ANSWER",
                "the platform names no list of the channel's films",
            ));
        }
        Ok(list)
    }

    pub(super) fn page(&self) -> String {
        match self.snippet.custom_url.as_deref().filter(|name| name.starts_with('@')) {
            Some(handle) => format!("https://www.youtube.com/{handle}"),
            None => format!("https://www.youtube.com/channel/{}", self.id),
        }
    }

    /// As the channel's owner wrote it; what visitors are shown may be cut.
    pub(super) fn bio(&self) -> Option<String> {
        let written = self.branding_settings.channel.description.clone();
        let shown = self.snippet.description.clone();
        written.or(shown).filter(|bio| !bio.is_empty())
    }
}

pub(super) async fn mine(api: &Api, parts: &str) -> Result<Channel, Failure> {
    let answer = api.get("/youtube/v3/channels", &[("part", parts), ("mine", "true")]).await?;
    let channels: Channels = answer.json()?;
    if channels.kind != "youtube#channelListResponse" {
        let detail = "the platform's answer cannot be read";
        return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status));
    }
    let none = || Failure::credential(failure::NO_CHANNEL, failure::NO_CHANNEL_DETAIL);
    channels.items.into_iter().next().ok_or_else(none)
}

/// How the channel shows itself.
pub(super) async fn profile(api: &Api, capabilities: Capabilities) -> Result<Profile, Failure> {
    let channel = mine(api, "snippet,contentDetails,brandingSettings").await?;
    let name = channel.snippet.custom_url.clone().filter(|name| !name.is_empty());
    Ok(Profile {
        url: Some(channel.page()),
        bio: channel.bio(),
        handle: name.unwrap_or(channel.id),
        display_name: channel.snippet.title.filter(|title| !title.is_empty()),
        capabilities,
    })
}
