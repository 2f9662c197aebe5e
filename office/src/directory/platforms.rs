//! Whose account an address names: the platform and the account, whatever way the address is written. The platforms are
//! rows of `platforms.toml`; here is how they are read. Pure. Two addresses of one account give equal accounts; what is not
//! surely an account gives none.

use std::sync::LazyLock;

use entity::channel::Platform;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use super::address::Address;

mod words;

pub(super) use words::{row_called, written_out};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    leads_on: Vec<String>,
    row: Vec<Row>,
}

/// A platform.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) word: String,
    #[serde(default)]
    aliases: Vec<String>,
    pub(super) name: String,
    pub(super) platform: Option<Platform>,
    hosts: Vec<String>,
    under: Option<String>,
    paths: Vec<(String, String, Case)>,
    tails: Vec<String>,
    reserved: Vec<String>,
}

/// Whether the case of an account's name matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Case {
    Folds,
    Exact,
}

/// The rows; a test reads them, so that a broken one is never released.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("platforms.toml")).unwrap_or_default());
static ROWS: LazyLock<&[Row]> = LazyLock::new(|| &TABLE.row);

/// Whether pages of this host are no accounts themselves: they lead to those of another, or the host is one of a platform's
/// others.
pub(super) fn leads_on(host: &str) -> bool {
    let is_or_below = |known: &String| host == known || host.ends_with(&format!(".{known}"));
    TABLE.leads_on.iter().any(is_or_below) || ROWS.iter().flat_map(|row| &row.hosts).any(is_or_below)
}

/// The kind of accounts that addresses name by a number or code, which is no handle.
const NUMBERED: &str = "id";

/// An account on a platform.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) row: &'static Row,
    kind: String,
    pub(super) name: String,
}

impl PartialEq for Account {
    fn eq(&self, other: &Self) -> bool {
        self.row.word == other.row.word && self.kind == other.kind && self.name == other.name
    }
}

impl Account {
    /// The usual address of the account.
    pub(super) fn address(&self) -> Option<String> {
        let host = self.row.hosts.first()?;
        match self.row.paths.iter().find(|(_, kind, _)| *kind == self.kind) {
            Some((path, _, _)) => Some(format!("https://{host}{}", path.replace("{name}", &self.name))),
            None => Some(format!("https://{}.{}", self.name, self.row.under.as_ref()?)),
        }
    }

    /// Whether its name is the account's handle, and not a number or an older name.
    pub(super) fn is_by_handle(&self) -> bool {
        self.kind != NUMBERED && self.row.paths.first().is_some_and(|(_, kind, _)| *kind == self.kind)
    }

    /// The same text for the same account, and for no other.
    pub(super) fn key(&self) -> String {
        format!("{}:{}:{}", self.row.word, self.kind, self.name)
    }
}

/// What an address is to the platforms.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Named {
    /// An account.
    Account(Account),
    /// A page of a platform that is no account.
    Landing(&'static str),
    /// A site of its own, or an account on a server that is not of these platforms.
    Elsewhere,
}

/// The host under which all hosts with the same accounts are compared.
pub(super) fn usual_host(host: &str) -> &str {
    let row = ROWS.iter().find(|row| row.hosts.iter().any(|known| known == host));
    row.and_then(|row| row.hosts.first()).map_or(host, String::as_str)
}

/// Whether a host is one of these platforms'.
pub(super) fn is_host(host: &str) -> bool {
    ROWS.iter().any(|row| row.hosts.iter().any(|known| known == host))
}

/// The platform of which a host is; none where it is of none of these.
pub(super) fn at(host: &str) -> Option<&'static Row> {
    let under = |row: &Row| row.under.as_ref().is_some_and(|under| label_under(host, under).is_some());
    ROWS.iter().find(|row| row.hosts.iter().any(|known| known == host) || under(row))
}

/// The row of a platform that channels have a word for.
pub(super) fn row_of(platform: Platform) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.platform == Some(platform))
}

/// The usual address of an account on this platform; none where accounts are on servers of many.
pub(super) fn usual_address(platform: Platform, name: &str) -> Option<String> {
    row_of(platform)?.address(name)
}

/// Reads an address.
pub(super) fn read(address: &Address) -> Named {
    for row in *ROWS {
        if row.hosts.contains(&address.host) {
            return on(row, address).map_or(Named::Landing(&row.name), Named::Account);
        }
        if let Some(name) = row.under.as_ref().and_then(|under| label_under(&address.host, under)) {
            let root = address.path.is_empty();
            let account = Account { row, kind: "name".to_owned(), name: name.to_owned() };
            return if root { Named::Account(account) } else { Named::Elsewhere };
        }
    }
    Named::Elsewhere
}

fn label_under<'a>(host: &'a str, under: &str) -> Option<&'a str> {
    host.strip_suffix(under)?.strip_suffix('.').filter(|label| !label.contains('.') && !label.is_empty())
}

