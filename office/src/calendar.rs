//! Local time, zone and instant. Pure.
//!
//! The rule for clock changes: a local time that a change skips is moved forward by the length of the gap; one that
//! occurs twice means the first. Both are told to the caller.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use jiff::{Timestamp, ToSpan as _, civil, tz::TimeZone};

use crate::error::{Refusal, RefusalCode, Result};

#[cfg(test)]
mod clock_changes;
pub(crate) mod quiet;
mod rule;

pub use rule::{MOST_PERIODS, Rule};

/// What a clock change did to a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockChange {
    /// Nothing.
    None,
    /// The local time does not exist on that day: moved forward by the gap.
    Skipped,
    /// The local time occurs twice on that day: the first is meant.
    Repeated,
}

/// A wish, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalInstant {
    /// The wish as given, `YYYY-MM-DDTHH:MM:SS`.
    pub local_time: String,
    /// IANA zone.
    pub time_zone: String,
    /// The instant that it means.
    pub instant: DateTime<Utc>,
    /// Whether a clock change moved it.
    pub clock_change: ClockChange,
}

/// The zone of an IANA name.
pub fn zone(field: &str, name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(|_unknown| {
        let message = format!("`{name}` is not an IANA time zone; write one such as America/Vancouver");
        Refusal::new(RefusalCode::Invalid, field, message).into()
    })
}

/// Resolves a local time in a zone.
pub fn resolve(field: &str, local_time: &str, time_zone: &str) -> Result<LocalInstant> {
    let zone = zone("timeZone", time_zone)?;
    let unreadable = || {
        let message =
            format!("`{local_time}` is not a local time; write YYYY-MM-DDTHH:MM, without offset or Z");
        Refusal::new(RefusalCode::Invalid, field, message)
    };
    // The parser skips an offset in silence; a caller who wrote one meant an instant.
    let plain = |time: &str| time.chars().all(|c| matches!(c, '0'..='9' | ':' | '.'));
    if !local_time.split_once('T').is_some_and(|(_, time)| plain(time)) {
        return Err(unreadable().into());
    }
    let civil: civil::DateTime = local_time.parse().map_err(|_syntax| unreadable())?;
    // A wish is kept to the second: what is resolved is what is kept.
    let whole = civil.with().subsec_nanosecond(0).build().map_err(|_range| unreadable())?;
    at(field, whole, &zone, time_zone)
}

fn at(field: &str, civil: civil::DateTime, zone: &TimeZone, time_zone: &str) -> Result<LocalInstant> {
    let out_of_range = || Refusal::new(RefusalCode::Invalid, field, "that time is out of range");
    let ambiguous = zone.to_ambiguous_zoned_datetime(civil);
    let clock_change = match ambiguous.offset() {
        jiff::tz::AmbiguousOffset::Unambiguous { .. } => ClockChange::None,
        jiff::tz::AmbiguousOffset::Gap { .. } => ClockChange::Skipped,
        jiff::tz::AmbiguousOffset::Fold { .. } => ClockChange::Repeated,
    };
    let zoned = ambiguous.compatible().map_err(|_range| out_of_range())?;
    let instant = to_chrono(zoned.timestamp()).ok_or_else(out_of_range)?;
    Ok(LocalInstant {
        local_time: civil.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        time_zone: time_zone.to_owned(),
        instant,
        clock_change,
    })
}

/// The same time of day so many days later, or earlier.
pub fn days_later(local_time: &str, time_zone: &str, days: i64) -> Result<LocalInstant> {
    let out_of_range = || Refusal::new(RefusalCode::Invalid, "days", "that time is out of range");
    let civil: civil::DateTime = local_time.parse().map_err(|_unreadable| out_of_range())?;
    let span = jiff::Span::new().try_days(days).map_err(|_range| out_of_range())?;
    let there = civil.checked_add(span).map_err(|_range| out_of_range())?;
    at("days", there, &zone("timeZone", time_zone)?, time_zone)
}

/// An instant as local time in a zone.
pub fn local(instant: DateTime<Utc>, time_zone: &str) -> Result<LocalInstant> {
    let zone = zone("timeZone", time_zone)?;
    let civil = stamp(instant)?.to_zoned_datetime(zone).datetime();
    Ok(LocalInstant {
        local_time: civil.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        time_zone: time_zone.to_owned(),
        instant,
        clock_change: ClockChange::None,
    })
}

/// Which day it is in a zone at an instant.
pub fn day(instant: DateTime<Utc>, time_zone: &str) -> Result<NaiveDate> {
    let day = civil_day(instant, &zone("timeZone", time_zone)?)?;
    chrono_day(day).ok_or_else(|| Refusal::new(RefusalCode::Invalid, "", "that day is out of range").into())
}

/// When a day begins in a zone: its first instant, wherever a clock change puts it.
pub fn day_begins(day: NaiveDate, time_zone: &str) -> Result<DateTime<Utc>> {
    let out_of_range = || Refusal::new(RefusalCode::Invalid, "", "that day is out of range");
    let midnight = jiff_day(day).ok_or_else(out_of_range)?.to_datetime(civil::Time::midnight());
    Ok(at("", midnight, &zone("timeZone", time_zone)?, time_zone)?.instant)
}

