//! What a text states that can be true or false: days, times, amounts, addresses. Read so that the same fact in English
//! and in French is the same. It does not know which of two texts is right.

mod amounts;
mod calendar;
mod clock;
pub(super) mod links;
mod sheet;

use std::sync::LazyLock;

use sheet::Sheet;

use crate::Shadow;

/// What kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FactKind {
    /// A day of a month.
    Date,
    /// A month by itself.
    Month,
    /// A day of the week.
    Weekday,
    /// A time of day.
    Time,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A phone number.
    Phone,
    /// A year by itself.
    Year,
    /// Any other number.
    Number,
    /// A web address.
    Link,
}

impl FactKind {
    /// Every kind.
    pub(super) const ALL: [Self; 10] = [
        Self::Date,
        Self::Weekday,
        Self::Time,
        Self::Money,
        Self::Percent,
        Self::Phone,
        Self::Link,
        Self::Number,
        Self::Year,
        Self::Month,
    ];

    /// What a message calls it.
    pub(super) const fn called(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Month => "month",
            Self::Weekday => "day of the week",
            Self::Time => "time",
            Self::Money => "amount of money",
            Self::Percent => "percentage",
            Self::Phone => "phone number",
            Self::Year => "year",
            Self::Number => "number",
            Self::Link => "link",
        }
    }
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A day; `either` where day and month may be the other way round.
    Day { year: Option<u32>, month: u32, day: u32, either: bool },
    /// Minutes since midnight; `vague` where morning or evening is not said; `zone` in minutes east of the Pacific.
    Time { minutes: i32, vague: bool, zone: Option<i32> },
    /// A number in its shortest form, or the number of a month or a weekday.
    Amount(String),
    /// An address without what only counts readers.
    Link { host: String, path: String },
}

/// One fact.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// Of which kind.
    pub(super) kind: FactKind,
    /// What it says.
    pub(super) value: Value,
    /// As it is written.
    pub(super) shown: String,
}

impl Fact {
    /// Whether two facts say the same; across languages an address may lead to another page of the same site.
    pub(super) fn agrees(&self, other: &Self, across: bool) -> bool {
        match (&self.value, &other.value) {
            (
                Value::Day { year, month, day, either },
                Value::Day { year: its_year, month: its_month, day: its_day, either: its_either },
            ) => {
                let same = month == its_month && day == its_day;
                let swapped = (*either || *its_either) && month == its_day && day == its_month;
                let years = year.zip(*its_year).is_none_or(|(one, other)| one == other);
                (same || swapped) && years
            }
            (
                Value::Time { minutes, vague, zone },
                Value::Time { minutes: its_minutes, vague: its_vague, zone: its_zone },
            ) => {
                let shift = zone.zip(*its_zone).map_or(0, |(one, other)| one - other);
                let day = if *vague || *its_vague { 720 } else { 1440 };
                (minutes - shift).rem_euclid(day) == its_minutes.rem_euclid(day)
            }
            (Value::Link { host, path }, Value::Link { host: its_host, path: its_path }) => {
                host == its_host && (across || path == its_path)
            }
            (one, other) => one == other,
        }
    }
}

/// Reads facts.
pub(super) struct FactReader {
    calendar: calendar::Calendar,
    clock: clock::Clock,
    amounts: amounts::Amounts,
}

/// Its patterns know no office: they are compiled once.
static READER: LazyLock<Result<FactReader, String>> = LazyLock::new(FactReader::compile);

impl FactReader {
    /// The one reader.
    pub(super) fn shared() -> Result<&'static Self, String> {
        READER.as_ref().map_err(Clone::clone)
    }

    fn compile() -> Result<Self, String> {
        Ok(Self {
            calendar: calendar::Calendar::compile()?,
            clock: clock::Clock::compile()?,
            amounts: amounts::Amounts::compile()?,
        })
    }

    /// Every fact of a text, kind by kind.
    pub(super) fn read(&self, shadow: &Shadow<'_>) -> Vec<Fact> {
        let mut sheet = Sheet::of(shadow);
        links::read(shadow, &mut sheet);
        self.amounts.phones(&mut sheet);
        self.calendar.read(&mut sheet);
        self.clock.read(&mut sheet);
        self.amounts.read(&mut sheet);
        sheet.facts
    }
}

/// For a kind, the facts of either side that the other does not state.
pub(super) fn unmatched<'f>(
    kind: FactKind,
    one: &'f [Fact],
    other: &'f [Fact],
    across: bool,
) -> (Vec<&'f Fact>, Vec<&'f Fact>) {
    let lone = |these: &'f [Fact], those: &'f [Fact]| -> Vec<&'f Fact> {
        let of_kind = these.iter().filter(|fact| fact.kind == kind);
        of_kind.filter(|fact| !those.iter().any(|its| its.kind == kind && fact.agrees(its, across))).collect()
    };
    (lone(one, other), lone(other, one))
}

