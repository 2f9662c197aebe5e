//! Days, hours of the day, or both, in which nothing goes out: whether they cover an instant, and when they are over.
//! Pure.
//!
//! What counts is what the clocks show there: an hour that occurs twice is quiet twice, one that is skipped never was.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use jiff::{civil, tz::TimeZone};

use super::{jiff_day, stamp, to_chrono, zone};
use crate::error::{RefusalCode, Result, refuse};

/// Days that one stretch may have, at most.
pub(crate) const MOST_DAYS: i64 = 366;

/// Years in which days may begin: what both engines keep, and clocks are known of.
const YEARS: Range<i16> = 1970..9_000;

/// Clock changes that may end a quiet time are looked for in the next two days.
const CHANGES_WITHIN: TimeDelta = TimeDelta::days(2);
/// Local days on which those two days may fall.
const SOON: usize = 4;

/// How many ends of quiet times, one after another, are looked at before there is said to be no free time.
const MOST_ENDS: usize = 1_000;

/// A quiet time: on these days or on all, in these hours or in all.
#[derive(Debug, Clone)]
pub(crate) struct Quiet {
    zone: TimeZone,
    days: Option<Days>,
    hours: Option<Hours>,
}

#[derive(Debug, Clone, Copy)]
struct Days {
    first: civil::Date,
    last: civil::Date,
    yearly: bool,
}

#[derive(Debug, Clone, Copy)]
struct Hours {
    from: civil::Time,
    /// Not later than `from`: on the day after.
    to: civil::Time,
}

impl Quiet {
    /// From the first and last day, whether they come again each year, `HH:MM` from and to, and the zone.
    pub(crate) fn new(
        days: Option<(NaiveDate, NaiveDate)>,
        yearly: bool,
        hours: Option<(&str, &str)>,
        time_zone: &str,
    ) -> Result<Self> {
        let zone = zone("timeZone", time_zone)?;
        let days = days.map(|(first, last)| Days::new(first, last, yearly)).transpose()?;
        let hours = hours.map(|(from, to)| Hours::new(from, to)).transpose()?;
        if days.is_none() && hours.is_none() {
            return refuse(
                RefusalCode::Required,
                "",
                "say on which days, in which hours of the day, or both",
            );
        }
        if days.is_none() && yearly {
            return refuse(RefusalCode::Invalid, "yearly", "only days come again each year: say which");
        }
        Ok(Self { zone, days, hours })
    }

    /// Whether it is quiet at this instant.
    pub(crate) fn covers(&self, instant: DateTime<Utc>) -> bool {
        let Ok(stamp) = stamp(instant) else { return false };
        let shown = self.zone.to_datetime(stamp);
        let (day, time) = (shown.date(), shown.time());
        match self.hours {
            None => self.on(day),
            Some(Hours { from, to }) if from < to => (from..to).contains(&time) && self.on(day),
            Some(Hours { from, to }) => {
                (time >= from && self.on(day)) || (time < to && day.yesterday().is_ok_and(|day| self.on(day)))
            }
        }
    }

    fn on(&self, day: civil::Date) -> bool {
        self.days.is_none_or(|days| days.have(day))
    }

    /// The first instant after this one at which it is not quiet; none when it does not end.
    fn over_after(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let first = self.zone.to_datetime(stamp(instant).ok()?).date();
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        let mut days = days.take(usize::try_from(MOST_DAYS).unwrap_or_default() + SOON);
        let over = |edge: &DateTime<Utc>| *edge > instant && !self.covers(*edge);
        // Of all days up to the last of these changes at once: the earliest edge of all is wanted.
        let soon = days.by_ref().take(SOON).flat_map(|day| self.edges(day));
        let soon = soon.chain(self.clock_changes(instant)).filter(over).min();
        soon.or_else(|| days.find_map(|day| self.edges(day).into_iter().filter(over).min()))
    }

