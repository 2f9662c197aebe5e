//! Timing: passes, calls and what they come to. It does not know what is timed.

use std::time::{Duration, Instant};

/// A count as a number to divide by.
pub(crate) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// To one decimal.
pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn nanoseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e9
}

/// Nanoseconds of each of at least three passes, for so long; a first one warms up.
pub(crate) fn rounds(long: Duration, mut pass: impl FnMut()) -> Vec<f64> {
    pass();
    let started = Instant::now();
    let mut taken = Vec::new();
    while taken.len() < 3 || started.elapsed() < long {
        let before = Instant::now();
        pass();
        taken.push(nanoseconds(before));
    }
    taken.sort_by(f64::total_cmp);
    taken
}

/// How many items a second, in the middle one of many passes.
pub(crate) fn per_second<T>(long: Duration, items: &[T], mut work: impl FnMut(&T)) -> f64 {
    let taken = rounds(long, || items.iter().for_each(&mut work));
    number(items.len()) * 1e9 / percentile(&taken, 0.5)
}

/// Nanoseconds of each item, the middle one of many calls; sorted. What the machine does beside is not the item's.
pub(crate) fn each<T>(long: Duration, items: &[T], mut work: impl FnMut(&T)) -> Vec<f64> {
    let share = long / u32::try_from(items.len()).unwrap_or(u32::MAX).max(1);
    let middle = |item| percentile(&rounds(share, || work(item)), 0.5);
    let mut taken: Vec<f64> = items.iter().map(middle).collect();
    taken.sort_by(f64::total_cmp);
    taken
}

/// The value that a share of sorted values stays under.
pub(crate) fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::as_conversions,
        reason = "an index"
    )]
    let at = (number(last) * share).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}
