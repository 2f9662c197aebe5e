//! What a platform keeps of a message that is not out yet: an upload that it is at work on, a film that is there by half. It
//! knows how a try notes it for the next one and when a try gives its place back; it does not know any platform, nor where
//! this is stored in between.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use aws_lc_rs::digest;
use serde::{Deserialize, Serialize};

use crate::{
    http::{HttpLimits, failure::Failure},
    message::MediaPart,
    outcome::{Outcome, Receipt},
};

/// What earlier tries of a message handed over and the platform still keeps; empty where that is nothing. A reference may be
/// the address of an upload, which is its own permission: whoever stores this keeps it as they keep credentials.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prepared(Vec<Part>);

/// One part of the message's media.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    position: usize,
    /// Digest of exactly what was handed over: of other content, or under other words, it is of no use.
    of: String,
    /// The platform's own name for it.
    reference: String,
}

impl Prepared {
    /// Bytes of its stored form, at most: what a platform says is no reason to store more.
    pub const MOST_BYTES: usize = 32 * 1024;

    /// The stored form; none where that would be larger than [`Self::MOST_BYTES`].
    pub fn to_stored(&self) -> Option<String> {
        serde_json::to_string(self).ok().filter(|stored| stored.len() <= Self::MOST_BYTES)
    }

    /// From the stored form; empty where that cannot be read, since beginning anew loses nothing but time.
    pub fn from_stored(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_default()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prepared({} parts)", self.0.len())
    }
}

/// What a part is known by: its content and what is said of it.
pub(crate) fn digest_of(part: &MediaPart, said: &str) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for field in [part.sha256.as_str(), &part.media_type, said] {
        context.update(&u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(field.as_bytes());
    }
    hex::encode(context.finish().as_ref())
}

#[derive(Default)]
struct Noted {
    parts: Vec<Part>,
    /// Whether the platform has more than when the try began.
    advanced: bool,
    /// How long this try has waited for the platform's own work.
    waited: Duration,
}

/// What one try hands over, noted as it goes on: whatever ends the try, the next one goes on from there.
pub(crate) struct Handing {
    noted: Mutex<Noted>,
    patience: Duration,
    limits: HttpLimits,
}

impl Handing {
    /// Of a try to publish: it waits a few seconds for the platform's own work, and then gives its place back.
    pub(crate) fn of(prepared: &Prepared, limits: &HttpLimits) -> Self {
        let noted = Noted { parts: prepared.0.clone(), ..Noted::default() };
        Self { noted: Mutex::new(noted), patience: limits.processing, limits: *limits }
    }

    /// Of a change: nothing goes on from it, so it waits for as long as it may.
    pub(crate) fn of_change(limits: &HttpLimits) -> Self {
        Self { noted: Mutex::default(), patience: limits.preparation, limits: *limits }
    }

    /// The platform's name for a part that an earlier try handed over.
    pub(crate) fn kept(&self, position: usize, of: &str) -> Option<String> {
        let noted = self.noted();
        let part = noted.parts.iter().find(|part| part.position == position && part.of == of);
        part.map(|part| part.reference.clone())
    }

    /// The platform has this part now, or more of it than before.
    pub(crate) fn keep(&self, position: usize, of: &str, reference: impl Into<String>) {
        self.forget(position);
        let mut noted = self.noted();
        noted.parts.push(Part { position, of: of.to_owned(), reference: reference.into() });
        noted.advanced = true;
    }

    /// The platform does not know this part any more, or can make nothing of it.
    pub(crate) fn forget(&self, position: usize) {
        self.noted().parts.retain(|part| part.position != position);
    }

    /// Waits before the platform is asked again how far it is, as long as it told. Where that takes more patience than a try
    /// has, the try ends.
    pub(crate) async fn pause(&self, told: Option<Duration>) -> Result<(), Failure> {
        let pause = told.unwrap_or_default().max(self.limits.poll_every);
        let waits = {
            let mut noted = self.noted();
            noted.waited = noted.waited.saturating_add(pause);
            noted.waited <= self.patience
        };
        if !waits {
            return Err(Failure::preparing(told.unwrap_or_default().max(self.limits.ask_after)));
        }
        tokio::time::sleep(pause).await;
        Ok(())
    }

