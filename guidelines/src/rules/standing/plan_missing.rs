//! Whether an initiative has a communications plan at all. It does not judge the plan.

use super::around::{NoParams, amid, judged, planned};
use crate::{Check, Example, Hit, InitiativeView, Office, PlanView, Surroundings, rule::rule};

rule!(
    PlanMissing, "CP1.no-plan", version 1, "CP1", Warn, reads: [Initiative, Plan],
    what: "Finds initiatives that have no communications plan.",
    why: "Communications are planned early in a project, at first together with the Coordinator.",
    instead: "Begin the plan with the Coordinator: audience, partners, key messages, what may be shared, goals.",
    fires: [
        Example::of("We begin in spring.").amid("an initiative without a plan", || amid(InitiativeView::default())),
        Example::of("Nous commençons bientôt.").amid("a notified initiative without a plan", || {
            amid(InitiativeView { notified: Some(true), ..InitiativeView::default() })
        }),
    ],
    quiet: [
        Example::of("We begin in spring.").amid("an initiative with a plan", || planned(PlanView::default())),
        Example::of("We begin in spring.").amid("no initiative", Surroundings::default),
    ],
);

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(|around| {
        let initiative = around.initiative.as_ref().filter(|initiative| initiative.plan.is_none())?;
        let message = format!("The initiative {:?} has no communications plan.", initiative.name);
        Some(Hit::whole("initiative", message).suggesting("Begin one with the coordinator."))
    })
}
