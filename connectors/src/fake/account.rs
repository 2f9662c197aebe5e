//! The name under which a platform shows the account of who signs in.

use super::{Dialect, FakePlatform, USERNAME};

impl Dialect {
    /// Until a test renames it.
    pub(super) fn handle(self) -> String {
        match self {
            Self::Bluesky => format!("{USERNAME}.example.org"),
            Self::LinkedIn => "press-office".to_owned(),
            Self::YouTube => "pressoffice".to_owned(),
            Self::WordPress | Self::Mastodon | Self::Webhook | Self::Facebook | Self::X => {
                USERNAME.to_owned()
            }
        }
    }
}

impl FakePlatform {
    /// The account's name, without `@`.
    pub fn handle(&self) -> String {
        self.world().handle.clone()
    }

    /// Its accounts are where it is reached.
    pub fn at_home(&self) {
        let reached = self.world().base_url.clone();
        self.world().home = reached;
    }

    /// The account is called this from now on; who signs in is the same.
    pub fn rename(&self, handle: &str) {
        handle.clone_into(&mut self.world().handle);
    }
}