fn on(row: &'static Row, address: &Address) -> Option<Account> {
    let segments: Vec<&str> = address.path.split('/').skip(1).collect();
    row.paths.iter().find_map(|(template, kind, case)| {
        let name = named(row, template, &segments, &address.query)?;
        let name = if *case == Case::Folds { name.to_lowercase() } else { name };
        Some(Account { row, kind: kind.clone(), name })
    })
}

fn named(row: &Row, template: &str, segments: &[&str], query: &[(String, String)]) -> Option<String> {
    let (path, key) =
        template.split_once('?').map_or((template, None), |(path, query)| (path, query.split('=').next()));
    let mut found = None;
    let mut rest = segments.iter();
    for (place, wanted) in path.split('/').skip(1).enumerate() {
        let segment = rest.next()?;
        match wanted.strip_suffix("{name}") {
            Some(before) => {
                let name = segment.strip_prefix(before)?;
                if place == 0
                    && before.is_empty()
                    && row.reserved.iter().any(|word| word.eq_ignore_ascii_case(name))
                {
                    return None;
                }
                found = Some(name.to_owned());
            }
            None if wanted == "{_}" => {}
            None => segment.eq_ignore_ascii_case(wanted).then_some(())?,
        }
    }
    let tail: Vec<&&str> = rest.collect();
    let known = |tail: &&&str| row.tails.iter().any(|known| known.eq_ignore_ascii_case(tail));
    if tail.len() > 1 || !tail.iter().all(known) {
        return None;
    }
    if let Some(key) = key {
        let mut values = query.iter().filter(|(name, _)| name == key);
        found = Some(values.next()?.1.clone());
        if values.next().is_some() {
            return None;
        }
    }
    let name = percent_decode_str(&found?).decode_utf8().ok()?.into_owned();
    let odd = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '/' | '?' | '#' | '%' | '\\' | '@' | ':')
    };
    // The permanent id of an account in the AT Protocol stands where its handle may stand.
    let plain = name.strip_prefix("did:plc:").or_else(|| name.strip_prefix("did:web:")).unwrap_or(&name);
    (!plain.is_empty() && !plain.contains(odd)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Named {
        read(&Address::read(text).unwrap())
    }

    #[test]
    fn the_rows_are_read_and_each_names_its_own_accounts() {
        assert!(ROWS.len() >= 27, "platforms.toml cannot be read");
        for row in ROWS.iter().filter(|row| !row.paths.is_empty()) {
            let address = words::of_word(&row.word, "@Some.name").unwrap();
            let Named::Account(account) = named(&address) else { panic!("{address}") };
            let name = if row.paths[0].2 == Case::Folds { "some.name" } else { "Some.name" };
            assert_eq!((account.row.word.as_str(), account.name.as_str()), (row.word.as_str(), name));
            for host in &row.hosts {
                assert_eq!(usual_host(host), row.hosts[0]);
                assert!(matches!(named(host), Named::Landing(_)), "{host} itself is no account");
            }
        }
    }

    #[test]
    fn one_account_has_many_addresses() {
        for (one, other) in [
            ("https://facebook.com/Office", "fb.com/office/about"),
            ("https://facebook.com/profile.php?id=100", "https://www.facebook.com/people/Some-Office/100/"),
            ("https://www.youtube.com/@office", "m.youtube.com/@Office/videos"),
            ("https://old.reddit.com/u/office", "https://www.reddit.com/user/Office"),
            ("https://threads.net/@office", "https://www.threads.com/@office"),
            ("https://office.tumblr.com", "https://www.tumblr.com/office"),
            ("https://x.com/office", "https://twitter.com/%6Fffice?lang=fr"),
        ] {
            assert_eq!(named(one), named(other), "{one} {other}");
            assert!(matches!(named(one), Named::Account(_)));
        }
        for (one, other) in [
            ("https://www.youtube.com/@office", "https://www.youtube.com/c/office"),
            ("https://www.youtube.com/channel/UCa", "https://www.youtube.com/channel/UCA"),
            ("https://linkedin.com/company/office", "https://linkedin.com/in/office"),
            ("https://reddit.com/u/office", "https://reddit.com/r/office"),
        ] {
            assert_ne!(named(one), named(other), "{one} {other}");
        }
    }

    #[test]
    fn a_page_of_the_platform_is_no_account() {
        for landing in [
            "https://x.com/home",
            "https://x.com/office/status/1",
            "https://www.instagram.com/p/abc",
            "https://www.instagram.com/explore/tags/office",
            "https://facebook.com/groups/office",
            "https://facebook.com/profile.php?id=1&id=2",
            "https://www.youtube.com/watch?v=abc",
            "https://bsky.app/profile/office.example/post/3k",
            "https://x.com/off%2fice",
        ] {
            assert!(matches!(named(landing), Named::Landing(_)), "{landing}");
        }
        assert_eq!(named("https://example.org/x.com/office"), Named::Elsewhere);
    }
}
