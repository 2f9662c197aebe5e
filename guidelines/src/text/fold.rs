//! How one grapheme looks in the shadow. It does not know where the grapheme stands.

use unicode_normalization::UnicodeNormalization as _;

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
