//! WordPress by its REST API and an application password. It knows that WordPress has no idempotency key, so
//! the post's slug is the marker, asked for before every publication and after every lost answer; it does
//! not know transports or the queue.

mod answers;
mod comments;
mod content;
mod media;
mod site;
mod standing;
mod wire;

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    connector::{
        Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, VerifyFailure,
    },
    html,
    http::{
        Http,
        failure::{Failure, Verdict},
        prepare,
    },
    message::Message,
    outcome::{Cause, Evidence, LookUp, Outcome, Receipt},
    reading::{Figures, Inbox, Standing, Unread},
    settings::{ConnectError, ConnectionSettings},
};
use site::{Body, Site};
use wire::{Post, User};

/// Everything that an editor can see, the bin included.
const EVERY_STATUS: &str = "publish,future,draft,pending,private,trash";

/// One user of one WordPress site.
#[derive(Debug)]
pub struct WordPress {
    site: Site,
    featured_image: bool,
}

/// What is found under a message's marker.
enum Marked {
    Nothing,
    Public(Receipt),
    /// Something that only a person can judge.
    Doubtful(Cause),
}

impl WordPress {
    /// Takes the site's address, a user name and an application password.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
    ) -> Result<Self, ConnectError> {
        Ok(Self { site: Site::new(settings, secret, http)?, featured_image: settings.featured_image })
    }

    /// A stranger's question is refused as ill-formed; then whether we are one decides.
    async fn marked(&self, message: &Message) -> Result<Marked, Failure> {
        match self.find(message).await {
            Err(failure) if failure.verdict == Verdict::Refused => {
                User::own(&self.site).await?;
                Err(failure)
            }
            found => found,
        }
    }

    async fn find(&self, message: &Message) -> Result<Marked, Failure> {
        let slug = content::slug(message);
        // The bin renames what it holds.
        let slugs = format!("{slug},{slug}__trashed");
        let query = [("slug", slugs.as_str()), ("status", EVERY_STATUS), ("context", "edit")];
        let answer = self.site.call(Method::GET, "/wp/v2/posts", &query, Body::None).await?;
        let found: Vec<Post> = answer.json()?;
        Ok(match found.as_slice() {
            [] => Marked::Nothing,
            [post] if post.is_public() => Marked::Public(post.receipt(Evidence::Marker)),
            [post] => Marked::Doubtful(post.why_not_public()),
            _ => Marked::Doubtful(Cause::new(
                "SEVERAL_FOUND",
                "the site has several posts with this message's marker",
            )),
        })
    }

    async fn fields(&self, message: &Message) -> Result<Value, Failure> {
        let media = media::upload(&self.site, message).await?;
        let mut fields = json!({
            "title": content::title(message),
            "content": content::html(message, &media),
        });
        let featured = media.iter().find(|part| self.featured_image && part.is_image()).map(|part| part.id);
        if let (Some(id), Some(fields)) = (featured, fields.as_object_mut()) {
            fields.insert("featured_media".to_owned(), id.into());
        }
        Ok(fields)
    }

    /// The fields to send, or what is there already.
    async fn prepare(&self, message: &Message) -> Result<Result<Value, Marked>, Failure> {
        match self.marked(message).await? {
            Marked::Nothing => {}
            there => return Ok(Err(there)),
        }
        let mut fields = self.fields(message).await?;
        if let Some(fields) = fields.as_object_mut() {
            fields.insert("slug".to_owned(), content::slug(message).into());
            fields.insert("status".to_owned(), "publish".into());
        }
        Ok(Ok(fields))
    }

    async fn try_publish(&self, message: &Message) -> Result<Receipt, Failure> {
        message.quotes_nothing()?;
        if let Some(said) = &message.answers {
            return answers::publish(&self.site, message, said).await;
        }
        let fields = match prepare(self.site.limits(), self.prepare(message)).await? {
            Ok(fields) => fields,
            Err(Marked::Public(receipt)) => return Ok(receipt),
            Err(Marked::Doubtful(cause)) => return Err(Failure::unknown(cause.code, cause.detail)),
            Err(Marked::Nothing) => {
                return Err(Failure::not_sent("NOTHING_PREPARED", "nothing was prepared"));
            }
        };
        message.in_time()?;
        let answer = self.site.call(Method::POST, "/wp/v2/posts", &[], Body::Json(fields)).await?;
        let post: Post = answer.json()?;
        if !post.is_public() {
            let cause = post.why_not_public();
            return Err(Failure::unknown(cause.code, cause.detail).with_status(answer.status));
        }
        if post.slug != content::slug(message) {
            tracing::warn!(
                remote.id = post.id,
                "WordPress changed the marker of a post: it may have two of it"
            );
        }
        Ok(post.receipt(Evidence::Answer))
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        if let Some(route) = answers::route(remote_id) {
            return answers::update(&self.site, &route?, message).await;
        }
        let route = post_route(remote_id)?;
        let fields = prepare(self.site.limits(), self.fields(message)).await?;
        let answer = self.site.call(Method::POST, &route, &[], Body::Json(fields)).await?;
        Ok(answer.json::<Post>()?.receipt(Evidence::Answer))
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        let route = answers::route(remote_id).unwrap_or_else(|| post_route(remote_id))?;
        match self.site.call(Method::DELETE, &route, &[], Body::None).await {
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
        if let Some(said) = &message.answers {
            return answers::look_up(&self.site, message, said).await;
        }
        User::own(&self.site).await?;
        Ok(match self.marked(message).await? {
            Marked::Nothing => LookUp::Absent,
            Marked::Public(receipt) => LookUp::Found(receipt),
            Marked::Doubtful(cause) => LookUp::CannotTell(cause),
        })
    }
}

