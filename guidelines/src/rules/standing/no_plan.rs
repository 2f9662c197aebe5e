//! Whether an approved plan says what may be shared. It does not read the plan.

use chrono::TimeDelta;
use serde::Deserialize;

use super::around::{amid, day, judged, planned};
use crate::{Check, Example, Hit, InitiativeView, Office, PlanView, Surroundings, Weight, rule::rule};

rule!(
    NoPlan, "GP6c.no-plan", version 1, "GP6c", Warn, reads: [Time, Initiative, Plan], grave: true,
    what: "Finds initiatives without an approved communications plan; after their first month it blocks.",
    why: "The plan says early what of a project may be told in public. If this has not been done, do it now.",
    instead: "Write the plan now, and have it approved.",
    fires: [
        Example::of("We begin in spring.").amid("an initiative without a plan", || amid(InitiativeView::default())),
        Example::of("We begin in spring.").amid("a plan that is not approved", || {
            amid(InitiativeView { plan: Some(PlanView::default()), ..InitiativeView::default() })
        }),
        Example::of("We go on.").amid("an initiative of three months without a plan", || {
            amid(InitiativeView { started_on: day(-90), ..InitiativeView::default() })
        }),
    ],
    quiet: [
        Example::of("We begin in spring.").amid("an approved plan", || planned(PlanView::default())),
        Example::of("We begin in spring.").amid("no initiative", Surroundings::default),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// After so many days an initiative has a plan.
    grace_days: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { grace_days: 31 }
    }
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let grace = TimeDelta::days(i64::from(params.grace_days));
    judged(move |around| {
        let initiative = around.initiative.as_ref()?;
        let message = match &initiative.plan {
            Some(plan) if plan.approved => return None,
            Some(_) => {
                "The initiative's communications plan is not approved: nobody has settled what may be shared."
            }
            None => "The initiative has no communications plan: nobody has settled what may be shared.",
        };
        let began = initiative.started_on.zip(around.now);
        let late = began.is_some_and(|(began, now)| now.date_naive().signed_duration_since(began) > grace);
        let weight = if late { Weight::Grave } else { Weight::Sure };
        let hit = Hit::whole("initiative", message).weighing(weight);
        Some(hit.suggesting("Consider doing it now: write the plan, and have it approved."))
    })
}
