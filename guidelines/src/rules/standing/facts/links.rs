//! Web addresses, without what only counts readers or chooses a language. It does not know where they lead.

use url::form_urlencoded;

use super::{FactKind, Value, sheet::Sheet};
use crate::Shadow;

/// Hosts whose addresses say nothing about where they lead.
const SHORTENERS: &str = " bit.ly t.co tinyurl.com ow.ly buff.ly lnkd.in fb.me goo.gl is.gd rebrand.ly shorturl.at \
                          dlvr.it trib.al linktr.ee ";

/// Last labels of hosts that are written without a scheme.
const ENDINGS: &str = " ca com org net edu gov info io health example co uk fr eu quebec app dev ";

/// Parts of addresses that choose a language.
const LANGUAGES: &str = " en fr en-ca fr-ca en_ca fr_ca english french francais ";

/// Reads every address.
pub(super) fn read(shadow: &Shadow<'_>, sheet: &mut Sheet<'_>) {
    for link in shadow.links() {
        if let Some(value) = canonical(link.text) {
            sheet.note(FactKind::Link, value, &link.range);
        }
        sheet.blank(&link.range);
    }
}

/// Whether two addresses are the same page.
pub(in super::super) fn same_page(one: &str, other: &str) -> bool {
    canonical(one).zip(canonical(other)).is_some_and(|(one, other)| one == other)
}

fn canonical(written: &str) -> Option<Value> {
    let lower = written.trim().to_lowercase();
    let (schemed, bare) = match lower.split_once("://") {
        Some((_, bare)) => (true, bare.to_owned()),
        None => (false, lower.clone()),
    };
    let bare = bare.split('#').next().unwrap_or_default();
    let (address, query) = bare.split_once('?').unwrap_or((bare, ""));
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let last = host.rsplit('.').next().unwrap_or_default();
    if !schemed && path.is_empty() && !host.starts_with("www.") && !listed(ENDINGS, last) {
        return None;
    }
    let host = host.strip_prefix("www.").unwrap_or(host);
    let host =
        host.split_once('.').filter(|(label, _)| listed(LANGUAGES, label)).map_or(host, |(_, rest)| rest);
    if listed(SHORTENERS, host) {
        return None;
    }
    let (host, path) = match host {
        "youtu.be" => ("youtube.com", format!("watch?v={path}")),
        _ => (host, with_query(path, query)),
    };
    Some(Value::Link { host: host.to_owned(), path })
}

fn with_query(path: &str, query: &str) -> String {
    let segments = path.split('/').filter(|part| !part.is_empty() && !listed(LANGUAGES, part));
    let mut out = segments.collect::<Vec<_>>().join("/");
    let mut kept: Vec<_> = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| !counts(key)).collect();
    kept.sort();
    for (at, (key, value)) in kept.iter().enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(&[key, "=", value].concat());
    }
    out
}

/// Whether a parameter only counts readers or chooses a language.
fn counts(key: &str) -> bool {
    key.starts_with("utm_")
        || key.starts_with("mc_")
        || ["fbclid", "gclid", "igshid", "ref", "source", "si", "lang", "hl", "feature"].contains(&key)
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.contains(&[" ", word, " "].concat())
}
