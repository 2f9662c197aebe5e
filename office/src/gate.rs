//! The gate: what must hold at the moment a post leaves (invariant 1).
//!
//! One function answers for the worker, for `explain` and for releasing what was held. It is pure over [`Facts`]; loading
//! them is the only thing here that reads.

use chrono::{DateTime, Utc};
use entity::{
    channel, conversation, draft, initiative, initiative::InitiativeState, pause, plan, post,
    post::PostState, post::ShutGate, recurrence, review, revision_target,
};
use std::sync::Arc;

use crate::{
    blackouts::Standing,
    checks::{Judged, WholeRevision},
    handbooks::Compiled,
    reviews::InForce,
};

mod approval;
mod facts;
mod rules;
mod stops;

pub(crate) use approval::MORE as MORE_APPROVALS;
pub use facts::{explain, load, load_many};
pub(crate) use rules::OPENS_BY_ITSELF;
pub(crate) use stops::{CANCEL_ANSWER, CANCEL_FOLLOWER, WILL_NOT_BE_OUT, held, paused, pauses};

/// The gates, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GateKind {
    /// An approval covers exactly what will be sent, by somebody who did not write it.
    Approval,
    /// The initiative is active.
    Initiative,
    /// Its communications plan is approved.
    Plan,
    /// Nothing in it is under embargo or not to be shared.
    Embargo,
    /// The channel is active.
    Channel,
    /// Enough stewards answer for it.
    Stewards,
    /// It can be reached: a connector exists and the credential works.
    Connection,
    /// No guideline rule blocks, under the handbook in force now.
    Guidelines,
    /// The post that it follows is out, and what it answers still waits for an answer.
    Order,
    /// No person holds it.
    Hold,
    /// Nothing is paused.
    Pause,
    /// It leaves outside of quiet hours and blackout days.
    Blackout,
    /// It is not later than it is wanted.
    Lateness,
}

impl GateKind {
    /// Every gate.
    pub const ALL: [Self; 13] = [
        Self::Approval,
        Self::Initiative,
        Self::Plan,
        Self::Embargo,
        Self::Channel,
        Self::Stewards,
        Self::Connection,
        Self::Guidelines,
        Self::Order,
        Self::Hold,
        Self::Pause,
        Self::Blackout,
        Self::Lateness,
    ];

    /// Its name in the API and in stored holds.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approval => "APPROVAL",
            Self::Initiative => "INITIATIVE",
            Self::Plan => "PLAN",
            Self::Embargo => "EMBARGO",
            Self::Channel => "CHANNEL",
            Self::Stewards => "STEWARDS",
            Self::Connection => "CONNECTION",
            Self::Guidelines => "GUIDELINES",
            Self::Order => "ORDER",
            Self::Hold => "HOLD",
            Self::Pause => "PAUSE",
            Self::Blackout => "BLACKOUT",
            Self::Lateness => "LATENESS",
        }
    }
}

/// One gate, open or shut.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Which.
    pub kind: GateKind,
    /// Whether the post may pass.
    pub open: bool,
    /// The handbook clause that it rests on; none for what only the house demands.
    pub clause: Option<String>,
    /// Why it is open or shut.
    pub reason: String,
    /// What would open it; none while open.
    pub opens: Option<String>,
    /// What the rules found, for [`GateKind::Guidelines`].
    pub findings: Vec<Judged>,
}

/// Everything that the gate looks at.
#[derive(Debug)]
pub struct Facts {
    /// The post.
    pub post: post::Model,
    /// Its draft.
    pub draft: draft::Model,
    /// Its revision, whole.
    pub revision: Arc<WholeRevision>,
    /// Its target in the revision, if it still has one.
    pub target: Option<revision_target::Model>,
    /// Where it goes.
    pub channel: channel::Model,
    /// For which initiative.
    pub initiative: Arc<initiative::Model>,
    /// The approved plan; none while there is none.
    pub plan: Option<Arc<plan::Model>>,
    /// The reviews of the revision, oldest first.
    pub reviews: Vec<review::Model>,
    /// Everyone who wrote any part of it.
    pub writers: Vec<entity::MemberId>,
    /// The review policies in force.
    pub review_policies: Arc<InForce>,
    /// How many current stewards are active members.
    pub stewards: usize,
    /// How many there must be.
    pub stewards_at_least: usize,
    /// The recurrence that made the post, if one did.
    pub recurrence: Option<recurrence::Model>,
    /// The pauses of the office that are not lifted.
    pub pauses: Arc<Vec<pause::Model>>,
    /// The blackouts of the office that stand.
    pub blackouts: Arc<Vec<Standing>>,
    /// The handbook in force.
    pub handbook: Arc<Compiled>,
    /// The state of the post that it follows; none when it follows none.
    pub follows: Option<PostState>,
    /// What the public said that it answers; none when it answers nothing, or that is not there.
    pub answers: Option<conversation::Model>,
}

/// Every gate, in order. The post may leave only when all are open.
pub fn evaluate(facts: &Facts, now: DateTime<Utc>) -> Vec<Gate> {
    vec![
        approval::approval(facts),
        rules::initiative(facts),
        rules::plan(facts),
        rules::embargo(facts, now),
        rules::channel(facts),
        rules::stewards(facts),
        rules::connection(facts, now),
        rules::guidelines(facts, now),
        stops::order(facts),
        stops::hold(facts),
        stops::pause(facts, now),
        stops::blackout(facts, now),
        stops::lateness(facts, now),
    ]
}

/// Whether a post leaves by these gates: it waits, and all of them are open. The gates alone say nothing of what is over.
pub fn may_leave(post: &post::Model, gates: &[Gate]) -> bool {
    let waits = matches!(post.state, PostState::Scheduled | PostState::Retrying | PostState::Held);
    waits && gates.iter().all(|gate| gate.open)
}

/// The shut ones, as they are stored with a held post.
pub fn shut(gates: &[Gate]) -> Vec<ShutGate> {
    gates.iter().filter(|gate| !gate.open).map(Gate::as_shut).collect()
}

impl Gate {
    fn as_shut(&self) -> ShutGate {
        ShutGate {
            gate: self.kind.code().to_owned(),
            clause: self.clause.clone(),
            reason: self.reason.clone(),
            opens: self.opens.clone().unwrap_or_default(),
        }
    }
}

/// The rules in force, if the post's words alone are clear under them.
pub(crate) fn cleared_under(facts: &Facts) -> Option<String> {
    let clear = facts
        .target
        .as_ref()
        .is_some_and(|target| facts.revision.words_clear(target, &facts.channel, &facts.handbook.handbook));
    clear.then(|| facts.handbook.meaning.clone())
}

/// Whether posts of an initiative in this state may leave.
fn runs(state: InitiativeState) -> bool {
    state == InitiativeState::Active
}
