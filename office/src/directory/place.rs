//! Which account a channel's address names, and whether it is the account that the channel says it is. Pure. A channel's
//! address is what the public is told is ours, so it is never a page of another platform, a post or another account.

use entity::channel::Platform;

use percent_encoding::percent_decode_str;

use super::{
    account::fediverse_name,
    address::Address,
    platforms::{self, Account, Named},
};

/// One account, in whatever way its address is written: equal for two addresses of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place(String);

impl Place {
    /// The text that is the same for every address of the account.
    pub(super) fn into_key(self) -> String {
        self.0
    }
}

/// The account at this address, or why a channel on this platform with this handle cannot have it.
pub(crate) fn place(platform: Platform, handle: &str, url: &str) -> Result<Place, String> {
    let Some(address) = Address::read(url) else {
        return Err("this is not the address of a public page: it may have no user name, space or hidden character in it".to_owned());
    };
    match platforms::read(&address) {
        Named::Account(account) => on(platform, handle, &address, &account),
        Named::Landing(name) => {
            let example = example(platform);
            Err(format!("this is a page of {name} and no account: give the address of the account{example}"))
        }
        Named::Elsewhere => elsewhere(platform, handle, &address),
    }
}

fn on(platform: Platform, handle: &str, address: &Address, account: &Account) -> Result<Place, String> {
    let site = platform.is_site();
    let ours = account.row.platform.unwrap_or(Platform::Other);
    if platform == Platform::Other && ours != platform {
        let (name, word) = (&account.row.name, account.row.word.to_uppercase());
        return Err(format!("this is an account on {name}: let the channel's platform be {word}"));
    }
    if (platforms::is_host(&address.host) || !site) && ours != platform {
        let (name, example) = (&account.row.name, example(platform));
        return Err(format!(
            "this is an account on {name}, which is not this channel's platform: give the address of this one{example}"
        ));
    }
    if account.is_by_handle() && !account.name.eq_ignore_ascii_case(handle) {
        return Err(format!("this is the address of {}, and the handle is {handle}", account.name));
    }
    Ok(Place(account.key()))
}

fn elsewhere(platform: Platform, handle: &str, address: &Address) -> Result<Place, String> {
    if platforms::usual_address(platform, "name").is_some() {
        return Err(format!("this address is not on the channel's platform{}", example(platform)));
    }
    if platform == Platform::Other {
        return unknown(address);
    }
    let path = address.account_path();
    if platform == Platform::Mastodon {
        let local = handle.split('@').next().unwrap_or_default();
        let named = path.rsplit('/').next().unwrap_or_default().trim_start_matches('@');
        if !named.eq_ignore_ascii_case(local) {
            return Err(format!(
                "this is not the address of @{local}: it ends with the account's name, as https://{}/@{local}",
                address.host
            ));
        }
    }
    let path = if knows_case(platform) { path } else { path.to_lowercase() };
    let mut query = address.query.clone();
    query.sort();
    let query = query.iter().flat_map(|(key, value)| ["\n", key, "\n", value]).collect::<String>();
    Ok(Place(format!("{}{path}{query}", address.host)))
}

/// An account on a platform that is not known: a page of a public host that has one address and leads nowhere else.
fn unknown(address: &Address) -> Result<Place, String> {
    let host = &address.host;
    let named = host.rsplit_once('.').is_some_and(|(_, last)| last.chars().all(char::is_alphabetic));
    if !named {
        return Err(
            "this is no public page: give an address on a host with a name, without a port".to_owned()
        );
    }
    if platforms::leads_on(host) {
        return Err(
            "this address leads to another one: open it, and give the address of the account".to_owned()
        );
    }
    if !address.query.is_empty() {
        return Err("leave out the question mark and what follows it: it is no part of an account's address"
            .to_owned());
    }
    let path = address.account_path();
    let path = percent_decode_str(&path).decode_utf8_lossy();
    let feed = [".atom", ".json", ".rss", ".xml"].iter().any(|ending| path.ends_with(ending));
    let fediverse = fediverse_name(&path).is_some();
    if feed || (path.contains('@') && !fediverse) {
        return Err("this is one of several addresses of an account: give the address of its page".to_owned());
    }
    // Accounts of the fediverse know no case, whatever server they are on.
    let path = if fediverse { path.to_lowercase() } else { path.into_owned() };
    Ok(Place(format!("{host}{path}")))
}

