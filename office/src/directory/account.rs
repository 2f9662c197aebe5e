//! An account or a site of others, however its address is written. Pure. It is read as `verify` reads what it is asked, and
//! gets the same text for one account as a channel's own place does.

use entity::channel::Platform;

use super::{
    address::Address,
    pasted,
    place::place,
    platforms::{self, Named},
};

/// An account or a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ForeignAccount {
    /// The same text for every way in which its address is written.
    pub(crate) key: String,
    /// Its usual address.
    pub(crate) address: String,
    /// On which platform; none for a site, and for platforms without a connector.
    pub(crate) platform: Option<Platform>,
}

/// The account that somebody wrote: a URL, one without scheme, `@name@host`, or a platform and a name such as `x:name`. Or
/// why it is none.
pub(crate) fn account(text: &str) -> Result<ForeignAccount, String> {
    let bare = pasted::bare(text);
    let written = platforms::written_out(bare);
    // A word before a colon is no host.
    let address =
        Address::read(written.as_deref().unwrap_or(bare)).filter(|address| address.host.contains('.'));
    let Some(address) = address else {
        return Err(
            "this is no address of an account: give the address of its page, as https://social.example.org/@name"
                .to_owned(),
        );
    };
    match platforms::read(&address) {
        Named::Account(account) => Ok(ForeignAccount {
            key: account.key(),
            address: account.address().unwrap_or_else(|| bare.to_owned()),
            platform: account.row.platform,
        }),
        Named::Landing(name) => {
            Err(format!("this is a page of {name} and no account: give the address of the account"))
        }
        Named::Elsewhere => Ok(elsewhere(&address)),
    }
}

fn elsewhere(address: &Address) -> ForeignAccount {
    let path = address.account_path();
    let in_fediverse = fediverse_name(&path).is_some();
    let path = if in_fediverse { path.to_lowercase() } else { path };
    let mut query = address.query.clone();
    query.sort();
    let words = query.iter().flat_map(|(key, value)| ["\n", key, "\n", value]).collect::<String>();
    let shown: Vec<String> = query.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let shown = if shown.is_empty() { String::new() } else { format!("?{}", shown.join("&")) };
    ForeignAccount {
        key: format!("{}{path}{words}", address.host),
        address: format!("https://{}{path}{shown}", address.host),
        platform: in_fediverse.then_some(Platform::Mastodon),
    }
}

/// The name in the path of an account of the fediverse.
pub(super) fn fediverse_name(path: &str) -> Option<&str> {
    path.strip_prefix("/@").filter(|name| !name.is_empty() && !name.contains(['/', '@']))
}

/// The same text for an account of ours; none where its address names none.
pub(crate) fn own_key(platform: Platform, handle: &str, url: &str) -> Option<String> {
    place(platform, handle, url).ok().map(super::Place::into_key)
}

/// Whether two records on one platform, each of a handle and an address, name one account. None where nobody can tell: an
/// address names no account, or one goes by a number and the other by a name.
pub(crate) fn same_account(platform: Platform, one: (&str, &str), other: (&str, &str)) -> Option<bool> {
    let named = |(_, url): (&str, &str)| match platforms::read(&Address::read(url)?) {
        Named::Account(account) => Some(account.is_by_handle()),
        Named::Landing(_) => None,
        Named::Elsewhere => Some(true),
    };
    let key = |(handle, url)| own_key(platform, handle, url);
    let same = key(one)? == key(other)?;
    let number = |(handle, _): (&str, &str)| handle.chars().all(|c| c.is_ascii_digit());
    let alike = named(one)? == named(other)? && number(one) == number(other);
    (same || alike).then_some(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_has_one_key_and_it_is_that_of_a_channel() {
        let rows = [
            (Platform::X, "office", "https://x.com/office", "twitter @Office"),
            (Platform::X, "office", "https://x.com/office", "<https://mobile.twitter.com/OFFICE>,"),
            (Platform::Mastodon, "office", "https://social.example/@office", "@Office@social.example"),
            (
                Platform::Mastodon,
                "office",
                "https://social.example/users/office",
                "https://social.example/@office/",
            ),
            (
                Platform::Bluesky,
                "office.example",
                "https://bsky.app/profile/office.example",
                "at://office.example",
            ),
            (
                Platform::Linkedin,
                "office",
                "https://www.linkedin.com/company/office",
                "ca.linkedin.com/company/Office/about",
            ),
            (Platform::Wordpress, "blog", "https://blog.example.org/news/", "blog.example.org/news"),
        ];
        for (platform, handle, url, written) in rows {
            let read = account(written).unwrap();
            assert_eq!(own_key(platform, handle, url), Some(read.key.clone()), "{written}");
            assert_eq!(account(&read.address).unwrap(), read, "{written}");
        }
    }

    #[test]
    fn a_post_and_a_page_of_a_platform_are_no_accounts() {
        for text in [
            "https://x.com/office/status/1",
            "https://x.com/home",
            "https://linkedin.com",
            "",
            "javascript:1",
        ] {
            assert!(account(text).is_err(), "{text}");
        }
    }
}
