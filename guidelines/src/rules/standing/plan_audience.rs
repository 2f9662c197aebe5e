//! Whether a plan says whom it wants to reach. It does not judge what it says.

use super::{
    around::{NoParams, planned},
    section,
};
use crate::{Check, Example, Office, PlanView, rule::rule};

rule!(
    PlanAudience, "CP2.audience", version 1, "CP2a", Warn, reads: [Plan],
    what: "Finds communications plans whose section on the audience is known and empty.",
    why: "A plan names whom the project wants to reach.",
    instead: "Name the audiences in the plan.",
    fires: [
        Example::of("Our first workshop.").amid("a plan without the audience", || {
            planned(PlanView { audiences: Some(Vec::new()), ..PlanView::default() })
        }),
        Example::of("Notre premier atelier.").amid("a plan with a blank line for the audience", || {
            planned(PlanView { audiences: Some(vec![" ".to_owned()]), ..PlanView::default() })
        }),
    ],
    quiet: [
        Example::of("Our first workshop.").amid("a plan with the audience", || {
            planned(PlanView { audiences: Some(vec!["parents of newborns".to_owned()]), ..PlanView::default() })
        }),
        Example::of("Our first workshop.").amid("a plan of which nobody knows", || planned(PlanView::default())),
    ],
);

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    section::empty("the audience", |plan| plan.audiences.as_ref())
}
