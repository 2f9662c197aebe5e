//! What the Graph API's errors say of whether a call did anything: the numbers in `error` decide, never the prose beside
//! them, which is in the account's language. It does not know which call was made.

use serde::Deserialize;

use super::usage;
use crate::http::{
    answer::Answer,
    failure::{Failure, Verdict},
};

/// There is no such post, or it is not shown to this token.
pub(super) const GONE: &str = "GONE";
/// The same words were posted before.
pub(super) const DUPLICATE: &str = "DUPLICATE";
/// The token may not do this here.
pub(super) const PERMISSION_MISSING: &str = "PERMISSION_MISSING";

#[derive(Debug, Deserialize)]
struct ErrorBody {
    error: GraphError,
}

#[derive(Debug, Deserialize)]
struct GraphError {
    code: i64,
    error_subcode: Option<i64>,
    #[serde(default)]
    is_transient: bool,
}

type Row = (Verdict, &'static str, &'static str);

/// What a code says. 1, 2, 3, 4, 102 and 190 are as Meta's guide to errors has them; the others are from memory.
fn row(error: &GraphError) -> Option<Row> {
    use Verdict::{CredentialRejected, NotSent, Refused, Unknown};
    Some(match (error.code, error.error_subcode) {
        // Either may come of a post that was made.
        (1, _) => (Unknown, "PLATFORM_FAILED", "the platform failed while it worked on it"),
        (2, _) => (Unknown, "PLATFORM_FAILED", "a part of the platform did not answer"),
        (3, _) => {
            (CredentialRejected, "APP_NOT_PERMITTED", "the app lacks the right to use this part of the API")
        }
        (4 | 17 | 32 | 341 | 613 | 80001, _) => {
            (NotSent, "RATE_LIMITED", "the platform limits how often it may be asked")
        }
        (10 | 200..=299, _) => (
            CredentialRejected,
            PERMISSION_MISSING,
            "the token lacks a permission: it needs pages_manage_posts, pages_manage_engagement and pages_read_engagement",
        ),
        (100, Some(33)) => {
            (Refused, GONE, "the platform has no such post, or does not show it to this token")
        }
        (100, _) => (Refused, "INVALID", "the platform does not take the post as it is"),
        (102 | 190, subcode) => ended(subcode),
        (368, _) => (
            CredentialRejected,
            "POLICY_BLOCK",
            "the platform blocks the Page or the app for breaking its rules: see Page Quality and the Support Inbox, \
             and post nothing until it is lifted",
        ),
        (506, _) => (Refused, DUPLICATE, "the platform has a post with the same words already"),
        (1_609_005, _) => (Refused, "LINK_REFUSED", "the platform cannot make a card of the link"),
        _ => return None,
    })
}

/// Why a token is none any more.
fn ended(subcode: Option<i64>) -> Row {
    let (code, detail) = match subcode {
        Some(458) => {
            ("APP_REMOVED", "the person whose token it is has removed the app: connect the Page again")
        }
        Some(459) => ("ACCOUNT_CHECKPOINTED", "the person whose token it is must first sign in at Facebook"),
        Some(460) => {
            ("PASSWORD_CHANGED", "the person whose token it is has a new password: connect the Page again")
        }
        Some(463) => ("TOKEN_EXPIRED", "the token has expired: connect the Page again"),
        Some(464) => ("ACCOUNT_UNCONFIRMED", "the person whose token it is must first confirm the account"),
        Some(492) => ("ROLE_LOST", "the person whose token it is has no role on the Page any more"),
        _ => ("UNAUTHORIZED", "the platform does not accept the token: connect the Page again"),
    };
    (Verdict::CredentialRejected, code, detail)
}

/// The answer, unless it says that the call went wrong; a status of 200 alone does not say that it went well.
pub(super) fn checked(answer: Answer) -> Result<Answer, Failure> {
    let error = serde_json::from_slice::<ErrorBody>(&answer.body).ok().map(|body| body.error);
    match error {
        None if answer.is_success() => Ok(answer),
        None => Err(answer.failure().not_the_platform()),
        Some(error) => Err(read(&answer, &error)),
    }
}

fn read(answer: &Answer, error: &GraphError) -> Failure {
    let by_status = if answer.is_success() {
        Failure::unknown("PLATFORM_FAILED", "the platform answered with an error of an unknown kind")
            .with_status(answer.status)
    } else {
        answer.failure().not_the_platform()
    };
    // Beyond the refusals the platform does not know what it has done, however it names that.
    let refuses = answer.is_success() || (400..500).contains(&answer.status);
    let failure = match row(error) {
        Some((verdict, code, detail)) if refuses => {
            let retry_after = answer.retry_after().or_else(|| usage::wait(answer));
            let retry_after = retry_after.filter(|_| verdict == Verdict::NotSent);
            Failure { retry_after, ..Failure::new(verdict, code, detail).with_status(answer.status) }
        }
        None if error.is_transient && by_status.verdict != Verdict::NotSent => {
            Failure::unknown("PLATFORM_FAILED", "the platform says that it fails for a while")
                .with_status(answer.status)
        }
        _ => by_status,
    };
    named(failure, error)
}

/// The numbers are what Meta's support asks for.
fn named(mut failure: Failure, error: &GraphError) -> Failure {
    let subcode = error.error_subcode.map(|subcode| format!("/{subcode}")).unwrap_or_default();
    failure.cause.detail = format!("{} (Facebook: {}{subcode})", failure.cause.detail, error.code);
    failure
}

#[cfg(test)]
mod tests;
