//! Whether an edit of a published post changes what it states without saying so. It does not know which of the two is
//! right, and it leaves wording alone.

use std::collections::HashSet;

use crate::pattern::Regex;
use serde::Deserialize;

use super::{
    around::drafted,
    facts::{FactKind, FactReader, unmatched},
    negation::Negation,
    stems::{plain, words},
};
use crate::{
    Check, DraftView, Example, Hit, Office, Original, Reading, Shadow, Surroundings, Weight, pattern,
    rule::rule,
};

rule!(
    SilentEdit, "GP4.silent-edit", version 1, "GP4", Block, reads: [Original],
    what: "Finds edits of published posts that change a number, day, time, name, address or negation and carry no note such \
           as \"edited\", \"updated\", \"mise à jour\" or \"corrigé\".",
    why: "Whoever makes a mistake acknowledges it; readers of the first wording must be told that it has changed.",
    instead: "Add a note that says what has changed.",
    fires: [
        Example::of("The ferry to the clinic leaves at 8:15 am.").amid("an edit of 8:45 am", || {
            editing("The ferry to the clinic leaves at 8:45 am.")
        }),
        Example::of("With us today: Dr. Ada Brook.").amid("an edit of another name", || {
            editing("With us today: Dr. Ada Stone.")
        }),
        Example::of("The test is safe in pregnancy.").amid("an edit that drops a negation", || {
            editing("The test is not safe in pregnancy.")
        }),
        Example::of("Venez le 5 juin.").amid("an edit of another day", || editing("Venez le 4 juin.")),
    ],
    quiet: [
        Example::of("Edit: the ferry to the clinic leaves at 8:15 am.").amid("an edit of 8:45 am", || {
            editing("The ferry to the clinic leaves at 8:45 am.")
        }),
        Example::of("Venez le 5 juin. (Mise à jour : nouvelle date)").amid("an edit of another day", || {
            editing("Venez le 4 juin.")
        }),
        Example::of("The ferry to the clinic is free.").amid("an edit of the spelling", || {
            editing("The fery to the clinic is free")
        }),
        Example::of("The ferry leaves on Thursday, December 3.").amid("an edit of how the day is written", || {
            editing("The ferry leaves on Thurs., Dec. 3.")
        }),
        Example::of("The ferry leaves at 8:45 am. #Ferry").amid("an edit that adds a tag", || {
            editing("The ferry leaves at 8:45 a.m.")
        }),
        Example::of("The ferry to the clinic leaves at 8:15 am."),
    ],
);

/// Surroundings of an example.
fn editing(text: &str) -> Surroundings {
    let original = Original { url: None, text: text.to_owned() };
    drafted(DraftView { edit_of: Some(original), ..DraftView::default() })
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that tell of a change.
    notes: Vec<String>,
}

struct Prepared {
    note: Regex,
    more: Regex,
    facts: &'static FactReader,
    negation: &'static Negation,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        note: pattern::any_case(
            r"\b(?:edit(?:ed|s)?|updated?|correct(?:ed|ion|ions|s|ing)|errat(?:um|a)|amended|revised|fixed|clarifi(?:ed|cation)|changed|rescheduled|postponed|moved (?:to|from)|new (?:date|time|day|venue|place|room|location|link|number|price)|(?:an )?(?:earlier|previous|original) (?:version|post)|previously|originally|formerly|(?:we|this post) (?:first |earlier )?(?:said|gave|listed)|wrong|mistake|should have|sorry|mise? à jour|màj|maj|corrig[éeè][a-zé]*|correctif|rectifi[a-zé]+|modifi[a-zé]+|révisée?s?|changements?|reportée?s?|déplacée?s?|nouve(?:lle|au) (?:date|heure|jour|lieu|salle|lien|numéro|prix)|version (?:antérieure|précédente)|erreurs?|précédemment|désolée?s?)\b",
        )?,
        more: pattern::phrases(&params.notes)?,
        facts: FactReader::shared()?,
        negation: Negation::shared()?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let original = reading.around().and_then(|around| around.draft.edit_of.as_ref());
        let (Some(original), Some(text)) = (original, reading.text()) else { return Vec::new() };
        let before = Shadow::of(&original.text);
        if before.folded().trim().is_empty() || self.notes(text.shadow.folded()) > self.notes(before.folded())
        {
            return Vec::new();
        }
        let Some((message, weight)) = self.change(&before, &text.shadow) else { return Vec::new() };
        let hit = Hit::whole(text.target.clone(), message).weighing(weight);
        vec![hit.suggesting("Add a note that says what has changed: \"Edited: …\", \"Mise à jour : …\"")]
    }
}

