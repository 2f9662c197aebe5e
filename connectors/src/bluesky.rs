//! Bluesky, and any other server of the AT Protocol. It knows that a post's key may be chosen by whoever writes it, so a
//! repeat meets the first one and a look-up is exact; it does not know transports or the queue.

mod account;
mod facets;
mod failure;
mod key;
mod notices;
mod others;
mod record;
mod records;
mod repost;
mod session;
mod size;
mod standing;

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

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
    message::{Follows, Message},
    outcome::{Cause, Evidence, LookUp, Outcome, Receipt},
    reading::{Amplified, Figures, Inbox, Standing, Unread},
    settings::{ConnectError, ConnectionSettings},
};
use account::{Account, Body};
use facets::What;
use failure::{ALREADY_THERE, NO_APP_VIEW};
use record::{Beside, COLLECTION, Kept, KeptProfile, Picture, Place, ProfileRecord, Reply};
use records::{key_in, put, receipt};
use session::Session;

/// One account on the network.
#[derive(Debug)]
pub struct Bluesky {
    account: Account,
}

/// A post as the server answers that it was written; `commit` is there only when that changed something.
#[derive(Deserialize)]
struct Written {
    commit: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Uploaded {
    blob: Value,
}

impl Bluesky {
    /// Takes the address of the service, the account's handle (or DID, or e-mail address) and an app password.
    pub fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self { account: Account::new(settings, secret, http, clock)? })
    }

    /// The record, with all that it leads to uploaded and resolved.
    async fn record(&self, message: &Message, created_at: &str, beside: Beside) -> Result<Value, Failure> {
        let text = message.text_with_link();
        record::check_limits(message, &text)?;
        let mut facets = Vec::new();
        for found in facets::find(&text) {
            let did = match &found.what {
                What::Mention(handle) => self.account.resolve(handle).await?,
                What::Link(_) | What::Tag(_) => None,
            };
            facets.extend(found.facet(|_| did.clone()));
        }
        let mut pictures = Vec::with_capacity(message.media.len());
        for part in &message.media {
            let bytes = part.content.whole().await?;
            let size = size::of(&bytes);
            let file = Body::File(bytes, &part.media_type);
            let answer = self.account.call("com.atproto.repo.uploadBlob", file).await?;
            pictures.push(Picture { blob: answer.json::<Uploaded>()?.blob, size });
        }
        Ok(record::post(message, &text, created_at, beside, facets, pictures))
    }

    /// What a post that follows another says of it: the place that it answers, and where that thread begins.
    async fn reply(&self, session: &Session, follows: &Follows) -> Result<Reply, Failure> {
        let key = key_in(&follows.remote_id, session)?;
        let parent = records::get::<Kept>(&self.account, session, COLLECTION, &key).await?;
        let parent = parent.ok_or_else(|| {
            Failure::refused("FOLLOWED_GONE", "the post that this one continues is not there any more")
        })?;
        let answered = Place { uri: records::uri(session, COLLECTION, &key), cid: parent.cid };
        // The parent knows the root, even where that is gone since.
        let root = parent.value.reply.map_or_else(|| answered.clone(), |above| above.root);
        Ok(Reply { root, parent: answered })
    }

    /// The post that it quotes. What is quoted already stays as it was then, whatever became of it.
    async fn quoted(&self, message: &Message, kept: Option<Place>) -> Result<Option<Place>, Failure> {
        match (&message.quotes, kept) {
            (None, _) => Ok(None),
            (Some(url), Some(place)) if others::names(url, &place.uri) => Ok(Some(place)),
            (Some(url), _) => others::quoted(&self.account, url).await.map(Some),
        }
    }

    async fn try_publish(&self, message: &Message) -> Result<Receipt, Failure> {
        let created = message.first_sent_at.unwrap_or_else(|| self.account.clock().now());
        let created_at = record::instant(created);
        let ready = async {
            let session = self.account.session().await?;
            let reply = match (&message.follows, &message.answers) {
                (Some(follows), _) => Some(self.reply(&session, follows).await?),
                (None, Some(said)) => Some(others::answered(&self.account, said).await?),
                (None, None) => None,
            };
            let beside = Beside { reply, quoted: self.quoted(message, None).await? };
            let record = self.record(message, &created_at, beside).await?;
            // An upload may have found that the session had ended.
            Ok((self.account.session().await?, record))
        };
        let (session, record) = prepare(self.account.limits(), ready).await?;
        let key = key::record_key(&message.idempotency_key);
        let body = put(&session, COLLECTION, &key, &record, None);
        message.in_time()?;
        let written = self.account.call_once(&session, "com.atproto.repo.putRecord", body).await;
        let written: Written = written.map_err(met_another)?.json()?;
        let evidence = if written.commit.is_some() { Evidence::Answer } else { Evidence::IdempotencyKey };
        Ok(receipt(&session, &key, Some(created), evidence))
    }

    async fn try_look_up(&self, message: &Message) -> Result<LookUp, Failure> {
        let session = self.account.session().await?;
        let key = key::record_key(&message.idempotency_key);
        let Some(kept) = records::get::<Kept>(&self.account, &session, COLLECTION, &key).await? else {
            return Ok(LookUp::Absent);
        };
        if !kept.value.says(message) {
            let detail = "a post has this message's key and says something else";
            return Ok(LookUp::CannotTell(Cause::new("OTHER_CONTENT", detail)));
        }
        Ok(LookUp::Found(receipt(&session, &key, kept.value.published_at(), Evidence::IdempotencyKey)))
    }

    async fn try_update(&self, remote_id: &str, message: &Message) -> Result<Receipt, Failure> {
        let ready = async {
            let session = self.account.session().await?;
            let key = key_in(remote_id, &session)?;
            let Some(kept) = records::get::<Kept>(&self.account, &session, COLLECTION, &key).await? else {
                return Err(Failure::refused("GONE", "the account has no such post"));
            };
            let created_at = kept.value.created_at.clone();
            let created_at = created_at.unwrap_or_else(|| record::instant(self.account.clock().now()));
            let quoted = self.quoted(message, kept.value.quoted()).await?;
            let beside = Beside { reply: kept.value.reply.clone(), quoted };
            let record = self.record(message, &created_at, beside).await?;
            Ok((self.account.session().await?, key, kept, record))
        };
        let (session, key, kept, record) = prepare(self.account.limits(), ready).await?;
        let body = put(&session, COLLECTION, &key, &record, Some(&kept.cid));
        self.account.call_once(&session, "com.atproto.repo.putRecord", body).await?;
        Ok(receipt(&session, &key, kept.value.published_at(), Evidence::Answer))
    }

    async fn try_delete(&self, remote_id: &str) -> Result<Receipt, Failure> {
        let session = prepare(self.account.limits(), self.account.session()).await?;
        let key = key_in(remote_id, &session)?;
        let body = json!({ "repo": session.did, "collection": COLLECTION, "rkey": key });
        self.account.call("com.atproto.repo.deleteRecord", Body::Json(body)).await?;
        let gone = receipt(&session, &key, None, Evidence::Answer);
        Ok(Receipt { remote_id: remote_id.to_owned(), url: None, ..gone })
    }

    async fn try_verify(&self) -> Result<Profile, Failure> {
        let session = self.account.session().await?;
        // The account's own record: unlike the profile that others see, it needs no other server.
        let kept: Option<KeptProfile> =
            records::get(&self.account, &session, "app.bsky.actor.profile", "self").await?;
        let ProfileRecord { display_name, description } = kept.map(|kept| kept.value).unwrap_or_default();
        Ok(Profile {
            handle: session.handle.clone(),
            display_name: display_name.filter(|name| !name.is_empty()),
            url: Some(session.page()),
            bio: description.filter(|bio| !bio.is_empty()),
            capabilities: self.capabilities(),
        })
    }
}

