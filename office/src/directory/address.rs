//! Web addresses in the one form in which they are compared. Pure. What a browser and a careful reader might take for
//! two different places gives no address at all.

use url::{Host, Url};

use super::platforms;
use crate::fields::shows_nothing;

/// Longest address that is read.
const ADDRESS_BYTES: usize = 2_048;

/// An address to compare: host and path, and the query for the few platforms that name accounts in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Lower case, IDNA, without `www.`; with the port when it is an unusual one.
    pub(super) host: String,
    /// Without a slash at its end.
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

impl Address {
    /// Reads what somebody wrote: a URL, one without scheme, or `@name@host`. None: it is no address that could be
    /// ours.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\' || shows_nothing(c);
        if text.is_empty() || text.len() > ADDRESS_BYTES || text.contains(odd) {
            return None;
        }
        if let Some(account) = text.strip_prefix('@') {
            return Self::of_account(account);
        }
        match text.split_once("://") {
            Some((scheme, rest)) => {
                let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
                if web { Self::of_web(scheme, rest) } else { None }
            }
            None => Self::of_web("https", text),
        }
    }

    /// `name@host`, as the fediverse writes accounts.
    fn of_account(account: &str) -> Option<Self> {
        let (name, host) = account.split_once('@')?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let no_host = |c: char| matches!(c, '@' | '/' | '?' | '#' | ':' | '%');
        if name.is_empty() || !name.chars().all(plain) || host.contains(no_host) {
            return None;
        }
        Self::of_web("https", &format!("{host}/@{name}"))
    }

    fn of_web(scheme: &str, rest: &str) -> Option<Self> {
        // Before parsing: the parser forgives what is written to deceive, such as more slashes and user names.
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.is_empty() || authority.contains(['@', '%']) {
            return None;
        }
        let url = Url::parse(&format!("{scheme}://{rest}")).ok()?;
        let host = host(&url)?;
        let path = url.path().replace("%40", "@");
        let query = url.query_pairs().into_owned().collect();
        Some(Self { host, path: path.trim_end_matches('/').to_owned(), query })
    }

    /// Whether the other address is this account's. The query counts only where ours names the account in it.
    pub(super) fn covers(&self, other: &Self, folds_case: bool) -> bool {
        let (ours, theirs) = (self.account_path(), other.account_path());
        let same_path = if folds_case { ours.eq_ignore_ascii_case(&theirs) } else { ours == theirs };
        let same_query = self.query.iter().all(|(name, _)| {
            let values = |query: &[(String, String)]| -> Vec<String> {
                query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
            };
            values(&self.query) == values(&other.query)
        });
        self.host == other.host && same_path && same_query
    }

    /// The path, with the fediverse's older form of accounts as the newer.
    pub(super) fn account_path(&self) -> String {
        match self.path.strip_prefix("/users/") {
            Some(name) => format!("/@{name}"),
            None => self.path.clone(),
        }
    }

    /// Words of which every record of this address holds one, for the database to look for; empty when there is no
    /// such word.
    pub(super) fn telling_words(&self) -> Vec<String> {
        let last = self.path.rsplit('/').next().unwrap_or_default().trim_start_matches('@');
        if !last.is_empty() && last.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        {
            // A feed's address is its page's with an ending.
            let stem = last.trim_end_matches(".atom").trim_end_matches(".rss").trim_end_matches(".json");
            if last != "feed" {
                return vec![stem.to_owned()];
            }
        }
        // A host with other letters than a-z may be stored as it was typed.
        if self.host.contains("xn--") || platforms::is_host(&self.host) {
            return Vec::new();
        }
        vec![self.host.clone()]
    }
}

fn host(url: &Url) -> Option<String> {
    let name = match url.host()? {
        Host::Domain(name) => name.strip_suffix('.').unwrap_or(name).to_owned(),
        Host::Ipv4(number) => number.to_string(),
        Host::Ipv6(number) => format!("[{number}]"),
    };
    let name = match name.strip_prefix("www.") {
        Some(rest) if rest.contains('.') => rest.to_owned(),
        _ => name,
    };
    let name = platforms::usual_host(&name).to_owned();
    Some(match url.port() {
        Some(port) => format!("{name}:{port}"),
        None => name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_looked_for_is_in_the_record_s_own_address() {
        for (url, word) in [
            ("https://mastodon.example/@office", "office"),
            ("https://www.example.org/", "example.org"),
            ("https://example.org:8080", "example.org:8080"),
        ] {
            let words = Address::read(url).unwrap().telling_words();
            assert_eq!(words, [word]);
            assert!(url.contains(word));
        }
        assert!(Address::read("https://bücher.example").unwrap().telling_words().is_empty());
        assert!(Address::read("https://twitter.com").unwrap().telling_words().is_empty());
    }
}
