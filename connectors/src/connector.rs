//! The trait that every platform's connector keeps, and how a connector describes itself. It does not know
//! any platform.

use std::{fmt, str::FromStr, time::Duration};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    message::Message,
    outcome::{Cause, LookUp, Outcome},
    reading::{Amplified, Figures, Inbox, Standing, Unread},
};

/// The platforms that have a connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlatformKind {
    /// The office's own feed.
    #[serde(rename = "FEED")]
    Feed,
    /// WordPress by its REST API.
    #[serde(rename = "WORDPRESS")]
    WordPress,
    /// Mastodon and the servers that speak its API.
    #[serde(rename = "MASTODON")]
    Mastodon,
    /// Any system that takes a signed document over HTTP.
    #[serde(rename = "WEBHOOK")]
    Webhook,
    /// Bluesky and other servers of the AT Protocol.
    #[serde(rename = "BLUESKY")]
    Bluesky,
    /// A Facebook Page, by the Graph API.
    #[serde(rename = "FACEBOOK")]
    Facebook,
    /// The page of a LinkedIn organisation.
    #[serde(rename = "LINKEDIN")]
    LinkedIn,
    /// An account on X, by its API of the second version.
    #[serde(rename = "X")]
    X,
    /// A channel on YouTube.
    #[serde(rename = "YOUTUBE")]
    YouTube,
}

impl PlatformKind {
    /// Every platform that has a connector.
    pub const ALL: [Self; 9] = [
        Self::Feed,
        Self::WordPress,
        Self::Mastodon,
        Self::Webhook,
        Self::Bluesky,
        Self::Facebook,
        Self::LinkedIn,
        Self::X,
        Self::YouTube,
    ];

    /// The stored and shown form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "FEED",
            Self::WordPress => "WORDPRESS",
            Self::Mastodon => "MASTODON",
            Self::Webhook => "WEBHOOK",
            Self::Bluesky => "BLUESKY",
            Self::Facebook => "FACEBOOK",
            Self::LinkedIn => "LINKEDIN",
            Self::X => "X",
            Self::YouTube => "YOUTUBE",
        }
    }
}

impl fmt::Display for PlatformKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A platform's name that no connector answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no connector for this platform: one of FEED, WORDPRESS, MASTODON, WEBHOOK, BLUESKY, FACEBOOK, LINKEDIN, X, YOUTUBE is needed"
)]
pub struct UnknownPlatform;

impl FromStr for PlatformKind {
    type Err = UnknownPlatform;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or(UnknownPlatform)
    }
}

/// How a platform can be asked whether a message is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LookUpKind {
    /// By the key, in our own store or the receiver's.
    Key,
    /// By a marker that only this message has.
    Marker,
    /// Among the account's own posts, by time and content.
    Timeline,
    /// Not at all.
    None,
}

/// How a message that follows another is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FollowKind {
    /// As the next part of a thread.
    Thread,
    /// As a comment below it.
    Comment,
    /// On its own: the platform, or this connector, has neither.
    Alone,
}

/// How long the words may be, and how they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLimit {
    /// At most this many graphemes; `None`: no limit.
    pub max: Option<usize>,
    /// Each address counts this many, however long; `None`: as long as it is.
    pub link_weight: Option<usize>,
}

/// What a connector can do, as the platform last stated it (or its defaults, before it was asked).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a list of independent abilities, not a state")]
pub struct Capabilities {
    /// Most media parts a message may have.
    pub max_media: usize,
    /// MIME types taken; empty: the platform does not say.
    pub media_types: Vec<String>,
    /// Largest picture taken, in bytes.
    pub max_media_bytes: Option<u64>,
    /// Whether media carry alternative text.
    pub alt_text: bool,
    /// Whether the captions of films arrive.
    pub captions: bool,
    /// How a lost outcome can be cleared up.
    pub look_up: LookUpKind,
    /// Whether a repeat of the same key surely makes no second post.
    pub idempotent_send: bool,
    /// Whether a published message can be changed.
    pub edit: bool,
    /// Whether a published message can be taken back.
    pub delete: bool,
    /// Whether a message has a title.
    pub title: bool,
    /// How a message that follows another is shown.
    pub follow: FollowKind,
    /// Whether a published message can be read back and compared with what was sent.
    pub read_back: bool,
    /// Whether what the public says to the account can be read.
    pub inbound: bool,
    /// Whether the platform tells how often a message was seen or answered.
    pub metrics: bool,
    /// Whether the account can pass on what others published.
    pub amplify: bool,
    /// Whether a message can show a post of others below its words ([`Message::quotes`]).
    pub quotes: bool,
    /// Whether a message can answer what was said to the account ([`Message::answers`]).
    pub replies: bool,
    /// Whether the account's public description can be read.
    pub live_bio: bool,
    /// Whether a try may end while the platform is still at work on its media, and another goes on from there.
    pub prepares: bool,
    /// How long the words may be.
    pub text: TextLimit,
}

