//! On which days one is reminded of a task. Pure: from its days alone, so that nothing is kept of what was said.

use chrono::{Days, NaiveDate};

/// Days of one look back, at most: who ran no worker for longer is reminded once.
const BACK_AT_MOST: i64 = 31;

/// The days that this round speaks for: those after the last round's, until today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Round {
    /// The day of the last round.
    last: NaiveDate,
    /// Today.
    pub(super) today: NaiveDate,
    /// Days between two reminders of what is overdue.
    every: i64,
}

impl Round {
    pub(super) fn new(last: Option<NaiveDate>, today: NaiveDate, every: i64) -> Self {
        let back = |days: i64| today.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(today);
        let last = last.unwrap_or_else(|| back(1)).clamp(back(BACK_AT_MOST), today);
        Self { last, today, every: every.max(1) }
    }

    /// Whether a task is due by the end of tomorrow.
    pub(super) fn near(&self, due: NaiveDate) -> bool {
        (due - self.today).num_days() <= 1
    }

    /// Whether one is reminded of a task: on the eve of the day on which it is due, on the day after, from then on at each
    /// interval, and when it begins to wait and is that near already.
    pub(super) fn reminds(&self, due: NaiveDate, since: NaiveDate) -> bool {
        let eve = due.pred_opt().unwrap_or(due);
        self.speaks_for(eve)
            || (self.speaks_for(since) && self.near(due))
            || self.returns(due.succ_opt().unwrap_or(due))
    }

    /// Whether others are told of a task: on the day from which they are, and from then on at each interval.
    pub(super) fn escalates(&self, from: NaiveDate) -> bool {
        self.returns(from)
    }

    fn speaks_for(&self, day: NaiveDate) -> bool {
        self.last < day && day <= self.today
    }

    /// Whether one of the days from `first` on, at each interval, is one of the round's.
    fn returns(&self, first: NaiveDate) -> bool {
        let (before, now) = ((self.last - first).num_days(), (self.today - first).num_days());
        // How many of these days lay before the round, and how many do with it.
        let count = |days: i64| if days < 0 { 0 } else { days / self.every + 1 };
        count(now) > count(before)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(of_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, of_month).unwrap()
    }

    fn reminded(due: u32, since: u32) -> Vec<u32> {
        let on = |today: u32| Round::new(Some(day(today - 1)), day(today), 7).reminds(day(due), day(since));
        (2..=31).filter(|today| *today >= since && on(*today)).collect()
    }

    #[test]
    fn on_the_eve_on_the_day_after_and_each_week() {
        assert_eq!(reminded(10, 5), [9, 11, 18, 25]);
        assert_eq!(reminded(10, 10), [10, 11, 18, 25], "it began to wait when it was due");
        assert_eq!(reminded(3, 20), [20, 25], "it was late when it began to wait");
    }

    #[test]
    fn a_day_without_a_worker_is_made_good() {
        assert!(Round::new(Some(day(5)), day(12), 7).reminds(day(10), day(4)));
        assert!(!Round::new(Some(day(12)), day(13), 7).reminds(day(10), day(4)));
        assert!(Round::new(None, day(11), 7).reminds(day(10), day(4)));
    }

    proptest! {
        /// However the days are cut into rounds, a reminder of a task that waited from the first is given or not given alike.
        #[test]
        fn rounds_may_be_cut_anywhere(due in 0_u64..60, every in 1_i64..9, cut in 0_u64..30, length in 0_u64..28) {
            let first = day(1);
            let at = |days: u64| first.checked_add_days(Days::new(days)).unwrap();
            let (from, middle, until) = (at(cut), at(cut + length / 2), at(cut + length));
            let (due, since) = (at(due), first.pred_opt().unwrap());
            let whole = Round::new(Some(from), until, every).reminds(due, since);
            let halves = Round::new(Some(from), middle, every).reminds(due, since)
                || Round::new(Some(middle), until, every).reminds(due, since);
            prop_assert_eq!(whole, halves);
        }
    }
}
