//! The one function that checks. It does not know what any rule looks for.

mod leaving;
mod overlap;

use std::ops::Range;

pub use leaving::{check_leaving, words_clear};

use crate::{
    Field, Finding, Handbook, Hit, Reading, Report, Severity, Submission, Waiver, Weight,
    handbook::ActiveRule,
};

/// Everything that a handbook's enabled rules say of a submission, sorted by severity, target, place and rule.
pub fn check(submission: &Submission<'_>, handbook: &Handbook) -> Report {
    let reading = Reading::of(submission);
    let woken = handbook.alarm().woken(&reading.fields);
    let mut found = Vec::new();
    for (active, woken) in handbook.active().iter().zip(woken) {
        if woken {
            found.extend(said(&reading, active).map(|(severity, hit)| finding(active, severity, hit)));
        }
    }
    let mut findings = overlap::resolve(found);
    findings.sort_by(|a, b| {
        (a.severity, &a.target, a.span, &a.rule, &a.message)
            .cmp(&(b.severity, &b.target, b.span, &b.rule, &b.message))
    });
    findings.dedup();
    Report { findings }
}

/// What a rule says as the handbook hears it; nothing where its question has been answered.
fn said(reading: &Reading<'_, '_>, active: &ActiveRule) -> impl Iterator<Item = (Severity, Hit)> {
    let settled =
        active.manual.asks.is_some_and(|kind| reading.around().is_some_and(|around| around.attests(kind)));
    let hits = if settled { Vec::new() } else { active.check.check(reading) };
    hits.into_iter().filter_map(|hit| Some((heard(reading, active, &hit)?, hit)))
}

/// How serious the handbook takes a hit: excluded words are dropped, hot words make it sure.
fn heard(reading: &Reading<'_, '_>, active: &ActiveRule, hit: &Hit) -> Option<Severity> {
    let field = reading.fields.iter().find(|field| field.target == hit.target);
    let mut weight = hit.weight;
    if let (Some(field), Some(span)) = (field, hit.span) {
        let range = field.shadow.folded_range(&span);
        let words = field.lower().get(range.clone()).unwrap_or_default();
        if active.exclusions.iter().any(|excluded| words.contains(excluded.as_str())) {
            return None;
        }
        if weight == Weight::Unsure && is_hot(field, active, &range) {
            weight = Weight::Sure;
        }
    }
    Some(match weight {
        Weight::Grave => active.severity.hardened(),
        Weight::Sure => active.severity,
        Weight::Unsure => active.severity.softened(),
    })
}

fn is_hot(field: &Field<'_>, active: &ActiveRule, range: &Range<usize>) -> bool {
    let sentence = field.shadow.sentence_around(range);
    active.hotwords.is_in(field.lower().get(sentence).unwrap_or_default())
}

fn finding(active: &ActiveRule, severity: Severity, hit: Hit) -> Finding {
    Finding {
        rule: active.id.to_owned(),
        rule_version: active.manual_version,
        clause: active.clause.id.clone(),
        clause_quote: active.clause.text.clone(),
        source: active.clause.source,
        layer: active.layer,
        severity,
        target: hit.target,
        span: hit.span,
        excerpt: hit.excerpt,
        message: hit.message,
        suggestion: hit.suggestion,
        evidence: hit.evidence,
        fix: hit.fix,
        asks: active.manual.asks,
        waivable: active.manual.waiver == Waiver::Coordinator && active.waivable,
        also: Vec::new(),
    }
}
