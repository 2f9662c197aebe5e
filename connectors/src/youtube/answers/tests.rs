//! What is sent, held against Google's own description of it, and what YouTube's refusals say of an answer.

use super::*;
use crate::message::ANSWERED_GONE;
use crate::youtube::spec::strange_to_google;

#[test]
fn what_is_sent_is_known_to_googles_own_description() {
    let answered = Name::read("Ugx1-_A.9ab").unwrap();
    let sent = body(answered, "At nine.");
    assert_eq!(sent, json!({ "snippet": { "parentId": "Ugx1-_A", "textOriginal": "At nine." } }));
    assert_eq!(strange_to_google("Comment", &sent), Vec::<String>::new());
    let changed = change("Ugx1-_A.9ab", "At ten.");
    assert_eq!(changed, json!({ "id": "Ugx1-_A.9ab", "snippet": { "textOriginal": "At ten." } }));
    assert_eq!(strange_to_google("Comment", &changed), Vec::<String>::new());
    // The test sees what it is meant to see.
    let wrong = json!({ "snippet": { "parent": "a", "textOriginal": 1 } });
    assert_eq!(
        strange_to_google("Comment", &wrong),
        ["Comment.snippet.parent", "Comment.snippet.textOriginal"]
    );
}

#[test]
fn a_refusal_says_whether_it_is_of_this_answer_or_of_the_channel() {
    let credential = |code: &str| Failure::credential(code, "");
    let rows = [
        (Failure::refused(failure::GONE, ""), Verdict::Refused, ANSWERED_GONE),
        (Failure::refused(failure::NOT_SUPPORTED, ""), Verdict::Refused, "ANSWER_REFUSED"),
        (Failure::refused("TEXT_TOO_LONG", ""), Verdict::Refused, "TEXT_TOO_LONG"),
        (credential("FORBIDDEN"), Verdict::Refused, "ANSWER_REFUSED"),
        (credential("SCOPE_MISSING"), Verdict::CredentialRejected, "SCOPE_MISSING"),
        (credential("UNAUTHORIZED"), Verdict::CredentialRejected, "UNAUTHORIZED"),
        (Failure::unknown("HTTP_500", ""), Verdict::Unknown, "HTTP_500"),
    ];
    for (told, verdict, code) in rows {
        let said = refused(told.with_status(499));
        assert_eq!((said.verdict, said.cause.code.as_str()), (verdict, code));
        assert_eq!(said.cause.http_status, Some(499), "{code}");
    }
}