/// Ids come back from storage; only a number may become part of an address.
fn post_route(remote_id: &str) -> Result<String, Failure> {
    match remote_id.parse::<u64>() {
        Ok(id) => Ok(format!("/wp/v2/posts/{id}")),
        Err(_) => Err(Failure::refused("REMOTE_ID_INVALID", "this is not the id of a WordPress post")),
    }
}

#[async_trait]
impl Connector for WordPress {
    fn kind(&self) -> PlatformKind {
        PlatformKind::WordPress
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_media: 100,
            media_types: Vec::new(),
            max_media_bytes: None,
            alt_text: true,
            captions: true,
            look_up: LookUpKind::Marker,
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
            prepares: false,
            text: TextLimit { max: None, link_weight: None },
        }
    }

    fn wait(&self) -> Option<std::time::Duration> {
        self.site.wait()
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        let user = prepare(self.site.limits(), User::own(&self.site)).await.map_err(Failure::into_verify)?;
        Ok(Profile {
            handle: user.slug,
            display_name: Some(user.name).filter(|name| !name.is_empty()),
            url: user.link,
            // The user's own, not the site's tagline: it is the user whom the name and the address are of.
            bio: user.description.as_deref().map(html::plain).filter(|bio| !bio.is_empty()),
            capabilities: self.capabilities(),
        })
    }

    async fn publish(&self, message: &Message) -> Outcome {
        self.try_publish(message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        prepare(self.site.limits(), self.try_look_up(message)).await.unwrap_or_else(Failure::into_look_up)
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let asked = async {
            match answers::route(remote_id) {
                Some(route) => answers::read_back(&self.site, &route?, message).await,
                None => standing::read_back(&self.site, remote_id, message).await,
            }
        };
        prepare(self.site.limits(), asked).await.unwrap_or_else(Failure::into_standing)
    }

    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        prepare(self.site.limits(), comments::read(&self.site, since)).await.map_err(Failure::into_unread)
    }

    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        let asked = comments::metrics(&self.site, remote_ids);
        prepare(self.site.limits(), asked).await.map_err(Failure::into_unread)
    }
}
