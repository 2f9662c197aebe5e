//! An account on X, by its API of the second version. It knows that X takes no key and refuses the same words twice, so the
//! account's own posts decide after a lost answer; it does not know transports or the queue, nor how a token is renewed.

mod api;
mod audience;
mod failure;
mod likeness;
mod media;
mod post;
#[cfg(test)]
mod spec;
mod subtitles;
mod timeline;
mod verdict;
mod weight;
mod words;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::Value;
use tokio::time::Instant;

use crate::{
    clock::Clock,
    connector::{
        Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, VerifyFailure,
    },
    http::{
        Http,
        answer::Answer,
        failure::{Failure, Verdict},
        prepare,
    },
    message::Message,
    outcome::{Evidence, LookUp, Outcome, Receipt},
    prepared::{self, Handing},
    reading::{Amplified, Difference, Figures, Inbox, Standing, Unread},
    settings::{ConnectError, ConnectionSettings},
};
use api::{Api, Body};
use failure::GONE;
use verdict::{ANSWER_REFUSED, FOLLOW_REFUSED, made, refused, unchanged};

/// One account.
#[derive(Debug)]
pub struct X {
    api: Api,
    clock: Arc<dyn Clock>,
}

impl X {
    /// Takes a user's access token (OAuth 2.0) with the scopes `tweet.read`, `tweet.write`, `users.read` and `media.write`.
    /// Without an address it is X's own.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self { api: Api::new(settings, secret, http)?, clock })
    }

    async fn prepare(
        &self,
        message: &Message,
        handing: &Handing,
        previous: Option<&str>,
    ) -> Result<Value, Failure> {
        post::check_limits(message)?;
        let media = media::upload(&self.api, message, handing).await?;
        Ok(post::body(message, &media, previous))
    }

    async fn try_publish(&self, message: &Message, handing: &Handing) -> Result<Receipt, Failure> {
        let first_try = self.is_first_try(message);
        let work = self.prepare(message, handing, None);
        let body = prepared::prepare(self.api.limits(), handing, work).await?;
        message.in_time()?;
        let ends = Instant::now() + self.api.limits().total;
        match self.post(message, &body).await {
            Ok(answer) => made(&answer),
            Err(failure) => Err(self.explained(message, refused(message, failure, first_try), ends).await),
        }
    }

    /// X does not say that it refused a post because the one that it follows or answers is gone: that is read, and takes no longer than
    /// publishing was allowed to.
    async fn explained(&self, message: &Message, failure: Failure, ends: Instant) -> Failure {
        let refused = [FOLLOW_REFUSED, ANSWER_REFUSED].contains(&failure.cause.code.as_str());
        let Some(parent) = message.parent().filter(|_| refused) else { return failure };
        let asked = tokio::time::timeout_at(ends, timeline::latest(&self.api, parent)).await;
        match asked {
            Ok(Err(read)) if read.cause.code == GONE => verdict::parent_gone(message, &failure),
            _ => failure,
        }
    }

    /// The one request that makes something public.
    async fn post(&self, message: &Message, body: &Value) -> Result<Answer, Failure> {
        let answer = self.api.call(Method::POST, "/2/tweets", &[], Body::Json(body)).await;
        let unused = answer.as_ref().is_err_and(|failure| failure.verdict == Verdict::NotSent);
        if !unused {
            media::forget(&self.api, message);
        }
        answer
    }

    /// A first try begins with the message's first attempt. After a lost answer none follows before a request's whole time has
    /// passed, since a look-up goes before it.
    fn is_first_try(&self, message: &Message) -> bool {
        let total = self.api.limits().total;
        message
            .first_sent_at
            .is_some_and(|began| (self.clock.now() - began).to_std().unwrap_or_default() < total)
    }

    /// Each change is a version with a new id. What says so already is left as it is: X counts changes, and allows five.
    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        let handing = Handing::of_change(self.api.limits());
        let prepared = async {
            let there = timeline::latest(&self.api, remote_id).await?;
            let quoted = there.quotes_what(message) != Some(false);
            if quoted && there.says(message) && there.media_keys().len() == message.media.len() {
                return Ok((there, None));
            }
            let body = self.prepare(message, &handing, Some(&there.id)).await?;
            Ok((there, Some(body)))
        };
        let (there, body) = prepare(self.api.limits(), prepared).await?;
        let Some(body) = body else {
            return Ok(post::receipt(&there.id, there.created_at, Evidence::Answer));
        };
        message.in_time()?;
        made(&self.post(message, &body).await.map_err(unchanged)?)
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        let answer = self.api.call(Method::DELETE, &post::route(remote_id)?, &[], Body::None).await;
        match answer.and_then(|answer| verdict::deleted(&answer)) {
            Ok(()) => {}
            Err(failure) if failure.cause.code == GONE => {}
            // What X answers for a post that is gone already is not documented: reading it tells.
            Err(failure) if verdict::may_be_gone(&failure) => {
                match prepare(self.api.limits(), timeline::latest(&self.api, remote_id)).await {
                    Err(read) if read.cause.code == GONE => {}
                    _ => return Err(failure),
                }
            }
            Err(failure) => return Err(failure),
        }
        Ok(Receipt { url: None, ..post::receipt(remote_id, None, Evidence::Answer) })
    }

    async fn try_read_back(&self, remote_id: &str, message: &Message) -> Result<Standing, Failure> {
        let there = timeline::latest(&self.api, remote_id).await?;
        Ok(if !there.says(message) {
            Standing::Changed(Difference::Words)
        } else if there.quotes_what(message) == Some(false) {
            Standing::Changed(Difference::Quote)
        } else if there.media_keys().len() != message.media.len() {
            Standing::Changed(Difference::Media)
        } else {
            Standing::AsSent
        })
    }

    async fn try_amplify(&self, what: &Amplified) -> Result<Receipt, Failure> {
        let Some(id) = post::id_in(&what.url) else {
            return Err(Failure::refused("NOT_A_POST", "this is not the address of a post on X"));
        };
        let me = prepare(self.api.limits(), self.api.account()).await?;
        let route = format!("/2/users/{}/retweets", me.id);
        let body = post::repost_body(id);
        let answer = self.api.call(Method::POST, &route, &[], Body::Json(&body)).await?;
        verdict::reposted(&answer)?;
        Ok(post::receipt(id, answer.date(), Evidence::Answer))
    }

    async fn try_verify(&self) -> Result<Profile, Failure> {
        let account = self.api.ask_account().await?;
        Ok(Profile {
            url: Some(format!("https://x.com/{}", account.username)),
            handle: account.username,
            display_name: account.name.filter(|name| !name.is_empty()),
            bio: account.description.filter(|bio| !bio.is_empty()),
            capabilities: self.capabilities(),
        })
    }
}

