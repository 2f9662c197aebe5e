//! A wish for a time, as clients write it.

use async_graphql::{InputObject, OneofObject};
use office::{RefusalCode, Result, error::refuse, posts::When};

use crate::graphql::scalars::{LocalDateTime, TimeZone};

/// When a post goes out: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum WhenInput {
    /// At a local time.
    At(LocalTimeInput),
    /// `true`: at the next slot of the channel that no other post has taken.
    NextFreeSlot(bool),
    /// `true`: as soon as a worker is free.
    Now(bool),
}

/// A local time in a zone. A time that a clock change skips moves forward by the gap; one that occurs twice means the first.
#[derive(Debug, InputObject)]
pub(crate) struct LocalTimeInput {
    /// The local time.
    local_time: LocalDateTime,
    /// Its zone; the office's when left out.
    time_zone: Option<TimeZone>,
}

impl LocalTimeInput {
    /// The local time, and its zone if one is named.
    pub(super) fn parts(self) -> (String, Option<String>) {
        (self.local_time.0, self.time_zone.map(|zone| zone.0))
    }
}

impl WhenInput {
    /// As the office takes it.
    pub(crate) fn read(self) -> Result<When> {
        const FALSE: &str = "leave it out, or set it to true";
        match self {
            Self::At(at) => {
                let (local_time, time_zone) = at.parts();
                Ok(When::At { local_time, time_zone })
            }
            Self::NextFreeSlot(true) => Ok(When::NextFreeSlot),
            Self::Now(true) => Ok(When::Now),
            Self::NextFreeSlot(false) => refuse(RefusalCode::Invalid, "when.nextFreeSlot", FALSE),
            Self::Now(false) => refuse(RefusalCode::Invalid, "when.now", FALSE),
        }
    }
}
