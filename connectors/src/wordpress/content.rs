//! A message as WordPress content: its title, its HTML and the slugs that mark it. Pure; it does not know
//! the API.

use unicode_segmentation::UnicodeSegmentation;

use super::media::Uploaded;
use crate::{
    links::{Piece, pieces},
    message::{Caption, MediaPart, Message},
};

const LONGEST_TITLE: usize = 80;
const LONGEST_SLUG_TITLE: usize = 60;
const LONGEST_KEY: usize = 120;

/// The title as WordPress takes it: as HTML.
pub(super) fn title(message: &Message) -> String {
    plain_title(message).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The message's title, or its first line.
fn plain_title(message: &Message) -> String {
    if let Some(title) = message.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        return title.to_owned();
    }
    let line = message.text.trim().lines().next().unwrap_or_default().trim();
    let mut cut: String = line.graphemes(true).take(LONGEST_TITLE).collect();
    if cut.len() < line.len() {
        cut = cut.trim_end().to_owned();
        cut.push('…');
    }
    cut
}

/// The post's marker: readable, and different for every key. WordPress keeps it as it is.
pub(super) fn slug(message: &Message) -> String {
    let title = message.title.as_deref().unwrap_or_default().to_lowercase();
    let words: Vec<&str> =
        title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut readable = String::new();
    for word in words {
        if readable.len() + word.len() >= LONGEST_SLUG_TITLE {
            break;
        }
        readable.push_str(word);
        readable.push('-');
    }
    if readable.is_empty() {
        readable.push_str("masthead-");
    }
    format!("{readable}{}", marker(&message.idempotency_key))
}

/// The marker of one part of a message; its alternative text belongs to the message, so does the upload.
pub(super) fn media_slug(message: &Message, index: usize, part: &MediaPart) -> String {
    format!("masthead-{}-{index}-{}", marker(&message.idempotency_key), short(&part.sha256))
}

/// The same of the captions of a part. Two languages may have one file, which is uploaded for each.
pub(super) fn caption_slug(message: &Message, index: usize, caption: &Caption) -> String {
    let (key, language) = (marker(&message.idempotency_key), caption.language.to_ascii_lowercase());
    format!("masthead-{key}-{index}-{language}-{}", short(&caption.sha256))
}

/// Enough of a digest to tell files of one message apart.
fn short(digest: &str) -> String {
    digest.chars().filter(char::is_ascii_alphanumeric).take(12).collect::<String>().to_ascii_lowercase()
}

/// The key in the letters that a slug may have; two keys never become one.
fn marker(key: &str) -> String {
    let mut marker = String::new();
    let mut dashed = true;
    for c in key.chars() {
        let kept = c.is_ascii_lowercase() || c.is_ascii_digit() || (c == '-' && !dashed);
        if kept {
            marker.push(c);
        } else {
            marker.extend(["x", &format!("{:x}", u32::from(c)), "x"]);
        }
        dashed = marker.ends_with('-');
    }
    if marker.ends_with('-') {
        marker.push('x');
    }
    let cut: String = marker.chars().take(LONGEST_KEY).collect();
    cut.trim_end_matches('-').to_owned()
}

/// Paragraphs, links and media, with everything that the author wrote escaped.
pub(super) fn html(message: &Message, media: &[Uploaded<'_>]) -> String {
    let mut html = String::new();
    for paragraph in paragraphs(&message.text_with_link()) {
        let lines: Vec<String> = paragraph.iter().map(|line| linked(line)).collect();
        html.extend(["<p>", &lines.join("<br />\n"), "</p>\n"]);
    }
    for part in media {
        html.push_str(&figure(part));
    }
    match message.language.as_deref() {
        Some(language) => format!("<div lang=\"{}\">\n{html}</div>\n", escape(language)),
        None => html,
    }
}

fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()).map(<[&str]>::to_vec).collect()
}

fn linked(line: &str) -> String {
    let render = |piece: &Piece<'_>| match *piece {
        Piece::Plain(text) => escape(text),
        Piece::Link(address) => format!("<a href=\"{0}\">{0}</a>", escape(address)),
    };
    pieces(line).iter().map(render).collect()
}