    /// Instants on a day at which it may end: midnight after it, and the time to which the hours go, each time it comes.
    fn edges(&self, day: civil::Date) -> Vec<DateTime<Utc>> {
        let midnight = day.tomorrow().map(|next| next.to_datetime(civil::Time::midnight())).ok();
        let to = self.hours.map(|hours| day.to_datetime(hours.to));
        let both = |time: civil::DateTime| {
            let ambiguous = || self.zone.to_ambiguous_zoned_datetime(time);
            [ambiguous().compatible(), ambiguous().later()]
        };
        let zoned = midnight.into_iter().chain(to).flat_map(both).flatten();
        zoned.filter_map(|zoned| to_chrono(zoned.timestamp())).collect()
    }

    /// The clock changes of the next days: one may jump over the end.
    fn clock_changes(&self, instant: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let Ok(from) = stamp(instant) else { return Vec::new() };
        let at = |change: jiff::tz::TimeZoneTransition<'_>| to_chrono(change.timestamp());
        let near = |at: &DateTime<Utc>| *at < instant + CHANGES_WITHIN;
        self.zone.following(from).map_while(at).take_while(near).collect()
    }
}

impl Days {
    fn new(first: NaiveDate, last: NaiveDate, yearly: bool) -> Result<Self> {
        let long = last.signed_duration_since(first).num_days() + 1;
        if long < 1 {
            return refuse(RefusalCode::Invalid, "endsOn", "the last day must not be before the first");
        }
        if long > MOST_DAYS || (yearly && long >= 365) {
            let message =
                format!("at most {MOST_DAYS} days, and less than a year of days that come each year");
            return refuse(RefusalCode::Invalid, "endsOn", message);
        }
        match jiff_day(first).zip(jiff_day(last)) {
            Some((first, last)) if YEARS.contains(&first.year()) => Ok(Self { first, last, yearly }),
            _ => refuse(RefusalCode::Invalid, "startsOn", "that day is out of range"),
        }
    }

    fn have(self, day: civil::Date) -> bool {
        if !self.yearly {
            return self.first <= day && day <= self.last;
        }
        // Of this year, or begun in the last one and going on over the turn of the year.
        let over = self.last.year() - self.first.year();
        [day.year(), day.year() - 1].into_iter().filter(|year| *year >= self.first.year()).any(|year| {
            let (first, last) = (in_year(self.first, year), in_year(self.last, year.saturating_add(over)));
            first <= Some(day) && last.is_some_and(|last| day <= last)
        })
    }
}

/// The same day in another year; of a leap day that the year lacks, the day before.
fn in_year(day: civil::Date, year: i16) -> Option<civil::Date> {
    let same = civil::Date::new(year, day.month(), day.day());
    same.or_else(|_leap| civil::Date::new(year, day.month(), day.day() - 1)).ok()
}

impl Hours {
    fn new(from: &str, to: &str) -> Result<Self> {
        let (from, to) = (hour("fromTime", from)?, hour("toTime", to)?);
        if from == to {
            return refuse(RefusalCode::Invalid, "toTime", "for whole days leave out the hours");
        }
        Ok(Self { from, to })
    }
}

fn hour(field: &str, value: &str) -> Result<civil::Time> {
    let parsed = value.parse::<civil::Time>().ok().filter(|time| time.second() == 0 && value.len() == 5);
    match parsed {
        Some(time) => Ok(time),
        None => refuse(RefusalCode::Invalid, field, format!("{field} must be a time HH:MM, such as 22:00")),
    }
}

