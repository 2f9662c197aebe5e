//! Ways to break the protocol, and the promise that falls with each. The first part are mistakes that code can make; the
//! second, what the protocol takes for granted of the world.

use super::{
    promise::{ENDS, EVIDENCE, FENCE, GATE, ONCE, ONE_IN_FLIGHT, WAITING_IS_IN},
    protocol::{People, Platform, Protocol, Time},
};

/// One way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip {
    SettleWithoutFence,
    SettleByTheWorkersNameAlone,
    LookUpSettledWithoutFence,
    LateReceiptAfterAnotherClaim,
    RescueSendsAgain,
    RescuedLookedUpAtOnce,
    UnknownLookedUpAtOnce,
    CallBeforeTheAttempt,
    LeaseByTheWorkersClock,
    CallAfterTheLease,
    DeadlineCountsFromTheAnswer,
    UnknownTakenForNotSent,
    CannotTellTakenForAbsent,
    AskedTooOftenTakenForAbsent,
    KeysTrustedByTheLookUp,
    PersonBeforeThePlatform,
    PersonAnswersAnOlderQuestion,
    GateReadBeforeTheClaim,
    DisownsWhatIsNotInFlight,
    HeadNotAsked,
    HeadFreedByWhoLostTheLease,
    HeadKeptByRescue,
    NothingIsRescued,
    LookUpsAreNotRescued,
    ClaimIsForgotten,
    RequestOutlivesTheWait,
    LookUpLags,
    FrozenBetweenCheckAndCall,
    PersonIsMistaken,
}

impl Slip {
    /// Whether it is no mistake of ours, but a world that is worse than the protocol takes it for.
    pub(crate) fn is_of_the_world(self) -> bool {
        use Slip::{
            ClaimIsForgotten, FrozenBetweenCheckAndCall, LookUpLags, PersonIsMistaken, RequestOutlivesTheWait,
        };
        matches!(
            self,
            ClaimIsForgotten
                | FrozenBetweenCheckAndCall
                | LookUpLags
                | PersonIsMistaken
                | RequestOutlivesTheWait
        )
    }
}

const SEARCHABLE: Protocol = Protocol::new(Platform::Searchable);
const FORGETFUL: Protocol = Protocol::new(Platform::Forgetful);
const BLIND: Protocol = Protocol::new(Platform::Blind);
const ONE_WORKER: Protocol = Protocol { one_worker: true, ..SEARCHABLE };
const QUIET: Protocol = Protocol { people: People::Away, ..SEARCHABLE };
const TWO_POSTS: Protocol =
    Protocol { posts: 2, people: People::Away, time: Time { lease: 1, call: 1, linger: 1 }, ..SEARCHABLE };

/// Each way, where it is tried, and a promise that falls.
pub(crate) const SLIPS: &[(Slip, Protocol, &str)] = &[
    (Slip::SettleWithoutFence, SEARCHABLE, ONCE),
    (Slip::SettleByTheWorkersNameAlone, ONE_WORKER, ONCE),
    (Slip::LookUpSettledWithoutFence, QUIET, ONCE),
    (Slip::LateReceiptAfterAnotherClaim, SEARCHABLE, FENCE),
    (Slip::RescueSendsAgain, SEARCHABLE, ONCE),
    (Slip::RescuedLookedUpAtOnce, SEARCHABLE, ONCE),
    (Slip::UnknownLookedUpAtOnce, SEARCHABLE, ONCE),
    (Slip::CallBeforeTheAttempt, SEARCHABLE, ONCE),
    (Slip::LeaseByTheWorkersClock, SEARCHABLE, ONCE),
    (Slip::CallAfterTheLease, SEARCHABLE, ONCE),
    (Slip::DeadlineCountsFromTheAnswer, SEARCHABLE, ONCE),
    (Slip::UnknownTakenForNotSent, SEARCHABLE, ONCE),
    (Slip::UnknownTakenForNotSent, FORGETFUL, ONCE),
    (Slip::UnknownTakenForNotSent, Protocol::new(Platform::Keyed), WAITING_IS_IN),
    (Slip::CannotTellTakenForAbsent, BLIND, ONCE),
    (Slip::AskedTooOftenTakenForAbsent, SEARCHABLE, EVIDENCE),
    (Slip::AskedTooOftenTakenForAbsent, SEARCHABLE, ONCE),
    (Slip::KeysTrustedByTheLookUp, FORGETFUL, ONCE),
    (Slip::KeysTrustedByTheLookUp, Protocol::new(Platform::Keyed), WAITING_IS_IN),
    (Slip::PersonBeforeThePlatform, SEARCHABLE, ONCE),
    (Slip::PersonAnswersAnOlderQuestion, BLIND, ONCE),
    (Slip::GateReadBeforeTheClaim, SEARCHABLE, GATE),
    (Slip::DisownsWhatIsNotInFlight, SEARCHABLE, ONCE),
    (Slip::HeadNotAsked, TWO_POSTS, ONE_IN_FLIGHT),
    (Slip::HeadFreedByWhoLostTheLease, TWO_POSTS, ONE_IN_FLIGHT),
    (Slip::HeadKeptByRescue, TWO_POSTS, ENDS),
    (Slip::NothingIsRescued, QUIET, ENDS),
    (Slip::LookUpsAreNotRescued, QUIET, ENDS),
    (Slip::ClaimIsForgotten, SEARCHABLE, ONCE),
    (Slip::RequestOutlivesTheWait, SEARCHABLE, ONCE),
    (Slip::LookUpLags, SEARCHABLE, ONCE),
    (Slip::FrozenBetweenCheckAndCall, SEARCHABLE, ONCE),
    (Slip::PersonIsMistaken, BLIND, ONCE),
];
