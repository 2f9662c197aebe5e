//! How each creating mutation of the queue is tried.

use serde_json::{Value, json};

use super::{Case, Cast, case};
use crate::support::story::{Story, next_july};

/// Two bulk acts, each with the plan of a dry run.
pub(super) async fn planned(story: &Story) -> [Value; 2] {
    [bulk(story, 9).await, bulk(story, 10).await]
}

async fn bulk(story: &Story, day: u8) -> Value {
    let draft = story.draft(&format!("Clinic {day} opens."), &[&story.feed]).await;
    story.approve(&draft).await;
    let schedule = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(day) } } });
    let posts = story.author.act("schedulePost", schedule, "posts { id }").await;
    let post = posts["posts"][0]["id"].clone();
    let mut input =
        json!({ "selection": { "postIds": [post] }, "act": { "shiftBy": { "minutes": 5 } }, "dryRun": true });
    let said = story.author.act("bulkPosts", input.clone(), "bulk { plan }").await;
    input["dryRun"] = json!(false);
    input["expect"] = said["bulk"]["plan"].clone();
    input
}

/// Many posts at once.
pub(super) fn cases(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, planned: [first, second], .. } = cast;
    vec![case(
        ("bulkPosts", "bulk { id }", "/bulk/id", "bulk_act"),
        (&story.author, first.clone()),
        (deputy, second.clone()),
    )]
}
