//! Which rules can keep a post back whose words are known to be clear: those that read what surrounds them. Told apart
//! once for a handbook. It does not know what any rule looks for.

use super::{ActiveRule, HandbookError};
use crate::{Part, Parts, Wake, wake::Alarm};

/// Parts that only add to the words: where they are absent, a rule that reads nothing else besides the words says what it
/// says of the words alone.
const ADDED: Parts = Parts::of(&[Part::Bio, Part::Links]);

/// The rules of a handbook that can block a post whose words are clear.
pub(crate) struct Leaving {
    /// Those that are asked whatever surrounds the words, by their place among the active ones.
    rules: Vec<usize>,
    alarm: Alarm,
    needs: Parts,
}

impl Leaving {
    pub(super) fn of(active: &[ActiveRule]) -> Result<Self, HandbookError> {
        let asked: Vec<(usize, &ActiveRule)> =
            active.iter().enumerate().filter(|(_, rule)| rule.may_block() && !rule.is_of_words()).collect();
        let wakes: Vec<(Wake, Parts)> =
            asked.iter().map(|(_, rule)| (rule.check.wakes(), rule.manual.reads)).collect();
        Ok(Self {
            rules: asked.into_iter().map(|(index, _)| index).collect(),
            alarm: Alarm::of(wakes.iter().map(|(wake, reads)| (wake, *reads)))?,
            needs: needs(active),
        })
    }

    /// The rules that are asked, by their place among the active ones, in the order of the alarm.
    pub(crate) fn rules(&self) -> &[usize] {
        &self.rules
    }

    /// What wakes them.
    pub(crate) fn alarm(&self) -> &Alarm {
        &self.alarm
    }

    pub(super) fn needs(&self) -> Parts {
        self.needs
    }
}

impl ActiveRule {
    /// Whether it speaks of the words alone, unless the surroundings bring more to read.
    pub(crate) fn is_of_words(&self) -> bool {
        self.manual.reads.without(ADDED).is_empty()
    }

    /// Whether it may block for what the surroundings bring, where these are the [`ADDED`] parts that they have.
    pub(crate) fn may_block_amid(&self, added: Parts) -> bool {
        self.may_block() && (!self.is_of_words() || self.manual.reads.meets(added))
    }
}

/// What is read by any rule that may be asked; answers, too, where one of them asks a question.
fn needs(active: &[ActiveRule]) -> Parts {
    let asked = active.iter().filter(|rule| rule.may_block_amid(ADDED));
    asked.fold(Parts::default(), |needs, rule| {
        let answers = if rule.manual.asks.is_some() { Parts::of(&[Part::Answers]) } else { Parts::default() };
        needs.and(rule.manual.reads).and(answers)
    })
}
