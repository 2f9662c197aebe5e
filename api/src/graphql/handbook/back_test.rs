//! What a version would change, as clients see it.

use std::sync::Arc;

use async_graphql::SimpleObject;
use office::handbooks;

use crate::graphql::{finding::Finding, post::Post};

/// What a version would say of what is queued and of what is published, compared with the one in force.
#[derive(SimpleObject)]
pub(crate) struct HandbookBackTest {
    /// Of the queue: `SCHEDULED`, `RETRYING` and `HELD` posts, what is due first.
    queued: BackTested,
    /// Of published posts, what was due last first.
    published: BackTested,
    /// Rule by rule, over both; a rule that finds nothing is left out.
    rules: Vec<BackTestedRule>,
}

/// What a version would change of some posts.
#[derive(SimpleObject)]
pub(crate) struct BackTested {
    /// How many posts were looked at.
    checked: i32,
    /// Whether there are more than that.
    more: bool,
    /// Posts that no rule blocks now and that it would block: queued ones would be held.
    newly_blocked: Vec<BackTestedPost>,
    /// Posts that a rule blocks now and that it would let pass.
    now_passing: Vec<BackTestedPost>,
}

/// A post that a version would judge otherwise.
#[derive(SimpleObject)]
pub(crate) struct BackTestedPost {
    /// The post.
    post: Post,
    /// What blocks it: under the tested version where it is newly blocked, under the one in force where it would pass.
    findings: Vec<Finding>,
}

/// In how many posts a rule finds something.
#[derive(SimpleObject)]
pub(crate) struct BackTestedRule {
    /// The rule, by its stable name.
    rule: String,
    /// Posts that it blocks under the version in force.
    blocked_before: i32,
    /// Posts that it would block.
    blocked_after: i32,
    /// Posts of which it says anything under the version in force.
    found_before: i32,
    /// Posts of which it would say anything.
    found_after: i32,
}

fn count(number: usize) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

impl From<handbooks::BackTest> for HandbookBackTest {
    fn from(test: handbooks::BackTest) -> Self {
        let rule = |rule: handbooks::RuleCount| BackTestedRule {
            rule: rule.rule,
            blocked_before: count(rule.blocked_before),
            blocked_after: count(rule.blocked_after),
            found_before: count(rule.found_before),
            found_after: count(rule.found_after),
        };
        Self {
            queued: test.queued.into(),
            published: test.published.into(),
            rules: test.rules.into_iter().map(rule).collect(),
        }
    }
}

impl From<handbooks::BackTested> for BackTested {
    fn from(part: handbooks::BackTested) -> Self {
        let post = |verdict: handbooks::Verdict| BackTestedPost {
            post: Post(Arc::new(verdict.post)),
            findings: verdict.findings.into_iter().map(Finding).collect(),
        };
        Self {
            checked: count(part.checked),
            more: part.more,
            newly_blocked: part.newly_blocked.into_iter().map(post).collect(),
            now_passing: part.now_passing.into_iter().map(post).collect(),
        }
    }
}
