//! Whether a mark is meant as one, or only spoken of, taken back, or a promise to people.
//! It does not know the marks.

use std::ops::Range;

use crate::pattern::Regex;

use crate::{Field, pattern};

/// What shows that marks are spoken of; before them.
const TALK: &str = r"\b(?:what (?:does|do|is|are)|what's|what [^.!?\n]{0,40}means?|how (?:to|do|does|we)|when to|learn(?:ing)? (?:about|how|what|when|why)|explain(?:s|ed|ing)?|(?:guide|introduction|primer|intro) to|training|basics|workshop (?:on|about)|webinar (?:on|about)|module (?:on|about)|course (?:on|about)|difference between|meaning of|our policy on|policy on|rules for|why we|label(?:s|led)? like|words like|marks? like|such as|the (?:word|term|phrase|label)|certified for|approved for|qu'est-ce que|que signifie|comment|formation|politique sur|trade|oil|arms|export|import|travel|economic|cuban|russian|grain)\b";

/// What takes a mark back, right before it.
const TAKEN_BACK_BEFORE: &str = r"\b(?:no longer|not|isn't|aren't|never|wasn't|nothing (?:is|here is)|n'est (?:plus|pas)|n'était pas|end of the|lifts? (?:its|the|our)|lifted the|lifting of the|plus)\s+(?:an?\s+|the\s+|considered\s+|marked\s+|held\s+)?$";
/// And right after it.
const TAKEN_BACK_AFTER: &str = r"^\W{0,3}\s?(?:has been |was |is now |is |now |est )?(?:lifted|over|ended|expired|levé|terminé|policy|policies|rules|data\b|information\b|workloads?|cloud|environments?|requirements?|training|levels?|explained|certifi\w+|means|means?\b|stands for|markings?|labels?|systems?|servers?|and [abc]\b|or [abc]\b|(?:et|ou) [abc]\b|hosting|compliant|zones?|controls?|medicine|residents?|resident)\b";

/// A promise to people, not a mark on a document: "your answers are strictly confidential".
const PROMISE: &str = r"\b(?:is|are|be|stays?|kept|remains?|treated as|est|sont|restent|reste|demeurent|seront|traitées?)\s+(?:(?:always|completely|entirely|kept|held|toujours)\s+)?$";
const OF_A_DOCUMENT: &str = r"\b(?:this|the (?:attached|following|enclosed|draft|figures|numbers|slides)|ce|cette|document|report|memo|draft|e-?mail|message|minutes|rapport|courriel)\b";

/// Services that are confidential for those who use them.
const SERVICE: &str = r"\b(?:free|helplines?|hotlines?|service|services|support|counsel\w*|therapy|advice|call|text us|surveys?|responses?|answers?|anonymous\w*|chat|clinics?|testing|appointments?|interviews?|participants?|patients?|your (?:data|identity|privacy|story|information)|help|nurses?|talk|24/7|screening|speak|questionnaire|mentor\w*|gratuit\w*|ligne|aide|soutien|appel\w*|sondages?|réponses?|anonym\w*|dépistage|écoute|entrevues?|participantes?)\b";

/// Words after which "do not share" goes on without an object of its own.
const CONTINUES: &str = r"^(?:\s?$|\s?[.!;:)\]\-|/\x22'*#\n]|,\s(?:please|thanks|thank you|svp|merci)\b|\s(?:this|it|these|the (?:attached|draft|contents?|document)|without|outside|or|further|beyond|externally|widely|before|until|publicly|to (?:anyone|the (?:media|press|public))|with (?:anyone|media|the (?:media|press|public))|in any form|http|version|copy|draft|à l'(?:externe|extérieur)|hors|avant|sans|en dehors|au-delà|ce|cette|publiquement|largement|à (?:des )?tiers)\b|\s[^\p{L}0-9\s])";

/// The compiled words.
#[derive(Debug)]
pub(super) struct Meant {
    talk: Regex,
    before: Regex,
    after: Regex,
    promise: Regex,
    of_a_document: Regex,
    service: Regex,
    continues: Regex,
}

impl Meant {
    pub(super) fn compile() -> Result<Self, String> {
        Ok(Self {
            talk: pattern::exact_case(TALK)?,
            before: pattern::exact_case(TAKEN_BACK_BEFORE)?,
            after: pattern::exact_case(TAKEN_BACK_AFTER)?,
            promise: pattern::exact_case(PROMISE)?,
            of_a_document: pattern::exact_case(OF_A_DOCUMENT)?,
            service: pattern::exact_case(SERVICE)?,
            continues: pattern::exact_case(CONTINUES)?,
        })
    }

    /// Whether what follows a mark is none of its objects.
    pub(super) fn is_closed(&self, after: &str) -> bool {
        self.continues.is_match(after)
    }

    /// Whether a mark is meant.
    pub(super) fn is_meant(&self, field: &Field<'_>, range: &Range<usize>) -> bool {
        let lower = field.lower();
        let sentence = field.shadow.sentence_around(range);
        // A sentence before belongs to a mark at the head of its line only where it introduces it.
        let line = lower.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let before = lower.get(sentence.start.max(line)..range.start).unwrap_or_default();
        let after = lower.get(range.end..sentence.end).unwrap_or_default();
        !self.talk.is_match(before)
            && !self.before.is_match(before)
            && !self.after.is_match(after)
            && !self.is_promise(field, range, before, after)
    }

    fn is_promise(&self, field: &Field<'_>, range: &Range<usize>, before: &str, after: &str) -> bool {
        let shown = field.shadow.part(range);
        let words = shown.split_whitespace().count();
        let opening = shown.to_lowercase();
        let formal =
            ["marked", "stamped", "label", "classif", "privileg", "commercial", "company", "business"];
        if formal.iter().any(|word| opening.starts_with(word)) {
            return false;
        }
        if words > 3 || !shown.contains("onfiden") || !shown.chars().any(char::is_lowercase) {
            return false;
        }
        let promised = self.promise.is_match(before) && !self.of_a_document.is_match(before);
        let served = self.service.is_match(before) || self.service.is_match(after);
        promised || served
    }
}
