//! How a post fares, as things are and as they are supposed to be: the gate, asked at the moments that matter. Pure.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{PostId, post, post::PostState};

use super::{
    Fate, Foretold, Outcome,
    suppose::{Absence, Supposed},
};
use crate::{
    blackouts::Reaching,
    gate::{self, Facts, Gate, GateKind},
    plans::kept_back,
};

/// How posts fare before and after, in the order of their due times.
pub(super) fn foretell(posts: Vec<Facts>, supposed: &Supposed, now: DateTime<Utc>) -> Vec<Foretold> {
    let mut told: Vec<Foretold> = Vec::with_capacity(posts.len());
    let mut known: HashMap<PostId, usize> = HashMap::with_capacity(posts.len());
    for mut facts in posts {
        let post = facts.post.clone();
        let leader = post.follows_post_id.and_then(|id| told.get(*known.get(&id)?));
        let follows = facts.follows;
        let before = Look { facts: &mut facts, absence: None }.fate(leader.map(|one| &one.before), now);
        supposed.alter(&mut facts);
        facts.follows = follows;
        let after =
            Look { facts: &mut facts, absence: supposed.absence() }.fate(leader.map(|one| &one.after), now);
        let outcome = difference(&before, &after);
        known.insert(post.id, told.len());
        told.push(Foretold { post, before, after, outcome });
    }
    told
}

fn difference(before: &Fate, after: &Fate) -> Outcome {
    match (before.leaves_at, after.leaves_at) {
        (Some(before), Some(after)) if after > before => Outcome::LeavesLater,
        (Some(before), Some(after)) if after < before => Outcome::LeavesEarlier,
        (Some(_), Some(_)) => Outcome::AsBefore,
        (None, Some(_)) => Outcome::Released,
        (None, None) if before == after => Outcome::AsBefore,
        (_, None) if after.state == PostState::Missed => Outcome::Missed,
        (_, None) => Outcome::Held,
    }
}

/// One post's facts, asked at several moments.
struct Look<'a> {
    facts: &'a mut Facts,
    absence: Option<&'a Absence>,
}

impl Look<'_> {
    fn fate(&mut self, leader: Option<&Fate>, now: DateTime<Utc>) -> Fate {
        let led = self.led(leader).unwrap_or(now);
        let first = leaves_first(&self.facts.post, now).max(led);
        let gates = self.gates(first);
        let (state, leaves_at) = if gates.iter().all(|gate| gate.open) {
            (PostState::Published, Some(first))
        } else if is_late(&gates) {
            (PostState::Missed, None)
        } else {
            self.later(first)
        };
        Fate { state, due_at: self.facts.post.due_at, leaves_at, gates: gate::shut(&gates) }
    }

    /// Supposes that the post that it follows fares as was foretold, and says when that leaves. One that was not looked at
    /// and waits is supposed to leave in time.
    fn led(&mut self, leader: Option<&Fate>) -> Option<DateTime<Utc>> {
        const LEAVES: [PostState; 4] =
            [PostState::Scheduled, PostState::Retrying, PostState::Sending, PostState::Unconfirmed];
        let follows = self.facts.follows?;
        self.facts.follows = Some(match leader {
            Some(fate) => fate.state,
            None if LEAVES.contains(&follows) => PostState::Published,
            None => follows,
        });
        leader?.leaves_at
    }

    /// The gate, at that moment.
    fn gates(&mut self, at: DateTime<Utc>) -> Vec<Gate> {
        let present = self.facts.stewards;
        let away = self.absence.is_some_and(|absence| absence.covers(self.facts.channel.id, at));
        self.facts.stewards = present.saturating_sub(usize::from(away));
        let gates = gate::evaluate(self.facts, at);
        self.facts.stewards = present;
        gates
    }

    /// What becomes of it when something that shuts a gate ends by itself.
    fn later(&mut self, first: DateTime<Utc>) -> (PostState, Option<DateTime<Utc>>) {
        let mut ends = self.ends(first);
        while let Some(end) = ends.pop_first() {
            let gates = self.gates(end);
            if gates.iter().all(|gate| gate.open) {
                return (PostState::Published, Some(end));
            }
            if is_late(&gates) && gates.iter().all(|gate| gate.open || PASSES.contains(&gate.kind)) {
                return (PostState::Missed, None);
            }
            // A pause may end within quiet hours. What is over later than it is wanted need not be looked at.
            if !is_late(&gates) {
                ends.extend(self.quiet_until(end));
            }
        }
        (PostState::Held, None)
    }

    /// When pauses, embargoes, blackouts and absences end that stand then.
    fn ends(&self, after: DateTime<Utc>) -> BTreeSet<DateTime<Utc>> {
        let pauses = self.facts.pauses.iter().filter_map(|pause| pause.ends_at);
        let kept_back = self.facts.plan.iter().flat_map(|plan| kept_back(plan));
        let embargoes = kept_back.filter_map(|entry| entry.until);
        let absence = self.absence.and_then(|absence| absence.until);
        let ends = pauses.chain(embargoes).chain(absence).filter(|end| *end > after);
        ends.chain(self.quiet_until(after)).collect()
    }

    /// When the quiet hours and blackouts are over that stand at an instant.
    fn quiet_until(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let post = &self.facts.post;
        let reaching = Reaching {
            standing: &self.facts.blackouts,
            office_id: post.office_id,
            channel_id: post.channel_id,
            post_id: Some(post.id),
        };
        reaching.stops(at)?;
        reaching.free_from(at).filter(|free| *free > at)
    }
}

/// Gates that are shut for a time only: with no other shut, a post that is too late was only kept.
const PASSES: [GateKind; 2] = [GateKind::Lateness, GateKind::Blackout];

fn is_late(gates: &[Gate]) -> bool {
    gates.iter().any(|gate| gate.kind == GateKind::Lateness && !gate.open)
}

/// The first moment at which a worker would try to send it.
fn leaves_first(post: &post::Model, now: DateTime<Utc>) -> DateTime<Utc> {
    match post.state {
        PostState::Held => post.due_at.max(now),
        _ => post.run_at.max(now),
    }
}
