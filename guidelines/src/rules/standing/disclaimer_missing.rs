//! Whether a personal opinion is labelled as one. It does not judge the opinion.

use serde::Deserialize;

use super::{
    around::{kind, on, with_bio},
    labels::Labels,
    naming::Naming,
};
use crate::{
    Capacity, ChannelKind, Check, Example, FieldKind, Hit, Office, Platform, Reading, Weight, rule::rule,
};

rule!(
    DisclaimerMissing, "CC2.disclaimer-missing", version 1, "CC2", Warn,
    reads: [Channel, Bio, Initiative], grave: true,
    what: "Asks for a label on personal opinions: on a person's own account where text or biography names the office, in \
           either of them; on an account of which nothing is known, one of the handbook's labels in the text itself.",
    why: "Who is known to work here is taken to speak for the office, unless they say that they do not.",
    instead: "Put the suggested label into the text.",
    fires: [
        Example::of("Fax machines should go.").on(Platform::Mastodon).speaking(Capacity::PersonalOpinion),
        Example::of("Evenings on call are too long.").speaking(Capacity::PersonalOpinion).amid(
            "a biography that names the office",
            || on(with_bio(ChannelKind::Personal, "Analyst, Pacific eHealth Office. Cat person.")),
        ),
        Example::of("At the Pacific eHealth Office we drink too much coffee, if you ask me.")
            .speaking(Capacity::PersonalOpinion)
            .amid("a person's own account", || on(kind(ChannelKind::Personal))),
    ],
    quiet: [
        Example::of("Fax machines should go. Views are my own, not my employer's.")
            .on(Platform::X)
            .speaking(Capacity::PersonalOpinion),
        Example::of("Evenings on call are too long.").speaking(Capacity::PersonalOpinion).amid(
            "a biography with a label",
            || on(with_bio(ChannelKind::Personal, "Analyst, Pacific eHealth Office. Opinions mine.")),
        ),
        Example::of("Evenings on call are too long.")
            .speaking(Capacity::PersonalOpinion)
            .amid("a biography that names nobody", || on(with_bio(ChannelKind::Personal, "Cat person."))),
        Example::of("Mes idées n'engagent que moi, mais le Pacific eHealth Office a tort.")
            .speaking(Capacity::PersonalOpinion)
            .amid("a person's own account", || on(kind(ChannelKind::Personal))),
        Example::of("Our clinic list is out.").on(Platform::X).speaking(Capacity::Official),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that label a view as somebody's own.
    own_view_phrases: Vec<String>,
}

struct Prepared {
    labels: Labels,
    naming: Naming,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let labels = Labels::of(office, &params.own_view_phrases)?;
    Ok(Box::new(Prepared { labels, naming: Naming::of(office)? }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        if reading.submission.capacity != Some(Capacity::PersonalOpinion) {
            return Vec::new();
        }
        let around = reading.around();
        match around.and_then(|around| around.channel.as_ref()).map(|channel| channel.kind) {
            None => self.anywhere(reading).into_iter().collect(),
            Some(ChannelKind::Personal) => self.on_own_account(reading).into_iter().collect(),
            // A rule of its own speaks of shared accounts.
            Some(ChannelKind::Office | ChannelKind::Project) => Vec::new(),
        }
    }
}

impl Prepared {
    fn anywhere(&self, reading: &Reading<'_, '_>) -> Option<Hit> {
        let field = reading.text().filter(|field| !self.labels.is_labelled(field))?;
        let message = "A personal opinion must be labelled as one in the text itself.";
        Some(self.labels.missing(field, message).weighing(Weight::Grave))
    }

    fn on_own_account(&self, reading: &Reading<'_, '_>) -> Option<Hit> {
        let (text, around) = (reading.text()?, reading.around()?);
        let spoken = || reading.of_kinds(&[FieldKind::Text, FieldKind::Bio]);
        let named = spoken().find(|field| self.naming.is_named(field, around))?;
        if spoken().any(|field| self.labels.is_owned(field)) {
            return None;
        }
        let message = if named.kind == FieldKind::Bio {
            "The biography names the office, and nothing says that this is a personal opinion."
        } else {
            "The text names the office, and nothing says that this is a personal opinion."
        };
        Some(self.labels.missing(text, message))
    }
}
