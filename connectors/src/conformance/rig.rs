//! A connector with the platform that it talks to, for any platform. It does not know the tests.

mod feed;
mod message;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, Utc};

use crate::{
    Capabilities, Clock, ConnectionSettings, Connector, FeedStore, Http, HttpLimits, LookUp, Message,
    Outcome, PlatformKind, Receipt, connect,
    fake::{Call, Dialect, FakePlatform, Script},
};
pub(super) use feed::MemoryFeed;
pub(super) use message::{caption, film, message, message_for, needs_film, picture};

/// Every platform behind a network; the office's own feed is not. One that is added is put through the suite by that alone.
pub(super) fn networked() -> impl Iterator<Item = PlatformKind> {
    PlatformKind::ALL.into_iter().filter(|kind| *kind != PlatformKind::Feed)
}

/// Those of them that say of themselves that they can do this: a platform joins a test by its capability alone.
pub(super) async fn able(can: impl Fn(&Capabilities) -> bool) -> Vec<PlatformKind> {
    let mut able = Vec::new();
    for kind in networked() {
        if can(&Rig::new(kind).await.connector.capabilities()) {
            able.push(kind);
        }
    }
    assert!(!able.is_empty(), "nothing would be tested");
    able
}

/// The receipt of what was delivered.
pub(super) fn delivered(outcome: Outcome) -> Receipt {
    match outcome {
        Outcome::Delivered(receipt) => receipt,
        other => panic!("not delivered: {other:?}"),
    }
}

/// The platform may not list yet what it took.
const LISTS_LATE: &str = "TOO_YOUNG";

pub(super) const NOW: &str = "2026-11-22T10:00:00Z";

thread_local! {
    /// One a test: building it reads the machine's certificates.
    static HTTP: Http = Http::new(limits()).unwrap();
}

pub(super) fn limits() -> HttpLimits {
    HttpLimits {
        connect: Duration::from_secs(2),
        read: Duration::from_millis(600),
        total: Duration::from_millis(800),
        preparation: Duration::from_secs(4),
        processing: Duration::from_millis(200),
        poll_every: Duration::from_millis(5),
        ask_after: Duration::from_millis(20),
        answer_bytes: 64 * 1024,
        redirects: 3,
    }
}

/// Those that list the newest first and can be read in no other order: of what is more than a page, the later is told before
/// the earlier.
pub(super) fn tells_backwards(kind: PlatformKind) -> bool {
    matches!(kind, PlatformKind::X | PlatformKind::YouTube)
}

pub(super) fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// A clock that stands where the fake platform's does, until it is moved.
#[derive(Debug)]
pub(super) struct StandingClock(Mutex<DateTime<Utc>>);

impl StandingClock {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(now())))
    }

    pub(super) fn pass(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }

    fn stand(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap() = now;
    }
}

impl Clock for StandingClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

pub(super) fn clock() -> Arc<dyn Clock> {
    StandingClock::new()
}

/// What the connector writes to.
#[derive(Debug)]
pub(super) enum Stage {
    Fake(FakePlatform),
    Feed(Arc<MemoryFeed>),
}

#[derive(Debug)]
pub(super) struct Rig {
    pub(super) connector: Box<dyn Connector>,
    pub(super) stage: Stage,
    /// The connector's; the platform's own is not moved with it.
    pub(super) clock: Arc<StandingClock>,
}

impl Rig {
    pub(super) async fn new(kind: PlatformKind) -> Self {
        let http = HTTP.with(Clone::clone);
        let feed = Arc::new(MemoryFeed::default());
        let dialect = match kind {
            PlatformKind::WordPress => Dialect::WordPress,
            PlatformKind::Mastodon => Dialect::Mastodon,
            PlatformKind::Webhook => Dialect::Webhook,
            PlatformKind::Bluesky => Dialect::Bluesky,
            PlatformKind::Facebook => Dialect::Facebook,
            PlatformKind::LinkedIn => Dialect::LinkedIn,
            PlatformKind::X => Dialect::X,
            PlatformKind::YouTube => Dialect::YouTube,
            PlatformKind::Feed => {
                let store: Arc<dyn FeedStore> = Arc::<MemoryFeed>::clone(&feed);
                let connector =
                    connect(kind, &ConnectionSettings::default(), None, &http, store, clock()).unwrap();
                return Self { connector, stage: Stage::Feed(feed), clock: StandingClock::new() };
            }
        };
        let fake = FakePlatform::start(dialect).await.unwrap();
        fake.set_now(Some(now()));
        let rig = Self::with(kind, &fake.settings());
        Self { stage: Stage::Fake(fake), ..rig }
    }

