//! What a run of digits is: card before health number before social insurance number before nothing. Check digits, grouping
//! and the words around it decide. It does not know which rule asks, or what is done about it.

mod context;
mod edges;
mod health;

use std::{ops::Range, sync::LazyLock};

use self::{
    context::{Context, Surveyor},
    edges::{begins_alone, ends_alone, is_amount},
    health::Health,
};
use super::{
    checksum,
    digits::{self, Chain, Number},
    hotwords::Topic,
    names,
};
use crate::{Evidence, Field, ProtectedKind, Validation, Weight};

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A payment card's.
    Card,
    /// A health number.
    Health,
    /// A social insurance number.
    Sin,
}

/// A number that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// How good the evidence is.
    pub(super) weight: Weight,
    /// The facts.
    pub(super) evidence: Evidence,
}

/// The compiled classifier.
#[derive(Clone, Debug)]
pub(super) struct Classifier {
    surveyor: Surveyor,
    health: Health,
    names: names::Names,
}

/// The classifier with the built-in words alone.
static BUILT_IN: LazyLock<Result<Classifier, String>> = LazyLock::new(|| Classifier::of(&[]));

impl Classifier {
    /// The one with the built-in words alone, compiled once.
    pub(super) fn built_in() -> Result<&'static Self, String> {
        BUILT_IN.as_ref().map_err(Clone::clone)
    }

    /// Compiles the built-in words and an office's own.
    pub(super) fn of(more: &[(Topic, &[String])]) -> Result<Self, String> {
        Ok(Self { surveyor: Surveyor::of(more)?, health: Health::of()?, names: names::Names::of()? })
    }

    /// The health numbers that are more than digits.
    pub(super) fn lettered(&self, field: &Field<'_>) -> Vec<Identity> {
        if digits::chains(field.shadow.folded(), 7).is_empty() {
            return Vec::new();
        }
        let mut found = self.health.quebec(field, &self.surveyor);
        found.extend(self.health.territories(field));
        found
    }

    /// The numbers of a field that are somebody's, in order.
    pub(super) fn numbers(&self, field: &Field<'_>) -> Vec<Identity> {
        let mut found: Vec<Identity> = Vec::new();
        let mut window = 0..0;
        // Numbers without a check digit count only where a health number is spoken of.
        let mut spoken = None;
        for chain in digits::chains(field.shadow.folded(), 8) {
            let mut worth = |number: &Number| {
                is_checked(&number.digits)
                    || (matches!(number.digits.len(), 8..=10 | 12)
                        && *spoken.get_or_insert_with(|| self.surveyor.speaks_of_health(field.lower())))
            };
            let any = (0..chain.groups.len())
                .any(|from| chain.numbers_from(from, field.shadow.folded()).iter().any(&mut worth));
            let mut from = if any { 0 } else { chain.groups.len() };
            while from < chain.groups.len() {
                let after_taken = found.iter().any(|identity| {
                    chain.groups.get(from).is_some_and(|group| group.range.start == identity.range.end + 1)
                });
                let step = self.at(field, &chain, from, after_taken, &mut window);
                from += step.as_ref().map_or(1, |(groups, _)| *groups);
                if let Some((_, identity)) = step {
                    let overlaps = |other: &Identity| {
                        other.range.start < identity.range.end && identity.range.start < other.range.end
                    };
                    if !found.iter().any(overlaps) {
                        found.push(identity);
                    }
                }
            }
        }
        found
    }

    /// What begins with a group of a chain, and how many groups it takes.
    fn at(
        &self,
        field: &Field<'_>,
        chain: &Chain,
        from: usize,
        after_taken: bool,
        window: &mut Range<usize>,
    ) -> Option<(usize, Identity)> {
        let text = field.shadow.folded();
        let numbers = chain.numbers_from(from, text);
        let start = numbers.first()?.range.start;
        if (from > 0 && !after_taken) || !begins_alone(text.get(..start).unwrap_or_default()) {
            return None;
        }
        let longest = numbers.last()?.range.end;
        let mut seen: Option<(Context, Range<usize>)> = None;
        for (index, number) in numbers.iter().enumerate().rev() {
            let plausible = matches!(number.digits.len(), 8..=19);
            if !plausible || !ends_alone(text, number) || is_protected(field, &number.range) {
                continue;
            }
            let (context, span) =
                seen.get_or_insert_with(|| self.surveyor.context(field, &(start..longest), window));
            let identity = self.identify(field, number, context);
            if identity.is_some() || number.digits.len() >= 9 {
                window.clone_from(span);
            }
            if let Some(identity) = identity {
                return Some((index + 1, identity));
            }
        }
        None
    }

    fn identify(&self, field: &Field<'_>, number: &Number, context: &Context) -> Option<Identity> {
        let text = field.shadow.folded();
        let after = text.get(number.range.end..).unwrap_or_default();
        let direct = context.direct.as_ref().map(|(topic, _)| *topic);
        let named = |topic: Topic| direct == Some(topic);
        if is_amount(text.get(..number.range.start).unwrap_or_default(), after) {
            return None;
        }
        if matches!(direct, Some(Topic::Other | Topic::Patient))
            && !(named(Topic::Patient) && number.digits.len() > 12)
        {
            return None;
        }
        let paid = || card(number, context);
        let health = || self.health.number(number, context, after);
        let sin = || self.sin(field, number, context);
        match direct {
            Some(Topic::Sin) => sin().or_else(paid).or_else(health),
            Some(topic) if topic.is_health() => {
                let both = context.has(Topic::Sin) && number.shape == [3, 3, 3];
                let first = if both { sin() } else { None };
                first.or_else(health).or_else(paid)
            }
            _ => paid().or_else(health).or_else(sin),
        }
    }

    fn sin(&self, field: &Field<'_>, number: &Number, context: &Context) -> Option<Identity> {
        if !checksum::is_sin(&number.digits) {
            return None;
        }
        let threes = number.shape == [3, 3, 3];
        let direct = context.direct.as_ref().map(|(topic, _)| *topic);
        let word = context.find(|topic| topic == Topic::Sin);
        let pattern = if threes { "nine digits in threes" } else { "nine digits" };
        let make = |weight, word| {
            Some(identity(Kind::Sin, &number.range, weight, pattern, Validation::Passed, word))
        };
        if word.is_some() && (threes || number.shape == [9] || direct == Some(Topic::Sin)) {
            return make(Weight::Sure, word);
        }
        let elsewhere = context.around.iter().any(|(topic, _)| {
            topic.is_health() || matches!(topic, Topic::Other | Topic::Patient | Topic::Phone)
        });
        let pay = context.find(|topic| topic == Topic::Pay);
        let beside = self.names.stands_beside(field.shadow.folded(), &number.range);
        let shaped = threes || (number.shape == [9] && pay.is_some() && beside);
        if !shaped || elsewhere || !checksum::is_issued_sin(&number.digits) {
            return None;
        }
        if pay.is_some() {
            return make(Weight::Sure, pay);
        }
        if beside {
            return make(Weight::Sure, Some("a name"));
        }
        (number.sign == Some('-')).then(|| make(Weight::Unsure, None)).flatten()
    }
}

