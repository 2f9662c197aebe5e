//! What the model holds: the rows of the database, the tasks of the workers, the requests under way, and what is true on
//! the platform, which nobody in the office knows. Time is what is left of each lease, wait and deadline, so that the
//! model has no horizon: it goes on for ever in finitely many worlds.

use entity::post::PostState;

/// Tasks of workers that handle posts at the same time.
pub(crate) const HANDS: usize = 2;
/// Posts of the one channel.
pub(crate) const POSTS: usize = 2;
/// Requests that can be under way together; only a broken protocol needs more than one a post.
pub(crate) const REQUESTS: usize = 3;

/// A row of `post`, with its open attempt; and below it what only the model knows.
#[expect(clippy::struct_excessive_bools, reason = "it is a row, and each is a column or a fact of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Post {
    pub(crate) state: PostState,
    /// `worker_id`.
    pub(crate) worker: Option<usize>,
    /// What is left of `lease_until` by the database's clock; none when nobody holds it.
    pub(crate) lease: Option<u8>,
    /// What is left until its look-up is due.
    pub(crate) wait: u8,
    pub(crate) person_decides: bool,
    /// Whether an attempt to publish is committed and open.
    pub(crate) attempt_open: bool,
    /// Whether the worker that it is claimed for never learned of the claim, and knows that.
    pub(crate) never_told: bool,
    /// Whether the approval stands.
    pub(crate) approved: bool,
    /// Whether it is later than it is wanted.
    pub(crate) late: bool,
    /// The truth: how often the platform has it; 2 is "more than once".
    pub(crate) copies: u8,
    /// The truth: whether the platform remembers its idempotency key.
    pub(crate) key_kept: bool,
    /// The truth: a call may have been made of which nobody has found out yet what came of it.
    pub(crate) unsure: bool,
}

/// What a hand is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stage {
    Idle,
    /// Read the gate and claimed nothing yet: only a broken protocol does that.
    SawGate(bool),
    /// The claim is committed; no call was made.
    Claimed,
    /// Made sure that the call ends within the lease, and froze: only a broken protocol does that.
    Checked,
    /// Waits for the platform's answer.
    Calling,
    /// Knows what came of the call, and has not settled it.
    Has(Outcome),
    /// The claim of the look-up is committed.
    LookingUp,
    /// Knows what came of the look-up, and has not settled it.
    Looked(Answer),
}

/// `queue::SendOutcome`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    Delivered,
    NotSent,
    Refused,
    CredentialRejected,
    Unknown,
}

/// `queue::LookUpOutcome`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Answer {
    Found,
    Absent,
    CannotTell,
    Unreachable,
}

/// One task of a worker. It does one thing at a time and may stop for any time between two: a frozen worker is one that
/// takes no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Hand {
    pub(crate) stage: Stage,
    pub(crate) post: usize,
    /// Whether the fence that it holds is still the post's. Fences only grow, so one that was passed stays passed.
    pub(crate) current: bool,
    /// What is left of its own deadline, by a monotonic clock.
    pub(crate) left: u8,
    /// The truth: every gate was open when its claim was committed.
    pub(crate) passed: bool,
}

impl Hand {
    pub(crate) const IDLE: Self =
        Self { stage: Stage::Idle, post: 0, current: false, left: 0, passed: false };
}

/// A request that may still be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Request {
    pub(crate) post: usize,
    /// Who still waits for the answer.
    pub(crate) caller: Option<usize>,
    /// What is left of the time in which it ends.
    pub(crate) left: u8,
}

/// What a person saw on the platform, of the version of the post that they had on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Look {
    pub(crate) post: usize,
    pub(crate) there: bool,
    /// Whether the post is still at that version.
    pub(crate) current: bool,
}

/// Everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) posts: [Option<Post>; POSTS],
    pub(crate) hands: [Hand; HANDS],
    pub(crate) requests: [Option<Request>; REQUESTS],
    /// `channel_head.sending`.
    pub(crate) sending: Option<usize>,
    /// Whether a gate that people open again is shut: a pause, or a refused credential.
    pub(crate) shut: bool,
    pub(crate) person: Option<Look>,
    /// Whether a hand whose fence was passed ever wrote something.
    pub(crate) stale_write: bool,
}

impl World {
    /// So many posts, scheduled and approved.
    pub(crate) fn new(posts: usize) -> Self {
        let post = Post {
            state: PostState::Scheduled,
            worker: None,
            lease: None,
            wait: 0,
            person_decides: false,
            attempt_open: false,
            never_told: false,
            approved: true,
            late: false,
            copies: 0,
            key_kept: false,
            unsure: false,
        };
        Self {
            posts: std::array::from_fn(|index| (index < posts).then_some(post)),
            hands: [Hand::IDLE; HANDS],
            requests: [None; REQUESTS],
            sending: None,
            shut: false,
            person: None,
            stale_write: false,
        }
    }

    pub(crate) fn each_post(&self) -> impl Iterator<Item = (usize, &Post)> {
        self.posts.iter().enumerate().filter_map(|(index, post)| Some((index, post.as_ref()?)))
    }

    /// A committed change of a row: who read it before has an older version.
    pub(crate) fn change(&mut self, post: usize) -> Option<&mut Post> {
        if let Some(look) = self.person.as_mut().filter(|look| look.post == post) {
            look.current = false;
        }
        self.posts[post].as_mut()
    }

    /// The post's fence is raised.
    pub(crate) fn raise(&mut self, post: usize) {
        for hand in self.hands.iter_mut().filter(|hand| hand.post == post) {
            hand.current = false;
        }
    }

    /// Whether a hand is busy with the post.
    pub(crate) fn in_hand(&self, hand: usize, post: usize) -> bool {
        self.hands[hand].stage != Stage::Idle && self.hands[hand].post == post
    }

    /// Whether every gate of the post is open but lateness.
    pub(crate) fn open(&self, post: &Post) -> bool {
        !self.shut && post.approved
    }

    /// Forgets what can matter no more, so that worlds that differ in nothing else are one.
    pub(crate) fn tidied(mut self) -> Self {
        for (index, post) in self.posts.iter_mut().enumerate() {
            let Some(post) = post else { continue };
            if matches!(post.state, PostState::Published | PostState::Rejected | PostState::Cancelled) {
                *post = Post { approved: true, late: false, wait: 0, person_decides: false, ..*post };
                self.person = self.person.filter(|look| look.post != index);
            }
        }
        for hand in &mut self.hands {
            if hand.stage == Stage::Idle {
                *hand = Hand::IDLE;
            }
        }
        self.requests.sort_unstable();
        self
    }
}
