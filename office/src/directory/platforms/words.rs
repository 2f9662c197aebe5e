//! Platforms and their accounts as people write them in words: what a platform is called, and a name with its platform. Pure.

use super::{ROWS, Row};

/// The platform of that word, name or alias, however it is spaced, and with what people call its accounts behind it.
pub(in crate::directory) fn row_called(name: &str) -> Option<&'static Row> {
    let name = squeezed(name);
    let called = |name: &str| ROWS.iter().find(|row| row.is_called(name));
    let less = || ACCOUNTS.iter().find_map(|kind| called(name.strip_suffix(kind)?));
    called(&name).or_else(less)
}

/// What people call an account behind the name of its platform, as in “Facebook page”.
const ACCOUNTS: [&str; 8] = ["account", "blog", "channel", "group", "page", "profile", "server", "site"];

fn squeezed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Row {
    fn is_called(&self, squeezed_name: &str) -> bool {
        let names = [&self.word, &self.name].into_iter().chain(&self.aliases);
        names.into_iter().any(|known| squeezed(known) == squeezed_name)
    }

    /// The usual address of an account there; none where accounts are on servers of many.
    pub(in crate::directory) fn address(&self, name: &str) -> Option<String> {
        let (path, _, _) = self.paths.first()?;
        Some(format!("https://{}{}", self.hosts.first()?, path.replace("{name}", name)))
    }
}

/// An address for what was written as a platform's word and an account: `x:name`, `Twitter @name`, `at://name`.
pub(in crate::directory) fn written_out(text: &str) -> Option<String> {
    let text = text.trim();
    for (before, word) in LINKS {
        if let Some(name) = text.strip_prefix(before) {
            return of_word(word, name);
        }
    }
    if let Some((name, platform)) = text.split_once(" on ") {
        return of_word(&row_called(platform)?.word, name.trim());
    }
    let (word, rest) = text.split_once([':', ' ', '/'])?;
    of_word(&word.to_lowercase(), rest.trim_start())
}

/// How links that open an application begin, each with the platform whose account follows.
const LINKS: [(&str, &str); 3] =
    [("at://", "bluesky"), ("tg://resolve?domain=", "telegram"), ("spotify:show:", "spotify")];

pub(super) fn of_word(word: &str, rest: &str) -> Option<String> {
    let row = ROWS.iter().find(|row| row.word == word || row.aliases.iter().any(|alias| alias == word))?;
    let name = rest.strip_prefix('@').unwrap_or(rest);
    if row.hosts.is_empty() {
        return Some(rest.to_owned());
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    row.address(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_a_name_are_written_out() {
        for (text, address) in [
            ("twitter @office", Some("https://x.com/office")),
            ("YouTube:office", Some("https://youtube.com/@office")),
            ("at://office.example", Some("https://bsky.app/profile/office.example")),
            ("mastodon @office@mastodon.example", Some("@office@mastodon.example")),
            ("javascript:alert(1)", None),
            ("tg://resolve?domain=office", Some("https://t.me/office")),
            ("spotify:show:4rOo", Some("https://open.spotify.com/show/4rOo")),
            ("@office on TikTok", Some("https://tiktok.com/@office")),
            ("office on Apple  Podcasts", Some("https://podcasts.apple.com/podcast/office")),
            ("news on Monday", None),
            ("x:a/b", None),
            ("https://x.com/office", None),
        ] {
            assert_eq!(written_out(text).as_deref(), address, "{text}");
        }
    }
}
