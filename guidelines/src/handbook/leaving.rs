//! Which rules can keep a post back whose words are known to be clear: those that read what surrounds them. Told apart
//! once for a handbook. It does not know what any rule looks for.

use super::{ActiveRule, HandbookError};
use crate::{Part, Parts, Wake, wake::Alarm};

/// Parts that are words themselves, or only add to them: a rule that reads nothing else besides the words says of them
/// what it says of the words alone, unless links have fared badly.
const OF_WORDS: Parts = Parts::of(&[Part::Bio, Part::Links]);

/// The rules of a handbook that can block a post whose words are clear.
pub(crate) struct Leaving {
    /// Those that judge what surrounds the words.
    pub(crate) around: Panel,
    /// Those that judge words, and what became of the links in them.
    pub(crate) links: Panel,
    pub(super) needs: Parts,
}

/// Some rules, and what wakes them.
pub(crate) struct Panel {
    /// By their place among the active ones, in the order of the alarm.
    pub(crate) rules: Vec<usize>,
    pub(crate) alarm: Alarm,
}

impl Leaving {
    pub(super) fn of(active: &[ActiveRule]) -> Result<Self, HandbookError> {
        let around = |rule: &ActiveRule| rule.may_block() && !rule.is_of_words();
        let links = |rule: &ActiveRule| {
            rule.may_block() && rule.is_of_words() && rule.manual.reads.contains(Part::Links)
        };
        // Once one of them holds a post, every rule is asked again: rules of words must know then what they knew when
        // the words were clear.
        let asked_again = active.iter().filter(|rule| rule.may_block());
        Ok(Self {
            around: Panel::of(active, around)?,
            links: Panel::of(active, links)?,
            needs: asked_again.map(reads).fold(Parts::default(), Parts::and),
        })
    }
}

impl Panel {
    fn of(active: &[ActiveRule], is_on: impl Fn(&ActiveRule) -> bool) -> Result<Self, HandbookError> {
        let on = || active.iter().enumerate().filter(|(_, rule)| is_on(rule));
        let wakes: Vec<Wake> = on().map(|(_, rule)| rule.check.wakes()).collect();
        Ok(Self { rules: on().map(|(index, _)| index).collect(), alarm: Alarm::of(&wakes)? })
    }
}

impl ActiveRule {
    /// Whether it speaks of the words alone, links that have fared badly aside.
    pub(crate) fn is_of_words(&self) -> bool {
        self.manual.reads.without(OF_WORDS).is_empty()
    }
}

/// What must be known for a rule: what it reads, and the answers to its question.
fn reads(rule: &ActiveRule) -> Parts {
    let answers = if rule.manual.asks.is_some() { Parts::of(&[Part::Answers]) } else { Parts::default() };
    rule.manual.reads.and(answers)
}
