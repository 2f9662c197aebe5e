//! Several topics that are looked for together. Most texts touch none of them, and their words' first letters tell nearly
//! always. It does not know whether a topic may be told.

use std::{
    collections::HashSet,
    sync::{Arc, RwLock},
};

use super::{Topic, concepts, pieces, plain, stem, topic::squeezed};
use crate::Field;

/// Topics, each with what it was called.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Topics {
    called: Vec<String>,
    each: Vec<(String, Topic)>,
    /// How words begin of which topics may consist.
    beginnings: Vec<[u8; 3]>,
    /// The stems of such words.
    stems: HashSet<String>,
    /// Topics of which the words may be written as one.
    joined: Vec<String>,
}

impl Topics {
    /// As a plan or a handbook words them; what has no words is none.
    pub(in super::super) fn of<S: AsRef<str>>(called: &[S]) -> Self {
        let called: Vec<String> = called.iter().map(|topic| topic.as_ref().to_owned()).collect();
        let each: Vec<(String, Topic)> =
            called.iter().filter_map(|topic| Some((topic.clone(), Topic::of(topic)?))).collect();
        let of_each = || each.iter().flat_map(|(_, topic)| topic.stems()).flat_map(concepts::related);
        let joined: Vec<String> =
            each.iter().filter_map(|(_, topic)| topic.joined().map(str::to_owned)).collect();
        let first = joined.iter().flat_map(|word| {
            let letter = word.chars().next().map_or(0, char::len_utf8);
            [beginning(word), beginning(word.get(..letter).unwrap_or_default())]
        });
        let mut beginnings: Vec<[u8; 3]> = of_each().map(beginning).chain(first).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        Self { beginnings, stems: of_each().map(str::to_owned).collect(), called, each, joined }
    }

    /// Each of them.
    pub(in super::super) fn iter(&self) -> impl Iterator<Item = (&str, &Topic)> {
        self.each.iter().map(|(called, topic)| (called.as_str(), topic))
    }

    /// Whether there are none.
    pub(in super::super) const fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// Whether a field may touch any of them. Where it may not, it does not.
    pub(in super::super) fn may_touch(&self, field: &Field<'_>) -> bool {
        if self.each.is_empty() {
            return false;
        }
        let lower = field.lower();
        let speaks = pieces(lower).any(|range| self.may_begin(lower.get(range).unwrap_or_default()));
        speaks || self.is_joined_in(lower)
    }

    fn may_begin(&self, word: &str) -> bool {
        if word.is_ascii() && !self.begins_as_one(word) {
            return false;
        }
        let word = plain(word);
        self.begins_as_one(&word)
            && (self.stems.contains(&stem(&word))
                || self.joined.iter().any(|joined| joined.starts_with(word.as_str())))
    }

    /// Whatever its ending, a word begins with the first two letters of its stem, a longer one with the first three.
    fn begins_as_one(&self, word: &str) -> bool {
        let [first, second, third] = beginning(word);
        let is_long = word.len() > 5;
        self.beginnings.iter().any(|stem| match *stem {
            [one, two, three] if is_long && three != 0 => [one, two, three] == [first, second, third],
            [one, two, _] => [one, two] == [first, second],
        })
    }

    fn is_joined_in(&self, lower: &str) -> bool {
        if self.joined.is_empty() {
            return false;
        }
        let squeezed = squeezed(lower);
        self.joined.iter().any(|joined| squeezed.contains(joined.as_str()))
    }
}

/// The first bytes of a word, which are letters without accents nearly always; zero where it has no more.
fn beginning(word: &str) -> [u8; 3] {
    let mut bytes = word.bytes();
    [(); 3].map(|()| bytes.next().unwrap_or_default())
}

/// How many lists of topics are kept.
const MOST: usize = 64;

/// The topics of the plans that have been looked for last. What they are does not depend on it, only how soon.
#[derive(Debug, Default)]
pub(in super::super) struct KnownTopics(RwLock<Vec<Arc<Topics>>>);

impl KnownTopics {
    /// Topics as a plan words them, in its order.
    pub(in super::super) fn of(&self, called: &[&str]) -> Arc<Topics> {
        let known = self.0.try_read().ok().and_then(|known| {
            known
                .iter()
                .find(|topics| topics.called.iter().map(String::as_str).eq(called.iter().copied()))
                .cloned()
        });
        known.unwrap_or_else(|| {
            let topics = Arc::new(Topics::of(called));
            if let Ok(mut known) = self.0.try_write() {
                let over = (known.len() + 1).saturating_sub(MOST);
                known.drain(..over);
                known.push(Arc::clone(&topics));
            }
            topics
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::stems, *};
    use crate::{FieldKind, Reading, Submission};

    const WORDS: &str = "interim,intermédiaires,preliminary,early,result,résultats,findings,constats,outcomes,a,an,of,the,budget,funds,\
        funded,performance,performs,site,sites,CardioBeam,cardio,beam,x,ray,x-ray lamp,names,nom,vendor,fournisseurs,egging,eg,\
        ministries,ministry,journaux,journal,boxes,box,réunions,meeting,meet,data,donnée,#InterimResults,œuvre,oeuvre,\
        https://example.org/the-interim-results.pdf,@interimresults,résultats-intermédiaires";

    fn words() -> impl Strategy<Value = String> {
        let word = prop::sample::select(WORDS.split(',').map(str::trim).collect::<Vec<_>>());
        let word = prop_oneof![8 => word.prop_map(str::to_owned), 1 => "\\PC{1,4}"];
        prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_touches_a_topic_may_touch_it(
            called in prop::collection::vec(words(), 1..3), text in words(), link in words(),
        ) {
            let submission = Submission { link: Some(&link), ..Submission::of_text(&text) };
            let topics = Topics::of(&called);
            for field in Reading::of(&submission).of_kinds(&[FieldKind::Text, FieldKind::Link]) {
                let found = stems(field.lower());
                let touched = topics.iter().any(|(_, topic)| topic.find(field, &found).is_some());
                prop_assert!(!touched || topics.may_touch(field), "{called:?} in {:?}", field.shadow.raw());
            }
        }
    }

    #[test]
    fn what_has_nothing_to_do_with_it_may_not() {
        let topics = Topics::of(&["interim results", "CardioBeam"]);
        let submission = Submission::of_text("Our clinic opens on Monday, with coffee.");
        assert!(!topics.may_touch(Reading::of(&submission).text().unwrap()));
    }

    #[test]
    fn lists_are_known_by_all_their_topics() {
        let known = KnownTopics::default();
        let first = known.of(&["budget", "rent"]);
        assert!(Arc::ptr_eq(&first, &known.of(&["budget", "rent"])));
        assert!(!Arc::ptr_eq(&first, &known.of(&["budget"])));
        (0..100).for_each(|number| drop(known.of(&[number.to_string().as_str()])));
        assert_eq!(known.0.read().unwrap().len(), MOST);
    }
}
