//! Accounts on platforms that misbehave by chance and count: one scripted platform for each channel. Knows what was
//! really applied, which is the truth that everything shown is held against.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use connectors::fake::{Answer, Call, Dialect, FakePlatform, Script};
use uuid::Uuid;

use super::dice::Dice;
use crate::support::story::address;

/// How many copies of each post were applied, by the post's id.
pub(crate) type Copies = BTreeMap<Uuid, usize>;

/// One account.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) platform: FakePlatform,
    pub(crate) dialect: Dialect,
    pub(crate) handle: String,
}

impl Account {
    /// The name of its platform in the API.
    pub(crate) const fn platform_name(&self) -> &'static str {
        match self.dialect {
            Dialect::WordPress => "WORDPRESS",
            Dialect::Mastodon => "MASTODON",
            Dialect::Webhook => "WEBHOOK",
            Dialect::Bluesky => "BLUESKY",
            Dialect::Facebook => "FACEBOOK",
            Dialect::LinkedIn => "LINKEDIN",
            Dialect::X => "X",
            Dialect::YouTube => "YOUTUBE",
        }
    }

    /// Its public address, which is made up.
    pub(crate) fn url(&self) -> String {
        address(self.platform_name(), &self.handle)
    }
}

/// The key that goes with a post is its id; a slug holds it.
fn post_id(marker: &str) -> Option<Uuid> {
    const LENGTH: usize = 36;
    (0..=marker.len().checked_sub(LENGTH)?)
        .find_map(|start| Uuid::try_parse(marker.get(start..start + LENGTH)?).ok())
}

/// All of them, and what was counted so far.
#[derive(Debug)]
pub(crate) struct Accounts {
    all: Vec<Account>,
    counted: Mutex<Counted>,
}

/// Platforms only ever add posts: each look takes the new ones.
#[derive(Debug, Default)]
struct Counted {
    seen: Vec<usize>,
    copies: Copies,
    first: BTreeMap<Uuid, DateTime<Utc>>,
}

impl Accounts {
    /// So many, of every dialect in turn. One Mastodon server in two forgets its idempotency keys.
    pub(crate) async fn open(count: usize) -> Self {
        let mut all = Vec::with_capacity(count);
        for number in 0..count {
            let dialect = if number % 2 == 0 { Dialect::WordPress } else { Dialect::Mastodon };
            let platform = FakePlatform::start(dialect).await.unwrap();
            if number % 4 == 1 {
                platform.forget_keys_after(Some(TimeDelta::milliseconds(1_500)));
            }
            let handle = format!("account-{number}.example.org");
            platform.rename(&handle);
            all.push(Account { platform, dialect, handle });
        }
        let counted = Counted { seen: vec![0; count], ..Counted::default() };
        Self { all, counted: Mutex::new(counted) }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Account> {
        self.all.iter()
    }

    /// From now on they misbehave; each is told enough for so many posts.
    pub(crate) fn misbehave(&self, dice: &mut Dice, posts: usize) {
        for (number, account) in self.all.iter().enumerate() {
            // One account in eight is hard to ask: its posts are those that a person must decide.
            let deaf = number % 8 == 2;
            for _ in 0..posts * 3 {
                account.platform.script(Call::Create, create(dice));
                for _ in 0..3 {
                    account.platform.script(Call::Read, read(dice, deaf));
                }
            }
        }
    }

    /// How many.
    pub(crate) const fn count(&self) -> usize {
        self.all.len()
    }

    /// What they have applied.
    pub(crate) fn copies(&self) -> Copies {
        self.count_new().copies.clone()
    }

    /// How many posts are out.
    pub(crate) fn applied(&self) -> usize {
        self.count_new().copies.len()
    }

    /// When each post came first, by the platforms' clock.
    pub(crate) fn times(&self) -> BTreeMap<Uuid, DateTime<Utc>> {
        self.count_new().first.clone()
    }

    fn count_new(&self) -> MutexGuard<'_, Counted> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        for (number, account) in self.all.iter().enumerate() {
            for post in account.platform.applied_after(counted.seen[number]) {
                counted.seen[number] += 1;
                let Some(id) = post.marker.as_deref().and_then(post_id) else { continue };
                *counted.copies.entry(id).or_default() += 1;
                counted.first.entry(id).or_insert(post.created_at);
            }
        }
        counted
    }
}

/// What happens to a request that makes a post: half of them meet something.
fn create(dice: &mut Dice) -> Script {
    let status = |status, retry_after| Answer::Status { status, retry_after };
    match dice.below(100) {
        0..=54 => Script::applied(Answer::Normal),
        55..=64 => Script::applied(Answer::Slow(Duration::from_millis(100 + dice.below(900)))),
        65..=69 => Script::applied(Answer::Hang),
        70..=75 => Script::applied(status(500, None)),
        76..=80 => {
            let bytes = usize::try_from(dice.below(300)).unwrap();
            Script::applied(Answer::CutAfter(bytes))
        }
        81..=82 => Script::applied(Answer::Garbage),
        83..=86 => Script::ignored(Answer::CutAfter(0)),
        87..=89 => Script::ignored(status(500, None)),
        90..=91 => Script::ignored(Answer::Hang),
        92..=96 => Script::ignored(status(429, Some(1))),
        97..=98 => Script::ignored(status(503, Some(1))),
        _ => Script::ignored(status(422, None)),
    }
}

/// What happens to a request that changes nothing.
fn read(dice: &mut Dice, deaf: bool) -> Script {
    let well = if deaf { 65 } else { 93 };
    let status = |status, retry_after| Answer::Status { status, retry_after };
    let answer = match dice.below(100) {
        throw if throw < well => Answer::Normal,
        throw => match throw % 7 {
            0 => Answer::Hang,
            1 => Answer::CutAfter(0),
            2 => status(429, Some(1)),
            3 => Answer::Garbage,
            4 => Answer::Slow(Duration::from_millis(300)),
            _ => status(502, None),
        },
    };
    Script::applied(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_and_its_copy_name_the_same_post() {
        let id = Uuid::from_u128(7);
        for marker in [id.to_string(), format!("what-is-new-{id}"), format!("what-is-new-{id}-2")] {
            assert_eq!(post_id(&marker), Some(id), "{marker}");
        }
        assert_eq!(post_id("what-is-new"), None);
    }
}
