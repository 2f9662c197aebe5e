//! Whether nearly the same has just been said on the channel. It does not know whether it was worth saying twice.

use std::collections::HashSet;

use chrono::TimeDelta;
use serde::Deserialize;

use super::{
    around::beside,
    stems::{pieces, ratio},
};
use crate::{
    Check, Example, Field, Hit, Neighbour, Office, Reading, Shadow, Surroundings, Weight, rule::rule,
};

/// Characters of a shingle.
const SHINGLE: usize = 5;

rule!(
    Duplicate, "CC4.duplicate", version 1, "CC4", Warn, reads: [Time, Original, Neighbours],
    what: "Finds texts that are at least four fifths the same as another post on the channel within thirty days, links, tags \
           and mentions aside. Where only numbers or names differ it advises; a series with other contents passes.",
    why: "Readers are there to hear something: whoever repeats themselves adds nothing.",
    instead: "Say what is new, or leave it at the first post.",
    fires: [
        Example::of("Our guide to sleeping well on night shifts is out. https://b.example #Nurses").amid(
            "the same with another link a week ago",
            || beside("Our guide to sleeping well on night shifts is out! https://a.example", -168),
        ),
        Example::of("ICYMI: Our guide to sleeping well on night shifts is out.").amid("the same yesterday", || {
            beside("Our guide to sleeping well on night shifts is out.", -24)
        }),
        Example::of("The walking group meets at the library at 6 pm, all are welcome.").amid(
            "the same yesterday, an hour later",
            || beside("The walking group meets at the library at 7 pm, all are welcome.", -24),
        ),
        Example::of("Le guide du sommeil pour le personnel de nuit est en ligne.").amid("the same tomorrow", || {
            beside("Le guide du sommeil pour le personnel de nuit est en ligne", 24)
        }),
    ],
    quiet: [
        Example::of("Question of the week 8: do you nap at work?").amid("the week before", || {
            beside("Question of the week 7: how dark is your bedroom?", -168)
        }),
        Example::of("Our guide to sleeping well on night shifts is out.").amid("the same two months ago", || {
            beside("Our guide to sleeping well on night shifts is out.", -1_440)
        }),
        Example::of("Thank you!").amid("the same an hour ago", || beside("Thank you!", -1)),
        Example::of("Our guide to sleeping well on night shifts is out.").amid("the same elsewhere", || {
            let mut around = beside("Our guide to sleeping well on night shifts is out.", -24);
            around.neighbours.iter_mut().for_each(|other| other.same_channel = false);
            around
        }),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// How many days apart posts are compared.
    days: u32,
    /// From which likeness on they are the same, from 0 to 1.
    likeness: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { days: 30, likeness: 0.8 }
    }
}

struct Prepared {
    window: TimeDelta,
    likeness: f64,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    if !(0.5..=1.0).contains(&params.likeness) {
        return Err("likeness must be between 0.5 and 1".to_owned());
    }
    let window = TimeDelta::days(i64::from(params.days));
    Ok(Box::new(Prepared { window, likeness: params.likeness }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let (Some(around), Some(text)) = (reading.around(), reading.text()) else { return Vec::new() };
        let others: Vec<&Neighbour> =
            around.neighbours.iter().filter(|other| self.is_near(around, other)).collect();
        let own = content(&text.shadow);
        if others.is_empty() || own.len() < 4 {
            return Vec::new();
        }
        let own_shingles = shingles(&own);
        let length = letters(&own);
        let alike = others.into_iter().filter_map(|other| {
            let shadow = Shadow::of(&other.text);
            let words = content(&shadow);
            // Of very different lengths they cannot be that alike.
            let theirs = letters(&words);
            if ratio(length.min(theirs), length.max(theirs)) < self.likeness * 0.75 {
                return None;
            }
            let likeness = likeness(&own_shingles, &shingles(&words));
            (likeness >= self.likeness).then_some((likeness, other, words))
        });
        let most = alike.max_by(|a, b| a.0.total_cmp(&b.0));
        most.map(|(likeness, other, words)| said_before(text, other, likeness, &own, &words))
            .into_iter()
            .collect()
    }
}

impl Prepared {
    fn is_near(&self, around: &Surroundings, other: &Neighbour) -> bool {
        let original = around.draft.edit_of.as_ref().is_some_and(|edited| edited.text == other.text);
        let at = around.scheduled_at.or(around.now);
        other.same_channel && !original && at.is_some_and(|at| (at - other.at).abs() <= self.window)
    }
}

fn said_before(text: &Field<'_>, other: &Neighbour, likeness: f64, own: &[String], theirs: &[String]) -> Hit {
    let numbers = |words: &[String]| -> HashSet<String> {
        words.iter().filter(|word| word.chars().any(|c| c.is_ascii_digit())).cloned().collect()
    };
    let names = |words: &[String]| -> HashSet<String> {
        words
            .iter()
            .filter(|word| word.starts_with(char::is_uppercase))
            .map(|word| word.to_lowercase())
            .collect()
    };
    let lower: HashSet<String> = theirs.iter().map(|word| word.to_lowercase()).collect();
    let other_name = names(own).iter().any(|name| !lower.contains(name));
    let differs = numbers(own) != numbers(theirs) || (other_name && likeness < 0.97);
    let weight = if differs { Weight::Unsure } else { Weight::Sure };
    let said = if other.published { "has been said" } else { "is scheduled" };
    let message = format!("Nearly the same {said} on this channel ({}, likeness {likeness:.2}).", other.id);
    let hit = Hit::whole(text.target.clone(), message).weighing(weight);
    hit.suggesting("Say what is new, or leave it at the other post.")
}

/// The words of a text without links, tags and mentions, as written.
fn content(shadow: &Shadow<'_>) -> Vec<String> {
    let links = shadow.links().into_iter().map(|link| link.range);
    let tags = shadow.tags().into_iter().map(|tag| tag.range);
    let mentions = shadow.mentions().into_iter().map(|mention| mention.range);
    let apart: Vec<_> = links.chain(tags).chain(mentions).collect();
    pieces(shadow.folded())
        .filter(|word| !apart.iter().any(|part| part.contains(&word.start)))
        .map(|word| shadow.part(&word).to_owned())
        .collect()
}

fn letters(words: &[String]) -> usize {
    words.iter().map(String::len).sum()
}

/// Every run of a few letters.
fn shingles(words: &[String]) -> HashSet<[char; SHINGLE]> {
    let letters: Vec<char> = words.join(" ").to_lowercase().chars().collect();
    letters.windows(SHINGLE).filter_map(|window| window.try_into().ok()).collect()
}

fn likeness(one: &HashSet<[char; SHINGLE]>, other: &HashSet<[char; SHINGLE]>) -> f64 {
    let common = one.intersection(other).count();
    ratio(common, one.len() + other.len() - common)
}
