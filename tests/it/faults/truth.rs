//! What is shown, held against what the platforms counted: while everything falls, and at the end. Knows which states say
//! that a post is out and which say that it is not.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use serde_json::json;
use uuid::Uuid;

use super::{
    accounts::{Accounts, Copies},
    work::{Shown, Work},
};

/// States of a post that is out.
const OUT: &[&str] = &["PUBLISHED"];
/// States of a post that is not out.
const NOT_OUT: &[&str] = &["SCHEDULED", "RETRYING", "HELD", "MISSED", "REJECTED", "CANCELLED"];

/// What is shown and is not so. `before` was counted before the posts were read, `after` after it.
pub(crate) fn lies(before: &Copies, shown: &[Shown], after: &Copies) -> Vec<String> {
    let mut lies = Vec::new();
    for post in shown {
        let state = post.state.as_str();
        if OUT.contains(&state) && !after.contains_key(&post.id) {
            lies.push(format!("{} is shown {state} and is nowhere: {}", post.id, post.whole));
        }
        if NOT_OUT.contains(&state) && before.contains_key(&post.id) {
            lies.push(format!("{} is shown {state} and is out: {}", post.id, post.whole));
        }
    }
    lies
}

/// Posts that were published more than once.
pub(crate) fn doubled(copies: &Copies) -> Vec<String> {
    let twice = copies.iter().filter(|(_, count)| **count > 1);
    twice.map(|(id, count)| format!("{id} was published {count} times")).collect()
}

/// What the posts came to.
pub(crate) type Tally = BTreeMap<String, usize>;

/// The end of it all: nothing is twice, nothing is lost, and everything shown is so. Gives what was wrong, and the tally.
pub(crate) async fn judge(
    work: &Work,
    accounts: &Accounts,
    database: &DatabaseConnection,
    expected: usize,
) -> (Vec<String>, Tally) {
    let copies = accounts.copies();
    let shown = work.posts("attempts { kind outcome }").await;
    let mut wrong = doubled(&copies);
    wrong.extend(lies(&copies, &shown, &copies));
    if shown.len() != expected {
        wrong.push(format!("{expected} posts were scheduled and {} are shown", shown.len()));
    }
    let (mut tally, times) = (Tally::new(), accounts.times());
    let known: BTreeSet<Uuid> = shown.iter().map(|post| post.id).collect();
    wrong.extend(copies.keys().filter(|id| !known.contains(id)).map(|id| format!("{id} is out and unknown")));
    for post in &shown {
        *tally.entry(post.state.clone()).or_default() += 1;
        if !matches!(post.state.as_str(), "PUBLISHED" | "REJECTED") {
            wrong.push(format!("{} did not come to its end: {}", post.id, post.whole));
        }
        if times.get(&post.id).is_some_and(|came| *came < post.due_at) {
            wrong.push(format!("{} came before it was due", post.id));
        }
        let attempts = post.whole["attempts"].as_array().unwrap();
        let tries = attempts.iter().filter(|attempt| attempt["kind"] == "PUBLISH").count();
        if copies.contains_key(&post.id) && tries == 0 {
            wrong.push(format!("{} is out and no attempt tells of it", post.id));
        }
        for attempt in attempts {
            let outcome = attempt["outcome"].as_str().unwrap();
            *tally.entry(format!("attempts {outcome}")).or_default() += 1;
        }
    }
    wrong.extend(left_behind(database).await);
    let chain = work
        .ask(&work.story.coordinator, "{ auditChain { intact brokenAt entries } }", &json!({}))
        .await["auditChain"]
        .clone();
    if chain["intact"] != true {
        wrong.push(format!("the audit chain does not hold: {chain}"));
    }
    (wrong, tally)
}

/// What nobody would see and what would block a channel or tell untruth later.
async fn left_behind(database: &DatabaseConnection) -> Vec<String> {
    let mut wrong = Vec::new();
    for (what, rows) in [
        ("attempts that nobody settled", "attempt WHERE outcome = 'OPEN'"),
        ("channels that believe to be sending", "channel_head WHERE sending IS NOT NULL"),
        ("channels that believe to have posts", "channel_head WHERE next_at IS NOT NULL"),
        ("posts that are held by a worker", "post WHERE lease_until IS NOT NULL"),
    ] {
        let sql = format!("SELECT COUNT(*) AS n FROM {rows}");
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let row = database.query_one_raw(statement).await.unwrap().unwrap();
        let count: i64 = row.try_get("", "n").unwrap();
        if count > 0 {
            wrong.push(format!("{count} {what}"));
        }
    }
    wrong
}
