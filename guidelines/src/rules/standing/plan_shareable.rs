//! Whether a plan says what may be shared. It does not judge what it says.

use super::{
    around::{NoParams, planned},
    section,
};
use crate::{Check, Example, Office, PlanView, rule::rule};

rule!(
    PlanShareable, "CP2.shareable", version 1, "CP2d", Warn, reads: [Plan],
    what: "Finds communications plans whose section on what may be shared is known and empty.",
    why: "A plan says what is appropriate to share about the project.",
    instead: "List in the plan what may be told.",
    fires: [
        Example::of("Our first workshop.").amid("a plan without what may be shared", || {
            planned(PlanView { shareable: Some(Vec::new()), ..PlanView::default() })
        }),
        Example::of("Notre premier atelier.").amid("a plan with a blank line for what may be shared", || {
            planned(PlanView { shareable: Some(vec![" ".to_owned()]), ..PlanView::default() })
        }),
    ],
    quiet: [
        Example::of("Our first workshop.").amid("a plan with what may be shared", || {
            planned(PlanView { shareable: Some(vec!["events".to_owned()]), ..PlanView::default() })
        }),
        Example::of("Our first workshop.").amid("a plan of which nobody knows", || planned(PlanView::default())),
    ],
);

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    section::empty("what may be shared", |plan| plan.shareable.as_ref())
}
