//! Whether a correction says what it corrects. It does not know what is right.

use crate::pattern::Regex;
use serde::Deserialize;

use super::{
    around::drafted,
    facts::{FactReader, links::same_page},
    stems::{is_empty_word, stems},
};
use crate::{
    Check, DraftView, Example, Field, FieldKind, Hit, Office, Original, Reading, Shadow, Surroundings,
    pattern, rule::rule,
};

rule!(
    CorrectionUnlinked, "GP4.correction-unlinked", version 1, "GP4", Warn, reads: [Original],
    what: "Finds declared corrections that neither link to the post they correct nor own up to the mistake and say what it was.",
    why: "Whoever makes a mistake acknowledges it; readers of the wrong post must be able to tell what was wrong.",
    instead: "Link the original, or say what was wrong, what is right, and that you are sorry.",
    fires: [
        Example::of("Kindly ignore what we posted this morning.").amid("a correction", correcting),
        Example::of("The pharmacy on Oak closes at 8.").amid("a correction", correcting),
        Example::of("Oops, sorry about that!").amid("a correction", correcting),
    ],
    quiet: [
        Example::of("Correction: the pharmacy on Oak closes at 8, not 6.").amid("a correction", correcting),
        Example::of("We gave the wrong hours for the pharmacy. It closes at 8. Sorry!").amid("a correction", correcting),
        Example::of("Erratum : la pharmacie ferme à 20 h.").amid("a correction", correcting),
        Example::of("Please ignore this one: https://social.example/p/9").amid("a correction", correcting),
        Example::of("See the corrected post.").linking("https://social.example/p/9").amid("a correction", correcting),
        Example::of("Kindly ignore what we posted this morning."),
    ],
);

/// Surroundings of an example.
fn correcting() -> Surroundings {
    let original = Original {
        url: Some("https://social.example/p/9".to_owned()),
        text: "The pharmacy on Oak Street closes at 6 pm".to_owned(),
    };
    drafted(DraftView { correction_of: Some(original), ..DraftView::default() })
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that own up to a mistake.
    phrases: Vec<String>,
}

struct Prepared {
    owned: Regex,
    more: Regex,
    facts: &'static FactReader,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        owned: pattern::any_case(
            r"\b(?:correct(?:ion|ions|ed|ing)|corrigend(?:um|a)|errat(?:um|a)|(?:got|had|gave|said|listed|wrote|posted|was|were|is|the|an?) [^.!?\n]{0,40}?wrong(?:ly)?|wrong(?:ly)?|mistak(?:e|es|en|enly)|errors?|erroneous(?:ly)?|incorrect(?:ly)?|inaccura(?:te|cy)|mis(?:stated|quoted|spelled|spelt|attributed|reported|printed|identified|named|took)|mix(?:ed)?[ -]up|typos?|should (?:have )?(?:read|said|say|be|been)|apolog(?:y|ies|i[sz]e|i[sz]ing)|sorry|oops|we regret|retract(?:ed|ion|ing)?|rectificati(?:f|on)s?|rectifi[a-zé]+|corrig[a-zéè]+|erreurs?|erronée?s?|fautive?s?|coquilles?|aurait dû|auraient dû|il (?:fallait|faut) lire|lire plutôt|(?:nous nous sommes|on s'est) trompée?s?|désolée?s?|(?:toutes )?nos excuses|mal (?:citée?|indiquée?|écrit|orthographiée?)|inexacte?s?)\b",
        )?,
        more: pattern::phrases(&params.phrases)?,
        facts: FactReader::shared()?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let original = reading.around().and_then(|around| around.draft.correction_of.as_ref());
        let (Some(original), Some(text)) = (original, reading.text()) else { return Vec::new() };
        if is_linked(reading, original) || self.is_owned(text, original) {
            return Vec::new();
        }
        let message =
            "The correction neither links to the post that it corrects nor says what was wrong with it.";
        let hit = Hit::whole(text.target.clone(), message);
        vec![match &original.url {
            Some(url) => hit.suggesting(format!("Say what was wrong, or link it: {url}")),
            None => hit.suggesting("Say what was wrong, and what is right."),
        }]
    }
}

impl Prepared {
    /// Whether a text owns up to the mistake and speaks of the same matter as the original.
    fn is_owned(&self, text: &Field<'_>, original: &Original) -> bool {
        let folded = text.shadow.folded();
        let phrases = [&self.owned, &self.more];
        if !phrases.iter().any(|pattern| pattern.find(folded).is_some_and(|found| !found.is_empty())) {
            return false;
        }
        let rest = self.owned.replace_all(text.lower(), " ").into_owned();
        let said = stems(&rest);
        let shadow = Shadow::of(&original.text);
        let first = stems(&shadow.lower());
        if first.is_empty() {
            return said.len() > 3;
        }
        let same_matter = first.iter().any(|word| said.iter().any(|own| own.root == word.root));
        let (ours, theirs) = (self.facts.read(&text.shadow), self.facts.read(&shadow));
        let same_kind = theirs.iter().any(|fact| ours.iter().any(|own| own.kind == fact.kind));
        // A translation shares no words: enough of its own will do.
        same_matter || same_kind || said.iter().filter(|word| !is_filler(&word.word)).count() > 4
    }
}

/// Words of an apology that say nothing about the matter.
fn is_filler(word: &str) -> bool {
    is_empty_word(word)
        || "please disregard ignore earlier previous last post tweet posted yesterday today morning again thank thanks \
            patience confusion inconvenience all everyone folks message publication precedent precedente"
            .split(' ')
            .any(|filler| filler == word)
}

fn is_linked(reading: &Reading<'_, '_>, original: &Original) -> bool {
    let Some(url) = original.url.as_deref().map(str::trim).filter(|url| !url.is_empty()) else {
        return false;
    };
    reading.of_kinds(&[FieldKind::Text, FieldKind::Link]).any(|field| {
        field.shadow.raw().contains(url) || field.links().iter().any(|link| same_page(link.text, url))
    })
}
