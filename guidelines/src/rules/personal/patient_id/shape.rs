//! What stands before a patient's number, and what such a number looks like. It does not know what else is in the text.

use std::ops::Range;

use crate::pattern::Regex;

use crate::pattern;

/// What follows a word to make it a label.
const NUMBER: &str =
    r"(?:ids?|identifiers?|numbers?|nos?|num|nr|#|n°|nº|№|numéros?|codes?|file|record|chart)";

/// Labels that leave no doubt.
const LABELS: &str = r"m\.?r\.?n\.?s?|h\.?r\.?n|medical[ \-]records?|health[ \-]records?|hospital records?|patients?(?:'s)?(?: medical)?|inpatients?|outpatients?|charts?|encounters?|hospital|hospital card|visits?|admissions?|accessions?|participants?|subjects?|clients?|medical charts?|medical files?|patient files?|clinical records?|unit records?";
const FRENCH: &str = r"dossiers? (?:médica(?:l|ux)|patients?|hospitaliers?|cliniques?|du patient|de la patiente|de santé)|(?:numéros?|nos?|n°|nº)\.? (?:de |du |d')?(?:dossiers?(?: médical| patient| hospitalier| clinique)?|patients?|patiente|visite|admission|bénéficiaire|carte d'hôpital|hospitalisation)|dossiers?\s(?:no|n°|nº|numéro)\b\.?|cartes? d'hôpital|identifiants? (?:du |de la |de )?patiente?s?|id(?:entification)? (?:du )?patient|patiente? (?:no|n°|nº|numéro)";
/// Words that need their number right behind them.
const BARE: &str = r"charts?|encounters?|dossiers?|medical records?|health records?|inpatient|outpatient|patiente?|admission|accession|participant|hospital card";

/// A number, perhaps behind the letters of a hospital.
const ID: &str = r"(?P<id>(?:[A-Za-z]{1,5}[\-_/]?)?\d[\dA-Z]*(?:[\-./]\d[\dA-Z]*|[\-][A-Z]{1,3}\d+)*|\d{2,4}(?: \d{2,4}){1,3})";
/// What may stand between label and number when nothing else is said.
const TIGHT: &str = r#"[\s.:#=,;("'\[*\-]*(?:(?:is|was|are|reads?|ending|est|était|le|la|numbers?|nos?|ids?|n°|nº|numéros?)[\s.:#=,;("'\[*\-]+){0,3}"#;
/// What else may, for labels that leave no doubt.
const LOOSE: &str = r"[^\d\n!?]{0,45}?[\s(:#\x22']";

/// What stands in every label.
const WORDS: &[&str] = &[
    "mrn",
    "m.r.n",
    "hrn",
    "h.r.n",
    "medical",
    "health record",
    "health-record",
    "hospital",
    "patient",
    "chart",
    "encounter",
    "visit",
    "admission",
    "accession",
    "participant",
    "subject",
    "client",
    "clinical record",
    "unit record",
    "dossier",
    "bénéficiaire",
];

/// The compiled grammar.
#[derive(Debug)]
pub(super) struct Shapes {
    tight: Regex,
    loose: Regex,
    bare: Regex,
    behind: Regex,
    next: Regex,
    elsewhere: Regex,
    words: Vec<String>,
}

