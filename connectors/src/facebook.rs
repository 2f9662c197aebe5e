//! A Facebook Page, by the Graph API. It knows that the platform keeps no idempotency keys, so that after a lost answer the
//! Page's own list of posts decides; it does not know transports or the queue.

mod answers;
mod audience;
mod comments;
mod content;
mod failure;
mod node;
mod photos;
mod place;
mod posts;
mod standing;
mod usage;
mod walk;
mod words;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    clock::Clock,
    connector::{
        Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, VerifyFailure,
    },
    http::{Http, failure::Failure, prepare},
    message::Message,
    outcome::{Evidence, LISTED, LookUp, Outcome, Receipt},
    reading::{Figures, Inbox, Standing, Unread},
    settings::{ConnectError, ConnectionSettings},
};
use node::{Account, Body, Created, Done, Page};

/// One Page.
#[derive(Debug)]
pub struct Facebook {
    page: Page,
    clock: Arc<dyn Clock>,
}

/// An answer of the Graph API, unless it says that the call went wrong.
pub(crate) fn checked(answer: crate::http::answer::Answer) -> Result<crate::http::answer::Answer, Failure> {
    failure::checked(answer)
}

impl Facebook {
    /// Takes the Graph API's address without a version, the Page's numeric id as the user name, and a Page access token with
    /// the permissions `pages_manage_posts`, `pages_manage_engagement`, `pages_read_engagement` and
    /// `pages_read_user_content`.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self { page: Page::new(settings, secret, http)?, clock })
    }

    async fn prepare(&self, message: &Message) -> Result<Value, Failure> {
        content::check_limits(message)?;
        let photos = photos::upload(&self.page, message).await?;
        Ok(content::fields(message, &photos))
    }

    async fn try_publish(&self, message: &Message) -> Result<Receipt, Failure> {
        message.quotes_nothing()?;
        if let Some(said) = &message.answers {
            let made = answers::publish(&self.page, message, said, self.is_first_try(message)).await;
            return made.map_err(|failure| self.doubt_duplicate(message, failure));
        }
        if let Some(follows) = &message.follows {
            let made = comments::publish(&self.page, message, follows).await;
            return made.map_err(|failure| self.doubt_duplicate(message, failure));
        }
        let fields = prepare(self.page.limits(), self.prepare(message)).await?;
        message.in_time()?;
        let route = self.page.route("/feed");
        let answer = self.page.call(Method::POST, &route, &[], Body::Json(fields)).await;
        let answer = answer.map_err(|failure| self.doubt_duplicate(message, failure))?;
        let created: Created = answer.json()?;
        if !is_post_id(&created.id) {
            let detail = "the platform answered without the post's id";
            return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status));
        }
        Ok(Receipt {
            url: Some(format!("https://www.facebook.com/{}", created.id)),
            remote_id: created.id,
            // The answer tells no time but its own.
            published_at: answer.date(),
            evidence: Evidence::Answer,
        })
    }

    /// Whether no earlier try can have made something. After a lost answer none follows before a request's whole time has
    /// passed, since a look-up goes before it.
    fn is_first_try(&self, message: &Message) -> bool {
        let total = self.page.limits().total;
        // A clock that was put back makes no try the first.
        let now = self.clock.now();
        let lately = |began: DateTime<Utc>| (now - began).abs().to_std().is_ok_and(|time| time < total);
        message.first_sent_at.is_some_and(lately)
    }

    /// The platform says that these words are out already. They may be this message's own: an earlier try of it, whose answer
    /// was lost, and which the list of posts did not show yet. A first try cannot have met itself.
    fn doubt_duplicate(&self, message: &Message, failure: Failure) -> Failure {
        if failure.cause.code != failure::DUPLICATE || self.is_first_try(message) {
            return failure;
        }
        let detail = "the platform has these words already: they may be of an earlier try";
        let status = failure.cause.http_status;
        let doubt = Failure::unknown(failure::DUPLICATE, detail);
        status.into_iter().fold(doubt, Failure::with_status)
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        let route = post_route(remote_id)?;
        content::check_limits(message)?;
        let fields = json!({ "message": words::of(message) });
        let answer = self.page.call(Method::POST, &route, &[], Body::Json(fields)).await?;
        answer.json::<Done>()?.checked(answer.status)?;
        Ok(touched(remote_id))
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        let route = post_route(remote_id)?;
        match self.page.call(Method::DELETE, &route, &[], Body::None).await {
            Ok(answer) => answer.json::<Done>()?.checked(answer.status)?,
            // The same code is given to whom the post is only hidden from: the Page itself sees its own.
            Err(failure) if failure.cause.code == failure::GONE => {
                prepare(self.page.limits(), self.page.check_own()).await?;
            }
            Err(failure) => return Err(failure),
        }
        Ok(touched(remote_id))
    }

    async fn try_verify(&self) -> Result<Profile, Failure> {
        self.page.check_own().await?;
        let query = [("fields", "id,name,username,link,about")];
        let answer = self.page.call(Method::GET, &self.page.route(""), &query, Body::None).await?;
        let account: Account = answer.json()?;
        Ok(Profile {
            handle: account.username.unwrap_or(account.id),
            display_name: account.name.filter(|name| !name.is_empty()),
            url: account.link,
            bio: account.about.filter(|about| !about.is_empty()),
            capabilities: self.capabilities(),
        })
    }

    async fn try_look_up(&self, message: &Message) -> Result<LookUp, Failure> {
        // A token of somebody else may be shown an empty list, which would prove nothing.
        self.page.check_own().await?;
        let told = match (&message.follows, &message.answers) {
            (_, Some(said)) => answers::look_up(&self.page, message, said).await,
            (Some(follows), None) => comments::look_up(&self.page, message, follows).await,
            (None, None) => posts::look_up(&self.page, message).await,
        };
        Ok(told?.once_listed(message.last_over_at(self.page.limits()), LISTED, self.clock.now()))
    }
}

