//! Whether it is clear in which capacity somebody speaks. It does not know who they are.

use regex::Regex;
use serde::Deserialize;

use crate::{
    Capacity as Declared, Check, Example, Field, Hit, Office, Platform, Reading, Weight, pattern, rule::rule,
};

rule!(
    Capacity, "CC2.capacity", version 1, "CC2", Block,
    what: "Asks that whatever goes to a channel declares its capacity, that a personal opinion carries one of the \
           handbook's labels in the text, and that an official text does not claim to be somebody's own view.",
    why: "Readers must be able to tell whether the office speaks or a person does. The policy does not say how; \
          declaring the capacity and showing the label is this office's way.",
    instead: "Declare the capacity of the draft; for an opinion, put the suggested label into the text.",
    fires: [
        Example::of("Fax machines should go.").on(Platform::Mastodon),
        Example::of("Fax machines should go.").on(Platform::Mastodon).speaking(Declared::PersonalOpinion),
        Example::of("Fax machines should go. Views are my own.").on(Platform::X).speaking(Declared::Official),
    ],
    quiet: [
        Example::of("Our clinic list is out.").on(Platform::X).speaking(Declared::Official),
        Example::of("Fax machines should go. Views are my own, not my employer's.")
            .on(Platform::X)
            .speaking(Declared::PersonalOpinion),
        Example::of("A bare text goes nowhere and declares nothing."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases by which a text claims to be somebody's own view.
    own_view_phrases: Vec<String>,
}

struct Prepared {
    labels: Vec<(String, String)>,
    own_view: Regex,
    more: Regex,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        labels: office
            .disclaimers()
            .iter()
            .map(|label| (plain(&label.text), label.text.clone()))
            .filter(|(plain, _)| !plain.is_empty())
            .collect(),
        own_view: pattern::any_case(
            r"\b(?:(?:views?|opinions?|thoughts|tweets|posts|comments)(?: expressed)?(?: here(?:in)?)?(?: are| is)?(?: entirely| solely| strictly)? (?:my|our|his|her|their) own|(?:views|opinions|tweets)(?: are)? mine\b|(?:my|these are my) (?:personal|own) (?:views?|opinions?)|n'engagent? que (?:moi|leur auteur)|(?:mes|opinions?) (?:opinions? )?(?:personnelles?|sont les miennes))",
        )?,
        more: pattern::phrases(&params.own_view_phrases)?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else {
            return Vec::new();
        };
        let hit = match reading.submission.capacity {
            None if reading.submission.platform.is_none() => None,
            None => Some(
                Hit::whole(field.target.clone(), "It is not declared in which capacity this is said.")
                    .suggesting("Declare it: OFFICIAL for the office, PERSONAL_OPINION for yourself."),
            ),
            Some(Declared::PersonalOpinion) => self.unlabelled(field),
            Some(Declared::Official) => self.disowned(field),
        };
        hit.into_iter().collect()
    }
}

impl Prepared {
    fn unlabelled(&self, field: &Field<'_>) -> Option<Hit> {
        let text = plain(field.shadow.raw());
        if self.labels.iter().any(|(label, _)| text.contains(label.as_str())) {
            return None;
        }
        let hit = Hit::whole(
            field.target.clone(),
            "A personal opinion must be labelled as one in the text itself.",
        );
        Some(match self.labels.as_slice() {
            [] => hit.suggesting("The handbook has no label for opinions: ask the coordinator to add one."),
            labels => {
                let texts: Vec<&str> = labels.iter().map(|(_, text)| text.as_str()).collect();
                hit.suggesting(format!("Add one of: {}", texts.join(" / ")))
            }
        })
    }

    fn disowned(&self, field: &Field<'_>) -> Option<Hit> {
        let folded = field.shadow.folded();
        let found = self.own_view.find(folded).or_else(|| self.more.find(folded))?;
        let message = "Declared official, yet the text says that it is somebody's own view.";
        Some(
            Hit::at(field, &found.range(), message)
                .weighing(Weight::Unsure)
                .showing(found.as_str())
                .suggesting("Remove the phrase, or declare PERSONAL_OPINION."),
        )
    }
}

/// Letters and digits in lower case with single spaces: how labels are compared.
fn plain(text: &str) -> String {
    let shadow = crate::Shadow::of(text);
    let lower = shadow.folded().to_lowercase().replace('\'', "");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" ")).replace("  ", "")
}
