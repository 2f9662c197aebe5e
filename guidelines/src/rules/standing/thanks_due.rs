//! Whether those who shared the office's posts have been thanked. It does not know what they shared.

use serde::Deserialize;

use super::around::judged;
use crate::{Check, Example, Hit, Office, Surroundings, Waiting, rule::rule};

rule!(
    ThanksDue, "GP3.thanks-due", version 1, "GP3", Advise, reads: [Waiting],
    what: "Finds shares on the channel for which nobody has given thanks within two days.",
    why: "Whoever passes our words on is thanked, or followed up in some other way.",
    instead: "Thank them, or like what they wrote.",
    fires: [
        Example::of("Our hours change.").amid("a share of three days ago", || waiting(false, 72)),
        Example::of("Our hours change.").amid("a share of a month ago", || waiting(false, 720)),
    ],
    quiet: [
        Example::of("Our hours change.").amid("a share of yesterday", || waiting(false, 24)),
        Example::of("Our hours change.").amid("a question of three days ago", || waiting(true, 72)),
        Example::of("Our hours change.").amid("nobody waiting", Surroundings::default),
    ],
);

/// Surroundings of an example.
fn waiting(question: bool, hours: u32) -> Surroundings {
    let item = Waiting { id: "item-1".to_owned(), question, hours };
    Surroundings { waiting: vec![item], ..Surroundings::default() }
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// So many hours thanks may wait.
    thanks_hours: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { thanks_hours: 48 }
    }
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let limit = params.thanks_hours;
    judged(move |around| {
        let late = around.waiting.iter().filter(|item| !item.question && item.hours > limit).count();
        let message = format!("Shares without thanks for more than {limit} hours: {late}.");
        (late > 0)
            .then(|| Hit::whole("channel", message).suggesting("Thank them, or follow up in another way."))
    })
}
