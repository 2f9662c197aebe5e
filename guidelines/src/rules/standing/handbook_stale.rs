//! Whether the office has read the university's newest handbook. It does not know what changed in it.

use super::around::{NoParams, day, judged};
use crate::{Check, Example, Hit, Office, Surroundings, rule::rule};

rule!(
    HandbookStale, "UP1.handbook-stale", version 1, "UP1", Warn, reads: [University],
    what: "Finds that the university has published its handbook again since the office last reviewed it.",
    why: "These guidelines are built upon the university's, which are read beside them.",
    instead: "Have the Coordinator review the university's handbook and record the day.",
    fires: [
        Example::of("A new page is up.").amid("a handbook published yesterday and reviewed last month", || {
            dated(-1, -30)
        }),
        Example::of("Nouvelle page en ligne.").amid("a handbook published after its review", || dated(-99, -100)),
    ],
    quiet: [
        Example::of("A new page is up.").amid("a handbook reviewed since", || dated(-30, -1)),
        Example::of("A new page is up.").amid("a handbook reviewed on the day", || dated(-30, -30)),
        Example::of("A new page is up.").amid("nothing known", Surroundings::default),
    ],
);

/// Surroundings of an example, in days from its own.
fn dated(published: i64, reviewed: i64) -> Surroundings {
    Surroundings {
        university_published_on: day(published),
        university_reviewed_on: day(reviewed),
        ..Surroundings::default()
    }
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(stale)
}

fn stale(around: &Surroundings) -> Option<Hit> {
    let (published, reviewed) = (around.university_published_on?, around.university_reviewed_on?);
    let message = format!("The university's handbook of {published} was last reviewed on {reviewed}.");
    (published > reviewed)
        .then(|| Hit::whole("handbook", message).suggesting("Review it, and record the day of the review."))
}
