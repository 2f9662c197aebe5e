//! Exactly what goes out. It knows the words and the media; it does not know who approved them, or where
//! they go.

use std::fmt;

use chrono::{DateTime, Utc};
use tokio::time::Instant;
use url::Url;

use crate::{
    content::Content,
    http::{Failure, HttpLimits},
    outcome::{Cause, LookUp},
    prepared::Prepared,
};

/// The code of a refusal to answer what was taken back.
pub(crate) const ANSWERED_GONE: &str = "ANSWERED_GONE";

/// One message, rendered for one channel.
#[derive(Clone)]
pub struct Message {
    /// The same for every attempt to send this message and for no other message; markers are made from it.
    pub idempotency_key: String,
    /// The headline, where the platform has one.
    pub title: Option<String>,
    /// The words.
    pub text: String,
    /// An address added to the words where they do not hold it already.
    pub link: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Pictures and films, in order.
    pub media: Vec<MediaPart>,
    /// The message of the same account that this one continues, as the next part of a thread or as a first comment; where
    /// the platform has neither, it stands alone.
    pub follows: Option<Follows>,
    /// The post of others, on the same platform, that is shown below the words. A connector whose
    /// [`crate::Capabilities::quotes`] does not say so refuses the message rather than leave it out.
    pub quotes: Option<Url>,
    /// What the public said to the account and this answers, by the platform's own name ([`crate::Incoming::remote_id`]). A
    /// connector whose [`crate::Capabilities::replies`] does not say so refuses the message rather than let it stand alone.
    pub answers: Option<String>,
    /// The time that it was promised for.
    pub due_at: Option<DateTime<Utc>>,
    /// When the first attempt began: where a look-up starts to look, and how old the key is.
    pub first_sent_at: Option<DateTime<Utc>>,
    /// When the last attempt began, where that is known: a platform may list late what it took then.
    pub last_sent_at: Option<DateTime<Utc>>,
    /// What the platform keeps of it since an earlier try.
    pub prepared: Prepared,
    /// The request that publishes may not begin later, by this machine's own sense of time: somebody else may have taken the
    /// post by then. Absent: whenever it likes.
    pub not_after: Option<Instant>,
}

/// A message that is out and that another continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follows {
    /// The platform's own name for it.
    pub remote_id: String,
    /// The same of the first message of the thread; `remote_id` where the thread begins with that.
    pub root_id: String,
}

/// One picture or film of a message.
#[derive(Clone)]
pub struct MediaPart {
    /// The name that the platform is told.
    pub file_name: String,
    /// MIME type.
    pub media_type: String,
    /// The content.
    pub content: Content,
    /// What a person who does not see it is told.
    pub alt_text: Option<String>,
    /// Lower-case hexadecimal digest of the content.
    pub sha256: String,
    /// The captions of a film, one a language, in order. They arrive where [`crate::Capabilities::captions`] says so.
    pub captions: Vec<Caption>,
}

/// A film's captions in one language.
#[derive(Clone)]
pub struct Caption {
    /// BCP 47 tag.
    pub language: String,
    /// What a viewer chooses them by; absent: the language says it.
    pub label: Option<String>,
    /// The name that the platform is told.
    pub file_name: String,
    /// WebVTT.
    pub content: Content,
    /// Lower-case hexadecimal digest of the content.
    pub sha256: String,
}

impl Caption {
    /// The type of the content.
    pub const MEDIA_TYPE: &str = "text/vtt";

    /// As a file of its own, for platforms that keep it like any other.
    pub(crate) fn file(&self) -> MediaPart {
        MediaPart {
            file_name: self.file_name.clone(),
            media_type: Self::MEDIA_TYPE.to_owned(),
            content: self.content.clone(),
            alt_text: None,
            sha256: self.sha256.clone(),
            captions: Vec::new(),
        }
    }
}

impl Message {
    /// To be asked last of all before the request that publishes: whatever went before may have taken long, or the process
    /// may have been frozen.
    pub(crate) fn in_time(&self) -> Result<(), Failure> {
        if self.not_after.is_some_and(|last| Instant::now() >= last) {
            let why = "the worker was too slow to begin the call within its lease";
            return Err(Failure::not_sent("LEASE_RUNS_OUT", why));
        }
        Ok(())
    }

