//! What is supposed, as clients write it.

use async_graphql::{ID, InputObject, OneofObject};
use office::{Result, posts::When, simulate};

use crate::graphql::{id, pause::PauseScopeInput, post::WhenInput, scalars::DateTime};

/// A question to `simulate`.
#[derive(Debug, InputObject)]
pub(crate) struct SimulateInput {
    /// What is supposed.
    suppose: SuppositionInput,
    /// Looks at what is due then or later; from what waits longest when left out.
    from: Option<DateTime>,
    /// Looks at what is due before then: at most 62 days after `from`, or after now. As far as that when left out.
    until: Option<DateTime>,
    /// How many posts are looked at, 1 to 500, what is due first; 500 when left out.
    first: Option<i32>,
}

/// What is supposed: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum SuppositionInput {
    /// Publishing is paused.
    Pause(SupposedPauseInput),
    /// A post is given another time. `from`, `until` and `first` do not matter: only that post is looked at.
    Move(SupposedMoveInput),
    /// This version of the handbook comes into force.
    HandbookId(ID),
    /// A steward does not count for a while.
    StewardAbsent(SupposedAbsenceInput),
    /// This initiative closes.
    InitiativeCloses(ID),
    /// This channel rests.
    ChannelRests(ID),
    /// The platform refuses this channel's credential.
    CredentialLost(ID),
}

/// A pause that is supposed: as `pausePublishing` takes it.
#[derive(Debug, InputObject)]
pub(crate) struct SupposedPauseInput {
    /// How far it reaches.
    scope: PauseScopeInput,
    /// Why: it is told with the gate.
    #[graphql(default_with = "String::from(\"a supposition\")")]
    reason: String,
    /// From when; now when left out.
    starts_at: Option<DateTime>,
    /// Until when; until resumed when left out.
    ends_at: Option<DateTime>,
    /// Posts that may leave all the same.
    #[graphql(default)]
    exempt: Vec<ID>,
}

/// Another time for a post that is supposed: as `reschedulePost` takes it.
#[derive(Debug, InputObject)]
pub(crate) struct SupposedMoveInput {
    /// Which post.
    post_id: ID,
    /// When.
    when: WhenInput,
}

/// A steward who is supposed to be away.
#[derive(Debug, InputObject)]
pub(crate) struct SupposedAbsenceInput {
    /// Who: counts on none of the channels that they answer for.
    member_id: ID,
    /// From when; now when left out.
    from: Option<DateTime>,
    /// Until when; for good when left out.
    until: Option<DateTime>,
}

impl SimulateInput {
    /// As the office takes it.
    pub(super) fn read(self) -> Result<simulate::Simulate> {
        Ok(simulate::Simulate {
            suppose: self.suppose.read()?,
            from: self.from.map(|at| at.0),
            until: self.until.map(|at| at.0),
            // A number below zero is refused as zero is.
            first: self.first.map(|first| first.try_into().unwrap_or(0)),
        })
    }
}

impl SuppositionInput {
    fn read(self) -> Result<simulate::Supposition> {
        Ok(match self {
            Self::Pause(pause) => pause.read()?,
            Self::Move(input) => {
                let when: When = input.when.read()?;
                simulate::Supposition::Move { post_id: id::decode(&input.post_id)?, when }
            }
            Self::HandbookId(id) => simulate::Supposition::Handbook(id::decode(&id)?),
            Self::StewardAbsent(away) => simulate::Supposition::StewardAbsent {
                member_id: id::decode(&away.member_id)?,
                from: away.from.map(|at| at.0),
                until: away.until.map(|at| at.0),
            },
            Self::InitiativeCloses(id) => simulate::Supposition::InitiativeCloses(id::decode(&id)?),
            Self::ChannelRests(id) => simulate::Supposition::ChannelRests(id::decode(&id)?),
            Self::CredentialLost(id) => simulate::Supposition::CredentialLost(id::decode(&id)?),
        })
    }
}

impl SupposedPauseInput {
    fn read(self) -> Result<simulate::Supposition> {
        Ok(simulate::Supposition::Pause {
            scope: self.scope.read()?,
            reason: self.reason,
            starts_at: self.starts_at.map(|at| at.0),
            ends_at: self.ends_at.map(|at| at.0),
            exempt: id::decode_all(&self.exempt)?,
        })
    }
}
