//! Whether a plan has goals, and says how to tell that they are met. It does not judge them.

use super::{
    around::{NoParams, is_known_empty, judged, listed, planned},
    section,
};
use crate::{Check, Example, Office, PlanView, Surroundings, rule::rule};

rule!(
    PlanGoals, "CP2.goals", version 1, "CP2e", Warn, reads: [Plan],
    what: "Finds communications plans whose goals are known and empty, or that have goals and no measure for them.",
    why: "A plan sets goals and ways to gauge success; without a measure nobody can tell.",
    instead: "Write down the goals, and for each how you will know.",
    fires: [
        Example::of("Our first workshop.").amid("a plan without goals", || aiming(Some(&[]), None)),
        Example::of("Our first workshop.").amid("goals without a measure", || {
            aiming(Some(&["fifty families by June"]), Some(&[]))
        }),
    ],
    quiet: [
        Example::of("Our first workshop.").amid("goals with a measure", || {
            aiming(Some(&["fifty families by June"]), Some(&["families a month"]))
        }),
        Example::of("Our first workshop.").amid("goals whose measures nobody knows", || {
            aiming(Some(&["fifty families by June"]), None)
        }),
        Example::of("Our first workshop.").amid("a plan of which nobody knows", || aiming(None, None)),
    ],
);

/// Surroundings of an example.
fn aiming(goals: Option<&[&str]>, measures: Option<&[&str]>) -> Surroundings {
    planned(PlanView { goals: goals.map(listed), measures: measures.map(listed), ..PlanView::default() })
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(|around| {
        let plan = around.initiative.as_ref()?.plan.as_ref()?;
        if is_known_empty(plan.goals.as_ref()) {
            return Some(section::hit("goals"));
        }
        is_known_empty(plan.measures.as_ref()).then(|| section::hit("how to tell that its goals are met"))
    })
}