/// The first two facts of a kind that contradict one another.
pub(super) fn contradiction<'f>(
    one: &'f [Fact],
    other: &'f [Fact],
    across: bool,
) -> Option<(FactKind, &'f Fact, &'f Fact)> {
    FactKind::ALL.into_iter().find_map(|kind| {
        let (ours, theirs) = unmatched(kind, one, other, across);
        Some((kind, *ours.first()?, *theirs.first()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drift(one: &str, other: &str) -> Option<FactKind> {
        let reader = FactReader::compile().unwrap();
        let (one, other) = (reader.read(&Shadow::of(one)), reader.read(&Shadow::of(other)));
        contradiction(&one, &other, true).map(|(kind, _, _)| kind)
    }

    #[test]
    fn the_same_facts_in_two_languages_agree() {
        for (english, french) in [
            ("Nov 26, 6 pm", "le 26 novembre à 18 h"),
            ("Thursday, November 26th, 6:30 p.m.", "jeudi 26 novembre, 18 h 30"),
            ("November 24-26, 2026", "du 24 au 26 novembre 2026"),
            ("May 1 at noon", "le 1er mai à midi"),
            ("May 3, 10 and 17", "les 3, 10 et 17 mai"),
            ("9 am to 4 pm", "de 9 h à 16 h"),
            ("2-4 pm", "de 14 h à 16 h"),
            ("412 adults at five clinics", "412 adultes dans cinq cliniques"),
            ("$25.50 a ticket", "25,50 $ le billet"),
            ("$1.5 million", "1,5 million de dollars"),
            ("1,200 people", "1 200 personnes"),
            ("12.5% fewer", "12,5 % de moins"),
            ("6 pm PT", "21 h HE"),
            ("2026-11-26", "26/11/2026"),
            ("3 of 5 sites", "trois des cinq sites"),
            ("Call 604-555-0100", "Appelez le 604 555-0100"),
            ("COVID-19 and 12-week plans", "COVID-19 : plans de 12 semaines"),
            ("https://a.example.org/en/forum", "https://a.example.org/fr/forum?utm_source=x"),
            ("Twenty-five nurses", "vingt-cinq infirmières"),
            ("All 6 may apply by 5 March", "Les 6 peuvent postuler avant le 5 mars"),
            ("1,204 people, 18.5%, $2.5 million", "1 204 personnes, 18,5 %, 2,5 millions de dollars"),
            ("December 9, 7 pm", "le 9 décembre à 19 h"),
            ("9 December 2026, 2:30 p.m.", "le 9 décembre 2026 à 14 h 30"),
            ("Trial NCT04012345, grant PJT-123456", "Essai NCT04012345, subvention PJT-123456"),
            ("Walk 5 km with 30 people", "Marchez 5 km avec 30 personnes"),
            ("$12,000 in prizes", "12 000 $ en prix"),
            ("by April 9, 75% of sites", "d'ici le 9 avril, 75 % des sites"),
            ("Call 604-555-0100, 9 am to 4 pm", "Composez le 604 555-0100, de 9 h à 16 h"),
        ] {
            assert_eq!(drift(english, french), None, "{english} / {french}");
        }
    }

    #[test]
    fn other_facts_contradict() {
        for (one, other, kind) in [
            ("Nov 26, 6 pm", "le 27 novembre à 18 h", FactKind::Date),
            ("Nov 26, 6 pm", "le 26 novembre à 16 h", FactKind::Time),
            ("On Thursday", "vendredi prochain", FactKind::Weekday),
            ("412 adults", "421 adultes", FactKind::Number),
            ("18% fewer", "15 % de moins", FactKind::Percent),
            ("$25", "35 $", FactKind::Money),
            ("https://a.example.org/x", "https://b.example.org/x", FactKind::Link),
            ("starts at 9:30 am", "starts at 9 am", FactKind::Time),
            ("Call 604-555-0100", "Appelez le 604-555-0101", FactKind::Phone),
            ("in June", "en juillet", FactKind::Month),
            ("May 3 at 5 pm PT", "May 3 at 5 pm ET", FactKind::Time),
            ("Doors open March 3, 6 pm.", "Ouverture des portes le 3 mars à 17 h.", FactKind::Time),
            (
                "A grant of $1.2 million for sleep.",
                "Une subvention de 1,4 million de dollars.",
                FactKind::Money,
            ),
            ("Wait times fell by 9%.", "Wait times fell by 19 %.", FactKind::Percent),
            ("On 2026-11-26 at 16:00", "On 2026-11-26 at 17:00", FactKind::Time),
            ("We reached 1,204 people.", "Nous avons joint 1 240 personnes.", FactKind::Number),
            ("Take 5 mg a day", "Prenez 50 mg par jour", FactKind::Number),
        ] {
            assert_eq!(drift(one, other), Some(kind), "{one} / {other}");
        }
    }
}
