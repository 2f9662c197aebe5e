//! The truth about a post's outcome: sent, not sent, refused or not known, and by what evidence. Pure over the post's row
//! and its attempts; what may be done next is `next_act`.

use std::borrow::Borrow;

use chrono::{DateTime, Utc};
use entity::{
    attempt,
    attempt::{AttemptKind, AttemptOutcome},
    post,
    post::PostState,
};

use crate::queue::Cause;

/// Whether a post is out, as far as anybody can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeKind {
    /// It is out, or was.
    Sent,
    /// Surely not out: no try arrived.
    NotSent,
    /// Surely not out: the platform refused it for good.
    Refused,
    /// It may be out. Never to be sent again before that is known.
    NotKnown,
    /// No try to send it has begun.
    NotTried,
}

/// By what an outcome is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeEvidence {
    /// No try has begun.
    NoTry,
    /// A try was committed, and its answer is waited for.
    InFlight,
    /// The platform's answer to the try.
    Answer,
    /// The platform answered a repeat of the same key with the first post.
    RepeatedKey,
    /// The try ended before the platform had it.
    NeverLeft,
    /// The try ended without an answer that tells.
    NoAnswer,
    /// The worker died, or lost its lease, after the try had begun.
    WorkerLost,
    /// The platform was asked whether it has the post.
    LookUp,
    /// A person looked, because the platform could not tell.
    Person,
}

/// What became of a post, and how we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it is out.
    pub kind: OutcomeKind,
    /// By what that is known.
    pub evidence: OutcomeEvidence,
    /// The evidence in a sentence, for people.
    pub reason: &'static str,
    /// Since when it is so; none where only the audit tells.
    pub since: Option<DateTime<Utc>>,
    /// Why it did not work; none on success.
    pub cause: Option<Cause>,
    /// Where it is; none unless it is out and the platform told.
    pub remote_url: Option<String>,
}

/// The newest try to send and the newest look-up.
#[derive(Debug, Clone, Copy)]
struct Tries<'a> {
    send: Option<&'a attempt::Model>,
    look_up: Option<&'a attempt::Model>,
}

impl<'a> Tries<'a> {
    fn of<A: Borrow<attempt::Model>>(attempts: &'a [A]) -> Self {
        let newest = |kind| {
            let those = attempts.iter().map(Borrow::borrow).filter(move |attempt| attempt.kind == kind);
            those.max_by_key(|attempt: &&attempt::Model| attempt.number)
        };
        Self { send: newest(AttemptKind::Publish), look_up: newest(AttemptKind::LookUp) }
    }

    /// The newest look-up, if it came after the newest try to send.
    fn looked_up_since(&self) -> Option<&'a attempt::Model> {
        let sent = self.send.map_or(0, |send| send.number);
        self.look_up.filter(|look_up| look_up.number > sent)
    }
}

/// What became of a post, from its row and all of its attempts in any order.
pub fn outcome<A: Borrow<attempt::Model>>(post: &post::Model, attempts: &[A]) -> Outcome {
    let tries = Tries::of(attempts);
    match post.state {
        PostState::Published | PostState::Corrected | PostState::Withdrawn | PostState::Drifted => {
            sent(post, tries)
        }
        PostState::Unconfirmed => not_known(post, tries),
        PostState::Sending => match tries.send {
            Some(send) if send.outcome == AttemptOutcome::Open => in_flight(send),
            _ => not_out(post, tries),
        },
        PostState::Scheduled
        | PostState::Retrying
        | PostState::Held
        | PostState::Missed
        | PostState::Rejected
        | PostState::Cancelled => not_out(post, tries),
    }
}

fn sent(post: &post::Model, tries: Tries<'_>) -> Outcome {
    let proofs = [tries.send, tries.look_up].into_iter().flatten();
    let proof = proofs
        .filter(|attempt| matches!(attempt.outcome, AttemptOutcome::Delivered | AttemptOutcome::Found))
        .max_by_key(|attempt| attempt.number);
    let (evidence, reason) = match proof.map(|attempt| (attempt.kind, attempt.evidence.as_deref())) {
        None => (OutcomeEvidence::Person, "a person found it on the platform"),
        Some((AttemptKind::Publish, Some("IDEMPOTENCY_KEY"))) => {
            (OutcomeEvidence::RepeatedKey, "the platform answered a repeat of its key with the first post")
        }
        Some((AttemptKind::Publish, _)) => (OutcomeEvidence::Answer, "the platform answered that it has it"),
        Some((AttemptKind::LookUp, _)) => (OutcomeEvidence::LookUp, "it was looked up, and is there"),
    };
    let since = post.published_at.or(proof.and_then(|attempt| attempt.ended_at));
    let remote_url = post.remote_url.clone();
    Outcome { kind: OutcomeKind::Sent, evidence, reason, since, cause: None, remote_url }
}

