//! The platforms' own conformance data: every length and verdict must be theirs.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../benches/score/tasks.rs"]
#[expect(dead_code, reason = "shared with the scorer, which uses all of it")]
mod tasks;

use guidelines::{Handbook, answer_line, starter_handbook};
use tasks::{
    answer::Answers,
    length::{Case, score},
};

fn errors(source: &str) -> (usize, Vec<String>) {
    let handbook = Handbook::from_document(&starter_handbook()).unwrap();
    let cases: Vec<Case> = source.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answers = source.lines().map(|line| answer_line(line, &handbook).unwrap());
    let answers = answers.map(|answer| serde_json::from_str(&answer).unwrap());
    (cases.len(), score(&cases, &Answers::of(answers)).errors)
}

#[test]
fn every_upstream_case_passes() {
    let (cases, errors) = errors(include_str!("../sets/development/length_upstream.jsonl"));
    assert!(cases >= 325);
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn every_case_of_ours_passes() {
    let (cases, errors) = errors(include_str!("../sets/development/length.jsonl"));
    assert!(cases >= 45);
    assert_eq!(errors, Vec::<String>::new());
}
