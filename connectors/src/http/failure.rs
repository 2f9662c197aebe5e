//! How a status is read: what it says of whether the platform did it. The table is the whole knowledge;
//! platforms' own error codes come before it, in their connectors.

use std::time::Duration;

use crate::{
    connector::VerifyFailure,
    outcome::{Cause, LookUp, Outcome},
    reading::{Standing, Unread},
};

const OUT_OF_TIME: &str = "PREPARATION_TIMEOUT";

/// What a failed exchange says of whether the platform did what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    NotSent,
    Refused,
    CredentialRejected,
    Unknown,
    /// Not sent, and nothing went wrong: the platform is still at work, or has not got everything yet.
    Preparing,
}

/// A failed exchange, not yet put into the words of the call that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) verdict: Verdict,
    pub(crate) cause: Cause,
    pub(crate) retry_after: Option<Duration>,
}

impl Failure {
    pub(crate) fn new(verdict: Verdict, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { verdict, cause: Cause::new(code, detail), retry_after: None }
    }

    pub(crate) fn not_sent(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Verdict::NotSent, code, detail)
    }

    pub(crate) fn refused(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Verdict::Refused, code, detail)
    }

    pub(crate) fn credential(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Verdict::CredentialRejected, code, detail)
    }

    /// The try ends here and goes on with the next one, after so long.
    pub(crate) fn preparing(ask_after: Duration) -> Self {
        let detail = "the platform is still preparing what it was handed; nothing was published";
        Self { retry_after: Some(ask_after), ..Self::new(Verdict::Preparing, "PREPARING", detail) }
    }

    pub(crate) fn is_preparing(&self) -> bool {
        self.verdict == Verdict::Preparing
    }

    /// The time for all that goes before publishing was up.
    pub(crate) fn out_of_time() -> Self {
        let detail = "uploads and look-ups took too long; nothing was published";
        Self::not_sent(OUT_OF_TIME, detail)
    }

    pub(crate) fn ran_out(&self) -> bool {
        self.cause.code == OUT_OF_TIME
    }

    pub(crate) fn unknown(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Verdict::Unknown, code, detail)
    }

    /// A "not found" that some other server says proves nothing of the post: only the platform's own does.
    #[must_use]
    pub(crate) fn not_the_platform(mut self) -> Self {
        if self.cause.code == "GONE" {
            "API_NOT_FOUND".clone_into(&mut self.cause.code);
            "the address does not answer as this platform does".clone_into(&mut self.cause.detail);
        }
        self
    }

    #[must_use]
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.cause.http_status = Some(status);
        self
    }

    /// The same failure of a request that cannot have made anything public.
    #[must_use]
    pub(crate) fn before_sending(mut self) -> Self {
        if self.verdict == Verdict::Unknown {
            self.verdict = Verdict::NotSent;
        }
        self
    }

    pub(crate) fn into_outcome(self) -> Outcome {
        match self.verdict {
            // What cannot be gone on with is a failed try like any other.
            Verdict::NotSent | Verdict::Preparing => {
                Outcome::NotSent { cause: self.cause, retry_after: self.retry_after }
            }
            Verdict::Refused => Outcome::Refused(self.cause),
            Verdict::CredentialRejected => Outcome::CredentialRejected(self.cause),
            Verdict::Unknown => Outcome::Unknown(self.cause),
        }
    }

    pub(crate) fn into_verify(self) -> VerifyFailure {
        match self.verdict {
            Verdict::CredentialRejected => VerifyFailure::CredentialRejected(self.cause),
            Verdict::Refused => VerifyFailure::Refused(self.cause),
            Verdict::NotSent | Verdict::Preparing | Verdict::Unknown => {
                VerifyFailure::Unreachable { cause: self.cause, retry_after: self.retry_after }
            }
        }
    }

    /// A refused look-up or credential says nothing of the message: a person decides.
    pub(crate) fn into_look_up(self) -> LookUp {
        match self.verdict {
            Verdict::CredentialRejected | Verdict::Refused => LookUp::CannotTell(self.cause),
            Verdict::NotSent | Verdict::Preparing | Verdict::Unknown => {
                LookUp::Unreachable { cause: self.cause, retry_after: self.retry_after }
            }
        }
    }

    /// A refusal says nothing of how a message stands: that it is gone, only the connector may say.
    pub(crate) fn into_standing(self) -> Standing {
        match self.verdict {
            Verdict::CredentialRejected | Verdict::Refused => Standing::CannotTell(self.cause),
            Verdict::NotSent | Verdict::Preparing | Verdict::Unknown => {
                Standing::Unreachable { cause: self.cause, retry_after: self.retry_after }
            }
        }
    }

    pub(crate) fn into_unread(self) -> Unread {
        match self.verdict {
            Verdict::CredentialRejected => Unread::CredentialRejected(self.cause),
            Verdict::Refused => Unread::Refused(self.cause),
            Verdict::NotSent | Verdict::Preparing | Verdict::Unknown => {
                Unread::Unreachable { cause: self.cause, retry_after: self.retry_after }
            }
        }
    }
}

