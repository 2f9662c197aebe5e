//! What an address looks like, in Canada, the United States and France. It does not know whether anybody lives there.

use std::ops::Range;

use crate::pattern::Regex;

use crate::{pattern, text::Shadow};

/// What kind of address it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Number and street.
    Street,
    /// The same, with an apartment.
    Dwelling,
    /// What may as well be words: "12 Families Drive".
    Doubtful,
    /// A post box or a rural route.
    Box,
    /// A postal code by itself.
    PostalCode,
}

const TYPES: &str = "Street|St|Avenue|Ave|Av|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Way|Place|Pl|Court|Crt|Ct|Crescent|Cres|\
    Close|Terrace|Terr|Ter|Trail|Trl|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Mews|Mall|Row|Walk|Gate|Grove|Gardens|Gdns|\
    Heights|Hts|Hill|Square|Sq|Point|Pt|Bay|Cove|Landing|Loop|Path|Ridge|Rise|Run|View|Vista|Wynd|Green|Common|Concession|\
    Sideroad|Line|Esplanade|Promenade|Diversion|Alley|Quay|Connector|Bypass|Freeway|Park";
/// Types that are ordinary words as well: they need something beside them.
const ORDINARY: &str = r"\b(?:Drive|Way|Place|Court|Close|Trail|Circle|Mall|Row|Walk|Gate|Gardens|Heights|Hill|Square|Point|Bay|Cove|Landing|Loop|Path|Ridge|Rise|Run|View|Vista|Green|Common|Line|Alley|Connector|Park)$";
/// What comes before an address rather than before a sentence with a number in it.
const LEADS: &str = r"(?:\b(?:at|on|to|near|behind|from|in|of|beside|opposite|address(?: is)?\s?:?|visit|is|chez|au)|[,(])\s*$";
const DIRECTION: &str = "North ?[Ee]ast|North ?[Ww]est|South ?[Ee]ast|South ?[Ww]est|North|South|East|West|Nord|Sud|Est|Ouest|NE|NW|SE|SW|N|S|E|W|O";
const PROVINCE: &str = r"B\.?C\.?|AB|Alta\.?|SK|Sask\.?|MB|Man\.?|ON|Ont\.?|QC|Qu[eé]\.?|P\.?Q\.?|NB|N\.B\.|NS|N\.S\.|P\.?E\.?I\.?|PE|NL|N\.L\.|YT|NT|N\.?W\.?T\.?|NU|British Columbia|Alberta|Saskatchewan|Manitoba|Ontario|Qu[eé]bec|New Brunswick|Nova Scotia|Yukon|Nunavut|WA|OR|CA|NY";
const POSTAL: &str = r"[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]\d[A-Za-z][\s\-]{0,2}\d[A-Za-z]\d";
const UNIT_WORD: &str = r"(?:[Uu]nit|[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Aa]pp|[Aa]ppartement|[Uu]nité|[Tt]ownhouse|[Bb]asement|[Pp]enthouse|PH|TH)";

/// The compiled grammar.
#[derive(Debug)]
pub(super) struct Shapes {
    english: Regex,
    french: Regex,
    boxed: Regex,
    postal: Regex,
    dwelling: Regex,
    ordinary: Regex,
    leads: Regex,
}

