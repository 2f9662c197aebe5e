//! Whether a plan says who its stakeholders are. It does not judge what it says.

use super::{
    around::{NoParams, planned},
    section,
};
use crate::{Check, Example, Office, PlanView, rule::rule};

rule!(
    PlanStakeholders, "CP2.stakeholders", version 1, "CP2b", Warn, reads: [Plan],
    what: "Finds communications plans whose section on stakeholders and partners is known and empty.",
    why: "A plan names the project's stakeholders and partners.",
    instead: "Name them in the plan.",
    fires: [
        Example::of("Our first workshop.").amid("a plan without stakeholders and partners", || {
            planned(PlanView { stakeholders: Some(Vec::new()), ..PlanView::default() })
        }),
        Example::of("Notre premier atelier.").amid("a plan with a blank line for stakeholders and partners", || {
            planned(PlanView { stakeholders: Some(vec![" ".to_owned()]), ..PlanView::default() })
        }),
    ],
    quiet: [
        Example::of("Our first workshop.").amid("a plan with stakeholders and partners", || {
            planned(PlanView { stakeholders: Some(vec!["the midwives' association".to_owned()]), ..PlanView::default() })
        }),
        Example::of("Our first workshop.").amid("a plan of which nobody knows", || planned(PlanView::default())),
    ],
);

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    section::empty("stakeholders and partners", |plan| plan.stakeholders.as_ref())
}
