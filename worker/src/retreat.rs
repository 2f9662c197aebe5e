//! How long to wait before the database is asked again after it did not answer: longer each time, up to a bound.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(15);

/// Growing waits.
#[derive(Debug, Default)]
pub(crate) struct Retreat(u32);

impl Retreat {
    /// The next wait.
    pub(crate) fn next(&mut self) -> Duration {
        let wait = FIRST.saturating_mul(1 << self.0.min(10)).min(LONGEST);
        self.0 = self.0.saturating_add(1);
        wait
    }

    /// It answered.
    pub(crate) fn reset(&mut self) {
        self.0 = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_bound_and_start_anew_after_an_answer() {
        let mut retreat = Retreat::default();
        let waits: Vec<Duration> = (0..40).map(|_| retreat.next()).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(waits.last(), Some(&LONGEST));
        retreat.reset();
        assert_eq!(retreat.next(), FIRST);
    }
}
