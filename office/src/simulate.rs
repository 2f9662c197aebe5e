//! What something would do to the queue, with nothing written: a pause, a moved time, another handbook, a steward who is
//! away, an initiative that closes, a channel at rest, a lost credential.
//!
//! The gate itself foretells it: its facts are loaded as the worker would, altered in memory, and evaluated at the moment
//! at which each post would leave. Knows what may be supposed and how much is looked at. Does not know what others will
//! write or publish meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, HandbookId, InitiativeId, MemberId, PostId, post, post::PostState, post::ShutGate};

use crate::{
    Office,
    error::{Fault, RefusalCode, Result, refuse},
    gate,
    pauses::Scope,
    policy::{Permit, op},
    posts::When,
};

mod foretell;
mod reach;
mod suppose;

/// What is supposed.
#[derive(Debug, Clone)]
pub enum Supposition {
    /// Publishing is paused.
    Pause {
        /// How far it reaches.
        scope: Scope,
        /// Why; it is told with the gate.
        reason: String,
        /// From when; none: now.
        starts_at: Option<DateTime<Utc>>,
        /// Until when; none: until resumed.
        ends_at: Option<DateTime<Utc>>,
        /// Posts that may leave all the same.
        exempt: Vec<PostId>,
    },
    /// A post is given another time.
    Move {
        /// The post.
        post_id: PostId,
        /// Its time.
        when: When,
    },
    /// A version of the handbook comes into force.
    Handbook(HandbookId),
    /// A steward does not count for a while.
    StewardAbsent {
        /// Who.
        member_id: MemberId,
        /// From when; none: now.
        from: Option<DateTime<Utc>>,
        /// Until when; none: for good.
        until: Option<DateTime<Utc>>,
    },
    /// An initiative closes.
    InitiativeCloses(InitiativeId),
    /// A channel rests.
    ChannelRests(ChannelId),
    /// The platform refuses a channel's credential.
    CredentialLost(ChannelId),
}

/// A question.
#[derive(Debug, Clone)]
pub struct Simulate {
    /// What is supposed.
    pub suppose: Supposition,
    /// Looks at what is due then or later; none: from what waits longest.
    pub from: Option<DateTime<Utc>>,
    /// Looks at what is due before; none: as far as may be looked.
    pub until: Option<DateTime<Utc>>,
    /// How many posts are looked at, what is due first; none: as many as may be.
    pub first: Option<u64>,
}

/// What would become of the queue.
#[derive(Debug)]
pub struct Simulation {
    /// How many posts were looked at: those that wait and that the supposition could reach.
    pub looked_at: usize,
    /// Whether there are more.
    pub more: bool,
    /// Those that would fare otherwise, what is due first.
    pub affected: Vec<Foretold>,
    /// Of a move: the posts of the channel that are due within `limits.clash_minutes` of it.
    pub clashes: Vec<post::Model>,
}

/// What would become of a post.
#[derive(Debug)]
pub struct Foretold {
    /// The post as it is.
    pub post: post::Model,
    /// How it fares as things are.
    pub before: Fate,
    /// How it would fare.
    pub after: Fate,
    /// The difference.
    pub outcome: Outcome,
}

/// How a post fares if nobody does anything about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// PUBLISHED when it leaves; HELD until somebody acts, and in time for that until `missed_after`; MISSED when its gates
    /// open too late.
    pub state: PostState,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// When it leaves; none when it does not.
    pub leaves_at: Option<DateTime<Utc>>,
    /// The gates that are shut at the moment at which it would leave first.
    pub gates: Vec<ShutGate>,
}

/// What a supposition does to a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Nothing.
    AsBefore,
    /// It leaves later.
    LeavesLater,
    /// It leaves earlier.
    LeavesEarlier,
    /// It leaves, and would not as things are.
    Released,
    /// It is held until somebody acts.
    Held,
    /// It is missed.
    Missed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 6] =
        [Self::AsBefore, Self::LeavesLater, Self::LeavesEarlier, Self::Released, Self::Held, Self::Missed];
}

impl Simulation {
    /// How many of the posts that were looked at fare like this.
    pub fn count(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::AsBefore => self.looked_at - self.affected.len(),
            other => self.affected.iter().filter(|one| one.outcome == other).count(),
        }
    }
}

/// Says what a supposition would do to the queue. Writes nothing.
pub async fn simulate(office: &Office, permit: &Permit<op::Simulate>, input: Simulate) -> Result<Simulation> {
    let now = office.clock.now();
    let reach::Reached { supposed, posts, more, clashes } =
        reach::reach(office, permit.office_id(), &input, now).await?;
    let facts = gate::load_many(office, office.db.read(), permit.office_id(), posts).await?;
    let looked_at = facts.len();
    let foretell = move || {
        let mut told = foretell::foretell(facts, &supposed, now);
        told.retain(|one| one.outcome != Outcome::AsBefore);
        told
    };
    // Some hundred posts, each through all gates twice: off the threads that serve requests.
    let affected = tokio::task::spawn_blocking(foretell).await;
    let affected = affected.map_err(|_panicked| Fault::Internal("a simulation stopped".to_owned()))?;
    Ok(Simulation { looked_at, more, affected, clashes })
}

/// Until when is looked, and at how many posts.
fn bounds(office: &Office, input: &Simulate, now: DateTime<Utc>) -> Result<(DateTime<Utc>, u64)> {
    let (days, most) = (office.limits.simulated_days, office.limits.simulated_posts);
    let start = input.from.unwrap_or(now);
    let end = start + TimeDelta::days(days);
    let until = input.until.unwrap_or(end);
    if until <= start || until > end {
        let message = format!("`until` must be after `from`, by {days} days at most");
        return refuse(RefusalCode::Invalid, "until", message);
    }
    match input.first.unwrap_or(most) {
        first if (1..=most).contains(&first) => Ok((until, first)),
        _ => refuse(RefusalCode::Invalid, "first", format!("first must be from 1 to {most}")),
    }
}
