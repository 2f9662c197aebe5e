//! How a recurrence repeats, as clients write and read it.

use async_graphql::{InputObject, OneofObject, SimpleObject, Union};
use entity::recurrence::{MonthDay, Repeats};
use office::{RefusalCode, Result, error::refuse, recurrences::Ends};

use crate::graphql::{channel::Weekday, scalars::Date};

/// How it repeats: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum RepeatsInput {
    /// Every so many days.
    Days(EveryDaysInput),
    /// Every so many weeks, on some weekdays.
    Weeks(EveryWeeksInput),
    /// Every so many months, on one day.
    Months(EveryMonthsInput),
}

/// Every so many days.
#[derive(Debug, InputObject)]
pub(crate) struct EveryDaysInput {
    /// How many, 1 to 366: 1 is daily.
    #[graphql(default = 1)]
    every: i32,
}

/// Every so many weeks, which begin on Mondays.
#[derive(Debug, InputObject)]
pub(crate) struct EveryWeeksInput {
    /// How many, 1 to 366: 2 is every other week, counted from the week of the first day.
    #[graphql(default = 1)]
    every: i32,
    /// On these days.
    weekdays: Vec<Weekday>,
}

/// Every so many months.
#[derive(Debug, InputObject)]
pub(crate) struct EveryMonthsInput {
    /// How many, 1 to 366: 3 is quarterly.
    #[graphql(default = 1)]
    every: i32,
    /// On which day.
    on: MonthDayInput,
}

/// Which day of a month: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum MonthDayInput {
    /// By its number, 1 to 31; in a shorter month its last day.
    Day(i32),
    /// `true`: the last one.
    LastDay(bool),
    /// The first to fourth of a weekday.
    Weekday(NthWeekdayInput),
    /// The last of a weekday.
    LastWeekday(Weekday),
}

/// The first to fourth of a weekday.
#[derive(Debug, InputObject)]
pub(crate) struct NthWeekdayInput {
    /// 1 to 4.
    nth: i32,
    /// Which day.
    weekday: Weekday,
}

/// When it ends: exactly one of these.
#[derive(Debug, Clone, OneofObject)]
pub(crate) enum EndsInput {
    /// With the last of its days that is not after this one.
    On(Date),
    /// After so many times, 1 to 1,000, counted from the first.
    After(i32),
}

impl RepeatsInput {
    /// As the office takes it.
    pub(super) fn read(self) -> Result<Repeats> {
        Ok(match self {
            Self::Days(days) => Repeats::Days { every: days.every },
            Self::Weeks(weeks) => Repeats::Weeks {
                every: weeks.every,
                weekdays: weeks.weekdays.into_iter().map(Weekday::number).collect(),
            },
            Self::Months(months) => Repeats::Months { every: months.every, on: months.on.read()? },
        })
    }
}

impl MonthDayInput {
    fn read(self) -> Result<MonthDay> {
        // What is out of range stays so: the office says which numbers there are.
        let small = |number: i32| i16::try_from(number).unwrap_or_default();
        Ok(match self {
            Self::Day(day) => MonthDay::Day(small(day)),
            Self::LastDay(true) => MonthDay::LastDay,
            Self::LastDay(false) => {
                return refuse(
                    RefusalCode::Invalid,
                    "repeats.months.on.lastDay",
                    "leave it out, or set it to true",
                );
            }
            Self::Weekday(on) => MonthDay::Weekday { nth: small(on.nth), weekday: on.weekday.number() },
            Self::LastWeekday(weekday) => MonthDay::LastWeekday { weekday: weekday.number() },
        })
    }
}

impl EndsInput {
    /// As the office takes it.
    pub(super) fn read(self) -> Ends {
        match self {
            Self::On(day) => Ends::On(day.0),
            Self::After(times) => Ends::After(times),
        }
    }
}

/// How a recurrence repeats.
#[derive(Debug, Union)]
pub(crate) enum RepeatRule {
    /// Every so many days.
    Days(EveryDays),
    /// Every so many weeks.
    Weeks(EveryWeeks),
    /// Every so many months.
    Months(EveryMonths),
}

/// Every so many days.
#[derive(Debug, SimpleObject)]
pub(crate) struct EveryDays {
    /// How many.
    every: i32,
}

/// Every so many weeks, which begin on Mondays.
#[derive(Debug, SimpleObject)]
pub(crate) struct EveryWeeks {
    /// How many.
    every: i32,
    /// On these days, in the order of the week.
    weekdays: Vec<Weekday>,
}

/// Every so many months, on the one day that is not null.
#[derive(Debug, Default, SimpleObject)]
pub(crate) struct EveryMonths {
    /// How many.
    every: i32,
    /// The day's number, 1 to 31; in a shorter month its last day.
    day: Option<i32>,
    /// Whether it is the last day.
    last_day: bool,
    /// The first to fourth, 1 to 4, of `weekday`; null for the last of it.
    nth: Option<i32>,
    /// The weekday.
    weekday: Option<Weekday>,
}

impl From<&Repeats> for RepeatRule {
    fn from(repeats: &Repeats) -> Self {
        match repeats {
            Repeats::Days { every } => Self::Days(EveryDays { every: *every }),
            Repeats::Weeks { every, weekdays } => Self::Weeks(EveryWeeks {
                every: *every,
                weekdays: weekdays.iter().copied().map(Weekday::of).collect(),
            }),
            Repeats::Months { every, on } => {
                let months = EveryMonths { every: *every, ..EveryMonths::default() };
                Self::Months(match *on {
                    MonthDay::Day(day) => EveryMonths { day: Some(day.into()), ..months },
                    MonthDay::LastDay => EveryMonths { last_day: true, ..months },
                    MonthDay::Weekday { nth, weekday } => {
                        EveryMonths { nth: Some(nth.into()), weekday: Some(Weekday::of(weekday)), ..months }
                    }
                    MonthDay::LastWeekday { weekday } => {
                        EveryMonths { weekday: Some(Weekday::of(weekday)), ..months }
                    }
                })
            }
        }
    }
}