/// What an unsuccessful status says, whichever platform answers it.
pub(crate) fn read_status(status: u16, retry_after: Option<Duration>) -> Failure {
    let (verdict, code, detail) = match status {
        301 | 307 | 308 => (
            Verdict::Refused,
            "REDIRECTED",
            "the address answers with a redirect: correct the channel's address",
        ),
        300..=399 => (Verdict::Unknown, "REDIRECTED", "the platform answered with a redirect"),
        401 => (Verdict::CredentialRejected, "UNAUTHORIZED", "the platform does not accept the credential"),
        403 => {
            (Verdict::CredentialRejected, "FORBIDDEN", "the credential does not have the right to do this")
        }
        404 | 410 => (Verdict::Refused, "GONE", "the platform has no such thing"),
        408 => (Verdict::Unknown, "HTTP_408", "the platform gave up waiting"),
        413 => (Verdict::Refused, "TOO_LARGE", "the platform takes nothing so large"),
        425 => (Verdict::NotSent, "HTTP_425", "the platform asks to try again"),
        429 => (Verdict::NotSent, "RATE_LIMITED", "the platform limits how often it may be asked"),
        400..=499 => (Verdict::Refused, "", "the platform refused it"),
        503 if retry_after.is_some() => {
            (Verdict::NotSent, "UNAVAILABLE", "the platform is closed for a while and says until when")
        }
        500..=599 => (Verdict::Unknown, "", "the platform failed while it worked on it"),
        _ => (Verdict::Unknown, "", "the platform answered with an unexpected status"),
    };
    let code = if code.is_empty() { format!("HTTP_{status}") } else { code.to_owned() };
    Failure { retry_after, ..Failure::new(verdict, code, detail).with_status(status) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_its_row() {
        let wait = Some(Duration::from_secs(7));
        let rows = [
            (100, None, Verdict::Unknown, "HTTP_100"),
            (301, None, Verdict::Refused, "REDIRECTED"),
            (302, None, Verdict::Unknown, "REDIRECTED"),
            (303, None, Verdict::Unknown, "REDIRECTED"),
            (307, None, Verdict::Refused, "REDIRECTED"),
            (308, None, Verdict::Refused, "REDIRECTED"),
            (400, None, Verdict::Refused, "HTTP_400"),
            (401, None, Verdict::CredentialRejected, "UNAUTHORIZED"),
            (403, None, Verdict::CredentialRejected, "FORBIDDEN"),
            (404, None, Verdict::Refused, "GONE"),
            (408, None, Verdict::Unknown, "HTTP_408"),
            (409, None, Verdict::Refused, "HTTP_409"),
            (410, None, Verdict::Refused, "GONE"),
            (413, None, Verdict::Refused, "TOO_LARGE"),
            (422, None, Verdict::Refused, "HTTP_422"),
            (425, None, Verdict::NotSent, "HTTP_425"),
            (429, None, Verdict::NotSent, "RATE_LIMITED"),
            (429, wait, Verdict::NotSent, "RATE_LIMITED"),
            (500, None, Verdict::Unknown, "HTTP_500"),
            (500, wait, Verdict::Unknown, "HTTP_500"),
            (502, None, Verdict::Unknown, "HTTP_502"),
            (503, None, Verdict::Unknown, "HTTP_503"),
            (503, wait, Verdict::NotSent, "UNAVAILABLE"),
            (504, None, Verdict::Unknown, "HTTP_504"),
            (599, None, Verdict::Unknown, "HTTP_599"),
        ];
        for (status, retry_after, verdict, code) in rows {
            let failure = read_status(status, retry_after);
            assert_eq!((failure.verdict, failure.cause.code.as_str()), (verdict, code), "{status}");
            assert_eq!(failure.cause.http_status, Some(status));
            assert_eq!(failure.retry_after, retry_after);
        }
    }

    #[test]
    fn no_status_says_that_a_message_is_gone_and_a_wait_is_kept() {
        let wait = Some(Duration::from_secs(7));
        for status in 300..600 {
            let failure = read_status(status, wait).before_sending();
            let (standing, unread) = (failure.clone().into_standing(), failure.into_unread());
            match (&standing, &unread) {
                (Standing::CannotTell(cause), Unread::CredentialRejected(same)) => {
                    assert!(matches!(status, 401 | 403));
                    assert_eq!(cause, same);
                }
                (Standing::CannotTell(_), Unread::Refused(_)) => assert!(status < 500, "{status}"),
                (
                    Standing::Unreachable { retry_after, .. },
                    Unread::Unreachable { retry_after: same, .. },
                ) => {
                    assert_eq!((*retry_after, *same), (wait, wait));
                }
                other => panic!("{status}: {other:?}"),
            }
        }
    }

    #[test]
    fn nothing_is_unknown_before_sending() {
        for status in 300..600 {
            assert_ne!(read_status(status, None).before_sending().verdict, Verdict::Unknown);
        }
    }
}
