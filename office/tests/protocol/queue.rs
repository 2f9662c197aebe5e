//! The transactions of `office::queue`, each whole or not at all. A state changes only by the product's own table.

use entity::post::PostState;
use office::lifecycle::{Lifecycle as _, PostEvent};

use super::{
    protocol::{Platform, Protocol},
    slip::Slip,
    world::{Answer, HANDS, Hand, Outcome, Post, Stage, World},
};

impl Post {
    /// Takes the step that the table allows; none: the product refuses, and its transaction writes nothing.
    pub(crate) fn take(&mut self, event: PostEvent) -> Option<()> {
        self.state = self.state.after(event)?;
        Some(())
    }

    pub(crate) fn free(&mut self) {
        (self.lease, self.worker, self.attempt_open, self.never_told) = (None, None, false, false);
    }
}

impl Protocol {
    pub(crate) fn claim(&self, world: &mut World, hand: usize, post: usize, told: bool) -> Option<()> {
        let saw = match world.hands[hand] {
            Hand { stage: Stage::SawGate(open), post: read, .. } if read == post => Some(open),
            Hand { stage: Stage::Idle, .. } => None,
            _ => return None,
        };
        if world.sending.is_some() && !self.has(Slip::HeadNotAsked) {
            return None;
        }
        let row = world.posts[post]?;
        let open = world.open(&row);
        if row.late || !saw.unwrap_or(open) {
            // It is one step, whichever idle hand takes it.
            if !told || world.hands[..hand].iter().any(|lower| lower.stage == Stage::Idle) {
                return None;
            }
            world.hands[hand] = Hand::IDLE;
            return world.change(post)?.take(if row.late { PostEvent::Miss } else { PostEvent::Hold });
        }
        let worker = self.worker(hand);
        let row = world.change(post)?;
        row.take(PostEvent::Claim)?;
        row.worker = Some(worker);
        row.lease = Some(self.time.lease);
        row.attempt_open = !self.has(Slip::CallBeforeTheAttempt);
        row.never_told = !told;
        world.raise(post);
        world.sending = Some(post);
        // The deadline counts from before the claim, so it is over when the lease is. One that counts from the answer
        // to the claim is later by as long as that answer took.
        let left = self.time.lease * if self.has(Slip::DeadlineCountsFromTheAnswer) { 2 } else { 1 };
        let claimed = Hand { stage: Stage::Claimed, post, current: true, left, passed: open };
        world.hands[hand] = if told { claimed } else { Hand::IDLE };
        Some(())
    }

    pub(crate) fn settle(&self, world: &mut World, hand: usize, told: bool) -> Option<()> {
        let Hand { stage: Stage::Has(outcome), post, current, .. } = world.hands[hand] else { return None };
        let row = world.posts[post]?;
        let named = row.worker == Some(self.worker(hand));
        let fenced = (named && (current || self.has(Slip::SettleByTheWorkersNameAlone)))
            || self.has(Slip::SettleWithoutFence);
        let holds = row.state == PostState::Sending && fenced;
        let proof = outcome == Outcome::Delivered && row.state == PostState::Unconfirmed;
        if holds {
            self.write(world, post, outcome)?;
        } else if proof && (current || self.has(Slip::LateReceiptAfterAnotherClaim)) {
            let row = world.change(post)?;
            row.take(PostEvent::Confirm)?;
            row.free();
            (row.person_decides, row.unsure) = (false, false);
        } else {
            if self.has(Slip::HeadFreedByWhoLostTheLease) {
                world.sending = None;
            }
            // Nothing is written: there is nothing to be told of.
            world.hands[hand] = Hand::IDLE;
            return told.then_some(());
        }
        world.stale_write |= !current;
        if told {
            world.hands[hand] = Hand::IDLE;
        }
        Some(())
    }

    fn write(&self, world: &mut World, post: usize, outcome: Outcome) -> Option<()> {
        let (wait, repeats) =
            (self.wait(Slip::UnknownLookedUpAtOnce), self.has(Slip::UnknownTakenForNotSent));
        let row = world.change(post)?;
        row.take(match outcome {
            Outcome::Delivered => PostEvent::Deliver,
            Outcome::NotSent => PostEvent::Retry,
            Outcome::Refused => PostEvent::Reject,
            Outcome::CredentialRejected => PostEvent::Hold,
            Outcome::Unknown if repeats => PostEvent::Retry,
            Outcome::Unknown => PostEvent::LoseSight,
        })?;
        row.free();
        if outcome == Outcome::Unknown {
            (row.unsure, row.wait) = (true, wait);
        }
        world.shut |= outcome == Outcome::CredentialRejected;
        world.sending = None;
        Some(())
    }

    pub(crate) fn renew(&self, world: &mut World, hand: usize) -> Option<()> {
        let post = world.hands[hand].post;
        let (worker, whole) = (self.worker(hand), self.time.lease);
        let row = world.posts[post].as_mut()?;
        let live = row.worker == Some(worker) && row.lease.is_some_and(|left| left > 0 && left < whole);
        // Renewing raises no version: nobody's screen is out of date by it.
        row.lease = live.then_some(whole).or(row.lease);
        live.then_some(())
    }

