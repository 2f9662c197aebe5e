//! What review policies make of a draft's reviews: which steps are done, by whom, and who may act now. Pure.
//!
//! The answer is worked out anew from the decisions and the policies in force, so that nothing stored can go on saying
//! that a draft is approved which the policies of today do not let through.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    MemberId, ReviewId,
    member::{Role, Roles},
    review,
    review::Decision,
    review_policy,
    review_policy::{Step, StepRule},
};

mod fill;

pub(crate) use fill::can_be_done;
use fill::{Fill, entries, fill, fits};

/// The roles that approve where no policy says otherwise.
pub(crate) const USUAL: [Role; 2] = [Role::ProjectManager, Role::Coordinator];

/// Somebody whom a policy names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Their name.
    pub name: String,
    /// Whether they left the office.
    pub gone: bool,
}

/// An approval that a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Approver {
    /// Of somebody with this role.
    Role(Role),
    /// Of this person.
    Member(MemberId),
}

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The policies that touch the draft.
    pub policies: &'a [Arc<review_policy::Model>],
    /// Whom they name.
    pub named: &'a HashMap<MemberId, Named>,
    /// The reviews of its newest revision, oldest first.
    pub reviews: &'a [review::Model],
    /// The digest of that revision.
    pub digest: &'a str,
    /// Everyone who wrote any part of it.
    pub writers: &'a [MemberId],
    /// When the first step's turn began.
    pub submitted_at: DateTime<Utc>,
}

/// A step of one policy, and how far it is.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Its place among the steps, from 1. Steps of several policies at one place go on side by side.
    pub place: usize,
    /// Whose step; none where no policy touches the draft and the usual rule holds.
    pub policy: Option<Arc<review_policy::Model>>,
    /// What it asks for.
    pub step: Step,
    /// When its turn began; none while steps before it are missing.
    pub since: Option<DateTime<Utc>>,
    /// The approvals that count.
    pub approvals: Vec<ReviewId>,
    /// The approvals that are missing: of any one of them, or of each, as the step says. Empty when it is done.
    pub missing: Vec<Approver>,
}

impl Progress {
    /// Whether nothing is missing.
    pub fn done(&self) -> bool {
        self.missing.is_empty()
    }

    /// When it should be decided; none while it is not its turn, or where there is no hurry.
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        due(&self.step, self.since?)
    }
}

/// How far a draft's approval is.
#[derive(Debug, Clone, Default)]
pub struct Approval {
    /// Every step, in order.
    pub steps: Vec<Progress>,
    counted: Vec<Vote>,
}

/// An approval as steps see it.
#[derive(Debug, Clone)]
struct Vote {
    id: Option<ReviewId>,
    member: MemberId,
    roles: Roles,
    at: DateTime<Utc>,
}

impl Approval {
    /// Whether every step is done.
    pub fn complete(&self) -> bool {
        self.steps.iter().all(Progress::done)
    }

    /// The steps whose turn it is and that are not done.
    pub fn open(&self) -> impl Iterator<Item = &Progress> {
        self.steps.iter().filter(|step| step.since.is_some() && !step.done())
    }

    /// Whether an approval of this person would bring it forward now.
    pub fn may_act(&self, ground: &Ground<'_>, member: MemberId, roles: &Roles, now: DateTime<Utc>) -> bool {
        if ground.writers.contains(&member) {
            return false;
        }
        let vote = Vote { id: None, member, roles: roles.clone(), at: now };
        if self.complete() {
            return self.steps.iter().any(|step| entries(&step.step).any(|entry| fits(entry, &vote)));
        }
        let with: Vec<Vote> = self.counted.iter().cloned().chain([vote]).collect();
        self.open().any(|step| {
            let since = step.since.unwrap_or(now);
            fill(ground, &step.step, since, &with).missing.len() < step.missing.len()
        })
    }

    /// Whether this person is named by any of its steps, in its turn or not.
    pub fn names(&self, member: MemberId, roles: &Roles) -> bool {
        let vote = Vote { id: None, member, roles: roles.clone(), at: DateTime::<Utc>::MIN_UTC };
        self.steps.iter().any(|progress| {
            progress.step.deputies.contains(&member)
                || entries(&progress.step).any(|entry| fits(entry, &vote))
        })
    }