impl Prepared {
    fn notes(&self, folded: &str) -> usize {
        let more = self.more.find_iter(folded).filter(|found| !found.is_empty()).count();
        self.note.find_iter(folded).count() + more
    }

    fn change(&self, before: &Shadow<'_>, after: &Shadow<'_>) -> Option<(String, Weight)> {
        let (was, is) = (self.facts.read(before), self.facts.read(after));
        for kind in FactKind::ALL {
            let message = match unmatched(kind, &was, &is, false) {
                (was, is) if was.is_empty() && is.is_empty() => continue,
                (was, is) => {
                    let shown = |facts: &[&super::facts::Fact]| {
                        facts.first().map_or("nothing".to_owned(), |fact| format!("{:?}", fact.shown))
                    };
                    format!(
                        "The edit changes a {} without a note: from {} to {}.",
                        kind.called(),
                        shown(&was),
                        shown(&is)
                    )
                }
            };
            return Some((message, Weight::Sure));
        }
        if self.negation.count(&before.lower()) != self.negation.count(&after.lower()) {
            return Some(("The edit adds or drops a negation without a note.".to_owned(), Weight::Sure));
        }
        let (gone, new) = (names_only_in(before, after), names_only_in(after, before));
        let weight = match (gone.first(), new.first()) {
            (None, None) => return None,
            (Some(gone), Some(new)) if !is_respelling(gone, new) => Weight::Sure,
            _ => Weight::Unsure,
        };
        let shown = |names: &[String]| names.first().map_or("nothing".to_owned(), |name| format!("{name:?}"));
        let message =
            format!("The edit changes a name without a note: from {} to {}.", shown(&gone), shown(&new));
        Some((message, weight))
    }
}

/// Capitalised words inside sentences that the other text does not have in any case.
fn names_only_in(one: &Shadow<'_>, other: &Shadow<'_>) -> Vec<String> {
    let known: HashSet<String> = words(&other.lower()).map(|word| word.word).collect();
    let protected = one.protected();
    let lower = one.lower();
    let mut last = None;
    let mut names = Vec::new();
    for word in words(&lower) {
        let written = one.part(&word.range);
        let first = last != Some(word.sentence);
        last = Some(word.sentence);
        let capital = written.starts_with(char::is_uppercase) && written.chars().count() > 1 && !first;
        let outside = !protected.iter().any(|part| part.range.contains(&word.range.start));
        if capital && outside && !known.contains(&word.word) && !is_of_calendar(&word.word) {
            names.push(written.to_owned());
        }
    }
    names
}

/// Whether a word without accents names a month or a weekday in any length: those are compared as facts.
fn is_of_calendar(word: &str) -> bool {
    const NAMES: [&str; 27] = [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
    ];
    word.chars().count() > 2
        && (NAMES.iter().any(|name| name.starts_with(word)) || "sunday".starts_with(word))
}

/// Whether two names differ by one letter, added, dropped or replaced.
fn is_respelling(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (plain(one).chars().collect(), plain(other).chars().collect());
    let same = |mut pairs: Box<dyn Iterator<Item = (&char, &char)> + '_>| -> usize {
        let mut count = 0;
        while pairs.next().is_some_and(|(a, b)| a == b) {
            count += 1;
        }
        count
    };
    let ahead = same(Box::new(one.iter().zip(&other)));
    let behind = same(Box::new(one.iter().rev().zip(other.iter().rev())));
    let longest = one.len().max(other.len());
    longest > 5 && ahead + behind + 1 >= longest
}
