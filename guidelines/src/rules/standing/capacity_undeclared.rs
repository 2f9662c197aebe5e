//! Whether it is declared in which capacity somebody speaks. It does not know who they are.

use super::around::{NoParams, kind, on, ready};
use crate::{Capacity, ChannelKind, Check, Example, Hit, Office, Platform, Reading, rule::rule};

rule!(
    CapacityUndeclared, "CC2.capacity-undeclared", version 1, "CC2", Block, reads: [Channel],
    what: "Asks that whatever goes to a channel declares in which capacity it is said.",
    why: "Readers must be able to tell whether the office speaks or a person does. The policy does not say how; \
          declaring the capacity of each draft is this office's way.",
    instead: "Declare the capacity of the draft.",
    fires: [
        Example::of("Fax machines should go.").on(Platform::Mastodon),
        Example::of("Our clinic list is out.").amid("an account of the office", || on(kind(ChannelKind::Office))),
    ],
    quiet: [
        Example::of("Our clinic list is out.").on(Platform::X).speaking(Capacity::Official),
        Example::of("Fax machines should go.").on(Platform::Mastodon).speaking(Capacity::PersonalOpinion),
        Example::of("A bare text goes nowhere and declares nothing."),
    ],
);

struct Prepared;

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    ready(Prepared)
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let goes = reading.submission.platform.is_some() || reading.around().is_some();
        if reading.submission.capacity.is_some() || !goes {
            return Vec::new();
        }
        let target = reading.submission.text_path;
        vec![
            Hit::whole(target, "It is not declared in which capacity this is said.")
                .suggesting("Declare it: OFFICIAL for the office, PERSONAL_OPINION for yourself."),
        ]
    }
}
