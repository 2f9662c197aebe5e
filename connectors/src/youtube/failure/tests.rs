//! Every reason that the platform documents, and what it says of whether a call did anything.

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use serde_json::json;

use super::*;

fn now() -> DateTime<Utc> {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn answer(status: u16, reasons: &[&str]) -> Answer {
    let errors: Vec<_> =
        reasons.iter().map(|reason| json!({ "domain": "youtube", "reason": reason })).collect();
    let body = json!({ "error": { "code": status, "message": "…", "errors": errors } });
    Answer { status, headers: HeaderMap::new(), body: Bytes::from(body.to_string()) }
}

#[test]
fn every_error_has_its_row() {
    use Verdict::{CredentialRejected, NotSent, Refused, Unknown};
    let rows = [
        (400, "uploadLimitExceeded", NotSent, UPLOAD_LIMIT),
        (403, "uploadLimitExceeded", NotSent, UPLOAD_LIMIT),
        (400, "invalidTitle", Refused, "TITLE_REFUSED"),
        (400, "invalidDescription", Refused, "DESCRIPTION_REFUSED"),
        (400, "invalidTags", Refused, "METADATA_REFUSED"),
        (400, "invalidVideoMetadata", Refused, "METADATA_REFUSED"),
        (400, "invalidCategoryId", Refused, "METADATA_REFUSED"),
        (400, "defaultLanguageNotSet", Refused, "METADATA_REFUSED"),
        (400, "mediaBodyRequired", Refused, "MEDIA_REFUSED"),
        (400, "invalidFilename", Refused, "MEDIA_REFUSED"),
        (400, "badRequest", Refused, "HTTP_400"),
        (401, "youtubeSignupRequired", CredentialRejected, NO_CHANNEL),
        (401, "authError", CredentialRejected, "UNAUTHORIZED"),
        (401, "required", CredentialRejected, "UNAUTHORIZED"),
        (403, "authenticatedUserNotChannel", CredentialRejected, NO_CHANNEL),
        (403, "channelNotFound", CredentialRejected, NO_CHANNEL),
        (403, "quotaExceeded", NotSent, QUOTA),
        (403, "dailyLimitExceeded", NotSent, QUOTA),
        (403, "rateLimitExceeded", NotSent, "RATE_LIMITED"),
        (403, "userRateLimitExceeded", NotSent, "RATE_LIMITED"),
        (403, "insufficientPermissions", CredentialRejected, "SCOPE_MISSING"),
        (403, "accessNotConfigured", CredentialRejected, "API_NOT_ENABLED"),
        (403, "authenticatedUserAccountClosed", CredentialRejected, "ACCOUNT_CLOSED"),
        (403, "channelClosed", CredentialRejected, "ACCOUNT_CLOSED"),
        (403, "authenticatedUserAccountSuspended", CredentialRejected, "ACCOUNT_SUSPENDED"),
        (403, "channelSuspended", CredentialRejected, "ACCOUNT_SUSPENDED"),
        (403, "accountSuspended", CredentialRejected, "ACCOUNT_SUSPENDED"),
        (403, "forbiddenPrivacySetting", Refused, "PRIVACY_REFUSED"),
        (403, "commentsDisabled", Refused, "COMMENTS_DISABLED"),
        (403, "forbidden", CredentialRejected, "FORBIDDEN"),
        (404, "videoNotFound", Refused, GONE),
        (404, "commentNotFound", Refused, GONE),
        (404, "commentThreadNotFound", Refused, GONE),
        (404, "parentCommentNotFound", Refused, GONE),
        (400, "commentTextTooLong", Refused, "TEXT_TOO_LONG"),
        (400, "commentTextRequired", Refused, "TEXT_REFUSED"),
        (400, "invalidCommentMetadata", Refused, "TEXT_REFUSED"),
        (400, "invalidCustomEmoji", Refused, "TEXT_REFUSED"),
        (400, "parentCommentIsPrivate", Refused, "ANSWERED_NOT_PUBLIC"),
        (400, "operationNotSupported", Refused, NOT_SUPPORTED),
        (400, "processingFailure", Unknown, "PROCESSING_FAILED"),
        (403, "ineligibleAccount", Refused, "ACCOUNT_INELIGIBLE"),
        (404, "notFound", Refused, "API_NOT_FOUND"),
        (410, "gone", Refused, "API_NOT_FOUND"),
        (413, "uploadTooLarge", Refused, "TOO_LARGE"),
        (429, "rateLimitExceeded", NotSent, "RATE_LIMITED"),
        (500, "backendError", Unknown, "HTTP_500"),
        (500, "quotaExceeded", Unknown, "HTTP_500"),
        (502, "", Unknown, "HTTP_502"),
        (503, "backendError", Unknown, "HTTP_503"),
        (504, "", Unknown, "HTTP_504"),
    ];
    for (status, reason, verdict, code) in rows {
        let failure = read(&answer(status, &[reason]), now());
        assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, code), "{status} {reason}");
        assert_eq!(failure.cause.http_status, Some(status));
        assert_ne!(failure.before_sending().verdict, Unknown, "{status} {reason}");
    }
}

#[test]
fn the_first_reason_that_is_known_counts() {
    let failure = read(&answer(403, &["somethingNew", "quotaExceeded"]), now());
    assert_eq!(failure.cause.code, QUOTA);
}

#[test]
fn a_stranger_says_nothing_of_a_film() {
    let body = Bytes::from_static(b"<html>videoNotFound");
    let stranger = Answer { status: 404, headers: HeaderMap::new(), body };
    assert_eq!(read(&stranger, now()).cause.code, "API_NOT_FOUND");
}

#[test]
fn what_is_used_up_is_waited_for() {
    let waited = |status, reason| read(&answer(status, &[reason]), now()).retry_after;
    assert_eq!(waited(403, "quotaExceeded"), Some(Duration::from_hours(22)), "until midnight, Pacific time");
    assert_eq!(waited(400, "uploadLimitExceeded"), Some(LONGEST_WAIT));
    assert_eq!(waited(403, "rateLimitExceeded"), None);
    let mut told = answer(403, &["quotaExceeded"]);
    told.headers.insert(RETRY_AFTER, HeaderValue::from_static("9"));
    assert_eq!(read(&told, now()).retry_after, Some(Duration::from_secs(9)));
}