impl Shapes {
    pub(super) fn compile(more: &[String]) -> Result<Self, String> {
        let own: Vec<String> =
            more.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).map(regex::escape).collect();
        let own = if own.is_empty() { String::new() } else { format!("|{}", own.join("|")) };
        let label = format!(
            r"(?:m\.?r\.?n\.?s?|h\.r\.n\.?|{FRENCH}{own}|(?:{LABELS})[ \-]?{NUMBER}\b\.?|(?:{LABELS})\s?#)"
        );
        Ok(Self {
            tight: pattern::exact_case(&format!(
                r"(?:\b(?i:(?P<w>{label}))){TIGHT_CI}{ID}",
                TIGHT_CI = ignoring_case(TIGHT)
            ))?,
            loose: pattern::exact_case(&format!(r"(?:\b(?i:(?P<w>{label})))\b{LOOSE}{ID}"))?,
            bare: pattern::exact_case(&format!(r"\b(?i:(?P<w>{BARE}))(?:\s|\s?[:#(]\s?){ID}"))?,
            behind: pattern::exact_case(&format!(
                r"\b(?P<id>(?:[A-Z]{{1,5}}-?)?\d{{5,10}})\b(?i:[\s,(\-]+(?:(?:is|was|as|est|était|the|her|his|their|a|my|our|son|le|du|patient's)\s){{0,3}}(?P<w>{label}))\b"
            ))?,
            next: pattern::exact_case(&format!(r"^(?:\s?[,;/&]\s?|,?\s(?:and|et|or|ou|&)\s){ID}"))?,
            elsewhere: pattern::any_case(
                r"\b(?:call|phone|tel|tél|fax|room|ward|lot|ethics|grant|nct|isrctn|zoom|meeting|webinar|dial|deadline|by|before|since|until|in|on (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|sin|phn|dob|d\.o\.b|born|phn|ohip|health (?:card|number)|age|aged|for|over|up|down|from|than|about|only|\$|increased|reached|total|extension|ext|route|bus|floor|version|since|of over|at)\s*[\s:#(]$",
            )?,
            words: WORDS
                .iter()
                .map(|word| (*word).to_owned())
                .chain(more.iter().map(|word| word.trim().to_lowercase()))
                .collect(),
        })
    }

    /// What stands in every label.
    pub(super) fn words(&self) -> Vec<String> {
        self.words.clone()
    }

    /// Numbers with the words before them.
    pub(super) fn find<'t>(&self, text: &'t str) -> Vec<(&'t str, Range<usize>)> {
        let mut found = Vec::new();
        let online = {
            let lower = text.to_lowercase();
            ["zoom", "webinar", "webex", "dial-in", "dial in", "teams meeting"]
                .iter()
                .any(|word| lower.contains(word))
        };
        for (pattern, least) in [(&self.tight, 4), (&self.behind, 5), (&self.bare, 6), (&self.loose, 6)] {
            for captures in pattern.captures_iter(text) {
                let (Some(word), Some(id)) = (captures.name("w"), captures.name("id")) else { continue };
                let shared = word.as_str().to_lowercase();
                let weak = ["participant", "visit", "subject", "client", "admission", "dossier n"]
                    .iter()
                    .any(|weak| shared.starts_with(weak));
                let gap = text.get(word.end()..id.start()).unwrap_or_default();
                let loose = least == 6 && self.elsewhere.is_match(gap);
                if loose
                    || (weak && online)
                    || !stands(text, id.range(), if weak { least.max(5) } else { least })
                {
                    continue;
                }
                found.push((word.as_str().trim_end_matches(['.', ' ']), id.range()));
                self.listed(text, word.as_str(), id.end(), &mut found);
            }
        }
        found
    }

    /// The other numbers of a list.
    fn listed<'t>(&self, text: &'t str, word: &'t str, end: usize, found: &mut Vec<(&'t str, Range<usize>)>) {
        let mut at = end;
        while let Some(id) =
            self.next.captures(text.get(at..).unwrap_or_default()).and_then(|next| next.name("id"))
        {
            let range = at + id.start()..at + id.end();
            if !stands(text, range.clone(), 5) {
                break;
            }
            at = range.end;
            found.push((word, range));
        }
    }
}

fn ignoring_case(source: &str) -> String {
    format!("(?i:{source})")
}

/// Whether a place holds a number as patients have, and nothing that goes on.
fn stands(text: &str, range: Range<usize>, least: usize) -> bool {
    let id = text.get(range.clone()).unwrap_or_default();
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let after = text.get(range.end..).unwrap_or_default();
    let mut next = after.chars();
    let goes_on = match next.next() {
        Some('%' | '_' | '@' | '+') => true,
        Some(',' | '.' | ':' | '/' | '-') => next.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    let counted = [
        "patients",
        "people",
        "participants",
        "visits",
        "steps",
        "users",
        "records",
        "charts",
        "pages",
        "personnes",
        "%",
        "encounters",
        "dossiers",
    ];
    let rest = after.trim_start();
    let year = digits == 4 && (id.starts_with("19") || id.starts_with("20"));
    let round = digits < 8 && id.ends_with("000");
    !goes_on
        && !year
        && !round
        && (least..=14).contains(&digits)
        && !counted.iter().any(|unit| rest.starts_with(unit))
}
