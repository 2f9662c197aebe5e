//! A row for each code. It knows the shapes that Meta documents; no real server answered any of them.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};

use super::*;

fn answer(status: u16, body: &str, headers: &[(&'static str, &'static str)]) -> Answer {
    let header = |(name, value): &(&'static str, &'static str)| {
        (HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    Answer { status, headers: headers.iter().map(header).collect(), body: Bytes::from(body.to_owned()) }
}

fn failure(status: u16, code: i64, subcode: Option<i64>) -> Failure {
    let body = serde_json::json!({ "error": { "message": "private words", "type": "OAuthException",
        "code": code, "error_subcode": subcode, "fbtrace_id": "A" } });
    checked(answer(status, &body.to_string(), &[])).unwrap_err()
}

#[test]
fn every_code_has_its_row() {
    use Verdict::{CredentialRejected, NotSent, Refused, Unknown};
    let rows = [
        (400, 1, None, Unknown, "PLATFORM_FAILED"),
        (400, 2, None, Unknown, "PLATFORM_FAILED"),
        (400, 3, None, CredentialRejected, "APP_NOT_PERMITTED"),
        (403, 4, None, NotSent, "RATE_LIMITED"),
        (400, 17, None, NotSent, "RATE_LIMITED"),
        (403, 32, None, NotSent, "RATE_LIMITED"),
        (400, 341, None, NotSent, "RATE_LIMITED"),
        (400, 613, None, NotSent, "RATE_LIMITED"),
        (400, 80001, None, NotSent, "RATE_LIMITED"),
        (403, 10, None, CredentialRejected, "PERMISSION_MISSING"),
        (403, 200, None, CredentialRejected, "PERMISSION_MISSING"),
        (400, 283, None, CredentialRejected, "PERMISSION_MISSING"),
        (403, 299, None, CredentialRejected, "PERMISSION_MISSING"),
        (400, 300, None, Refused, "HTTP_400"),
        (400, 100, Some(33), Refused, GONE),
        (400, 100, None, Refused, "INVALID"),
        (400, 100, Some(2_108_006), Refused, "INVALID"),
        (401, 102, None, CredentialRejected, "UNAUTHORIZED"),
        (401, 190, None, CredentialRejected, "UNAUTHORIZED"),
        (400, 190, Some(458), CredentialRejected, "APP_REMOVED"),
        (400, 190, Some(459), CredentialRejected, "ACCOUNT_CHECKPOINTED"),
        (400, 190, Some(460), CredentialRejected, "PASSWORD_CHANGED"),
        (400, 190, Some(463), CredentialRejected, "TOKEN_EXPIRED"),
        (400, 190, Some(464), CredentialRejected, "ACCOUNT_UNCONFIRMED"),
        (400, 190, Some(467), CredentialRejected, "UNAUTHORIZED"),
        (400, 190, Some(492), CredentialRejected, "ROLE_LOST"),
        (400, 368, None, CredentialRejected, "POLICY_BLOCK"),
        (400, 506, None, Refused, DUPLICATE),
        (400, 1_609_005, None, Refused, "LINK_REFUSED"),
        // An unknown code is read by its status, and a status of 200 with an error by its code.
        (400, 77_777, None, Refused, "HTTP_400"),
        (403, 77_777, None, CredentialRejected, "FORBIDDEN"),
        (404, 77_777, None, Refused, "API_NOT_FOUND"),
        (200, 190, None, CredentialRejected, "UNAUTHORIZED"),
        (200, 4, None, NotSent, "RATE_LIMITED"),
        (200, 1, None, Unknown, "PLATFORM_FAILED"),
        (200, 77_777, None, Unknown, "PLATFORM_FAILED"),
        // Whatever code it bears, a server that failed may have done it.
        (500, 1, None, Unknown, "HTTP_500"),
        (500, 100, None, Unknown, "HTTP_500"),
        (500, 190, None, Unknown, "HTTP_500"),
        (503, 2, None, Unknown, "HTTP_503"),
        (504, 4, None, Unknown, "HTTP_504"),
    ];
    for (status, code, subcode, verdict, ours) in rows {
        let failure = failure(status, code, subcode);
        let name = format!("{status} {code} {subcode:?}");
        assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, ours), "{name}");
        assert_eq!(failure.cause.http_status, Some(status), "{name}");
        assert!(failure.cause.detail.contains(&format!("(Facebook: {code}")), "{name}");
        assert!(!failure.cause.detail.contains("private"), "{name}");
        assert_ne!(failure.before_sending().verdict, Unknown, "{name}");
    }
}

#[test]
fn what_passes_is_not_refused_for_good() {
    let body = r#"{"error":{"code":77777,"is_transient":true}}"#;
    let failure = checked(answer(400, body, &[])).unwrap_err();
    assert_eq!((failure.verdict, failure.cause.code.as_str()), (Verdict::Unknown, "PLATFORM_FAILED"));
}

#[test]
fn a_limit_says_how_long() {
    let body = r#"{"error":{"code":32}}"#;
    let regain = r#"{"1":[{"type":"pages","call_count":101,"estimated_time_to_regain_access":7}]}"#;
    let limited = checked(answer(403, body, &[("x-business-use-case-usage", regain)])).unwrap_err();
    assert_eq!(limited.retry_after, Some(Duration::from_mins(7)));
    let limited = checked(answer(403, body, &[("retry-after", "9")])).unwrap_err();
    assert_eq!(limited.retry_after, Some(Duration::from_secs(9)));
    assert_eq!(checked(answer(403, body, &[])).unwrap_err().retry_after, None);
}

#[test]
fn strangers_are_read_by_the_status() {
    let stranger = checked(answer(404, "<html>", &[])).unwrap_err();
    assert_eq!((stranger.verdict, stranger.cause.code.as_str()), (Verdict::Refused, "API_NOT_FOUND"));
    let closed = checked(answer(503, "<html>", &[("retry-after", "9")])).unwrap_err();
    assert_eq!((closed.verdict, closed.retry_after), (Verdict::NotSent, Some(Duration::from_secs(9))));
    assert!(checked(answer(200, r#"{"id":"1_2"}"#, &[])).is_ok());
}
