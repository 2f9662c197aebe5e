//! Lengths and verdicts against those expected. It does not know how any platform counts.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, Answers};

/// A text with what is expected of it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) channel: String,
    pub(crate) slug: Option<String>,
    #[serde(default)]
    pub(crate) group: String,
    pub(crate) expected: Expected,
}

/// What is expected; what is absent is not asked.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Expected {
    pub(crate) length: Option<u64>,
    pub(crate) bytes: Option<u64>,
    pub(crate) valid: Option<bool>,
}

/// One channel's sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) length: u32,
    pub(crate) valid: u32,
    pub(crate) of: u32,
}

/// All sums.
#[derive(Clone, Debug, Default)]
pub(crate) struct LengthScore {
    pub(crate) channels: BTreeMap<String, Measured>,
    pub(crate) errors: Vec<String>,
}

/// Scores answers to texts.
pub(crate) fn score(cases: &[Case], answers: &Answers) -> LengthScore {
    let mut score = LengthScore::default();
    let nothing = Answer::default();
    for case in cases {
        let answer = answers.to(&case.id).unwrap_or(&nothing);
        let expected = case.expected;
        let length = expected.length.is_none_or(|length| answer.length == Some(length));
        let bytes = expected.bytes.is_none_or(|bytes| answer.bytes.is_none_or(|told| told == bytes));
        let valid = expected.valid.is_none_or(|valid| answer.valid == Some(valid));
        let sums = score.channels.entry(case.channel.clone()).or_default();
        sums.of += 1;
        sums.length += u32::from(length && bytes);
        sums.valid += u32::from(valid);
        if !(length && bytes && valid) {
            let name = case.slug.as_deref().unwrap_or(&case.group);
            let told = (answer.length, answer.bytes, answer.valid);
            let wanted = (expected.length, expected.bytes, expected.valid);
            let line = format!("{}\t{}\t{name}\t{wanted:?}\t{told:?}", case.id, case.channel);
            score.errors.push(line);
        }
    }
    score
}

impl LengthScore {
    fn total(&self) -> Measured {
        self.channels.values().fold(Measured::default(), |sum, one| Measured {
            length: sum.length + one.length,
            valid: sum.valid + one.valid,
            of: sum.of + one.of,
        })
    }

    pub(crate) fn table(&self) -> String {
        let row = |(channel, sums): (&String, &Measured)| {
            let Measured { length, valid, of } = sums;
            format!("{channel:10} length {length}/{of}  verdict {valid}/{of}\n")
        };
        self.channels.iter().map(row).collect()
    }

    pub(crate) fn json(&self) -> Value {
        let told = |sums: &Measured| json!({ "length": sums.length, "valid": sums.valid, "of": sums.of });
        let channels: serde_json::Map<_, _> =
            self.channels.iter().map(|(channel, sums)| (channel.clone(), told(sums))).collect();
        let Measured { length, valid, of } = self.total();
        json!({ "length": length, "valid": valid, "of": of, "channels": channels })
    }
}
