//! What the protocol's errors say of whether a call did anything: the name in `error` decides, never the prose beside it. It
//! does not know which call was made.

use serde::Deserialize;

use crate::http::{
    answer::Answer,
    failure::{Failure, Verdict},
};

/// The session is no longer one: sign in again.
pub(super) const SESSION_ENDED: &str = "SESSION_ENDED";
/// There is no record of this key.
pub(super) const NOT_THERE: &str = "NOT_THERE";
/// There is a record of this key, and it is another.
pub(super) const ALREADY_THERE: &str = "ALREADY_THERE";
/// The home has nobody who shows all posts.
pub(super) const NO_APP_VIEW: &str = "NO_APP_VIEW";

#[derive(Deserialize)]
struct Named {
    error: String,
}

type Row = (Verdict, &'static str, &'static str);

/// What a name says wherever it is given for a refusal.
fn row(name: &str) -> Option<Row> {
    use Verdict::{CredentialRejected, NotSent, Refused};
    Some(match name {
        "ExpiredToken" | "InvalidToken" => (CredentialRejected, SESSION_ENDED, "the session has ended"),
        "AuthMissing" | "AuthenticationRequired" => {
            (CredentialRejected, "UNAUTHORIZED", "the platform does not accept the handle and the password")
        }
        "AuthFactorTokenRequired" => (
            CredentialRejected,
            "APP_PASSWORD_NEEDED",
            "this password asks for a second factor: use an app password",
        ),
        "AccountTakedown" | "RepoTakendown" => {
            (CredentialRejected, "ACCOUNT_TAKEN_DOWN", "the platform has taken the account down")
        }
        "AccountSuspended" | "RepoSuspended" => {
            (CredentialRejected, "ACCOUNT_SUSPENDED", "the platform has suspended the account")
        }
        "AccountDeactivated" | "RepoDeactivated" => {
            (CredentialRejected, "ACCOUNT_DEACTIVATED", "the account is deactivated")
        }
        "RateLimitExceeded" => (NotSent, "RATE_LIMITED", "the platform limits how often it may be asked"),
        "InvalidSwap" => (Refused, ALREADY_THERE, "another record has this message's key"),
        "RecordNotFound" => (Refused, NOT_THERE, "the account has no such post"),
        "BlobNotFound" => {
            (NotSent, "MEDIA_GONE", "an upload is gone before it was used: it must be made again")
        }
        "BlobTooLarge" | "PayloadTooLarge" => (Refused, "TOO_LARGE", "the platform takes nothing so large"),
        "InvalidMimeType" => (Refused, "MEDIA_REFUSED", "the platform does not take this kind of file"),
        "InvalidRequest" => (Refused, "RECORD_REFUSED", "the platform does not take the post as it is"),
        "MethodNotImplemented" | "XRPCNotSupported" => {
            (Refused, "API_NOT_FOUND", "the address does not answer as this platform does")
        }
        _ => return None,
    })
}

/// The answer, unless it says that the call went wrong.
pub(super) fn checked(answer: Answer) -> Result<Answer, Failure> {
    if answer.is_success() { Ok(answer) } else { Err(read(&answer)) }
}

/// What a refusal says of a question that the home was to pass on: it speaks of the passing on, and of no post.
pub(super) fn not_passed_on(mut failure: Failure) -> Failure {
    let (code, detail) = match failure.cause.code.as_str() {
        "API_NOT_FOUND" => (NO_APP_VIEW, "the account's server passes no question on to an AppView"),
        "RECORD_REFUSED" => ("QUESTION_REFUSED", "the platform does not take the question"),
        _ => return failure,
    };
    code.clone_into(&mut failure.cause.code);
    detail.clone_into(&mut failure.cause.detail);
    failure
}

