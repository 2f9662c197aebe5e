//! What the worker counts. By outcome and state, never by office, channel or post.

use chrono::{DateTime, Utc};
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use office::{
    links::Found,
    queue::{Depth, LookUpOutcome, Readiness, Ready, SendOutcome},
};

const ATTEMPTS: &str = "masthead_attempts_total";
const LOOK_UPS: &str = "masthead_look_ups_total";
const RESCUED: &str = "masthead_rescued_posts_total";
const LINK_CHECKS: &str = "masthead_link_checks_total";
const LAG: &str = "masthead_due_to_sent_seconds";
const DEPTH: &str = "masthead_queue_posts";
const OLDEST_DUE: &str = "masthead_oldest_due_seconds";
const OLDEST_UNCONFIRMED: &str = "masthead_oldest_unconfirmed_seconds";

/// Describes every metric; call once, after the recorder is installed.
pub fn describe() {
    describe_counter!(ATTEMPTS, "Tries to send, by outcome");
    describe_counter!(LOOK_UPS, "Look-ups of posts whose outcome was not known, by outcome");
    describe_counter!(RESCUED, "Posts rescued from workers that died");
    describe_counter!(LINK_CHECKS, "Links that were looked at, by what was found");
    describe_histogram!(LAG, Unit::Seconds, "From a post's due time to its delivery");
    describe_gauge!(DEPTH, "Posts in the queue, by state");
    describe_gauge!(OLDEST_DUE, Unit::Seconds, "Age of the oldest post that is due and not taken");
    describe_gauge!(OLDEST_UNCONFIRMED, Unit::Seconds, "Age of the oldest unconfirmed post");
}

pub(crate) fn attempt(outcome: &SendOutcome, ready: &Ready, now: DateTime<Utc>) {
    let name = match outcome {
        SendOutcome::Delivered(_) => "delivered",
        SendOutcome::NotSent(..) => "not_sent",
        SendOutcome::Preparing(..) => "preparing",
        SendOutcome::Refused(_) => "refused",
        SendOutcome::CredentialRejected(_) => "credential_rejected",
        SendOutcome::Unknown(_) => "unknown",
    };
    counter!(ATTEMPTS, "outcome" => name).increment(1);
    if matches!(outcome, SendOutcome::Delivered(_)) {
        histogram!(LAG).record((now - ready.post.due_at).as_seconds_f64().max(0.0));
    }
}

pub(crate) fn look_up(outcome: &LookUpOutcome) {
    let name = match outcome {
        LookUpOutcome::Found(_) => "found",
        LookUpOutcome::Absent => "absent",
        LookUpOutcome::CannotTell(_) => "cannot_tell",
        LookUpOutcome::Unreachable(..) => "unreachable",
    };
    counter!(LOOK_UPS, "outcome" => name).increment(1);
}

pub(crate) fn rescued(posts: usize) {
    counter!(RESCUED).increment(u64::try_from(posts).unwrap_or(0));
}

pub(crate) fn link_check(found: &Found) {
    let name = match found {
        Found::Alive { .. } => "alive",
        Found::Dead { .. } => "dead",
        Found::NoSuchHost => "no_such_host",
        Found::Unreachable { .. } => "unreachable",
        Found::Refused => "refused",
    };
    counter!(LINK_CHECKS, "outcome" => name).increment(1);
}

pub(crate) fn gauges(depths: &[Depth], readiness: &Readiness, now: DateTime<Utc>) {
    use entity::post::PostState;
    let waiting = [
        PostState::Scheduled,
        PostState::Sending,
        PostState::Retrying,
        PostState::Unconfirmed,
        PostState::Held,
        PostState::Missed,
    ];
    for state in waiting {
        let posts = depths.iter().find(|depth| depth.state == state).map_or(0, |depth| depth.posts);
        let posts = u32::try_from(posts).unwrap_or(u32::MAX);
        gauge!(DEPTH, "state" => format!("{state:?}").to_lowercase()).set(f64::from(posts));
    }
    let age = |at: Option<DateTime<Utc>>| at.map_or(0.0, |at| (now - at).as_seconds_f64().max(0.0));
    gauge!(OLDEST_DUE).set(age(readiness.oldest_due_at));
    gauge!(OLDEST_UNCONFIRMED).set(age(readiness.oldest_unconfirmed_at));
}
