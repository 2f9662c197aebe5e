//! A worker that dies at every single request of a post's way, on every platform but WordPress, which `crash` has: nothing twice, nothing lost. It dies as a
//! process does that is killed: what it had not committed is gone, and so are its connections. The process itself is killed in
//! `crash` and `platforms`.

use chrono::{DateTime, TimeDelta, Utc};
use connectors::{
    Http, HttpLimits,
    fake::{Dialect, FakePlatform, SECRET},
};
use entity::{
    ChannelId, ConversationId, MediaId, PostId, WorkerId,
    channel::{self, CredentialState, Platform},
    post::{self, PostState},
};
use office::{
    Actor, Clock as _, IdSource as _, Requester, SystemIds,
    channels::{self, ConnectChannel},
    drafts::{self, CreateDraft, MediaPlace},
    media::{self as uploads, CreateUpload},
    posts::{self, Resolution, SchedulePost, When},
    read,
    stewards::{self, AddSteward},
};
use secrecy::SecretString;
use tokio::runtime;
use tokio_util::sync::CancellationToken;
use worker::{Worker, WorkerSettings};

use crate::support::{
    client::until,
    desk::{Desk, content, permit, wish},
    engine::Engine,
    story::address,
};

mod answering;
mod quoting;

const PHOTO: &[u8] = include_bytes!("../../office/samples/photo.jpg");
const FILM: &[u8] = include_bytes!("../../office/samples/film.mp4");

/// Minutes after which every platform lists what it took.
const AHEAD_MINUTES: i64 = 30;

/// A worker in a thread, a runtime and connections of its own, so that it can end in the middle of anything.
struct Mortal {
    id: WorkerId,
    death: CancellationToken,
    thread: std::thread::JoinHandle<()>,
}

impl Mortal {
    fn start(desk: &Desk) -> Self {
        let (door, id, death) = (desk.door(), WorkerId(SystemIds.next()), CancellationToken::new());
        let told = death.clone();
        let thread = std::thread::spawn(move || {
            let runtime =
                runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async {
                let http = Http::new(HttpLimits::default()).unwrap();
                let worker = Worker::new(door.open().await, http, settings(), id, "mortal").unwrap();
                tokio::select! {
                    ran = worker.run(CancellationToken::new()) => panic!("nobody stopped it: {ran:?}"),
                    () = told.cancelled() => {}
                }
            });
            runtime.shutdown_background();
        });
        Self { id, death, thread }
    }

    async fn die(self) {
        self.death.cancel();
        tokio::task::spawn_blocking(|| self.thread.join().unwrap()).await.unwrap();
    }
}

/// The defaults, with a look every second and nothing else on its mind.
fn settings() -> WorkerSettings {
    let defaults: toml::Table = include_str!("../../config/default.toml").parse().unwrap();
    let mut settings: WorkerSettings = defaults["worker"].clone().try_into().unwrap();
    settings.backstop_seconds = 1;
    settings.housekeeping_every_seconds = 1;
    settings.credentials_every_seconds = 1;
    settings.rounds_every_seconds = 3_600;
    settings.links_every_seconds = 3_600;
    settings
}

/// An account on a platform, in use.
struct Stage {
    desk: Desk,
    server: FakePlatform,
    platform: Platform,
    channel: ChannelId,
    /// The post of others that the posts quote, in place of a picture.
    quotes: Option<String>,
    /// Whether each post answers something that the public said, in place of a picture.
    answers: bool,
    /// The post of ours that the public speaks below, by the platform's name; none where it speaks to the account.
    below: Option<String>,
}

impl Stage {
    async fn set(engine: &Engine, dialect: Dialect, platform: Platform) -> Self {
        let desk = Desk::open(engine, 0).await;
        let server = FakePlatform::start(dialect).await.unwrap();
        let word = sea_orm::ActiveEnum::to_value(&platform);
        let request = wish(platform, &server.handle(), address(&word, &server.handle()));
        let row = channels::request(&desk.office, &permit(&desk.author), request).await.unwrap();
        let row = channels::approve(&desk.office, &permit(&desk.coordinator), row.id, None).await.unwrap();
        let stage =
            Self { desk, server, platform, channel: row.id, quotes: None, answers: false, below: None };
        stage.server.set_now(Some(stage.desk.clock.now()));
        stage.connect(row).await;
        stage
    }

