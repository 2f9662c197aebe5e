//! Which numbers are health numbers, province by province. It does not know whose they are.

use std::ops::Range;

use crate::pattern::Regex;

use super::{Identity, Kind, context::Context, context::Surveyor, identity, is_protected};
use crate::{
    Field, Validation, Weight, pattern,
    rules::personal::{checksum, digits::Number, hotwords::Topic},
};

/// The patterns that need more than digits.
#[derive(Clone, Debug)]
pub(super) struct Health {
    quebec: Regex,
    territories: Regex,
    version: Regex,
}

impl Health {
    pub(super) fn of() -> Result<Self, String> {
        Ok(Self {
            quebec: pattern::any_case(r"\b([A-Z]{4})[ \-]?(\d{4}[ \-]?\d{4}|\d{8}|\d{6}[ \-]?\d{2})\b")?,
            territories: pattern::exact_case(r"\b[A-Z]\s?\d{7}\b")?,
            version: pattern::exact_case(r"^[ \-]?(?:\(?(?:[Vv]ersion|[Vv]er\.?|VC)[ :]{0,2})?[A-Z]{2}\b")?,
        })
    }

    /// Whether a number is a health number; `after` is the text behind it.
    pub(super) fn number(&self, number: &Number, context: &Context, after: &str) -> Option<Identity> {
        let direct = context.direct.as_ref().map(|(topic, _)| *topic);
        let place = |wanted: &dyn Fn(Topic) -> bool| {
            context.around.iter().position(|(topic, _)| wanted(*topic)).unwrap_or(usize::MAX)
        };
        let health = place(&Topic::is_health);
        let phone_like = number.shape == [3, 3, 4] && !direct.is_some_and(Topic::is_health);
        let called = direct == Some(Topic::Phone);
        if called && (health == usize::MAX || number.digits.len() == 10)
            || phone_like && place(&|topic| topic == Topic::Phone) < health
            || checksum::is_placeholder(&number.digits)
        {
            return None;
        }
        if number.digits.len() == 10 {
            self.ten(number, context, after, phone_like)
        } else {
            Self::unchecked(number, context)
        }
    }

    /// Ten digits: British Columbia's, Ontario's, Nova Scotia's.
    fn ten(&self, number: &Number, context: &Context, after: &str, phone_like: bool) -> Option<Identity> {
        let word = context.find(Topic::is_health);
        let make = |range: &Range<usize>, pattern: &str, validation| {
            Some(identity(Kind::Health, range, Weight::Sure, pattern, validation, word))
        };
        let bc = checksum::is_bc(&number.digits);
        let ontario = checksum::is_ontario(&number.digits);
        let usual = number.shape == [4, 3, 3];
        let version = self.version.find(after).filter(|_| word.is_some() || usual);
        if let Some(version) = version.filter(|_| ontario && (!bc || context.has(Topic::Ontario))) {
            let range = number.range.start..number.range.end + version.end();
            return make(&range, "ten digits and a version code", Validation::Passed);
        }
        let other = context.has(Topic::Other) || context.has(Topic::Patient);
        if (bc || ontario) && word.is_some() || bc && usual && !other {
            return make(&number.range, "ten digits", Validation::Passed);
        }
        let nova_scotia = context.has(Topic::NovaScotia) && !phone_like;
        nova_scotia.then(|| make(&number.range, "ten digits", Validation::NotApplicable)).flatten()
    }

    /// The provinces whose check digits nobody relies on: their words decide.
    fn unchecked(number: &Number, context: &Context) -> Option<Identity> {
        let direct = context.direct.as_ref().map(|(topic, _)| *topic);
        let close = context.around.first().is_some_and(|(topic, _)| topic.is_health());
        let ontario = context.has(Topic::Ontario) && !context.has(Topic::HealthNine);
        let nine = || context.has(Topic::HealthNine) || checksum::is_saskatchewan(&number.digits);
        let fits = match number.digits.len() {
            8 => context.has(Topic::PrinceEdward) && close,
            9 => direct.is_some_and(Topic::is_health) || (close && nine()),
            12 => context.has(Topic::Newfoundland) && close,
            _ => false,
        };
        let pattern = format!("{} digits", number.digits.len());
        let word = context.find(Topic::is_health);
        let validation = Validation::NotApplicable;
        (fits && !ontario)
            .then(|| identity(Kind::Health, &number.range, Weight::Sure, &pattern, validation, word))
    }

    /// Québec's numbers: they tell themselves.
    pub(super) fn quebec(&self, field: &Field<'_>, surveyor: &Surveyor) -> Vec<Identity> {
        let text = field.shadow.folded();
        let identities = self.quebec.captures_iter(text).filter_map(|found| {
            let (whole, letters, rest) = (found.get(0)?, found.get(1)?.as_str(), found.get(2)?.as_str());
            let values: Vec<u8> = rest.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
            if !checksum::is_quebec(&values) || is_protected(field, &whole.range()) {
                return None;
            }
            let (context, _) = surveyor.context(field, &whole.range(), &(0..0));
            let word = context.find(Topic::is_health);
            let capitals = letters.chars().all(|c| c.is_ascii_uppercase());
            let other = context.has(Topic::Other) || is_ordinary(letters);
            let glued = text
                .get(..whole.start())
                .is_some_and(|before| before.ends_with(['-', '/', '_', '.', '#', '=']));
            if word.is_none() && (!capitals || other || glued) {
                return None;
            }
            let pattern = "four letters and eight digits with a birth date";
            Some(identity(Kind::Health, &whole.range(), Weight::Sure, pattern, Validation::Passed, word))
        });
        identities.collect()
    }

    /// The Northwest Territories': only where somebody says so.
    pub(super) fn territories(&self, field: &Field<'_>) -> Vec<Identity> {
        let lower = field.lower();
        if !["nwt health", "northwest territories health", "nwt healthcare"]
            .iter()
            .any(|word| lower.contains(word))
        {
            return Vec::new();
        }
        let found =
            self.territories.find_iter(field.shadow.folded()).filter(|m| !is_protected(field, &m.range()));
        let word = Some("nwt health");
        let pattern = "a letter and seven digits";
        found
            .map(|m| {
                identity(Kind::Health, &m.range(), Weight::Sure, pattern, Validation::NotApplicable, word)
            })
            .collect()
    }
}

/// Words of four letters that stand before eight digits in programmes and calendars.
fn is_ordinary(letters: &str) -> bool {
    let known = "june july sept juin août sept conf room rows page isbn issn call text from ends runs open date code poll form pour avec card lots";
    known.split(' ').any(|word| letters.eq_ignore_ascii_case(word))
}
