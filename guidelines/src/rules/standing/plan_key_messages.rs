//! Whether a plan says what the project wants to be heard. It does not judge what it says.

use super::{
    around::{NoParams, planned},
    section,
};
use crate::{Check, Example, Office, PlanView, rule::rule};

rule!(
    PlanKeyMessages, "CP2.key-messages", version 1, "CP2c", Warn, reads: [Plan],
    what: "Finds communications plans whose section on key messages is known and empty.",
    why: "Every text of a project draws on the messages that its plan states.",
    instead: "State them in the plan, one sentence each.",
    fires: [
        Example::of("Our first workshop.").amid("a plan without key messages", || {
            planned(PlanView { key_messages: Some(Vec::new()), ..PlanView::default() })
        }),
        Example::of("Notre premier atelier.").amid("a plan with a blank line for key messages", || {
            planned(PlanView { key_messages: Some(vec![" ".to_owned()]), ..PlanView::default() })
        }),
    ],
    quiet: [
        Example::of("Our first workshop.").amid("a plan with key messages", || {
            planned(PlanView { key_messages: Some(vec!["Sleep is health".to_owned()]), ..PlanView::default() })
        }),
        Example::of("Our first workshop.").amid("a plan of which nobody knows", || planned(PlanView::default())),
    ],
);

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    section::empty("key messages", |plan| plan.key_messages.as_ref())
}