/// The occurrences of a weekly slot after `after`, in order and without end; none that was before it, whichever way a
/// clock change moved it.
pub fn weekly(
    weekday: i16,
    local_time: &str,
    time_zone: &str,
    after: DateTime<Utc>,
) -> Result<impl Iterator<Item = LocalInstant>> {
    let zone = zone("timeZone", time_zone)?;
    let invalid = |what: &str| {
        Refusal::new(RefusalCode::Invalid, what, "a slot is a weekday from 1 to 7 and a time HH:MM")
    };
    let time: civil::Time = local_time.parse().map_err(|_unreadable| invalid("localTime"))?;
    let wanted = i8::try_from(weekday).ok().and_then(|day| civil::Weekday::from_monday_one_offset(day).ok());
    let wanted = wanted.ok_or_else(|| invalid("weekday"))?;
    let days = days_around(after, &zone)?.filter(move |day| day.weekday() == wanted);
    let time_zone = time_zone.to_owned();
    let resolved = days.map_while(move |day| at("localTime", day.to_datetime(time), &zone, &time_zone).ok());
    Ok(resolved.filter(move |time| time.instant > after))
}

/// Days before the one on which an instant falls from which a day's time may still be moved to after it: a zone that
/// crosses the date line skips a whole day.
const DAYS_BACK: i64 = 2;

/// Every day whose times may lie after an instant, in order.
fn days_around(after: DateTime<Utc>, zone: &TimeZone) -> Result<impl Iterator<Item = civil::Date> + use<>> {
    let first = civil_day(after, zone)?.saturating_sub(DAYS_BACK.days());
    Ok(std::iter::successors(Some(first), |day| day.checked_add(1.day()).ok()))
}

fn civil_day(instant: DateTime<Utc>, zone: &TimeZone) -> Result<civil::Date> {
    Ok(stamp(instant)?.to_zoned_datetime(zone.clone()).date())
}

fn stamp(instant: DateTime<Utc>) -> Result<Timestamp> {
    let out_of_range = |_range| Refusal::new(RefusalCode::Invalid, "", "that time is out of range");
    Ok(Timestamp::from_microsecond(instant.timestamp_micros()).map_err(out_of_range)?)
}

fn to_chrono(stamp: Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(stamp.as_microsecond())
}

fn chrono_day(day: civil::Date) -> Option<NaiveDate> {
    let (month, number) = (u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?);
    NaiveDate::from_ymd_opt(day.year().into(), month, number)
}

fn jiff_day(day: NaiveDate) -> Option<civil::Date> {
    let (month, number) = (i8::try_from(day.month()).ok()?, i8::try_from(day.day()).ok()?);
    civil::Date::new(i16::try_from(day.year()).ok()?, month, number).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_skipped_time_moves_forward_and_a_repeated_one_is_the_first() {
        let gap = resolve("at", "2027-03-14T02:30", "America/Vancouver").unwrap();
        assert_eq!(
            (gap.instant.to_rfc3339(), gap.clock_change),
            ("2027-03-14T10:30:00+00:00".to_owned(), ClockChange::Skipped)
        );
        let fold = resolve("at", "2027-11-07T01:30", "America/Vancouver").unwrap();
        assert_eq!(
            (fold.instant.to_rfc3339(), fold.clock_change),
            ("2027-11-07T08:30:00+00:00".to_owned(), ClockChange::Repeated)
        );
    }

    #[test]
    fn an_offset_or_an_unknown_zone_is_refused() {
        assert!(resolve("at", "2027-03-14T02:30Z", "America/Vancouver").is_err());
        assert!(resolve("at", "2027-03-14T02:30+02:00", "America/Vancouver").is_err());
        assert!(resolve("at", "2027-03-14T02:30", "Pacific Standard Time").is_err());
        assert!(resolve("at", "tomorrow", "America/Vancouver").is_err());
    }

    proptest! {
        #[test]
        fn local_and_back_is_the_same_instant(micros in 0i64..4_000_000_000_000_000, zone in prop::sample::select(vec!["America/Vancouver", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"])) {
            let instant = DateTime::from_timestamp_micros(micros / 1_000_000 * 1_000_000).unwrap();
            let there = local(instant, zone).unwrap();
            let back = resolve("at", &there.local_time, zone).unwrap();
            prop_assert!(back.instant == instant || back.clock_change == ClockChange::Repeated);
        }

        #[test]
        fn slots_are_on_their_weekday_in_order_and_ahead(weekday in 1i16..8, hour in 0u8..24, micros in 0i64..4_000_000_000_000_000) {
            let after = DateTime::from_timestamp_micros(micros).unwrap();
            let found: Vec<_> = weekly(weekday, &format!("{hour:02}:30"), "Europe/Berlin", after).unwrap().take(3).collect();
            prop_assert!(found.len() == 3 && found[0].instant > after);
            prop_assert!(found.windows(2).all(|pair| pair[0].instant < pair[1].instant));
        }
    }
}
