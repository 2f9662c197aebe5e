//! Answers as `answer_line` writes them, as far as scoring reads them. It does not know who answered.

use std::collections::HashMap;

use serde::Deserialize;

/// What was answered to one line.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Answer {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) findings: Vec<Told>,
    pub(crate) length: Option<u64>,
    pub(crate) bytes: Option<u64>,
    pub(crate) valid: Option<bool>,
}

/// One finding; its place is in characters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    pub(crate) label: String,
    pub(crate) rule: String,
    pub(crate) severity: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Answers by the id of their line; a line without one was answered by nothing.
#[derive(Debug)]
pub(crate) struct Answers(HashMap<String, Answer>);

impl Answers {
    pub(crate) fn of(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(answers.into_iter().map(|answer| (answer.id.clone(), answer)).collect())
    }

    pub(crate) fn to(&self, id: &str) -> Option<&Answer> {
        self.0.get(id)
    }

    pub(crate) fn findings(&self, id: &str) -> &[Told] {
        self.to(id).map_or(&[], |answer| &answer.findings)
    }
}
