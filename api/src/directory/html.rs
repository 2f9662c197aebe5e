//! The directory as a page for people: light and dark, narrow and wide, on paper, nothing from elsewhere, nothing runs.
//! Links to accounts say `rel="me"`, by which Mastodon and others show the account as verified. Knows HTML.

use office::directory::{Entry, Status, platform_name};

use super::{Form, Listing, day, instant, name};
use crate::http::{escape, hash_source, web_address};

const STYLE: &str = include_str!("../../assets/pages/directory.css");

/// What the page may load: exactly its own style.
pub(crate) fn policy() -> String {
    format!("{}; frame-ancestors 'none'", may_load(STYLE))
}

/// The same for the list that stands in other people's pages.
pub(crate) fn embed_policy() -> String {
    format!("{}; frame-ancestors *", may_load(super::embed::STYLE))
}

fn may_load(style: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash_source(style)
    )
}

/// The page.
pub(super) fn render(listing: &Listing) -> String {
    let title = escape(&listing.place.title());
    let mut page = head(&title, &alternates(listing), STYLE);
    page.push_str(&format!(
        "<header>\n<h1 dir=\"auto\">{title}</h1>\n<p>An account that is not listed here does not speak for us. \
         Those marked <em>closed</em> were ours once: whoever posts there now is not us.</p>\n</header>\n<main>\n"
    ));
    if listing.entries.is_empty() {
        page.push_str("<p>No channel is listed.</p>\n");
    }
    for channels in listing.entries.chunk_by(|one, other| one.office_slug == other.office_slug) {
        let owner = channels.first().map(|entry| escape(&entry.office_name)).unwrap_or_default();
        if listing.place.office.is_none() {
            page.push_str(&format!("<h2 dir=\"auto\">{owner}</h2>\n"));
        }
        page.push_str("<ul>\n");
        page.extend(channels.iter().map(item));
        page.push_str("</ul>\n");
    }
    if let Some(next) = &listing.next {
        page.push_str(&format!(
            "<nav><p><a rel=\"next\" href=\"{}\">More channels</a></p></nav>\n",
            escape(next)
        ));
    }
    page.push_str(&footer(listing));
    page
}

/// The beginning of a page with this title, which must have been escaped.
pub(super) fn head(title: &str, links: &str, style: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n{links}<style>{style}</style>\n</head>\n<body>\n"
    )
}

fn alternates(listing: &Listing) -> String {
    let link = |form: Form| {
        let kind = form.content_type().split(';').next().unwrap_or_default();
        let at = escape(&listing.place.address(form));
        format!("<link rel=\"alternate\" type=\"{kind}\" href=\"{at}\">\n")
    };
    Form::SUFFIXED.into_iter().map(link).collect()
}

fn item(entry: &Entry) -> String {
    let record = &entry.record;
    let shown = escape(name(record));
    let language =
        if is_tag(&record.language) { format!(" lang=\"{}\"", record.language) } else { String::new() };
    // A closed account may be somebody else's by now: no page of ours leads there, and none vouches for it.
    let address = web_address(&record.url).filter(|_| entry.status != Status::Retired);
    let heading = address.map_or_else(
        || shown.clone(),
        |address| format!("<a rel=\"me noopener\" href=\"{}\">{shown}</a>", escape(&address)),
    );
    let mut out = format!(
        "<li{language}>\n<h3 dir=\"auto\">{heading}</h3>\n<p class=\"soft\">{} · {}</p>\n",
        platform(entry),
        escape(&record.handle)
    );
    out.push_str(&state(entry));
    if !record.purpose.trim().is_empty() {
        out.push_str(&format!("<p dir=\"auto\">{}</p>\n", escape(&record.purpose)));
    }
    let on_duty = entry.on_duty.join(", ");
    let initiative = entry.initiative.as_ref().map_or("", |one| &one.name);
    let facts = [
        ("Address", record.url.as_str()),
        ("For", &record.audience),
        ("Language", &record.language),
        ("Run by", &record.bio_line),
        ("Read", &record.monitored_hours),
        ("Contact", record.contact.as_deref().unwrap_or_default()),
        ("Initiative", initiative),
        ("On duty", &on_duty),
    ];
    out.push_str("<dl>\n");
    for (term, value) in facts.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        out.push_str(&format!("<dt lang=\"en\">{term}</dt><dd dir=\"auto\">{}</dd>\n", escape(value)));
    }
    out.push_str("</dl>\n</li>\n");
    out
}

fn state(entry: &Entry) -> String {
    let time = |at| format!("<time datetime=\"{}\">{}</time>", instant(at), day(at));
    let since = entry.official_since.map(|at| format!(" since {}", time(at))).unwrap_or_default();
    let until = entry.official_until.map(|at| format!(" until {}", time(at))).unwrap_or_default();
    let words = match entry.status {
        Status::Active => format!("In use. Official{since}."),
        Status::Dormant => format!("At rest: nothing new appears. Official{since}."),
        Status::Retired => format!("Closed. Was official{since}{until}."),
    };
    format!("<p lang=\"en\" class=\"state {}\">{words}</p>\n", entry.status.word())
}

/// The platform's name for people.
pub(super) fn platform(entry: &Entry) -> String {
    escape(&platform_name(entry.record.platform, &entry.record.url))
}

fn footer(listing: &Listing) -> String {
    let link = |form: Form| {
        let kind = form.suffix().trim_start_matches('.').to_uppercase();
        format!("<a href=\"{}\">{kind}</a>", escape(&listing.place.address(form)))
    };
    let links: Vec<String> = Form::SUFFIXED.into_iter().map(link).collect();
    format!("</main>\n<footer><p>For programs: {}.</p></footer>\n</body></html>\n", links.join(" · "))
}

fn is_tag(tag: &str) -> bool {
    (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
