//! What a platform showed of a channel's account.

use async_graphql::{Enum, SimpleObject};

use crate::graphql::scalars::{DateTime, Url};

/// What the public reads on a channel's account, as the platform showed it.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChannelProfile {
    /// The name that the platform knows the account by.
    handle: String,
    /// The name shown to people; null when there is none.
    display_name: Option<String>,
    /// Its public page; null when the platform does not say.
    url: Option<Url>,
    /// Its public description, as plain text; null when it has none, or the platform shows none.
    bio: Option<String>,
    /// Whether the description names who runs the account: every word of the channel's `bioLine` is there (clause GP1). Null
    /// where the platform shows no description.
    names_operator: Option<bool>,
    /// Whether the description says how to reach who runs it, by an address of the web or of mail (clause GP3). Null where the
    /// platform shows no description.
    names_contact: Option<bool>,
    /// What can be done there; null where the account was not looked at since this is asked.
    abilities: Option<ChannelAbilities>,
    /// When it was looked at.
    read_at: DateTime,
    /// Why the last look came to nothing, as `CODE: words`; null when it did not.
    problem: Option<String>,
}

/// How a post that follows another is shown. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum FollowKind {
    /// As the next part of a thread.
    Thread,
    /// As a comment below it.
    Comment,
    /// On its own: the platform has neither.
    Alone,
}

/// What can be done on a channel's account, as its platform stated it when it was last looked at.
#[derive(Debug, Clone, SimpleObject)]
#[expect(clippy::struct_excessive_bools, reason = "a list of independent abilities, not a state")]
pub(crate) struct ChannelAbilities {
    /// Most characters of a text, as the platform counts; null: no limit.
    text_max: Option<u64>,
    /// Most media of one post.
    media_max: u64,
    /// MIME types taken; empty: the platform does not say. Pictures of other types are made to fit where JPEG or PNG is taken.
    media_types: Vec<String>,
    /// Largest picture in bytes; null: not known. Larger ones are made to fit; animated ones are not.
    media_bytes_max: Option<u64>,
    /// Whether media carry alternative text.
    alt_text: bool,
    /// Whether the captions of films arrive there. Where they do not, the film goes out without them, and
    /// `scheduleWarnings` says so. Null until the account has been looked at since captions are known (`testChannel`).
    captions: Option<bool>,
    /// Whether a published post can be changed: `correctPost`.
    edit: bool,
    /// Whether a published post can be taken back: `withdrawPost`.
    delete: bool,
    /// How a post that follows another is shown.
    follow: FollowKind,
    /// Whether a published post can be read back and compared: `readBackPost`.
    read_back: bool,
    /// Whether a draft may quote a post of others there, with words and `amplifies`. Null until the account has been looked at
    /// since quotes are known (`testChannel`).
    quotes: Option<bool>,
    /// Whether a draft may answer there what the public said, with `answers`. Null until the account has been looked at since
    /// answers are known (`testChannel`).
    replies: Option<bool>,
}

impl From<entity::channel::Abilities> for ChannelAbilities {
    fn from(can: entity::channel::Abilities) -> Self {
        Self {
            text_max: can.text_max,
            media_max: can.media_max,
            media_types: can.media_types,
            media_bytes_max: can.media_bytes_max,
            alt_text: can.alt_text,
            captions: can.captions,
            edit: can.edit,
            delete: can.delete,
            follow: match can.follow.as_str() {
                "THREAD" => FollowKind::Thread,
                "COMMENT" => FollowKind::Comment,
                _ => FollowKind::Alone,
            },
            read_back: can.read_back,
            quotes: can.quotes,
            replies: can.replies,
        }
    }
}

impl ChannelProfile {
    /// Of a channel; none before its account was first looked at.
    pub(super) fn of(row: &entity::channel::Model) -> Option<Self> {
        let shown = row.profile.clone()?;
        Some(Self {
            handle: shown.handle,
            display_name: shown.display_name,
            url: shown.url.map(Url),
            bio: shown.bio,
            names_operator: row.names_operator(),
            names_contact: row.names_contact(),
            abilities: shown.abilities.map(ChannelAbilities::from),
            read_at: shown.read_at.into(),
            problem: row.profile_cause.clone(),
        })
    }
}
