//! The words of a status: how long the server counts them, and when two renderings of them are the same. Pure; it does not
//! know the API.

use unicode_segmentation::UnicodeSegmentation;

use crate::links::{Piece, pieces};

/// Graphemes, with every address counting the same and a remote mention only its name.
pub(super) fn length(text: &str, link_weight: usize) -> usize {
    let weigh = |piece: &Piece<'_>| match *piece {
        Piece::Link(_) => link_weight,
        Piece::Plain(text) => text.split_inclusive(char::is_whitespace).map(word_length).sum(),
    };
    pieces(text).iter().map(weigh).sum()
}

fn word_length(word: &str) -> usize {
    let all = word.graphemes(true).count();
    let Some(mention) = word.strip_prefix('@') else { return all };
    let Some((_, domain)) = mention.split_once('@') else { return all };
    let host = domain.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).count();
    if host == 0 { all } else { all.saturating_sub(host + 1) }
}

/// What two renderings of the same words have in common: spaces are the server's, a mention may have lost
/// its domain.
pub(super) fn comparable(text: &str) -> String {
    let words =
        text.split_whitespace().map(|word| match word.strip_prefix('@').and_then(|m| m.split_once('@')) {
            Some((name, _)) => format!("@{name}"),
            None => word.to_owned(),
        });
    words.collect::<Vec<_>>().join(" ")
}

/// The words with every stretch of space between them the same: spaces are the server's.
pub(super) fn spaced_once(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::plain;

    #[test]
    fn length_is_counted_as_the_server_counts() {
        let rows = [
            ("hello", 5),
            ("👩‍👩‍👧 ü", 3),
            ("see https://example.org/a/very/long/address/indeed.", 4 + 23 + 1),
            ("@ana@example.org hi", 7),
            ("@ana hi", 7),
            ("a@b.c", 5),
        ];
        for (text, expected) in rows {
            assert_eq!(length(text, 23), expected, "{text}");
        }
    }

    #[test]
    fn a_rendering_is_compared_by_its_words() {
        let html = "<p>One &amp; two<br />three</p><p>See <a href=\"https://e.org/a\"><span class=\"invisible\">https://</span><span>e.org/a</span></a></p>";
        assert_eq!(comparable(&plain(html)), comparable("One & two\nthree\n\nSee  https://e.org/a "));
        assert_eq!(comparable("hi @ana@e.org"), comparable("hi @ana"));
    }
}
