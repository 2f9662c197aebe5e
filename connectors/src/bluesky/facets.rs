//! What in a text is an address, a mention or a hashtag, by UTF-8 bytes: the platform finds none of them by itself. Pure; it
//! does not know who is behind a mention.

use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use crate::links::{Piece, pieces};

/// Longest hashtag, without its mark.
const TAG_GRAPHEMES: usize = 64;
const TAG_BYTES: usize = 640;
const HANDLE_BYTES: usize = 253;

/// A stretch of a text that means something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    start: usize,
    end: usize,
    pub(super) what: What,
}

/// What it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Link(String),
    Mention(String),
    Tag(String),
}

impl Found {
    /// The facet; none where a mentioned account is not known. `did` is whose handle it is.
    pub(super) fn facet(&self, did: impl Fn(&str) -> Option<String>) -> Option<Value> {
        let feature = match &self.what {
            What::Link(uri) => json!({ "$type": "app.bsky.richtext.facet#link", "uri": uri }),
            What::Mention(handle) => {
                json!({ "$type": "app.bsky.richtext.facet#mention", "did": did(handle)? })
            }
            What::Tag(tag) => json!({ "$type": "app.bsky.richtext.facet#tag", "tag": tag }),
        };
        let index = json!({ "byteStart": self.start, "byteEnd": self.end });
        Some(json!({ "index": index, "features": [feature] }))
    }
}

/// All of a text, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let (mut found, mut start, mut before) = (Vec::new(), 0, None);
    for piece in pieces(text) {
        let words = match piece {
            Piece::Link(uri) => {
                let what = What::Link(uri.to_owned());
                found.push(Found { start, end: start + uri.len(), what });
                uri
            }
            Piece::Plain(words) => {
                found.extend(marks(words, before).map(|(at, length, what)| {
                    let start = start + at;
                    Found { start, end: start + length, what }
                }));
                words
            }
        };
        start += words.len();
        before = words.chars().next_back();
    }
    found
}

/// Mentions and hashtags: where each begins, how long it is with its mark, and what it is.
fn marks(words: &str, before: Option<char>) -> impl Iterator<Item = (usize, usize, What)> {
    let previous = std::iter::once(before).chain(words.chars().map(Some));
    words.char_indices().zip(previous).filter_map(|((at, mark), previous)| {
        if previous.is_some_and(|previous| !previous.is_whitespace() && previous != '(') {
            return None;
        }
        let rest = words.get(at + mark.len_utf8()..)?;
        let what = match mark {
            '@' => What::Mention(handle(rest)?.to_owned()),
            '#' | '＃' => What::Tag(tag(rest)?.to_owned()),
            _ => return None,
        };
        let (What::Link(name) | What::Mention(name) | What::Tag(name)) = &what;
        Some((at, mark.len_utf8() + name.len(), what))
    })
}

/// A handle is a host's name. One that goes on with `@` is of another network.
fn handle(rest: &str) -> Option<&str> {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').unwrap_or(rest.len());
    let (candidate, after) = rest.split_at_checked(end)?;
    let handle = candidate.trim_end_matches(['.', '-']);
    let (_, last) = handle.rsplit_once('.')?;
    let label =
        |label: &str| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
    let good = handle.len() <= HANDLE_BYTES
        && handle.split('.').all(label)
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
        && !after.starts_with('@');
    good.then_some(handle)
}

fn tag(rest: &str) -> Option<&str> {
    // With this sign after it, the mark is the key of a telephone.
    if rest.starts_with('\u{fe0f}') {
        return None;
    }
    let invisible = |c: char| matches!(c, '\u{ad}' | '\u{200a}'..='\u{200d}' | '\u{2060}' | '\u{20e2}');
    let end = rest.find(|c: char| c.is_whitespace() || c == '#' || invisible(c)).unwrap_or(rest.len());
    let tag = rest.split_at_checked(end)?.0.trim_end_matches(is_punctuation);
    let named = tag.chars().any(|c| !c.is_numeric() && !is_punctuation(c));
    let short = tag.len() <= TAG_BYTES && tag.graphemes(true).count() <= TAG_GRAPHEMES;
    (named && short).then_some(tag)
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '…' | '‘'..='”' | '«' | '»' | '¡' | '¿' | '。' | '、' | '！' | '？' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was found, each as it stands in the text, by its bytes.
    fn seen(text: &str) -> Vec<(&str, What)> {
        find(text).into_iter().map(|found| (text.get(found.start..found.end).unwrap(), found.what)).collect()
    }

    #[test]
    fn bytes_are_counted_not_letters() {
        let text = "Für 👩‍👩‍👧: @ana.example.org, see https://example.org/ä. #Übung!";
        let (mention, link) = (What::Mention("ana.example.org".to_owned()), "https://example.org/ä");
        assert_eq!(
            seen(text),
            [
                ("@ana.example.org", mention),
                (link, What::Link(link.to_owned())),
                ("#Übung", What::Tag("Übung".to_owned())),
            ]
        );
    }

    #[test]
    fn a_mention_is_a_host_name_after_a_space() {
        for (text, expected) in [
            ("@ana.example.org", Some("ana.example.org")),
            ("(@a-b.example.org.)", Some("a-b.example.org")),
            ("@ana", None),
            ("write to office@example.org", None),
            ("@ana@social.example", None),
            ("@ana.example@social.example", None),
            ("@-a.example.org", None),
            ("@1.2.3.4", None),
            ("@a..example", None),
        ] {
            let found: Vec<What> = find(text).into_iter().map(|found| found.what).collect();
            let expected: Vec<What> =
                expected.into_iter().map(|name| What::Mention(name.to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_tag_has_a_letter_and_no_punctuation_at_its_end() {
        for (text, expected) in [
            ("#eHealthBC,", Some("eHealthBC")),
            ("＃tag", Some("tag")),
            ("#日本語。", Some("日本語")),
            ("#2027", None),
            ("#1st", Some("1st")),
            ("# not", None),
            ("a#b", None),
            ("#\u{fe0f}\u{20e3}", None),
            ("#!", None),
            ("https://example.org/#part", None),
        ] {
            let tags: Vec<String> = find(text)
                .into_iter()
                .filter_map(|found| if let What::Tag(tag) = found.what { Some(tag) } else { None })
                .collect();
            assert_eq!(tags, expected.into_iter().map(str::to_owned).collect::<Vec<_>>(), "{text}");
        }
        assert!(find(&format!("#{}", "a".repeat(65))).is_empty());
    }

    #[test]
    fn a_mention_of_nobody_is_plain_text() {
        let found = find("@ana.example.org");
        assert_eq!(found[0].facet(|_| None), None);
        assert_eq!(
            found[0].facet(|handle| Some(format!("did:web:{handle}"))).unwrap(),
            json!({ "index": { "byteStart": 0, "byteEnd": 16 },
                "features": [{ "$type": "app.bsky.richtext.facet#mention", "did": "did:web:ana.example.org" }] })
        );
    }
}
