//! The marks of confidentiality, English and French, and what shows that one is only spoken of.
//! It does not know where a text comes from.

use std::ops::Range;

use regex::Regex;

use crate::{pattern, text::Shadow};

/// Marks that are marks in any case.
const PHRASES: &[&str] = &[
    r"(?:strictly|highly|private (?:and|&)|privileged (?:and|&)|company|commercially?|business)[ \-]confidential",
    r"confidential (?:and|&) (?:privileged|proprietary)|(?:commercial|provided|shared|told|given) in[ \-](?:strict )?confidence",
    r"confidential\s?[-:|/,.(]{1,2}\s?(?:not for|do not|don't|internal|draft|for (?:internal|your eyes|board|staff)|please do not)[^\n.:;]{0,40}",
    r"(?:confidential|internal) (?:draft|memo|memorandum|briefing note|minutes|report to the board|board (?:paper|document))",
    r"not (?:yet )?for (?:public |external |wider |general |further |onward )?(?:distribution|release|circulation|publication|dissemination|attribution|quotation|sharing|disclosure)",
    r"do not (?:distribute|circulate|disseminate|forward|cite|quote|copy)(?:,? (?:or|and|copy|cite|quote|circulate|distribute|forward|share)){0,4}\b",
    r"(?:do not|don't|not to be) (?:share|shared|post|posted|publish|published|released?|disclosed?) (?:this )?(?:outside|externally|beyond|further|publicly|before|until|without)\b[^\n.:;]{0,30}",
    r"(?:for )?internal (?:use|distribution|circulation|eyes|purposes|audience)(?: only)?\b|internal[ \-]only|for internal (?:staff|review|discussion)(?: only)?",
    r"(?:for )?(?:your|board|committee|staff|team) eyes only|eyes[ \-]only|need[ \-]to[ \-]know(?: basis| only)",
    r"(?:restricted|limited) (?:distribution|circulation|access document)|official use only|for official use",
    r"embargo(?:ed)?\s?(?:until|till|to|for|through|[:\-])(?:,?\s+(?:\d[\w:.]*|at|on|the|next|noon|midnight|[ap]\.?m\.?|[A-Z]{2,4}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)\b){0,10}",
    r"(?:still |is |are |remains? |strictly )?under (?:strict |a strict |an )?embargo|strict embargo",
    r"in[ \-]camera(?: [\p{L}]+){0,2}? (?:sessions?|meetings?|minutes|discussions?|items?|decisions?|votes?|portion|agenda|reports?)|(?:met|meets?|held|discussed|decided|voted|approved|sessions?|meetings?|went|moved|discussions?|minutes) in[ \-]camera|closed[ \-](?:door )?session minutes",
    r"solicitor[ \-]client privileged?|attorney[ \-]client privileged?|privileged communication|without prejudice|off the record|under (?:an )?nda\b",
    r"this (?:e-?mail|message|communication|transmission|document)(?:,? (?:and|including|together with) (?:any|all|its) (?:attachments?|files?)[^\n.]{0,30}?,?)? (?:is|are|may be|may contain|contains?)[^\n.]{0,40}(?:confidential|privileged|intended)",
    r"(?:intended )?(?:solely|only|exclusively) for the (?:use of the )?(?:named )?(?:addressee|recipient|individual|person)s?|not the intended recipient|(?:received|receive) this (?:e-?mail|message|communication|transmission) in error",
    r"tlp\s?[:\-]\s?(?:red|amber(?:\+strict)?|green)|tlp (?:red|amber|green)",
    r"(?:strictement|hautement) confidentiel(?:le)?|confidentiel(?:le)?\s?[-:|(]\s?(?:ne pas|usage|interne|non)[^\n.:;]{0,40}|(?:document|note|rapport|version) (?:confidentiel|interne)(?:le)?\b",
    r"(?:réservé )?à (?:l')?(?:usage|utilisation|diffusion) (?:strictement )?interne(?: seulement| uniquement| exclusif)?|usage interne|interne seulement",
    r"ne pas (?:diffuser|distribuer|transférer|faire suivre|publier|partager|reproduire|citer|divulguer)|non destiné à la (?:diffusion|publication)|diffusion (?:restreinte|limitée|interdite)",
    r"(?:sous|strict) embargo(?: jusqu'[^\n:;]{0,40})?|embargo jusqu'[^\n:;]{0,40}|à huis clos|secret professionnel",
    r"ce (?:courriel|message|document)[^\n.]{0,50}(?:est|sont|peut contenir|contient)[^\n.]{0,30}confidentiel|reçu ce (?:courriel|message) par erreur|pas le destinataire",
];

