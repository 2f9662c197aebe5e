//! What the rules about a plan's sections share. It does not know which sections there are.

use super::around::{is_known_empty, judged};
use crate::{Check, Hit, PlanView};

/// A check that speaks where a section is known and empty.
pub(super) fn empty(
    called: &'static str,
    section: fn(&PlanView) -> Option<&Vec<String>>,
) -> Result<Box<dyn Check>, String> {
    judged(move |around| {
        let plan = around.initiative.as_ref()?.plan.as_ref()?;
        is_known_empty(section(plan)).then(|| hit(called))
    })
}

/// A hit on a section that says nothing.
pub(super) fn hit(called: &str) -> Hit {
    Hit::whole("plan", format!("The communications plan says nothing about {called}."))
        .suggesting("Fill in the section of the plan.")
}
