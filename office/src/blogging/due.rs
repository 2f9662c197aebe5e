//! When the next post of a duty to blog is due. Pure.
//!
//! The next post is due on the day that lies one cadence after the last one, or after the day on which the duty began;
//! the whole of that day, in the office's zone, is still in time. While a pause stands nothing is due, and what was due
//! meanwhile counts as overdue from the end of the pause only.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use entity::{blogging_duty, blogging_duty::CadenceUnit};

use crate::{calendar, error::Result};

/// How a duty to blog stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BloggingStanding {
    /// The next post is not overdue.
    OnTime,
    /// It is.
    Overdue,
    /// Nothing may go out, by a pause: nothing is due.
    Paused,
}

/// How a duty stands at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How.
    pub standing: BloggingStanding,
    /// The last day on which the next post is in time, in the office's zone.
    pub next_by: NaiveDate,
    /// Since when it is overdue; none while it is not.
    pub overdue_since: Option<DateTime<Utc>>,
    /// When the coordinators are told too; none while it is not overdue.
    pub escalates_at: Option<DateTime<Utc>>,
}

/// What is known of pauses that reach a duty.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paused {
    /// Whether one stands.
    pub(super) now: bool,
    /// When the last one ended.
    pub(super) until: Option<DateTime<Utc>>,
}

/// How a duty stands, by its last post.
pub(super) fn told(
    duty: &blogging_duty::Model,
    last_post: Option<DateTime<Utc>>,
    paused: Paused,
    (zone, now): (&str, DateTime<Utc>),
) -> Result<Told> {
    let last = last_post.map(|at| calendar::day(at, zone)).transpose()?;
    let from = last.map_or(duty.starts_on, |day| day.max(duty.starts_on));
    let next_by = later(from, duty.every, duty.unit);
    let ends = calendar::day_begins(next_by.succ_opt().unwrap_or(next_by), zone)?;
    let since = paused.until.map_or(ends, |until| until.max(ends));
    let (standing, overdue_since) = match () {
        () if paused.now => (BloggingStanding::Paused, None),
        () if now < since => (BloggingStanding::OnTime, None),
        () => (BloggingStanding::Overdue, Some(since)),
    };
    let grace = TimeDelta::days(duty.grace_days.into());
    Ok(Told { standing, next_by, overdue_since, escalates_at: overdue_since.map(|since| since + grace) })
}

/// One cadence after a day.
fn later(day: NaiveDate, every: i32, unit: CadenceUnit) -> NaiveDate {
    let every = u32::try_from(every).unwrap_or(1);
    let later = match unit {
        CadenceUnit::Days => day.checked_add_days(Days::new(every.into())),
        CadenceUnit::Weeks => day.checked_add_days(Days::new(u64::from(every) * 7)),
        CadenceUnit::Months => day.checked_add_months(Months::new(every)),
    };
    later.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const ZONES: [&str; 5] =
        ["America/Vancouver", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"];

    fn duty(every: i32, unit: CadenceUnit, starts_on: NaiveDate) -> blogging_duty::Model {
        blogging_duty::Model {
            id: Uuid::nil().into(),
            office_id: Uuid::nil().into(),
            initiative_id: Uuid::nil().into(),
            channel_id: Uuid::nil().into(),
            every,
            unit,
            starts_on,
            grace_days: 7,
            created_by: Uuid::nil().into(),
            ended_at: None,
            ended_by: None,
            ended_reason: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_whole_day_is_in_time_and_the_next_one_is_not() {
        let monthly = duty(1, CadenceUnit::Months, "2027-01-31".parse().unwrap());
        let at =
            |now: &str| told(&monthly, None, Paused::default(), ("America/Vancouver", instant(now))).unwrap();
        let last = at("2027-03-01T07:59:59Z");
        assert_eq!(
            (last.standing, last.next_by.to_string().as_str()),
            (BloggingStanding::OnTime, "2027-02-28")
        );
        let late = at("2027-03-01T08:00:00Z");
        assert_eq!(late.overdue_since, Some(instant("2027-03-01T08:00:00Z")));
        assert_eq!(late.escalates_at, Some(instant("2027-03-08T08:00:00Z")));
    }

    #[test]
    fn what_was_due_in_a_pause_is_overdue_from_its_end() {
        let weekly = duty(1, CadenceUnit::Weeks, "2027-01-04".parse().unwrap());
        let now = ("Europe/Berlin", instant("2027-02-01T12:00:00Z"));
        let paused = Paused { now: true, until: None };
        assert_eq!(told(&weekly, None, paused, now).unwrap().standing, BloggingStanding::Paused);
        let ended = Paused { now: false, until: Some(instant("2027-01-30T00:00:00Z")) };
        assert_eq!(told(&weekly, None, ended, now).unwrap().overdue_since, ended.until);
    }

    proptest! {
        /// Whatever a clock change does to a day's length: the last instant of the day is in time, the first of the next is
        /// not, and a post on the last day moves the next one by a whole cadence.
        #[test]
        fn a_day_ends_when_the_next_begins(
            days in 0u64..4_000, every in 1i32..60, unit in prop::sample::select(vec![CadenceUnit::Days, CadenceUnit::Weeks, CadenceUnit::Months]),
            zone in prop::sample::select(ZONES.to_vec()),
        ) {
            let starts_on = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(days);
            let duty = duty(every, unit, starts_on);
            let next_by = later(starts_on, every, unit);
            let ends = calendar::day_begins(next_by.succ_opt().unwrap(), zone).unwrap();
            let moment = TimeDelta::microseconds(1);
            let before = told(&duty, None, Paused::default(), (zone, ends - moment)).unwrap();
            prop_assert_eq!((before.standing, before.next_by), (BloggingStanding::OnTime, next_by));
            let after = told(&duty, None, Paused::default(), (zone, ends)).unwrap();
            prop_assert_eq!(after.overdue_since, Some(ends));
            prop_assert_eq!(calendar::day(ends - moment, zone).unwrap(), next_by);
            let posted = told(&duty, Some(ends - moment), Paused::default(), (zone, ends)).unwrap();
            prop_assert_eq!((posted.standing, posted.next_by), (BloggingStanding::OnTime, later(next_by, every, unit)));
        }
    }
}