/// Paths of web sites know case; handles on social platforms do not. Of a platform that is not known, nobody knows.
pub(super) fn knows_case(platform: Platform) -> bool {
    matches!(
        platform,
        Platform::Feed | Platform::Wordpress | Platform::Webhook | Platform::Youtube | Platform::Other
    )
}

fn example(platform: Platform) -> String {
    platforms::usual_address(platform, "name").map_or_else(String::new, |address| format!(", as {address}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(platform: Platform, handle: &str, url: &str) -> bool {
        place(platform, handle, url).is_err()
    }

    #[test]
    fn an_address_names_the_channel_s_own_account() {
        for (platform, handle, url) in [
            (Platform::X, "office", "https://twitter.com/Office?lang=fr"),
            (Platform::Facebook, "office", "https://www.facebook.com/profile.php?id=100"),
            (Platform::Linkedin, "office", "https://ca.linkedin.com/company/office/about"),
            (Platform::Youtube, "office", "https://www.youtube.com/channel/UCabc"),
            (Platform::Bluesky, "office.example", "https://bsky.app/profile/office.example"),
            (Platform::Mastodon, "office", "https://social.example/@office"),
            (Platform::Mastodon, "office@example.org", "https://social.example/users/Office"),
            (Platform::Wordpress, "blog", "https://office.wordpress.com"),
            (Platform::Wordpress, "blog", "https://blog.example.org/news"),
            (Platform::Feed, "news", "https://masthead.example/feed/press/news"),
        ] {
            assert!(!fault(platform, handle, url), "{url}: {:?}", place(platform, handle, url));
        }
    }

    #[test]
    fn posts_other_accounts_and_other_platforms_are_no_address_of_a_channel() {
        for (platform, handle, url) in [
            (Platform::X, "office", "https://x.com/office/status/1"),
            (Platform::X, "office", "https://x.com/else"),
            (Platform::X, "office", "https://instagram.com/office"),
            (Platform::X, "office", "https://x.example.org/office"),
            (Platform::X, "office", "https://x.com"),
            (Platform::Instagram, "office", "https://instagram.com/p/abc"),
            (Platform::Mastodon, "office", "https://social.example/@office/115"),
            (Platform::Mastodon, "office", "https://x.com/office"),
            (Platform::Mastodon, "office", "https://social.example/"),
            (Platform::Feed, "news", "https://tiktok.com/@news"),
            (Platform::Wordpress, "blog", "https://user@blog.example.org"),
        ] {
            assert!(fault(platform, handle, url), "{url}");
        }
    }

    #[test]
    fn one_account_is_one_place_however_it_is_written() {
        let at = |platform, url| place(platform, "office", url).unwrap();
        assert_eq!(
            at(Platform::X, "https://x.com/office"),
            at(Platform::X, "http://mobile.twitter.com/OFFICE/media")
        );
        assert_eq!(
            at(Platform::Mastodon, "https://social.example/@office"),
            at(Platform::Mastodon, "https://www.social.example/users/Office/")
        );
        assert_eq!(
            at(Platform::Wordpress, "https://example.org/a"),
            at(Platform::Feed, "https://example.org/a/")
        );
        assert_ne!(
            at(Platform::Wordpress, "https://example.org/a"),
            at(Platform::Wordpress, "https://example.org/A")
        );
        assert_ne!(
            at(Platform::Wordpress, "https://example.org/?page=1"),
            at(Platform::Wordpress, "https://example.org/?page=2")
        );
    }
}
