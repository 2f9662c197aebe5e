//! Mastodon, and the servers that speak its API. It knows that the idempotency key is kept by Mastodon
//! itself for an hour and by some others not at all, so the account's own timeline decides after a lost
//! answer; it does not know transports or the queue.

mod answer;
mod boost;
mod media;
mod mentions;
mod quote;
mod server;
mod standing;
mod text;
mod timeline;
mod wire;

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use crate::{
    connector::{
        Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, VerifyFailure,
    },
    html,
    http::{Http, answer::Answer, failure::Failure, prepare},
    message::{Follows, Message},
    outcome::{Evidence, LookUp, Outcome, Receipt},
    prepared::{self, Handing},
    reading::{Amplified, Figures, Inbox, Standing, Unread},
    settings::{ConnectError, ConnectionSettings},
};
use server::{Body, Server};
use wire::{Account, Instance, Status};

/// A repeated key's first status is older than the answer that tells of it by more than this.
const FRESH: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

/// One account on one server.
#[derive(Debug)]
pub struct Mastodon {
    server: Server,
}

impl Mastodon {
    /// Takes the server's address and an access token with the scopes `read:accounts`, `read:statuses`, `write:statuses` and
    /// `write:media`; for [`Connector::inbound`] also `read:notifications`, for [`Connector::amplify`] and [`Message::quotes`] also `read:search`.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
    ) -> Result<Self, ConnectError> {
        Ok(Self { server: Server::new(settings, secret, http)? })
    }

    async fn prepare(&self, message: &Message, status: String, handing: &Handing) -> Result<Value, Failure> {
        let instance = self.server.instance().await?;
        check_limits(message, &status, instance)?;
        let media_ids = media::upload(&self.server, message, handing).await?;
        let mut fields = json!({ "status": status, "media_ids": media_ids, "visibility": "public" });
        if let (Some(language), Some(fields)) = (&message.language, fields.as_object_mut()) {
            fields.insert("language".to_owned(), primary_language(language).into());
        }
        Ok(fields)
    }

    /// The same with what only a new status can be told.
    async fn prepare_new(&self, message: &Message, handing: &Handing) -> Result<Value, Failure> {
        if let Some(follows) = &message.follows {
            self.check_parent(follows).await?;
        }
        let quoted = quote::find(&self.server, self.server.instance().await?, message).await?;
        let words = answer::words(&self.server, message).await?;
        let mut fields = self.prepare(message, words, handing).await?;
        let Some(new) = fields.as_object_mut() else { return Ok(fields) };
        if let Some(parent) = message.parent() {
            new.insert("in_reply_to_id".to_owned(), parent.into());
        }
        if let Some(id) = quoted {
            new.insert("quoted_status_id".to_owned(), id.into());
        }
        Ok(fields)
    }

    /// Some servers let an answer to nothing stand alone.
    async fn check_parent(&self, follows: &Follows) -> Result<(), Failure> {
        match standing::find(&self.server, &follows.remote_id).await? {
            Some(_) => Ok(()),
            None => Err(followed_gone().with_status(404)),
        }
    }

    async fn try_publish(&self, message: &Message, handing: &Handing) -> Result<Receipt, Failure> {
        let fields =
            prepared::prepare(self.server.limits(), handing, self.prepare_new(message, handing)).await?;
        message.in_time()?;
        let key = Some(message.idempotency_key.as_str());
        let body = Body::Json(fields, key);
        let answer = match self.server.call(Method::POST, "/api/v1/statuses", &[], body).await {
            Err(failure) if failure.cause.code == "GONE" && message.follows.is_some() => {
                return Err(followed_gone().with_status(404));
            }
            Err(failure) if failure.cause.code == "GONE" && message.answers.is_some() => {
                return Err(Message::answered_gone().with_status(404));
            }
            answered => answered.map_err(|failure| quote::refused(message, failure))?,
        };
        let status: Status = answer.json()?;
        let evidence = evidence_of(&answer, &status);
        Ok(status.receipt(evidence))
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        let route = status_route(remote_id)?;
        let handing = Handing::of_change(self.server.limits());
        let changed = async {
            let words = answer::other_words(&self.server, message).await?;
            self.prepare(message, words, &handing).await
        };
        let fields = prepare(self.server.limits(), changed).await?;
        let answer = self.server.call(Method::PUT, &route, &[], Body::Json(fields, None)).await?;
        Ok(answer.json::<Status>()?.receipt(Evidence::Answer))
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        let route = status_route(remote_id)?;
        match self.server.call(Method::DELETE, &route, &[], Body::None).await {
            Ok(_) => {}
            Err(failure) if failure.cause.code == "GONE" => {}
            Err(failure) => return Err(failure),
        }
        Ok(Receipt {
            remote_id: remote_id.to_owned(),
            url: None,
            published_at: None,
            evidence: Evidence::Answer,
        })
    }

    async fn try_amplify(&self, url: &Url) -> Result<Receipt, Failure> {
        let status = prepare(self.server.limits(), boost::find(&self.server, url)).await?;
        boost::pass_on(&self.server, &status, url).await
    }

    async fn try_verify(&self) -> Result<Profile, Failure> {
        self.server.instance().await?;
        let account = Account::own(&self.server).await?;
        Ok(Profile {
            handle: account.acct,
            display_name: Some(account.display_name).filter(|name| !name.is_empty()),
            url: account.url,
            bio: account.note.as_deref().map(html::plain).filter(|bio| !bio.is_empty()),
            capabilities: self.capabilities(),
        })
    }
}

