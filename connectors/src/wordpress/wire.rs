//! What WordPress's REST API says, as far as we read it, and what its error codes mean. Error prose is in
//! the site's language and is never read.

use chrono::{DateTime, NaiveDateTime, Utc};
use reqwest::Method;
use serde::Deserialize;

use super::site::{Body, Site};
use crate::{
    http::{
        answer::Answer,
        failure::{Failure, Verdict},
    },
    outcome::{Cause, Evidence, Receipt},
};

#[derive(Debug, Deserialize)]
pub(super) struct User {
    #[serde(default)]
    pub(super) id: u64,
    #[serde(default)]
    pub(super) slug: String,
    #[serde(default)]
    pub(super) name: String,
    pub(super) link: Option<String>,
    pub(super) description: Option<String>,
    #[serde(default)]
    capabilities: serde_json::Map<String, serde_json::Value>,
}

impl User {
    /// WordPress answers a wrong password as it answers a stranger; only this call tells them apart.
    pub(super) async fn own(site: &Site) -> Result<Self, Failure> {
        let answer = site.call(Method::GET, "/wp/v2/users/me", &[("context", "edit")], Body::None).await?;
        let user: Self = answer.json()?;
        if user.may_publish() {
            Ok(user)
        } else {
            Err(Failure::credential("CANNOT_PUBLISH", "this user may not publish posts on the site"))
        }
    }

    fn may_publish(&self) -> bool {
        self.capabilities.get("publish_posts").is_some_and(|may| may.as_bool().unwrap_or(false))
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Post {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) slug: String,
    #[serde(default)]
    status: String,
    link: Option<String>,
    date_gmt: Option<String>,
}

impl Post {
    pub(super) fn is_public(&self) -> bool {
        self.status == "publish"
    }

    pub(super) fn receipt(&self, evidence: Evidence) -> Receipt {
        Receipt {
            remote_id: self.id.to_string(),
            url: self.link.clone(),
            published_at: self.date_gmt.as_deref().and_then(read_gmt),
            evidence,
        }
    }

    pub(super) fn why_not_public(&self) -> Cause {
        match self.status.as_str() {
            "trash" => Cause::new("TRASHED_ON_PLATFORM", "the site has this post in its bin"),
            _ => Cause::new(
                "NOT_PUBLIC_ON_PLATFORM",
                "the site has this post, but does not show it to the public",
            ),
        }
    }
}

/// A text as it is stored.
#[derive(Debug, Deserialize)]
pub(super) struct Raw {
    pub(super) raw: String,
}

/// A post as an editor sees it.
#[derive(Debug, Deserialize)]
pub(super) struct Edited {
    status: String,
    #[serde(default)]
    password: String,
    pub(super) title: Raw,
    pub(super) content: Raw,
}

impl Edited {
    pub(super) fn is_in_the_bin(&self) -> bool {
        self.status == "trash"
    }

    /// Without a date to wait for and without a password.
    pub(super) fn is_public(&self) -> bool {
        self.status == "publish" && self.password.is_empty()
    }
}

/// A comment as an editor sees it.
#[derive(Debug, Deserialize)]
pub(super) struct Comment {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) post: u64,
    /// The user who wrote it; 0 for everybody else.
    #[serde(default)]
    pub(super) author: u64,
    #[serde(default)]
    pub(super) author_name: String,
    pub(super) content: Raw,
    pub(super) link: Option<String>,
    date_gmt: Option<String>,
    /// The comment that it answers; 0 for none.
    #[serde(default)]
    pub(super) parent: u64,
    /// Whether everybody sees it.
    #[serde(default)]
    pub(super) status: String,
}

