//! Whether the author knows that what is posted stays. It does not know what they post.

use serde::Deserialize;

use crate::{AuthorView, Check, Example, Hit, Office, Reading, Surroundings, rule::rule};

rule!(
    PermanenceAck, "CC5.permanence-ack", version 1, "CC5", Advise, asks: Permanence, reads: [Author],
    what: "Asks an author once whether they know that posts stay; stays quiet where it is not known whether they were asked.",
    why: "What is posted remains, and anybody may publish it again elsewhere.",
    instead: "Answer the question once; it holds for every later draft.",
    fires: [
        Example::of("Our first post!").amid("an author who has not been asked yet", || author(Some(false))),
        Example::of("Notre premier message").amid("an author who has not been asked yet", || author(Some(false))),
    ],
    quiet: [
        Example::of("Our second post!").amid("an author who has answered", || author(Some(true))),
        Example::of("Our third post!").amid("an author of whom it is not known", || author(None)),
        Example::of("A bare text has no author."),
    ],
);

fn author(permanence_acknowledged: Option<bool>) -> Surroundings {
    Surroundings {
        author: Some(AuthorView {
            name: "Sam Lee".to_owned(),
            permanence_acknowledged,
            ..AuthorView::default()
        }),
        ..Surroundings::default()
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {}

struct Prepared;

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(_: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let author = reading.around().and_then(|around| around.author.as_ref());
        let unasked = author.is_some_and(|author| author.permanence_acknowledged == Some(false));
        let hit = |target: &str| {
            Hit::whole(target, "This author has not yet been asked whether they know that posts stay.")
                .suggesting("Answer the question; it is asked once.")
        };
        unasked.then(|| reading.text().map(|field| hit(&field.target))).flatten().into_iter().collect()
    }
}
