//! Whether a draft serves one of its plan's key messages. It takes the author's word; the text is
//! read only where they named none.

use serde::Deserialize;

use super::{
    around::{listed, planned, ready},
    stems::{Stem, shared, stems},
};
use crate::{Check, DraftView, Example, Hit, Office, PlanView, Reading, Shadow, Surroundings, rule::rule};

rule!(
    OffMessage, "GP7.off-message", version 1, "GP7", Advise, reads: [Plan, Draft],
    what: "Finds drafts that say they serve a key message which the plan does not have, or none, and share no word with any.",
    why: "Every text of a project draws on the key messages that its plan states.",
    instead: "Choose one of the plan's key messages, or have the plan changed.",
    fires: [
        Example::of("Come by bicycle.").amid("a message that the plan does not have", || {
            serving("Cycling keeps the city moving")
        }),
        Example::of("Dormez bien.").amid("another one", || serving("Coffee is a human right")),
        Example::of("The lift is out of order until noon.").amid("a draft that serves no message", || serving("")),
    ],
    quiet: [
        Example::of("Sleep comes easier in a dark room.").amid("a draft that names no message, and serves one", || {
            serving("")
        }),
        Example::of("Rest well.").amid("a message of the plan", || serving("Sleep is health")),
        Example::of("Rest well.").amid("a message of the plan in other words", || {
            serving("sleep and health: they are one")
        }),
        Example::of("Rest well.").amid("no message declared", || {
            planned(PlanView { key_messages: Some(listed(&["Sleep is health"])), ..PlanView::default() })
        }),
    ],
);

/// Surroundings of an example.
fn serving(message: &str) -> Surroundings {
    let key_messages = Some(listed(&["Sleep is health", "Tested with families"]));
    let draft = DraftView { key_message: Some(message.to_owned()), ..DraftView::default() };
    Surroundings { draft, ..planned(PlanView { key_messages, ..PlanView::default() }) }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// Two messages are the same when so much of the shorter is in the longer, from 0 to 1.
    likeness: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { likeness: 0.6 }
    }
}

struct Prepared {
    likeness: f64,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    ready(Prepared { likeness: params.likeness })
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let judged = reading.around().and_then(|around| self.off(around, reading.text()?.lower()));
        judged.into_iter().collect()
    }
}

impl Prepared {
    fn off(&self, around: &Surroundings, lower: &str) -> Option<Hit> {
        let plan = around.initiative.as_ref()?.plan.as_ref()?;
        let messages = plan.key_messages.as_ref().filter(|list| !list.is_empty())?;
        let declared = around.draft.key_message.as_ref()?;
        let messages: Vec<Vec<Stem>> =
            messages.iter().map(|message| stems(&Shadow::of(message).lower())).collect();
        let message = if declared.trim().is_empty() {
            let said = stems(lower);
            let touched = messages
                .iter()
                .any(|message| message.iter().any(|word| said.iter().any(|other| other.root == word.root)));
            (!touched).then(|| "No key message of the plan is named, and the text speaks of none.".to_owned())
        } else {
            let served = stems(&Shadow::of(declared).lower());
            let known = messages.iter().any(|message| {
                let (few, many) =
                    if served.len() < message.len() { (&served, message) } else { (message, &served) };
                shared(few, many) >= self.likeness
            });
            (!known).then(|| format!("{declared:?} is not among the plan's key messages."))
        };
        message
            .map(|message| Hit::whole("plan", message).suggesting("Choose one of the plan's key messages."))
    }
}
