//! Whether posts of others may be quoted on the fake platform, and which one a post quotes. It does not know how a quote is
//! written.

use super::world::{AppliedPost, Others, World};

/// Whether posts of others may be quoted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Quoting {
    /// They may.
    #[default]
    Allowed,
    /// Their authors, or the platform, deny it to the account.
    Denied,
    /// The same, and nobody is told before.
    DeniedUnsaid,
    /// Mastodon: the server knows no quotes, and leaves them out.
    Unknown,
}

impl World {
    /// The address of the post of somebody else that is to be quoted, if it is there and may be.
    pub(super) fn quotable(&self, is: impl Fn(&Others) -> bool) -> Option<String> {
        let post = self.others.iter().find(|post| is(post))?;
        (self.quoting == Quoting::Allowed).then(|| post.url.to_string())
    }

    /// The post of somebody else that a post quotes.
    pub(super) fn quoted_by(&self, post: &AppliedPost) -> Option<&Others> {
        self.others.iter().find(|other| Some(other.url.as_str()) == post.quotes.as_deref())
    }
}
