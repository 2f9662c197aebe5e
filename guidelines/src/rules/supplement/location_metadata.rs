//! Whether files of media still carry personal metadata. It reads no file: it is told which kinds were found.

use serde::Deserialize;

use crate::{Check, Example, Hit, MediaView, Office, Reading, rule::rule};

rule!(
    LocationMetadata, "CC1b.location-metadata", version 1, "CC1b", Warn,
    what: "Finds media whose files still carry personal metadata, such as the place where a picture was taken or its camera's \
           owner, and says which kinds.",
    why: "Where somebody was, and when, is a personal detail; a picture taken at home tells where home is.",
    instead: "Upload it again: metadata are stripped on the way in. Or strip them before.",
    fires: [
        Example::of("Our team").showing(MediaView { metadata: GPS, ..MediaView::of("a.jpg", "image/jpeg", Some("Five people")) }),
        Example::of("").showing(MediaView { metadata: GPS, ..MediaView::of("b.mp4", "video/mp4", None) }),
    ],
    quiet: [
        Example::of("Our team").picturing("a.png", Some("Five people")),
        Example::of("Our GPS study has begun"),
    ],
);

/// Some kind, for the examples, which are constants.
const GPS: &[String] = &[String::new()];

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
        let carrying = media.filter(|(_, medium)| !medium.metadata.is_empty());
        carrying
            .map(|(index, medium)| {
                let named: Vec<&str> =
                    medium.metadata.iter().map(String::as_str).filter(|kind| !kind.is_empty()).collect();
                let kinds = if named.is_empty() { "personal metadata".to_owned() } else { named.join(", ") };
                Hit::whole(
                    format!("media[{index}]"),
                    format!("The file {} still carries {kinds}.", medium.file_name),
                )
                .suggesting("Strip the metadata, and upload the file again.")
            })
            .collect()
    }
}