impl Shapes {
    pub(super) fn compile() -> Result<Self, String> {
        let unit_before = format!(
            r"(?:(?:#\s?\d{{1,5}}[A-Za-z]?|{UNIT_WORD}\.?\s?#?\s?\d{{0,5}}[A-Za-z]?)\s?[,\-]?\s?(?:at\s)?|\d{{1,5}}[A-Za-z]?\s?-\s?)?"
        );
        let unit_after =
            format!(r"(?:,?\s+(?:#\s?\d{{1,5}}[A-Za-z]?\b|{UNIT_WORD}\.?\s?#?\s?[\dA-Za-z]{{1,5}}\b))?");
        let town = r"(?:\p{Lu}[\p{L}'.\-]*)(?:\s(?:\p{Lu}[\p{L}'.\-]*|sur|de|of|la|le)){0,3}";
        let place = format!(
            r"(?:(?:,\s?|\s){town}(?:,\s?|\s{{1,2}})(?:{PROVINCE})\b\.?(?:,?\s{{0,3}}{POSTAL}\b)?|,\s?{town}(?:,?\s{{1,3}}{POSTAL}\b)?|,?\s{{1,3}}{POSTAL}\b)?"
        );
        let name = r"(?:(?:\p{Lu}[\p{L}'.\-]*|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)?[A-Z]?|of|the)[ ]){1,4}";
        Ok(Self {
            ordinary: pattern::exact_case(ORDINARY)?,
            leads: pattern::any_case(LEADS)?,
            english: pattern::exact_case(&format!(
                r"{unit_before}\b\d{{1,6}}[A-Za-z]?(?:\s?1/2)?,?[ ](?:(?:{DIRECTION})\.?[ ])?(?:{name}(?:{TYPES})\b\.?(?:[ ](?:{DIRECTION})\b\.?)?|(?:(?:East|West|E|W)\.?[ ])?(?:Broadway|Kingsway|Broadview|The Esplanade)\b){unit_after}{place}"
            ))?,
            french: pattern::exact_case(&format!(
                r"{unit_before}\b\d{{1,6}}[A-Za-z]?(?:\s?(?:bis|ter))?,?\s+(?:(?:[Rr]ue|[Aa]v(?:enue|\.)|[Bb]oul(?:evard|\.)|[Bb]d|[Cc]hemin|[Cc]h\.|[Pp]lace|[Aa]llée|[Ii]mpasse|[Rr]ang|[Rr]oute|[Mm]ontée|[Cc]ôte|[Qq]uai|[Cc]ours|[Tt]errasse|[Cc]roissant|[Rr]uelle)\s)(?:(?:de|du|des|la|le|les|l'|d'|à|aux?|en)\s?){{0,3}}(?:l'|d')?(?:[\p{{Lu}}\d][\p{{L}}\d'.\-]*)(?:[ ](?:(?:de|du|des|la|le)[ ]){{0,2}}\p{{Lu}}[\p{{L}}'.\-]*){{0,3}}{unit_after}{place}"
            ))?,
            boxed: pattern::any_case(
                r"\b(?:(?:p\.?\s?o\.?\s?box|post office box|mail ?box|case postale|boîte postale|c\.\s?p\.|b\.\s?p\.)\s?#?\s?\d{1,6}|r\.?\s?r\.?\s?#?\s?\d{1,3}\b|rural route\s?#?\s?\d{1,3}|general delivery)(?:,?\s(?:site|comp|box|stn|station)\.?\s?#?\w{1,6}){0,3}",
            )?,
            postal: pattern::exact_case(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ \-]?\d[A-Z]\d\b")?,
            dwelling: pattern::exact_case(&format!(
                r"(?:#\s?\d|{UNIT_WORD}\.?\s?#?\s?\w|^\d{{1,5}}[A-Za-z]?\s?-\s?\d)"
            ))?,
        })
    }

    /// The addresses in a text, in order, none overlapping another.
    pub(super) fn addresses(&self, shadow: &Shadow<'_>) -> Vec<(Kind, Range<usize>)> {
        let text = shadow.folded();
        let links: Vec<Range<usize>> = shadow.links().into_iter().map(|link| link.range).collect();
        let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
        let shapes = [
            (&self.english, Kind::Street),
            (&self.french, Kind::Street),
            (&self.boxed, Kind::Box),
            (&self.postal, Kind::PostalCode),
        ];
        for (shape, kind) in shapes {
            for matched in shape.find_iter(text) {
                let range = matched.start()
                    ..matched.start() + matched.as_str().trim_end_matches(['.', ',', ' ']).len();
                let taken = found
                    .iter()
                    .map(|(_, other)| other)
                    .chain(&links)
                    .any(|other| other.start < range.end && range.start < other.end);
                if !taken && !glued(shadow.part(&(0..range.start))) {
                    found.push((self.kind(kind, shadow, &range), range));
                }
            }
        }
        found.sort_by_key(|(_, range)| range.start);
        found
    }
}

impl Shapes {
    fn kind(&self, kind: Kind, shadow: &Shadow<'_>, range: &Range<usize>) -> Kind {
        let address = shadow.part(range);
        if kind != Kind::Street {
            kind
        } else if self.dwelling.is_match(address) {
            Kind::Dwelling
        } else if self.ordinary.is_match(address) && !self.leads.is_match(shadow.part(&(0..range.start))) {
            Kind::Doubtful
        } else {
            Kind::Street
        }
    }
}

/// Whether what follows is the rest of a number, a price or a time.
fn glued(before: &str) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some('$' | '€' | '£' | '/' | '_' | '%') => true,
        Some('.' | ',' | ':' | '-') => last.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}
