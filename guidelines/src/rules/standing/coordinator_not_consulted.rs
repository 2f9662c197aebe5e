//! Whether the Coordinator had a part in a plan. It does not judge the plan.

use super::around::{NoParams, judged, planned};
use crate::{Check, Example, Hit, Office, PlanView, rule::rule};

rule!(
    CoordinatorNotConsulted, "CP1.coordinator-not-consulted", version 1, "CP1", Warn, reads: [Plan],
    what: "Finds communications plans that were made without the Coordinator.",
    why: "A plan is coordinated at first with the Coordinator, who knows what else the office says.",
    instead: "Go through the plan with the Coordinator, and record it.",
    fires: [
        Example::of("Meet the team.").amid("a plan made without the Coordinator", || consulted(Some(false))),
        Example::of("Voici l'équipe.").amid("a plan that the Coordinator has not seen", || consulted(Some(false))),
    ],
    quiet: [
        Example::of("Meet the team.").amid("a plan made with the Coordinator", || consulted(Some(true))),
        Example::of("Meet the team.").amid("a plan of which nobody knows", || consulted(None)),
    ],
);

/// Surroundings of an example.
fn consulted(coordinator_consulted: Option<bool>) -> crate::Surroundings {
    planned(PlanView { coordinator_consulted, ..PlanView::default() })
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(|around| {
        let plan = around.initiative.as_ref()?.plan.as_ref()?;
        let hit = Hit::whole("plan", "The communications plan was made without the coordinator.");
        (plan.coordinator_consulted == Some(false))
            .then(|| hit.suggesting("Go through it with the coordinator, and record it."))
    })
}