fn touched(remote_id: &str) -> Receipt {
    Receipt { remote_id: remote_id.to_owned(), url: None, published_at: None, evidence: Evidence::Answer }
}

/// `PAGE_POST`, or for some kinds of post a number alone.
fn is_post_id(id: &str) -> bool {
    let number = |part: &str| (1..=32).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    match id.split_once('_') {
        Some((page, post)) => number(page) && number(post),
        None => number(id),
    }
}

/// Ids come back from storage; only what is one may become part of an address.
fn post_route(remote_id: &str) -> Result<String, Failure> {
    if is_post_id(remote_id) {
        Ok(format!("/{remote_id}"))
    } else {
        Err(Failure::refused("REMOTE_ID_INVALID", "this is not the id of a post"))
    }
}

#[async_trait]
impl Connector for Facebook {
    fn kind(&self) -> PlatformKind {
        PlatformKind::Facebook
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_media: content::MOST_PICTURES,
            media_types: content::PICTURE_TYPES.map(str::to_owned).to_vec(),
            max_media_bytes: Some(content::LARGEST_PICTURE),
            alt_text: true,
            captions: false,
            look_up: LookUpKind::Timeline,
            idempotent_send: false,
            edit: true,
            delete: true,
            title: false,
            follow: FollowKind::Comment,
            read_back: true,
            inbound: true,
            metrics: true,
            // A Page shares the posts of others by hand alone.
            amplify: false,
            quotes: false,
            replies: true,
            live_bio: true,
            prepares: false,
            text: TextLimit { max: Some(content::LONGEST_TEXT), link_weight: None },
        }
    }

    fn wait(&self) -> Option<Duration> {
        self.page.wait()
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        prepare(self.page.limits(), self.try_verify()).await.map_err(Failure::into_verify)
    }

    async fn publish(&self, message: &Message) -> Outcome {
        self.try_publish(message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        prepare(self.page.limits(), self.try_look_up(message)).await.unwrap_or_else(Failure::into_look_up)
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let asked = standing::read_back(&self.page, remote_id, message);
        prepare(self.page.limits(), asked).await.unwrap_or_else(Failure::into_standing)
    }

    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        let asked = audience::read(&self.page, self.clock.now(), since);
        prepare(self.page.limits(), asked).await.map_err(Failure::into_unread)
    }

    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        let asked = standing::metrics(&self.page, remote_ids);
        prepare(self.page.limits(), asked).await.map_err(Failure::into_unread)
    }
}
