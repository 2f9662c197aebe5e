//! The words around a number. It does not know what the number is.

use std::ops::Range;

use crate::pattern::Regex;

use super::edges::floor_boundary;
use crate::{
    Field, pattern,
    rules::personal::hotwords::{Hotwords, Topic},
};

/// What may stand between a word and the number that it announces.
const CONNECTORS: &str = r#"^[\s.:#=,;("'\[*\-]*(?:(?:numbers?|nos?|num|nr|n°|nº|numéros?|№|is|was|are|as|of|card|id|est|était|le|la|du|de|reads?|showed|shows?|said|et|and)(?:[\s.:#=,;("'\[*\-]+|$)){0,4}$"#;
/// What stands between the numbers of a list.
const LISTING: &str = r"^[\s,;/&+]*(?:and|et|or|ou|then|puis)?[\s,;/&+]*$";
/// How far before and behind a number its words are looked for, in bytes.
const BEFORE: usize = 110;
const BEHIND: usize = 60;

#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The topic right before it, with its word.
    pub(super) direct: Option<(Topic, String)>,
    /// All topics around it, nearest first, each with its word.
    pub(super) around: Vec<(Topic, String)>,
}

impl Context {
    pub(super) fn find(&self, wanted: impl Fn(Topic) -> bool) -> Option<&str> {
        self.around.iter().find(|(topic, _)| wanted(*topic)).map(|(_, word)| word.as_str())
    }

    pub(super) fn has(&self, topic: Topic) -> bool {
        self.find(|other| other == topic).is_some()
    }
}

/// What reads the words around numbers.
#[derive(Clone, Debug)]
pub(super) struct Surveyor {
    hotwords: Hotwords,
    connectors: Regex,
    listing: Regex,
}

impl Surveyor {
    pub(super) fn of(more: &[(Topic, &[String])]) -> Result<Self, String> {
        Ok(Self {
            hotwords: Hotwords::of(more)?,
            connectors: pattern::any_case(CONNECTORS)?,
            listing: pattern::any_case(LISTING)?,
        })
    }

    /// Whether a health number is spoken of anywhere in a text in lower case.
    pub(super) fn speaks_of_health(&self, lower: &str) -> bool {
        self.hotwords.topics(lower).any(|(topic, _)| topic.is_health())
    }

    /// The words around a number. In a list the words before the first number hold for all.
    pub(super) fn context(
        &self,
        field: &Field<'_>,
        range: &Range<usize>,
        last: &Range<usize>,
    ) -> (Context, Range<usize>) {
        let lower = field.lower();
        let between = lower.get(last.end..range.start).unwrap_or_default();
        let listed = last.end > 0 && self.listing.is_match(between);
        let floor = if listed { last.start } else { last.end };
        let from = floor_boundary(lower, range.start.saturating_sub(BEFORE).max(floor));
        let from = if listed { floor } else { from };
        let before = lower.get(from..range.start).unwrap_or_default();
        let sentence = field.shadow.sentence_around(range);
        let to = floor_boundary(lower, (range.end + BEHIND).min(sentence.end));
        let after = lower.get(range.end..to.max(range.end)).unwrap_or_default();
        let mut context = Context::default();
        let mut around: Vec<(usize, Topic, String)> = Vec::new();
        for (topic, word) in self.hotwords.topics(before) {
            let gap = before.get(word.end..).unwrap_or_default();
            let named = before.get(word.clone()).unwrap_or_default().to_owned();
            let direct = self.connectors.is_match(gap) || (listed && self.is_list_head(gap));
            // "Her AHCIP card reads": the card is the health plan's.
            let vague = matches!(named.as_str(), "card" | "cards" | "carte");
            let kept = context.direct.as_ref().is_some_and(|(topic, _)| *topic != Topic::Other);
            if direct && !(vague && kept) {
                context.direct = Some((topic, named.clone()));
            }
            // Words that only name something else count only in the number's own sentence.
            let inside = from + word.start >= sentence.start || direct;
            if inside || !matches!(topic, Topic::Other | Topic::Phone | Topic::Pay) {
                around.push((gap.len(), topic, named));
            }
        }
        let behind = self.hotwords.topics(after).map(|(topic, word)| {
            (word.start + 20, topic, after.get(word.clone()).unwrap_or_default().to_owned())
        });
        around.extend(behind);
        around.sort_by_key(|(distance, _, _)| *distance);
        context.around = around.into_iter().map(|(_, topic, word)| (topic, word)).collect();
        (context, from..range.end)
    }

    /// Whether a word announces a list whose numbers fill the gap.
    fn is_list_head(&self, gap: &str) -> bool {
        let head = gap.find(|c: char| c.is_ascii_digit()).and_then(|at| gap.get(..at)).unwrap_or(gap);
        self.connectors.is_match(head)
    }
}
