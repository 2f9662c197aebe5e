//! What can happen, and which code of the product each is.
//!
//! | act | code |
//! |---|---|
//! | `Claim` | `office::queue::claim`: gate, lease, fence and attempt in one transaction. `told: false`: the commit stands, the worker never learned of it |
//! | `Call` | `worker::send`: the deadline is looked at, the connector's `publish` begins |
//! | `GiveBack` | `worker::send`: no call is made (the lease runs out, the worker drains) |
//! | `Answer` | the connector's `Outcome`, through `worker::outcome::of_send`. `Preparing` is `NotSent` here: known not sent, and RETRYING. How long a post waits, what counts as a try and what the platform keeps are in no state of this protocol |
//! | `GiveUp` | the connector's time-out, a cut connection, a 500: what was sent may be applied yet, or never |
//! | `Land` | the platform applies a request for which nobody waits any more |
//! | `Settle` | `office::queue::settle`, a late receipt included. `told: false`: the commit stands, the worker tries again |
//! | `Renew` | `office::queue::renew` |
//! | `Rescue` | `office::queue::rescue` |
//! | `ClaimLookUp`, `AskAPerson` | `office::queue::claim_look_ups`: takes it, or has asked too often |
//! | `Ask` | the connector's `look_up`, through `worker::outcome::of_look_up` |
//! | `SettleLookUp` | `office::queue::settle_look_up` |
//! | `Disown` | `office::queue::disown`: the worker never got the claim, so it made no call |
//! | `Crash` | SIGKILL at any point |
//! | `Panic` | a task ends without a word, and its worker lives on |
//! | `Tick` | time passes for everybody, frozen or not |
//! | `Look`, `Resolve` | a person reads the post and the platform, and answers `office::posts::resolve` |
//! | `Cancel`, `Reschedule` | `office::posts::cancel`, `office::posts::reschedule` |
//! | `Hold` | a person, or `office::queue::recheck`, holds a waiting post |
//! | `Edit` | a revision: the approval is void, `office::posts::hold_stale` |
//! | `Shut`, `Open` | `office::pauses::begin` and `resume`; for a refused credential, connecting again |
//! | `GetLate`, `Expire` | `missed_after` passes; `office::queue::expire` |
//! | `Release` | `office::queue::release_held` |
//! | `Forget` | the platform forgets an idempotency key |
//! | `SeeGate`, `Check`, `Undo` | only in broken protocols |

use entity::post::PostState;

use super::{
    protocol::{People, Platform, Protocol},
    slip::Slip,
    world::{HANDS, Outcome, Stage, World},
};

/// One step of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    Claim { hand: usize, post: usize, told: bool },
    Call { hand: usize },
    GiveBack { hand: usize },
    Answer { request: usize, outcome: Outcome },
    GiveUp { hand: usize },
    Land { request: usize },
    Settle { hand: usize, told: bool },
    Renew { hand: usize },
    Rescue { post: usize },
    ClaimLookUp { hand: usize, post: usize },
    AskAPerson { post: usize },
    Ask { hand: usize, answered: bool },
    SettleLookUp { hand: usize, told: bool },
    Disown { post: usize },
    Crash { hand: usize },
    Panic { hand: usize },
    Tick,
    Look { post: usize },
    Resolve { post: usize },
    Cancel { post: usize },
    Reschedule { post: usize },
    Hold { post: usize },
    Edit { post: usize },
    Shut,
    Open,
    GetLate { post: usize },
    Expire { post: usize },
    Release { post: usize },
    Forget { post: usize },
    SeeGate { hand: usize, post: usize },
    Check { hand: usize },
    Undo { post: usize },
}

impl Act {
    /// Whether it brings posts nearer to their end when nothing goes wrong and nobody interferes.
    pub(crate) fn helps(self) -> bool {
        match self {
            Self::Claim { told, .. } | Self::Settle { told, .. } | Self::SettleLookUp { told, .. } => told,
            Self::Ask { answered, .. } => answered,
            Self::Crash { .. }
            | Self::Panic { .. }
            | Self::Cancel { .. }
            | Self::Reschedule { .. }
            | Self::Hold { .. }
            | Self::Edit { .. }
            | Self::Shut
            | Self::Open
            | Self::GetLate { .. }
            | Self::Forget { .. } => false,
            _ => true,
        }
    }
}

