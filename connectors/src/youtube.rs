//! A channel on YouTube, by the Data API v3. It knows that the platform takes no key, so a tag of the film is the marker, and
//! that the last piece of an upload is what publishes; it does not know transports or the queue.

mod answers;
mod api;
mod captions;
mod channel;
mod comment;
mod comments;
mod failure;
mod film;
mod pacific;
mod readings;
mod session;
#[cfg(test)]
pub(crate) mod spec;
mod timeline;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::time::Instant;

use crate::{
    clock::Clock,
    connector::{
        Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, VerifyFailure,
    },
    http::{
        Http,
        failure::{Failure, Verdict},
        prepare,
    },
    message::Message,
    outcome::{Cause, Evidence, LookUp, Outcome, Receipt},
    prepared::{self, Handing},
    reading::{Figures, Inbox, Standing, Unread},
    settings::{ConnectError, ConnectionSettings},
};
use api::Api;
use comment::Name;
use film::{Film, State};
use session::{Session, Uploaded};

const FILMS: &str = "/youtube/v3/videos";

/// One channel.
#[derive(Debug)]
pub struct YouTube {
    api: Api,
}

/// Where a message is when all that goes before publishing is done.
enum Stage {
    Ready(Session),
    /// An earlier attempt published it.
    Out(Receipt),
    /// An earlier attempt sent the film's end, and the upload tells now what came of it.
    Made(Film),
    /// Something that only a person can judge.
    Doubtful(Cause),
}

/// A film with everything that is said of it, whether we know what it means or not.
#[derive(Deserialize)]
struct Whole {
    id: String,
    snippet: Map<String, Value>,
}

#[derive(Deserialize)]
struct Wholes {
    items: Vec<Whole>,
}

impl YouTube {
    /// Takes an OAuth access token with the scopes `youtube.upload` and `youtube.force-ssl`. Without an address it is YouTube's
    /// own. `clock` says how long the day's quota stays used up.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self { api: Api::new(settings, secret, http, clock)? })
    }

    async fn prepare(&self, message: &Message, handing: &Handing) -> Result<Stage, Failure> {
        let film = film::check(message)?;
        match timeline::left_over(&self.api, message).await? {
            Some(LookUp::Found(receipt)) => return Ok(Stage::Out(receipt)),
            Some(LookUp::CannotTell(cause)) => return Ok(Stage::Doubtful(cause)),
            _ => {}
        }
        Ok(match Session::upload(&self.api, &film::body(message), film, handing).await? {
            Uploaded::Ready(session) => Stage::Ready(session),
            Uploaded::Made(film) => Stage::Made(film),
            Uploaded::Claimed => {
                let detail = "the platform claims a film before it was sent all of it";
                Stage::Doubtful(Cause::new("FILM_UNCLEAR", detail))
            }
        })
    }

    async fn try_publish(&self, message: &Message, handing: &Handing) -> Result<Receipt, Failure> {
        message.quotes_nothing()?;
        if let Some(said) = &message.answers {
            return answers::publish(&self.api, message, said).await;
        }
        let work = self.prepare(message, handing);
        let session = match prepared::prepare(self.api.limits(), handing, work).await? {
            Stage::Ready(session) => session,
            Stage::Out(receipt) => return Ok(receipt),
            Stage::Made(film) => return made(&film),
            Stage::Doubtful(cause) => return Err(Failure::unknown(cause.code, cause.detail)),
        };
        message.in_time()?;
        self.finish(&session).await
    }

    /// Gives a film that is out its captions, as far as the time of publishing allows. The film is out, so that no failure here
    /// may have it sent again: what is missing is told by reading it back, and mended by a correction.
    async fn caption(&self, receipt: &Receipt, message: &Message, ends: Instant) {
        let (api, captions, film) = (&self.api, captions::of(message), receipt.remote_id.as_str());
        if captions.is_empty() {
            return;
        }
        let adding = async {
            let there = match receipt.evidence {
                Evidence::Answer => Vec::new(),
                // A film of an earlier attempt may have some.
                _ => captions::tracks(api, film).await?,
            };
            captions::add(api, film, captions, &there).await
        };
        let code = match tokio::time::timeout_at(ends, adding).await {
            Ok(Ok(())) => return,
            Ok(Err(failure)) => failure.cause.code,
            Err(_elapsed) => "TIMEOUT".to_owned(),
        };
        tracing::warn!(film, code, "a film is out without its captions; reading it back will tell");
    }

    async fn finish(&self, session: &Session) -> Result<Receipt, Failure> {
        let ends = Instant::now() + self.api.limits().total;
        match session.publish(&self.api).await.and_then(|film| made(&film)) {
            // Asking takes no longer than publishing was allowed to.
            Err(lost) if lost.verdict == Verdict::Unknown => {
                let asked = tokio::time::timeout_at(ends, session.made(&self.api)).await.ok().flatten();
                asked.map_or(Err(lost), |film| made(&film))
            }
            settled => settled,
        }
    }

    async fn read_whole(&self, remote_id: &str) -> Result<Whole, Failure> {
        let answer = self.api.get(FILMS, &[("part", "snippet"), ("id", remote_id)]).await?;
        let there = answer.json::<Wholes>()?.items.into_iter().find(|film| film.id == remote_id);
        there.ok_or_else(|| Failure::refused(failure::GONE, "the platform has no such film"))
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        if let Some(name) = Name::of_answer(remote_id) {
            return answers::update(&self.api, name?, message).await;
        }
        film::checked_id(remote_id)?;
        film::check_words(message)?;
        let there = prepare(self.api.limits(), self.read_whole(remote_id)).await?;
        let body = film::change(remote_id, &there.snippet, message);
        let answer = self.api.call(Method::PUT, FILMS, &[("part", "snippet")], Some(&body)).await?;
        let changed: Film = answer.json()?;
        if changed.id != remote_id {
            let detail = "the platform's answer is of another film";
            return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status));
        }
        prepare(self.api.limits(), captions::put(&self.api, remote_id, captions::of(message))).await?;
        Ok(changed.receipt(Evidence::Answer))
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        if let Some(name) = Name::of_answer(remote_id) {
            return answers::delete(&self.api, name?).await;
        }
        film::checked_id(remote_id)?;
        match self.api.call(Method::DELETE, FILMS, &[("id", remote_id)], None).await {
            Ok(answer) => api::done(&answer)?,
            Err(failure) if failure.cause.code == failure::GONE => {}
            Err(failure) => return Err(failure),
        }
        Ok(Receipt { url: None, ..film::receipt(remote_id, Evidence::Answer) })
    }
}