    /// What became of the try.
    pub(crate) fn outcome(self, tried: Result<Receipt, Failure>) -> Outcome {
        match tried {
            Ok(receipt) => Outcome::Delivered(receipt),
            Err(failure) if failure.is_preparing() => {
                let noted = self.noted.into_inner().unwrap_or_else(PoisonError::into_inner);
                let ask_after = failure.retry_after.unwrap_or_default();
                Outcome::Preparing { prepared: Prepared(noted.parts), ask_after }
            }
            Err(failure) => failure.into_outcome(),
        }
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs what goes before publishing within its limit, as [`crate::http::prepare`] does; where the time is up but more is
/// there than before, the next try goes on from that, and at once.
pub(crate) async fn prepare<T>(
    limits: &HttpLimits,
    handing: &Handing,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    match crate::http::prepare(limits, work).await {
        Err(failure) if failure.ran_out() && handing.noted().advanced => {
            Err(Failure::preparing(Duration::ZERO))
        }
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> HttpLimits {
        HttpLimits {
            preparation: Duration::from_millis(20),
            processing: Duration::from_millis(5),
            poll_every: Duration::from_millis(1),
            ..HttpLimits::default()
        }
    }

    fn handing() -> Handing {
        Handing::of(&Prepared::default(), &limits())
    }

    #[test]
    fn what_is_stored_is_read_again_and_garbage_is_nothing() {
        let handing = handing();
        handing.keep(1, "a", "https://upload.example/secret");
        let Outcome::Preparing { prepared, .. } = handing.outcome(Err(Failure::preparing(Duration::ZERO)))
        else {
            panic!("not preparing")
        };
        assert_eq!(Prepared::from_stored(&prepared.to_stored().unwrap()), prepared);
        assert!(!format!("{prepared:?}").contains("secret"));
        assert!(Prepared::from_stored("{").is_empty());
        let large = Prepared(vec![Part {
            position: 0,
            of: String::new(),
            reference: "x".repeat(Prepared::MOST_BYTES),
        }]);
        assert_eq!(large.to_stored(), None);
    }

    #[test]
    fn a_part_is_known_by_its_place_its_content_and_what_is_said_of_it() {
        let handing = handing();
        let part = MediaPart {
            file_name: "door.png".to_owned(),
            media_type: "image/png".to_owned(),
            content: bytes::Bytes::new().into(),
            alt_text: None,
            captions: Vec::new(),
            sha256: "one".to_owned(),
        };
        let of = digest_of(&part, "An open door");
        handing.keep(0, &of, "7");
        assert_eq!(handing.kept(0, &of).as_deref(), Some("7"));
        assert_eq!(handing.kept(1, &of), None);
        assert_eq!(handing.kept(0, &digest_of(&part, "A shut door")), None);
        let other = MediaPart { sha256: "another".to_owned(), ..part };
        assert_eq!(handing.kept(0, &digest_of(&other, "An open door")), None);
        handing.forget(0);
        assert_eq!(handing.kept(0, &of), None);
    }

    #[tokio::test]
    async fn a_try_waits_a_little_in_all_and_then_gives_its_place_back() {
        let handing = handing();
        for _ in 0..5 {
            handing.pause(None).await.unwrap();
        }
        for (told, ask_after) in [(None, 10), (Some(Duration::from_secs(40)), 40)] {
            let ended = handing.pause(told).await.unwrap_err();
            assert_eq!(
                (ended.is_preparing(), ended.retry_after),
                (true, Some(Duration::from_secs(ask_after)))
            );
        }
    }

    #[tokio::test]
    async fn only_what_got_further_is_gone_on_with() {
        let limits = limits();
        for (advances, goes_on) in [(true, true), (false, false)] {
            let handing = handing();
            let work = async {
                if advances {
                    handing.keep(0, "a", "7");
                }
                std::future::pending::<Result<(), Failure>>().await
            };
            let ended = prepare(&limits, &handing, work).await.unwrap_err();
            assert_eq!(ended.is_preparing(), goes_on);
        }
    }
}