impl Protocol {
    /// What might happen next; `step` says whether it can.
    pub(crate) fn offered(&self, world: &World, acts: &mut Vec<Act>) {
        acts.push(Act::Tick);
        for hand in 0..HANDS {
            self.offered_to_hand(world, hand, acts);
        }
        for (index, request) in world.requests.iter().enumerate() {
            match request {
                Some(request) if request.caller.is_some() => {
                    let answers = [Outcome::Delivered, Outcome::NotSent, Outcome::Refused];
                    acts.extend(answers.map(|outcome| Act::Answer { request: index, outcome }));
                    if self.people == People::Busy {
                        acts.push(Act::Answer { request: index, outcome: Outcome::CredentialRejected });
                    }
                }
                Some(_) => acts.push(Act::Land { request: index }),
                None => {}
            }
        }
        for (post, row) in world.each_post() {
            if row.lease.is_some() {
                acts.extend([Act::Rescue { post }, Act::Disown { post }]);
                if self.has(Slip::ClaimIsForgotten) {
                    acts.push(Act::Undo { post });
                }
            }
            if row.state == PostState::Unconfirmed {
                acts.extend([Act::AskAPerson { post }, Act::Resolve { post }]);
                if row.person_decides || self.people == People::Busy {
                    acts.push(Act::Look { post });
                }
            }
            if row.state == PostState::Held {
                acts.push(Act::Release { post });
            }
            if row.key_kept && self.platform == Platform::Forgetful {
                acts.push(Act::Forget { post });
            }
        }
        self.offered_to_people(world, acts);
    }

    fn offered_to_hand(&self, world: &World, hand: usize, acts: &mut Vec<Act>) {
        let stage = world.hands[hand].stage;
        acts.push(Act::Crash { hand });
        if stage != Stage::Idle {
            acts.extend([Act::Panic { hand }, Act::Renew { hand }]);
        }
        match stage {
            Stage::Idle | Stage::SawGate(_) => {
                for (post, row) in world.each_post() {
                    match row.state {
                        PostState::Scheduled | PostState::Retrying => {
                            acts.push(Act::Claim { hand, post, told: true });
                            acts.push(Act::Claim { hand, post, told: false });
                            if self.has(Slip::GateReadBeforeTheClaim) {
                                acts.push(Act::SeeGate { hand, post });
                            }
                        }
                        PostState::Unconfirmed => acts.push(Act::ClaimLookUp { hand, post }),
                        _ => {}
                    }
                }
            }
            Stage::Claimed => {
                acts.extend([Act::Call { hand }, Act::GiveBack { hand }]);
                if self.has(Slip::FrozenBetweenCheckAndCall) {
                    acts.push(Act::Check { hand });
                }
            }
            Stage::Checked => acts.push(Act::Call { hand }),
            Stage::Calling => acts.push(Act::GiveUp { hand }),
            Stage::Has(_) => {
                acts.extend([Act::Settle { hand, told: true }, Act::Settle { hand, told: false }]);
            }
            Stage::LookingUp => {
                acts.extend([Act::Ask { hand, answered: true }, Act::Ask { hand, answered: false }]);
            }
            Stage::Looked(_) => {
                acts.extend([
                    Act::SettleLookUp { hand, told: true },
                    Act::SettleLookUp { hand, told: false },
                ]);
            }
        }
    }

    fn offered_to_people(&self, world: &World, acts: &mut Vec<Act>) {
        if self.people == People::Away {
            return;
        }
        acts.extend([Act::Shut, Act::Open]);
        for (post, row) in world.each_post() {
            if matches!(row.state, PostState::Published | PostState::Rejected | PostState::Cancelled) {
                continue;
            }
            acts.extend([Act::GetLate { post }, Act::Expire { post }, Act::Edit { post }]);
            acts.extend([Act::Cancel { post }, Act::Reschedule { post }, Act::Hold { post }]);
        }
    }
}
