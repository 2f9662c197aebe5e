//! What platforms are called: by people, by programs, and for people. Knows the rows of the table, not how addresses name
//! accounts. Pure.

use entity::channel::Platform;

use super::{
    address::Address,
    platforms::{at, row_called, row_of},
};

/// A platform's name for people. Of an account elsewhere ([`Platform::Other`]), the name of the platform of its address, or
/// the address's host where that is no platform that is known.
pub fn platform_name(platform: Platform, url: &str) -> String {
    match platform {
        Platform::Feed => "News page".to_owned(),
        Platform::Webhook => "Webhook".to_owned(),
        Platform::Other => {
            let host = Address::read(url).map(|address| address.host);
            let host = host.unwrap_or_default();
            at(&host).map_or(host, |row| row.name.clone())
        }
        _ => row_of(platform).map(|row| row.name.clone()).unwrap_or_default(),
    }
}

/// The platform that a person or a program calls so: by a word or name of the table, in any case; or by the host of a platform
/// that is not in it. None for what is no such name.
pub fn platform_called(name: &str) -> Option<CalledPlatform> {
    let name = name.trim();
    if let Some(row) = row_called(name) {
        return Some(
            row.platform.map_or_else(|| CalledPlatform::Elsewhere(row.name.clone()), CalledPlatform::Known),
        );
    }
    let address = Address::read(name).filter(|address| address.path.is_empty() && name.contains('.'))?;
    let row = at(&address.host);
    let known = row.and_then(|row| row.platform).map(CalledPlatform::Known);
    Some(known.unwrap_or_else(|| CalledPlatform::Elsewhere(row.map_or(address.host, |row| row.name.clone()))))
}

/// A platform as somebody named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalledPlatform {
    /// One with a word of its own.
    Known(Platform),
    /// Another, by what [`platform_name`] says of its accounts.
    Elsewhere(String),
}

impl CalledPlatform {
    /// Whether channels there have this word.
    pub fn is(&self, platform: Platform) -> bool {
        match self {
            Self::Known(known) => *known == platform,
            Self::Elsewhere(_) => platform == Platform::Other,
        }
    }

    /// Whether an account on this platform at this address is there.
    pub fn has(&self, platform: Platform, url: &str) -> bool {
        match self {
            Self::Known(known) => *known == platform,
            Self::Elsewhere(name) => platform == Platform::Other && platform_name(platform, url) == *name,
        }
    }
}

/// How the address of an account looks on the platform that is called so; none where each server has its own.
pub(crate) fn example_of(name: &str) -> Option<String> {
    row_called(name)?.address("name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_is_called_by_word_name_alias_or_host() {
        let elsewhere = |name: &str| Some(CalledPlatform::Elsewhere(name.to_owned()));
        for (called, platform) in [
            ("twitter", Some(CalledPlatform::Known(Platform::X))),
            ("YouTube", Some(CalledPlatform::Known(Platform::Youtube))),
            ("m.facebook.com", Some(CalledPlatform::Known(Platform::Facebook))),
            (" tiktok ", elsewhere("TikTok")),
            ("www.threads.net", elsewhere("Threads")),
            ("Apple Podcasts", elsewhere("Apple Podcasts")),
            ("Tik Tok", elsewhere("TikTok")),
            ("WhatsApp Channel", elsewhere("WhatsApp")),
            ("Facebook page", Some(CalledPlatform::Known(Platform::Facebook))),
            ("discord server", elsewhere("Discord")),
            ("page", None),
            ("office.substack.com", elsewhere("Substack")),
            ("radio.example.org", elsewhere("radio.example.org")),
            ("myspace", None),
            ("radio.example.org/office", None),
            ("", None),
        ] {
            assert_eq!(platform_called(called), platform, "{called}");
        }
    }

    #[test]
    fn an_account_elsewhere_is_called_after_its_address() {
        let name = |url| platform_name(Platform::Other, url);
        assert_eq!(name("https://www.tiktok.com/@office"), "TikTok");
        assert_eq!(name("https://radio.example.org/office"), "radio.example.org");
        assert_eq!(platform_name(Platform::Mastodon, "https://social.example/@office"), "Mastodon");
        assert_eq!(platform_name(Platform::Feed, "https://masthead.example/feed/press/news"), "News page");
    }
}
