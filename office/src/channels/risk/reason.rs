//! The reasons why a channel may be orphaned: their words, the act that lowers each, how grave it is. Pure.

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::{InitiativeId, MemberId};

use crate::Limits;

/// A reason why a channel may be orphaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrphanReason {
    /// Fewer active stewards than a channel in use needs.
    FewStewards {
        /// How many it has.
        active: usize,
        /// How many it needs.
        needed: usize,
    },
    /// It has stewards enough, but so many are away that fewer people than it needs answer for it.
    FewPresent {
        /// How many people answer for it now, deputies among them.
        present: usize,
        /// How many it needs.
        needed: usize,
        /// The last day of the absence that ends first.
        until: NaiveDate,
    },
    /// A steward has left the office, and not all is handed over.
    StewardDeparted {
        /// Who.
        member_id: MemberId,
        /// Their name.
        name: String,
    },
    /// The initiative that it serves alone is closing or over.
    InitiativeEnding {
        /// Which.
        initiative_id: InitiativeId,
        /// Its name.
        name: String,
    },
    /// The initiative that it serves alone ends soon, or should have ended.
    InitiativeEnds {
        /// Which.
        initiative_id: InitiativeId,
        /// Its name.
        name: String,
        /// Its last day.
        on: NaiveDate,
    },
    /// The platform refused the credential.
    CredentialRejected,
    /// The credential has ended or soon ends.
    CredentialExpires {
        /// When.
        at: DateTime<Utc>,
        /// Whether it has.
        ended: bool,
    },
    /// In use, and nothing was posted for long.
    Silent {
        /// Since which day.
        since: NaiveDate,
    },
    /// What the public said waits for an answer, too long.
    Unanswered {
        /// How many conversations wait so long.
        waiting: u64,
        /// Since which day the oldest does.
        since: NaiveDate,
    },
    /// Nobody looked whether it still serves.
    ReviewOverdue {
        /// The day on which somebody should have.
        due_on: NaiveDate,
    },
}

/// How grave a risk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskLevel {
    /// Somebody should look.
    Low,
    /// It will be orphaned unless somebody acts.
    Medium,
    /// Nobody can post, answer or put right now.
    High,
}

impl OrphanReason {
    /// How grave it is.
    pub fn level(&self) -> RiskLevel {
        match self {
            Self::FewStewards { active: 0, .. }
            | Self::CredentialRejected
            | Self::CredentialExpires { ended: true, .. } => RiskLevel::High,
            Self::FewStewards { .. }
            | Self::StewardDeparted { .. }
            | Self::InitiativeEnding { .. }
            | Self::InitiativeEnds { .. }
            | Self::CredentialExpires { .. } => RiskLevel::Medium,
            Self::FewPresent { .. }
            | Self::Silent { .. }
            | Self::Unanswered { .. }
            | Self::ReviewOverdue { .. } => RiskLevel::Low,
        }
    }

    /// The reason in words.
    pub fn words(&self) -> String {
        match self {
            Self::FewStewards { active, needed } => {
                format!("{active} of at least {needed} active stewards answer for it")
            }
            Self::FewPresent { present, needed, until } => {
                let who = if *present == 1 { "one person".to_owned() } else { format!("{present} people") };
                format!("until {until} {who} of at least {needed} answer for it: the others are away")
            }
            Self::StewardDeparted { name, .. } => format!("its steward {name} has left the office"),
            Self::InitiativeEnding { name, .. } => {
                format!("the initiative “{name}”, which it serves alone, is closing or over")
            }
            Self::InitiativeEnds { name, on, .. } => {
                format!("the initiative “{name}”, which it serves alone, ends on {on}")
            }
            Self::CredentialRejected => "its platform refuses the credential".to_owned(),
            Self::CredentialExpires { at, ended } => {
                let ends = if *ended { "ended" } else { "ends" };
                format!("its credential {ends} on {}", at.format("%Y-%m-%d"))
            }
            Self::Silent { since } => format!("in use, and nothing was posted since {since}"),
            Self::Unanswered { waiting, since } => {
                format!("the public waits for an answer ({waiting} in all), the longest since {since}")
            }
            Self::ReviewOverdue { due_on } => {
                format!("nobody has looked whether it still serves, which was due on {due_on}")
            }
        }
    }

    /// The mutation that lowers the risk.
    pub fn act(&self) -> &'static str {
        match self {
            Self::FewStewards { .. } | Self::FewPresent { .. } => "addSteward",
            Self::StewardDeparted { .. } => "tickHandover",
            Self::InitiativeEnding { .. } | Self::InitiativeEnds { .. } => "updateChannel",
            Self::CredentialRejected | Self::CredentialExpires { .. } => "connectChannel",
            Self::Silent { .. } | Self::ReviewOverdue { .. } => "reviewChannel",
            Self::Unanswered { .. } => "settleConversation",
        }
    }

    /// Whether its act is a coordinator's alone, whatever else their roles let stewards do with it.
    pub(crate) fn is_for_coordinators(&self) -> bool {
        matches!(self, Self::InitiativeEnding { .. } | Self::InitiativeEnds { .. })
    }

    /// The day on which the risk began, as far as its own facts tell.
    pub(crate) fn began_on(&self, limits: &Limits) -> Option<NaiveDate> {
        let back = |day: NaiveDate, days: i64| day.checked_sub_days(Days::new(days.unsigned_abs()));
        match self {
            Self::InitiativeEnds { on, .. } => back(*on, limits.orphan_warn_days),
            Self::CredentialExpires { at, .. } => back(at.date_naive(), limits.credential_warn_days),
            Self::Silent { since } => {
                since.checked_add_days(Days::new(limits.channel_silent_days.unsigned_abs()))
            }
            Self::Unanswered { since, .. } => {
                since.checked_add_days(Days::new(limits.unanswered_days.unsigned_abs()))
            }
            Self::ReviewOverdue { due_on } => due_on.succ_opt(),
            Self::FewStewards { .. }
            | Self::FewPresent { .. }
            | Self::StewardDeparted { .. }
            | Self::InitiativeEnding { .. }
            | Self::CredentialRejected => None,
        }
    }

    /// The moment at which the risk becomes harm, where there is one.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::CredentialExpires { at, .. } => Some(*at),
            _ => None,
        }
    }
}
