//! A signed webhook, for everything that has no connector of its own: one JSON document by POST, with a key that
//! is the same for each try. It knows that a receiver may be asked by that key whether it has the message, and
//! that only a person can vouch for a receiver that honours keys; it does not know the queue.
//!
//! `docs/webhook.md` is the contract that receivers are written against.

mod receiver;
mod signature;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use tokio::sync::OnceCell;

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
    outcome::{Evidence, LookUp, Outcome, Receipt},
    settings::{ConnectError, ConnectionSettings},
};
use receiver::{Question, Receiver};
use wire::{Event, Greeting, MEDIA_BYTES, Said};

/// One address that takes messages.
#[derive(Debug)]
pub struct Webhook {
    receiver: Receiver,
    honours_keys: bool,
    greeting: OnceCell<Greeting>,
}

impl Webhook {
    /// Takes the receiver's address and the secret that it shares with us.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self {
            receiver: Receiver::new(settings, secret, http, clock)?,
            honours_keys: settings.honours_keys,
            greeting: OnceCell::new(),
        })
    }

    /// What the receiver says of itself, asked once.
    async fn greeting(&self) -> Result<&Greeting, Failure> {
        let ask = || async {
            let answer = self.receiver.ask(Method::GET, Question::Ping).await?;
            wire::not_found_by_others(&answer)?;
            Greeting::read(&answer.checked()?)
        };
        self.greeting.get_or_try_init(ask).await
    }

    async fn known_to(&self, able: impl Fn(&Greeting) -> bool, code: &'static str) -> Result<(), Failure> {
        if able(prepare(self.receiver.limits(), self.greeting()).await?) {
            return Ok(());
        }
        Err(Failure::refused(code, "the receiver does not say that it can do this: do it there by hand"))
    }

    async fn try_publish(&self, message: &Message) -> Result<Receipt, Failure> {
        message.quotes_nothing()?;
        message.answers_nobody()?;
        let document = wire::document(message, &Event::Publish, self.receiver.channel()).await?;
        message.in_time()?;
        let answer = self.receiver.deliver(Method::POST, message, document).await?;
        wire::not_found_by_others(&answer)?;
        let answer = answer.checked()?;
        let said = Said::read(&answer)?;
        if said.received == Some(false) {
            // It took the document and says that it has not got it: nobody can act on that but a person.
            let failure = Failure::unknown("CONTRADICTION", "the receiver's answer contradicts itself");
            return Err(failure.with_status(answer.status));
        }
        let evidence = if said.repeated { Evidence::IdempotencyKey } else { Evidence::Answer };
        Ok(said.receipt(&message.idempotency_key, self.receiver.location(&answer), evidence))
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        self.known_to(|greeting| greeting.edit, "EDIT_UNSUPPORTED").await?;
        let document = wire::document(message, &Event::Update { remote_id }, self.receiver.channel()).await?;
        let answer = self.receiver.deliver(Method::PUT, message, document).await?;
        wire::not_found_by_others(&answer)?;
        let answer = answer.checked()?;
        let said = Said::read(&answer)?;
        Ok(said.receipt(remote_id, self.receiver.location(&answer), Evidence::Answer))
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        self.known_to(|greeting| greeting.delete, "DELETE_UNSUPPORTED").await?;
        let answer = self.receiver.ask(Method::DELETE, Question::Id(remote_id)).await?;
        wire::not_found_by_others(&answer)?;
        match answer.checked() {
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

    async fn try_look_up(&self, message: &Message) -> Result<LookUp, Failure> {
        let key = message.idempotency_key.as_str();
        let answer = self.receiver.ask(Method::GET, Question::Key(key)).await?;
        let said = Said::in_json(&answer);
        let (success, status) = (answer.is_success(), answer.status);
        match said.as_ref().and_then(|said| said.received) {
            Some(false) if success || status == 404 => return Ok(LookUp::Absent),
            Some(true) if success => {
                let said = said.unwrap_or_default();
                return Ok(LookUp::Found(said.receipt(key, None, Evidence::IdempotencyKey)));
            }
            _ => {}
        }
        wire::not_found_by_others(&answer)?;
        // One that was never made to be asked: neither yes nor no.
        if (success && Said::read(&answer).is_ok()) || status == 501 {
            let detail = "the receiver does not say whether it has the message";
            return Err(Failure::refused("LOOK_UP_UNSUPPORTED", detail).with_status(status));
        }
        Err(answer.checked().map_or_else(|failure| failure, |_| wire::garbage(status)))
    }

    /// A receiver that honours keys need not be one that answers questions: then the repeat is the question.
    fn doubt(&self, failure: Failure) -> LookUp {
        if self.honours_keys && failure.verdict == Verdict::Refused {
            LookUp::Absent
        } else {
            failure.into_look_up()
        }
    }
}

#[async_trait]
impl Connector for Webhook {
    fn kind(&self) -> PlatformKind {
        PlatformKind::Webhook
    }

    fn capabilities(&self) -> Capabilities {
        let greeting = self.greeting.get();
        Capabilities {
            max_media: 100,
            media_types: Vec::new(),
            max_media_bytes: Some(MEDIA_BYTES),
            alt_text: true,
            captions: true,
            look_up: LookUpKind::Key,
            idempotent_send: self.honours_keys,
            edit: greeting.is_some_and(|greeting| greeting.edit),
            delete: greeting.is_some_and(|greeting| greeting.delete),
            title: true,
            follow: FollowKind::Alone,
            read_back: false,
            inbound: false,
            metrics: false,
            amplify: false,
            quotes: false,
            replies: false,
            live_bio: false,
            prepares: false,
            text: TextLimit { max: None, link_weight: None },
        }
    }

    fn wait(&self) -> Option<std::time::Duration> {
        self.receiver.wait()
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        let greeting =
            prepare(self.receiver.limits(), self.greeting()).await.map_err(Failure::into_verify)?;
        Ok(Profile {
            handle: greeting.name.clone().unwrap_or_else(|| self.receiver.name()),
            display_name: greeting.name.clone(),
            url: greeting.url.clone(),
            bio: None,
            capabilities: self.capabilities(),
        })
    }

    async fn publish(&self, message: &Message) -> Outcome {
        self.try_publish(message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        let asked = prepare(self.receiver.limits(), self.try_look_up(message)).await;
        asked.unwrap_or_else(|failure| self.doubt(failure))
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }
}