    async fn connect(&self, row: channel::Model) {
        let (office, reached) = (&self.desk.office, self.server.settings());
        for steward in [&self.desk.author, &self.desk.manager] {
            let (channel_id, member_id) = (row.id, steward.member_id().unwrap());
            let add = AddSteward { client_key: None, channel_id, member_id, on_duty: false };
            stewards::add(office, &permit(&self.desk.coordinator), add).await.unwrap();
        }
        let connect = ConnectChannel {
            channel_id: row.id,
            expected_version: self.row().await.version,
            base_url: reached.base_url.map(Into::into),
            username: reached.username,
            allow_private_host: true,
            honours_keys: false,
            secret: SecretString::from(SECRET),
            expires_at: None,
        };
        let operator = Requester::new(row.office_id, Actor::Operator);
        channels::connect(office, &permit(&operator), connect).await.unwrap();
        let worker = Mortal::start(&self.desk);
        until("the credential to be tried", || async {
            (self.row().await.credential_state == CredentialState::Healthy).then_some(())
        })
        .await;
        worker.die().await;
        channels::activate(office, &permit(&self.desk.coordinator), row.id).await.unwrap();
    }

    async fn row(&self) -> channel::Model {
        let db = self.desk.office.db().read();
        read::one::<channel::Entity>(db, self.desk.author.office_id, self.channel).await.unwrap()
    }

    /// A picture, or a film for the platform that takes nothing else.
    async fn medium(&self) -> MediaPlace {
        let film = self.platform == Platform::Youtube;
        let (name, bytes) = if film { ("film.mp4", FILM) } else { ("photo.jpg", PHOTO) };
        let byte_size = bytes.len().try_into().unwrap();
        let create = CreateUpload { client_key: None, file_name: name.to_owned(), byte_size };
        let office = &self.desk.office;
        let announced = uploads::create_upload(office, &permit(&self.desk.author), create).await.unwrap();
        let media_id: MediaId = announced.media.id;
        let token = announced.upload.unwrap().token;
        uploads::receive(office, media_id, &token, bytes.to_vec().into()).await.unwrap();
        let alt_text = Some("A door opens".to_owned());
        MediaPlace {
            media_id,
            alt_text,
            decorative: false,
            shows_people: Some(false),
            document: Some(false),
            captions: Vec::new(),
        }
    }

    async fn schedule(&self, words: &str, answers: Option<ConversationId>) -> PostId {
        let mut content = content(words, &[self.channel]);
        content.amplifies.clone_from(&self.quotes);
        content.answers = answers;
        if self.quotes.is_none() && answers.is_none() {
            content.media = vec![self.medium().await];
        }
        let create = CreateDraft { client_key: None, initiative_id: self.desk.initiative, content };
        let office = &self.desk.office;
        let draft = drafts::create(office, &permit(&self.desk.author), create).await.unwrap();
        self.desk.approve(draft.id).await;
        let schedule = SchedulePost {
            client_key: None,
            draft_id: draft.id,
            channel_ids: Vec::new(),
            when: When::Now,
            // The test's clock runs ahead of a slow machine: that is not what is tried here.
            publish_late_minutes: Some(24 * 60),
            after: None,
        };
        let scheduled = posts::schedule(office, &permit(&self.desk.author), schedule).await.unwrap();
        scheduled.first().map(|one| one.post.id).unwrap()
    }

    /// Time passes for the office and for the platform, unless a living worker has the post in its hands.
    async fn published(&self, post: PostId, living: &Mortal, before: usize) {
        until("the post to be out", || async {
            let row = self.desk.post(post).await;
            if row.worker_id != Some(living.id) {
                // Slowly enough that whoever looks a post up is done before their lease is over.
                self.desk.wait(TimeDelta::seconds(5));
                self.server.set_now(Some(self.late()));
            }
            if row.state == PostState::Unconfirmed && row.person_decides {
                self.decide(&row, before).await;
            }
            (row.state == PostState::Published).then_some(())
        })
        .await;
    }

