//! Every clock change of every zone in the zone database, from 2024 to the end of 2034: each time near one obeys the
//! stated rule, and what repeats keeps its local time across it.

use std::{collections::HashSet, ops::Range};

use chrono::{DateTime, TimeDelta, Utc};
use entity::recurrence::Repeats;
use jiff::{Timestamp, ToSpan as _, civil, tz::TimeZone};

use super::{ClockChange, LocalInstant, Rule, local, resolve, to_chrono, weekly};

/// A change of a zone's clocks.
#[derive(Clone)]
pub(super) struct Change {
    pub(super) zone: String,
    /// When.
    pub(super) at: DateTime<Utc>,
    /// What the clocks would have shown then.
    before: civil::DateTime,
    /// What they show.
    after: civil::DateTime,
}

impl Change {
    /// Local times that do not exist.
    fn gap(&self) -> Option<Range<civil::DateTime>> {
        (self.before < self.after).then_some(self.before..self.after)
    }

    /// Local times that exist twice.
    fn fold(&self) -> Option<Range<civil::DateTime>> {
        (self.after < self.before).then_some(self.after..self.before)
    }

    /// Times worth trying: around both edges and in the middle.
    fn times(&self) -> Vec<civil::DateTime> {
        let (low, high) = (self.before.min(self.after), self.before.max(self.after));
        let middle = low + low.duration_until(high) / 2;
        let second = 1.second();
        vec![low - second, low, middle, high - second, high, high + second]
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn changes() -> Vec<Change> {
    let (from, until): (Timestamp, Timestamp) =
        ("2024-01-01T00:00:00Z".parse().unwrap(), "2035-01-01T00:00:00Z".parse().unwrap());
    let mut found = Vec::new();
    for name in jiff::tz::db().available() {
        let zone = TimeZone::get(name.as_str()).unwrap();
        for change in zone.following(from).take_while(|change| change.timestamp() < until) {
            let at = change.timestamp();
            let before = zone.to_offset(at - 1.second()).to_datetime(at);
            let after = change.offset().to_datetime(at);
            found.push(Change { zone: name.as_str().to_owned(), at: to_chrono(at).unwrap(), before, after });
        }
    }
    assert!(found.len() > 3_000, "the zone database is not there: {} changes", found.len());
    found
}

/// The changes of one zone of each history: most names stand for a history that others have too.
pub(super) fn distinct_changes() -> Vec<Change> {
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    for of_zone in changes().chunk_by(|one, other| one.zone == other.zone) {
        let history: Vec<_> = of_zone.iter().map(|change| (change.at, change.before, change.after)).collect();
        if seen.insert(history) {
            found.extend(of_zone.iter().cloned());
        }
    }
    assert!(found.len() > 500, "too few histories: {} changes", found.len());
    found
}

fn wish(time: civil::DateTime) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

fn resolved(change: &Change, time: civil::DateTime) -> LocalInstant {
    resolve("at", &wish(time), &change.zone).unwrap()
}

fn seconds(from: civil::DateTime, to: civil::DateTime) -> TimeDelta {
    TimeDelta::seconds(from.duration_until(to).as_secs())
}

#[test]
fn a_time_in_a_gap_moves_forward_by_it_and_one_in_a_fold_is_the_first() {
    for change in changes() {
        for time in change.times() {
            let found = resolved(&change, time);
            let named = format!("{} {time}", change.zone);
            if change.gap().is_some_and(|gap| gap.contains(&time)) {
                assert_eq!(found.clock_change, ClockChange::Skipped, "{named}");
                assert_eq!(found.instant, change.at + seconds(change.before, time), "{named}");
                let moved = seconds(change.before, change.after);
                let shown = local(found.instant, &change.zone).unwrap().local_time;
                assert_eq!(
                    shown,
                    wish(time + jiff::SignedDuration::from_secs(moved.num_seconds())),
                    "{named}"
                );
            } else if change.fold().is_some_and(|fold| fold.contains(&time)) {
                assert_eq!(found.clock_change, ClockChange::Repeated, "{named}");
                assert_eq!(found.instant, change.at + seconds(change.before, time), "{named}: the first");
                assert!(found.instant < change.at, "{named}");
            } else {
                assert_eq!(found.clock_change, ClockChange::None, "{named}");
                let since = if time < change.before { change.before } else { change.after };
                assert_eq!(found.instant, change.at + seconds(since, time), "{named}");
            }
        }
    }
}

#[test]
fn instants_come_back_from_their_local_times() {
    for change in changes() {
        for offset in [-7_200, -3_600, -1_800, -1, 0, 1, 1_800, 3_599, 3_600, 7_200] {
            let instant = change.at + TimeDelta::seconds(offset);
            let shown = local(instant, &change.zone).unwrap();
            let back = resolve("at", &shown.local_time, &change.zone).unwrap();
            let named = format!("{} {}", change.zone, shown.local_time);
            match back.clock_change {
                ClockChange::None => assert_eq!(back.instant, instant, "{named}"),
                ClockChange::Repeated => assert!(back.instant <= instant, "{named}"),
                ClockChange::Skipped => panic!("{named} was on the clock"),
            }
        }
    }
}

/// Days before and after the change that are looked at.
const AROUND: i64 = 3;

#[test]
fn what_repeats_daily_keeps_its_local_time_and_loses_and_doubles_none() {
    let repeats = Repeats::Days { every: 1 };
    for change in distinct_changes() {
        for time in change.times() {
            let local_time = time.strftime("%H:%M").to_string();
            let starts_on = super::chrono_day(time.date() - AROUND.days()).unwrap();
            let rule = Rule {
                repeats: &repeats,
                starts_on,
                until: None,
                times: Some(7),
                local_time: &local_time,
                time_zone: &change.zone,
            };
            let found: Vec<_> = rule.after(DateTime::UNIX_EPOCH).unwrap().collect();
            let named = format!("{} {time}", change.zone);
            assert_eq!(found.len(), 7, "{named}: one a day");
            assert!(found.windows(2).all(|pair| pair[0].instant < pair[1].instant), "{named}");
            for one in &found {
                let shown = local(one.instant, &change.zone).unwrap().local_time;
                assert!(shown == one.local_time || one.clock_change == ClockChange::Skipped, "{named}");
                let rest: Vec<_> = rule.after(one.instant).unwrap().collect();
                let later: Vec<_> =
                    found.iter().filter(|other| other.instant > one.instant).cloned().collect();
                assert_eq!(rest, later, "{named}: what follows does not depend on when one asks");
            }
        }
    }
}

#[test]
fn a_weekly_slot_comes_once_a_week_across_every_change() {
    for change in distinct_changes() {
        for time in change.times() {
            let weekday = i16::from(time.weekday().to_monday_one_offset());
            let minute = time.strftime("%H:%M").to_string();
            let slots = |after| weekly(weekday, &minute, &change.zone, after).unwrap();
            let named = format!("{} {time}", change.zone);
            let before = change.at - TimeDelta::days(10);
            let found: Vec<_> = slots(before).take(3).collect();
            for pair in found.windows(2) {
                let apart = pair[1].instant - pair[0].instant;
                assert!((TimeDelta::days(6)..TimeDelta::days(8)).contains(&apart), "{named}");
            }
            for one in &found {
                let just_before = slots(one.instant - TimeDelta::seconds(1)).next().unwrap();
                assert_eq!(just_before, *one, "{named}: it is not lost a second before");
                let just_after = slots(one.instant).next().unwrap();
                assert!(just_after.instant > one.instant + TimeDelta::days(6), "{named}: it is not doubled");
            }
        }
    }
}

#[test]
fn odd_zones() {
    // Half an hour.
    let moved = resolve("at", "2027-10-03T02:10", "Australia/Lord_Howe").unwrap();
    assert_eq!((moved.clock_change, moved.instant), (ClockChange::Skipped, instant("2027-10-02T15:40:00Z")));
    // Back for Ramadan, and forward again.
    let fasting = resolve("at", "2027-02-07T02:30", "Africa/Casablanca").unwrap();
    assert_eq!(fasting.clock_change, ClockChange::Repeated);
    // A day that was not: a slot on it comes a day later, and the slots of that day stay.
    let skipped =
        weekly(5, "10:00", "Pacific/Apia", instant("2011-12-30T00:00:00Z")).unwrap().next().unwrap();
    assert_eq!(
        (skipped.clock_change, skipped.instant),
        (ClockChange::Skipped, instant("2011-12-30T20:00:00Z"))
    );
    let late = weekly(5, "23:30", "Pacific/Apia", instant("2011-12-31T09:00:00Z")).unwrap().next().unwrap();
    assert_eq!(
        late.instant,
        instant("2011-12-31T09:30:00Z"),
        "a whole day later, and not forgotten on that day"
    );
}
