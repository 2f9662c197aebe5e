//! How far a goal has come: from where it began to the figure that is wanted, by its day. Pure.

use chrono::NaiveDate;
use entity::{measurement, plan::Goal};

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalStanding {
    /// Nothing can be said: no figure is known, or the plan names no target or no day.
    NotGauged,
    /// As far as its days have passed, or farther.
    OnTrack,
    /// Less far than its days have passed.
    Behind,
    /// Reached.
    Met,
    /// Its day has passed and it was not reached.
    Missed,
}

/// How far a goal has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// How it stands.
    pub standing: GoalStanding,
    /// How much of the way is gone: 0 where it began, 1 at the target, more beyond it, less than 0 the wrong way. None while
    /// nothing can be said.
    pub share: Option<f64>,
    /// How much of the time had passed on the day of the last figure, 0 to 1. None without a day.
    pub expected: Option<f64>,
    /// All of it in words.
    pub words: String,
}

/// How far a goal has come, by its first and last figures; the way begins at its baseline, or at the first figure where it
/// has none.
pub fn progress(
    goal: &Goal,
    figures: Option<(&measurement::Model, &measurement::Model)>,
    today: NaiveDate,
) -> Progress {
    let Some((first, last)) = figures else {
        let passed = goal.due_on.is_some_and(|due| due < today);
        let words = if passed {
            "its day has passed and nobody has measured it"
        } else {
            "nobody has measured it yet"
        };
        return unknown(words);
    };
    let Some(target) = goal.target else { return unknown("the plan names no figure that is wanted") };
    let begun = goal.baseline.unwrap_or(first.value);
    let share = share(begun, last.value, target);
    let expected =
        goal.due_on.map(|due| passed(goal.since.unwrap_or(first.measured_on), last.measured_on, due));
    let standing = match (goal.due_on, expected) {
        _ if share >= 1.0 => GoalStanding::Met,
        (Some(due), _) if due < today => GoalStanding::Missed,
        (_, Some(expected)) if share >= expected => GoalStanding::OnTrack,
        (_, Some(_)) => GoalStanding::Behind,
        (_, None) => GoalStanding::NotGauged,
    };
    let unit = goal.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let by = goal.due_on.map(|due| format!(" by {due}")).unwrap_or_default();
    let judged = match standing {
        GoalStanding::NotGauged => "the plan names no day by which",
        GoalStanding::OnTrack => "on track",
        GoalStanding::Behind => "behind",
        GoalStanding::Met => "met",
        GoalStanding::Missed => "missed",
    };
    let words = format!(
        "{judged}: {} on {}, from {begun} to {target}{unit}{by}, {:.0} % of the way",
        last.value,
        last.measured_on,
        share * 100.0
    );
    Progress { standing, share: Some(share), expected, words }
}

fn unknown(words: &str) -> Progress {
    Progress { standing: GoalStanding::NotGauged, share: None, expected: None, words: words.to_owned() }
}

/// How much of the way from `begun` to `target` is gone, whichever way it leads.
fn share(begun: f64, now: f64, target: f64) -> f64 {
    let way = target - begun;
    if way.abs() < f64::EPSILON {
        return if (now - target).abs() < f64::EPSILON { 1.0 } else { 0.0 };
    }
    (now - begun) / way
}

/// How much of the time from one day to another had passed on a third.
fn passed(from: NaiveDate, on: NaiveDate, due: NaiveDate) -> f64 {
    let days = |from: NaiveDate, to: NaiveDate| {
        f64::from(i32::try_from(to.signed_duration_since(from).num_days()).unwrap_or(i32::MAX))
    };
    let whole = days(from, due);
    if whole <= 0.0 {
        return 1.0;
    }
    (days(from, on) / whole).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use entity::{GoalId, measurement::MeasurementSource};
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn goal(baseline: Option<f64>, target: f64) -> Goal {
        Goal {
            id: GoalId(Uuid::nil()),
            goal: "More visits".to_owned(),
            measure: "Bookings".to_owned(),
            unit: Some("a month".to_owned()),
            baseline,
            target: Some(target),
            due_on: Some(day("2027-12-31")),
            since: Some(day("2027-01-01")),
        }
    }

    fn figure(value: f64, on: &str) -> measurement::Model {
        measurement::Model {
            id: Uuid::nil().into(),
            office_id: Uuid::nil().into(),
            initiative_id: Uuid::nil().into(),
            goal_id: Uuid::nil().into(),
            value,
            measured_on: day(on),
            source: MeasurementSource::Manual,
            note: None,
            recorded_by: Uuid::nil().into(),
            created_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    fn standing(goal: &Goal, values: &[(f64, &str)], today: &str) -> GoalStanding {
        let figures: Vec<_> = values.iter().map(|(value, on)| figure(*value, on)).collect();
        progress(goal, figures.first().zip(figures.last()), day(today)).standing
    }

    #[test]
    fn half_the_way_at_half_the_time_is_on_track_and_less_is_behind() {
        let up = goal(Some(100.0), 200.0);
        assert_eq!(standing(&up, &[(150.0, "2027-07-01")], "2027-07-01"), GoalStanding::OnTrack);
        assert_eq!(standing(&up, &[(140.0, "2027-07-01")], "2027-07-01"), GoalStanding::Behind);
        assert_eq!(standing(&up, &[(200.0, "2027-07-01")], "2028-07-01"), GoalStanding::Met);
        assert_eq!(standing(&up, &[(199.0, "2027-07-01")], "2028-01-01"), GoalStanding::Missed);
    }

    #[test]
    fn a_goal_may_lead_downwards_and_begin_at_its_first_figure() {
        let down = goal(None, 24.0);
        let values = [(48.0, "2027-02-01"), (30.0, "2027-07-01")];
        assert_eq!(standing(&down, &values, "2027-07-02"), GoalStanding::OnTrack);
        assert_eq!(standing(&down, &values[..1], "2027-02-01"), GoalStanding::Behind);
        assert_eq!(standing(&down, &[], "2027-02-01"), GoalStanding::NotGauged);
        let share = progress(&down, None, day("2028-02-01"));
        assert!(share.share.is_none() && share.words.contains("has passed"), "{share:?}");
    }
}
