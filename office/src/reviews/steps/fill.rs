//! What approvals do for one step: each counts once in it, and gives its place to another where both can have one. Pure.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    MemberId, ReviewId,
    member::Roles,
    review_policy::{Step, StepRule},
};

use super::{Approver, Ground, Vote, due};

pub(super) fn entries(step: &Step) -> impl Iterator<Item = Approver> {
    let members = step.members.iter().map(|id| Approver::Member(*id));
    step.roles.iter().map(|role| Approver::Role(*role)).chain(members)
}

pub(super) fn fits(entry: Approver, vote: &Vote) -> bool {
    match entry {
        Approver::Role(role) => vote.roles.contains(role),
        Approver::Member(id) => vote.member == id,
    }
}

/// What approvals do for one step.
pub(super) struct Fill {
    pub(super) approvals: Vec<ReviewId>,
    pub(super) missing: Vec<Approver>,
}

impl Fill {
    pub(super) fn nothing(step: &Step) -> Self {
        Self { approvals: Vec::new(), missing: entries(step).collect() }
    }
}

pub(super) fn fill(ground: &Ground<'_>, step: &Step, since: DateTime<Utc>, votes: &[Vote]) -> Fill {
    let mut seen = HashSet::new();
    // Nobody counts twice in one step.
    let votes: Vec<&Vote> = votes.iter().filter(|vote| seen.insert(vote.member)).collect();
    let due = due(step, since);
    let stands_in = |entry: Approver, vote: &Vote| {
        let cannot = match entry {
            Approver::Role(_) => false,
            Approver::Member(id) => {
                ground.writers.contains(&id) || ground.named.get(&id).is_none_or(|named| named.gone)
            }
        };
        step.deputies.contains(&vote.member) && (cannot || due.is_none_or(|due| vote.at > due))
    };
    let matched = matching(step, &votes, |entry, vote| fits(entry, vote) || stands_in(entry, vote));
    let taken = matched.iter().filter_map(|place| votes.get((*place)?)?.id);
    let approvals: Vec<ReviewId> = taken.collect();
    let missing: Vec<Approver> =
        entries(step).zip(&matched).filter(|(_, place)| place.is_none()).map(|(entry, _)| entry).collect();
    match step.rule {
        StepRule::Any if matched.iter().any(Option::is_some) => {
            Fill { approvals: approvals.into_iter().take(1).collect(), missing: Vec::new() }
        }
        StepRule::Any | StepRule::All => Fill { approvals, missing },
    }
}

/// Whether these people, all of whom are there, could do a step.
pub(crate) fn can_be_done(step: &Step, people: &[(MemberId, Roles)]) -> bool {
    let vote = |(member, roles): &(MemberId, Roles)| Vote {
        id: None,
        member: *member,
        roles: roles.clone(),
        at: DateTime::<Utc>::MIN_UTC,
    };
    let votes: Vec<Vote> = people.iter().map(vote).collect();
    let votes: Vec<&Vote> = votes.iter().collect();
    let could = |entry: Approver, vote: &Vote| fits(entry, vote) || step.deputies.contains(&vote.member);
    let matched = matching(step, &votes, could);
    match step.rule {
        StepRule::Any => matched.iter().any(Option::is_some),
        StepRule::All => matched.iter().all(Option::is_some),
    }
}

/// Gives each entry a vote of its own, as many as can have one: who fits two of them must not take the place of who fits
/// only one.
fn matching(step: &Step, votes: &[&Vote], fits: impl Fn(Approver, &Vote) -> bool) -> Vec<Option<usize>> {
    let entries: Vec<Approver> = entries(step).collect();
    let mut holder: Vec<Option<usize>> = vec![None; votes.len()];
    for entry in 0..entries.len() {
        let mut tried = vec![false; votes.len()];
        place(entry, &entries, votes, &fits, &mut holder, &mut tried);
    }
    let vote_of = |entry: usize| holder.iter().position(|held| *held == Some(entry));
    (0..entries.len()).map(vote_of).collect()
}

fn place(
    entry: usize,
    entries: &[Approver],
    votes: &[&Vote],
    fits: &impl Fn(Approver, &Vote) -> bool,
    holder: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    let Some(wanted) = entries.get(entry) else { return false };
    for (index, vote) in votes.iter().enumerate() {
        let Some(seen) = tried.get_mut(index).filter(|seen| !**seen) else { continue };
        if !fits(*wanted, vote) {
            continue;
        }
        *seen = true;
        let held = holder.get(index).copied().flatten();
        if held.is_none_or(|other| place(other, entries, votes, fits, holder, tried)) {
            if let Some(slot) = holder.get_mut(index) {
                *slot = Some(entry);
            }
            return true;
        }
    }
    false
}
