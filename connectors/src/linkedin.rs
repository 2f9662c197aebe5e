//! A LinkedIn organisation's page, by the Posts API. It knows that the API takes no key and refuses the same words twice, so
//! the page's own posts and comments decide after a lost answer; it does not know transports or the queue.

mod answer;
mod api;
mod comment;
mod failure;
mod images;
mod little;
mod notices;
mod page;
mod post;
mod reshare;
mod standing;
mod timeline;
mod urn;

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{
    clock::Clock,
    connector::{
        Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, VerifyFailure,
    },
    http::{Http, answer::Answer, failure::Failure, prepare},
    message::Message,
    outcome::{Evidence, LISTED, LookUp, Outcome, Receipt},
    prepared::{self, Handing},
    reading::{Amplified, Figures, Inbox, Standing, Unread},
    settings::{ConnectError, ConnectionSettings},
};
use api::{Api, Body};
use urn::{Ours, PostUrn};

/// One organisation's page.
#[derive(Debug)]
pub struct LinkedIn {
    api: Api,
    clock: Arc<dyn Clock>,
}

impl LinkedIn {
    /// Takes the organisation's number or URN as the user name, and an access token with the scopes `w_organization_social`,
    /// `r_organization_social` and `rw_organization_admin`. Without an address it is LinkedIn's own.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self { api: Api::new(settings, secret, http)?, clock })
    }

    async fn prepare(&self, message: &Message, handing: &Handing) -> Result<Value, Failure> {
        post::check_limits(message)?;
        let quoted = message.quotes.as_ref().map(reshare::parent).transpose()?;
        let images = images::upload(&self.api, message, handing).await?;
        Ok(post::body(self.api.organization(), message, &images, quoted.as_ref()))
    }

    async fn try_publish(&self, message: &Message, handing: &Handing) -> Result<Receipt, Failure> {
        if let Some(said) = &message.answers {
            return answer::publish(&self.api, message, said).await;
        }
        if let Some(follows) = &message.follows {
            message.quotes_nothing()?;
            return comment::publish(&self.api, message, follows).await;
        }
        let work = self.prepare(message, handing);
        let body = prepared::prepare(self.api.limits(), handing, work).await?;
        message.in_time()?;
        let ends = Instant::now() + self.api.limits().total;
        let answer = self.api.exchange(Method::POST, "/rest/posts", Body::Json(&body)).await?;
        let duplicate = failure::duplicate(&answer);
        match (failure::checked(answer), duplicate) {
            (Ok(answer), _) => made(&answer),
            (Err(failure), None) if message.quotes.is_some() => Err(reshare::of_reshare(failure)),
            (Err(failure), None) => Err(failure),
            // Asking takes no longer than publishing was allowed to.
            (Err(refused), Some(urn)) => {
                let asked = timeline::named(&self.api, &urn, message);
                judge(refused, tokio::time::timeout_at(ends, asked).await.ok())
            }
        }
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        match Ours::stored(remote_id)? {
            Ours::Post(urn) => {
                post::check_limits(message)?;
                let commentary = little::escape(&post::words(message));
                let patch = json!({ "patch": { "$set": { "commentary": commentary } } });
                done(&self.api.call(Method::POST, &urn.route(), Body::Patch(&patch)).await?)?;
                Ok(post::receipt(&urn, None, Evidence::Answer))
            }
            Ours::Comment(urn) => {
                comment::check_limits(message)?;
                let (route, patch) = (comment::route_as_us(&self.api, &urn), comment::patch(message));
                let answer = self.api.call(Method::POST, &route, Body::Patch(&patch)).await?;
                // The comment as it is now, or nothing.
                done(&answer).or_else(|_said| answer.json::<comment::Kept>().map(drop))?;
                Ok(comment::receipt(&urn, None, Evidence::Answer))
            }
        }
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        let route = match Ours::stored(remote_id)? {
            Ours::Post(urn) => urn.route(),
            Ours::Comment(urn) => comment::route_as_us(&self.api, &urn),
        };
        match self.api.call(Method::DELETE, &route, Body::None).await {
            Ok(answer) => done(&answer)?,
            Err(failure) if failure.cause.code == "GONE" => {}
            Err(failure) => return Err(failure),
        }
        let (url, published_at) = (None, None);
        Ok(Receipt { remote_id: remote_id.to_owned(), url, published_at, evidence: Evidence::Answer })
    }

    async fn try_verify(&self) -> Result<Profile, Failure> {
        let number = self.api.organization().number();
        let page = page::read(&self.api).await?;
        let handle = page.vanity_name.filter(|name| !name.is_empty()).unwrap_or_else(|| number.to_owned());
        Ok(Profile {
            url: Some(format!("https://www.linkedin.com/company/{handle}/")),
            handle,
            display_name: page.localized_name.filter(|name| !name.is_empty()),
            bio: page.localized_description.filter(|bio| !bio.is_empty()),
            capabilities: self.capabilities(),
        })
    }
}

