//! The protocol by which a post leaves, as a model that is checked by exhaustion: every order of claims, calls, answers,
//! deaths, freezes, look-ups and acts of people, for ever. A state changes only by the product's own table
//! (`office::lifecycle`); `act` says which function of the product each step is. `docs/queue-proof.md` is its manual.
#![expect(
    clippy::indexing_slicing,
    reason = "a model that meets what it does not expect must fail there and then"
)]

mod act;
mod people;
mod promise;
mod protocol;
mod queue;
mod slip;
mod walk;
mod world;

use std::{collections::BTreeSet, fmt::Debug};

use entity::post::PostState;
use office::lifecycle::Lifecycle as _;
use stateright::{Checker as _, HasDiscoveries, Model as _, Path};

use act::Act;
use promise::{ENDS, ended};
use protocol::{People, Platform, Protocol, Time};
use slip::{SLIPS, Slip};
use walk::Walk;
use world::World;

/// What a walk through every world met.
#[derive(Default)]
struct Met {
    worlds: usize,
    arrows: BTreeSet<(PostState, PostState)>,
    late_receipts: usize,
    refused_settlements: usize,
    disowned: usize,
}

impl Met {
    fn note(&mut self, before: &World, act: Act, after: &World) {
        for ((_, old), (_, new)) in before.each_post().zip(after.each_post()) {
            self.arrows.insert((old.state, new.state));
            let confirmed = (old.state, new.state) == (PostState::Unconfirmed, PostState::Published);
            self.late_receipts += usize::from(confirmed && matches!(act, Act::Settle { .. }));
        }
        if let Act::Settle { hand, .. } | Act::SettleLookUp { hand, .. } = act {
            self.refused_settlements += usize::from(!before.hands[hand].current);
        }
        self.disowned += usize::from(matches!(act, Act::Disown { .. }));
    }
}

fn steps(way: &[impl Debug]) -> String {
    way.iter().fold(String::new(), |mut told, step| {
        told.push_str(&format!("\n    {step:?}"));
        told
    })
}

/// Looks at every world twice: `stateright` for what no world may break, the walk for what is always left to do.
fn holds(protocol: Protocol) -> Met {
    let checker = protocol.checker().spawn_bfs().join();
    let fallen = checker.discoveries().into_iter();
    let fallen: String =
        fallen.map(|(promise, path)| promise.to_owned() + &steps(&path.into_actions()) + "\n").collect();
    assert!(fallen.is_empty(), "not so:\n{fallen}");
    let mut met = Met::default();
    let walk = Walk::new(&protocol, Act::helps, |before, act, after| met.note(before, act, after));
    let stuck = walk.dead_end(ended);
    assert!(stuck.is_none(), "not so: {ENDS}{}", steps(&stuck.unwrap_or_default()));
    met.worlds = walk.worlds.len();
    assert_eq!(met.worlds, checker.unique_state_count(), "both saw every world");
    met
}

/// The way to a world that breaks the promise.
fn broken(protocol: &Protocol, promise: &'static str) -> Option<Vec<Act>> {
    if promise == ENDS {
        return Walk::new(protocol, Act::helps, |_, _, _| {}).dead_end(ended);
    }
    let found = HasDiscoveries::AllOf(BTreeSet::from([promise]));
    protocol.checker().finish_when(found).spawn_bfs().join().discovery(promise).map(Path::into_actions)
}

const TWO_POSTS: Protocol = Protocol {
    posts: 2,
    people: People::Away,
    time: Time { lease: 1, call: 1, linger: 1 },
    ..Protocol::new(Platform::Searchable)
};

/// It knows keys until it forgets them: whatever a platform does that knows them for ever, or never, is among that.
#[test]
fn holds_on_a_platform_that_can_be_searched() {
    let met = holds(Protocol::new(Platform::Forgetful));
    println!("{} worlds", met.worlds);
    assert!(
        met.late_receipts > 0 && met.refused_settlements > 0 && met.disowned > 0,
        "the model is not idle"
    );
    the_table_is_walked(&met.arrows);
}

#[test]
fn holds_on_a_platform_that_cannot_tell() {
    println!("{} worlds", holds(Protocol::new(Platform::Blind)).worlds);
}

#[test]
fn holds_for_two_tasks_of_one_worker() {
    holds(Protocol { one_worker: true, people: People::Away, ..Protocol::new(Platform::Searchable) });
}

#[test]
fn holds_for_two_posts_of_a_channel() {
    println!("{} worlds", holds(TWO_POSTS).worlds);
}

/// Every arrow of the product's table before the end: one that is new must be modelled, or said here to be needless.
fn the_table_is_walked(walked: &BTreeSet<(PostState, PostState)>) {
    use PostState::{Held, Missed, Retrying, Scheduled, Sending, Unconfirmed};
    // A claim whose gate is shut never becomes SENDING; and no claim is without its attempt, so rescue never meets one.
    let needless = [(Sending, Missed), (Sending, Scheduled)];
    for before in [Scheduled, Sending, Retrying, Unconfirmed, Held, Missed] {
        for after in PostState::events().iter().filter_map(|event| before.after(*event)) {
            let arrow = (before, after);
            let met = walked.contains(&arrow);
            assert!(met != needless.contains(&arrow), "{arrow:?}: walked is {met}");
        }
    }
}

/// Each with the shortest way to a world that breaks its promise.
fn every_slip_is_caught(part: impl Fn(Slip) -> bool) -> String {
    let mut told = String::new();
    for (slip, protocol, promise) in SLIPS.iter().filter(|(slip, ..)| part(*slip)) {
        let protocol = Protocol { slip: Some(*slip), ..*protocol };
        let place = protocol.platform;
        let way = broken(&protocol, promise);
        let way =
            way.unwrap_or_else(|| panic!("{slip:?} on {place:?}: nobody sees that it breaks: {promise}"));
        told.push_str(&format!("\n{slip:?} on {place:?} breaks: {promise}{}", steps(&way)));
    }
    told
}

#[test]
fn a_mistake_in_the_code_is_caught() {
    println!("{}", every_slip_is_caught(|slip| !slip.is_of_the_world()));
}

/// What is taken for granted is needed: without it a promise falls.
#[test]
fn a_worse_world_than_is_assumed_is_told() {
    println!("{}", every_slip_is_caught(Slip::is_of_the_world));
}

#[test]
#[ignore = "a minute and 600 MB: cargo test --workspace --release --test protocol -- --ignored"]
fn holds_in_wider_bounds() {
    let time = Time { lease: 4, call: 2, linger: 3 };
    for platform in [Platform::Searchable, Platform::Keyed, Platform::Forgetful, Platform::Blind] {
        holds(Protocol { time, ..Protocol::new(platform) });
        holds(Protocol { time, one_worker: true, ..Protocol::new(platform) });
    }
    holds(Protocol { time: Time { lease: 2, call: 1, linger: 2 }, ..TWO_POSTS });
    holds(Protocol { one_worker: true, ..TWO_POSTS });
}
