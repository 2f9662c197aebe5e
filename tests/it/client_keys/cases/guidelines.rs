//! How each creating mutation of the handbook is tried.

use serde_json::json;

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