/// What the platform says of the film that it has just made.
fn made(film: &Film) -> Result<Receipt, Failure> {
    match film.state() {
        _ if !film::is_id(&film.id) => {
            Err(Failure::unknown("ANSWER_WITHOUT_ID", "the platform's answer does not name the film"))
        }
        State::Out => Ok(film.receipt(Evidence::Answer)),
        State::Hidden(cause) => Err(Failure::refused(cause.code, cause.detail)),
        State::Aborted => {
            Err(Failure::not_sent("UPLOAD_INCOMPLETE", "the platform did not take the whole film"))
        }
        State::Deleted | State::Unclear => {
            Err(Failure::unknown("FILM_UNCLEAR", "YouTube does not say what has become of the film"))
        }
    }
}

#[async_trait]
impl Connector for YouTube {
    fn kind(&self) -> PlatformKind {
        PlatformKind::YouTube
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_media: 1,
            media_types: film::FILM_TYPES.map(str::to_owned).to_vec(),
            max_media_bytes: Some(film::LARGEST_FILM),
            alt_text: false,
            captions: true,
            look_up: LookUpKind::Marker,
            // The list of the channel's films may be behind.
            idempotent_send: false,
            edit: true,
            delete: true,
            title: true,
            follow: FollowKind::Alone,
            read_back: true,
            inbound: true,
            metrics: true,
            amplify: false,
            quotes: false,
            replies: true,
            live_bio: true,
            prepares: true,
            // It counts bytes: of plain English as many, of anything else fewer.
            text: TextLimit { max: Some(film::LONGEST_DESCRIPTION), link_weight: None },
        }
    }

    fn wait(&self) -> Option<Duration> {
        self.api.wait()
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        let asked = channel::profile(&self.api, self.capabilities());
        prepare(self.api.limits(), asked).await.map_err(Failure::into_verify)
    }

    async fn publish(&self, message: &Message) -> Outcome {
        let ends = Instant::now() + self.api.limits().longest_publish();
        let handing = Handing::of(&message.prepared, self.api.limits());
        let tried = self.try_publish(message, &handing).await;
        if let Ok(receipt) = &tried {
            self.caption(receipt, message, ends).await;
        }
        handing.outcome(tried)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        let asked = async {
            match &message.answers {
                Some(said) => answers::look_up(&self.api, message, said).await,
                None => timeline::look_up(&self.api, message).await,
            }
        };
        prepare(self.api.limits(), asked).await.unwrap_or_else(Failure::into_look_up)
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let asked = async {
            match Name::of_answer(remote_id) {
                Some(name) => answers::read_back(&self.api, name?, message).await,
                None => readings::read_back(&self.api, remote_id, message).await,
            }
        };
        prepare(self.api.limits(), asked).await.unwrap_or_else(Failure::into_standing)
    }

    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        prepare(self.api.limits(), comments::since(&self.api, since)).await.map_err(Failure::into_unread)
    }

    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        let asked = readings::figures(&self.api, remote_ids);
        prepare(self.api.limits(), asked).await.map_err(Failure::into_unread)
    }
}
