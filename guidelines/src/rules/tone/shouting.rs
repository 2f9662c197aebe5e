//! Whether a text shouts. It does not know what it shouts about.

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use crate::{Check, Example, Field, Hit, Office, Reading, Word, pattern, rule::rule, vocabulary::Vocabulary};

rule!(
    Shouting, "GP2.shouting", version 1, "GP2", Advise,
    what: "Finds runs of words in capitals that are not acronyms (four in a row by default), and runs of three or \
           more exclamation marks.",
    why: "Who posts for the office is taken for its ambassador; capitals and rows of exclamation marks read as shouting, \
          and screen readers may spell capitals out.",
    instead: "Write the words in ordinary case and keep one exclamation mark at most.",
    fires: [
        Example::of("REGISTER NOW BEFORE IT IS TOO LATE"),
        Example::of("We won the award!!!"),
        Example::of("NE MANQUEZ PAS CETTE RENCONTRE demain"),
        Example::of("VENEZ TOUS CE SOIR au centre"),
        Example::of("DON'T WAIT, IT'S ALMOST OVER"),
    ],
    quiet: [
        Example::of("With WHO, PHAC, UNBC and VIHA, our RNs met in BC."),
        Example::of("READ THIS: our annual report is out!"),
        Example::of("Thanks to BCEHO ECOP BC CIHR VCH for the support."),
        Example::of("Merci aux IRSC, au CRSH, au CHUM, au CUSM et à l'INSPQ!"),
        Example::of("Funded by CIHR, MSFHR, GENOME BC and PHSA's RISe."),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// So many words in capitals in a row are shouting.
    words: usize,
    /// So many exclamation marks in a row are.
    marks: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self { words: 4, marks: 3 }
    }
}

struct Prepared {
    words: usize,
    marks: Regex,
    vocabulary: Vocabulary,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    if params.words < 2 || !(2..=50).contains(&params.marks) {
        return Err("words must be at least 2, and marks between 2 and 50".to_owned());
    }
    Ok(Box::new(Prepared {
        words: params.words,
        marks: pattern::exact_case(&format!(r"[!?]*!{{{},}}[!?]*", params.marks))?,
        vocabulary: Vocabulary::with_acronyms(office.acronyms()),
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else {
            return Vec::new();
        };
        let folded = field.shadow.folded();
        let mut hits = if may_shout(folded, self.words) { self.capitals(field) } else { Vec::new() };
        if !folded.contains("!!") {
            return hits;
        }
        for found in self.marks.find_iter(field.shadow.folded()) {
            hits.push(
                Hit::at(field, &found.range(), "A row of exclamation marks reads as shouting.")
                    .suggesting("Keep one exclamation mark, or a full stop."),
            );
        }
        hits
    }
}

impl Prepared {
    fn capitals(&self, field: &Field<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut run: Option<(Range<usize>, usize)> = None;
        for word in field.shadow.words() {
            if word.text.chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | ':' | '_')) {
                continue;
            }
            if is_capitals(&word) {
                let loud = usize::from(!self.vocabulary.is_acronym(word.text));
                run = Some(match run {
                    Some((range, count)) => (range.start..word.range.end, count + loud),
                    None => (word.range, loud),
                });
            } else {
                hits.extend(self.shout(field, run.take()));
            }
        }
        hits.extend(self.shout(field, run));
        hits
    }

    fn shout(&self, field: &Field<'_>, run: Option<(Range<usize>, usize)>) -> Option<Hit> {
        let (range, count) = run.filter(|(_, count)| *count >= self.words)?;
        Some(
            Hit::at(field, &range, format!("{count} words in capitals in a row read as shouting."))
                .suggesting("Write them in ordinary case."),
        )
    }
}

/// Whether so many capitals follow one another without a small letter between them: without that, nothing shouts.
fn may_shout(text: &str, words: usize) -> bool {
    let mut capitals = 0;
    for c in text.chars() {
        if c.is_uppercase() {
            capitals += 1;
            if capitals >= words {
                return true;
            }
        } else if c.is_lowercase() {
            capitals = 0;
        }
    }
    false
}

fn is_capitals(word: &Word<'_>) -> bool {
    word.text.chars().any(char::is_uppercase) && !word.text.chars().any(char::is_lowercase)
}
