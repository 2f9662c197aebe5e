//! The one function that checks. It does not know what any rule looks for.

use crate::{Finding, Handbook, Reading, Report, Submission, Weight};

/// Everything that a handbook's enabled rules say of a submission, sorted by severity, target, place and rule.
pub fn check(submission: &Submission<'_>, handbook: &Handbook) -> Report {
    let reading = Reading::of(submission);
    let mut findings: Vec<Finding> = Vec::new();
    for active in handbook.active() {
        for hit in active.check.check(&reading) {
            findings.push(Finding {
                rule: active.id.to_owned(),
                rule_version: active.version,
                clause: active.clause.clone(),
                clause_quote: active.clause_quote.clone(),
                severity: match hit.weight {
                    Weight::Sure => active.severity,
                    Weight::Unsure => active.severity.softened(),
                },
                target: hit.target,
                span: hit.span,
                excerpt: hit.excerpt,
                message: hit.message,
                suggestion: hit.suggestion,
            });
        }
    }
    findings.sort_by(|a, b| {
        (a.severity, &a.target, a.span, &a.rule, &a.message)
            .cmp(&(b.severity, &b.target, b.span, &b.rule, &b.message))
    });
    findings.dedup();
    Report { findings }
}
