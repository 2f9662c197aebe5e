//! What a version would say of what waits and of what is out, before it comes into force. Writes nothing. Knows which
//! posts are looked at and how two versions are compared; what they say is the check that the gate uses.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use entity::{HandbookId, OfficeId, post, post::PostState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use super::{Compiled, in_force, version};
use crate::{
    Office,
    checks::{self, Judged, Moment, WholeRevision},
    error::{Fault, RefusalCode, Result, refuse},
    policy::{Permit, op},
};

/// States in which a post waits to leave.
pub(crate) const QUEUED: [PostState; 3] = [PostState::Scheduled, PostState::Retrying, PostState::Held];

/// What a version would change.
#[derive(Debug)]
pub struct BackTest {
    /// The version.
    pub handbook_id: HandbookId,
    /// The version in force, with which it is compared.
    pub in_force_id: HandbookId,
    /// Of what waits in the queue, what is due first.
    pub queued: BackTested,
    /// Of what is published, what was due last.
    pub published: BackTested,
    /// Rule by rule, over both; a rule that finds nothing is left out.
    pub rules: Vec<RuleCount>,
}

/// What a version would change of some posts.
#[derive(Debug, Default)]
pub struct BackTested {
    /// How many were looked at.
    pub checked: usize,
    /// Whether there are more.
    pub more: bool,
    /// Those that nothing blocks now and that it would block.
    pub newly_blocked: Vec<Verdict>,
    /// Those that are blocked now and that it would let pass.
    pub now_passing: Vec<Verdict>,
}

/// A post, and what blocks it.
#[derive(Debug)]
pub struct Verdict {
    /// The post.
    pub post: post::Model,
    /// What blocks it: under the tested version where it is newly blocked, under the one in force where it would pass.
    pub findings: Vec<Judged>,
}

/// In how many posts a rule finds something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule.
    pub rule: String,
    /// Posts that it blocks under the version in force.
    pub blocked_before: usize,
    /// Posts that it would block.
    pub blocked_after: usize,
    /// Posts of which it says anything under the version in force.
    pub found_before: usize,
    /// Posts of which it would say anything.
    pub found_after: usize,
}

/// Compares a version with the one in force, on what is queued and on the last `published` posts.
pub async fn back_test(
    office: &Office,
    permit: &Permit<op::BackTestHandbook>,
    id: HandbookId,
    published: i32,
) -> Result<BackTest> {
    let most = office.limits.back_test_posts;
    let Some(wanted) = u64::try_from(published).ok().filter(|wanted| *wanted <= most) else {
        return refuse(RefusalCode::Invalid, "published", format!("published must be from 0 to {most}"));
    };
    let (db, office_id) = (office.db.read(), permit.office_id());
    let tested = version(office, db, office_id, id).await?;
    let current = in_force(office, db, office_id).await?;
    let queued = posts(db, office_id, &QUEUED, Order::Asc, most).await?;
    let out = posts(db, office_id, &[PostState::Published], Order::Desc, wanted).await?;
    let ids: Vec<_> = queued.0.iter().chain(&out.0).map(|post| post.revision_id).collect();
    let revisions = checks::load_many(office, db, office_id, &ids).await?;
    let now = office.clock.now();
    let compare = move || {
        let mut comparison = Comparison { tested, current, now, rules: BTreeMap::new() };
        let mut part = |(posts, more): (Vec<post::Model>, bool)| {
            let mut part = BackTested { more, ..BackTested::default() };
            for post in posts {
                if let Some(revision) = revisions.get(&post.revision_id) {
                    comparison.look(post, revision, &mut part);
                }
            }
            part
        };
        let (queued, published) = (part(queued), part(out));
        comparison.told(queued, published)
    };
    // Some hundred texts under two handbooks: off the threads that serve requests.
    let compared = tokio::task::spawn_blocking(compare).await;
    Ok(compared.map_err(|_panicked| Fault::Internal("a back-test stopped".to_owned()))?)
}

/// Posts in some states by due time, at most so many, and whether there are more.
async fn posts(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    states: &[PostState],
    order: Order,
    most: u64,
) -> Result<(Vec<post::Model>, bool)> {
    let mut found = post::Entity::find()
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::State.is_in(states.iter().copied()))
        .order_by(post::Column::DueAt, order.clone())
        .order_by(post::Column::Id, order)
        .limit(most + 1)
        .all(db)
        .await?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    Ok((found, more))
}

/// Two versions, and what was counted under them.
struct Comparison {
    tested: Arc<Compiled>,
    current: Arc<Compiled>,
    now: DateTime<Utc>,
    rules: BTreeMap<String, RuleCount>,
}

impl Comparison {
    fn look(&mut self, post: post::Model, revision: &WholeRevision, part: &mut BackTested) {
        let target = revision.targets.iter().find(|(target, _)| target.channel_id == post.channel_id);
        let Some((target, channel)) = target else { return };
        // The moment that the gate takes, too.
        let moment = Moment { now: self.now, leaves_at: Some(post.due_at) };
        let before = revision.check(target, channel, &self.current.handbook, moment);
        let after = revision.check(target, channel, &self.tested.handbook, moment);
        part.checked += 1;
        self.count(&before, &after);
        let (before, after) = (blocking(before), blocking(after));
        if before.is_empty() && !after.is_empty() {
            part.newly_blocked.push(Verdict { post, findings: after });
        } else if !before.is_empty() && after.is_empty() {
            part.now_passing.push(Verdict { post, findings: before });
        }
    }

    /// Each rule once a post, however often it speaks there.
    fn count(&mut self, before: &[Judged], after: &[Judged]) {
        let mut of = |findings: &[Judged], add: fn(&mut RuleCount, bool)| {
            let mut blocks: BTreeMap<&str, bool> = BTreeMap::new();
            for judged in findings {
                *blocks.entry(&judged.finding.rule).or_default() |= judged.blocks();
            }
            for (rule, blocks) in blocks {
                let empty = || RuleCount { rule: rule.to_owned(), ..RuleCount::default() };
                add(self.rules.entry(rule.to_owned()).or_insert_with(empty), blocks);
            }
        };
        of(before, |count, blocks| {
            count.found_before += 1;
            count.blocked_before += usize::from(blocks);
        });
        of(after, |count, blocks| {
            count.found_after += 1;
            count.blocked_after += usize::from(blocks);
        });
    }

    fn told(self, queued: BackTested, published: BackTested) -> BackTest {
        BackTest {
            handbook_id: self.tested.id,
            in_force_id: self.current.id,
            queued,
            published,
            rules: self.rules.into_values().collect(),
        }
    }
}

fn blocking(mut findings: Vec<Judged>) -> Vec<Judged> {
    findings.retain(Judged::blocks);
    findings
}
