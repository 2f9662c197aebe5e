//! A supposition, made ready, and what it does to the facts of one post. Pure.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, InitiativeId, MemberId,
    channel::{ChannelState, CredentialState},
    initiative::InitiativeState,
    pause,
    post::PostState,
};

use crate::{calendar::LocalInstant, gate::Facts, handbooks::Compiled};

/// A supposition with all that it needs.
#[derive(Debug)]
pub(super) enum Supposed {
    /// This pause stands.
    Pause(pause::Model),
    /// The post is due then.
    Move(LocalInstant),
    /// This version is in force.
    Handbook {
        /// The version.
        version: Arc<Compiled>,
        /// Who has acknowledged it.
        acknowledged: BTreeSet<MemberId>,
    },
    /// A steward of these channels does not count for a while.
    Absence(Absence),
    /// The initiative is closing.
    Closes(InitiativeId),
    /// The channel is dormant.
    Rests(ChannelId),
    /// Its credential is refused.
    Lost(ChannelId),
}

/// A steward who is away.
#[derive(Debug)]
pub(super) struct Absence {
    /// Where they count.
    pub(super) channels: HashSet<ChannelId>,
    /// From when.
    pub(super) from: DateTime<Utc>,
    /// Until when; none: for good.
    pub(super) until: Option<DateTime<Utc>>,
}

impl Absence {
    /// Whether the channel misses its steward then.
    pub(super) fn covers(&self, channel: ChannelId, at: DateTime<Utc>) -> bool {
        self.channels.contains(&channel) && at >= self.from && self.until.is_none_or(|until| at < until)
    }
}

impl Supposed {
    /// The absence, for what depends on the moment.
    pub(super) fn absence(&self) -> Option<&Absence> {
        match self {
            Self::Absence(absence) => Some(absence),
            _ => None,
        }
    }

    /// Alters the facts as far as that does not depend on the moment.
    pub(super) fn alter(&self, facts: &mut Facts) {
        match self {
            Self::Pause(pause) => Arc::make_mut(&mut facts.pauses).push(pause.clone()),
            Self::Move(time) => give_time(facts, time),
            Self::Handbook { version, acknowledged } => {
                facts.handbook = Arc::clone(version);
                let around = &mut Arc::make_mut(&mut facts.revision).around;
                around.acknowledged =
                    around.author.as_ref().is_some_and(|author| acknowledged.contains(&author.id));
            }
            Self::Closes(id) if facts.initiative.id == *id => {
                Arc::make_mut(&mut facts.initiative).state = InitiativeState::Closing;
                Arc::make_mut(&mut Arc::make_mut(&mut facts.revision).around.initiative).state =
                    InitiativeState::Closing;
            }
            Self::Rests(id) if facts.channel.id == *id => facts.channel.state = ChannelState::Dormant,
            Self::Lost(id) if facts.channel.id == *id => {
                facts.channel.credential_state = CredentialState::Rejected;
            }
            Self::Absence(_) | Self::Closes(_) | Self::Rests(_) | Self::Lost(_) => {}
        }
    }
}

/// As `reschedulePost` would.
fn give_time(facts: &mut Facts, time: &LocalInstant) {
    let post = &mut facts.post;
    let allowance = post.missed_after - post.due_at;
    post.state = PostState::Scheduled;
    post.local_time.clone_from(&time.local_time);
    post.time_zone.clone_from(&time.time_zone);
    post.due_at = time.instant;
    post.run_at = time.instant;
    post.missed_after = time.instant + allowance;
    post.hold = None;
}
