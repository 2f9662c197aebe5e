//! Whether a text swears, openly or behind stars. It does not know why.

mod masked;

use std::ops::Range;

use regex::Regex;
use serde::Deserialize;

use self::masked::{Masked, STARTS};
use super::context::{before, compiled, is_address, next_word, spoken};
use crate::{Check, Example, Field, Hit, Office, ProtectedKind, Reading, Wake, lexicon::Lexicon, rule::rule};

rule!(
    Profanity, "GP2.profanity", version 1, "GP2", Block,
    what: "Finds strong language in English and French, the sacres of Québec among it, also behind stars and signs \
           (`f***`, `sh!t`, `f-ing`), in the text and in alternative texts. Names, places and medical words that contain \
           such letters pass.",
    why: "Who posts for the office is taken for its ambassador.",
    instead: "Say it without the word.",
    fires: [
        Example::of("Well, the projector is f***ed again"),
        Example::of("This queue is bullshit."),
        Example::of("What the hell happened to the booking page?"),
        Example::of("Encore une panne, câlisse."),
        Example::of("Sh!t happens, even in a lab"),
        Example::of("Ça commence à m'emmerder"),
        Example::of("Winter").picturing("bus.png", Some("A sign that reads F*CK WINTER")),
    ],
    quiet: [
        Example::of("Dr. Dickinson of Scunthorpe assesses how pilots sit in a cockpit."),
        Example::of("Bass, shiitake and a classic cocktail: a heart-healthy menu"),
        Example::of("A finger prick is all the test needs."),
        Example::of("Le pied bote : une cure, un calice de fleur, le cul-de-sac de Douglas"),
        Example::of("Hell's Gate is closed to hikers today."),
        Example::of("p < 0.05*** for all four groups"),
    ],
);

/// The words, one a line.
const WORDS: &str = include_str!("../../../words/profanity.txt");

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words; a star at the end matches every word that begins so.
    words: Vec<String>,
    /// Words of the list that this office lets pass.
    allowed: Vec<String>,
}

struct Prepared {
    words: Lexicon,
    masked: Masked,
    drawn_out: Regex,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let allowed: Vec<String> = params.allowed.iter().map(|word| word.trim().to_lowercase()).collect();
    let listed = WORDS.lines().filter(|line| !line.starts_with('#')).map(str::to_owned);
    Ok(Box::new(Prepared {
        words: Lexicon::of(
            listed.chain(params.words.iter().cloned()).filter(|word| !allowed.contains(word)),
        )?,
        masked: Masked::compile()?,
        drawn_out: compiled(
            r"(?-u:\b)(?:f+u{2,}c+k+(?:ing?|ed|s)?|fu+c{2,}k+|sh+i{2,}t+|da{2,}mn+|f[ ._\-]u[ ._\-]c[ ._\-]k|s[ ._\-]h[ ._\-]i[ ._\-]t)(?-u:\b)",
        )?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.words.words().chain(STARTS.iter().map(|&start| start.to_owned())).collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        spoken(reading).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let lower = field.lower();
        let mut found: Vec<Range<usize>> = self
            .words
            .find(field)
            .map(|entry| whole_word(lower, entry.range))
            .filter(|range| !is_harmless(lower, range))
            .collect();
        found.extend(self.masked.find_in(lower));
        found.extend(self.drawn_out.find_iter(lower).map(|found| found.range()));
        found.retain(|range| !is_address(field, range));
        found.extend(in_tags(field));
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        found.iter().map(|range| hit(field, range)).collect()
    }
}

/// The rest of a word of which the list has the beginning.
fn whole_word(lower: &str, range: Range<usize>) -> Range<usize> {
    let rest = lower.get(range.end..).unwrap_or_default();
    let more = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    range.start..range.end + more
}

/// What looks like a listed word and is not: `criss-cross`, `Criss Angel`, `damned if`, `snow as hell`.
fn is_harmless(lower: &str, range: &Range<usize>) -> bool {
    let word = lower.get(range.clone()).unwrap_or_default();
    let right = lower.get(range.end..).unwrap_or_default();
    let next = next_word(right);
    match word {
        "criss" => matches!(next, "cross" | "crossed" | "crossing" | "crosses" | "angel"),
        "bastard" => matches!(next, "cabbage" | "toadflax" | "file"),
        "suckers" => next_word_before(lower, range).is_some_and(|word| matches!(word, "sap" | "root")),
        "nique" | "encule" => right.starts_with('-'),
        "wank" => next == "worm",
        _ => false,
    }
}

fn next_word_before<'l>(lower: &'l str, range: &Range<usize>) -> Option<&'l str> {
    before(lower, range).split_whitespace().next_back()
}

/// Tags run words together; these letters are no part of any other word.
fn in_tags(field: &Field<'_>) -> Vec<Range<usize>> {
    let telling = ["fuck", "bullshit", "asshole", "tabarnak"];
    let lower = field.lower();
    let is_telling = |range: &Range<usize>| {
        lower.get(range.clone()).is_some_and(|tag| telling.iter().any(|word| tag.contains(word)))
    };
    if !telling.iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    let tags = field.protected().iter().filter(|part| part.kind == ProtectedKind::Tag);
    tags.map(|tag| tag.range.clone()).filter(is_telling).collect()
}

fn hit(field: &Field<'_>, range: &Range<usize>) -> Hit {
    Hit::at(field, range, "Strong language.")
        .showing(veiled(field.shadow.part(range)))
        .suggesting("Say it without the word; stars do not make it milder.")
}

/// The first letter of each word, and bullets.
fn veiled(words: &str) -> String {
    let mut inside = false;
    words
        .chars()
        .map(|c| {
            let shown = !inside || c.is_whitespace();
            inside = !c.is_whitespace();
            if shown { c } else { '•' }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::veiled;

    #[test]
    fn findings_do_not_repeat_the_word() {
        assert_eq!(veiled("Pissed off"), "P••••• o••");
    }
}
