//! Rules that repeat: which local times a rule names, one after another. Pure.
//!
//! Each time is worked out from the rule's first day and never from the time before it, so that no clock change carries
//! over: half past two is half past two on every day that has one.

use chrono::{DateTime, NaiveDate, Utc};
use entity::recurrence::{MonthDay, Repeats};
use jiff::{ToSpan as _, civil};

use super::{LocalInstant, at, civil_day, jiff_day, zone};
use crate::error::{Refusal, RefusalCode, Result};

/// Days, weeks or months between two periods of a rule, at most.
pub const MOST_PERIODS: i32 = 366;

/// A rule that repeats.
#[derive(Debug, Clone, Copy)]
pub struct Rule<'a> {
    /// How.
    pub repeats: &'a Repeats,
    /// The first day that may be one of its days.
    pub starts_on: NaiveDate,
    /// The last such day; none: it does not end by date.
    pub until: Option<NaiveDate>,
    /// How many times, counted from the first; none: it does not end by count.
    pub times: Option<i32>,
    /// `HH:MM`.
    pub local_time: &'a str,
    /// IANA zone.
    pub time_zone: &'a str,
}

impl Rule<'_> {
    /// Its times after `after`, in order, each later than the one before. Two of its days whose times a clock change made
    /// the same instant are one time.
    pub fn after(&self, after: DateTime<Utc>) -> Result<impl Iterator<Item = LocalInstant> + use<>> {
        let zone = zone("timeZone", self.time_zone)?;
        let invalid = |field: &str| Refusal::new(RefusalCode::Invalid, field, "that cannot be repeated");
        let time: civil::Time = self.local_time.parse().map_err(|_unreadable| invalid("localTime"))?;
        // Earlier days need not be resolved: none of them is moved so far.
        let from = civil_day(after, &zone)?.saturating_sub(super::DAYS_BACK.days());
        let name = self.time_zone.to_owned();
        let days = self.days().ok_or_else(|| invalid("startsOn"))?.skip_while(move |day| *day < from);
        let mut last = after;
        let resolved = days.map_while(move |day| at("localTime", day.to_datetime(time), &zone, &name).ok());
        Ok(resolved.filter(move |time| {
            let later = time.instant > last;
            last = last.max(time.instant);
            later
        }))
    }

    /// Its last time; none when it names none, or has no end.
    pub fn last(&self) -> Result<Option<LocalInstant>> {
        if self.until.is_none() && self.times.is_none() {
            return Ok(None);
        }
        Ok(self.after(DateTime::UNIX_EPOCH)?.last())
    }

    /// Its days, in order.
    fn days(&self) -> Option<impl Iterator<Item = civil::Date> + use<>> {
        let starts_on = jiff_day(self.starts_on)?;
        let until = self.until.map_or(Some(civil::Date::MAX), jiff_day)?;
        let times = self.times.map_or(usize::MAX, |times| usize::try_from(times).unwrap_or_default());
        let repeats = self.repeats.clone();
        let periods = (0_i64..).map_while(move |number| period(&repeats, starts_on, number));
        let days = periods.flatten().skip_while(move |day| *day < starts_on);
        Some(days.take_while(move |day| *day <= until).take(times))
    }
}

/// The days of a rule's period number so and so, in order; none beyond the end of the calendar.
fn period(repeats: &Repeats, starts_on: civil::Date, number: i64) -> Option<Vec<civil::Date>> {
    let steps = |every: i32| number.checked_mul(every.clamp(1, MOST_PERIODS).into());
    match repeats {
        Repeats::Days { every } => Some(vec![starts_on.checked_add(steps(*every)?.days()).ok()?]),
        Repeats::Weeks { every, weekdays } => {
            let since_monday = i64::from(starts_on.weekday().to_monday_zero_offset());
            let monday = starts_on.checked_sub(since_monday.days()).ok()?;
            let monday = monday.checked_add(steps(*every)?.weeks()).ok()?;
            let day = |weekday: &i16| monday.checked_add((i64::from(*weekday) - 1).days()).ok();
            weekdays.iter().map(day).collect()
        }
        Repeats::Months { every, on } => {
            let month = starts_on.first_of_month().checked_add(steps(*every)?.months()).ok()?;
            Some(vec![day_of(month, *on)?])
        }
    }
}