/// The account that a credential belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name that the platform knows it by.
    pub handle: String,
    /// The name shown to people.
    pub display_name: Option<String>,
    /// Its public page.
    pub url: Option<String>,
    /// Its public description, as plain text.
    pub bio: Option<String>,
    /// What the platform lets this account do, as stated now.
    pub capabilities: Capabilities,
}

/// Why a credential could not be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyFailure {
    /// The platform does not take the credential, or it lacks the right to publish.
    #[error("the credential is not accepted: {0}")]
    CredentialRejected(Cause),
    /// The address does not answer as this platform does: the settings need a person.
    #[error("the address does not answer as this platform: {0}")]
    Refused(Cause),
    /// No trustworthy answer: try later.
    #[error("the platform cannot be asked now: {cause}")]
    Unreachable {
        /// Why.
        cause: Cause,
        /// Not before this has passed, when the platform said so.
        retry_after: Option<Duration>,
    },
}

/// One account on one platform.
#[async_trait]
pub trait Connector: Send + Sync + fmt::Debug {
    /// Which platform.
    fn kind(&self) -> PlatformKind;

    /// What it can do, as far as is known now.
    fn capabilities(&self) -> Capabilities;

    /// How long the account is to be left alone, as the headers of the platform's last answer said; none while more is
    /// allowed. To be asked after a call, so that the next one is not refused.
    fn wait(&self) -> Option<Duration> {
        None
    }

    /// Whose credential is this, and may it publish? Posts nothing.
    async fn verify(&self) -> Result<Profile, VerifyFailure>;

    /// Puts the message out. At most one request of it can make the message public.
    async fn publish(&self, message: &Message) -> Outcome;

    /// Is the message out? Changes nothing.
    async fn look_up(&self, message: &Message) -> LookUp;

    /// Makes what is out say what `message` says. A repeat is harmless.
    async fn update(&self, remote_id: &str, message: &Message) -> Outcome;

    /// Takes it back. What is gone already counts as delivered; a repeat is harmless.
    async fn delete(&self, remote_id: &str) -> Outcome;

    /// How does what is out stand there now, compared with `message`? Changes nothing. Called only where
    /// [`Capabilities::read_back`] says so.
    async fn read_back(&self, remote_id: &str, message: &Message) -> Standing {
        let _asked = (remote_id, message);
        Standing::CannotTell(Cause::new("NOT_OFFERED", "what is out cannot be read back from this platform"))
    }

    /// What the public said to the account since the cursor; none: the newest. One bounded page.
    async fn inbound(&self, since: Option<&str>) -> Result<Inbox, Unread> {
        let _asked = since;
        Err(Unread::NotOffered)
    }

    /// How often these messages were seen and answered; those that the platform does not tell of are left out.
    async fn metrics(&self, remote_ids: &[String]) -> Result<Vec<Figures>, Unread> {
        let _asked = remote_ids;
        Err(Unread::NotOffered)
    }

    /// Passes on what somebody else published. A repeat is harmless.
    async fn amplify(&self, what: &Amplified) -> Outcome {
        let _asked = what;
        Outcome::Refused(Cause::new("NOT_OFFERED", "this platform does not let the account pass things on"))
    }

    /// Did the account pass it on already? Changes nothing. [`LookUp::Absent`] where it did not, and where the platform takes
    /// a repeat for the first.
    async fn look_up_amplified(&self, what: &Amplified) -> LookUp {
        let _asked = what;
        LookUp::CannotTell(Cause::new("NOT_OFFERED", "this platform does not let the account pass things on"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_reads_its_own_name() {
        for kind in PlatformKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("MYSPACE".parse::<PlatformKind>(), Err(UnknownPlatform));
    }
}
