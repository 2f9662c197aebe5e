//! Where a channel can be followed with a feed reader. Knows what each platform offers; nothing where it offers none.

use entity::channel::{DirectoryRecord, Platform};
use url::Url;

/// Every address at which the channel can be followed.
pub(super) fn every(record: &DirectoryRecord) -> Vec<String> {
    let usual = feed(record);
    let as_json = usual.as_deref().filter(|_| record.platform == Platform::Feed);
    let as_json = as_json.and_then(|atom| Some(format!("{}.json", atom.strip_suffix(".atom")?)));
    usual.into_iter().chain(as_json).collect()
}

/// The address of the channel's feed, when its platform has one at a known place.
pub fn feed(record: &DirectoryRecord) -> Option<String> {
    let url = Url::parse(record.url.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    let page = url.as_str().trim_end_matches('/');
    match record.platform {
        Platform::Feed => Some(format!("{page}.atom")),
        Platform::Wordpress => Some(format!("{page}/feed/")),
        Platform::Mastodon => Some(format!("{page}.rss")),
        Platform::Bluesky => Some(format!("{page}/rss")),
        Platform::Youtube => {
            let id = url.path().strip_prefix("/channel/")?.split('/').next()?;
            Some(format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}"))
        }
        Platform::X
        | Platform::Facebook
        | Platform::Linkedin
        | Platform::Instagram
        | Platform::Webhook
        | Platform::Other => None,
    }
}
