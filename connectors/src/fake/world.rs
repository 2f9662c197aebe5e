//! What the fake platform holds. It does not know how it is spoken to.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use url::Url;

use super::{
    Answer, Call, Dialect, Script,
    request::{Reply, Request},
};

/// One post that the platform made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppliedPost {
    /// The platform's name for it.
    pub id: String,
    /// The slug, or the idempotency key that came with it.
    pub marker: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The words, as they were sent.
    pub text: String,
    /// The language that was sent.
    pub language: Option<String>,
    /// The visibility or status that was sent.
    pub visibility: Option<String>,
    /// The ids of its uploads.
    pub media: Vec<String>,
    /// Bluesky, Facebook, LinkedIn, X, YouTube: the record, post or film, as it was sent.
    pub record: Option<Value>,
    /// How often it was changed.
    pub edits: u32,
    /// The platform's name for what it answers or continues.
    pub follows: Option<String>,
    /// The platform's name for what was said to the account that it answers.
    pub answers: Option<String>,
    /// The address of the post of others that it quotes.
    pub quotes: Option<String>,
    /// What stands before it as a warning.
    pub warning: Option<String>,
    /// How often it was approved of, passed on and answered.
    pub counts: Counts,
    /// Whether it was deleted.
    pub deleted: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// How often a post was seen to, as the platform counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Likes.
    pub likes: u64,
    /// Times that it was passed on.
    pub shares: u64,
    /// Answers.
    pub replies: u64,
}

/// Something that was said to the account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// The platform's name for it.
    pub id: String,
    /// Who said it; the account itself where it is [`super::USERNAME`].
    pub author: String,
    /// The words.
    pub text: String,
    /// The platform's name for the post that it answers.
    pub answers: Option<String>,
    /// Whether nobody else can read it.
    pub private: bool,
    /// When it was said.
    pub at: DateTime<Utc>,
}

/// Whether nothing is said to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// Everything is answered.
    Never,
    /// After so many others; `applied`: though what it asks is done.
    After { others: usize, applied: bool },
    /// That request has come.
    Came,
}

/// A post of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Others {
    pub(super) id: String,
    pub(super) url: Url,
    pub(super) text: String,
}

/// One upload that the platform took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedMedia {
    /// The platform's name for it.
    pub id: String,
    /// The slug that was sent.
    pub slug: Option<String>,
    /// The alternative text that was sent.
    pub alt_text: Option<String>,
    /// Questions until it is ready.
    pub processing: u32,
}

/// Captions that the platform took for a film, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedCaptions {
    /// The platform's name for them.
    pub id: String,
    /// The language that was sent.
    pub language: String,
    /// The label or name that was sent.
    pub label: Option<String>,
    /// The file, as it was sent.
    pub file: String,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a list of independent switches, not a state")]
pub(super) struct World {
    pub(super) dialect: Dialect,
    pub(super) base_url: String,
    pub(super) handle: String,
    /// Mastodon: where its accounts are, which is another domain than its interface's on many servers.
    pub(super) home: String,
    pub(super) posts: Vec<AppliedPost>,
    pub(super) media: Vec<AppliedMedia>,
    pub(super) captions: Vec<AppliedCaptions>,
    /// Files that may become captions, each under the name of its upload.
    pub(super) files: HashMap<String, String>,
    pub(super) scripts: HashMap<Call, VecDeque<Script>>,
    pub(super) silence: Silence,
    pub(super) twist: super::Twist,
    pub(super) lengths: HashMap<Call, usize>,
    pub(super) requests: Vec<String>,
    pub(super) refuses_credential: bool,
    pub(super) refuses_duplicates: bool,
    pub(super) keeps_keys: bool,
    pub(super) key_memory: Option<TimeDelta>,
    pub(super) processing: u32,
    pub(super) sessions: u64,
    pub(super) now: Option<DateTime<Utc>>,
    pub(super) grants: super::oauth::Grants,
    pub(super) heard: Vec<Heard>,
    pub(super) unsaying: u32,
    /// Whether what was said may not be answered, though it is there.
    pub(super) silent: bool,
    pub(super) others: Vec<Others>,
    pub(super) amplified: Vec<String>,
    pub(super) quoting: super::Quoting,
    /// Bluesky: the records of that, each under its key.
    pub(super) reposts: Vec<(String, Value)>,
    pub(super) studio: super::youtube::Studio,
    ids: u64,
}

impl World {
    /// What happens to the request to which nothing is to be said, once it comes.
    pub(super) fn falls_silent(&mut self) -> Option<Script> {
        let Silence::After { others, applied } = self.silence else { return None };
        if others > 0 {
            self.silence = Silence::After { others: others - 1, applied };
            return None;
        }
        self.silence = Silence::Came;
        Some(Script { applied, answer: Answer::Hang })
    }

