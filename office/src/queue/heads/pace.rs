//! How a channel's head moves: order, the platform's wish to wait, the circuit breaker, and the pace at which what is late
//! is caught up. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use entity::channel_head;

use super::Step;
use crate::Limits;

/// How the platform took a post, as far as that says something of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::queue) enum Went {
    /// It answered, whatever it said of the post: it is there.
    Answered,
    /// It took the post.
    Out,
    /// It had no usable answer.
    Failed,
}

/// Why nothing of a channel goes out for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::queue) enum GateReason {
    /// The platform asked to wait.
    RateLimited,
    /// It failed too often in a row: it is tried now and then.
    Circuit,
    /// Much is late: it goes out one by one.
    CatchUp,
}

impl GateReason {
    /// Its stored form.
    pub(in crate::queue) fn code(self) -> &'static str {
        match self {
            Self::RateLimited => "RATE_LIMITED",
            Self::Circuit => "CIRCUIT_OPEN",
            Self::CatchUp => "CATCH_UP",
        }
    }
}

/// Moves a head. `first`: when its first ready post wants to be tried; `pace`: the limits and the time, after a settling.
pub(super) fn apply(
    head: &mut channel_head::Model,
    step: &Step,
    first: Option<DateTime<Utc>>,
    pace: Option<(&Limits, DateTime<Utc>)>,
) {
    if step.freed {
        head.sending = None;
    }
    if let Some((until, reason)) = step.gate {
        shut(head, until, reason);
    }
    if let Some((limits, now)) = pace {
        match step.went {
            Some(Went::Out | Went::Answered) => {
                head.failures = 0;
                head.broken_since = None;
            }
            Some(Went::Failed) => fail(head, limits, now),
            None => {}
        }
        if step.went == Some(Went::Out) {
            catch_up(head, limits, now, first);
        }
    }
    head.next_at = first.map(|run_at| head.gate_until.map_or(run_at, |gate| gate.max(run_at)));
}

fn shut(head: &mut channel_head::Model, until: DateTime<Utc>, reason: GateReason) {
    head.gate_until = Some(until);
    head.gate_reason = Some(reason.code().to_owned());
}

/// After so many failures in a row the whole channel waits, longer each time: one post then shows whether the platform is
/// back, and the others need not each find out for themselves.
fn fail(head: &mut channel_head::Model, limits: &Limits, now: DateTime<Utc>) {
    head.failures = head.failures.saturating_add(1);
    let over = head.failures.saturating_sub(limits.breaker_failures);
    if over < 0 {
        return;
    }
    head.broken_since.get_or_insert(now);
    let doublings = u32::try_from(over.min(16)).unwrap_or(0);
    let seconds = limits.breaker_seconds.saturating_mul(1_i64 << doublings).min(limits.breaker_seconds_max);
    let until = now + TimeDelta::seconds(seconds);
    if head.gate_until.is_none_or(|gate| gate < until) {
        shut(head, until, GateReason::Circuit);
    }
}

/// What became late while nothing could leave goes out one by one, so that no reader meets all of it at once.
fn catch_up(
    head: &mut channel_head::Model,
    limits: &Limits,
    now: DateTime<Utc>,
    first: Option<DateTime<Utc>>,
) {
    let late = now - TimeDelta::seconds(limits.catch_up_after_seconds);
    let until = now + TimeDelta::seconds(limits.catch_up_gap_seconds);
    if first.is_some_and(|first| first < late)
        && until > now
        && head.gate_until.is_none_or(|gate| gate < until)
    {
        shut(head, until, GateReason::CatchUp);
    }
}

#[cfg(test)]
mod tests {
    use entity::{ChannelId, OfficeId};
    use uuid::Uuid;

    use super::*;

    fn head() -> channel_head::Model {
        channel_head::Model {
            channel_id: ChannelId(Uuid::nil()),
            office_id: OfficeId(Uuid::nil()),
            next_at: None,
            gate_until: None,
            sending: None,
            gate_reason: None,
            failures: 0,
            broken_since: None,
            host: None,
        }
    }

    fn went(went: Went) -> Step {
        Step { freed: true, went: Some(went), gate: None }
    }

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn a_channel_that_keeps_failing_waits_as_a_whole_and_one_success_heals_it() {
        let (limits, mut head) = (Limits::default(), head());
        let pace = Some((&limits, NOW));
        for _ in 1..limits.breaker_failures {
            apply(&mut head, &went(Went::Failed), Some(NOW), pace);
            assert_eq!((head.next_at, head.broken_since), (Some(NOW), None), "a few failures stop nothing");
        }
        apply(&mut head, &went(Went::Failed), Some(NOW), pace);
        let first = head.next_at.unwrap();
        assert_eq!(first, NOW + TimeDelta::seconds(limits.breaker_seconds));
        apply(&mut head, &went(Went::Failed), Some(NOW), pace);
        assert!(head.next_at.unwrap() > first, "each failure after that waits longer");
        assert_eq!(head.gate_reason.as_deref(), Some("CIRCUIT_OPEN"));
        apply(&mut head, &went(Went::Answered), None, pace);
        assert_eq!((head.failures, head.broken_since), (0, None));
    }

    #[test]
    fn what_is_late_goes_out_one_by_one_and_what_is_on_time_at_once() {
        let limits = Limits::default();
        let mut late = head();
        let long_ago = NOW - TimeDelta::hours(3);
        apply(&mut late, &went(Went::Out), Some(long_ago), Some((&limits, NOW)));
        assert_eq!(late.next_at, Some(NOW + TimeDelta::seconds(limits.catch_up_gap_seconds)));
        let mut on_time = head();
        apply(&mut on_time, &went(Went::Out), Some(NOW), Some((&limits, NOW)));
        assert_eq!(on_time.next_at, Some(NOW));
    }
}
