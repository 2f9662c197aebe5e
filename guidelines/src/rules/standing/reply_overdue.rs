//! Whether questions on the channel have waited too long. It does not know what they ask.

use serde::Deserialize;

use super::around::judged;
use crate::{Check, Example, Hit, Office, Surroundings, Waiting, rule::rule};

rule!(
    ReplyOverdue, "GP3.reply-overdue", version 1, "GP3", Advise, reads: [Waiting],
    what: "Finds questions on the channel that nobody has answered for more than a day.",
    why: "Whoever asks deserves an answer soon; the next post is read as not having heard them.",
    instead: "Answer the questions first, be it only to say when you will know.",
    fires: [
        Example::of("Our hours change.").amid("a question of two days ago", || waiting(true, 48)),
        Example::of("Our hours change.").amid("a question of a week ago", || waiting(true, 168)),
    ],
    quiet: [
        Example::of("Our hours change.").amid("a question of this morning", || waiting(true, 5)),
        Example::of("Our hours change.").amid("a share of two days ago", || waiting(false, 48)),
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
    /// So many hours a question may wait.
    reply_hours: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { reply_hours: 24 }
    }
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let limit = params.reply_hours;
    judged(move |around| {
        let late = around.waiting.iter().filter(|item| item.question && item.hours > limit);
        let longest = late.clone().map(|item| item.hours).max()?;
        let message =
            format!("Questions without an answer: {}; the oldest has waited {longest} hours.", late.count());
        Some(Hit::whole("channel", message).suggesting("Answer them before the next post."))
    })
}
