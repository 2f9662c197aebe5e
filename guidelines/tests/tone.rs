//! What the rules about tone say of many texts, one file a rule under `tests/tone/`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use guidelines::{Handbook, Severity, Submission, check, starter_handbook};

/// Fails with every text that a rule should speak up on and does not, or the other way round.
fn hold(rule: &str, severity: Severity, world: &str) {
    let handbook = Handbook::from_document(&starter_handbook()).unwrap();
    let mut wrong = Vec::new();
    for line in world.lines().filter(|line| !line.starts_with('#')) {
        let (sign, text) = line.split_once(' ').unwrap();
        let report = check(&Submission::of_text(text), &handbook);
        let found: Vec<_> = report.findings.iter().filter(|finding| finding.rule == rule).collect();
        let right = match sign {
            "+" => found.first().is_some_and(|finding| finding.severity == severity),
            _ => found.is_empty(),
        };
        if !right {
            wrong.push(format!(
                "{line} {:?}",
                found.iter().map(|finding| &finding.excerpt).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{rule}:\n{}", wrong.join("\n"));
}

#[test]
fn strong_language() {
    hold("GP2.profanity", Severity::Block, include_str!("tone/GP2.profanity.txt"));
}

#[test]
fn parties() {
    hold("GP2.partisan", Severity::Warn, include_str!("tone/GP2.partisan.txt"));
}

#[test]
fn advertising() {
    hold("GP2.endorsement", Severity::Warn, include_str!("tone/GP2.endorsement.txt"));
}

#[test]
fn turning_away() {
    hold("GP3.unavailable", Severity::Advise, include_str!("tone/GP3.unavailable.txt"));
}

#[test]
fn promises_to_disappear() {
    hold("CC5.ephemeral", Severity::Advise, include_str!("tone/CC5.ephemeral.txt"));
}

#[test]
fn nothing_worth_hearing() {
    hold("CC4.no-value", Severity::Advise, include_str!("tone/CC4.no-value.txt"));
}

#[test]
fn journalists() {
    hold("CC3.media-attention", Severity::Advise, include_str!("tone/CC3.media-attention.txt"));
}

#[test]
fn opinions() {
    hold("GP1.opinion-as-fact", Severity::Advise, include_str!("tone/GP1.opinion-as-fact.txt"));
}

#[test]
fn health_claims() {
    hold("GP1.health-claim", Severity::Warn, include_str!("tone/GP1.health-claim.txt"));
}

#[test]
fn words_about_people() {
    hold("GP2.inclusive", Severity::Advise, include_str!("tone/GP2.inclusive.txt"));
}

#[test]
fn insults() {
    hold("CC4.disrespect", Severity::Warn, include_str!("tone/CC4.disrespect.txt"));
}