    pub(super) fn new(dialect: Dialect, base_url: &Url) -> Self {
        Self {
            dialect,
            handle: dialect.handle(),
            home: "https://social.example".to_owned(),
            base_url: base_url.as_str().trim_end_matches('/').to_owned(),
            posts: Vec::new(),
            media: Vec::new(),
            captions: Vec::new(),
            files: HashMap::new(),
            scripts: HashMap::new(),
            silence: Silence::Never,
            twist: super::Twist::default(),
            lengths: HashMap::new(),
            requests: Vec::new(),
            refuses_credential: false,
            refuses_duplicates: false,
            keeps_keys: true,
            key_memory: None,
            processing: 0,
            sessions: 1,
            now: None,
            grants: super::oauth::Grants::default(),
            heard: Vec::new(),
            unsaying: 0,
            silent: false,
            others: Vec::new(),
            amplified: Vec::new(),
            quoting: super::Quoting::default(),
            reposts: Vec::new(),
            studio: super::youtube::Studio::default(),
            ids: 100,
        }
    }

    /// Who signs in.
    pub(super) fn username(&self) -> &'static str {
        match self.dialect {
            Dialect::Facebook => super::facebook::PAGE,
            Dialect::LinkedIn => super::ORGANIZATION,
            _ => super::USERNAME,
        }
    }

    pub(super) fn call(&self, request: &Request) -> Call {
        if super::oauth::is_token(request) {
            return Call::Token;
        }
        match self.dialect {
            Dialect::WordPress => super::wordpress::call(request),
            Dialect::Mastodon => super::mastodon::call(request),
            Dialect::Webhook => super::webhook::call(request),
            Dialect::Bluesky => super::bluesky::call(request),
            Dialect::Facebook => super::facebook::call(request),
            Dialect::LinkedIn => super::linkedin::call(request),
            Dialect::X => super::x::call(request),
            Dialect::YouTube => super::youtube::call(request),
        }
    }

    pub(super) fn handle(&mut self, request: &Request) -> Reply {
        if super::oauth::is_token(request) {
            return super::oauth::handle(self, request);
        }
        match self.dialect {
            Dialect::WordPress => super::wordpress::handle(self, request),
            Dialect::Mastodon => super::mastodon::handle(self, request),
            Dialect::Webhook => super::webhook::handle(self, request),
            Dialect::Bluesky => super::bluesky::handle(self, request),
            Dialect::Facebook => super::facebook::handle(self, request),
            Dialect::LinkedIn => super::linkedin::handle(self, request),
            Dialect::X => super::x::handle(self, request),
            Dialect::YouTube => super::youtube::handle(self, request),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a platform has a clock of its own, which is not ours to set"
    )]
    pub(super) fn clock(&self) -> DateTime<Utc> {
        self.now.unwrap_or_else(Utc::now)
    }

    pub(super) fn next_id(&mut self) -> String {
        self.ids += 1;
        self.ids.to_string()
    }

    /// Where the public finds a post of somebody else that has this id.
    pub(super) fn address_of_others(&self, id: &str, base_url: &Url) -> Url {
        let address = match self.dialect {
            Dialect::Bluesky => format!("https://bsky.app/profile/somebody.example.org/post/{id}"),
            Dialect::LinkedIn => format!("https://www.linkedin.com/feed/update/urn:li:share:{id}/"),
            // Its API is at one place, its posts are at another.
            Dialect::X => return super::x::address(id).unwrap_or_else(|| base_url.clone()),
            _ => format!("{}/@somebody/{id}", self.base_url),
        };
        address.parse().unwrap_or_else(|_| base_url.clone())
    }

    pub(super) fn add(&mut self, post: AppliedPost) -> String {
        let id = self.next_id();
        self.posts.push(AppliedPost { id: id.clone(), created_at: self.clock(), ..post });
        id
    }

    pub(super) fn post(&mut self, id: &str) -> Option<&mut AppliedPost> {
        self.posts.iter_mut().find(|post| post.id == id)
    }

    /// The post that a connector knows by this name: the platform's own id, or what ends in it or in its key.
    pub(super) fn known_as(&mut self, remote_id: &str) -> Option<&mut AppliedPost> {
        let last = remote_id.trim_end_matches(')').rsplit(['/', ':', '_', ',']).next();
        self.posts.iter_mut().find(|post| {
            post.id == remote_id
                || last.is_some_and(|last| post.id == last || post.marker.as_deref() == Some(last))
        })
    }

    /// What was said to the account and is still there.
    pub(super) fn said(&self, id: &str) -> Option<&Heard> {
        self.heard.iter().find(|heard| heard.id == id)
    }

    /// The post that came with this key, if the platform still remembers the key.
    pub(super) fn with_key(&self, key: Option<&String>) -> Option<&AppliedPost> {
        let since = self.key_memory.map(|memory| self.clock() - memory);
        let fresh = |post: &&AppliedPost| since.is_none_or(|since| post.created_at >= since);
        let first = |post: &&AppliedPost| key.is_some() && post.marker.as_ref() == key;
        self.posts.iter().filter(first).find(fresh).filter(|_| self.keeps_keys)
    }

    /// Uploads that are not there whole stay as they are.
    pub(super) fn finish_processing(&mut self) {
        self.processing = 0;
        for media in self.media.iter_mut().filter(|media| media.processing != u32::MAX) {
            media.processing = 0;
        }
    }

    pub(super) fn is_duplicate(&self, text: &str) -> bool {
        self.refuses_duplicates && self.posts.iter().any(|post| post.text == text && !post.deleted)
    }
}
