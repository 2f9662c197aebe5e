//! A post's address: on which platform it is, and of which account as far as the address says it. Pure. That an account is named
//! in it is no proof that the post is theirs: X, and a server of the fediverse for its own users, look at the number alone.

use entity::channel::Platform;
use url::Url;

use super::{
    address::Address,
    platforms::{self, Named},
};

/// Where a post is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostAddress {
    /// On which platform.
    pub(crate) platform: Platform,
    /// Its address in the one form in which it is kept, so that one post has one address.
    pub(crate) url: String,
    /// The same text for every address of the post.
    pub(crate) key: String,
    /// The account that the address names, as `account` keys it; none where it names none.
    pub(crate) account: Option<String>,
}

/// The post at this address; none where it is not the address of a post on a platform that lets accounts pass posts on.
pub(crate) fn post_at(text: &str) -> Option<PostAddress> {
    let url = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    let address = Address::read(text)?;
    let path = address.path.replace("%3A", ":").replace("%3a", ":");
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let Some(row) = platforms::at(&address.host) else {
        return in_fediverse(&url, &address.host, &segments);
    };
    match row.platform {
        Some(Platform::X) => on_x(&address.host, &segments),
        Some(Platform::Bluesky) => on_bluesky(&address.host, &segments),
        Some(Platform::Linkedin) => on_linkedin(&segments),
        _ => None,
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn is_number(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_digit())
}

/// The account at this path of a platform's host.
fn account(host: &str, path: String) -> Option<String> {
    match platforms::read(&Address { host: host.to_owned(), path, query: Vec::new() }) {
        Named::Account(account) => Some(account.key()),
        Named::Landing(_) | Named::Elsewhere => None,
    }
}

fn on_x(host: &str, segments: &[&str]) -> Option<PostAddress> {
    let (name, id) = match segments {
        ["i", "web", "status", id, ..] => (None, *id),
        [name, "status" | "statuses", id, ..] => (Some(*name), *id),
        _ => return None,
    };
    let account = name.and_then(|name| account(host, format!("/{name}")));
    let shown = name.filter(|_| account.is_some()).unwrap_or("i/web");
    is_number(id).then(|| PostAddress {
        platform: Platform::X,
        url: format!("https://x.com/{shown}/status/{id}"),
        key: format!("x:{id}"),
        account,
    })
}

fn on_bluesky(host: &str, segments: &[&str]) -> Option<PostAddress> {
    let ["profile", actor, "post", id] = segments else { return None };
    let account = account(host, format!("/profile/{actor}"))?;
    is_id(id).then(|| PostAddress {
        platform: Platform::Bluesky,
        url: format!("https://bsky.app/profile/{actor}/post/{id}"),
        key: format!("{account}/{id}"),
        account: Some(account),
    })
}

/// The address of a post on `LinkedIn` does not say whose it is; one with an activity does not say which post.
fn on_linkedin(segments: &[&str]) -> Option<PostAddress> {
    let ["feed", "update", urn] = segments else { return None };
    let id = urn.strip_prefix("urn:li:share:").or_else(|| urn.strip_prefix("urn:li:ugcPost:"))?;
    is_number(id).then(|| PostAddress {
        platform: Platform::Linkedin,
        url: format!("https://www.linkedin.com/feed/update/{urn}/"),
        key: format!("linkedin:{urn}"),
        account: None,
    })
}

/// As Mastodon and those who speak with it write their posts' addresses. A name with a host is of another server, which this
/// one cannot vouch for.
fn in_fediverse(url: &Url, host: &str, segments: &[&str]) -> Option<PostAddress> {
    let (name, id) = match segments {
        [name, id] if name.starts_with('@') => (name.strip_prefix('@'), *id),
        ["users", name, "statuses", id] => (Some(*name), *id),
        ["notes" | "notice" | "objects", id] | ["p", _, id] => (None, *id),
        _ => return None,
    };
    let plain = |name: &&str| !name.is_empty() && !name.contains('@');
    let account = name.filter(plain).map(|name| format!("{host}/@{}", name.to_lowercase()));
    let mut kept = url.clone();
    kept.set_query(None);
    kept.set_fragment(None);
    is_id(id).then(|| PostAddress {
        platform: Platform::Mastodon,
        url: kept.to_string(),
        key: format!("{host}/{id}"),
        account,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::account::account, *};

    #[test]
    fn a_post_says_where_it_is_and_whose_as_far_as_its_address_does() {
        let rows = [
            (
                "https://twitter.com/Office/status/20?s=20",
                Platform::X,
                "https://x.com/Office/status/20",
                Some("x:office"),
            ),
            ("https://x.com/i/web/status/20", Platform::X, "https://x.com/i/web/status/20", None),
            (
                "https://bsky.app/profile/office.example/post/3k2a?x#y",
                Platform::Bluesky,
                "https://bsky.app/profile/office.example/post/3k2a",
                Some("at://office.example"),
            ),
            (
                "https://ca.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7",
                Platform::Linkedin,
                "https://www.linkedin.com/feed/update/urn:li:share:7/",
                None,
            ),
            (
                "https://social.example/@Office/115",
                Platform::Mastodon,
                "https://social.example/@Office/115",
                Some("@office@social.example"),
            ),
            (
                "https://social.example/users/office/statuses/115#a",
                Platform::Mastodon,
                "https://social.example/users/office/statuses/115",
                Some("@office@social.example"),
            ),
            (
                "https://social.example/@office@elsewhere.example/115",
                Platform::Mastodon,
                "https://social.example/@office@elsewhere.example/115",
                None,
            ),
            (
                "http://127.0.0.1:8080/@somebody/5",
                Platform::Mastodon,
                "http://127.0.0.1:8080/@somebody/5",
                Some("@somebody@127.0.0.1:8080"),
            ),
            (
                "https://notes.example/notes/9abc",
                Platform::Mastodon,
                "https://notes.example/notes/9abc",
                None,
            ),
        ];
        for (text, platform, url, whose) in rows {
            let read = post_at(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.platform, read.url.as_str()), (platform, url), "{text}");
            let whose = whose.and_then(|whose| account(whose).ok().map(|account| account.key));
            if !text.contains("127.0.0.1") {
                assert_eq!(read.account, whose, "{text}");
            }
            assert_eq!(post_at(&read.url), Some(read.clone()), "it is kept in one form");
        }
    }

    #[test]
    fn what_is_no_post_or_not_on_such_a_platform_is_none() {
        for text in [
            "https://x.com/office",
            "https://x.com/office/status/abc",
            "https://bsky.app/profile/office.example",
            "https://www.linkedin.com/feed/update/urn:li:activity:7/",
            "https://www.linkedin.com/posts/office_open-activity-7-abcd",
            "https://www.instagram.com/p/abc",
            "https://www.youtube.com/watch?v=abc",
            "https://example.org/news/open",
            "https://user@social.example/@office/115",
            "social.example/@office/115",
            "",
        ] {
            assert_eq!(post_at(text), None, "{text}");
        }
    }
}
