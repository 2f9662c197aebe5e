//! Whether a text calls people by their condition, age or gender. It does not know how anybody wants to be called.

mod entries;

use std::ops::Range;

use serde::Deserialize;

use self::entries::{Entries, Entry};
use super::context::{self, Words, excerpt, is_address, spoken};
use crate::{Check, Example, Field, Hit, Office, Reading, Wake, rule::rule};

rule!(
    Inclusive, "GP2.inclusive", version 1, "GP2", Advise,
    what: "Finds words that call people by a condition, an age, a gender or an origin, and idioms at their cost, with something better \
           to say; a short list in English and French. Medical terms (\"diabetic foot\", \"double-blind\"), names and texts about such \
           words pass.",
    why: "Who posts for the office is taken for its ambassador, and the people it speaks of read along.",
    instead: "Name the person first, then the condition: \"people with diabetes\".",
    fires: [
        Example::of("A cooking class for diabetics"),
        Example::of("My neighbour is wheelchair-bound."),
        Example::of("New housing for the mentally ill and the elderly"),
        Example::of("Two thousand man-hours went into this."),
        Example::of("Des ateliers pour les toxicomanes"),
    ],
    quiet: [
        Example::of("Care for a diabetic foot, in a double-blind study"),
        Example::of("Say \"people with diabetes\" instead of \"diabetics\"."),
        Example::of("The committee's values were in the normal range."),
        Example::of("People who use drugs helped to write this guide."),
        Example::of("Soins du pied diabétique"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More entries, as in the list: `words, more words => what to say instead`.
    entries: Vec<String>,
    /// Words of the list that this office lets pass.
    allowed: Vec<String>,
}

struct Prepared {
    entries: Entries,
    talk: Words,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        entries: Entries::of(&params.entries, &context::plain(&params.allowed))?,
        talk: Words::of(
            "instead of|rather than|avoid|avoiding|don't say|do not say|never say|stop saying|not say|stop calling|don't call|say .{0,30} not|the (?:word|words|term|terms|label|labels)|stigma|stigmatizing|stigmatising|person-first|outdated (?:term|language)|au lieu de|plutôt que|évitez|éviter|ne dites pas|le (?:mot|terme)|les (?:mots|termes)|stigmatis\\w+",
        )?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.entries.words())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        spoken(reading).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let lower = field.lower();
        let mut hits = Vec::new();
        for (entry, range) in self.entries.find(field) {
            let sentence = context::sentence(lower, &range);
            let spoken_of =
                self.talk.is_in(context::part(lower, &sentence)) || context::is_quoted(lower, &range);
            if !spoken_of && !is_named(field, &range) && !is_address(field, &range) {
                hits.push(hit(field, entry, &range));
            }
        }
        hits
    }
}

/// A title or a name: every word of it and the word before it have a capital in a text that is not all capitals.
fn is_named(field: &Field<'_>, range: &Range<usize>) -> bool {
    let folded = field.shadow.folded();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let shouted = |word: &str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let inside = context::part(folded, range);
    let left = context::before(folded, range);
    let glued = left.ends_with(' ');
    let earlier = left.split_whitespace().next_back().unwrap_or_default();
    let later = context::next_word(context::after(folded, range));
    let neighbour = (glued && capital(earlier) && !earlier.ends_with(['.', '!', '?', ':'])) || capital(later);
    let titled = inside.split_whitespace().all(capital) && neighbour;
    // "an Addict": an article and a capital make a title by themselves.
    let article = !capital(inside) && inside.split_whitespace().next_back().is_some_and(capital);
    (titled || article) && !shouted(inside)
}

fn hit(field: &Field<'_>, entry: &Entry, range: &Range<usize>) -> Hit {
    let words = field.shadow.part(range);
    let hit = Hit::at(field, range, format!("\"{words}\" may put a label on people."))
        .showing(excerpt(field, range))
        .suggesting(format!("Say: {}", entry.instead));
    if entry.safe {
        hit.fixed_by(format!("Say \"{}\"", entry.instead), cased(words, &entry.instead))
    } else {
        hit
    }
}

/// A replacement that begins as what it replaces does.
fn cased(words: &str, instead: &str) -> String {
    let letters: Vec<char> = words.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() > 1 && letters.iter().all(|c| c.is_uppercase()) {
        return instead.to_uppercase();
    }
    let mut rest = instead.chars();
    match rest.next() {
        Some(first) if letters.first().is_some_and(|c| c.is_uppercase()) => {
            first.to_uppercase().chain(rest).collect()
        }
        _ => instead.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::cased;

    #[test]
    fn replacements_keep_the_case() {
        assert_eq!(cased("Diabetics", "people with diabetes"), "People with diabetes");
        assert_eq!(cased("DIABETICS", "people with diabetes"), "PEOPLE WITH DIABETES");
        assert_eq!(cased("diabetics", "people with diabetes"), "people with diabetes");
    }
}
