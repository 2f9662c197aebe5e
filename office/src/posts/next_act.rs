//! The only safe next act: what a person, or nobody, has to do about a post now. Pure over the post's row and its channel.
//! It never names an act that may send twice: what may be out is looked up or decided, and nothing else.

use chrono::{DateTime, Utc};
use entity::{
    channel,
    channel::{ChannelState, CredentialState},
    channel_head, post,
    post::{PostState, ShutGate},
};

use crate::{
    channels::has_connector,
    gate::{self, CANCEL_ANSWER, CANCEL_FOLLOWER, GateKind, MORE_APPROVALS, OPENS_BY_ITSELF},
    queue::preparing::PREPARING,
};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Nothing: it is over.
    None,
    /// Nothing: it goes on by itself.
    Wait,
    /// Ask the platform at once whether it is out.
    LookUp,
    /// Look on the platform, and say what is there.
    Resolve,
    /// Try again: it is surely not out.
    Retry,
    /// Give it another time, or give it up.
    Reschedule,
    /// Connect the channel again.
    ReconnectChannel,
    /// Change the words, have them approved, and schedule that.
    Revise,
    /// Let go what a person holds.
    Release,
    /// Give it up: no waiting would let it go.
    Cancel,
    /// Put right what is out, or take it back.
    Correct,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 11] = [
        Self::None,
        Self::Wait,
        Self::LookUp,
        Self::Resolve,
        Self::Retry,
        Self::Reschedule,
        Self::ReconnectChannel,
        Self::Revise,
        Self::Release,
        Self::Cancel,
        Self::Correct,
    ];

    /// The operation that does it; none where nothing is to be done.
    pub fn operation(self) -> Option<&'static str> {
        match self {
            Self::None | Self::Wait => None,
            Self::LookUp => Some("lookUpPost"),
            Self::Resolve => Some("resolvePost"),
            Self::Retry => Some("retryPost"),
            Self::Reschedule => Some("reschedulePost"),
            Self::ReconnectChannel => Some("connectChannel"),
            Self::Revise => Some("reviseDraft"),
            Self::Release => Some("releasePost"),
            Self::Cancel => Some("cancelPost"),
            Self::Correct => Some("correctPost"),
        }
    }
}

/// The next act, why, and when it happens by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextAct {
    /// What.
    pub act: Act,
    /// Why, for people.
    pub why: String,
    /// When it goes on by itself; none where nobody knows or nothing will.
    pub at: Option<DateTime<Utc>>,
}

/// What is to be done about a post now. `head`: its channel's, if it has one; it may keep the post longer than the post's
/// own time.
pub fn next_act(
    post: &post::Model,
    channel: &channel::Model,
    head: Option<&channel_head::Model>,
    now: DateTime<Utc>,
) -> NextAct {
    match post.state {
        PostState::Scheduled | PostState::Retrying => {
            waiting(post, head).unwrap_or_else(|| by_its_time(post, now))
        }
        PostState::Sending => wait("a worker is sending it", post.lease_until),
        PostState::Unconfirmed => unconfirmed(post, now),
        PostState::Held => held(post, channel, now),
        PostState::Missed => {
            act(Act::Reschedule, "it is later than it was wanted: give it another time, or cancel it")
        }
        PostState::Rejected => rejected(post),
        PostState::Published | PostState::Corrected => act(Act::None, "it is out"),
        PostState::Withdrawn => act(Act::None, "it was taken back"),
        PostState::Drifted => drifted(post),
        PostState::Cancelled => act(Act::None, "it was given up before it left"),
    }
}

/// Nothing is put back by itself: whoever changed it there may have had a reason.
fn drifted(post: &post::Model) -> NextAct {
    if post.cause_code.as_deref() == Some("GONE") {
        let why = "it was taken away on the platform, not by us: find out why, and schedule its words anew if they are \
                   still wanted";
        return act(Act::None, why);
    }
    let why = "on the platform it is not what was approved, and not by us: look there, then put it right (correctPost) or \
               take it back (withdrawPost)";
    act(Act::Correct, why)
}

fn act(act: Act, why: impl Into<String>) -> NextAct {
    NextAct { act, why: why.into(), at: None }
}

fn wait(why: impl Into<String>, at: Option<DateTime<Utc>>) -> NextAct {
    NextAct { act: Act::Wait, why: why.into(), at }
}

/// When a post is tried next, as far as that is known: not before its channel's gate opens; none while it is held or waits
/// for another post.
pub fn next_try(post: &post::Model, head: Option<&channel_head::Model>) -> Option<DateTime<Utc>> {
    let ready = matches!(post.state, PostState::Scheduled | PostState::Retrying) && !post.waits;
    let gate = head.and_then(|head| head.gate_until);
    ready.then(|| gate.map_or(post.run_at, |gate| gate.max(post.run_at)))
}

/// What keeps a post that is ready by itself: the one that it follows, or its channel.
fn waiting(post: &post::Model, head: Option<&channel_head::Model>) -> Option<NextAct> {
    if post.waits {
        return Some(wait("it waits until the post that it follows is out", None));
    }
    let head = head?;
    let gate = head.gate_until.filter(|gate| *gate > post.run_at)?;
    let why = match head.gate_reason.as_deref() {
        Some("CATCH_UP") => "much of its channel is late and goes out one by one",
        Some("CIRCUIT_OPEN") => "its platform fails again and again, and is tried only now and then",
        _ => "its platform asks to be left alone for a while",
    };
    if gate > post.missed_after {
        return Some(act(
            Act::Reschedule,
            format!("{why}, longer than the post is wanted: give it another time, or cancel it"),
        ));
    }
    Some(wait(why, Some(gate)))
}