    /// The missing steps that nobody who is still there can do: of these people, none of whom wrote part of it.
    pub fn stuck<'a>(
        &'a self,
        ground: &Ground<'_>,
        people: &[(MemberId, Roles)],
    ) -> impl Iterator<Item = &'a Progress> {
        let writers: HashSet<MemberId> = ground.writers.iter().copied().collect();
        let free: Vec<(MemberId, Roles)> =
            people.iter().filter(|(id, _)| !writers.contains(id)).cloned().collect();
        self.steps.iter().filter(move |progress| !progress.done() && !can_be_done(&progress.step, &free))
    }
}

/// How far a draft's approval is. Each approval counts for the steps whose turn it was: those of the first place are done
/// by the first approvals, those of the next place by what came after.
pub(crate) fn progress(ground: &Ground<'_>) -> Approval {
    let votes = votes(ground);
    let usual = [usual()];
    let places = ground.policies.iter().map(|policy| policy.steps.0.len()).max().unwrap_or_default().max(1);
    let (mut steps, mut rest, mut since) = (Vec::new(), &votes[..], Some(ground.submitted_at));
    let mut counted: Vec<Vote> = Vec::new();
    for place in 0..places {
        let demands: Vec<(Option<&Arc<review_policy::Model>>, &Step)> = if ground.policies.is_empty() {
            usual.iter().map(|step| (None, step)).collect()
        } else {
            ground
                .policies
                .iter()
                .filter_map(|policy| Some((Some(policy), policy.steps.0.get(place)?)))
                .collect()
        };
        let (filled, used) = stage(ground, &demands, since, rest);
        for ((policy, step), fill) in demands.into_iter().zip(filled) {
            let (policy, step) = (policy.map(Arc::clone), step.clone());
            let Fill { approvals, missing } = fill;
            steps.push(Progress { place: place + 1, policy, step, since, approvals, missing });
        }
        match used {
            Some(used) => {
                let (done, later) = rest.split_at(used);
                since = since.and(done.last().map(|vote| vote.at).or(since));
                rest = later;
            }
            None if since.is_some() => {
                counted = rest.to_vec();
                (rest, since) = (&[], None);
            }
            None => {}
        }
    }
    Approval { steps, counted }
}

/// The steps of one place under the fewest approvals that do all of them, and how many those are; under all approvals where
/// they do not suffice.
fn stage(
    ground: &Ground<'_>,
    demands: &[(Option<&Arc<review_policy::Model>>, &Step)],
    since: Option<DateTime<Utc>>,
    votes: &[Vote],
) -> (Vec<Fill>, Option<usize>) {
    let Some(since) = since else {
        return (demands.iter().map(|(_, step)| Fill::nothing(step)).collect(), None);
    };
    let under = |votes: &[Vote]| -> Vec<Fill> {
        demands.iter().map(|(_, step)| fill(ground, step, since, votes)).collect()
    };
    for used in 0..=votes.len() {
        let filled = under(votes.get(..used).unwrap_or_default());
        if filled.iter().all(|fill| fill.missing.is_empty()) {
            return (filled, Some(used));
        }
    }
    (under(votes), None)
}

/// The approvals that may count: after the last time that it was sent back, for exactly these words, of nobody who wrote
/// any of them.
fn votes(ground: &Ground<'_>) -> Vec<Vote> {
    let sent_back = |review: &review::Model| review.decision == Decision::ChangesRequested;
    let from = ground.reviews.iter().rposition(sent_back).map_or(0, |last| last + 1);
    let after = ground.reviews.get(from..).unwrap_or_default().iter();
    let counts = |review: &&review::Model| {
        review.decision == Decision::Approved
            && review.digest == ground.digest
            && !ground.writers.contains(&review.reviewer_id)
    };
    let vote = |review: &review::Model| Vote {
        id: Some(review.id),
        member: review.reviewer_id,
        roles: review.reviewer_roles.clone().unwrap_or_default(),
        at: review.created_at,
    };
    after.filter(counts).map(vote).collect()
}

/// What holds where no policy does: one project manager or coordinator.
fn usual() -> Step {
    Step {
        rule: StepRule::Any,
        roles: USUAL.to_vec(),
        members: Vec::new(),
        deputies: Vec::new(),
        deadline_hours: None,
    }
}

fn due(step: &Step, since: DateTime<Utc>) -> Option<DateTime<Utc>> {
    since.checked_add_signed(TimeDelta::hours(step.deadline_hours?.into()))
}

#[cfg(test)]
mod tests;
