//! A scripted platform for tests: a small HTTP server on 127.0.0.1 that speaks enough of a dialect, counts
//! what it really applied, and fails exactly as it is told. It knows nothing of the connectors.

mod account;
mod bluesky;
mod by_hand;
mod facebook;
mod linkedin;
mod mastodon;
mod oauth;
mod quoting;
mod request;
mod server;
mod twist;
mod webhook;
mod wordpress;
mod world;
mod x;
mod youtube;

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use tokio::{net::TcpListener, task::JoinSet};
use url::Url;

use crate::settings::ConnectionSettings;
pub use quoting::Quoting;
use twist::Twist;
pub use world::{AppliedCaptions, AppliedMedia, AppliedPost, Counts, Heard};
use world::{Silence, World};

/// Whom the platform knows.
pub const USERNAME: &str = "press";
/// What it knows them by.
pub const SECRET: &str = "the-right-secret";
/// LinkedIn: the organisation that it knows.
pub const ORGANIZATION: &str = "2414183";

/// The API that it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `/wp-json/wp/v2`
    WordPress,
    /// `/api/v1`, `/api/v2`
    Mastodon,
    /// A receiver of signed documents.
    Webhook,
    /// `/xrpc`
    Bluesky,
    /// `/v26.0`
    Facebook,
    /// `/rest/posts`
    LinkedIn,
    /// `/2/tweets`
    X,
    /// `/youtube/v3`, `/upload/youtube/v3`
    YouTube,
}

/// The kinds of request that a fault can be set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// Makes a post.
    Create,
    /// Uploads a file.
    Media,
    /// Changes a post.
    Edit,
    /// Deletes a post.
    Delete,
    /// Gives out a credential.
    Token,
    /// Passes on what somebody else published.
    Amplify,
    /// Everything that changes nothing.
    Read,
}

/// What happens to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Whether the platform does what is asked.
    pub applied: bool,
    /// What it says of it.
    pub answer: Answer,
}

/// What the platform says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The truth.
    Normal,
    /// Nothing, for ever.
    Hang,
    /// The truth, after a while.
    Slow(Duration),
    /// Another status.
    Status {
        /// The status.
        status: u16,
        /// `Retry-After`, in seconds.
        retry_after: Option<u64>,
    },
    /// The first bytes of the truth; then the connection ends.
    CutAfter(usize),
    /// 200, and something that is no JSON.
    Garbage,
    /// 200, and this many bytes.
    Huge(usize),
}

impl Script {
    /// The platform does it, and answers so.
    pub const fn applied(answer: Answer) -> Self {
        Self { applied: true, answer }
    }

    /// The platform does not do it, and answers so.
    pub const fn ignored(answer: Answer) -> Self {
        Self { applied: false, answer }
    }
}

/// A running platform; it stops when it is dropped.
#[derive(Debug)]
pub struct FakePlatform {
    base_url: Url,
    world: Arc<Mutex<World>>,
    _serving: JoinSet<()>,
}

