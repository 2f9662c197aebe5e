//! Labelled posts against findings: what of each post counts, and for what. It does not know what the sums come to.

use serde::Deserialize;

use super::{
    answer::{Answers, Told},
    matching::{Closeness, Place, pair},
    pii_score::{PiiScore, Surface},
};

/// The label of a quoted internal mail: it is blocked as a whole, so what is found inside counts neither way.
const QUOTED: &str = "INTERNAL_EMAIL";

/// A labelled post.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Post {
    pub(crate) id: String,
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) group: String,
    #[serde(default)]
    pub(crate) flags: Vec<String>,
    pub(crate) text: String,
    pub(crate) spans: Vec<Labelled>,
}

/// A labelled place in a post, in characters.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Labelled {
    pub(crate) label: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
    #[serde(default)]
    pub(crate) text: String,
}

impl Post {
    fn is(&self, flag: &str) -> bool {
        self.flags.iter().any(|known| known == flag)
    }

    fn surface(&self) -> Surface {
        if self.is("hard") {
            Surface::Hard
        } else if self.is("longform") {
            Surface::Long
        } else {
            Surface::Plain
        }
    }

    /// The places that count; where a post may be read either way, none does.
    fn places(&self) -> Vec<Place> {
        let counted = self.spans.iter().filter(|_| !self.is("amb"));
        counted.map(|span| Place { label: span.label.clone(), start: span.start, end: span.end }).collect()
    }

    /// Whether a finding of a known label counts.
    fn counts(&self, told: &Told) -> bool {
        let own = self.is("amb") && self.spans.iter().any(|span| span.label == told.label);
        let inside =
            |span: &Labelled| span.label == QUOTED && span.start <= told.start && told.end <= span.end;
        !own && (told.label == QUOTED || !self.spans.iter().any(inside))
    }

    fn words(&self, place: &Place) -> String {
        let length = place.end.saturating_sub(place.start);
        let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        self.text.chars().skip(number(place.start)).take(number(length)).take(70).collect()
    }
}

/// Scores answers to posts.
pub(crate) fn score(posts: &[Post], answers: &Answers) -> PiiScore {
    let labels = posts.iter().flat_map(|post| &post.spans).map(|span| span.label.clone());
    let mut score = PiiScore::over(labels);
    for post in posts {
        score_post(post, answers.findings(&post.id), &mut score);
    }
    score
}

fn score_post(post: &Post, told: &[Told], score: &mut PiiScore) {
    let places = post.places();
    let (known, other): (Vec<_>, Vec<_>) = told.iter().partition(|told| score.knows(&told.label));
    let mut found: Vec<Place> = known
        .into_iter()
        .filter(|told| post.counts(told))
        .map(|told| Place { label: told.label.clone(), start: told.start, end: told.end })
        .collect();
    found.sort();
    found.dedup();
    for closeness in [Closeness::Half, Closeness::Exact] {
        let (matched, right) = pair(&places, &found, closeness);
        score.count(closeness, &places, &matched, &found, &right);
    }
    let (matched, right) = pair(&places, &found, Closeness::Overlap);
    score.count(Closeness::Overlap, &places, &matched, &found, &right);
    score.post(other.len(), &matched, post.surface());
    if post.kind == "hard_negative" {
        score.hard_negative(&post.group, !found.is_empty());
    }
    for (place, _) in places.iter().zip(matched).filter(|(_, matched)| !matched) {
        let same = |span: &&Labelled| span.label == place.label && span.start == place.start;
        let words: Option<String> =
            post.spans.iter().find(same).map(|span| span.text.chars().take(70).collect());
        score.error("MISS", &post.id, &place.label, &words.unwrap_or_default());
    }
    for (place, _) in found.iter().zip(right).filter(|(_, right)| !right) {
        score.error("FALSE", &post.id, &place.label, &post.words(place));
    }
}
