//! Whether somebody speaks for themselves on an account that is not theirs. It does not know who they are.

use serde::Deserialize;

use super::{
    around::{kind, on},
    labels::Labels,
};
use crate::{Capacity, ChannelKind, Check, Example, Hit, Office, Reading, rule::rule};

rule!(
    PersonalOnOfficeAccount, "CC2.personal-on-office-account", version 1, "CC2", Block, reads: [Channel],
    what: "Finds personal opinions on an account of the office or of a project that carry none of the handbook's labels. \
           An office may refuse labelled ones, too (`allow_labelled = false`).",
    why: "On a shared account readers take every word for the office's.",
    instead: "Put the suggested label into the text, or say it on an account of your own.",
    fires: [
        Example::of("I for one would rather cycle to work than pay for that garage.")
            .speaking(Capacity::PersonalOpinion)
            .amid("an account of the office", || on(kind(ChannelKind::Office))),
        Example::of("To my mind the tender went to the wrong firm.")
            .speaking(Capacity::PersonalOpinion)
            .amid("a project's own account", || on(kind(ChannelKind::Project))),
    ],
    quiet: [
        Example::of("I would rather cycle. Views are my own, not my employer's.")
            .speaking(Capacity::PersonalOpinion)
            .amid("an account of the office", || on(kind(ChannelKind::Office))),
        Example::of("I would rather cycle.")
            .speaking(Capacity::PersonalOpinion)
            .amid("a person's own account", || on(kind(ChannelKind::Personal))),
        Example::of("The bicycle shed is open.")
            .speaking(Capacity::Official)
            .amid("an account of the office", || on(kind(ChannelKind::Office))),
        Example::of("I would rather cycle.").speaking(Capacity::PersonalOpinion),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// Whether an opinion that carries a label may stand on a shared account.
    allow_labelled: bool,
}

impl Default for Params {
    fn default() -> Self {
        Self { allow_labelled: true }
    }
}

struct Prepared {
    labels: Labels,
    allow_labelled: bool,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { labels: Labels::of(office, &[])?, allow_labelled: params.allow_labelled }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let channel = reading.around().and_then(|around| around.channel.as_ref());
        let shared = channel.is_some_and(|channel| channel.kind != ChannelKind::Personal);
        let Some(field) = reading
            .text()
            .filter(|_| shared && reading.submission.capacity == Some(Capacity::PersonalOpinion))
        else {
            return Vec::new();
        };
        if !self.allow_labelled {
            let hit =
                Hit::whole(field.target.clone(), "A personal opinion on an account that is not personal.");
            return vec![hit.suggesting("Say it on an account of your own, or have the office say it.")];
        }
        if self.labels.is_labelled(field) {
            return Vec::new();
        }
        vec![self.labels.missing(
            field,
            "A personal opinion on a shared account must be labelled as one in the text itself.",
        )]
    }
}