fn by_its_time(post: &post::Model, now: DateTime<Utc>) -> NextAct {
    if post.state == PostState::Scheduled {
        return wait("it waits for its time, and passes the gate then", Some(post.run_at));
    }
    if now > post.missed_after {
        return act(Act::Reschedule, "it is later than it was wanted: give it another time, or cancel it");
    }
    if post.cause_code.as_deref() == Some(PREPARING) {
        return prepared(post);
    }
    if post.run_at > post.missed_after {
        let why = "it is surely not out, and its next try would be too late: try it now";
        return NextAct { at: Some(post.run_at), ..act(Act::Retry, why) };
    }
    wait("it is surely not out, and is tried again by itself", Some(post.run_at))
}

/// A platform that takes its time is no failure, but a post that is ready too late is as unwanted as any other.
fn prepared(post: &post::Model) -> NextAct {
    let so_far = post.cause_detail.as_deref().unwrap_or("the platform is still preparing its media");
    if post.run_at > post.missed_after {
        let why = format!(
            "{so_far}, and is asked again only when the post is not wanted any more: give it another time; what is prepared \
             is kept"
        );
        return NextAct { at: Some(post.run_at), ..act(Act::Reschedule, why) };
    }
    wait(format!("{so_far}; it is surely not out, and goes on by itself"), Some(post.run_at))
}

/// What may be out is asked about or decided; never sent.
fn unconfirmed(post: &post::Model, now: DateTime<Utc>) -> NextAct {
    if post.person_decides {
        return act(Act::Resolve, "the platform cannot tell: look there whether it is out, and say so");
    }
    if post.lease_until.is_some() {
        return wait("the platform is being asked whether it is out", post.lease_until);
    }
    if post.look_ups > 0 && post.run_at > now {
        let why =
            "the platform did not say whether it is out: it is asked again by itself, or at once if you wish";
        return NextAct { at: Some(post.run_at), ..act(Act::LookUp, why) };
    }
    wait("it may be out: the platform is asked once a lost request must have ended", Some(post.run_at))
}

fn held(post: &post::Model, channel: &channel::Model, now: DateTime<Utc>) -> NextAct {
    let gates = post.hold.as_ref().map_or(&[][..], |hold| &hold.gates);
    let shut = |kind: GateKind| gates.iter().find(|gate| gate.gate == kind.code());
    if let Some(gate) = never_opens(channel, &shut) {
        return told(Act::Cancel, gate);
    }
    if now > post.missed_after {
        return act(Act::Reschedule, "it is later than it was wanted: give it another time, or cancel it");
    }
    let words = [GateKind::Approval, GateKind::Guidelines, GateKind::Embargo].into_iter().filter_map(shut);
    let stands = |gate: &ShutGate| gate.opens.starts_with(OPENS_BY_ITSELF) || gate.opens == MORE_APPROVALS;
    if let Some(gate) = words.into_iter().find(|gate| !stands(gate)) {
        return told(Act::Revise, gate);
    }
    let unconnected =
        matches!(channel.credential_state, CredentialState::Missing | CredentialState::Rejected);
    if let Some(gate) = shut(GateKind::Connection).filter(|_| unconnected) {
        return told(Act::ReconnectChannel, gate);
    }
    if let Some(hold) = &post.person_hold {
        if hold.late_approval {
            return act(
                Act::Reschedule,
                "it was approved after its time: give it another time, or release it as it is",
            );
        }
        let gate = gate::shut(&[gate::held(hold)]);
        return gate
            .first()
            .map_or_else(|| act(Act::Release, hold.reason.clone()), |gate| told(Act::Release, gate));
    }
    match gates.first() {
        Some(gate) => told(Act::Wait, gate),
        None => wait("its gates are looked at again every few seconds", None),
    }
}

/// A gate behind which no waiting helps: the channel is over, nobody can publish there but by hand, the post that it follows
/// will never be out, or nobody waits for its answer any more.
fn never_opens<'a>(
    channel: &channel::Model,
    shut: &impl Fn(GateKind) -> Option<&'a ShutGate>,
) -> Option<&'a ShutGate> {
    let over = matches!(channel.state, ChannelState::Retired | ChannelState::Declined);
    let by_hand = !has_connector(channel.platform);
    let in_vain =
        |gate: &&ShutGate| gate.opens.starts_with(CANCEL_FOLLOWER) || gate.opens.starts_with(CANCEL_ANSWER);
    let alone = shut(GateKind::Order).filter(in_vain);
    shut(GateKind::Channel)
        .filter(|_| over)
        .or_else(|| shut(GateKind::Connection).filter(|_| by_hand))
        .or(alone)
}

fn told(next: Act, gate: &ShutGate) -> NextAct {
    act(next, format!("{}; {}", gate.reason, gate.opens))
}

/// Codes of refusals that are about the channel's address, not about the words.
const ADDRESS: &[&str] = &["GONE", "REDIRECTED", "API_NOT_FOUND"];

fn rejected(post: &post::Model) -> NextAct {
    let code = post.cause_code.as_deref().unwrap_or_default();
    if code == "NO_CONNECTOR" {
        return act(Act::None, "Masthead cannot publish to this platform: publish it by hand");
    }
    if ADDRESS.contains(&code) {
        let why =
            "the platform does not answer there as it should: mend the channel's address, then try again";
        return act(Act::Retry, why);
    }
    let why = "the platform refused it: revise the draft, have it approved and schedule that; or, once its cause is \
               mended on the platform, try the same words again (retryPost)";
    act(Act::Revise, why)
}