/// The first instant, this one or a later one, at which none of them is quiet; none when there is none soon enough.
pub(crate) fn free_from<'a>(
    quiet: &(impl Iterator<Item = &'a Quiet> + Clone),
    instant: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let mut free = instant;
    for _ in 0..MOST_ENDS {
        match quiet.clone().find(|quiet| quiet.covers(free)) {
            None => return Some(free),
            Some(covering) => free = covering.over_after(free)?,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        super::super::resolve("at", text, "America/Vancouver").unwrap().instant
    }

    fn days(first: &str, last: &str, yearly: bool) -> Quiet {
        let days = (first.parse().unwrap(), last.parse().unwrap());
        Quiet::new(Some(days), yearly, None, "America/Vancouver").unwrap()
    }

    fn nightly(from: &str, to: &str, zone: &str) -> Quiet {
        Quiet::new(None, false, Some((from, to)), zone).unwrap()
    }

    #[test]
    fn whole_days_end_with_the_last_one() {
        let quiet = days("2027-12-24", "2027-12-26", false);
        assert!(!quiet.covers(at("2027-12-23T23:59")) && quiet.covers(at("2027-12-24T00:00")));
        assert_eq!(free_from(&[&quiet].into_iter(), at("2027-12-24T12:00")), Some(at("2027-12-27T00:00")));
        assert!(!quiet.covers(at("2028-12-25T12:00")), "of that year only");
    }

    #[test]
    fn yearly_days_go_over_the_turn_of_the_year() {
        let quiet = days("2026-12-24", "2027-01-02", true);
        for inside in ["2026-12-31T12:00", "2027-01-02T23:59", "2029-12-24T00:00", "2030-01-01T00:00"] {
            assert!(quiet.covers(at(inside)), "{inside}");
        }
        assert!(!quiet.covers(at("2026-01-01T12:00")) && !quiet.covers(at("2028-01-03T00:00")));
        let leap = days("2028-02-29", "2028-02-29", true);
        assert!(leap.covers(at("2029-02-28T12:00")) && !leap.covers(at("2029-03-01T00:00")));
    }

    #[test]
    fn quiet_hours_go_over_midnight_and_meet_quiet_days() {
        let night = nightly("22:00", "07:00", "America/Vancouver");
        assert!(night.covers(at("2027-03-01T23:00")) && night.covers(at("2027-03-02T06:59")));
        assert!(!night.covers(at("2027-03-02T07:00")) && !night.covers(at("2027-03-02T21:59")));
        let day = days("2027-03-02", "2027-03-02", false);
        let free = free_from(&[&night, &day].into_iter(), at("2027-03-01T23:00"));
        assert_eq!(free, Some(at("2027-03-03T07:00")), "night, day and night again");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let days = |first, last| Some((day(first), day(last)));
        assert!(Quiet::new(None, false, None, "Europe/Berlin").is_err());
        assert!(Quiet::new(days("2027-03-02", "2027-03-01"), false, None, "Europe/Berlin").is_err());
        assert!(Quiet::new(days("2027-03-02", "2028-03-01"), true, None, "Europe/Berlin").is_err());
        assert!(Quiet::new(None, false, Some(("22:00", "22:00")), "Europe/Berlin").is_err());
        assert!(Quiet::new(None, true, Some(("22:00", "07:00")), "Europe/Berlin").is_err());
        assert!(Quiet::new(None, false, Some(("10pm", "07:00")), "Europe/Berlin").is_err());
    }

    #[test]
    fn quiet_hours_end_where_the_clocks_say_so_across_every_change() {
        for change in super::super::clock_changes::distinct_changes() {
            for (from, to) in [("22:00", "07:00"), ("01:15", "02:30"), ("23:45", "01:30")] {
                let quiet = nightly(from, to, &change.zone);
                for minutes in (-1_440..1_440).step_by(45) {
                    let asked = change.at + TimeDelta::minutes(minutes);
                    let free = free_from(&[&quiet].into_iter(), asked).unwrap();
                    let named = format!("{} {from} to {to} at {asked}", change.zone);
                    assert!(!quiet.covers(free), "{named}");
                    assert!(
                        free == asked || quiet.covers(free - TimeDelta::seconds(1)),
                        "{named}: not sooner"
                    );
                    assert_eq!(free == asked, !quiet.covers(asked), "{named}");
                }
            }
        }
    }
}
