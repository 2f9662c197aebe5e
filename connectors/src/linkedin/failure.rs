//! What LinkedIn's errors say of whether a call did anything: the status and the code beside it decide, never the prose. The
//! one exception is the URN of a duplicate, which stands nowhere else. It does not know which call was made.

use serde::Deserialize;

use super::urn::PostUrn;
use crate::http::{
    answer::Answer,
    failure::{Failure, Verdict},
};

/// The platform has these words from this author already.
pub(super) const DUPLICATE: &str = "DUPLICATE_POST";

/// An error as the platform states it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Stated {
    status: Option<u16>,
    code: Option<String>,
    service_error_code: Option<i64>,
    message: String,
    error_details: Details,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Details {
    input_errors: Vec<InputError>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct InputError {
    code: String,
    description: String,
}

type Row = (Verdict, &'static str, &'static str);

/// The answer, unless it says that the call went wrong.
pub(super) fn checked(answer: Answer) -> Result<Answer, Failure> {
    if answer.is_success() { Ok(answer) } else { Err(read(&answer)) }
}

/// Which post has these words already, when the answer says that one has; nobody but us decides whether that is ours.
pub(super) fn duplicate(answer: &Answer) -> Option<PostUrn> {
    let stated: Stated = serde_json::from_slice(&answer.body).ok()?;
    let told = stated.error_details.input_errors.iter().find(|error| error.code == DUPLICATE)?;
    (answer.status == 422).then_some(())?;
    PostUrn::within(&told.description).or_else(|| PostUrn::within(&stated.message))
}

fn read(answer: &Answer) -> Failure {
    let by_status = answer.failure();
    let stated = serde_json::from_slice::<Stated>(&answer.body).unwrap_or_default();
    // A stranger's 404 is no word on a post: the platform's own errors repeat their status.
    let by_status =
        if stated.status == Some(answer.status) { by_status } else { by_status.not_the_platform() };
    match row(answer.status, &stated) {
        Some((verdict, code, detail)) => Failure {
            retry_after: by_status.retry_after,
            ..Failure::new(verdict, code, detail).with_status(answer.status)
        },
        None => by_status,
    }
}

/// What the platform says more exactly than by the status.
fn row(status: u16, stated: &Stated) -> Option<Row> {
    use Verdict::{CredentialRejected, Refused, Unknown};
    let code = stated.code.as_deref().unwrap_or_default();
    let input = |wanted: &str| stated.error_details.input_errors.iter().any(|error| error.code == wanted);
    Some(match (status, code, stated.service_error_code) {
        (401, "EXPIRED_ACCESS_TOKEN", _) | (401, _, Some(65_602)) => (
            CredentialRejected,
            "TOKEN_EXPIRED",
            "the access token has ended: connect the channel with a new one",
        ),
        (401, "REVOKED_ACCESS_TOKEN", _) | (401, _, Some(65_601)) => (
            CredentialRejected,
            "TOKEN_REVOKED",
            "the member has taken the access token back: connect the channel with a new one",
        ),
        (403, ..) => (
            CredentialRejected,
            "FORBIDDEN",
            "the token lacks a scope, or its member has no role on the organisation's page",
        ),
        (404, "NOT_FOUND", Some(0)) => {
            (Refused, "API_NOT_FOUND", "the address does not answer as this platform does")
        }
        // Somebody else wrote at the same time, or the post is there: only a look-up tells.
        (409, ..) => (Unknown, "CONFLICT", "the platform reports a conflict with another write"),
        (422, ..) if code == DUPLICATE || input(DUPLICATE) => {
            (Unknown, DUPLICATE, "the platform has a post with these words already")
        }
        (426, ..) | (400, "VERSION_MISSING", _) => (
            Refused,
            "API_VERSION_ENDED",
            "LinkedIn has ended the version of its API that this Masthead speaks: update Masthead",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    use super::*;

    fn answer(status: u16, body: &str, wait: bool) -> Answer {
        let mut headers = HeaderMap::new();
        if wait {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("9"));
        }
        Answer { status, headers, body: Bytes::from(body.to_owned()) }
    }

    const DUPLICATED: &str = r#"{"status":422,"message":"…","errorDetails":{"inputErrors":[{"code":"OTHER"},
        {"code":"DUPLICATE_POST","description":"Content is a duplicate of urn:li:share:7"}]}}"#;

    #[test]
    fn every_error_has_its_row() {
        use Verdict::{CredentialRejected, NotSent, Refused, Unknown};
        let rows = [
            (400, r#"{"status":400,"code":"ILLEGAL_ARGUMENT"}"#, Refused, "HTTP_400"),
            (400, r#"{"status":400,"code":"VERSION_MISSING"}"#, Refused, "API_VERSION_ENDED"),
            (401, r#"{"status":401,"code":"EXPIRED_ACCESS_TOKEN"}"#, CredentialRejected, "TOKEN_EXPIRED"),
            (401, r#"{"status":401,"serviceErrorCode":65602}"#, CredentialRejected, "TOKEN_EXPIRED"),
            (401, r#"{"status":401,"code":"REVOKED_ACCESS_TOKEN"}"#, CredentialRejected, "TOKEN_REVOKED"),
            (401, r#"{"status":401,"serviceErrorCode":65601}"#, CredentialRejected, "TOKEN_REVOKED"),
            (401, r#"{"status":401,"serviceErrorCode":65600}"#, CredentialRejected, "UNAUTHORIZED"),
            (401, r#"{"status":401,"serviceErrorCode":401}"#, CredentialRejected, "UNAUTHORIZED"),
            (
                403,
                r#"{"status":403,"code":"ACCESS_DENIED","serviceErrorCode":100}"#,
                CredentialRejected,
                "FORBIDDEN",
            ),
            (404, r#"{"status":404,"code":"RESOURCE_NOT_FOUND"}"#, Refused, "GONE"),
            (404, r#"{"status":404,"code":"NOT_FOUND","serviceErrorCode":0}"#, Refused, "API_NOT_FOUND"),
            (404, r#"{"message":"nothing here"}"#, Refused, "API_NOT_FOUND"),
            (404, "<html>", Refused, "API_NOT_FOUND"),
            (409, r#"{"status":409}"#, Unknown, "CONFLICT"),
            (422, DUPLICATED, Unknown, DUPLICATE),
            (422, r#"{"status":422,"code":"DUPLICATE_POST"}"#, Unknown, DUPLICATE),
            (422, r#"{"status":422,"code":"UNPROCESSABLE_ENTITY"}"#, Refused, "HTTP_422"),
            (426, r#"{"status":426,"code":"NONEXISTENT_VERSION"}"#, Refused, "API_VERSION_ENDED"),
            (429, r#"{"status":429,"serviceErrorCode":101}"#, NotSent, "RATE_LIMITED"),
            (500, r#"{"status":500}"#, Unknown, "HTTP_500"),
            (500, r#"{"status":500,"code":"EXPIRED_ACCESS_TOKEN"}"#, Unknown, "HTTP_500"),
            (502, "", Unknown, "HTTP_502"),
            (503, r#"{"status":503}"#, Unknown, "HTTP_503"),
            (504, "", Unknown, "HTTP_504"),
        ];
        for (status, body, verdict, code) in rows {
            let failure = read(&answer(status, body, false));
            assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, code), "{status} {body}");
            assert_eq!(failure.cause.http_status, Some(status));
            assert_ne!(failure.before_sending().verdict, Unknown, "{status} {body}");
        }
    }

    #[test]
    fn a_stated_wait_is_kept() {
        let limited = read(&answer(429, r#"{"status":429}"#, true));
        assert_eq!((limited.verdict, limited.retry_after), (Verdict::NotSent, Some(Duration::from_secs(9))));
        let closed = read(&answer(503, "", true));
        assert_eq!((closed.verdict, closed.retry_after), (Verdict::NotSent, Some(Duration::from_secs(9))));
    }

    #[test]
    fn only_a_422_of_that_code_names_a_duplicate() {
        let named = |status, body: &str| duplicate(&answer(status, body, false));
        assert_eq!(named(422, DUPLICATED), PostUrn::parse("urn:li:share:7"));
        assert_eq!(named(400, DUPLICATED), None);
        assert_eq!(named(422, &DUPLICATED.replace("DUPLICATE_POST", "OTHER")), None);
        assert_eq!(named(422, &DUPLICATED.replace("urn:li:share:7", "another")), None);
        assert_eq!(named(422, "<html>"), None);
    }
}
