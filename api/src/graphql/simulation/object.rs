//! What would become of the queue, as clients see it.

use async_graphql::{Enum, SimpleObject};
use office::simulate;

use crate::graphql::{
    finding::Gate,
    post::{Post, PostState},
    scalars::DateTime,
};

/// What a supposition does to a post. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "simulate::Outcome")]
pub(crate) enum SimulatedOutcome {
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

/// What would become of the queue.
#[derive(SimpleObject)]
pub(crate) struct Simulation {
    /// How many posts were looked at: those that wait and that the supposition could reach.
    looked_at: i32,
    /// Whether there are more than that.
    more: bool,
    /// How many of them fare how.
    counts: Vec<SimulatedCount>,
    /// Those that would fare otherwise, what is due first; at most 500.
    posts: Vec<SimulatedPost>,
    /// Of a move: the posts of the channel that are due so close to it that they clash (`limits.clash_minutes`); at most 50.
    clashes: Vec<Post>,
}

/// How many posts fare like this.
#[derive(SimpleObject)]
pub(crate) struct SimulatedCount {
    /// How.
    outcome: SimulatedOutcome,
    /// How many.
    count: i32,
}

/// A post that would fare otherwise.
#[derive(SimpleObject)]
pub(crate) struct SimulatedPost {
    /// The post as it is.
    post: Post,
    /// The difference.
    outcome: SimulatedOutcome,
    /// How it fares as things are.
    before: SimulatedFate,
    /// How it would fare.
    after: SimulatedFate,
}

/// How a post fares if nobody does anything about it.
#[derive(SimpleObject)]
pub(crate) struct SimulatedFate {
    /// `PUBLISHED` when it leaves and the platform takes it; `HELD` until somebody acts, and `MISSED` if nobody does in time;
    /// `MISSED` when its gates open too late.
    state: PostState,
    /// When it is due.
    due_at: DateTime,
    /// When it leaves; null when it does not.
    leaves_at: Option<DateTime>,
    /// The gates that are shut at the moment at which it would leave first.
    gates: Vec<Gate>,
}

fn count(number: usize) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

impl From<simulate::Simulation> for Simulation {
    fn from(told: simulate::Simulation) -> Self {
        let counted = |outcome: simulate::Outcome| SimulatedCount {
            outcome: outcome.into(),
            count: count(told.count(outcome)),
        };
        Self {
            looked_at: count(told.looked_at),
            more: told.more,
            counts: simulate::Outcome::ALL.into_iter().map(counted).collect(),
            posts: told.affected.into_iter().map(SimulatedPost::from).collect(),
            clashes: told.clashes.into_iter().map(Post::from).collect(),
        }
    }
}

impl From<simulate::Foretold> for SimulatedPost {
    fn from(told: simulate::Foretold) -> Self {
        Self {
            post: told.post.into(),
            outcome: told.outcome.into(),
            before: told.before.into(),
            after: told.after.into(),
        }
    }
}

impl From<simulate::Fate> for SimulatedFate {
    fn from(fate: simulate::Fate) -> Self {
        Self {
            state: fate.state.into(),
            due_at: fate.due_at.into(),
            leaves_at: fate.leaves_at.map(DateTime::from),
            gates: fate.gates.into_iter().map(Gate::from).collect(),
        }
    }
}
