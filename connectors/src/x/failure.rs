//! What X's errors say of whether a call did anything: the status and the type of the problem decide. The one exception is a
//! duplicate, which X tells by prose alone. It does not know which call was made.

use serde::{Deserialize, de::DeserializeOwned};

use crate::http::{
    allowance,
    answer::Answer,
    failure::{Failure, Verdict},
};

/// X has these words from this account already.
pub(super) const DUPLICATE: &str = "DUPLICATE";
/// X has no such post.
pub(super) const GONE: &str = "GONE";
/// X says no, and not why.
pub(super) const FORBIDDEN: &str = "FORBIDDEN";
/// The only words by which a duplicate is known: its type is `about:blank`, and no code stands beside it.
const DUPLICATE_PROSE: &str = "duplicate content";

/// A problem as X states it, alone or in a list beside what did work.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Problem {
    /// An address whose last part is the name of the problem; absent in the errors of older layers.
    #[serde(rename = "type")]
    kind: Option<String>,
    detail: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stated {
    #[serde(flatten)]
    problem: Problem,
    errors: Vec<Problem>,
}

/// What a successful answer holds. There may be errors beside the data; without data they are the answer.
#[derive(Debug, Deserialize)]
struct Envelope<T> {
    data: Option<T>,
    #[serde(default)]
    errors: Vec<Problem>,
}

type Row = (Verdict, &'static str, &'static str);

impl Problem {
    fn name(&self) -> &str {
        let kind = self.kind.as_deref().unwrap_or_default();
        kind.rsplit_once("/problems/").map_or("", |(_, name)| name)
    }

    fn is_duplicate(&self) -> bool {
        self.detail.as_deref().is_some_and(|detail| detail.to_lowercase().contains(DUPLICATE_PROSE))
    }
}

/// The answer, unless its status says that the call went wrong.
pub(super) fn checked(answer: Answer) -> Result<Answer, Failure> {
    if answer.is_success() { Ok(answer) } else { Err(read(&answer)) }
}

/// What an answer tells; its errors, where it tells nothing else.
pub(super) fn data<T: DeserializeOwned>(answer: &Answer) -> Result<T, Failure> {
    let envelope: Envelope<T> = answer.json()?;
    envelope.data.ok_or_else(|| untold(answer.status, &envelope.errors))
}

/// A success without data: what its errors say, and without any that is known, nothing is.
pub(super) fn untold(status: u16, errors: &[Problem]) -> Failure {
    let known = errors.iter().find_map(|problem| row(403, problem));
    let (verdict, code, detail) =
        known.unwrap_or((Verdict::Unknown, "ANSWER_WITHOUT_DATA", "the platform's answer tells nothing"));
    Failure::new(verdict, code, detail).with_status(status)
}

fn read(answer: &Answer) -> Failure {
    // A stranger's 404 is no word on a post, and X answers a wrong address with one that names nothing.
    let by_status = answer.failure().not_the_platform();
    let stated = serde_json::from_slice::<Stated>(&answer.body).unwrap_or_default();
    let wait = by_status.retry_after.max(allowance::wait(answer));
    let mut problems = std::iter::once(&stated.problem).chain(&stated.errors);
    match problems.find_map(|problem| row(answer.status, problem)) {
        Some((Verdict::NotSent, code, detail)) => {
            Failure { retry_after: wait, ..Failure::not_sent(code, detail).with_status(answer.status) }
        }
        Some((verdict, code, detail)) => Failure::new(verdict, code, detail).with_status(answer.status),
        None if answer.status == 429 => Failure { retry_after: wait, ..by_status },
        None => by_status,
    }
}

/// What X says more exactly than by the status. An answer of 5xx is never read so: whoever failed may have posted before.
fn row(status: u16, problem: &Problem) -> Option<Row> {
    use Verdict::{CredentialRejected, NotSent, Refused};
    Some(match (status, problem.name()) {
        (500.., _) => return None,
        (402, _) => (
            CredentialRejected,
            "CREDITS_USED_UP",
            "the developer account has no credits left: buy some, then connect the channel again",
        ),
        (_, "usage-capped") => (
            CredentialRejected,
            "USAGE_CAPPED",
            "the developer account has reached its cap: raise it, then connect the channel again",
        ),
        (_, "client-forbidden") => (
            CredentialRejected,
            "APP_NOT_PERMITTED",
            "the app is not enrolled, or may not use this part of the API",
        ),
        (_, "unsupported-authentication" | "oauth1-permissions") => {
            (CredentialRejected, "WRONG_TOKEN", "the token is no user's token with the right to post")
        }
        (_, "rate-limit-exceeded") => {
            (NotSent, "RATE_LIMITED", "the platform limits how often it may be asked")
        }
        (_, "resource-not-found") => (Refused, GONE, "the platform has no such thing"),
        (_, "not-authorized-for-resource" | "not-authorized-for-field" | "disallowed-resource") => {
            (Refused, "NOT_FOR_THIS_ACCOUNT", "the platform does not let this account see or use that")
        }
        (_, "invalid-request") => (Refused, "INVALID", "the platform does not take a part of the request"),
        (403, _) if problem.is_duplicate() => {
            (Refused, DUPLICATE, "the account has a post with these words already: change them")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
