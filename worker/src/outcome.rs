//! From the connectors' words for what happened to the queue's. Nothing is decided here: each maps to exactly one.

use std::time::Duration;

use chrono::TimeDelta;
use connectors::{LookUp, Outcome, Receipt};
use office::queue::{Cause, LookUpOutcome, Prepared, Proof, SendOutcome};

/// What came of a try to send.
pub(crate) fn of_send(outcome: Outcome) -> SendOutcome {
    match outcome {
        Outcome::Delivered(receipt) => SendOutcome::Delivered(proof(receipt)),
        Outcome::NotSent { cause: why, retry_after } => SendOutcome::NotSent(cause(why), wish(retry_after)),
        Outcome::Preparing { prepared, ask_after } => match prepared.to_stored() {
            Some(stored) => {
                SendOutcome::Preparing(Prepared::new(stored), wish(Some(ask_after)).unwrap_or_default())
            }
            None => SendOutcome::NotSent(
                ours("PREPARED_TOO_LARGE", "the platform's names for its media are longer than we keep"),
                None,
            ),
        },
        Outcome::Refused(why) => SendOutcome::Refused(cause(why)),
        Outcome::CredentialRejected(why) => SendOutcome::CredentialRejected(cause(why)),
        Outcome::Unknown(why) => SendOutcome::Unknown(cause(why)),
    }
}

/// What came of a look-up.
pub(crate) fn of_look_up(found: LookUp) -> LookUpOutcome {
    match found {
        LookUp::Found(receipt) => LookUpOutcome::Found(proof(receipt)),
        LookUp::Absent => LookUpOutcome::Absent,
        LookUp::CannotTell(why) => LookUpOutcome::CannotTell(cause(why)),
        LookUp::Unreachable { cause: why, retry_after } => {
            LookUpOutcome::Unreachable(cause(why), wish(retry_after))
        }
    }
}

fn proof(receipt: Receipt) -> Proof {
    Proof {
        remote_id: receipt.remote_id,
        remote_url: receipt.url,
        published_at: receipt.published_at,
        evidence: receipt.evidence.as_str().to_owned(),
    }
}

/// Why, in the words of the queue.
pub(crate) fn cause(cause: connectors::Cause) -> Cause {
    Cause { code: cause.code, detail: cause.detail, http_status: cause.http_status }
}

/// A cause that is ours and no platform's.
pub(crate) fn ours(code: &str, detail: &str) -> Cause {
    Cause { code: code.to_owned(), detail: detail.to_owned(), http_status: None }
}

/// A platform that asks to wait longer than a day is asked again after a day.
pub(crate) fn wish(wait: Option<Duration>) -> Option<TimeDelta> {
    wait.map(|wait| TimeDelta::from_std(wait).unwrap_or(TimeDelta::days(1)).min(TimeDelta::days(1)))
}