impl FakePlatform {
    /// Starts on a free port of 127.0.0.1.
    pub async fn start(dialect: Dialect) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let base_url = Url::parse(&format!("http://{address}/")).map_err(io::Error::other)?;
        let world = Arc::new(Mutex::new(World::new(dialect, &base_url)));
        let mut serving = JoinSet::new();
        serving.spawn(server::serve(listener, Arc::clone(&world)));
        Ok(Self { base_url, world, _serving: serving })
    }

    /// Where it is.
    pub const fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// Settings that reach it.
    pub fn settings(&self) -> ConnectionSettings {
        ConnectionSettings {
            base_url: Some(self.base_url.clone()),
            username: Some(self.world().username().to_owned()),
            allow_private_hosts: true,
            ..ConnectionSettings::default()
        }
    }

    /// A credential that it takes.
    pub fn secret() -> SecretString {
        SecretString::from(SECRET)
    }

    /// What happens to the next request of this kind for which nothing is scripted yet.
    pub fn script(&self, call: Call, script: Script) {
        self.world().scripts.entry(call).or_default().push_back(script);
    }

    /// To the request that comes after so many others nothing is said; `applied`: though what it asks is done.
    pub fn fall_silent_after(&self, requests: usize, applied: bool) {
        self.world().silence = Silence::After { others: requests, applied };
    }

    /// Whether that request has come.
    pub fn fell_silent(&self) -> bool {
        self.world().silence == Silence::Came
    }

    /// Answers every request from now on.
    pub fn speak(&self) {
        self.world().silence = Silence::Never;
    }

    /// Takes no credential from now on (or all good ones again).
    pub fn refuse_credential(&self, refuse: bool) {
        self.world().refuses_credential = refuse;
    }

    /// A person agreed: this code is good once, with the verifier whose digest this is.
    pub fn agree(&self, code: &str, challenge: &str) {
        self.world().grants.agreed = Some((code.to_owned(), challenge.to_owned()));
    }

    /// Credentials that are given out from now on are good for so many seconds, and may do this.
    pub fn grant(&self, lifetime: u64, scope: &str) {
        let mut world = self.world();
        world.grants.lifetime = lifetime;
        scope.clone_into(&mut world.grants.scope);
    }

    /// How many credentials it has given out.
    pub fn granted(&self) -> u32 {
        self.world().grants.given
    }

    /// Its person takes back what they agreed to: the next refresh is refused.
    pub fn take_back(&self) {
        self.world().grants.given += 1;
    }

    /// Answers a repeated post of the same words with 422.
    pub fn refuse_duplicates(&self, refuse: bool) {
        self.world().refuses_duplicates = refuse;
    }

    /// Mastodon: keeps idempotency keys and says that it is a Mastodon (the default), or neither. Webhook: does nothing a
    /// second time for a key, and can be asked for it, or neither. Bluesky: has an `AppView` behind it (the default), or none.
    pub fn keep_keys(&self, keep: bool) {
        self.world().keeps_keys = keep;
    }

    /// Mastodon: forgets a key after this, though it says that it is a Mastodon; `None`: never.
    pub fn forget_keys_after(&self, memory: Option<TimeDelta>) {
        self.world().key_memory = memory;
    }

    /// Bluesky: every session has ended; it can still be renewed, unless another ends before it is.
    pub fn end_sessions(&self) {
        self.world().sessions += 1;
    }

    /// Mastodon, LinkedIn, X: every upload is ready only after this many questions.
    pub fn process_media_for(&self, questions: u32) {
        self.world().processing = questions;
    }

    /// Mastodon, LinkedIn, X: what is still being processed is ready, and whatever comes from now on is at once.
    pub fn finish_processing(&self) {
        self.world().finish_processing();
    }

    /// Forgets every upload that no post uses yet.
    pub fn forget_uploads(&self) {
        let mut world = self.world();
        world.media.clear();
        world.studio.uploads.clear();
    }

    /// Its clock stands at this instant; `None`: it goes with the machine's.
    pub fn set_now(&self, now: Option<DateTime<Utc>>) {
        self.world().now = now;
    }

    /// What is scripted and did not happen is forgotten.
    pub fn forget_scripts(&self) {
        self.world().scripts.clear();
    }

    /// Every post that it ever made, the deleted ones included.
    pub fn applied(&self) -> Vec<AppliedPost> {
        self.world().posts.clone()
    }

    /// The same without the first ones, for whoever saw those before.
    pub fn applied_after(&self, seen: usize) -> Vec<AppliedPost> {
        self.world().posts.iter().skip(seen).cloned().collect()
    }

    /// YouTube: the content of every upload that it ever began, as far as it came.
    pub fn film_contents(&self) -> Vec<Vec<u8>> {
        self.world().studio.uploads.iter().map(|upload| upload.content.clone()).collect()
    }

    /// Every upload that it ever took.
    pub fn uploads(&self) -> Vec<AppliedMedia> {
        self.world().media.clone()
    }

    /// The captions that its films have now.
    pub fn captions(&self) -> Vec<AppliedCaptions> {
        self.world().captions.clone()
    }

    /// Method and target of every request that came, in order.
    pub fn requests(&self) -> Vec<String> {
        self.world().requests.clone()
    }

    /// How many bytes the last true answer to such a call had.
    pub fn answer_length(&self, call: Call) -> usize {
        self.world().lengths.get(&call).copied().unwrap_or_default()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        locked(&self.world)
    }
}

fn locked(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}
