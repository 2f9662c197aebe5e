//! Rules that keep personal details out (clause `CC1b`). This list knows only which rules there are.

mod address;
mod card;
mod checksum;
mod dates;
mod digits;
mod dob;
mod email;
mod given_out;
mod hotwords;
mod identity;
mod names;
mod patient_id;
mod patient_name;
mod phn;
mod phone;
mod sin;

pub(crate) use identity::Identity;

use crate::{FieldKind, Rule, Wake};

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[
    &phone::Phone,
    &address::Address,
    &email::Email,
    &sin::Sin,
    &phn::Phn,
    &card::Card,
    &dob::Dob,
    &patient_id::PatientId,
    &patient_name::PatientName,
];

/// Where people's details are looked for: in words, and in what the account says of itself.
const WORDS: [FieldKind; 4] = [FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Bio];

/// Wakes a rule on digits, and on words where there are none.
fn digits_or(words: &[&str]) -> Wake {
    Wake::Words(('0'..='9').map(String::from).chain(words.iter().map(|word| (*word).to_owned())).collect())
}
