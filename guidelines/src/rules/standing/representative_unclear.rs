//! Whether somebody who speaks for the office under their own name says so. It does not know why they may not.

use serde::Deserialize;

use super::{
    around::{day, kind, on, with_bio},
    naming::Naming,
};
use crate::{
    AuthorView, Capacity, ChannelKind, Check, Example, Exemption, FieldKind, Hit, Office, Reading,
    Surroundings, rule::rule,
};

rule!(
    RepresentativeUnclear, "CC1a.representative-unclear", version 1, "CC1a", Warn,
    reads: [Time, Channel, Bio, Author, Initiative],
    what: "Finds official texts on a person's own account where neither the biography nor the text says that the person \
           belongs to the office. A granted exemption that has not ended passes.",
    why: "Who speaks for a project under their own name must make that clear, unless their safety is at stake.",
    instead: "Name the office in the biography, or say in the text that you work there.",
    fires: [
        Example::of("Sign-ups for SleepWell close on Friday.").speaking(Capacity::Official).amid(
            "a biography that names nobody",
            || on(with_bio(ChannelKind::Personal, "Gardener. Two cats.")),
        ),
        Example::of("Sign-ups close on Friday.").speaking(Capacity::Official).amid("an exemption that has ended", || {
            exempt(Exemption { until: day(-1), ..granted() })
        }),
        Example::of("Sign-ups close on Friday.").speaking(Capacity::Official).amid(
            "an exemption that nobody granted",
            || exempt(Exemption { approved_by: None, ..granted() }),
        ),
    ],
    quiet: [
        Example::of("Sign-ups close on Friday.").speaking(Capacity::Official).amid(
            "a biography that names the office",
            || on(with_bio(ChannelKind::Personal, "Gardener. Analyst at the Pacific eHealth Office.")),
        ),
        Example::of("I work at the Pacific eHealth Office: sign-ups close on Friday.")
            .speaking(Capacity::Official)
            .amid("a person's own account", || on(with_bio(ChannelKind::Personal, "Gardener."))),
        Example::of("I lead SleepWell at the Pacific eHealth Office, and sign-ups close on Friday.")
            .speaking(Capacity::Official)
            .amid("a person's own account", || on(with_bio(ChannelKind::Personal, "Gardener."))),
        Example::of("Je coordonne le projet SleepWell du Pacific eHealth Office : il reste cinq places.")
            .speaking(Capacity::Official)
            .amid("a person's own account", || on(with_bio(ChannelKind::Personal, "Jardinière."))),
        Example::of("Sign-ups close on Friday.")
            .speaking(Capacity::Official)
            .amid("an exemption in force", || exempt(Exemption { until: day(0), ..granted() })),
        Example::of("Sign-ups close on Friday.")
            .speaking(Capacity::Official)
            .amid("an account of the office", || on(kind(ChannelKind::Office))),
        Example::of("Tomatoes at last!").speaking(Capacity::PersonalOpinion).amid(
            "a biography that names nobody",
            || on(with_bio(ChannelKind::Personal, "Gardener. Two cats.")),
        ),
    ],
);

/// Surroundings of an example: somebody with an exemption.
fn exempt(exemption: Exemption) -> Surroundings {
    let author = AuthorView { exemption: Some(exemption), ..AuthorView::default() };
    Surroundings { author: Some(author), ..on(with_bio(ChannelKind::Personal, "Gardener.")) }
}

/// An exemption of an example.
fn granted() -> Exemption {
    Exemption { reason: "threats".to_owned(), approved_by: Some("The Coordinator".to_owned()), until: None }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More names by which readers recognise the office.
    names: Vec<String>,
}

struct Prepared {
    naming: Naming,
    names: crate::lexicon::Lexicon,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let names = crate::lexicon::Lexicon::of(&params.names)?;
    Ok(Box::new(Prepared { naming: Naming::of(office)?, names }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(around) =
            reading.around().filter(|_| reading.submission.capacity == Some(Capacity::Official))
        else {
            return Vec::new();
        };
        let Some(channel) = &around.channel else { return Vec::new() };
        if channel.kind != ChannelKind::Personal || channel.bio.is_none() || is_exempt(around) {
            return Vec::new();
        }
        let clear = reading.of_kinds(&[FieldKind::Text, FieldKind::Bio]).any(|field| {
            let bio = field.kind == FieldKind::Bio;
            self.naming.belongs(field, around)
                || (bio && (self.naming.is_named(field, around) || self.names.is_in(field.lower())))
        });
        if clear {
            return Vec::new();
        }
        let ended = around.author.as_ref().is_some_and(|author| author.exemption.is_some());
        let message = if ended {
            "Nothing says that this person speaks for the office, and their exemption is not in force."
        } else {
            "Neither the biography nor the text says that this person speaks for the office."
        };
        let hit = Hit::whole("channel.bio", message);
        vec![hit.suggesting("Name the office in the biography, or say in the text that you work there.")]
    }
}

/// Whether the author has an exemption in force; one that ends passes where nobody knows the day.
fn is_exempt(around: &Surroundings) -> bool {
    let exemption = around.author.as_ref().and_then(|author| author.exemption.as_ref());
    exemption.is_some_and(|exemption| {
        let granted = exemption.approved_by.as_ref().is_some_and(|name| !name.trim().is_empty());
        let ended = exemption.until.zip(around.now).is_some_and(|(until, now)| until < now.date_naive());
        granted && !ended
    })
}
