//! A Facebook Page, by the Graph API. It knows that the platform keeps no idempotency keys, so that after a lost answer the
//! Page's own list of posts decides; it does not know transports or the queue.

mod failure;
mod node;
mod photos;
mod posts;
mod usage;
mod words;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
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
    outcome::{Evidence, LookUp, Outcome, Receipt},
    settings::{ConnectError, ConnectionSettings},
};
use node::{Account, Body, Created, Done, Page};

/// Characters of a post. From memory and from what others have written: Meta documents no limit, and none was tried.
const LONGEST_TEXT: usize = 63_206;
/// Pictures of one post. Meta documents no limit for `attached_media`; this many are known to work from elsewhere.
const MOST_PICTURES: usize = 10;
/// By Meta's reference of the `photos` edge.
const LARGEST_PICTURE: u64 = 10 * 1024 * 1024;
/// The first five by Meta's guide to photo uploads. The others are taken from elsewhere, and the office's rules let them pass:
/// whether they are taken from here is for the platform to say.
const PICTURE_TYPES: [&str; 7] =
    ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic"];

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
    /// the permissions `pages_manage_posts`, `pages_read_engagement` and `pages_read_user_content`.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self { page: Page::new(settings, secret, http)?, clock })
    }

    async fn prepare(&self, message: &Message) -> Result<Value, Failure> {
        check_limits(message)?;
        let photos = photos::upload(&self.page, message).await?;
        Ok(fields(message, &photos))
    }

    async fn try_publish(&self, message: &Message) -> Result<Receipt, Failure> {
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

    /// The platform says that these words are out already. They may be this message's own: an earlier try of it, whose answer
    /// was lost, and which the list of posts did not show yet. A first try cannot have met itself; and after a lost answer none
    /// follows before a request's whole time has passed, since a look-up goes before it.
    fn doubt_duplicate(&self, message: &Message, failure: Failure) -> Failure {
        let total = self.page.limits().total;
        let first_try = message
            .first_sent_at
            .is_some_and(|began| (self.clock.now() - began).to_std().unwrap_or_default() < total);
        if failure.cause.code != failure::DUPLICATE || first_try {
            return failure;
        }
        let detail = "the platform has these words already: they may be of an earlier try";
        let status = failure.cause.http_status;
        let doubt = Failure::unknown(failure::DUPLICATE, detail);
        status.into_iter().fold(doubt, Failure::with_status)
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        let route = post_route(remote_id)?;
        check_limits(message)?;
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
        posts::look_up(&self.page, message).await
    }
}

/// What `/feed` is sent. A link becomes a card, but not beside pictures: there it is among the words.
fn fields(message: &Message, photos: &[String]) -> Value {
    let mut fields = serde_json::Map::new();
    let words = words::of(message);
    if !words.is_empty() {
        fields.insert("message".to_owned(), words.into());
    }
    match (&message.link, photos) {
        (Some(link), []) => drop(fields.insert("link".to_owned(), link.as_str().into())),
        (None, []) => {}
        (_, photos) => {
            let attached = photos.iter().map(|id| json!({ "media_fbid": id })).collect();
            fields.insert("attached_media".to_owned(), attached);
        }
    }
    Value::Object(fields)
}

/// Everything that the platform would refuse, found before anything is uploaded.
fn check_limits(message: &Message) -> Result<(), Failure> {
    if words::of(message).chars().count() > LONGEST_TEXT {
        return Err(Failure::refused("TEXT_TOO_LONG", "the text is longer than the platform takes"));
    }
    if message.media.len() > MOST_PICTURES {
        return Err(Failure::refused("TOO_MANY_MEDIA", "the platform takes fewer pictures in one post"));
    }
    for part in &message.media {
        if !PICTURE_TYPES.contains(&part.media_type.as_str()) {
            return Err(Failure::refused(
                "MEDIA_TYPE_REFUSED",
                "the platform does not take this kind of file",
            ));
        }
        if part.content.length() > LARGEST_PICTURE {
            return Err(Failure::refused("MEDIA_TOO_LARGE", "the platform takes no picture of this size"));
        }
    }
    Ok(())
}

fn touched(remote_id: &str) -> Receipt {
    Receipt { remote_id: remote_id.to_owned(), url: None, published_at: None, evidence: Evidence::Answer }
}

/// `PAGE_POST`, or for some kinds of post a number alone.
fn is_post_id(id: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
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
            max_media: MOST_PICTURES,
            media_types: PICTURE_TYPES.map(str::to_owned).to_vec(),
            max_media_bytes: Some(LARGEST_PICTURE),
            alt_text: true,
            look_up: LookUpKind::Timeline,
            idempotent_send: false,
            edit: true,
            delete: true,
            title: false,
            follow: FollowKind::Alone,
            read_back: false,
            inbound: false,
            metrics: false,
            amplify: false,
            live_bio: true,
            text: TextLimit { max: Some(LONGEST_TEXT), link_weight: None },
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
}