fn in_flight(send: &attempt::Model) -> Outcome {
    Outcome {
        kind: OutcomeKind::NotKnown,
        evidence: OutcomeEvidence::InFlight,
        reason: "it is being sent at this moment",
        since: Some(send.started_at),
        cause: None,
        remote_url: None,
    }
}

fn not_known(post: &post::Model, tries: Tries<'_>) -> Outcome {
    let lost = tries
        .send
        .is_some_and(|send| matches!(send.outcome, AttemptOutcome::Abandoned | AttemptOutcome::Open));
    let (evidence, reason) = if lost {
        (OutcomeEvidence::WorkerLost, "the worker died or lost its lease while it was sending: it may be out")
    } else {
        (OutcomeEvidence::NoAnswer, "the try ended without an answer that tells: it may be out")
    };
    let since = tries.send.map(|send| send.ended_at.unwrap_or(send.started_at));
    // The newest look-up says why nobody knows yet; before the first one, the try itself.
    let newest = tries.looked_up_since().filter(|look_up| look_up.cause_code.is_some()).or(tries.send);
    let cause = cause_of(newest).or_else(|| cause_of_post(post));
    Outcome { kind: OutcomeKind::NotKnown, evidence, reason, since, cause, remote_url: None }
}

/// A post in a state that only what is surely not out can be in.
fn not_out(post: &post::Model, tries: Tries<'_>) -> Outcome {
    let Some(send) = tries.send else {
        return Outcome {
            kind: OutcomeKind::NotTried,
            evidence: OutcomeEvidence::NoTry,
            reason: "no try to send it has begun",
            since: Some(post.created_at),
            cause: None,
            remote_url: None,
        };
    };
    let (kind, evidence, reason, by) = match send.outcome {
        AttemptOutcome::Refused => (
            OutcomeKind::Refused,
            OutcomeEvidence::Answer,
            "the platform refused it: it is surely not out",
            Some(send),
        ),
        AttemptOutcome::NotSent | AttemptOutcome::CredentialRejected if send.http_status.is_some() => (
            OutcomeKind::NotSent,
            OutcomeEvidence::Answer,
            "the platform answered that it did not take it",
            Some(send),
        ),
        AttemptOutcome::NotSent | AttemptOutcome::CredentialRejected => (
            OutcomeKind::NotSent,
            OutcomeEvidence::NeverLeft,
            "the try ended before the platform had it",
            Some(send),
        ),
        AttemptOutcome::Preparing => (
            OutcomeKind::NotSent,
            OutcomeEvidence::Answer,
            "the platform has its media, or a part of them, and is not done with them: it is surely not out",
            Some(send),
        ),
        _ => found_absent(tries, send),
    };
    let since = by.and_then(|attempt| attempt.ended_at);
    Outcome { kind, evidence, reason, since, cause: cause_of(Some(send)), remote_url: None }
}

/// The newest try was not known to have failed, and yet the post waits: somebody made sure that it is not there.
fn found_absent<'a>(
    tries: Tries<'a>,
    send: &'a attempt::Model,
) -> (OutcomeKind, OutcomeEvidence, &'static str, Option<&'a attempt::Model>) {
    match tries.looked_up_since() {
        Some(look_up) if look_up.outcome == AttemptOutcome::Absent => (
            OutcomeKind::NotSent,
            OutcomeEvidence::LookUp,
            "it was looked up, and is surely not there",
            Some(look_up),
        ),
        Some(_) => {
            (OutcomeKind::NotSent, OutcomeEvidence::Person, "a person looked, and it is not there", None)
        }
        None => (
            OutcomeKind::NotSent,
            OutcomeEvidence::NeverLeft,
            "the try ended before the platform had it",
            Some(send),
        ),
    }
}

fn cause_of(attempt: Option<&attempt::Model>) -> Option<Cause> {
    let attempt = attempt?;
    Some(Cause {
        code: attempt.cause_code.clone()?,
        detail: attempt.cause_detail.clone().unwrap_or_default(),
        http_status: attempt.http_status.and_then(|status| u16::try_from(status).ok()),
    })
}

fn cause_of_post(post: &post::Model) -> Option<Cause> {
    let detail = post.cause_detail.clone().unwrap_or_default();
    Some(Cause { code: post.cause_code.clone()?, detail, http_status: None })
}
