//! What people paste around an address, and what deceivers write into one. Pure. Taking off what stands around is safe: it
//! is no part of any address of ours. What stands inside is never taken off.

use percent_encoding::percent_decode_str;

use super::address::Address;
use crate::fields::shows_nothing;

/// The address without quotation marks, brackets, punctuation and characters that show nothing, at both its ends.
pub(super) fn bare(text: &str) -> &str {
    let around = |c: char| {
        c.is_whitespace()
            || shows_nothing(c)
            || matches!(
                c,
                '"' | '\''
                    | '`'
                    | '<'
                    | '>'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '{'
                    | '}'
                    | ','
                    | '.'
                    | ';'
                    | ':'
                    | '!'
                    | '?'
                    | '…'
            )
            || matches!(c, '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›')
    };
    let text = text.trim_matches(around).trim_end_matches("%20");
    // As pages write addresses that take the scheme of the page.
    text.strip_prefix("//").unwrap_or(text)
}

/// The address that a text is about: where a link leads, the one address among words, or all of it. A browser would open the
/// same; what a link is called is not looked at.
pub(super) fn meant(text: &str) -> &str {
    let is_address = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
    if let Some((_, target)) = text.split_once("](").filter(|_| text.trim_start().starts_with('[')) {
        return bare(target.split(')').next().unwrap_or(target));
    }
    let mut addresses = text.split_whitespace().map(bare).filter(is_address);
    match (addresses.next(), addresses.next()) {
        (Some(only), None) => only.trim_end_matches('\\'),
        _ => bare(text),
    }
}

/// Whether the text, which is not our address, has all of our address in it: our host, and our name where it is an
/// account's.
pub(super) fn holds(text: &str, ours: &Address) -> bool {
    let text = percent_decode_str(text).decode_utf8_lossy().to_lowercase();
    let host = ours.host.to_lowercase();
    let path = ours.account_path().to_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default().trim_start_matches('@');
    part_of(&text, &host) && (name.is_empty() || part_of(&text, name))
}

/// Whether the words stand in the text with no letter, digit or hyphen of another word beside them.
fn part_of(text: &str, words: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(words).any(|(start, found)| {
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let behind = text.get(start + found.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(joins) && !behind.is_some_and(joins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_an_address_goes_and_what_stands_inside_stays() {
        for text in [
            "https://x.com/office,",
            "<https://x.com/office>.",
            "\u{201c}https://x.com/office\u{201d}",
            " (https://x.com/office)\u{200b}",
            "https://x.com/office%20",
            "https://x.com/office",
        ] {
            assert_eq!(bare(text), "https://x.com/office", "{text}");
        }
        assert_eq!(bare("https://x.com/off\u{200b}ice"), "https://x.com/off\u{200b}ice");
        assert_eq!(bare("@office@social.example,"), "@office@social.example");
        assert_eq!(bare("..."), "");
        assert_eq!(bare("//x.com/office"), "x.com/office");
    }

    #[test]
    fn one_address_among_words_is_meant_and_a_link_is_where_it_leads() {
        for (text, expected) in [
            ("Press https://x.com/office, is it yours?", "https://x.com/office"),
            ("[https://x.com/office](https://evil.example/a)", "https://evil.example/a"),
            ("https://x.com/office\\", "https://x.com/office"),
            ("https://x.com/office https://evil.example/", "https://x.com/office https://evil.example/"),
            ("@office@social.example", "@office@social.example"),
        ] {
            assert_eq!(meant(text), expected, "{text}");
        }
    }

    #[test]
    fn our_address_inside_another_is_found() {
        let ours = Address::read("https://social.example/@office").unwrap();
        for text in [
            "https://social.example@attacker.net/@office",
            "https://attacker.net/https://social.example/@office",
            "https://attacker.net/?to=https%3A%2F%2Fsocial.example%2F%40office",
            "https://attacker.net\\@social.example/@office",
            "@office@social.example.attacker.net",
        ] {
            assert!(holds(text, &ours), "{text}");
        }
        for text in [
            "https://social.example/@officers",
            "https://other.example/@office",
            "https://my-social.example/@office",
        ] {
            assert!(!holds(text, &ours), "{text}");
        }
    }
}