fn read(answer: &Answer) -> Failure {
    let by_status = answer.failure().not_the_platform();
    let Ok(Named { error }) = serde_json::from_slice(&answer.body) else { return by_status };
    // Beyond the refusals a server does not know what it has done, however it names that. Only 501 is sure.
    let refuses = (400..500).contains(&answer.status) || answer.status == 501;
    match row(&error) {
        Some((verdict, code, detail)) if refuses => Failure {
            retry_after: by_status.retry_after,
            ..Failure::new(verdict, code, detail).with_status(answer.status)
        },
        _ if error == "UpstreamFailure" || error == "UpstreamTimeout" => {
            let detail = "a server behind the platform's did not answer it";
            Failure::new(by_status.verdict, "UPSTREAM_FAILED", detail).with_status(answer.status)
        }
        _ => by_status,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    use super::*;

    fn failure(status: u16, body: &str, wait: bool) -> Failure {
        let mut headers = HeaderMap::new();
        if wait {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("9"));
        }
        read(&Answer { status, headers, body: Bytes::from(body.to_owned()) })
    }

    #[test]
    fn every_error_has_its_row() {
        use Verdict::{CredentialRejected, NotSent, Refused, Unknown};
        let rows = [
            (400, "ExpiredToken", CredentialRejected, SESSION_ENDED),
            (400, "InvalidToken", CredentialRejected, SESSION_ENDED),
            (401, "InvalidToken", CredentialRejected, SESSION_ENDED),
            (401, "AuthMissing", CredentialRejected, "UNAUTHORIZED"),
            (401, "AuthenticationRequired", CredentialRejected, "UNAUTHORIZED"),
            (401, "AuthFactorTokenRequired", CredentialRejected, "APP_PASSWORD_NEEDED"),
            (401, "AccountTakedown", CredentialRejected, "ACCOUNT_TAKEN_DOWN"),
            (400, "RepoTakendown", CredentialRejected, "ACCOUNT_TAKEN_DOWN"),
            (401, "AccountSuspended", CredentialRejected, "ACCOUNT_SUSPENDED"),
            (400, "RepoSuspended", CredentialRejected, "ACCOUNT_SUSPENDED"),
            (401, "AccountDeactivated", CredentialRejected, "ACCOUNT_DEACTIVATED"),
            (400, "RepoDeactivated", CredentialRejected, "ACCOUNT_DEACTIVATED"),
            (429, "RateLimitExceeded", NotSent, "RATE_LIMITED"),
            (400, "InvalidSwap", Refused, ALREADY_THERE),
            (400, "RecordNotFound", Refused, NOT_THERE),
            (400, "BlobNotFound", NotSent, "MEDIA_GONE"),
            (400, "BlobTooLarge", Refused, "TOO_LARGE"),
            (413, "PayloadTooLarge", Refused, "TOO_LARGE"),
            (400, "InvalidMimeType", Refused, "MEDIA_REFUSED"),
            (400, "InvalidRequest", Refused, "RECORD_REFUSED"),
            (404, "XRPCNotSupported", Refused, "API_NOT_FOUND"),
            (501, "MethodNotImplemented", Refused, "API_NOT_FOUND"),
            (502, "UpstreamFailure", Unknown, "UPSTREAM_FAILED"),
            (504, "UpstreamTimeout", Unknown, "UPSTREAM_FAILED"),
            (500, "InternalServerError", Unknown, "HTTP_500"),
            (500, "InvalidRequest", Unknown, "HTTP_500"),
            (502, "ExpiredToken", Unknown, "HTTP_502"),
            (503, "NotEnoughResources", Unknown, "HTTP_503"),
            (400, "SomethingNew", Refused, "HTTP_400"),
            (403, "Forbidden", CredentialRejected, "FORBIDDEN"),
        ];
        for (status, name, verdict, code) in rows {
            let failure = failure(status, &format!(r#"{{"error":"{name}","message":"…"}}"#), false);
            assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, code), "{status} {name}");
            assert_eq!(failure.cause.http_status, Some(status));
        }
    }

    #[test]
    fn what_is_not_passed_on_says_nothing_of_a_post() {
        let rows = [
            (501, "MethodNotImplemented", Verdict::Refused, NO_APP_VIEW),
            (404, "XRPCNotSupported", Verdict::Refused, NO_APP_VIEW),
            (400, "InvalidRequest", Verdict::Refused, "QUESTION_REFUSED"),
            (502, "UpstreamFailure", Verdict::Unknown, "UPSTREAM_FAILED"),
            (400, "ExpiredToken", Verdict::CredentialRejected, SESSION_ENDED),
        ];
        for (status, name, verdict, code) in rows {
            let failure = not_passed_on(failure(status, &format!(r#"{{"error":"{name}"}}"#), false));
            assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, code), "{status} {name}");
        }
    }

    #[test]
    fn waits_and_strangers_are_read_by_the_status() {
        let limited = failure(429, r#"{"error":"RateLimitExceeded"}"#, true);
        assert_eq!(limited.retry_after, Some(Duration::from_secs(9)));
        let closed = failure(503, r#"{"error":"Unavailable"}"#, true);
        assert_eq!((closed.verdict, closed.cause.code.as_str()), (Verdict::NotSent, "UNAVAILABLE"));
        let stranger = failure(404, "<html>", false);
        assert_eq!((stranger.verdict, stranger.cause.code.as_str()), (Verdict::Refused, "API_NOT_FOUND"));
    }
}
