//! Scoring as pure functions of what is expected and what was answered. It knows no files, no engine and no output.

pub(crate) mod answer;
pub(crate) mod length;
pub(crate) mod matching;
pub(crate) mod pii;
pub(crate) mod pii_score;
pub(crate) mod rules;