#[async_trait]
impl Connector for X {
    fn kind(&self) -> PlatformKind {
        PlatformKind::X
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_media: post::MOST_MEDIA,
            media_types: post::MEDIA_TYPES.map(str::to_owned).to_vec(),
            max_media_bytes: Some(post::LARGEST_PICTURE),
            alt_text: true,
            captions: true,
            look_up: LookUpKind::Timeline,
            // It refuses the same words twice, but says for how long to nobody: that is evidence, and no promise.
            idempotent_send: false,
            edit: true,
            delete: true,
            title: false,
            follow: FollowKind::Thread,
            read_back: true,
            inbound: true,
            metrics: true,
            amplify: true,
            quotes: true,
            replies: true,
            live_bio: true,
            prepares: true,
            text: TextLimit { max: Some(weight::MOST), link_weight: Some(weight::LINK) },
        }
    }

    fn wait(&self) -> Option<Duration> {
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
        let asked = timeline::look_up(&self.api, message, self.clock.as_ref());
        prepare(self.api.limits(), asked).await.unwrap_or_else(Failure::into_look_up)
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let asked = self.try_read_back(remote_id, message);
        prepare(self.api.limits(), asked).await.unwrap_or_else(|failure| match failure.cause.code.as_str() {
            // Only this platform's own "no such thing" has this code here.
            "GONE" => Standing::Gone,
            _ => failure.into_standing(),
        })
    }

    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        prepare(self.api.limits(), audience::inbound(&self.api, since)).await.map_err(Failure::into_unread)
    }

    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        prepare(self.api.limits(), audience::metrics(&self.api, remote_ids))
            .await
            .map_err(Failure::into_unread)
    }

    async fn amplify(&self, what: &Amplified) -> Outcome {
        self.try_amplify(what).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    /// X tells nobody cheaply what an account passed on, and answers a repeat with the first.
    async fn look_up_amplified(&self, _what: &Amplified) -> LookUp {
        LookUp::Absent
    }
}
