//! The two scales a check speaks in: how serious a finding is, and in which capacity somebody speaks.
//! It does not know which rule uses which grade: that is the handbook's business.

use serde::{Deserialize, Serialize};

/// What a finding does to a post. The order is the order of reports: what blocks comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// Nothing goes out until it is changed or waived.
    Block,
    /// An approver must have seen it.
    Warn,
    /// Worth a thought; nothing waits for it.
    Advise,
}

impl Severity {
    /// One grade milder: what a rule says when its evidence is thin.
    #[must_use]
    pub const fn softened(self) -> Self {
        match self {
            Self::Block => Self::Warn,
            Self::Warn | Self::Advise => Self::Advise,
        }
    }

    /// One grade stricter: what a rule says when what it found is grave.
    #[must_use]
    pub const fn hardened(self) -> Self {
        match self {
            Self::Block | Self::Warn => Self::Block,
            Self::Advise => Self::Warn,
        }
    }

    /// The word used on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Block => "BLOCK",
            Self::Warn => "WARN",
            Self::Advise => "ADVISE",
        }
    }
}

/// In which capacity the author of a draft speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Capacity {
    /// For the office.
    Official,
    /// For themselves, labelled as such.
    PersonalOpinion,
}
