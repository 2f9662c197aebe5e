//! Whether emoji come in long rows. It does not know what they mean.

use std::ops::Range;

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{Check, Example, FieldKind, Hit, Office, Reading, rule::rule};

rule!(
    Emoji, "X.emoji", version 1, "X5", Advise,
    what: "Finds more than three emoji in a row, with or without blanks between them. An emoji of several parts (a family, a \
           flag, a skin tone) counts once.",
    why: "A screen reader reads every one of them out in full.",
    instead: "Keep one, at the end of a sentence.",
    fires: [
        Example::of("We did it 🎉🎉🎉🎉"),
        Example::of("Thanks 🙏 ❤️ 🇨🇦 👩🏽‍⚕️!"),
    ],
    quiet: [
        Example::of("We did it 🎉🎉🎉"),
        Example::of("One 🎉 two 🎉 three 🎉 four 🎉"),
        Example::of("Nurses 👩🏽‍⚕️👨🏽‍⚕️ & co ❤️"),
        Example::of("1234 and ©®™ are no emoji"),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// How many in a row pass.
    most: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self { most: 3 }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { most: params.most }))
}

struct Prepared {
    most: usize,
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let fields = reading.of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions]);
        fields
            // Cutting a text into graphemes is dear; few texts have as many pictures.
            .filter(|field| field.shadow.raw().chars().filter(|c| is_pictured(*c)).count() > self.most)
            .flat_map(|field| {
                let rows = rows(field.shadow.raw()).into_iter().filter(|(_, count)| *count > self.most);
                rows.map(|(range, count)| {
                    let span = field.shadow.span_of_raw(&range);
                    let hit = Hit::whole(
                        field.target.clone(),
                        format!("{count} emoji in a row: each is read out in full."),
                    );
                    Hit { span: Some(span), ..hit }.suggesting("Keep one, at the end of a sentence.")
                })
            })
            .collect()
    }
}

/// The rows of emoji in a text, and how many each has.
fn rows(raw: &str) -> Vec<(Range<usize>, usize)> {
    let mut rows: Vec<(Range<usize>, usize)> = Vec::new();
    let mut open = false;
    for (at, grapheme) in raw.grapheme_indices(true) {
        let end = at + grapheme.len();
        if is_emoji(grapheme) {
            match rows.last_mut().filter(|_| open) {
                Some((range, count)) => {
                    range.end = end;
                    *count += 1;
                }
                None => rows.push((at..end, 1)),
            }
            open = true;
        } else if !matches!(grapheme, " " | "\u{a0}" | "\u{200b}" | "\u{202f}") {
            open = false;
        }
    }
    rows
}

/// Whether a character may be part of an emoji that is more than a letter or a joiner.
const fn is_pictured(c: char) -> bool {
    matches!(c, '\u{20e3}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

fn is_emoji(grapheme: &str) -> bool {
    let first = grapheme.chars().next();
    let pictured = grapheme.contains('\u{fe0f}') || grapheme.contains('\u{20e3}');
    first.is_some_and(|c| match c {
        '\u{1f000}'..='\u{1f0ff}'
        | '\u{1f1e6}'..='\u{1f1ff}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{2705}'
        | '\u{2728}'
        | '\u{274c}'
        | '\u{2753}'..='\u{2757}'
        | '\u{2b50}'
        | '\u{2b55}'
        | '\u{231a}'
        | '\u{231b}'
        | '\u{23e9}'..='\u{23f3}' => true,
        '\u{2600}'..='\u{27bf}' | '\u{2190}'..='\u{21ff}' | '\u{2b00}'..='\u{2bff}' => {
            pictured || matches!(c, '\u{2600}'..='\u{26ff}' | '\u{2764}')
        }
        '0'..='9' | '#' | '*' => grapheme.contains('\u{20e3}'),
        _ => false,
    })
}
