//! Whether a text gives out a payment card's number. It does not know whose it is.

use serde::Deserialize;

use super::{given_out, hotwords::Topic, identity::Kind};
use crate::{Check, Example, Office, rule::rule};

rule!(
    Card, "CC1b.card", version 1, "CC1b", Block, waiver: Never, reads: [Bio],
    what: "Finds payment card numbers: in a range that an issuer has, of its length, with the right check digit, grouped in any way. Numbers that payment services publish for trials pass, and so do shipments, meetings and the like.",
    why: "The policy forbids giving out personal details; a card number can be charged by anybody who reads it.",
    instead: "Take the number out. If it has been seen already, its owner should have the card blocked.",
    fires: [
        Example::of("Refund to Visa 4539 5787 6362 1486 did not go through."),
        Example::of("Whose is this? 4539-5787-6362-1486"),
        Example::of("Carte de crédit : 4539578763621486"),
        Example::of("Amex 3712 345678 90120 was declined."),
        Example::of("Card 4539.5787.6362.1486 exp 08/28"),
    ],
    quiet: [
        Example::of("We never ask for your credit card number."),
        Example::of("Tracking number 4539578763621486: the kits are on their way."),
        Example::of("Try it with the test card 4242 4242 4242 4242."),
        Example::of("The card ending in 1486 was declined."),
        Example::of("My ORCID is 0000-0002-1825-0097."),
        Example::of("Visa 4539 5787 6362 1487"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that announce a payment card.
    words: Vec<String>,
    /// More words that say that a number is something else.
    other_words: Vec<String>,
}

fn prepare(params: &Params, _office: &Office) -> Result<Box<dyn Check>, String> {
    given_out::check(Kind::Card, "payment card number", (Topic::Card, &params.words), &params.other_words)
}
