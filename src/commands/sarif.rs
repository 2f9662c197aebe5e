//! Findings as SARIF 2.1.0, which editors and code scanning read. Knows the format, no rule.

use std::collections::BTreeMap;

use office::guidelines::{Finding, Report, Severity};
use serde_json::{Value, json};

/// A report on one file as a SARIF log.
pub(super) fn of(name: &str, text: &str, report: &Report) -> Value {
    let rules: BTreeMap<&str, &Finding> =
        report.findings.iter().map(|finding| (finding.rule.as_str(), finding)).collect();
    let described = rules.values().map(|finding| {
        json!({
            "id": finding.rule,
            "shortDescription": { "text": format!("Clause {}", finding.clause) },
            "fullDescription": { "text": finding.clause_quote },
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "masthead",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": described.collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": report.findings.iter().map(|finding| result(name, text, finding)).collect::<Vec<_>>(),
        }],
    })
}

fn result(name: &str, text: &str, finding: &Finding) -> Value {
    let level = match finding.severity {
        Severity::Block => "error",
        Severity::Warn => "warning",
        Severity::Advise => "note",
    };
    let mut place = json!({ "artifactLocation": { "uri": name } });
    if let (Some(region), Some(place)) = (region(text, finding), place.as_object_mut()) {
        place.insert("region".to_owned(), region);
    }
    let message = [Some(finding.message.as_str()), finding.suggestion.as_deref()];
    json!({
        "ruleId": finding.rule,
        "level": level,
        "message": { "text": message.into_iter().flatten().collect::<Vec<_>>().join(" ") },
        "locations": [{ "physicalLocation": place }],
        "properties": { "clause": finding.clause, "target": finding.target },
    })
}

fn region(text: &str, finding: &Finding) -> Option<Value> {
    let span = finding.span?;
    let (start, end) = (usize::try_from(span.byte_start).ok()?, usize::try_from(span.byte_end).ok()?);
    let place = |byte: usize| {
        let before = text.get(..byte)?;
        let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + 1;
        Some((before.matches('\n').count() + 1, column))
    };
    let ((line, column), (end_line, end_column)) = (place(start)?, place(end)?);
    Some(json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "byteOffset": start,
        "byteLength": end.saturating_sub(start),
    }))
}
