//! Whether a text gives out a health number of any province. It does not know whose it is.

use serde::Deserialize;

use super::{given_out, hotwords::Topic, identity::Kind};
use crate::{Check, Example, Office, rule::rule};

rule!(
    Phn, "CC1b.phn", version 1, "CC1b", Block, waiver: Never, reads: [Bio],
    what: "Finds health numbers: British Columbia's, Ontario's and Saskatchewan's by their check digits, Québec's by its letters and birth date, the other provinces' where the words beside them say so. A phone number beside words such as \"call\" is none.",
    why: "The policy forbids giving out personal details; a health number opens somebody's health record.",
    instead: "Take the number out. If it has been seen already, tell the privacy office.",
    fires: [
        Example::of("PHN 9698 658 215 came up twice in the demo."),
        Example::of("Bring your OHIP card, like Sam did: 9876-543-217-AB."),
        Example::of("RAMQ : TREM 8052 1234"),
        Example::of("Her Alberta health care number, 61234-5678, is in the photo."),
        Example::of("The care card reads 9698658215."),
        Example::of("Saskatchewan health card 703 114 529 was found."),
    ],
    quiet: [
        Example::of("We will never ask for your PHN or health card by text."),
        Example::of("Call 902-555-0134 about your health card."),
        Example::of("Meeting ID: 969 865 8215."),
        Example::of("Lot 9698658215 is recalled."),
        Example::of("PHN 9698 658 216 does not exist."),
        Example::of("Have your BC Services Card ready and call 604-555-0100."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that announce a health number.
    words: Vec<String>,
    /// More words that say that a number is something else.
    other_words: Vec<String>,
}

fn prepare(params: &Params, _office: &Office) -> Result<Box<dyn Check>, String> {
    given_out::check(Kind::Health, "health number", (Topic::Health, &params.words), &params.other_words)
}
