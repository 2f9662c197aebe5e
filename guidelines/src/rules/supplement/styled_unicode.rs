//! Whether letters of mathematics and the like stand in for bold or italic text.
//! It reads the text as it was written: the shadow has made such letters plain already.

use std::ops::Range;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{Check, Example, Field, FieldKind, Fix, Hit, Office, Reading, rule::rule};

rule!(
    StyledUnicode, "X.styled-unicode", version 1, "X5", Warn, reads: [Bio],
    what: "Finds words in mathematical, full-width, circled or squared letters, and words that are struck through or \
           underlined with combining lines, and offers plain ones. A single letter in a formula passes.",
    why: "Screen readers spell such letters out or skip them, and a search finds none of them.",
    instead: "Write plain letters; let the words carry the weight.",
    fires: [
        Example::of("This is 𝗯𝗼𝗹𝗱 news"),
        Example::of("𝒲𝑒 𝓁𝑜𝓋𝑒 𝓎𝑜𝓊"),
        Example::of("Ｆｒｅｅ tickets"),
        Example::of("Ⓞⓟⓔⓝ today"),
        Example::of("n\u{336}o\u{336}t\u{336} this"),
    ],
    quiet: [
        Example::of("This is bold news"),
        Example::of("Where 𝑝 < 0.05 and 𝑛 = 12"),
        Example::of("Café, naïve, Ω, ①②③ and 健康"),
        Example::of("Rate it 🅰️ or 🅱️"),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// How many styled letters in a run make it text.
    least: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self { least: 3 }
    }
}

struct Prepared {
    least: usize,
}

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { least: params.least.max(1) }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let kinds = [FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Bio];
        // Cutting a text into graphemes is dear; few texts have such letters.
        let styled =
            |raw: &str| raw.chars().filter(|c| is_line(*c) || is_styled_letter(*c)).count() >= self.least;
        let fields = reading.of_kinds(&kinds).filter(|field| styled(field.shadow.raw()));
        fields
            .flat_map(|field| {
                let runs = runs(field.shadow.raw()).into_iter().filter(|(_, letters)| *letters >= self.least);
                runs.map(|(range, _)| hit(field, &range))
            })
            .collect()
    }
}

fn hit(field: &Field<'_>, range: &Range<usize>) -> Hit {
    let written = field.shadow.raw().get(range.clone()).unwrap_or_default();
    let plain: String = written.nfkc().filter(|c| !is_line(*c)).map(unboxed).collect();
    let span = field.shadow.span_of_raw(range);
    let hit = Hit::whole(
        field.target.clone(),
        "Letters styled with characters that screen readers spell out or skip.",
    );
    let fix = (plain != written).then(|| Fix {
        label: format!("Write \"{plain}\""),
        byte_start: span.byte_start,
        byte_end: span.byte_end,
        replacement: plain.clone(),
    });
    Hit { span: Some(span), fix, ..hit }.showing(plain).suggesting("Write plain letters.")
}

/// Runs of styled words, and how many styled letters each has.
fn runs(raw: &str) -> Vec<(Range<usize>, usize)> {
    let mut runs: Vec<(Range<usize>, usize)> = Vec::new();
    let mut open = false;
    for (at, grapheme) in raw.grapheme_indices(true) {
        let end = at + grapheme.len();
        if is_styled(grapheme) {
            match runs.last_mut().filter(|_| open) {
                Some((range, count)) => {
                    range.end = end;
                    *count += 1;
                }
                None => runs.push((at..end, 1)),
            }
            open = true;
        } else if grapheme != " " {
            open = false;
        }
    }
    runs
}

fn is_styled(grapheme: &str) -> bool {
    let mut letters = grapheme.chars();
    let first = letters.next();
    let lined = first.is_some_and(char::is_alphabetic) && letters.clone().any(is_line);
    lined || (!grapheme.contains('\u{fe0f}') && first.is_some_and(is_styled_letter))
}

const fn is_styled_letter(c: char) -> bool {
    matches!(c,
        '\u{1d400}'..='\u{1d7cb}'
        | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}'
        | '\u{24b6}'..='\u{24e9}'
        | '\u{1f110}'..='\u{1f149}'
        | '\u{1f150}'..='\u{1f169}'
        | '\u{1f170}'..='\u{1f189}'
        | '\u{2102}' | '\u{210a}'..='\u{2115}' | '\u{2119}'..='\u{211d}' | '\u{2124}' | '\u{2128}'
        | '\u{212c}'..='\u{2134}')
}

/// A combining line through or under a letter.
const fn is_line(c: char) -> bool {
    matches!(c, '\u{332}' | '\u{333}' | '\u{335}'..='\u{338}')
}

/// White letters on black, which have no plain form of their own, as letters.
fn unboxed(c: char) -> char {
    let code = u32::from(c);
    let offset = match code {
        0x1_f150..=0x1_f169 => code - 0x1_f150,
        0x1_f170..=0x1_f189 => code - 0x1_f170,
        _ => return c,
    };
    char::from_u32(u32::from('A') + offset).unwrap_or(c)
}
