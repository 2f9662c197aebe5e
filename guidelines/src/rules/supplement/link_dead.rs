//! Whether the last look at a link found its page gone. It looks at nothing itself: the background check does.

use serde::Deserialize;

use crate::{Check, Example, FieldKind, Hit, LinkState, LinkView, Office, Reading, rule::rule};

rule!(
    LinkDead, "X.link-dead", version 1, "X4", Warn, reads: [Links],
    what: "Finds links in the text and beside it of which the background check says that the page is gone. A link that was \
           not looked at, or of which nothing could be told, passes.",
    why: "A link that leads nowhere helps nobody.",
    instead: "Link to the page that took its place, or leave the link out.",
    fires: [
        Example::of("Read https://example.org/gone for more.").amid("a link that is gone", examples::gone),
        Example::of("Read on").linking("https://example.org/gone").amid("a link that is gone", examples::gone),
    ],
    quiet: [
        Example::of("Read https://example.org/here for more.").amid("a link that is gone", examples::gone),
        Example::of("Read https://example.org/gone/again too.").amid("a link that is gone", examples::gone),
        Example::of("Read https://example.org/gone for more."),
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
        let looked_at = reading.around().map(|around| around.links.as_slice()).unwrap_or_default();
        let dead: Vec<&LinkView> = looked_at.iter().filter(|link| link.state == LinkState::Dead).collect();
        if dead.is_empty() {
            return Vec::new();
        }
        let fields = reading.of_kinds(&[FieldKind::Text, FieldKind::Link]);
        fields
            .flat_map(|field| {
                let dead = &dead;
                field.links().into_iter().filter_map(move |link| {
                    let gone = dead.iter().find(|gone| is_same(&gone.url, link.text))?;
                    let when = gone
                        .checked_at
                        .map_or(String::new(), |at| format!(" on {}", at.format("%Y-%m-%d at %H:%M UTC")));
                    let message = format!("This page was gone when it was last looked at{when}.");
                    Some(
                        Hit::at(field, &link.range, message)
                            .suggesting("Link to the page that took its place."),
                    )
                })
            })
            .collect()
    }
}

fn is_same(one: &str, other: &str) -> bool {
    let plain = |url: &str| url.trim().trim_end_matches('/').to_owned();
    let (one, other) = (plain(one), plain(other));
    one == other || one.split_once("://").is_some_and(|(_, rest)| rest == other)
}

/// Surroundings of the examples.
mod examples {
    use crate::{LinkState, LinkView, Surroundings};

    pub(super) fn gone() -> Surroundings {
        let link =
            LinkView { url: "https://example.org/gone".to_owned(), state: LinkState::Dead, checked_at: None };
        Surroundings { links: vec![link], ..Surroundings::default() }
    }
}
