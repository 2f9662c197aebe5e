//! The model as `stateright` takes it: worlds, what can happen in each, and where it leads.

use entity::post::PostState;
use stateright::{Model, Property};

use super::{
    act::Act,
    promise,
    slip::Slip,
    world::{HANDS, Hand, Outcome, REQUESTS, Request, Stage, World},
};

/// What the platform does with a key that it has seen, and what it can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    /// Applies every request; can be searched.
    Searchable,
    /// Answers a repeat of a key with the first post; can be searched.
    Keyed,
    /// The same until it forgets the key, at any time.
    Forgetful,
    /// Applies every request; cannot tell.
    Blind,
}

/// Whether people interfere with what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum People {
    Busy,
    /// They answer what they are asked, and every gate stays open.
    Away,
}

/// Times, in ticks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Time {
    /// `limits.lease_seconds`.
    pub(crate) lease: u8,
    /// `HttpLimits::longest_publish`: for so long the worker waits.
    pub(crate) call: u8,
    /// `limits.look_up_after_seconds`: after so long no request is under way that began before.
    pub(crate) linger: u8,
}

/// The protocol, in one setting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Protocol {
    pub(crate) platform: Platform,
    pub(crate) people: People,
    pub(crate) posts: usize,
    /// Whether both hands belong to one worker, under one id.
    pub(crate) one_worker: bool,
    pub(crate) time: Time,
    /// How it is broken; none: it is the protocol that Masthead has.
    pub(crate) slip: Option<Slip>,
}

impl Protocol {
    pub(crate) const fn new(platform: Platform) -> Self {
        let time = Time { lease: 2, call: 1, linger: 2 };
        Self { platform, people: People::Busy, posts: 1, one_worker: false, time, slip: None }
    }

    pub(crate) fn has(&self, slip: Slip) -> bool {
        self.slip == Some(slip)
    }

    pub(crate) fn worker(&self, hand: usize) -> usize {
        if self.one_worker { 0 } else { hand }
    }

    /// Whether a hand with so much left may begin a call.
    pub(crate) fn in_time(&self, left: u8) -> bool {
        left >= self.time.call || self.has(Slip::CallAfterTheLease)
    }

    fn call(&self, world: &mut World, hand: usize) -> Option<()> {
        let Hand { stage, post, left, .. } = world.hands[hand];
        let may = match stage {
            Stage::Claimed => self.in_time(left),
            stage => stage == Stage::Checked,
        };
        let free = world.requests.iter().position(Option::is_none).filter(|_| may)?;
        world.requests[free] = Some(Request { post, caller: Some(hand), left: self.time.linger });
        world.hands[hand].stage = Stage::Calling;
        Some(())
    }

    /// The platform does what it was asked to do, unless it knows the key.
    fn apply(&self, world: &mut World, request: usize) -> Option<()> {
        let row = world.posts[world.requests[request]?.post].as_mut()?;
        if !row.key_kept {
            row.copies = (row.copies + 1).min(2);
        }
        row.key_kept = matches!(self.platform, Platform::Keyed | Platform::Forgetful);
        world.requests[request] = None;
        Some(())
    }

    fn answer(&self, world: &mut World, request: usize, outcome: Outcome) -> Option<()> {
        let hand = world.requests[request]?.caller?;
        match outcome {
            Outcome::Delivered => self.apply(world, request)?,
            _ => world.requests[request] = None,
        }
        world.hands[hand].stage = Stage::Has(outcome);
        Some(())
    }

    /// Time passes. A request that has not been applied by the end of its time never will be.
    fn tick(&self, world: &mut World) {
        for row in world.posts.iter_mut().flatten() {
            row.lease = row.lease.map(|left| left.saturating_sub(1));
            row.wait = row.wait.saturating_sub(1);
        }
        for hand in world.hands.iter_mut().filter(|hand| hand.stage == Stage::Claimed) {
            hand.left = hand.left.saturating_sub(1);
        }
        if self.has(Slip::RequestOutlivesTheWait) {
            return;
        }
        for index in 0..REQUESTS {
            let Some(request) = world.requests[index].as_mut() else { continue };
            request.left = request.left.saturating_sub(1);
            if request.left == 0 {
                if let Some(hand) = request.caller {
                    world.hands[hand].stage = Stage::Has(Outcome::Unknown);
                }
                world.requests[index] = None;
            }
        }
    }