/// Marks that are marks only in capitals, or at the head of a line.
const CAPITALS: &str = r"[(\[](?:[Ss]trictly )?[Cc]onfidential[)\]]|[(\[][Cc]onfidentiel(?:le)?[)\]]|\bCONFIDENTIAL\b(?:\s?[-:|]\s?[A-Z][A-Z ]{3,40}[A-Z])?|\bCONFIDENTIEL(?:LE)?\b|\bPROTECTED\s?[-/]?\s?[ABC]\b|\b[Pp]rotected [ABC]\b|\b(?:PROTÉGÉ|Protégé|PROTEGE)\s?[-/]?\s?[ABC]\b|\bNOT FOR (?:RELEASE|SHARING)\b|\bINTERNAL ONLY\b|\bEMBARGO(?:ED)?\b|\bTOP SECRET\b|\bRESTRICTED\b(?:\s?[-:])|(?m:^[^\p{L}\n]{0,6}(?:Confidential|Confidentiel|Strictly confidential|Internal|Embargoed)\s?(?:[-:|]\s|$))";

/// What shows that marks are spoken of.
const TALK: &str = r"\b(?:what (?:does|do|is|are)|what's|what [^.!?\n]{0,40}means?|how (?:to|do|does)|learn (?:about|how|what|when|why)|explain(?:s|ed|ing)?|(?:guide|introduction|primer) to|training|basics|workshop (?:on|about)|webinar (?:on|about)|course (?:on|about)|difference between|meaning of|our policy on|why we|qu'est-ce que|que signifie|comment|formation)\b";

/// What takes a mark back, right before or right after it.
const TAKEN_BACK_BEFORE: &str = r"\b(?:no longer|not|isn't|aren't|never|nothing (?:is|here is)|n'est (?:plus|pas)|end of the|lifts? (?:its|the|our)|lifted the|plus)\s+(?:an?\s+|the\s+|considered\s+|marked\s+)?$";
/// A promise to people, not a mark on a document: "your answers are strictly confidential".
const PROMISE: &str = r"\b(?:is|are|be|stays?|kept|remains?|est|sont|restent|reste)\s+(?:(?:always|completely|entirely|toujours)\s+)?$";
const OF_A_DOCUMENT: &str = r"\b(?:this|the (?:attached|following|enclosed)|ce|cette|document|report|memo|draft|e-?mail|message|minutes|rapport|courriel)\b";
const TAKEN_BACK_AFTER: &str = r"^\W{0,3}\s?(?:has been |was |is now |is |now )?(?:lifted|over|ended|expired|levé|terminé|policy|policies|rules)\b";

/// The compiled marks.
#[derive(Debug)]
pub(super) struct Marks {
    phrases: Vec<Regex>,
    capitals: Regex,
    talk: Regex,
    before: Regex,
    after: Regex,
    promise: Regex,
    of_a_document: Regex,
}

impl Marks {
    pub(super) fn compile() -> Result<Self, String> {
        let phrases = PHRASES.iter().map(|phrase| pattern::any_case(&format!(r"\b(?:{phrase})")));
        Ok(Self {
            phrases: phrases.collect::<Result<_, _>>()?,
            capitals: pattern::exact_case(CAPITALS)?,
            talk: pattern::any_case(TALK)?,
            before: pattern::any_case(TAKEN_BACK_BEFORE)?,
            after: pattern::any_case(TAKEN_BACK_AFTER)?,
            promise: pattern::any_case(PROMISE)?,
            of_a_document: pattern::any_case(OF_A_DOCUMENT)?,
        })
    }

    /// The marks in a text, in no particular order; they may overlap.
    pub(super) fn find(&self, shadow: &Shadow<'_>) -> Vec<Range<usize>> {
        let text = shadow.folded();
        let all = self.phrases.iter().chain([&self.capitals]).flat_map(|pattern| pattern.find_iter(text));
        all.map(|found| found.start()..found.start() + found.as_str().trim_end().len())
            .filter(|range| !range.is_empty() && self.is_meant(shadow, range))
            .collect()
    }

    fn is_meant(&self, shadow: &Shadow<'_>, range: &Range<usize>) -> bool {
        let sentence = shadow.sentence_around(range);
        let before = shadow.part(&(sentence.start..range.start));
        let after = shadow.part(&(range.end..sentence.end));
        let mark = shadow.part(range);
        let promised = mark.to_lowercase().contains("confiden")
            && mark.chars().any(char::is_lowercase)
            && self.promise.is_match(before)
            && !self.of_a_document.is_match(before);
        !promised
            && !self.talk.is_match(before)
            && !self.before.is_match(before)
            && !self.after.is_match(after)
    }
}
