//! What YouTube's errors say of whether a call did anything: the status and the reasons beside it decide, never the prose. It
//! does not know which call was made.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::pacific;
use crate::http::{
    answer::{Answer, LONGEST_WAIT},
    failure::{Failure, Verdict},
};

/// There is no such film or comment, or it is not shown to this token.
pub(super) const GONE: &str = "GONE";
/// The Google account has no channel.
pub(super) const NO_CHANNEL: &str = "NO_CHANNEL";
pub(super) const NO_CHANNEL_DETAIL: &str =
    "the Google account that signed in has no channel on YouTube: create one, or sign in as the channel";
/// What is asked is not offered here: for a comment, that it cannot be answered.
pub(super) const NOT_SUPPORTED: &str = "NOT_SUPPORTED";
const QUOTA: &str = "QUOTA_EXCEEDED";
const UPLOAD_LIMIT: &str = "UPLOAD_LIMIT";

#[derive(Debug, Deserialize)]
struct ErrorBody {
    error: Stated,
}

#[derive(Debug, Deserialize)]
struct Stated {
    #[serde(default)]
    errors: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

type Row = (Verdict, &'static str, &'static str);

/// The answer, unless it says that the call went wrong. `now` tells how long the day's quota stays used up.
pub(super) fn checked(answer: Answer, now: DateTime<Utc>) -> Result<Answer, Failure> {
    if answer.is_success() { Ok(answer) } else { Err(read(&answer, now)) }
}

fn read(answer: &Answer, now: DateTime<Utc>) -> Failure {
    // That there is no such film, only YouTube's own reason says.
    let by_status = answer.failure().not_the_platform();
    // Beyond the refusals the platform does not know what it has done, however it names that.
    if !(400..500).contains(&answer.status) {
        return by_status;
    }
    let stated = serde_json::from_slice::<ErrorBody>(&answer.body).ok().map(|body| body.error);
    let reasons = stated.map(|stated| stated.errors).unwrap_or_default();
    match reasons.iter().find_map(|told| row(answer.status, &told.reason)) {
        Some((verdict, code, detail)) => Failure {
            retry_after: answer.retry_after().or_else(|| wait(code, now)),
            ..Failure::new(verdict, code, detail).with_status(answer.status)
        },
        None => by_status,
    }
}

/// How long it is until more is allowed, where that is known.
fn wait(code: &str, now: DateTime<Utc>) -> Option<Duration> {
    match code {
        QUOTA => pacific::until_midnight(now),
        // It counts the last 24 hours, which may be up at any time.
        UPLOAD_LIMIT => Some(LONGEST_WAIT),
        _ => None,
    }
}

/// What the platform says more exactly than by the status.
fn row(status: u16, reason: &str) -> Option<Row> {
    use Verdict::{NotSent, Refused};
    Some(match (status, reason) {
        (403, "quotaExceeded" | "dailyLimitExceeded") => {
            (NotSent, QUOTA, "the project's quota for today is used up")
        }
        (403, "rateLimitExceeded" | "userRateLimitExceeded") => {
            (NotSent, "RATE_LIMITED", "the platform limits how often it may be asked")
        }
        (400 | 403, "uploadLimitExceeded") => {
            (NotSent, UPLOAD_LIMIT, "the channel has published as many films as YouTube lets it in a day")
        }
        (404, "videoNotFound") => {
            (Refused, GONE, "the platform has no such film, or does not show it to this token")
        }
        _ => {
            return refused(status, reason)
                .or_else(|| of_comments(status, reason))
                .or_else(|| rights(status, reason));
        }
    })
}

/// What is wrong with the film or its words.
fn refused(status: u16, reason: &str) -> Option<Row> {
    let (code, detail) = match (status, reason) {
        (400, "invalidTitle") => ("TITLE_REFUSED", "the platform does not take the title"),
        (400, "invalidDescription") => ("DESCRIPTION_REFUSED", "the platform does not take the description"),
        (400, "invalidTags" | "invalidVideoMetadata" | "invalidCategoryId" | "defaultLanguageNotSet") => {
            ("METADATA_REFUSED", "the platform does not take what is said of the film")
        }
        (400, "mediaBodyRequired" | "invalidFilename") => {
            ("MEDIA_REFUSED", "the platform does not take the film")
        }
        (403, "forbiddenPrivacySetting") => {
            ("PRIVACY_REFUSED", "the platform does not let this channel publish films to everybody")
        }
        (403, "commentsDisabled") => ("COMMENTS_DISABLED", "comments are switched off"),
        _ => return None,
    };
    Some((Verdict::Refused, code, detail))
}

/// What is wrong with a comment, or with what it answers.
fn of_comments(status: u16, reason: &str) -> Option<Row> {
    use Verdict::{Refused, Unknown};
    Some(match (status, reason) {
        (404, "commentNotFound" | "commentThreadNotFound" | "parentCommentNotFound") => {
            (Refused, GONE, "the platform has no such comment, or does not show it to this token")
        }
        (400, "commentTextTooLong") => {
            (Refused, "TEXT_TOO_LONG", "the text is longer than the platform takes")
        }
        (400, "commentTextRequired" | "invalidCommentMetadata" | "invalidCustomEmoji") => {
            (Refused, "TEXT_REFUSED", "the platform does not take the text as a comment")
        }
        (400, "parentCommentIsPrivate") => {
            (Refused, "ANSWERED_NOT_PUBLIC", "what it answers is not public, and cannot be answered")
        }
        (400, "operationNotSupported") => (Refused, NOT_SUPPORTED, "the platform does not offer that here"),
        (403, "ineligibleAccount") => {
            let detail = "YouTube does not let this account write comments: its Google account has to be joined with the channel's first";
            (Refused, "ACCOUNT_INELIGIBLE", detail)
        }
        // It may be the request or the platform: Google says that it may pass.
        (400, "processingFailure") => (
            Unknown,
            "PROCESSING_FAILED",
            "the platform failed while it worked on it, and does not say how far it came",
        ),
        _ => return None,
    })
}

/// What is wrong with the token or the account.
fn rights(status: u16, reason: &str) -> Option<Row> {
    let (code, detail) = match (status, reason) {
        (401 | 403, "youtubeSignupRequired" | "authenticatedUserNotChannel" | "channelNotFound") => {
            (NO_CHANNEL, NO_CHANNEL_DETAIL)
        }
        (403, "insufficientPermissions") => {
            ("SCOPE_MISSING", "the token lacks a scope: it needs youtube.upload and youtube.force-ssl")
        }
        (403, "accessNotConfigured") => {
            ("API_NOT_ENABLED", "the Google Cloud project has not enabled the YouTube Data API v3")
        }
        (403, "authenticatedUserAccountClosed" | "channelClosed") => {
            ("ACCOUNT_CLOSED", "the channel or its account is closed")
        }
        (403, "authenticatedUserAccountSuspended" | "channelSuspended" | "accountSuspended") => {
            ("ACCOUNT_SUSPENDED", "YouTube has suspended the channel or its account")
        }
        _ => return None,
    };
    Some((Verdict::CredentialRejected, code, detail))
}

#[cfg(test)]
mod tests;
