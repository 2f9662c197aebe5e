//! A row for each problem. It knows the shapes that X documents; no real server answered any of them.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::json;

use super::*;

fn answer(status: u16, body: &str, headers: &[(&'static str, &'static str)]) -> Answer {
    let header = |(name, value): &(&'static str, &'static str)| {
        (HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    Answer { status, headers: headers.iter().map(header).collect(), body: Bytes::from(body.to_owned()) }
}

fn problem(name: &str) -> String {
    let kind = format!("https://api.x.com/2/problems/{name}");
    json!({ "title": "…", "detail": "private words", "type": kind }).to_string()
}

fn blank(status: u16, detail: &str) -> String {
    json!({ "title": "…", "detail": detail, "type": "about:blank", "status": status }).to_string()
}

const DUPLICATED: &str = "You are not allowed to create a Tweet with duplicate content.";

#[test]
fn every_problem_has_its_row() {
    use Verdict::{CredentialRejected, NotSent, Refused, Unknown};
    let rows = [
        (400, problem("invalid-request"), Refused, "INVALID"),
        (400, "{}".to_owned(), Refused, "HTTP_400"),
        (401, blank(401, "Unauthorized"), CredentialRejected, "UNAUTHORIZED"),
        (402, blank(402, "no credits"), CredentialRejected, "CREDITS_USED_UP"),
        (402, problem("credits"), CredentialRejected, "CREDITS_USED_UP"),
        (403, blank(403, DUPLICATED), Refused, DUPLICATE),
        (403, blank(403, "You are not permitted to perform this action."), CredentialRejected, FORBIDDEN),
        (403, problem("client-forbidden"), CredentialRejected, "APP_NOT_PERMITTED"),
        (403, problem("unsupported-authentication"), CredentialRejected, "WRONG_TOKEN"),
        (403, problem("oauth1-permissions"), CredentialRejected, "WRONG_TOKEN"),
        (403, problem("not-authorized-for-resource"), Refused, "NOT_FOR_THIS_ACCOUNT"),
        (403, problem("not-authorized-for-field"), Refused, "NOT_FOR_THIS_ACCOUNT"),
        (403, problem("disallowed-resource"), Refused, "NOT_FOR_THIS_ACCOUNT"),
        (403, problem("usage-capped"), CredentialRejected, "USAGE_CAPPED"),
        (403, "<html>".to_owned(), CredentialRejected, FORBIDDEN),
        (404, problem("resource-not-found"), Refused, GONE),
        (404, blank(404, "Not Found"), Refused, "API_NOT_FOUND"),
        (404, "<html>".to_owned(), Refused, "API_NOT_FOUND"),
        (429, problem("usage-capped"), CredentialRejected, "USAGE_CAPPED"),
        (429, problem("rate-limit-exceeded"), NotSent, "RATE_LIMITED"),
        (
            429,
            r#"{"errors":[{"code":88,"message":"Rate limit exceeded"}]}"#.to_owned(),
            NotSent,
            "RATE_LIMITED",
        ),
        (500, problem("internal-error"), Unknown, "HTTP_500"),
        (500, problem("resource-not-found"), Unknown, "HTTP_500"),
        (503, problem("usage-capped"), Unknown, "HTTP_503"),
        (503, blank(503, DUPLICATED), Unknown, "HTTP_503"),
        (504, String::new(), Unknown, "HTTP_504"),
    ];
    for (status, body, verdict, code) in rows {
        let failure = checked(answer(status, &body, &[])).unwrap_err();
        assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, code), "{status} {body}");
        assert_eq!(failure.cause.http_status, Some(status));
        assert!(!failure.cause.detail.contains("private words"));
    }
}

#[test]
fn the_longest_wait_that_is_asked_for_is_kept() {
    const DATE: (&str, &str) = ("date", "Sun, 22 Nov 2026 10:00:00 GMT");
    let now = 1_795_341_600_u64;
    let headers = [
        DATE,
        ("x-rate-limit-remaining", "40"),
        ("x-rate-limit-reset", "1795341660"),
        ("x-user-limit-24hour-remaining", "0"),
        ("x-user-limit-24hour-reset", "1795345200"),
    ];
    for body in [problem("rate-limit-exceeded"), String::new()] {
        let limited = checked(answer(429, &body, &headers)).unwrap_err();
        assert_eq!(limited.retry_after, Some(Duration::from_secs(1_795_345_200 - now)));
    }
    let limited = checked(answer(429, "", &headers[..3])).unwrap_err();
    assert_eq!(limited.retry_after, Some(Duration::from_mins(1)));
}

#[test]
fn a_success_is_read_by_its_data_first() {
    let read = |body: &str| data::<String>(&answer(200, body, &[])).map_err(|failure| failure.cause.code);
    let gone = r#"{"errors":[{"type":"https://api.x.com/2/problems/resource-not-found"}]}"#;
    assert_eq!(read(&gone.replace("{\"errors\"", "{\"data\":\"this\",\"errors\"")), Ok("this".to_owned()));
    assert_eq!(read(gone), Err(GONE.to_owned()));
    let strange = r#"{"errors":[{"type":"https://api.x.com/2/problems/another"}]}"#;
    for body in ["{}", r#"{"errors":[{"message":"?"}]}"#, strange] {
        assert_eq!(read(body), Err("ANSWER_WITHOUT_DATA".to_owned()), "{body}");
    }
    assert_eq!(read("<html>"), Err("GARBAGE_ANSWER".to_owned()));
}