    pub(crate) fn rescue(&self, world: &mut World, post: usize) -> Option<()> {
        let expired = world.posts[post]?.lease? == 0 || self.has(Slip::LeaseByTheWorkersClock);
        if !expired || self.has(Slip::NothingIsRescued) {
            return None;
        }
        let wait = self.wait(Slip::RescuedLookedUpAtOnce);
        let row = world.change(post)?;
        match row.state {
            PostState::Sending => {
                row.take(match row.attempt_open {
                    false => PostEvent::Release,
                    true if self.has(Slip::RescueSendsAgain) => PostEvent::Retry,
                    true => PostEvent::LoseSight,
                })?;
                (row.unsure, row.wait) = (true, wait);
                row.free();
                if !self.has(Slip::HeadKeptByRescue) {
                    world.sending = None;
                }
            }
            PostState::Unconfirmed if !self.has(Slip::LookUpsAreNotRescued) => row.free(),
            _ => return None,
        }
        Some(())
    }

    pub(crate) fn disown(&self, world: &mut World, post: usize) -> Option<()> {
        let row = world.posts[post]?;
        let worker = row.worker.filter(|_| row.state == PostState::Sending)?;
        let in_flight = (0..HANDS).any(|hand| self.worker(hand) == worker && world.in_hand(hand, post));
        let knows = row.never_told || self.has(Slip::DisownsWhatIsNotInFlight);
        (knows && !in_flight).then_some(())?;
        self.write(world, post, Outcome::NotSent)
    }

    /// Whether a look-up of the post may be claimed.
    fn look_up_due(&self, row: &Post) -> bool {
        row.state == PostState::Unconfirmed
            && !row.person_decides
            && row.lease.is_none()
            && (row.wait == 0 || self.has(Slip::LeaseByTheWorkersClock))
    }

    pub(crate) fn claim_look_up(&self, world: &mut World, hand: usize, post: usize) -> Option<()> {
        if world.hands[hand].stage != Stage::Idle || !self.look_up_due(world.posts[post].as_ref()?) {
            return None;
        }
        let worker = self.worker(hand);
        let row = world.change(post)?;
        (row.lease, row.worker) = (Some(self.time.lease), Some(worker));
        world.raise(post);
        world.hands[hand] = Hand { stage: Stage::LookingUp, post, current: true, left: 0, passed: true };
        Some(())
    }

    pub(crate) fn ask_a_person(&self, world: &mut World, post: usize) -> Option<()> {
        if !self.look_up_due(world.posts[post].as_ref()?) {
            return None;
        }
        let sends_again = self.has(Slip::AskedTooOftenTakenForAbsent);
        let row = world.change(post)?;
        if sends_again {
            return row.take(PostEvent::FindAbsent);
        }
        row.person_decides = true;
        Some(())
    }

    /// What the platform says at the instant of asking.
    pub(crate) fn ask(&self, world: &mut World, hand: usize, answered: bool) -> Option<()> {
        let Hand { stage: Stage::LookingUp, post, .. } = world.hands[hand] else { return None };
        let there = world.posts[post]?.copies > 0;
        let blurred = self.has(Slip::KeysTrustedByTheLookUp) || self.has(Slip::LookUpLags);
        let answer = match self.platform {
            _ if !answered => Answer::Unreachable,
            Platform::Blind => Answer::CannotTell,
            _ if there && !blurred => Answer::Found,
            _ => Answer::Absent,
        };
        world.hands[hand].stage = Stage::Looked(answer);
        Some(())
    }

    pub(crate) fn settle_look_up(&self, world: &mut World, hand: usize, told: bool) -> Option<()> {
        let Hand { stage: Stage::Looked(answer), post, current, .. } = world.hands[hand] else { return None };
        let row = world.posts[post]?;
        let fenced =
            (current && row.worker == Some(self.worker(hand))) || self.has(Slip::LookUpSettledWithoutFence);
        if row.state != PostState::Unconfirmed || !fenced {
            world.hands[hand] = Hand::IDLE;
            return told.then_some(());
        }
        let guesses = self.has(Slip::CannotTellTakenForAbsent);
        let row = world.change(post)?;
        row.free();
        match answer {
            Answer::Found => row.take(PostEvent::Confirm)?,
            Answer::Absent => row.take(PostEvent::FindAbsent)?,
            Answer::CannotTell if guesses => row.take(PostEvent::FindAbsent)?,
            Answer::CannotTell => row.person_decides = true,
            Answer::Unreachable => {}
        }
        if matches!(answer, Answer::Found | Answer::Absent) {
            row.unsure = false;
        }
        world.stale_write |= !current;
        if told {
            world.hands[hand] = Hand::IDLE;
        }
        Some(())
    }

    fn wait(&self, skipped_by: Slip) -> u8 {
        if self.has(skipped_by) { 0 } else { self.time.linger }
    }
}
