//! Whether a text fits where it goes. It does not know how each platform counts: `measure` does.

use serde::Deserialize;

use crate::{Check, Example, Hit, LengthUnit, Office, Platform, Reading, measure::overrun, rule::rule};

rule!(
    Length, "X.length", version 1, "X1", Block,
    what: "Measures the text as its platform does and marks what is over: X's weighting with links at 23, \
           Mastodon's with links at 23 and short mentions, Bluesky's 300 graphemes and 3000 bytes, and the \
           plain limits of the others. A server's own limit takes the place of the platform's.",
    why: "A text that is too long is refused, or cut where nobody meant it to end.",
    instead: "Shorten the text, move the rest behind a link, or write a variant for that channel.",
    fires: [
        Example::of("a").times(281).on(Platform::X),
        Example::of("健").times(141).on(Platform::X),
        Example::of("word ").times(101).on(Platform::Mastodon),
        Example::of("a").times(301).on(Platform::Bluesky),
    ],
    quiet: [
        Example::of("a").times(280).on(Platform::X),
        Example::of("a").times(5000).on(Platform::WordPress),
        Example::of("a").times(5000),
    ],
);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {}

struct Prepared;

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(_: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let (Some(rule), Some(field)) = (reading.submission.length_rule(), reading.text()) else {
            return Vec::new();
        };
        let Some(over) = overrun(field.shadow.raw(), &rule) else {
            return Vec::new();
        };
        let place =
            reading.submission.platform.map_or("this channel".to_owned(), |platform| platform.to_string());
        let message = if over.only_bytes {
            let most = rule.max_bytes.unwrap_or_default();
            format!(
                "{} bytes, but {place} takes {most}: {} too many.",
                over.bytes,
                over.bytes.saturating_sub(most)
            )
        } else {
            format!(
                "{} {}, but {place} takes {}: {} too many.",
                over.length,
                unit(rule.unit),
                rule.limit,
                over.length.saturating_sub(rule.limit)
            )
        };
        let span = field.shadow.span_of_raw(&over.excess);
        let hit = Hit { span: Some(span), ..Hit::whole(field.target.clone(), message) };
        vec![hit.suggesting("Shorten the text, or write a variant for this channel.")]
    }
}

const fn unit(unit: LengthUnit) -> &'static str {
    match unit {
        LengthUnit::XWeighted => "characters as X weighs them",
        LengthUnit::Mastodon => "characters as Mastodon counts them",
        LengthUnit::Graphemes => "visible characters",
        LengthUnit::Characters => "characters",
    }
}
