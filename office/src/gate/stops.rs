//! What stops a post for a time, whatever it says: its place in a thread, a person's hold, a pause, quiet hours, the hour.
//! Pure.

use chrono::{DateTime, SecondsFormat, Utc};
use entity::{
    pause::{self, PauseScope},
    post,
    post::{PersonHold, PostState},
};

use super::{
    Facts, Gate, GateKind,
    rules::{OPENS_BY_ITSELF, open, shut},
};
use crate::blackouts::Reaching;

/// Why a post stays whose predecessor is over, and how what opens it begins: nothing but another post can say its words.
pub(crate) const WILL_NOT_BE_OUT: &str = "the post that it follows will not be out";
pub(crate) const CANCEL_FOLLOWER: &str =
    "cancel this post, or have its words approved to stand alone and schedule that";

/// How what opens it begins for an answer that nobody waits for any more.
pub(crate) const CANCEL_ANSWER: &str = "cancel this post: the public should not get two answers";

/// An answer goes out while somebody waits for it.
fn answers(facts: &Facts) -> Option<Gate> {
    const KIND: GateKind = GateKind::Order;
    facts.post.answers?;
    let Some(said) = &facts.answers else {
        return Some(shut(KIND, None, "what it answers is not there", CANCEL_ANSWER));
    };
    Some(match said.outcome {
        None => open(KIND, None, "what it answers still waits for an answer"),
        Some(_) if said.answer_id == Some(facts.post.id) => open(KIND, None, "it is the answer"),
        Some(_) => shut(KIND, None, "what it answers was settled meanwhile", CANCEL_ANSWER),
    })
}

/// The parts of a thread and a first comment go out in their order, or not at all.
pub(super) fn order(facts: &Facts) -> Gate {
    const KIND: GateKind = GateKind::Order;
    if let Some(gate) = answers(facts) {
        return gate;
    }
    let Some(state) = facts.follows else {
        return match facts.post.follows_post_id {
            None => open(KIND, None, "it follows no other post"),
            Some(_) => shut(KIND, None, "the post that it follows is not there", "cancel this post"),
        };
    };
    match state {
        PostState::Published | PostState::Corrected | PostState::Drifted => {
            open(KIND, None, "the post that it follows is out")
        }
        PostState::Cancelled | PostState::Rejected | PostState::Withdrawn => {
            shut(KIND, None, WILL_NOT_BE_OUT, CANCEL_FOLLOWER)
        }
        PostState::Scheduled
        | PostState::Sending
        | PostState::Retrying
        | PostState::Unconfirmed
        | PostState::Held
        | PostState::Missed => {
            shut(KIND, None, "the post that it follows is not out yet", "it opens when that post is out")
        }
    }
}

pub(super) fn hold(facts: &Facts) -> Gate {
    match &facts.post.person_hold {
        None => open(GateKind::Hold, None, "nobody holds it"),
        Some(hold) => held(hold),
    }
}

/// The gate that a person shut.
pub(crate) fn held(hold: &PersonHold) -> Gate {
    let opens = match hold.by {
        _ if hold.late_approval => "give it another time (reschedulePost), or let it go as it is now (releasePost)".to_owned(),
        Some(_) => format!("{}, the initiative's project manager or a coordinator releases it (releasePost)", hold.name),
        None => "the operator (masthead queue release), the initiative's project manager or a coordinator releases it (releasePost)".to_owned(),
    };
    shut(GateKind::Hold, None, format!("{} holds it: {}", hold.name, hold.reason), opens)
}

/// Whether a pause stops a post at this moment.
pub(crate) fn pauses(pause: &pause::Model, post: &post::Model, now: DateTime<Utc>) -> bool {
    let within = match pause.scope {
        PauseScope::Office => true,
        PauseScope::Channel => pause.channel_id == Some(post.channel_id),
        PauseScope::Initiative => pause.initiative_id == Some(post.initiative_id),
    };
    within
        && pause.resumed_at.is_none()
        // One that was to begin at once stands, whatever this machine's clock says of that moment.
        && (pause.starts_at <= now || pause.starts_at <= pause.created_at)
        && pause.ends_at.is_none_or(|end| end > now)
        && !pause.exempt.0.contains(&post.id)
}

pub(super) fn pause(facts: &Facts, now: DateTime<Utc>) -> Gate {
    match facts.pauses.iter().find(|pause| pauses(pause, &facts.post, now)) {
        None => open(GateKind::Pause, None, "nothing is paused"),
        Some(pause) => paused(pause),
    }
}

/// The gate that a pause shut.
pub(crate) fn paused(pause: &pause::Model) -> Gate {
    let reason = format!("publishing is paused: {}", pause.reason);
    let opens = match pause.ends_at {
        Some(end) => {
            let end = end.to_rfc3339_opts(SecondsFormat::Secs, true);
            format!("{OPENS_BY_ITSELF} at {end}, or when a coordinator resumes publishing (resumePublishing)")
        }
        None => "the coordinator resumes publishing (resumePublishing)".to_owned(),
    };
    shut(GateKind::Pause, None, reason, opens)
}

/// Asked of the moment at which it would leave: not before it is due.
pub(super) fn blackout(facts: &Facts, now: DateTime<Utc>) -> Gate {
    const KIND: GateKind = GateKind::Blackout;
    let (post, at) = (&facts.post, now.max(facts.post.due_at));
    let reaching = Reaching {
        standing: &facts.blackouts,
        office_id: post.office_id,
        channel_id: post.channel_id,
        post_id: Some(post.id),
    };
    let Some(blackout) = reaching.stops(at) else {
        return open(KIND, None, "no quiet hours and no blackout then");
    };
    let by_itself = match reaching.free_from(at) {
        Some(free) => format!("it opens by itself at {}", free.to_rfc3339_opts(SecondsFormat::Secs, true)),
        None => "it does not open by itself for years".to_owned(),
    };
    let opens = format!(
        "{by_itself}; or give the post another time (reschedulePost), or have it exempted (exemptFromBlackout)"
    );
    shut(KIND, None, format!("nothing goes out then: {}", blackout.row.reason), opens)
}

pub(super) fn lateness(facts: &Facts, now: DateTime<Utc>) -> Gate {
    let limit = facts.post.missed_after.to_rfc3339_opts(SecondsFormat::Secs, true);
    if now <= facts.post.missed_after {
        return open(GateKind::Lateness, None, format!("it may leave until {limit}"));
    }
    shut(
        GateKind::Lateness,
        None,
        format!("it was wanted until {limit}"),
        "give it another time (reschedulePost) or cancel it",
    )
}
