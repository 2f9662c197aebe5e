//! The public news pages, as the front page lists them. Knows the directory's entries of the office's own platform.

use entity::channel::Platform;
use office::directory::{CalledPlatform, DirectoryFilter, Entry, Status};

use crate::http::feed::{escape, segment};

/// Feeds that are listed.
const FEEDS_AT_MOST: usize = 20;

/// What the list asks of the directory.
pub(super) fn wanted() -> DirectoryFilter {
    DirectoryFilter {
        platforms: vec![CalledPlatform::Known(Platform::Feed)],
        statuses: vec![Status::Active, Status::Dormant],
        ..DirectoryFilter::default()
    }
}

/// The list; nothing where there is none.
pub(super) fn list(entries: &[Entry]) -> String {
    let mut feeds = entries.iter().filter(|entry| entry.record.platform == Platform::Feed);
    let shown: Vec<_> = feeds.by_ref().take(FEEDS_AT_MOST).map(one).collect();
    if shown.is_empty() {
        return String::new();
    }
    let more = if feeds.next().is_some() { "<p>The directory lists more.</p>\n" } else { "" };
    format!("<section><h2>Public news pages</h2>\n<ul>\n{}</ul>\n{more}</section>\n", shown.concat())
}

fn one(entry: &Entry) -> String {
    let at = format!("/feed/{}/{}", segment(&entry.office_slug), segment(&entry.record.handle));
    let name = Some(entry.record.display_name.trim()).filter(|name| !name.is_empty());
    format!(
        "<li><a href=\"{at}\">{}</a>: {} (<a href=\"{at}.atom\">Atom</a>, <a href=\"{at}.json\">JSON</a>)</li>\n",
        escape(name.unwrap_or(&entry.record.handle)),
        escape(&entry.office_name)
    )
}

#[cfg(test)]
mod tests {
    use entity::{ChannelId, channel::DirectoryRecord};
    use uuid::Uuid;

    use super::*;

    fn entry(platform: Platform, name: &str) -> Entry {
        let record = DirectoryRecord {
            platform,
            handle: "a/b\"".to_owned(),
            url: String::new(),
            display_name: name.to_owned(),
            purpose: String::new(),
            audience: String::new(),
            language: "en".to_owned(),
            bio_line: String::new(),
            monitored_hours: String::new(),
            contact: None,
        };
        Entry {
            channel_id: ChannelId(Uuid::nil()),
            office_slug: "press".to_owned(),
            office_name: "Press & Co".to_owned(),
            status: Status::Active,
            record,
            published_at: None,
            official_since: None,
            official_until: None,
            initiative: None,
            on_duty: Vec::new(),
        }
    }

    #[test]
    fn feeds_are_listed_escaped_and_bounded() {
        assert_eq!(list(&[entry(Platform::Mastodon, "x")]), "");
        let one = list(&[entry(Platform::Feed, "<b>News</b>")]);
        assert!(one.contains("<a href=\"/feed/press/a%2Fb%22\">&lt;b&gt;News&lt;/b&gt;</a>: Press &amp; Co"));
        let many = list(&vec![entry(Platform::Feed, "n"); 25]);
        assert_eq!(many.matches("<li>").count(), FEEDS_AT_MOST);
        assert!(many.contains("lists more"));
    }
}
