//! What a handbook refuses, and what its settings change.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use guidelines::{
    Capacity, Clause, Handbook, HandbookDocument, HandbookError, ListEntry, MediaView, Platform, Severity,
    Source, Submission, check, manual_markdown, starter_handbook,
};
use serde_json::json;

fn refused(change: impl FnOnce(&mut HandbookDocument)) -> HandbookError {
    let mut document = starter_handbook();
    change(&mut document);
    Handbook::from_document(&document).unwrap_err()
}

#[test]
fn an_unknown_rule_is_refused() {
    let error = refused(|document| document.rules[0].id = "CC9.nothing".into());
    assert!(matches!(error, HandbookError::UnknownRule { .. }));
    assert!(error.to_string().contains("use one of"));
}

#[test]
fn a_rule_without_its_clause_is_refused() {
    let error = refused(|document| document.rules[0].clause = "ZZ1".into());
    assert!(matches!(error, HandbookError::MissingClause { .. }));
    assert!(error.to_string().contains("add the clause"));
}

#[test]
fn a_clause_or_rule_there_twice_is_refused() {
    let error = refused(|document| {
        let again =
            Clause { id: "PS1".into(), title: String::new(), text: String::new(), source: Source::Policy };
        document.clauses.push(again);
    });
    assert_eq!(error, HandbookError::DuplicateClause { id: "PS1".into() });
    let error = refused(|document| document.rules.push(document.rules[0].clone()));
    assert!(matches!(error, HandbookError::DuplicateRule { .. }));
}

#[test]
fn unusable_parameters_are_refused() {
    for params in [json!({"words": 1}), json!({"words": "four"}), json!({"loudness": 3})] {
        let error = refused(|document| {
            let rule = document.rules.iter_mut().find(|rule| rule.id == "GP2.shouting").unwrap();
            rule.params = params.as_object().unwrap().clone();
        });
        assert!(matches!(error, HandbookError::InvalidParams { .. }), "{error}");
    }
}

#[test]
fn a_checklist_question_without_its_clause_is_refused() {
    let error = refused(|document| document.checklist[0].clause = "ZZ1".into());
    assert!(matches!(error, HandbookError::ChecklistWithoutClause { .. }));
}

#[test]
fn documents_survive_json_and_toml_and_keep_their_identity() {
    let document = starter_handbook();
    let json: HandbookDocument = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    let toml: HandbookDocument = toml::from_str(&toml::to_string(&document).unwrap()).unwrap();
    assert_eq!((&json, &toml), (&document, &document));
    let digest =
        |document: &HandbookDocument| Handbook::from_document(document).unwrap().digest_input().to_owned();
    assert_eq!(digest(&json), digest(&toml));
    let mut changed = document.clone();
    changed.clauses[0].text.push('!');
    assert_ne!(digest(&changed), digest(&document));
}

#[test]
fn severity_and_switch_are_the_handbooks() {
    let mut document = starter_handbook();
    let text = "Reach Sam at 604-555-0184 or 12 Elm Street.";
    let severities = |document: &HandbookDocument| -> Vec<(String, Severity)> {
        let report = check(&Submission::of_text(text), &Handbook::from_document(document).unwrap());
        report.findings.into_iter().map(|finding| (finding.rule, finding.severity)).collect()
    };
    let before = severities(&document);
    assert!(before.contains(&("CC1b.phone".into(), Severity::Warn)), "a bare number warns: {before:?}");
    for rule in &mut document.rules {
        match rule.id.as_str() {
            "CC1b.phone" => rule.severity = Severity::Warn,
            "CC1b.address" => rule.enabled = false,
            _ => {}
        }
    }
    assert_eq!(severities(&document), [("CC1b.phone".into(), Severity::Advise)]);
}

#[test]
fn the_offices_own_contact_points_pass() {
    let mut document = starter_handbook();
    document.office.phones.push(ListEntry::plain("604-555-0184"));
    document.office.email_domains.push(ListEntry::plain("office.example"));
    document.office.addresses.push(ListEntry::plain("12 Elm St, Vancouver"));
    let handbook = Handbook::from_document(&document).unwrap();
    let text = "Write to sam@office.example, ring +1 (604) 555 0184, visit 12 Elm Street, Vancouver.";
    assert_eq!(check(&Submission::of_text(text), &handbook).findings, []);
}

#[test]
fn findings_cite_the_handbooks_words_and_name_their_target() {
    let handbook = Handbook::from_document(&starter_handbook()).unwrap();
    let submission = Submission {
        platform: Some(Platform::Bluesky),
        capacity: Some(Capacity::PersonalOpinion),
        text_path: "variants.bluesky",
        media: vec![MediaView::of("a.png", "image/png", None)],
        ..Submission::of_text("I would ban the fax.")
    };
    let report = check(&submission, &handbook);
    let seen: Vec<_> = report.findings.iter().map(|f| (f.rule.as_str(), f.target.as_str())).collect();
    assert_eq!(seen, [("CC2.disclaimer-missing", "variants.bluesky"), ("X.alt-missing", "media[0].alt")]);
    for finding in &report.findings {
        assert_eq!(finding.clause_quote, handbook.clause(&finding.clause).unwrap().text);
    }
    let label = &handbook.document().disclaimers[0].text;
    assert!(report.findings[0].suggestion.as_ref().unwrap().contains(label.as_str()));
}

#[test]
fn the_manual_shows_every_clause_of_a_rule() {
    let page = manual_markdown();
    assert!(
        page.contains("## CC1b.phone") && page.contains("(clause CC1b)") && page.contains("604-555-0184")
    );
}

#[test]
fn a_handbook_from_before_a_rule_was_split_keeps_its_meaning() {
    let mut old = starter_handbook();
    old.rules.retain(|rule| !rule.id.starts_with("CC2."));
    let mut capacity = starter_handbook().rules.remove(0);
    capacity.id = "CC2.capacity".into();
    capacity.clause = "CC2".into();
    capacity.params = json!({ "own_view_phrases": ["just me"] }).as_object().unwrap().clone();
    old.rules.push(capacity);
    let handbook = Handbook::from_document(&old).unwrap();
    let submission = Submission { platform: Some(Platform::X), ..Submission::of_text("Fax must go.") };
    let report = check(&submission, &handbook);
    assert!(report.findings.iter().any(|finding| finding.rule == "CC2.capacity-undeclared"), "{report:?}");
    assert!(handbook.digest_input().contains("CC2.capacity\""), "what is stored is what is hashed");
}