    /// A worker dies with all that it knew. The next one has another name: nobody will be called by the old one again.
    fn crash(&self, world: &mut World, hand: usize) {
        let worker = self.worker(hand);
        for hand in (0..HANDS).filter(|other| self.worker(*other) == worker) {
            let_go(world, hand);
        }
        for row in world.posts.iter_mut().flatten().filter(|row| row.worker == Some(worker)) {
            (row.worker, row.never_told) = (None, false);
        }
    }

    fn step(&self, before: &World, act: Act) -> Option<World> {
        let mut world = *before;
        match act {
            Act::Claim { hand, post, told } => self.claim(&mut world, hand, post, told)?,
            Act::Call { hand } => self.call(&mut world, hand)?,
            Act::GiveBack { hand } => world.hands[hand].stage = Stage::Has(Outcome::NotSent),
            Act::Answer { request, outcome } => self.answer(&mut world, request, outcome)?,
            Act::GiveUp { hand } => {
                hang_up(&mut world, hand);
                world.hands[hand].stage = Stage::Has(Outcome::Unknown);
            }
            Act::Land { request } => self.apply(&mut world, request)?,
            Act::Settle { hand, told } => self.settle(&mut world, hand, told)?,
            Act::Renew { hand } => self.renew(&mut world, hand)?,
            Act::Rescue { post } => self.rescue(&mut world, post)?,
            Act::ClaimLookUp { hand, post } => self.claim_look_up(&mut world, hand, post)?,
            Act::AskAPerson { post } => self.ask_a_person(&mut world, post)?,
            Act::Ask { hand, answered } => self.ask(&mut world, hand, answered)?,
            Act::SettleLookUp { hand, told } => self.settle_look_up(&mut world, hand, told)?,
            Act::Disown { post } => self.disown(&mut world, post)?,
            Act::Crash { hand } => self.crash(&mut world, hand),
            Act::Panic { hand } => let_go(&mut world, hand),
            Act::Tick => self.tick(&mut world),
            Act::Forget { post } => world.posts[post].as_mut()?.key_kept = false,
            Act::SeeGate { hand, post } => {
                let open = world.open(world.posts[post].as_ref()?);
                world.hands[hand] = Hand { stage: Stage::SawGate(open), post, ..Hand::IDLE };
            }
            Act::Check { hand } => {
                self.in_time(world.hands[hand].left).then_some(())?;
                world.hands[hand].stage = Stage::Checked;
            }
            Act::Undo { post } => undo(&mut world, post)?,
            people => self.person(&mut world, people)?,
        }
        let world = world.tidied();
        (world != *before).then_some(world)
    }
}

/// Nobody waits for the hand's request any more.
fn hang_up(world: &mut World, hand: usize) {
    for request in world.requests.iter_mut().flatten().filter(|request| request.caller == Some(hand)) {
        request.caller = None;
    }
}

/// The hand's task ends without a word.
fn let_go(world: &mut World, hand: usize) {
    hang_up(world, hand);
    world.hands[hand] = Hand::IDLE;
}

/// The database goes back to before the claim: no transaction of anybody, and no step of the table.
fn undo(world: &mut World, post: usize) -> Option<()> {
    let row = world.posts[post].as_mut().filter(|row| row.state == PostState::Sending)?;
    row.state = PostState::Scheduled;
    row.free();
    world.sending = None;
    Some(())
}

impl Model for Protocol {
    type State = World;
    type Action = Act;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(self.posts)]
    }

    fn actions(&self, world: &World, acts: &mut Vec<Act>) {
        self.offered(world, acts);
    }

    fn next_state(&self, world: &World, act: Act) -> Option<World> {
        self.step(world, act)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        promise::SAFE.iter().map(|(name, holds)| Property::always(name, *holds)).collect()
    }
}
