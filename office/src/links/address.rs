//! Addresses of links: found in texts and brought into one form. Pure. What an address tells by itself is the rules' matter.

use std::collections::BTreeSet;

use guidelines::Shadow;
use url::Url;

use crate::Limits;

/// The links of texts in their normal form, each once, in order, as many as are checked. An address without a scheme
/// counts only when it cannot be anything else (`www.…`, or with a path): `report.pdf` is no host.
pub fn urls_in<'t>(limits: &Limits, texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for text in texts {
        for link in Shadow::of(text).links() {
            let certain = link.text.contains("://")
                || link.text.to_ascii_lowercase().starts_with("www.")
                || link.text.contains('/');
            let Some(url) = normal(link.text).filter(|url| certain && url.len() <= limits.link_chars) else {
                continue;
            };
            if seen.insert(url.clone()) {
                found.push(url);
            }
        }
    }
    found.truncate(limits.links_per_revision);
    found
}

/// The one form of a web address: with a scheme (`https` where none is written), the host in its plain form, without
/// fragment and without a user's name or password. None of what is no web address.
pub fn normal(link: &str) -> Option<String> {
    let link = link.trim();
    let mut url = if link.contains("://") {
        Url::parse(link).ok()?
    } else {
        // What looks like a user or a bare name here was another scheme: `mailto:`, `tel:`.
        let url = Url::parse(&format!("https://{link}")).ok()?;
        let plain = url.username().is_empty() && url.host_str().is_some_and(|host| host.contains('.'));
        plain.then_some(url)?
    };
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<String> {
        urls_in(&Limits::default(), [text])
    }

    #[test]
    fn links_are_found_once_in_one_form() {
        let text = "See https://Example.org/a#top, HTTPS://example.org/a and www.example.org or example.net/book. \
                    Not report.pdf, not me@example.org, not ftp://example.org/x.";
        let expected = ["https://example.org/a", "https://www.example.org/", "https://example.net/book"];
        assert_eq!(found(text), expected);
    }

    #[test]
    fn no_more_than_are_checked() {
        let many: Vec<String> = (0..60).map(|i| format!("https://example.org/{i}")).collect();
        assert_eq!(found(&many.join(" ")).len(), 50);
        assert!(found(&format!("https://example.org/{}", "x".repeat(2_000))).is_empty());
    }

    #[test]
    fn a_users_name_and_password_are_left_out() {
        assert_eq!(normal("https://me:pw@example.org/x").unwrap(), "https://example.org/x");
        assert_eq!(normal("example.org:8080/x").unwrap(), "https://example.org:8080/x");
        assert_eq!(normal("mailto:me@example.org"), None);
        assert_eq!(normal("tel:555"), None);
        assert_eq!(normal("javascript://example.org/%0aalert(1)"), None);
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own(text in ".{0,60}|https?://[a-z.]{1,20}(/[ -~]{0,20})?") {
            if let Some(once) = normal(&text) {
                prop_assert_eq!(normal(&once), Some(once));
            }
        }
    }
}
