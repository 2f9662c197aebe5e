//! Whether a text gives out somebody's phone number. It does not know whose number it is: it weighs the words around it.

mod shape;

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use self::shape::Shapes;
use crate::{
    Check, Evidence, Example, Field, FieldKind, Hit, Office, ProtectedKind, Reading, Validation, Wake,
    Weight, mask, pattern, rule::rule,
};

rule!(
    Phone, "CC1b.phone", version 1, "CC1b", Block, reads: [Bio],
    what: "Finds phone numbers, written in digits, in full-width digits, in words or as a `tel:` link, that are neither on \
           the office's list nor toll-free, nor by the words around them an institution's. Words such as \"cell\" or \
           \"at home\" make it certain; a bare number is only a warning.",
    why: "Personal phone numbers are never given out, and what is posted stays public.",
    instead: "Give the office's own number, or ask people to write to the office.",
    fires: [
        Example::of("Text Sam on her own cell, 604-555-0184."),
        Example::of("The dean is at home on weekends: +1 (250) 555 0166"),
        Example::of("Lena has the tickets: ６０４ ５５５ ０１８４"),
        Example::of("Joindre Anne sur son cellulaire : 514.555.0123"),
        Example::of("Reach me at six oh four five five five oh one eight four"),
        Example::of("Call us").linking("tel:+16045550184"),
    ],
    quiet: [
        Example::of("Call our office at (604) 555-0100."),
        Example::of("Helpline: 1-888-555-0199, free and confidential."),
        Example::of("The clinic's front desk is at 250-555-0120."),
        Example::of("Dial in: 604-555-0142, conference ID 123456789#."),
        Example::of("Results: 604 of 555 took part; see 10.2196/6045550184 and NCT06045550."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that make a number a person's own.
    personal_words: Vec<String>,
    /// More words that make a number an institution's.
    institution_words: Vec<String>,
}

/// Words that make a number a person's own.
const PERSONAL: &str = "cell, cell phone, cellphone, cell number, mobile, mobile number, own phone, own number, own line, \
    personal line, personal cell, personal number, personal, personally, private line, private number, private, at home, home phone, home number, home line, \
    home tel, my phone, my number, his phone, his number, her phone, her number, their phone, \
    their number, my landline, landline, whatsapp, signal, imessage, facetime, telegram, after hours, \
    call me, text me, cellulaire, cell., portable, perso, personnel, à la maison, à domicile, \
    mon numéro, son numéro, chez";

/// Words that make a number an institution's.
const INSTITUTION: &str = "office, our office, clinic, clinics, hospital, centre, center, line, hotline, helpline, \
    info line, infoline, study line, crisis line, desk, front desk, help desk, helpdesk, reception, \
    switchboard, main number, main line, department, dept, faculty, university, college, school, \
    library, pharmacy, ministry, agency, authority, society, foundation, toll free, fax, dial in, \
    dial-in, conference line, conference id, bridge line, zoom, webex, teams meeting, media line, \
    newsroom, box office, venue, hotel, restaurant, shelter, emergency, poison control, \
    customer service, call centre, call center, support line, ligne, ligne info, bureau, clinique, \
    hôpital, accueil, secrétariat, ministère, faculté, université, bibliothèque, pharmacie, standard, \
    sans frais, télécopieur, centre d'appels";

/// Words after which digits are no phone number.
const IDENTIFIERS: &str = r"(?:\b(?:phn|health (?:card|number)|care ?card|services card|sin|nas|s\.i\.n\.?|social insurance|ramq|ohip|mrn|chart|encounter|(?:conference|meeting|webinar|access|student|employee|patient|order|account|file|case|record|participant|application|study) (?:id|code|no|number|num)|id|passcode|pin|grant|award|invoice|isbn|issn|doi|pmid|nct|isrctn|ref|reference|lot|serial|sku|tracking|carte|numéro d'assurance|dossier)\b[\s.:#]*(?:(?:is|number|no|num|card|n°|#)[\s.:#]*)*)$";

struct Prepared {
    office: Office,
    shapes: Shapes,
    personal: Regex,
    institution: Regex,
    identifiers: Regex,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        office: office.clone(),
        shapes: Shapes::compile()?,
        personal: pattern::phrases_with(PERSONAL, &params.personal_words)?,
        institution: pattern::phrases_with(INSTITUTION, &params.institution_words)?,
        identifiers: pattern::any_case(IDENTIFIERS)?,
    }))
}

/// Digits written out.
const WRITTEN: &[&str] = &[
    "zero", "oh", "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "zéro",
    "un", "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf",
];

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        super::digits_or(WRITTEN)
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let kinds =
            [FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Link, FieldKind::Bio];
        reading.of_kinds(&kinds).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let numbers = self.shapes.numbers(&field.shadow, field.kind == FieldKind::Link);
        numbers.into_iter().filter_map(|range| self.number(field, &range)).collect()
    }

    fn number(&self, field: &Field<'_>, range: &Range<usize>) -> Option<Hit> {
        let number = field.shadow.part(range);
        if self.office.owns_phone(number) || shape::is_toll_free(number) {
            return None;
        }
        let sentence = field.shadow.sentence_around(range);
        let before = field.shadow.part(&(sentence.start..range.start));
        let after = field.shadow.part(&(range.end..sentence.end));
        if self.identifiers.is_match(before) {
            return None;
        }
        let personal = nearest(&self.personal, before, after);
        let institution = nearest(&self.institution, before, after);
        let evidence = Evidence::of("the digits of a phone number", Validation::NotApplicable);
        let hit = match (personal, institution) {
            (Some((_, near)), Some((_, nearer))) if near > nearer => return None,
            (Some((word, _)), _) => {
                Hit::at(field, range, format!("A phone number next to \"{word}\", not on the office's list."))
                    .weighing(Weight::Sure)
                    .because(evidence.near(word))
            }
            (None, Some(_)) => return None,
            (None, None) => {
                Hit::at(field, range, "A phone number that is not on the office's list; whose is it?")
                    .weighing(Weight::Unsure)
                    .because(evidence)
            }
        };
        let record = field.protection(range).is_some_and(|part| part.kind == ProtectedKind::Record);
        (!record).then(|| {
            hit.showing(mask::phone(number)).suggesting(
            "Give the office's own number; if this is one, ask the coordinator to list it in the handbook.",
        )
        })
    }
}

/// The word nearest to the number, and how far it is: words after it count as farther.
fn nearest<'t>(words: &Regex, before: &'t str, after: &'t str) -> Option<(&'t str, usize)> {
    let ahead = words.find_iter(before).last().map(|found| (found.as_str(), before.len() - found.end()));
    let behind = words.find(after).map(|found| (found.as_str(), found.start().saturating_add(20)));
    match (ahead, behind) {
        (Some(a), Some(b)) => Some(if a.1 <= b.1 { a } else { b }),
        (found, None) | (None, found) => found,
    }
}
