//! How a post fares, as things are and as they are supposed to be: the gate, asked at the moments that matter. Pure.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::{post, post::PostState};

use super::{
    Fate, Foretold, Outcome,
    suppose::{Absence, Supposed},
};
use crate::gate::{self, Facts, Gate, GateKind};

/// How a post fares before and after.
pub(super) fn foretell(mut facts: Facts, supposed: &Supposed, now: DateTime<Utc>) -> Foretold {
    let post = facts.post.clone();
    let before = Look { facts: &mut facts, absence: None }.fate(now);
    supposed.alter(&mut facts);
    let after = Look { facts: &mut facts, absence: supposed.absence() }.fate(now);
    let outcome = difference(&before, &after);
    Foretold { post, before, after, outcome }
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
    fn fate(&mut self, now: DateTime<Utc>) -> Fate {
        let first = leaves_first(&self.facts.post, now);
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
        for end in self.ends(first) {
            let gates = self.gates(end);
            if gates.iter().all(|gate| gate.open) {
                return (PostState::Published, Some(end));
            }
            if is_late(&gates) && gates.iter().all(|gate| gate.open || gate.kind == GateKind::Lateness) {
                return (PostState::Missed, None);
            }
        }
        (PostState::Held, None)
    }

    /// When pauses, embargoes and absences end that stand then.
    fn ends(&self, after: DateTime<Utc>) -> BTreeSet<DateTime<Utc>> {
        let pauses = self.facts.pauses.iter().filter_map(|pause| pause.ends_at);
        let kept_back = self.facts.plan.iter().flat_map(|plan| &plan.not_shareable.0);
        let embargoes = kept_back.filter_map(|entry| entry.until);
        let absence = self.absence.and_then(|absence| absence.until);
        pauses.chain(embargoes).chain(absence).filter(|end| *end > after).collect()
    }
}

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
