//! Whether pictures and videos say what they show. It does not know what they do show.

use crate::pattern::Regex;
use serde::Deserialize;

use crate::{Check, Example, Hit, MediaView, Office, Reading, Weight, pattern, rule::rule};

rule!(
    AltMissing, "X.alt-missing", version 1, "X2", Warn,
    what: "Finds pictures and videos without alternative text, with a file name or a placeholder for one, or \
           with one that begins with words such as \"image of\". What is declared decorative passes.",
    why: "Who cannot see a picture is given its alternative text; a file name tells them nothing.",
    instead: "Say in a sentence what the picture shows and why it is there, or declare it decorative.",
    fires: [
        Example::of("Our new poster!").picturing("poster.png", None),
        Example::of("Our new poster!").picturing("poster.png", Some("  ")),
        Example::of("Our new poster!").picturing("IMG_2041.png", Some("IMG_2041.png")),
        Example::of("Our new poster!").picturing("poster.png", Some("DSC_0042")),
        Example::of("Our new poster!").picturing("poster.png", Some("Image of a clinic")),
    ],
    quiet: [
        Example::of("Our new poster!").picturing("poster.png", Some("A nurse shows a patient the tablet")),
        Example::of("Our new poster!").decorated("divider.png"),
        Example::of("No picture at all"),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    redundant_openings: Vec<String>,
    placeholders: Vec<String>,
}

impl Default for Params {
    fn default() -> Self {
        let owned = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect();
        Self {
            redundant_openings: owned(&[
                "image of",
                "an image of",
                "picture of",
                "a picture of",
                "photo of",
                "a photo of",
                "photograph of",
                "a photograph of",
                "graphic of",
                "a graphic of",
                "screenshot of",
                "a screenshot of",
                "video of",
                "a video of",
                "image de",
                "une image de",
                "photo de",
                "une photo de",
                "image montrant",
            ]),
            placeholders: owned(&[
                "alt",
                "alt text",
                "image",
                "photo",
                "picture",
                "graphic",
                "video",
                "screenshot",
                "untitled",
                "n/a",
                "na",
                "none",
                "todo",
                "tbd",
                "test",
                "description",
                "alternative text",
                "texte alternatif",
                "x",
                "-",
            ]),
        }
    }
}

struct Prepared {
    params: Params,
    file_name: Regex,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let lower = |list: &[String]| list.iter().map(|entry| entry.trim().to_lowercase()).collect();
    Ok(Box::new(Prepared {
        params: Params {
            redundant_openings: lower(&params.redundant_openings),
            placeholders: lower(&params.placeholders),
        },
        file_name: pattern::any_case(
            r"^(?:[^/\\]{1,200}\.(?:jpe?g|png|gif|webp|heic|heif|avif|svg|bmp|tiff?|mp4|mov|webm|m4v|avi|pdf)|(?:img|dscn?|pxl|dji|gopr|mvimg|screenshot|screen shot|image|photo|picture|vid|untitled|wp)[ _\-]?[\d_\-: .]{1,40}(?:at [\d.: apm]+)?|[0-9a-f]{8}-[0-9a-f\-]{20,40}|\d{6,}[_\d]*)$",
        )?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let media = reading.submission.media.iter().enumerate();
        media.filter_map(|(index, medium)| self.medium(index, medium)).collect()
    }
}

impl Prepared {
    fn medium(&self, index: usize, medium: &MediaView<'_>) -> Option<Hit> {
        let kind = medium.media_type.split('/').next().unwrap_or_default().to_ascii_lowercase();
        if medium.decorative || !matches!(kind.as_str(), "image" | "video") {
            return None;
        }
        let target = format!("media[{index}].alt");
        let name = medium.file_name;
        let alt = medium.alt_text.unwrap_or_default().trim();
        let lower = alt.to_lowercase();
        let hit = if alt.is_empty() {
            Hit::whole(target, format!("The {kind} {name} has no alternative text."))
        } else if self.params.placeholders.contains(&lower) || !alt.chars().any(char::is_alphanumeric) {
            Hit::whole(target, format!("The alternative text of {name} is a placeholder."))
        } else if is_name_of(&lower, name) || self.file_name.is_match(alt) {
            Hit::whole(target, format!("The alternative text of {name} is a file name."))
        } else if self.begins_redundantly(&lower) {
            Hit::whole(
                target,
                "The alternative text begins by saying that it is a picture; screen readers say so already.",
            )
            .weighing(Weight::Unsure)
        } else {
            return None;
        };
        Some(hit.suggesting("Say in a sentence what it shows and why it is there, or declare it decorative."))
    }

    fn begins_redundantly(&self, alt: &str) -> bool {
        self.params.redundant_openings.iter().any(|opening| {
            alt.strip_prefix(opening.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }
}

fn is_name_of(alt: &str, file_name: &str) -> bool {
    let name = file_name.to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    // A name of several words may well be a description; one word is not.
    alt == name || (alt == stem && !stem.contains(' '))
}