impl Comment {
    pub(super) fn said_at(&self) -> Option<DateTime<Utc>> {
        self.date_gmt.as_deref().and_then(read_gmt)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Id {
    pub(super) id: u64,
}

fn read_gmt(text: &str) -> Option<DateTime<Utc>> {
    Some(text.parse::<NaiveDateTime>().ok()?.and_utc())
}

#[derive(Debug, Deserialize)]
pub(super) struct Attachment {
    pub(super) id: u64,
    pub(super) source_url: String,
}

#[derive(Debug, Deserialize)]
struct ErrorBody {
    code: String,
}

/// The answer, unless it went wrong. WordPress's own codes say more than the status, and come first.
pub(super) fn checked(answer: Answer) -> Result<Answer, Failure> {
    if answer.is_success() {
        return Ok(answer);
    }
    let code =
        serde_json::from_slice::<ErrorBody>(&answer.body).ok().map(|body| body.code).and_then(safe_code);
    let mut failure = answer.failure();
    let Some(code) = code else { return Err(failure.not_the_platform()) };
    if let Some((verdict, ours, detail)) = known(&code) {
        failure.verdict = verdict;
        ours.clone_into(&mut failure.cause.code);
        detail.clone_into(&mut failure.cause.detail);
    }
    failure.cause.detail = format!("{} (WordPress: {code})", failure.cause.detail);
    Err(failure)
}

fn known(code: &str) -> Option<(Verdict, &'static str, &'static str)> {
    Some(match code {
        "rest_upload_sideload_error" | "rest_upload_unknown_error" | "rest_upload_invalid_disposition" => {
            (Verdict::Refused, "MEDIA_REFUSED", "the site does not take this kind of file")
        }
        "rest_upload_file_too_big" | "rest_upload_limited_space" => {
            (Verdict::Refused, "MEDIA_TOO_LARGE", "the site does not take a file of this size")
        }
        "rest_trash_not_supported" => {
            (Verdict::Refused, "BIN_SWITCHED_OFF", "the site has no bin: the post must be deleted there")
        }
        "rest_post_invalid_id" | "rest_comment_invalid_id" | "rest_already_trashed" => {
            (Verdict::Refused, "GONE", "the site has no such post or comment any more")
        }
        "rest_comment_closed" => (
            Verdict::Refused,
            "ANSWER_DENIED",
            "nothing can be said below this post any more: its comments are closed",
        ),
        "comment_duplicate" => (
            Verdict::Unknown,
            "DUPLICATE",
            "the site has these words there already: they may be of an earlier try",
        ),
        "comment_flood" => {
            (Verdict::NotSent, "RATE_LIMITED", "the site takes no more comments at the moment")
        }
        "rest_no_route" => {
            (Verdict::Refused, "API_NOT_FOUND", "the site does not offer this part of its REST API")
        }
        "rest_not_logged_in" | "incorrect_password" | "invalid_username" | "invalid_email" => {
            (Verdict::CredentialRejected, "UNAUTHORIZED", "the site does not accept the application password")
        }
        _ => return None,
    })
}

/// A code may be shown only if it is one: plugins can answer anything.
fn safe_code(code: String) -> Option<String> {
    let plain = code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    (plain && !code.is_empty() && code.len() <= 64).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderMap;

    #[test]
    fn its_own_codes_come_before_the_status() {
        let rows = [
            (500, "rest_upload_sideload_error", Verdict::Refused, "MEDIA_REFUSED"),
            (500, "rest_upload_unknown_error", Verdict::Refused, "MEDIA_REFUSED"),
            (400, "rest_upload_file_too_big", Verdict::Refused, "MEDIA_TOO_LARGE"),
            (500, "db_insert_error", Verdict::Unknown, "HTTP_500"),
            (501, "rest_trash_not_supported", Verdict::Refused, "BIN_SWITCHED_OFF"),
            (410, "rest_already_trashed", Verdict::Refused, "GONE"),
            (404, "rest_post_invalid_id", Verdict::Refused, "GONE"),
            (404, "rest_comment_invalid_id", Verdict::Refused, "GONE"),
            (403, "rest_comment_closed", Verdict::Refused, "ANSWER_DENIED"),
            (409, "comment_duplicate", Verdict::Unknown, "DUPLICATE"),
            (400, "comment_flood", Verdict::NotSent, "RATE_LIMITED"),
            (404, "rest_no_route", Verdict::Refused, "API_NOT_FOUND"),
            (401, "rest_not_logged_in", Verdict::CredentialRejected, "UNAUTHORIZED"),
            (401, "rest_cannot_create", Verdict::CredentialRejected, "UNAUTHORIZED"),
            (403, "rest_cannot_publish", Verdict::CredentialRejected, "FORBIDDEN"),
            (400, "rest_invalid_param", Verdict::Refused, "HTTP_400"),
            (404, "<html>", Verdict::Refused, "API_NOT_FOUND"),
        ];
        for (status, code, verdict, ours) in rows {
            let body =
                format!(r#"{{"code":"{code}","message":"private words","data":{{"status":{status}}}}}"#);
            let answer = Answer { status, headers: HeaderMap::new(), body: body.into() };
            let failure = checked(answer).unwrap_err();
            assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, ours), "{status} {code}");
            assert!(!failure.cause.detail.contains("private"));
        }
    }

    #[test]
    fn a_code_that_is_none_is_not_shown() {
        assert_eq!(safe_code("<b>Hello World</b>".to_owned()), None);
        assert_eq!(safe_code("rest_x".to_owned()).as_deref(), Some("rest_x"));
    }
}
