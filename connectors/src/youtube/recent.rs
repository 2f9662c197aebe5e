//! When this process last sent the end of a film of which it does not know what became: the list of the channel's films may be
//! behind for a while. It is in memory only; after a restart the first attempt's own time has to do.

use chrono::{DateTime, Utc};

use crate::http::{
    Http,
    sessions::{Sessions, Whose},
};

#[derive(Debug)]
pub(super) struct Recent(Sessions);

impl Recent {
    pub(super) fn of(http: &Http) -> Self {
        Self(http.sessions().clone())
    }

    /// The film with this marker is about to be published.
    pub(super) fn sends(&self, marker: &str, now: DateTime<Utc>) {
        self.0.keep(whose(marker), std::sync::Arc::new(now));
    }

    /// What became of it is known.
    pub(super) fn settled(&self, marker: &str) {
        self.0.forget(whose(marker));
    }

    pub(super) fn sent_at(&self, marker: &str) -> Option<DateTime<Utc>> {
        self.0.get::<DateTime<Utc>>(whose(marker)).map(|at| *at)
    }
}

fn whose(marker: &str) -> Whose {
    Whose::of(&["youtube", marker])
}