/// Everything that the server would refuse, found before anything is uploaded.
fn check_limits(message: &Message, status: &str, instance: &Instance) -> Result<(), Failure> {
    let limits = instance.limits();
    if text::length(status, limits.link_weight) > limits.max_characters {
        return Err(Failure::refused("TEXT_TOO_LONG", "the text is longer than this server takes"));
    }
    if message.media.len() > limits.max_media {
        return Err(Failure::refused("TOO_MANY_MEDIA", "this server takes fewer media in one post"));
    }
    let known = |kind: &String| limits.media_types.is_empty() || limits.media_types.contains(kind);
    if !message.media.iter().all(|part| known(&part.media_type)) {
        return Err(Failure::refused("MEDIA_TYPE_REFUSED", "this server does not take this kind of file"));
    }
    Ok(())
}

fn followed_gone() -> Failure {
    Failure::refused("FOLLOWED_GONE", "the status that this one continues is not there any more")
}

/// Mastodon takes two-letter languages, and a few longer; a region only confuses it.
fn primary_language(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

fn evidence_of(answer: &Answer, status: &Status) -> Evidence {
    match (answer.date(), status.created_at) {
        (Some(now), Some(created)) if now - created > FRESH => Evidence::IdempotencyKey,
        _ => Evidence::Answer,
    }
}

/// Ids come back from storage; only letters and digits may become part of an address.
fn status_route(remote_id: &str) -> Result<String, Failure> {
    if !remote_id.is_empty() && remote_id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        Ok(format!("/api/v1/statuses/{remote_id}"))
    } else {
        Err(Failure::refused("REMOTE_ID_INVALID", "this is not the id of a status"))
    }
}

#[async_trait]
impl Connector for Mastodon {
    fn kind(&self) -> PlatformKind {
        PlatformKind::Mastodon
    }

    fn capabilities(&self) -> Capabilities {
        let instance = self.server.known_instance();
        let limits = instance.map_or_else(wire::Limits::default, Instance::limits);
        Capabilities {
            max_media: limits.max_media,
            media_types: limits.media_types,
            max_media_bytes: limits.max_image_bytes,
            alt_text: true,
            captions: false,
            look_up: LookUpKind::Timeline,
            idempotent_send: instance.is_some_and(Instance::keeps_keys),
            edit: true,
            delete: true,
            title: false,
            follow: FollowKind::Thread,
            read_back: true,
            inbound: true,
            metrics: true,
            amplify: true,
            quotes: instance.is_some_and(Instance::quotes),
            replies: true,
            live_bio: true,
            prepares: true,
            text: TextLimit { max: Some(limits.max_characters), link_weight: Some(limits.link_weight) },
        }
    }

    fn wait(&self) -> Option<std::time::Duration> {
        self.server.wait()
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        prepare(self.server.limits(), self.try_verify()).await.map_err(Failure::into_verify)
    }

    async fn publish(&self, message: &Message) -> Outcome {
        let handing = Handing::of(&message.prepared, self.server.limits());
        let tried = self.try_publish(message, &handing).await;
        handing.outcome(tried)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        let asked = async {
            let account = Account::own(&self.server).await?;
            timeline::look_up(&self.server, &account, message).await
        };
        prepare(self.server.limits(), asked).await.unwrap_or_else(Failure::into_look_up)
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let asked = standing::read_back(&self.server, remote_id, message);
        prepare(self.server.limits(), asked).await.unwrap_or_else(Failure::into_standing)
    }

    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        prepare(self.server.limits(), mentions::read(&self.server, since)).await.map_err(Failure::into_unread)
    }

    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        let asked = standing::metrics(&self.server, remote_ids);
        prepare(self.server.limits(), asked).await.map_err(Failure::into_unread)
    }

    async fn amplify(&self, what: &Amplified) -> Outcome {
        self.try_amplify(&what.url).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn look_up_amplified(&self, what: &Amplified) -> LookUp {
        let found = prepare(self.server.limits(), boost::find(&self.server, &what.url)).await;
        found.map_or_else(Failure::into_look_up, |status| boost::standing(&status, &what.url))
    }
}
