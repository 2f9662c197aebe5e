//! A public feed with the addresses and words that all of its forms share. Reads the published record of the channel,
//! never the one being edited. Knows no form.

use chrono::{DateTime, SecondsFormat, Utc};
use entity::channel::ChannelState;
use entity::feed_entry::{self, AttachedCaption, Attachment};
use office::feed::PublicFeed;

use super::markup::{escape, segment, web_address};

/// Characters of a title made from an entry's text.
const TITLE_CHARS: usize = 80;

/// What the forms show.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) feed: &'a PublicFeed,
    /// Name of the channel.
    pub(super) title: String,
    /// What it is for; may be empty.
    pub(super) purpose: String,
    /// Who runs it; may be empty.
    pub(super) bio_line: String,
    /// BCP 47 tag.
    pub(super) language: String,
    /// Address of our page, without a suffix.
    pub(super) own: String,
    /// The channel's public address: receipts point there.
    pub(super) page: String,
    /// Whether it is retired: nothing more comes.
    pub(super) closed: bool,
    /// Where the service is, for forms that are read elsewhere.
    pub(super) base: String,
}

impl<'a> View<'a> {
    /// Of a feed that is served under `base`.
    pub(super) fn new(base: &str, feed: &'a PublicFeed) -> Self {
        let slug = segment(&feed.office.slug);
        let own = format!("{base}/feed/{slug}/{}", segment(&feed.channel.handle));
        let record = feed.channel.published.as_ref();
        let text =
            |of: fn(&entity::channel::DirectoryRecord) -> &String| record.map_or("", |it| of(it)).to_owned();
        let title = Some(text(|record| &record.display_name)).filter(|name| !name.trim().is_empty());
        let language = Some(text(|record| &record.language)).filter(|tag| is_tag(tag));
        Self {
            title: title.unwrap_or_else(|| feed.channel.handle.clone()),
            purpose: text(|record| &record.purpose),
            bio_line: text(|record| &record.bio_line),
            language: language.unwrap_or_else(|| feed.office.language.clone()),
            page: record.and_then(|record| web_address(&record.url)).unwrap_or_else(|| own.clone()),
            closed: feed.channel.state == ChannelState::Retired,
            base: base.to_owned(),
            own,
            feed,
        }
    }

    /// Address of an entry, as its receipt has it.
    pub(super) fn entry_address(&self, entry: &feed_entry::Model) -> String {
        let page = self.page.split('#').next().unwrap_or_default();
        format!("{page}#{}", entry.id)
    }

    /// Address of an attachment's bytes, with the service at `base`.
    pub(super) fn media_address(&self, base: &str, attachment: &Attachment) -> String {
        self.address(base, &attachment.sha256)
    }

    /// Address of captions.
    pub(super) fn caption_address(&self, base: &str, caption: &AttachedCaption) -> String {
        self.address(base, &caption.sha256)
    }

    fn address(&self, base: &str, sha256: &str) -> String {
        format!("{base}/media/{}/{}", segment(&self.feed.office.slug), segment(sha256))
    }

    /// The captions of a film as markup.
    fn tracks(&self, base: &str, attachment: &Attachment) -> String {
        let track = |caption: &AttachedCaption| {
            format!(
                "<track kind=\"captions\" src=\"{}\" srclang=\"{}\" label=\"{}\">",
                escape(&self.caption_address(base, caption)),
                escape(&caption.language),
                escape(label(caption))
            )
        };
        attachment.captions.iter().map(track).collect()
    }

    /// Attachments as markup: pictures with their alternative text, films with controls.
    pub(super) fn attachments(&self, base: &str, entry: &feed_entry::Model) -> String {
        let mut out = String::new();
        for attachment in &entry.attachments.0 {
            let at = escape(&self.media_address(base, attachment));
            let alt = escape(attachment.alt_text.as_deref().unwrap_or_default());
            if attachment.media_type.starts_with("image/") {
                out.push_str(&format!("<p><img src=\"{at}\" alt=\"{alt}\" loading=\"lazy\"></p>\n"));
            } else if attachment.media_type.starts_with("video/") {
                out.push_str(&format!(
                    "<p><video src=\"{at}\" aria-label=\"{alt}\" controls preload=\"metadata\">{}</video></p>\n",
                    self.tracks(base, attachment)
                ));
            }
        }
        out
    }
}

/// What a viewer chooses captions by.
pub(super) fn label(caption: &AttachedCaption) -> &str {
    caption.label.as_deref().unwrap_or(&caption.language)
}

/// The title of an entry; the beginning of its text where it has none.
pub(super) fn title(entry: &feed_entry::Model) -> String {
    if let Some(title) = entry.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        return title.to_owned();
    }
    let line = entry.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("Untitled");
    let mut short: String = line.chars().take(TITLE_CHARS).collect();
    if line.chars().nth(TITLE_CHARS).is_some() {
        short.push('…');
    }
    short
}

/// The link of an entry that its text does not show already.
pub(super) fn link(entry: &feed_entry::Model) -> Option<String> {
    entry.link.as_deref().filter(|link| !entry.text.contains(link.trim())).and_then(web_address)
}

/// The language of an entry, when it is a language's tag.
pub(super) fn language(entry: &feed_entry::Model) -> Option<&str> {
    entry.language.as_deref().filter(|tag| is_tag(tag))
}

fn is_tag(tag: &str) -> bool {
    (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// RFC 3339, in UTC.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
