//! `trust.txt`, as `JournalList` defines it: which sites this publisher controls and which accounts are its own. Knows that
//! format.

use entity::channel::Platform;
use office::directory::{Entry, Status};

use super::{Form, Place};
use crate::http::web_address;

/// The file of the whole deployment.
pub(crate) fn render(place: &Place, entries: &[Entry]) -> String {
    let mut lines = vec![
        "# Accounts and sites of the offices that publish through this service.".to_owned(),
        format!("# As a page: {}", place.address(Form::Html)),
        format!("# For programs: {}", place.address(Form::Json)),
    ];
    for entry in entries.iter().filter(|entry| entry.status != Status::Retired) {
        let Some(address) = web_address(&entry.record.url) else { continue };
        let attribute = match entry.record.platform {
            Platform::Feed | Platform::Wordpress => "control",
            Platform::Webhook => continue,
            Platform::Mastodon
            | Platform::Bluesky
            | Platform::X
            | Platform::Facebook
            | Platform::Linkedin
            | Platform::Youtube
            | Platform::Instagram
            | Platform::Other => "social",
        };
        lines.push(format!("{attribute}={address}"));
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}
