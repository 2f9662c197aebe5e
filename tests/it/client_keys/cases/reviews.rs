//! How each creating mutation of reviewing is tried.

use serde_json::{Value, json};

use super::{Case, Cast, case, id_of};
use crate::support::story::Story;

/// A draft with a comment, and a change that is suggested.
pub(super) struct Commented {
    draft: String,
    comment: String,
    suggestion: String,
}

/// Two of them.
pub(super) async fn commented(story: &Story) -> [Commented; 2] {
    [one(story, 11).await, one(story, 12).await]
}

async fn one(story: &Story, number: u8) -> Commented {
    let draft = story.draft(&format!("Clinic {number} opens."), &[&story.feed]).await;
    let made = ("comment { id }", "/comment/id");
    let comment = id_of(&story.manager, "commentOnDraft", said(&draft, "When?"), made).await;
    let suggestion = id_of(&story.coordinator, "suggestChange", other(&draft, "Hospital"), made).await;
    Commented { draft, comment, suggestion }
}

fn said(draft: &str, words: &str) -> Value {
    json!({ "draftId": draft, "revision": 1, "part": "text", "text": words })
}

fn other(draft: &str, words: &str) -> Value {
    let span = json!({ "utf16Start": 0, "utf16End": 6 });
    json!({ "draftId": draft, "revision": 1, "part": "text", "span": span, "replacement": words })
}

/// Policies, comments, suggestions.
pub(super) fn cases(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, commented: [first, second], .. } = cast;
    let (author, manager) = (&story.author, &story.manager);
    let reply = |of: &Commented| json!({ "commentId": of.comment, "text": "Soon." });
    let accept = |of: &Commented| json!({ "commentId": of.suggestion, "expectedVersion": 1 });
    let steps = json!([{ "rule": "ANY", "roles": ["PROJECT_MANAGER", "COORDINATOR"] }]);
    let policy = |scope: Value| json!({ "scope": scope, "name": "One of us", "steps": steps });
    let made = |mutation: &'static str| (mutation, "comment { id }", "/comment/id", "draft_comment");
    vec![
        case(
            made("commentOnDraft"),
            (author, said(&first.draft, "Now?")),
            (manager, said(&second.draft, "Then?")),
        ),
        case(made("replyToDraftComment"), (author, reply(first)), (manager, reply(second))),
        case(
            made("suggestChange"),
            (author, other(&first.draft, "House")),
            (manager, other(&second.draft, "Home")),
        ),
        case(
            ("acceptSuggestion", "comment { id }", "/comment/id", "revision"),
            (author, accept(first)),
            (manager, accept(second)),
        ),
        case(
            ("setReviewPolicy", "policy { id }", "/policy/id", "review_policy"),
            (&story.coordinator, policy(json!({ "office": true }))),
            (deputy, policy(json!({ "channelId": story.feed }))),
        ),
    ]
}
