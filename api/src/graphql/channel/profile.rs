//! What a platform showed of a channel's account.

use async_graphql::SimpleObject;

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
    /// When it was looked at.
    read_at: DateTime,
    /// Why the last look came to nothing, as `CODE: words`; null when it did not.
    problem: Option<String>,
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
            read_at: shown.read_at.into(),
            problem: row.profile_cause.clone(),
        })
    }
}
