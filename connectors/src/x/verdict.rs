//! What an answer says of the post that was to be made, changed, deleted or passed on. It does not know how the call was made.

use serde::Deserialize;

use super::{
    failure::{DUPLICATE, FORBIDDEN, data},
    post,
};
use crate::{
    http::{answer::Answer, failure::Failure},
    message::Message,
    outcome::{Evidence, Receipt},
};

/// X does not let this post follow that one, and does not say why.
pub(super) const FOLLOW_REFUSED: &str = "FOLLOW_REFUSED";
/// X does not let this post answer what was said, and does not say why.
pub(super) const ANSWER_REFUSED: &str = "ANSWER_REFUSED";
/// X did not delete, and does not say why.
const NOT_DELETED: &str = "NOT_DELETED";

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Deserialize)]
struct Deleted {
    deleted: bool,
}

#[derive(Deserialize)]
struct Reposted {
    retweeted: bool,
}

/// A post, or a version of one, that was made. X tells no time but the answer's own.
pub(super) fn made(answer: &Answer) -> Result<Receipt, Failure> {
    match data::<Created>(answer) {
        Ok(created) if post::is_id(&created.id) => {
            Ok(post::receipt(&created.id, answer.date(), Evidence::Answer))
        }
        // Whatever a success says that names no post, one may be out.
        _ => {
            let detail = "the platform's answer does not name the post";
            Err(Failure::unknown("ANSWER_WITHOUT_ID", detail).with_status(answer.status))
        }
    }
}

/// A deletion.
pub(super) fn deleted(answer: &Answer) -> Result<(), Failure> {
    let detail = "the platform says that it did not delete the post";
    let undone = || Failure::unknown(NOT_DELETED, detail).with_status(answer.status);
    data::<Deleted>(answer)?.deleted.then_some(()).ok_or_else(undone)
}

/// Whether a deletion may have failed because there is nothing left to delete.
pub(super) fn may_be_gone(failure: &Failure) -> bool {
    failure.cause.http_status == Some(404) || failure.cause.code == NOT_DELETED
}

/// Passing on.
pub(super) fn reposted(answer: &Answer) -> Result<(), Failure> {
    let detail = "the platform says that it did not pass the post on";
    let undone = || Failure::unknown("NOT_REPOSTED", detail).with_status(answer.status);
    data::<Reposted>(answer)?.retweeted.then_some(()).ok_or_else(undone)
}

/// A refusal to publish.
pub(super) fn refused(message: &Message, failure: Failure, first_try: bool) -> Failure {
    match failure.cause.code.as_str() {
        // A first try cannot have met itself.
        DUPLICATE if !first_try => {
            let detail = "the platform has these words already: they may be of an earlier try";
            of_status(&failure, Failure::unknown(DUPLICATE, detail))
        }
        // X does not say why. It lets few answer others, and nobody what is gone: that is no word on the credential.
        FORBIDDEN if message.follows.is_some() => {
            let detail = "the platform does not let this post follow that one, or the account post at all";
            of_status(&failure, Failure::refused(FOLLOW_REFUSED, detail))
        }
        FORBIDDEN if message.answers.is_some() => {
            let detail = "the platform does not let this account answer that, or post at all: answer it on the platform";
            of_status(&failure, Failure::refused(ANSWER_REFUSED, detail))
        }
        // Nor here: what is gone or protected, and an access whose price does not have quotes, are all told so.
        FORBIDDEN if message.quotes.is_some() => {
            let detail = "the platform does not let this account quote that post, or post at all: write a draft without it";
            of_status(&failure, Failure::refused("QUOTE_DENIED", detail))
        }
        _ => failure,
    }
}

/// The same, when the post that was to be followed or answered turns out to be gone.
pub(super) fn parent_gone(message: &Message, failure: &Failure) -> Failure {
    let gone = if message.follows.is_some() {
        Failure::refused("FOLLOWED_GONE", "the post that this one follows is not there any more")
    } else {
        Message::answered_gone()
    };
    of_status(failure, gone)
}

/// A refusal to change.
pub(super) fn unchanged(failure: Failure) -> Failure {
    match failure.cause.code.as_str() {
        FORBIDDEN | DUPLICATE => {
            let detail = "the platform does not change it: that is for paying accounts, within half an hour, five times";
            of_status(&failure, Failure::refused("EDIT_REFUSED", detail))
        }
        _ => failure,
    }
}

fn of_status(failure: &Failure, said: Failure) -> Failure {
    failure.cause.http_status.into_iter().fold(said, Failure::with_status)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::HeaderMap;

    use super::*;
    use crate::http::failure::Verdict::{self, Refused, Unknown};

    fn answer(body: &str) -> Answer {
        Answer { status: 200, headers: HeaderMap::new(), body: Bytes::from(body.to_owned()) }
    }

    fn read<T>(result: Result<T, Failure>) -> Option<(Verdict, String)> {
        result.err().map(|failure| (failure.verdict, failure.cause.code))
    }

    #[test]
    fn a_success_is_one_only_where_it_says_so() {
        let gone = r#"{"errors":[{"type":"https://api.x.com/2/problems/resource-not-found"}]}"#;
        let unknown = |code: &str| Some((Unknown, code.to_owned()));
        let beside = gone.replace("{\"errors\"", "{\"data\":{\"id\":\"7\"},\"errors\"");
        assert_eq!(made(&answer(&beside)).unwrap().remote_id, "7");
        for body in [r#"{"data":{"id":"a"}}"#, r#"{"data":{}}"#, gone, "<html>"] {
            assert_eq!(read(made(&answer(body))), unknown("ANSWER_WITHOUT_ID"), "{body}");
        }
        assert_eq!(read(deleted(&answer(r#"{"data":{"deleted":true}}"#))), None);
        assert_eq!(read(deleted(&answer(r#"{"data":{"deleted":false}}"#))), unknown("NOT_DELETED"));
        assert_eq!(read(deleted(&answer(gone))), Some((Refused, "GONE".to_owned())));
        assert_eq!(read(reposted(&answer(r#"{"data":{"retweeted":true}}"#))), None);
        assert_eq!(read(reposted(&answer(r#"{"data":{"retweeted":false}}"#))), unknown("NOT_REPOSTED"));
    }

    #[test]
    fn a_deletion_that_did_nothing_is_looked_into() {
        assert!(may_be_gone(&deleted(&answer(r#"{"data":{"deleted":false}}"#)).unwrap_err()));
        assert!(may_be_gone(&Failure::refused("API_NOT_FOUND", "…").with_status(404)));
        assert!(!may_be_gone(&Failure::refused(FORBIDDEN, "…").with_status(403)));
    }
}