/// The day of a month.
fn day_of(month: civil::Date, on: MonthDay) -> Option<civil::Date> {
    let weekday = |number: i16| civil::Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok();
    match on {
        MonthDay::Day(number) => {
            let number = i8::try_from(number).ok()?.clamp(1, month.days_in_month());
            civil::Date::new(month.year(), month.month(), number).ok()
        }
        MonthDay::LastDay => Some(month.last_of_month()),
        MonthDay::Weekday { nth, weekday: day } => {
            month.nth_weekday_of_month(i8::try_from(nth).ok()?, weekday(day)?).ok()
        }
        MonthDay::LastWeekday { weekday: day } => month.nth_weekday_of_month(-1, weekday(day)?).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(repeats: &Repeats, starts_on: &str, count: usize) -> Vec<String> {
        let rule = Rule {
            repeats,
            starts_on: day(starts_on),
            until: None,
            times: None,
            local_time: "09:00",
            time_zone: "Europe/Berlin",
        };
        let found = rule.after(DateTime::UNIX_EPOCH).unwrap().take(count);
        found.map(|time| time.local_time.split('T').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_other_week_counts_from_the_week_of_the_first_day() {
        let repeats = Repeats::Weeks { every: 2, weekdays: vec![1, 5] };
        // A Wednesday: its week's Monday is past, its Friday is the first day.
        assert_eq!(days(&repeats, "2027-03-03", 4), ["2027-03-05", "2027-03-15", "2027-03-19", "2027-03-29"]);
    }

    #[test]
    fn the_31st_is_the_last_day_of_shorter_months() {
        let repeats = Repeats::Months { every: 1, on: MonthDay::Day(31) };
        assert_eq!(days(&repeats, "2028-01-31", 4), ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]);
        let repeats = Repeats::Months { every: 3, on: MonthDay::LastDay };
        assert_eq!(days(&repeats, "2027-11-15", 2), ["2027-11-30", "2028-02-29"]);
    }

    #[test]
    fn the_second_tuesday_and_the_last_friday_of_a_month() {
        let repeats = Repeats::Months { every: 1, on: MonthDay::Weekday { nth: 2, weekday: 2 } };
        assert_eq!(days(&repeats, "2027-03-10", 2), ["2027-04-13", "2027-05-11"]);
        let repeats = Repeats::Months { every: 1, on: MonthDay::LastWeekday { weekday: 5 } };
        assert_eq!(days(&repeats, "2027-04-01", 2), ["2027-04-30", "2027-05-28"]);
    }

    #[test]
    fn it_ends_by_date_or_by_count_whatever_time_it_is_asked_at() {
        let repeats = Repeats::Days { every: 1 };
        let rule = Rule {
            repeats: &repeats,
            starts_on: day("2027-03-01"),
            until: Some(day("2027-03-10")),
            times: None,
            local_time: "09:00",
            time_zone: "Europe/Berlin",
        };
        assert_eq!(rule.last().unwrap().unwrap().local_time, "2027-03-10T09:00:00");
        let counted = Rule { until: None, times: Some(3), ..rule };
        assert_eq!(counted.last().unwrap().unwrap().local_time, "2027-03-03T09:00:00");
        let after = "2027-03-02T12:00:00Z".parse().unwrap();
        assert_eq!(counted.after(after).unwrap().count(), 1, "the first two were counted");
    }

    #[test]
    fn a_day_that_a_zone_skipped_is_not_told_twice() {
        let repeats = Repeats::Days { every: 1 };
        let rule = Rule {
            repeats: &repeats,
            starts_on: day("2011-12-28"),
            until: None,
            times: None,
            local_time: "10:00",
            time_zone: "Pacific/Apia",
        };
        let found: Vec<_> = rule.after(DateTime::UNIX_EPOCH).unwrap().take(4).collect();
        assert!(found.windows(2).all(|pair| pair[0].instant < pair[1].instant));
        let days: Vec<_> = found.iter().map(|time| time.local_time.as_str()).collect();
        let told =
            ["2011-12-28T10:00:00", "2011-12-29T10:00:00", "2011-12-30T10:00:00", "2012-01-01T10:00:00"];
        assert_eq!(days, told, "the 30th does not exist: it is the 31st, once");
    }
}