/// A server that passes no question on to an `AppView` has nothing to read.
fn unread(failure: Failure) -> Unread {
    if failure.cause.code == NO_APP_VIEW { Unread::NotOffered } else { failure.into_unread() }
}

/// An earlier try was heard, and this one differs (a mention that nobody had then): only a look-up tells what is out.
fn met_another(failure: Failure) -> Failure {
    if failure.cause.code == ALREADY_THERE {
        Failure { verdict: Verdict::Unknown, ..failure }
    } else {
        failure
    }
}

#[async_trait]
impl Connector for Bluesky {
    fn kind(&self) -> PlatformKind {
        PlatformKind::Bluesky
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_media: record::MOST_PICTURES,
            media_types: record::PICTURE_TYPES.map(str::to_owned).to_vec(),
            max_media_bytes: Some(record::PICTURE_BYTES),
            alt_text: true,
            captions: false,
            look_up: LookUpKind::Key,
            idempotent_send: true,
            // The record can be changed, but apps offer no such thing, and some readers keep the old words.
            edit: false,
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
            prepares: false,
            text: TextLimit { max: Some(record::MOST_GRAPHEMES), link_weight: None },
        }
    }

    fn wait(&self) -> Option<std::time::Duration> {
        self.account.wait()
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        prepare(self.account.limits(), self.try_verify()).await.map_err(Failure::into_verify)
    }

    async fn publish(&self, message: &Message) -> Outcome {
        self.try_publish(message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        prepare(self.account.limits(), self.try_look_up(message)).await.unwrap_or_else(Failure::into_look_up)
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        self.try_update(remote_id, message).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        self.try_delete(remote_id).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let asked = standing::read_back(&self.account, remote_id, message);
        prepare(self.account.limits(), asked).await.unwrap_or_else(Failure::into_standing)
    }

    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        prepare(self.account.limits(), notices::read(&self.account, since)).await.map_err(unread)
    }

    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        let asked = standing::metrics(&self.account, remote_ids);
        prepare(self.account.limits(), asked).await.map_err(unread)
    }

    async fn amplify(&self, what: &Amplified) -> Outcome {
        repost::pass_on(&self.account, what).await.map_or_else(Failure::into_outcome, Outcome::Delivered)
    }

    async fn look_up_amplified(&self, what: &Amplified) -> LookUp {
        repost::look_up(&self.account, what).await
    }
}
