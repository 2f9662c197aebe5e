//! What is internal stays inside: many ways to give it away, and many ways to speak of it.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::as_conversions,
    reason = "a test that cannot go on has failed"
)]

#[path = "internal/arbitrary.rs"]
mod arbitrary;
#[path = "internal/links.rs"]
mod links;
#[path = "internal/marks.rs"]
mod marks;
#[path = "internal/messages.rs"]
mod messages;
#[path = "internal/secrets.rs"]
mod secrets;
#[path = "internal/together.rs"]
mod together;

use guidelines::{Handbook, ListEntry, Submission, check, starter_handbook};

thread_local! {
    static HANDBOOK: Handbook = {
        let mut document = starter_handbook();
        let owned = |list: &[&str]| list.iter().map(|&entry| ListEntry::plain(entry)).collect();
        document.office.internal_hosts = owned(&["wiki.office.example.org", "*.staff.example.org"]);
        document.office.public_hosts = owned(&["office.example.org", "data.office.example.org"]);
        Handbook::from_document(&document).unwrap()
    };
}

/// What a rule marks in a text.
fn marked(rule: &str, text: &str) -> Vec<String> {
    HANDBOOK.with(|handbook| {
        let report = check(&Submission::of_text(text), handbook);
        let findings =
            report.findings.iter().filter(|finding| finding.rule == rule && finding.target == "text");
        findings
            .map(|finding| {
                let span = finding.span.unwrap();
                text[span.byte_start as usize..span.byte_end as usize].to_owned()
            })
            .collect()
    })
}

/// Checks that each text, in which `[[` and `]]` stand around what is to be marked, is marked so.
fn assert_marks(rule: &str, texts: &[&str]) {
    let mut wrong = Vec::new();
    for text in texts {
        let expected: Vec<&str> =
            text.split("[[").skip(1).map(|part| part.split("]]").next().unwrap()).collect();
        let plain = text.replace("[[", "").replace("]]", "");
        let found = marked(rule, &plain);
        if found != expected {
            wrong.push(format!("{plain:?}\n    expected {expected:?}\n    found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), texts.len(), wrong.join("\n"));
}
