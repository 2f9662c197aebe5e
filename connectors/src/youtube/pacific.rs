//! When the day ends by which YouTube counts quota: at midnight on the west coast of the United States. Pure. It knows the
//! rule for summer time since 2007; were that changed, a wait would be an hour off, and no post lost.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

/// From `now` to the next midnight there; none at the end of the calendar.
pub(super) fn until_midnight(now: DateTime<Utc>) -> Option<Duration> {
    let yesterday = now.date_naive().checked_sub_days(Days::new(1))?;
    let mut midnights = (0..4).filter_map(|days| midnight(yesterday.checked_add_days(Days::new(days))?));
    (midnights.find(|midnight| *midnight > now)? - now).to_std().ok()
}

/// The instant at which `date` begins there.
fn midnight(date: NaiveDate) -> Option<DateTime<Utc>> {
    let behind = TimeDelta::hours(if begins_in_summer(date)? { 7 } else { 8 });
    date.and_time(NaiveTime::MIN).and_utc().checked_add_signed(behind)
}

/// Clocks are changed at two in the morning, so a day begins by the time of the day before.
fn begins_in_summer(date: NaiveDate) -> Option<bool> {
    let starts = NaiveDate::from_weekday_of_month_opt(date.year(), 3, Weekday::Sun, 2)?;
    let ends = NaiveDate::from_weekday_of_month_opt(date.year(), 11, Weekday::Sun, 1)?;
    Some(starts < date && date <= ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_on_the_west_coast() {
        let rows = [
            ("2026-11-22T10:00:00Z", "2026-11-23T08:00:00Z"),
            ("2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z"),
            ("2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z"),
            ("2026-07-01T06:59:59Z", "2026-07-01T07:00:00Z"),
            ("2026-07-01T12:00:00Z", "2026-07-02T07:00:00Z"),
            // Both days of a change begin by the old time, and the days after them by the new.
            ("2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z"),
            ("2026-03-08T12:00:00Z", "2026-03-09T07:00:00Z"),
            ("2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"),
            ("2026-11-01T12:00:00Z", "2026-11-02T08:00:00Z"),
            ("2026-12-31T23:00:00Z", "2027-01-01T08:00:00Z"),
        ];
        for (now, ends) in rows {
            let (now, ends): (DateTime<Utc>, DateTime<Utc>) = (now.parse().unwrap(), ends.parse().unwrap());
            assert_eq!(until_midnight(now), (ends - now).to_std().ok(), "{now}");
        }
    }
}
