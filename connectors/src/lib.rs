//! One connector a platform behind one trait, with one taxonomy of outcomes.
//!
//! A [`Connector`] knows how to put one [`Message`] out on one platform, and how to tell truthfully what
//! came of it: an [`Outcome`] never says "not sent" of something that may be out, and never "delivered" of
//! something that is not. It does not know who wrote or approved the message, when it is due, how often to
//! try, or what the time is: instants come in as arguments, or from the platform's own answers.

mod bluesky;
mod clock;
#[cfg(test)]
mod conformance;
mod connector;
mod content;
mod facebook;
#[cfg(any(test, feature = "fake"))]
pub mod fake;
mod feed;
mod html;
pub mod http;
mod legible;
mod link_probe;
mod linkedin;
mod links;
pub mod mail;
mod mastodon;
mod message;
pub mod oauth;
mod outcome;
mod prepared;
mod reading;
mod settings;
mod webhook;
mod wordpress;
mod x;
mod youtube;

pub use bluesky::Bluesky;
pub use clock::Clock;
pub use connector::{
    Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, UnknownPlatform,
    VerifyFailure,
};
pub use content::{Content, ContentError, ContentStore};
pub use facebook::Facebook;
pub use feed::{FeedConnector, FeedEntry, FeedError, FeedReceipt, FeedStore};
pub use http::{Http, HttpLimits};
pub use link_probe::{LinkFound, LinkProbe};
pub use linkedin::LinkedIn;
pub use mastodon::Mastodon;
pub use message::{Caption, Follows, MediaPart, Message};
pub use outcome::{Cause, Evidence, LookUp, Outcome, Receipt};
pub use prepared::Prepared;
pub use reading::{Amplified, Difference, Figures, Inbox, Incoming, IncomingKind, Standing, Unread};
pub use settings::{ConnectError, ConnectionSettings, connect};
pub use webhook::Webhook;
pub use wordpress::WordPress;
pub use x::X;
pub use youtube::YouTube;
