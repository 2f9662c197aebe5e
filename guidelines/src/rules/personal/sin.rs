//! Whether a text gives out a social insurance number. It does not know whose it is.

use serde::Deserialize;

use super::{given_out, hotwords::Topic, identity::Kind};
use crate::{Check, Example, Office, rule::rule};

rule!(
    Sin, "CC1b.sin", version 1, "CC1b", Block, waiver: Never, reads: [Bio],
    what: "Finds social insurance numbers and individual tax numbers in any notation whose check digit is right: beside words such as \"SIN\" or \"assurance sociale\", or in threes beside a name or a word of payroll. In threes with hyphens and nothing beside them they are only a warning.",
    why: "The policy forbids giving out personal details; with a social insurance number anybody can open an account in somebody's name.",
    instead: "Take the number out. If it has been seen already, tell its owner and the privacy office.",
    fires: [
        Example::of("Her SIN is 130 692 544, please update the list."),
        Example::of("Numéro d'assurance sociale : 130-692-544"),
        Example::of("We mailed the form with social insurance number 130.692.544 to the wrong lab."),
        Example::of("130692544 (SIN) was left on the copier."),
        Example::of("Paid: Ana Silva, 130-692-544, for two sessions."),
        Example::of("N.A.S. １３０ ６９２ ５４４"),
    ],
    quiet: [
        Example::of("We never ask for your SIN by text message."),
        Example::of("Lots 130692544 and 130692551 are recalled."),
        Example::of("Join with meeting ID 130 692 544."),
        Example::of("Charity registration 130692544 RR0001."),
        Example::of("SIN 130 692 545 is a made-up example."),
        Example::of("Our study reached 130 692 544 page views."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that announce a social insurance number.
    words: Vec<String>,
    /// More words that say that a number is something else.
    other_words: Vec<String>,
}

fn prepare(params: &Params, _office: &Office) -> Result<Box<dyn Check>, String> {
    given_out::check(Kind::Sin, "social insurance number", (Topic::Sin, &params.words), &params.other_words)
}
