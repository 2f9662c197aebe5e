//! Whether people who can be recognised in a medium agreed to be shown. It sees no faces: it is told.

use serde::Deserialize;

use crate::{Check, Example, Hit, MediaView, Office, Reading, rule::rule};

rule!(
    PeopleConsent, "CC1b.people-consent", version 1, "CC1b", Warn, asks: ImageConsent,
    what: "Asks for the record of consent where a medium is said to show people who can be recognised.",
    why: "How somebody looks, and that they were there, is theirs to give out.",
    instead: "Record the consent of everybody who can be recognised, or choose another picture.",
    fires: [
        Example::of("Our team").showing(MediaView {
            shows_people: Some(true),
            ..MediaView::of("a.png", "image/png", Some("Five people"))
        }),
        Example::of("").showing(MediaView { shows_people: Some(true), ..MediaView::of("b.mp4", "video/mp4", None) }),
    ],
    quiet: [
        Example::of("Our lake").showing(MediaView {
            shows_people: Some(false),
            ..MediaView::of("lake.png", "image/png", Some("A lake"))
        }),
        Example::of("Our team").picturing("a.png", Some("Nobody said who is in it")),
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
        let media = reading.submission.media.iter().enumerate();
        let peopled = media.filter(|(_, medium)| medium.shows_people == Some(true));
        peopled
            .map(|(index, medium)| {
                let message =
                    format!("{} shows people who can be recognised; do they consent?", medium.file_name);
                Hit::whole(format!("media[{index}]"), message)
                    .suggesting("Record where their consent is kept, or choose another picture.")
            })
            .collect()
    }
}
