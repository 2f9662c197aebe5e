//! Whether a text says where somebody lives. It does not know who lives anywhere: it weighs the words around the address.

mod shape;

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use self::shape::{Kind, Shapes};
use crate::{
    Check, Evidence, Example, Field, Hit, Office, Reading, Validation, Wake, Weight, mask, pattern,
    rule::rule,
};

rule!(
    Address, "CC1b.address", version 1, "CC1b", Block, reads: [Bio],
    what: "Finds street addresses in English and French, with units and postal codes, post boxes and rural routes, that are \
           neither on the office's list nor by the words around them a venue's. Words such as \"lives at\" or an apartment make \
           it certain; a bare address is only a warning, a bare postal code counts only next to such words.",
    why: "Home addresses are never given out, whoever's they are.",
    instead: "Name the town or the region, or a venue that is open to the public.",
    fires: [
        Example::of("Grandma Rose still lives at 310 West 3rd Street, Nelson, BC V1L 2A1."),
        Example::of("For pick-up: Jo Marsh, #12 - 408 Cedar Ave."),
        Example::of("Anne habite au 123, rue des Érables, app. 4, Gatineau."),
        Example::of("Send cards to her home, PO Box 1204, Smithers."),
        Example::of("They live out on RR 3, Site 14."),
        Example::of("He moved back home, V6T 1Z3 is his postal code."),
    ],
    quiet: [
        Example::of("Find us at 5950 University Blvd, Vancouver, BC."),
        Example::of("Flu shots at Lakeside General Hospital, 200 Shore Street, Nelson."),
        Example::of("Story time is at the public library, 18 West Baker Street."),
        Example::of("In 2026 Drive Safe BC reached 300 people in 12 towns."),
        Example::of("Our team grew to 14 Court Support workers."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that make an address a home.
    home_words: Vec<String>,
    /// More words that make an address a public place.
    venue_words: Vec<String>,
}

/// Words that make an address a home.
const HOME: &str = "lives at, live at, lives on, live on, living at, lived at, lives in, lives out, live out, \
    lives near, lives, home address, house at, house on, 's house, her house, his house, my house, their house, her home, his home, my home, their home, our home, \
    's home, at home, back home, home visit, home visits, home of, residence, resides, residing, \
    resident of, apartment, condo, basement suite, garage, garden, garden shed, backyard, driveway, \
    neighbour, neighbours, neighbor, neighbors, roommate, roommates, moved to, moved into, moving to, \
    family at, met at, my place, her place, his place, their place, my address, her address, \
    his address, their address, mailing address, personal address, send flowers, send cards, \
    send a card, mail it to, drop it off, drop off at, next door, knock on, doorstep, front door, \
    habite, habitent, demeure, réside, domicile, chez lui, chez elle, chez moi, son adresse, \
    mon adresse, sa maison";

/// Words that make an address a public place.
const VENUE: &str = "hospital, clinic, clinics, centre, center, library, university, college, campus, school, hall, \
    theatre, theater, hotel, museum, gallery, church, temple, mosque, synagogue, arena, stadium, \
    community centre, friendship centre, conference, venue, room, auditorium, lecture, building, \
    tower, plaza, square, mall, market, station, stop, stops at, bus, skytrain, office, our office, \
    offices, headquarters, head office, find us, visit us, join us, meet us, see you at, come to, \
    doors, tickets, rsvp, admission, doors open, doors at, we've moved, we have moved, new location, located at, event, workshop, \
    forum, session, seminar, open house, recruiting at, pharmacy, café, cafe, restaurant, pub, park, \
    foundation, society, ministry, city hall, town hall, courthouse, legion, health unit, institute, \
    lab, laboratory, faculty, department, hôpital, clinique, bibliothèque, université, salle, hôtel, \
    musée, gare, bureau, rendez-vous au, centre communautaire, école, théâtre, église, pavillon";

struct Prepared {
    office: Office,
    shapes: Shapes,
    home: Regex,
    venue: Regex,
    venue_name: Regex,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        office: office.clone(),
        shapes: Shapes::compile()?,
        home: pattern::phrases_with(HOME, &params.home_words)?,
        venue: pattern::phrases_with(VENUE, &params.venue_words)?,
        venue_name: pattern::exact_case(
            r"(?:Hospital|Centre|Center|Library|Square|Hall|Plaza|Park|Theatre|Theater|Hotel|Inn|Museum|Gallery|Church|Clinic|School|College|University|Campus|Arena|Building|Tower|Station|Pavilion|Institute|Café|Cafe|Auditorium|Legion|Hôpital|Bibliothèque|Université|Pharmacy|Mall|Office|Foundation|House|Lodge|Club)\s?(?:\([^)]{1,30}\))?\s?(?:[,:(\-|]|\bat\b|\bon\b)\s*(?:located\s)?(?:at\s)?$",
        )?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        super::digits_or(&["general delivery"])
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        reading.of_kinds(&super::WORDS).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let found = self.shapes.addresses(&field.shadow);
        found.into_iter().filter_map(|(kind, range)| self.address(field, kind, &range)).collect()
    }

    fn address(&self, field: &Field<'_>, kind: Kind, range: &Range<usize>) -> Option<Hit> {
        let address = field.shadow.part(range);
        if self.office.owns_address(address) {
            return None;
        }
        let sentence = field.shadow.sentence_around(range);
        let before = field.shadow.part(&(sentence.start..range.start));
        let after = field.shadow.part(&(range.end..sentence.end));
        let home = self
            .home
            .find_iter(before)
            .filter(|word| !is_open_house(before, word.start()))
            .last()
            .or_else(|| self.home.find(after))
            .map(|word| word.as_str());
        if self.venue_name.is_match(before) {
            return None;
        }
        let venue = self.venue.is_match(before) || self.venue.is_match(after);
        let evidence = Evidence::of("a street, box or postal code", Validation::NotApplicable);
        let evidence = home.into_iter().fold(evidence, Evidence::near);
        let hit = match (home, kind) {
            (Some(word), _) => {
                let message = format!("An address next to \"{word}\", not on the office's list.");
                Hit::at(field, range, message).weighing(Weight::Sure)
            }
            (None, Kind::PostalCode | Kind::Doubtful) => return None,
            (None, _) if venue => return None,
            (None, Kind::Dwelling) => {
                Hit::at(field, range, "The address of a dwelling, not on the office's list.")
                    .weighing(Weight::Sure)
            }
            (None, _) => Hit::at(
                field,
                range,
                "An address that is neither on the office's list nor clearly a venue's.",
            )
            .weighing(Weight::Unsure),
        };
        Some(hit.because(evidence).showing(mask::address(address)).suggesting(
            "Name the town, or the venue; if it is a public place of the office, ask to have it listed.",
        ))
    }
}

fn is_open_house(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.to_lowercase().trim_end().ends_with("open"))
}
