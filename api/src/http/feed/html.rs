//! The feed as a page for people: light and dark, narrow and wide, nothing from elsewhere, nothing runs. Knows HTML.

use chrono::{DateTime, Utc};
use entity::feed_entry;

use super::{
    markup::{anchor, escape, paragraphs, segment},
    view::{self, View, instant},
};
use crate::http::pages::hash_source;

const STYLE: &str = include_str!("../../../assets/pages/feed.css");

/// The service, seen from the page: a page that is reached under another name still finds its own pictures.
const ROOT: &str = "../..";

/// What the page may load: its own pictures and films, and exactly its own style.
pub(super) fn policy() -> String {
    format!(
        "default-src 'none'; style-src {}; img-src 'self' data:; media-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        hash_source(STYLE)
    )
}

/// The page.
pub(super) fn render(view: &View<'_>) -> String {
    let own = format!("./{}", segment(&view.feed.channel.handle));
    let links = format!(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Atom\" href=\"{own}.atom\">\n\
         <link rel=\"alternate\" type=\"application/feed+json\" title=\"JSON Feed\" href=\"{own}.json\">\n\
         <link rel=\"canonical\" href=\"{}\">\n",
        escape(&view.page)
    );
    let mut page = head(&view.language, &format!("{} · {}", view.title, view.feed.office.name), &links);
    page.push_str(&format!(
        "<header>\n<h1 dir=\"auto\">{}</h1>\n<p class=\"soft\" dir=\"auto\">{}</p>\n",
        escape(&view.title),
        escape(&view.feed.office.name)
    ));
    for line in [&view.purpose, &view.bio_line].into_iter().filter(|line| !line.trim().is_empty()) {
        page.push_str(&format!("<p dir=\"auto\">{}</p>\n", escape(line)));
    }
    if view.closed {
        page.push_str(&format!(
            "<p role=\"note\"><strong>This feed is closed:</strong> nothing more is published here. \
             <a href=\"{ROOT}/directory\">The directory</a> lists the official channels.</p>\n"
        ));
    }
    page.push_str("</header>\n<main>\n");
    if view.feed.entries.is_empty() {
        page.push_str("<p>Nothing has been published here yet.</p>\n");
    }
    for entry in &view.feed.entries {
        page.push_str(&article(view, entry));
    }
    let follow =
        format!("Follow as <a href=\"{own}.atom\">Atom</a> or <a href=\"{own}.json\">JSON Feed</a>. ");
    let follow = if view.closed { "" } else { &follow };
    page.push_str(&format!(
        "</main>\n<footer><p>{follow}<a href=\"{ROOT}/directory\">All official channels</a>.</p></footer>\n</body></html>\n"
    ));
    page
}

fn article(view: &View<'_>, entry: &feed_entry::Model) -> String {
    let language = view::language(entry).map_or_else(String::new, |tag| format!(" lang=\"{}\"", escape(tag)));
    let id = entry.id;
    let mut out = format!("<article id=\"{id}\"{language} dir=\"auto\" aria-labelledby=\"t-{id}\">\n");
    out.push_str(&format!("<h2 id=\"t-{id}\">{}</h2>\n", escape(&view::title(entry))));
    out.push_str(&format!("<p class=\"soft\"><a href=\"#{id}\">{}</a>", time(entry.published_at)));
    if entry.updated_at > entry.published_at {
        out.push_str(&format!(", changed {}", time(entry.updated_at)));
    }
    out.push_str("</p>\n");
    out.push_str(&paragraphs(&entry.text));
    if let Some(address) = view::link(entry) {
        out.push_str(&format!("<p>{}</p>\n", anchor(&address, &address)));
    }
    out.push_str(&view.attachments(ROOT, entry));
    out.push_str("</article>\n");
    out
}

fn time(at: DateTime<Utc>) -> String {
    format!("<time datetime=\"{}\">{} UTC</time>", instant(at), at.format("%-d %B %Y, %H:%M"))
}

/// What is said where there is no feed.
pub(super) fn not_found() -> String {
    let mut page = head("en", "No such page", "");
    page.push_str(
        "<main>\n<h1>No such page</h1>\n<p>There is no public feed at this address. \
         <a href=\"/directory\">The directory</a> lists every official channel; \
         <a href=\"/\">the front page</a> lists the feeds.</p>\n</main>\n</body></html>\n",
    );
    page
}

/// What is said where there was a feed whose page is no more.
pub(super) fn gone() -> String {
    let mut page = head("en", "This page was taken down", "");
    page.push_str(
        "<main>\n<h1>This page was taken down</h1>\n<p>The feed that was here is closed. \
         <a href=\"/directory\">The directory</a> lists every official channel.</p>\n</main>\n</body></html>\n",
    );
    page
}

fn head(language: &str, title: &str, links: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n{links}<style>{STYLE}</style>\n</head>\n<body>\n",
        escape(language),
        escape(title)
    )
}
