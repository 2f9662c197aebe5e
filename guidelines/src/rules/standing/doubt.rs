//! Whether an author is in doubt. It does not know about what.

use super::around::{NoParams, drafted, judged};
use crate::{Check, DraftView, Example, Hit, Office, Surroundings, rule::rule};

rule!(
    Doubt, "CC7.doubt", version 1, "CC7", Block, asks: Advice, reads: [Draft],
    what: "Holds a draft whose author is not sure that it may go out, until the advice that they took is recorded.",
    why: "Whoever is in doubt asks their supervisor, the project's manager or the Coordinator first.",
    instead: "Ask one of the three, and record who advised what.",
    fires: [
        Example::of("The vote was close.").amid("an author in doubt", doubtful),
        Example::of("A walk along the shore.").amid("an author in doubt about the picture", doubtful),
    ],
    quiet: [
        Example::of("The vote was close.").amid("an author without doubts", Surroundings::default),
        Example::of("I am in doubt whether to bring an umbrella."),
    ],
);

/// Surroundings of an example.
fn doubtful() -> Surroundings {
    drafted(DraftView { in_doubt: true, ..DraftView::default() })
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(|around| {
        let message = "The author is not sure that this may go out, and no advice is recorded.";
        let hit = Hit::whole("text", message);
        let way = "Ask the supervisor, the project's manager or the coordinator, and record the advice.";
        around.draft.in_doubt.then(|| hit.suggesting(way))
    })
}