/// Whether check digits speak for any kind of number.
fn is_checked(digits: &[u8]) -> bool {
    match digits.len() {
        9 => checksum::is_sin(digits),
        10 => checksum::is_bc(digits) || checksum::is_ontario(digits),
        _ => checksum::is_card(digits),
    }
}

fn card(number: &Number, context: &Context) -> Option<Identity> {
    let count = number.digits.len();
    if !checksum::is_card(&number.digits) {
        return None;
    }
    let usual = matches!(
        number.shape.as_slice(),
        [_] | [4, 4, 4, 1 | 3 | 4] | [4, 6, 4 | 5] | [4, 4, 4, 4, 3] | [6, 13]
    );
    let word = context.find(|topic| topic == Topic::Card);
    let other = context.find(|topic| topic == Topic::Other).is_some();
    if (!usual || other) && word.is_none() {
        return None;
    }
    let pattern = format!("{count} digits of a payment card");
    Some(identity(Kind::Card, &number.range, Weight::Sure, &pattern, Validation::Passed, word))
}

fn identity(
    kind: Kind,
    range: &Range<usize>,
    weight: Weight,
    pattern: &str,
    validation: Validation,
    word: Option<&str>,
) -> Identity {
    let evidence = Evidence::of(pattern, validation);
    let evidence = match word {
        Some(word) => evidence.near(word),
        None => evidence,
    };
    Identity { kind, range: range.clone(), weight, evidence }
}

fn is_protected(field: &Field<'_>, range: &Range<usize>) -> bool {
    field.protection(range).is_some_and(|part| part.kind != ProtectedKind::Labelled)
}
