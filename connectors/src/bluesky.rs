//! Bluesky, and any other server of the AT Protocol. It knows that a post's key may be chosen by whoever writes it, so a
//! repeat meets the first one and a look-up is exact; it does not know transports or the queue.

mod account;
mod facets;
mod failure;
mod key;
mod record;
mod session;
mod size;

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
    message::Message,
    outcome::{Cause, Evidence, LookUp, Outcome, Receipt},
    settings::{ConnectError, ConnectionSettings},
};
use account::{Account, Body};
use facets::What;
use failure::{ALREADY_THERE, NOT_THERE};
use record::{COLLECTION, Kept, KeptProfile, Picture, ProfileRecord};
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

#[derive(Deserialize)]
struct Resolved {
    did: String,
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
    async fn record(&self, message: &Message, created_at: &str) -> Result<Value, Failure> {
        let text = message.text_with_link();
        record::check_limits(message, &text)?;
        let mut facets = Vec::new();
        for found in facets::find(&text) {
            let did = match &found.what {
                What::Mention(handle) => self.resolve(handle).await?,
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
        Ok(record::post(message, &text, created_at, facets, pictures))
    }

    /// Whose handle it is. A handle of nobody stays plain text; a server that cannot say so now is asked again later.
    async fn resolve(&self, handle: &str) -> Result<Option<String>, Failure> {
        let query = [("handle", handle)];
        match self.account.call("com.atproto.identity.resolveHandle", Body::Query(&query)).await {
            Ok(answer) => Ok(Some(answer.json::<Resolved>()?.did)),
            Err(failure) if failure.verdict == Verdict::Refused => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    async fn get<T: serde::de::DeserializeOwned>(
        &self,
        session: &Session,
        collection: &str,
        key: &str,
    ) -> Result<Option<T>, Failure> {
        let query = [("repo", session.did.as_str()), ("collection", collection), ("rkey", key)];
        match self.account.call("com.atproto.repo.getRecord", Body::Query(&query)).await {
            Ok(answer) => answer.json().map(Some),
            Err(failure) if failure.cause.code == NOT_THERE => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    async fn try_publish(&self, message: &Message) -> Result<Receipt, Failure> {
        let created = message.first_sent_at.unwrap_or_else(|| self.account.clock().now());
        let created_at = record::instant(created);
        let ready = async {
            self.account.session().await?;
            let record = self.record(message, &created_at).await?;
            // An upload may have found that the session had ended.
            Ok((self.account.session().await?, record))
        };
        let (session, record) = prepare(self.account.limits(), ready).await?;
        let key = key::record_key(&message.idempotency_key);
        let body = put(&session, &key, &record, None);
        message.in_time()?;
        let written = self.account.call_once(&session, "com.atproto.repo.putRecord", body).await;
        let written: Written = written.map_err(met_another)?.json()?;
        let evidence = if written.commit.is_some() { Evidence::Answer } else { Evidence::IdempotencyKey };
        Ok(receipt(&session, &key, Some(created), evidence))
    }

    async fn try_look_up(&self, message: &Message) -> Result<LookUp, Failure> {
        let session = self.account.session().await?;
        let key = key::record_key(&message.idempotency_key);
        let Some(kept) = self.get::<Kept>(&session, COLLECTION, &key).await? else {
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
            let Some(kept) = self.get::<Kept>(&session, COLLECTION, &key).await? else {
                return Err(Failure::refused("GONE", "the account has no such post"));
            };
            let created_at = kept.value.created_at.clone();
            let created_at = created_at.unwrap_or_else(|| record::instant(self.account.clock().now()));
            let record = self.record(message, &created_at).await?;
            Ok((self.account.session().await?, key, kept, record))
        };
        let (session, key, kept, record) = prepare(self.account.limits(), ready).await?;
        let body = put(&session, &key, &record, Some(&kept.cid));
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
        let kept: Option<KeptProfile> = self.get(&session, "app.bsky.actor.profile", "self").await?;
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

/// Writes a record in the place of the one with this hash, or of none. Then a repeat does nothing, and another record is
/// refused.
fn put(session: &Session, key: &str, record: &Value, instead_of: Option<&str>) -> Body<'static> {
    Body::Json(json!({
        "repo": session.did, "collection": COLLECTION, "rkey": key, "record": record, "swapRecord": instead_of,
    }))
}

/// An earlier try was heard, and this one differs (a mention that nobody had then): only a look-up tells what is out.
fn met_another(failure: Failure) -> Failure {
    if failure.cause.code == ALREADY_THERE {
        Failure { verdict: Verdict::Unknown, ..failure }
    } else {
        failure
    }
}

fn receipt(
    session: &Session,
    key: &str,
    published_at: Option<chrono::DateTime<chrono::Utc>>,
    evidence: Evidence,
) -> Receipt {
    Receipt {
        remote_id: format!("at://{}/{COLLECTION}/{key}", session.did),
        url: Some(format!("{}/post/{key}", session.page())),
        published_at,
        evidence,
    }
}

/// The key in an id that comes back from storage: it must be one, and of this account.
fn key_in(remote_id: &str, session: &Session) -> Result<String, Failure> {
    let key = match remote_id.strip_prefix("at://") {
        Some(address) => address.strip_prefix(&format!("{}/{COLLECTION}/", session.did)),
        None => Some(remote_id),
    };
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '~');
    key.filter(|key| (1..=512).contains(&key.len()) && key.chars().all(letter))
        .map(str::to_owned)
        .ok_or_else(|| Failure::refused("REMOTE_ID_INVALID", "this is not the id of a post of this account"))
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
            look_up: LookUpKind::Key,
            idempotent_send: true,
            // The record can be changed, but apps offer no such thing, and some readers keep the old words.
            edit: false,
            delete: true,
            title: false,
            follow: FollowKind::Alone,
            read_back: false,
            inbound: false,
            metrics: false,
            amplify: false,
            live_bio: true,
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
}