/// The answer to a post that was made: no body, and its name in a header. When it was made is told by the answer's own date.
fn made(answer: &Answer) -> Result<Receipt, Failure> {
    match answer.header("x-restli-id").and_then(PostUrn::parse) {
        Some(urn) => Ok(post::receipt(&urn, answer.date(), Evidence::Answer)),
        None => Err(Failure::unknown("ANSWER_WITHOUT_ID", "the platform's answer does not name the post")
            .with_status(answer.status)),
    }
}

/// A change and a deletion are answered with nothing at all; whoever says something else is not the platform.
fn done(answer: &Answer) -> Result<(), Failure> {
    if answer.body.is_empty() {
        return Ok(());
    }
    let detail = "the platform's answer cannot be read";
    Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status))
}

/// What a refused duplicate is, by what was found at the URN that the platform named: an earlier try of ours, or surely none.
/// Where that could not be read or decided, an earlier try may be out.
fn judge(refused: Failure, asked: Option<Result<LookUp, Failure>>) -> Result<Receipt, Failure> {
    match asked {
        Some(Ok(LookUp::Found(receipt))) => Ok(receipt),
        Some(Ok(LookUp::Absent)) => {
            let detail =
                "the page has another post with these words: change them, or wait until LinkedIn forgets it";
            Err(Failure::refused(refused.cause.code, detail).with_status(422))
        }
        _ => Err(refused),
    }
}

#[async_trait]
impl Connector for LinkedIn {
    fn kind(&self) -> PlatformKind {
        PlatformKind::LinkedIn
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_media: post::MOST_PICTURES,
            media_types: post::PICTURE_TYPES.map(str::to_owned).to_vec(),
            max_media_bytes: None,
            alt_text: true,
            captions: false,
            look_up: LookUpKind::Timeline,
            // It refuses the same words twice, but says for how long to nobody: that is evidence, and no promise.
            idempotent_send: false,
            edit: true,
            delete: true,
            title: false,
            follow: FollowKind::Comment,
            read_back: true,
            inbound: true,
            metrics: true,
            amplify: true,
            quotes: true,
            replies: true,
            live_bio: true,
            prepares: true,
            text: TextLimit { max: Some(post::MOST_CHARACTERS), link_weight: None },
        }
    }

    fn wait(&self) -> Option<std::time::Duration> {
        self.api.wait()
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        prepare(self.api.limits(), self.try_verify()).await.map_err(Failure::into_verify)
    }

    async fn publish(&self, message: &Message) -> Outcome {
        let handing = Handing::of(&message.prepared, self.api.limits());
        let tried = self.try_publish(message, &handing).await;
        handing.outcome(tried)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        let asked = async {
            match (&message.answers, &message.follows) {
                (Some(said), _) => answer::look_up(&self.api, message, said).await,
                (None, Some(follows)) => comment::look_up(&self.api, message, follows).await,
                (None, None) => timeline::look_up(&self.api, message).await,
            }
        };
        let told = prepare(self.api.limits(), asked).await.unwrap_or_else(Failure::into_look_up);
        told.once_listed(message.last_over_at(self.api.limits()), LISTED, self.clock.now())
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let asked = standing::read_back(&self.api, remote_id, message);
        prepare(self.api.limits(), asked).await.unwrap_or_else(Failure::into_standing)
    }

    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        let asked = notices::since(&self.api, since, self.clock.now());
        prepare(self.api.limits(), asked).await.map_err(Failure::into_unread)
    }

    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        let asked = standing::metrics(&self.api, remote_ids);
        prepare(self.api.limits(), asked).await.map_err(Failure::into_unread)
    }

    async fn amplify(&self, what: &Amplified) -> Outcome {
        reshare::pass_on(&self.api, &what.url).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn look_up_amplified(&self, what: &Amplified) -> LookUp {
        reshare::look_up(&self.api, &what.url).await
    }
}