    /// The same on other settings.
    pub(super) fn reconnect(self, settings: impl FnOnce(&mut ConnectionSettings)) -> Self {
        let mut changed = self.fake().settings();
        settings(&mut changed);
        Self { stage: self.stage, ..Self::with(self.connector.kind(), &changed) }
    }

    /// The same in another process, which remembers nothing.
    pub(super) fn restarted(self) -> Self {
        let http = Http::new(limits()).unwrap();
        let (kind, settings) = (self.connector.kind(), self.fake().settings());
        Self { stage: self.stage, ..Self::over(&http, kind, &settings) }
    }

    fn with(kind: PlatformKind, settings: &ConnectionSettings) -> Self {
        Self::over(&HTTP.with(Clone::clone), kind, settings)
    }

    fn over(http: &Http, kind: PlatformKind, settings: &ConnectionSettings) -> Self {
        let feed = Arc::new(MemoryFeed::default());
        let store: Arc<dyn FeedStore> = Arc::<MemoryFeed>::clone(&feed);
        let secret = Some(FakePlatform::secret());
        let clock = StandingClock::new();
        let told: Arc<dyn Clock> = Arc::<StandingClock>::clone(&clock);
        let connector = connect(kind, settings, secret, http, store, told).unwrap();
        Self { connector, stage: Stage::Feed(feed), clock }
    }

    pub(super) fn fake(&self) -> &FakePlatform {
        match &self.stage {
            Stage::Fake(fake) => fake,
            Stage::Feed(_) => panic!("the feed has no fake platform"),
        }
    }

    pub(super) fn script(&self, call: Call, script: Script) {
        match &self.stage {
            Stage::Fake(fake) => fake.script(call, script),
            Stage::Feed(feed) => feed.script(script),
        }
    }

    /// How many posts with this key the platform has made.
    pub(super) fn applied(&self, key: &str) -> usize {
        match &self.stage {
            Stage::Fake(fake) => {
                fake.applied().iter().filter(|post| post.text.contains(&format!("({key})"))).count()
            }
            Stage::Feed(feed) => feed.applied(key),
        }
    }

    /// The captions that the platform has: language, label and file of each.
    pub(super) fn captions(&self) -> Vec<(String, Option<String>, String)> {
        match &self.stage {
            Stage::Fake(fake) => {
                let captions = fake.captions().into_iter();
                captions.map(|one| (one.language, one.label, one.file)).collect()
            }
            Stage::Feed(_) => panic!("the feed's captions are in its entries"),
        }
    }

    /// The outcome says nothing of the platform that is not so.
    pub(super) fn assert_truthful(&self, key: &str, outcome: &Outcome, name: &str) {
        let applied = self.applied(key);
        match outcome {
            Outcome::Delivered(_) => assert_eq!(applied, 1, "{name}: delivered, but it is not there once"),
            Outcome::Unknown(_) => assert!(applied <= 1, "{name}: there twice"),
            _ => assert_eq!(applied, 0, "{name}: {outcome:?}, but it is there"),
        }
    }

    /// Asks as the queue does: where the platform may not show the message yet, once more when the connector wishes.
    pub(super) async fn look_up(&self, message: &Message) -> LookUp {
        match self.connector.look_up(message).await {
            LookUp::Unreachable { cause, retry_after: Some(wait) } if cause.code == LISTS_LATE => {
                let stood = self.clock.now();
                self.clock.stand(stood + wait);
                self.fake().set_now(Some(now() + wait));
                let found = self.connector.look_up(message).await;
                self.clock.stand(stood);
                self.fake().set_now(Some(now()));
                found
            }
            found => found,
        }
    }

    /// What the queue does: repeat what was surely not sent, look up what may have been, and wait for as long as is asked.
    pub(super) async fn settle(&self, message: &Message, first: Outcome, name: &str) -> Outcome {
        let mut outcome = first;
        for _ in 0..6 {
            self.assert_truthful(&message.idempotency_key, &outcome, name);
            outcome = match outcome {
                Outcome::NotSent { .. } => self.connector.publish(message).await,
                Outcome::Preparing { prepared, .. } => {
                    self.connector.publish(&Message { prepared, ..message.clone() }).await
                }
                Outcome::Unknown(cause) => match self.look_up(message).await {
                    LookUp::Found(receipt) => Outcome::Delivered(receipt),
                    LookUp::Absent => self.connector.publish(message).await,
                    LookUp::Unreachable { retry_after: Some(wait), .. } => {
                        self.clock.pass(wait);
                        Outcome::Unknown(cause)
                    }
                    other => panic!("{name}: the look-up does not help: {other:?}"),
                },
                settled => return settled,
            };
        }
        panic!("{name}: never settled: {outcome:?}");
    }
}
