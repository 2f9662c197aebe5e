//! What the protocol promises (design, section 3), each as a question to one world.

use entity::post::PostState;

use super::{
    protocol::Protocol,
    world::{Post, Stage, World},
};

pub(crate) const ONCE: &str = "a post is applied at most once";
pub(crate) const PUBLISHED_IS_OUT: &str = "what is PUBLISHED is out";
pub(crate) const WAITING_IS_IN: &str =
    "what waits or has ended otherwise is not out, and cannot come out of itself";
pub(crate) const GATE: &str = "nothing is sent whose gate was shut when it was claimed";
pub(crate) const FENCE: &str = "who lost the lease to another claim writes nothing";
pub(crate) const EVIDENCE: &str = "what was not known is not sent again without a look-up or a person";
pub(crate) const ONE_IN_FLIGHT: &str = "one post of a channel is in flight";
pub(crate) const ATTEMPT: &str = "what is SENDING has a committed attempt and a lease";
/// Not a question to one world: see `walk`.
pub(crate) const ENDS: &str = "every post can still come to its end";

type Promise = fn(&Protocol, &World) -> bool;

/// The promises that no world may break.
pub(crate) const SAFE: &[(&str, Promise)] = &[
    (ONCE, |_, world| world.each_post().all(|(_, post)| post.copies < 2)),
    (PUBLISHED_IS_OUT, |_, world| each(world, PostState::Published, |post| post.copies > 0)),
    (WAITING_IS_IN, |protocol, world| {
        world.each_post().all(|(index, post)| !is_in(post) || !may_be_out(protocol, world, index, post))
    }),
    (GATE, |_, world| world.hands.iter().all(|hand| hand.stage != Stage::Calling || hand.passed)),
    (FENCE, |_, world| !world.stale_write),
    (EVIDENCE, |_, world| {
        world.each_post().all(|(_, post)| !post.unsure || post.state == PostState::Unconfirmed)
    }),
    (ONE_IN_FLIGHT, |_, world| {
        world.each_post().filter(|(_, post)| post.state == PostState::Sending).count() < 2
    }),
    (ATTEMPT, |_, world| each(world, PostState::Sending, |post| post.attempt_open && post.lease.is_some())),
];

fn each(world: &World, state: PostState, holds: fn(&Post) -> bool) -> bool {
    world.each_post().all(|(_, post)| post.state != state || holds(post))
}

/// Whether the office says that it is not out.
fn is_in(post: &Post) -> bool {
    use PostState::{Cancelled, Held, Missed, Rejected, Retrying, Scheduled};
    matches!(post.state, Scheduled | Retrying | Held | Missed | Cancelled | Rejected)
}

/// Whether it is out, or on its way, or in a hand that may still send it.
fn may_be_out(protocol: &Protocol, world: &World, index: usize, post: &Post) -> bool {
    post.copies > 0
        || world.requests.iter().flatten().any(|request| request.post == index)
        || world.hands.iter().any(|hand| {
            hand.post == index
                && match hand.stage {
                    Stage::Claimed => protocol.in_time(hand.left),
                    stage => stage == Stage::Checked,
                }
        })
}

/// Whether every post has come to an end, or waits for people who shut its gate.
pub(crate) fn ended(world: &World) -> bool {
    use PostState::{Cancelled, Held, Missed, Published, Rejected};
    world.each_post().all(|(_, post)| match post.state {
        Published | Rejected | Cancelled | Missed => true,
        Held => post.late || !world.open(post),
        _ => false,
    })
}