    /// Somebody looks at the platform, and it is not there: one that is there must be found without them. Only YouTube may hold
    /// an answer back and not tell.
    async fn decide(&self, post: &post::Model, before: usize) {
        let asked = (self.platform, self.answers, self.server.applied_after(before).len());
        assert_eq!(asked, (Platform::Youtube, true, 0), "nobody need have been asked");
        let (office, by) = (&self.desk.office, permit(&self.desk.coordinator));
        posts::resolve(office, &by, post.id, post.version, &Resolution::NotPublished).await.unwrap();
    }

    /// The platform's clock: these list late what they took, and by this one it is long after.
    fn late(&self) -> DateTime<Utc> {
        let lists_late = matches!(self.platform, Platform::X | Platform::Youtube);
        self.desk.clock.now() + TimeDelta::minutes(if lists_late { AHEAD_MINUTES } else { 0 })
    }

    /// One post, whose worker dies at the request after so many others; whether there was such a request.
    async fn dies_at(&self, nth: usize, applied: bool) -> bool {
        let before = self.server.applied().len();
        // What was before is past by the platform's clock, too.
        self.desk.wait(TimeDelta::minutes(AHEAD_MINUTES));
        self.server.set_now(Some(self.desk.clock.now()));
        let said = if self.answers { Some(answering::hear(self).await) } else { None };
        let words = format!("The clinic opens its door number {nth}, {applied}.");
        let post = self.schedule(&words, said.as_ref().map(|(_, id)| *id)).await;
        self.server.fall_silent_after(nth, applied);
        let first = Mortal::start(&self.desk);
        let died = until("silence, or the post", || async {
            let out = self.desk.post(post).await.state == PostState::Published;
            (self.server.fell_silent() || out).then(|| self.server.fell_silent())
        })
        .await;
        first.die().await;
        self.server.speak();
        let second = Mortal::start(&self.desk);
        self.published(post, &second, before).await;
        second.die().await;
        let made = self.server.applied_after(before);
        assert_eq!(made.len(), 1, "{:?}: the worker died at request {nth}, done {applied}", self.platform);
        let (first, at) =
            (made.first().unwrap(), format!("{:?}: request {nth}, done {applied}", self.platform));
        assert_eq!(first.quotes, self.quotes, "{at}");
        assert_eq!(first.answers.as_ref(), said.as_ref().map(|(name, _)| name), "{at}");
        if let Some((_, id)) = said {
            answering::is_answered(self, id, post).await;
        }
        died
    }
}

/// Every request that a post takes, once done and once not done by the platform.
async fn walk(dialect: Dialect, platform: Platform, at_least: usize) {
    walk_of(&Stage::set(&Engine::Sqlite, dialect, platform).await, at_least).await;
}

async fn walk_of(stage: &Stage, at_least: usize) {
    for applied in [true, false] {
        let mut nth = 0;
        while stage.dies_at(nth, applied).await {
            nth += 1;
        }
        assert!(nth >= at_least, "{:?}: a post takes but {nth} requests", stage.platform);
    }
}

#[tokio::test]
async fn mastodon() {
    Box::pin(walk(Dialect::Mastodon, Platform::Mastodon, 2)).await;
}

#[tokio::test]
async fn webhook() {
    Box::pin(walk(Dialect::Webhook, Platform::Webhook, 1)).await;
}

#[tokio::test]
async fn bluesky() {
    Box::pin(walk(Dialect::Bluesky, Platform::Bluesky, 3)).await;
}

#[tokio::test]
async fn facebook() {
    Box::pin(walk(Dialect::Facebook, Platform::Facebook, 2)).await;
}

#[tokio::test]
async fn linkedin() {
    Box::pin(walk(Dialect::LinkedIn, Platform::Linkedin, 3)).await;
}

#[tokio::test]
async fn x() {
    Box::pin(walk(Dialect::X, Platform::X, 3)).await;
}

#[tokio::test]
async fn youtube() {
    Box::pin(walk(Dialect::YouTube, Platform::Youtube, 2)).await;
}
