//! Whether hashtags of several words show where each word begins. It does not know what tags are in use.

use serde::Deserialize;

use crate::{Check, Example, Hit, Office, Reading, Wake, rule::rule, vocabulary::Vocabulary};

rule!(
    HashtagCase, "X.hashtag-case", version 1, "X3", Advise,
    what: "Finds hashtags of several words without capitals inside, using a small list of words and the office's acronyms.",
    why: "Screen readers read a tag as words only when each begins with a capital; everybody else reads it faster too.",
    instead: "Begin every word of the tag with a capital, as the suggestion does.",
    fires: [
        Example::of("Join us #healthresearch"),
        Example::of("Join us #knowledgetranslation and #patientpartners"),
        Example::of("News #ehealthbc"),
    ],
    quiet: [
        Example::of("Join us #HealthResearch"),
        Example::of("Join us #health and #hcsmca"),
        Example::of("A #workshop on #healthcare"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that tags are made of.
    words: Vec<String>,
    /// Tags that are left alone.
    accepted: Vec<String>,
}

struct Prepared {
    vocabulary: Vocabulary,
    accepted: Vec<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let mut vocabulary = Vocabulary::with_acronyms(office.acronyms());
    vocabulary.learn(&params.words);
    let accepted = params.accepted.iter().map(|tag| tag.trim_start_matches('#').to_lowercase()).collect();
    Ok(Box::new(Prepared { vocabulary, accepted }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(vec!["#".to_owned()])
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else {
            return Vec::new();
        };
        let mut hits = Vec::new();
        for tag in field.shadow.tags() {
            let lower = tag.text.to_lowercase();
            let capitals_inside = tag.text.chars().skip(1).any(char::is_uppercase);
            if capitals_inside || tag.text.contains('_') || self.accepted.contains(&lower) {
                continue;
            }
            if let Some(written) = self.vocabulary.camel_case(&lower) {
                hits.push(
                    Hit::at(field, &tag.range, format!("#{} is several words without capitals.", tag.text))
                        .suggesting(format!("#{written}")),
                );
            }
        }
        hits
    }
}