    /// For platforms that show no post below another: words that speak of what is not there must not go out.
    pub(crate) fn quotes_nothing(&self) -> Result<(), Failure> {
        if self.quotes.is_some() {
            return Err(Failure::refused(
                "QUOTES_NOT_OFFERED",
                "this platform shows no post of others below words: give its address as the link",
            ));
        }
        Ok(())
    }

    /// For platforms where nobody is answered, or not by this connector: an answer that stands alone answers nobody.
    pub(crate) fn answers_nobody(&self) -> Result<(), Failure> {
        if self.answers.is_some() {
            return Err(Failure::refused(
                "ANSWERS_NOT_OFFERED",
                "nothing that was said to this account can be answered through Masthead: answer on the platform",
            ));
        }
        Ok(())
    }

    /// What was to be answered was taken back: that is no fault of the channel's.
    pub(crate) fn answered_gone() -> Failure {
        Failure::refused(ANSWERED_GONE, "what it answers is not there any more: nobody waits for this answer")
    }

    /// What a look-up of an answer says: where what it answers is gone, what was below that may be there all the same, and
    /// nothing says so.
    pub(crate) fn below_gone(told: Result<LookUp, Failure>) -> Result<LookUp, Failure> {
        match told {
            Err(failure) if failure.cause.code == ANSWERED_GONE => {
                let detail = "what it answers is not there any more, and what stands below that is not told";
                Ok(LookUp::CannotTell(Cause::new(ANSWERED_GONE, detail)))
            }
            told => told,
        }
    }

    /// The platform's name for what it answers or continues.
    pub(crate) fn parent(&self) -> Option<&str> {
        self.follows.as_ref().map(|follows| follows.remote_id.as_str()).or(self.answers.as_deref())
    }

    /// By when the last attempt that is known of was over: until then the platform may have taken it. Absent where none is.
    pub(crate) fn last_over_at(&self, limits: &HttpLimits) -> Option<DateTime<Utc>> {
        let began = self.last_sent_at.max(self.first_sent_at)?;
        Some(began + limits.longest_publish())
    }

    /// The words with the link on a paragraph of its own, unless they hold it already.
    pub fn text_with_link(&self) -> String {
        match self.link.as_deref() {
            Some(link) if !self.text.contains(link) => {
                format!("{}\n\n{link}", self.text.trim_end()).trim_start().to_owned()
            }
            _ => self.text.clone(),
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("idempotency_key", &self.idempotency_key)
            .field("language", &self.language)
            .field("media", &self.media.len())
            .field("first_sent_at", &self.first_sent_at)
            .field("last_sent_at", &self.last_sent_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for MediaPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaPart")
            .field("media_type", &self.media_type)
            .field("content", &self.content)
            .field("sha256", &self.sha256)
            .field("captions", &self.captions)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Caption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caption")
            .field("language", &self.language)
            .field("content", &self.content)
            .field("sha256", &self.sha256)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str, link: Option<&str>) -> Message {
        Message {
            idempotency_key: "k".to_owned(),
            title: None,
            text: text.to_owned(),
            link: link.map(str::to_owned),
            language: None,
            media: Vec::new(),
            follows: None,
            quotes: None,
            answers: None,
            due_at: None,
            first_sent_at: None,
            last_sent_at: None,
            prepared: Prepared::default(),
            not_after: None,
        }
    }

    #[test]
    fn an_attempt_is_over_when_the_last_one_is_that_is_known_of() {
        let (early, late) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(1));
        let limits = HttpLimits::default();
        let over = |first_sent_at, last_sent_at| {
            Message { first_sent_at, last_sent_at, ..message("Hello", None) }.last_over_at(&limits)
        };
        assert_eq!(over(None, None), None);
        assert_eq!(over(Some(early), None), Some(early + limits.longest_publish()));
        assert_eq!(over(Some(early), Some(late)), Some(late + limits.longest_publish()));
        assert_eq!(over(Some(late), Some(early)), Some(late + limits.longest_publish()));
    }

    #[test]
    fn a_link_is_added_once() {
        let link = Some("https://example.org/a");
        assert_eq!(message("Hello ", link).text_with_link(), "Hello\n\nhttps://example.org/a");
        assert_eq!(message("See https://example.org/a", link).text_with_link(), "See https://example.org/a");
        assert_eq!(message("", link).text_with_link(), "https://example.org/a");
    }

    #[test]
    fn the_words_are_not_in_the_debug_output() {
        assert!(!format!("{:?}", message("the secret word", None)).contains("secret"));
    }
}
