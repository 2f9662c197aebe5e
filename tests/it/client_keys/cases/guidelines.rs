//! How each creating mutation of the handbook, and of what its rules find, is tried.

use serde_json::{Value, json};

use super::{Case, Cast, case};

/// Proposals of the handbook, whole and entry by entry.
pub(super) fn cases(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, .. } = cast;
    let handbook = |title: &str| {
        let document =
            json!({ "title": title, "clauses": [{ "id": "A1", "title": "Kind", "text": "Be kind." }] });
        json!({ "document": document.to_string(), "note": "Shorter" })
    };
    let entry = |value: &str| json!({ "list": "ACRONYMS", "value": value, "owner": "Cora Ford", "reason": "Ours", "reviewOn": "2030-01-01" });
    let gone = |value: &str| json!({ "list": "ACRONYMS", "value": value, "reason": "Not ours" });
    let made = |mutation: &'static str| (mutation, "handbook { id }", "/handbook/id", "handbook");
    let coordinator = &story.coordinator;
    vec![
        case(made("proposeHandbook"), (coordinator, handbook("One")), (deputy, handbook("Two"))),
        case(made("addListEntry"), (coordinator, entry("ONE")), (deputy, entry("TWO"))),
        case(made("removeListEntry"), (coordinator, gone("ONE")), (deputy, gone("TWO"))),
    ]
}

/// Answers, exceptions and fixes.
pub(super) fn mending(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, questioned, excepted, mended, .. } = cast;
    let answer = |id: &str| json!({ "draftId": id, "expectedVersion": 1, "kind": "ADVICE", "answer": "She read it.", "person": "Cora Ford" });
    let waive = |(id, key): &(String, Value)| json!({ "draftId": id, "expectedVersion": 1, "findingKey": key, "reason": "She asked us in writing to print it." });
    let fix = |(id, key): &(String, Value)| json!({ "draftId": id, "expectedVersion": 1, "findingKey": key });
    vec![
        case(
            ("attest", "attestation { id }", "/attestation/id", "attestation"),
            (&story.author, answer(&questioned[0])),
            (deputy, answer(&questioned[1])),
        ),
        case(
            ("waiveFinding", "waiver { id }", "/waiver/id", "waiver"),
            (&story.coordinator, waive(&excepted[0])),
            (deputy, waive(&excepted[1])),
        ),
        case(
            ("applyFix", "draft { id }", "/draft/id", "revision"),
            (&story.author, fix(&mended[0])),
            (&story.manager, fix(&mended[1])),
        ),
    ]
}
