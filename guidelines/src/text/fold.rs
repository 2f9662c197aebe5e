//! How a text looks in its shadow, grapheme by grapheme. It does not know what anybody looks for in it.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::marks::Marks;

/// The whole text, folded; what is ASCII is taken as it is, for it is nearly everything.
pub(super) fn all<'a>(raw: &'a str, marks: &mut Marks) -> Cow<'a, str> {
    if raw.is_ascii() && !raw.contains("\r\n") {
        marks.push_plain(raw.len());
        return Cow::Borrowed(raw);
    }
    let mut folded = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let taken = plain_run(rest);
        if let Some((plain, after)) = rest.split_at_checked(taken).filter(|_| taken > 0) {
            marks.push_plain(taken);
            folded.push_str(plain);
            rest = after;
            continue;
        }
        let before = folded.len();
        let single = c.len_utf8();
        let after = rest.get(single..).unwrap_or_default();
        if is_single(c) && c != '\r' && after.chars().next().is_none_or(is_single) {
            push_character(c, &mut folded);
            marks.push_one(folded.len() - before, single, c.len_utf16());
            rest = after;
            continue;
        }
        let grapheme = rest.graphemes(true).next().unwrap_or(rest);
        push(grapheme, &mut folded);
        marks.push_one(folded.len() - before, grapheme.len(), grapheme.encode_utf16().count());
        rest = rest.get(grapheme.len()..).unwrap_or_default();
    }
    Cow::Owned(folded)
}

/// How many graphemes a text has.
pub(crate) fn count_graphemes(text: &str) -> usize {
    let (mut count, mut rest) = (0, text);
    while !rest.is_empty() {
        let plain = plain_run(rest);
        let taken = if plain > 0 {
            count += plain;
            plain
        } else {
            count += 1;
            rest.graphemes(true).next().map_or(rest.len(), str::len)
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    count
}

/// How many bytes at the beginning are graphemes of one byte each. The last before something that may join it is none.
fn plain_run(text: &str) -> usize {
    let end = text.bytes().position(|byte| !byte.is_ascii() || byte == b'\r').unwrap_or(text.len());
    match text.get(end..).and_then(|rest| rest.chars().next()) {
        Some(next) if !is_single(next) => end.saturating_sub(1),
        _ => end,
    }
}

/// Whether a character neither joins one of its kind before it nor one after it (but for CR and LF), and is composed: ASCII,
/// Latin letters, dashes, quotation marks, currencies.
const fn is_single(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{20a0}'..='\u{20bf}')
}

/// Appends a grapheme's folded form.
pub(super) fn push(grapheme: &str, out: &mut String) {
    if grapheme == "\r\n" {
        out.push('\n');
        return;
    }
    if grapheme.is_ascii() {
        out.push_str(grapheme);
        return;
    }
    for c in grapheme.nfc() {
        push_character(c, out);
    }
}

fn push_character(c: char, out: &mut String) {
    match c {
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{202a}'..='\u{202e}'
        | '\u{fe0f}' => {}
        '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => out.push('-'),
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{ff07}' => out.push('\''),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{ff02}' => out.push('"'),
        '\u{b7}' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{30fb}' => out.push('.'),
        '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f10a}' => {
            out.extend([c].into_iter().nfkc());
        }
        c if c.is_whitespace() && c != '\n' && c != '\r' => out.push(' '),
        c => out.push(c),
    }
}