fn figure(media: &Uploaded<'_>) -> String {
    let (url, alt) = (escape(&media.url), escape(media.part.alt_text.as_deref().unwrap_or_default()));
    let id = media.id;
    if media.is_image() {
        format!(
            "<figure class=\"wp-block-image\"><img src=\"{url}\" alt=\"{alt}\" class=\"wp-image-{id}\" /></figure>\n"
        )
    } else if media.part.media_type.starts_with("video/") {
        format!(
            "<figure class=\"wp-block-video\"><video controls src=\"{url}\" aria-label=\"{alt}\">{}</video></figure>\n",
            tracks(media)
        )
    } else if media.part.media_type.starts_with("audio/") {
        format!(
            "<figure class=\"wp-block-audio\"><audio controls src=\"{url}\" aria-label=\"{alt}\"></audio></figure>\n"
        )
    } else {
        let name = if alt.is_empty() { escape(&media.part.file_name) } else { alt };
        format!("<p><a href=\"{url}\">{name}</a></p>\n")
    }
}

/// The captions of a film, as a viewer chooses among them.
fn tracks(media: &Uploaded<'_>) -> String {
    let track = |(caption, url): (&Caption, &String)| {
        let (url, language) = (escape(url), escape(&caption.language));
        let label = escape(caption.label.as_deref().unwrap_or(&caption.language));
        format!("<track kind=\"captions\" src=\"{url}\" srclang=\"{language}\" label=\"{label}\" />")
    };
    media.part.captions.iter().zip(&media.captions).map(track).collect()
}

/// Also keeps WordPress from reading a shortcode or a template tag into the words.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#039;"),
            '[' => escaped.push_str("&#091;"),
            ']' => escaped.push_str("&#093;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn message(key: &str, title: Option<&str>, text: &str) -> Message {
        Message {
            idempotency_key: key.to_owned(),
            title: title.map(str::to_owned),
            text: text.to_owned(),
            link: Some("https://e.org/?a=1&b=2".to_owned()),
            language: None,
            media: Vec::new(),
            follows: None,
            quotes: None,
            answers: None,
            due_at: None,
            first_sent_at: None,
            last_sent_at: None,
            prepared: crate::Prepared::default(),
            not_after: None,
        }
    }

    #[test]
    fn words_are_escaped_and_addresses_linked() {
        let html = html(&message("k", None, "One <b> [gallery]\nTwo\n\n\nThree & \"four\""), &[]);
        assert_eq!(
            html,
            "<p>One &lt;b&gt; &#091;gallery&#093;<br />\nTwo</p>\n<p>Three &amp; &quot;four&quot;</p>\n\
             <p><a href=\"https://e.org/?a=1&amp;b=2\">https://e.org/?a=1&amp;b=2</a></p>\n"
        );
    }

    #[test]
    fn a_picture_carries_its_alternative_text() {
        let part = MediaPart {
            file_name: "a.png".to_owned(),
            media_type: "image/png".to_owned(),
            content: Bytes::new().into(),
            alt_text: Some("A \"dog\"".to_owned()),
            sha256: "AB".to_owned(),
            captions: Vec::new(),
        };
        let html = figure(&Uploaded {
            id: 7,
            url: "https://e.org/a.png".to_owned(),
            part: &part,
            captions: Vec::new(),
        });
        assert!(html.contains("alt=\"A &quot;dog&quot;\"") && html.contains("wp-image-7"), "{html}");
    }

    #[test]
    fn markers_are_slugs_and_differ_as_keys_do() {
        let slug_of = |key: &str, title| slug(&message(key, title, ""));
        assert_eq!(slug_of("0193-ab", Some("Open Day, 2026!")), "open-day-2026-0193-ab");
        assert_eq!(slug_of("k", None), "masthead-k");
        let keys = ["a_b", "a-b", "a b", "A-b", "a--b", "a-", "a"];
        let mut slugs: Vec<String> = keys.iter().map(|key| slug_of(key, None)).collect();
        slugs.sort();
        slugs.dedup();
        assert_eq!(slugs.len(), keys.len());
        for slug in slugs {
            assert!(!slug.contains("--") && !slug.ends_with('-') && slug.len() < 200, "{slug}");
        }
    }

    #[test]
    fn a_title_is_made_of_the_first_line() {
        assert_eq!(title(&message("k", None, "First\nSecond")), "First");
        assert_eq!(title(&message("k", None, &"é".repeat(90))), format!("{}…", "é".repeat(80)));
        assert_eq!(title(&message("k", Some(" T <i> "), "x")), "T &lt;i&gt;");
    }
}
