//! What can go wrong, in three kinds: a thing that is not there (for this requester), a refusal that the user can act
//! on, and a fault of ours. Knows no HTTP and no GraphQL: `api` gives each kind its code.

use thiserror::Error;

use crate::{
    checks::Judged,
    plans::{PlanPart, PlanParts},
};

/// A result of the office.
pub type Result<T, E = OfficeError> = std::result::Result<T, E>;

/// Why an operation did not happen. Nothing was changed in any of these cases.
#[derive(Debug, Error)]
pub enum OfficeError {
    /// The thing does not exist, or not for this requester: the two are not told apart.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The requester's roles or scopes do not include the operation.
    #[error("{0}")]
    Forbidden(String),
    /// Refused, for reasons that the user can act on.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// A fault of ours or of the machine; the cause is for the log, not for the client.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A fault of ours or of the machine.
#[derive(Debug, Error)]
pub enum Fault {
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// A stored document cannot be read any more.
    #[error("stored document: {0}")]
    Document(#[from] serde_json::Error),
    /// The media store failed.
    #[error("media store: {0}")]
    Media(String),
    /// Sealing, opening, signing or hashing failed.
    #[error("cryptography: {0}")]
    Crypto(&'static str),
    /// Something that the code takes for granted does not hold.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<sea_orm::DbErr> for OfficeError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Fault(Fault::Database(error))
    }
}

impl From<serde_json::Error> for OfficeError {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(Fault::Document(error))
    }
}

/// The kinds of refusal. Stable names: clients branch on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// A value is not of the right form.
    Invalid,
    /// A value is missing.
    Required,
    /// A value is longer than allowed.
    TooLong,
    /// A referenced thing does not exist in this office.
    NotFound,
    /// Somebody changed it meanwhile: read it again.
    Conflict,
    /// The name, handle or address is taken.
    Taken,
    /// Not possible in the state that the thing is in.
    IllegalState,
    /// Nobody approves their own words.
    OwnWords,
    /// Only somebody responsible for the thing may do this.
    NotResponsible,
    /// The current handbook has not been acknowledged by this member.
    HandbookNotAcknowledged,
    /// A guideline rule found something that blocks.
    GuidelineFindings,
    /// Nobody may make an exception to what this rule finds.
    NotWaivable,
    /// A gate is shut.
    GateShut,
    /// The client key was used with another body.
    KeyReused,
    /// The e-mail address or password is wrong, or the token is.
    BadCredentials,
    /// Too many tries: wait.
    RateLimited,
    /// Parts of a plan, or of what a channel in use needs, are missing.
    Incomplete,
    /// The request for a new channel must say why the ones shown do not serve.
    ExistingChannelServes,
}

/// A refusal that the user can act on.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The kind.
    pub code: RefusalCode,
    /// Path of the input field, outermost first; empty when it is about the whole.
    pub field: Vec<String>,
    /// What is wrong and what to do, for people.
    pub message: String,
    /// What the guideline rules found, when they refused.
    pub findings: Vec<Judged>,
    /// The gates that are shut, when one refused.
    pub gates: Vec<entity::post::ShutGate>,
    /// The posts that it is about, when it is about some of many.
    pub posts: Box<[entity::PostId]>,
    /// The parts of a plan that are not complete, when that refused.
    pub plan_parts: PlanParts,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl Refusal {
    /// A refusal about one input field (dots separate levels: `when.at.localTime`), or the whole (`""`).
    pub fn new(code: RefusalCode, field: &str, message: impl Into<String>) -> Self {
        let field = field.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self {
            code,
            field,
            message: message.into(),
            findings: Vec::new(),
            gates: Vec::new(),
            posts: Box::default(),
            plan_parts: PlanParts::default(),
        }
    }

    /// The same about the field of another name, where an operation calls it so: only its first part differs.
    #[must_use]
    pub fn in_field(mut self, name: &str) -> Self {
        if let Some(first) = self.field.first_mut() {
            name.clone_into(first);
        }
        self
    }

    /// The same, with what the rules found.
    #[must_use]
    pub fn with_findings(mut self, findings: Vec<Judged>) -> Self {
        self.findings = findings;
        self
    }

    /// The same, with the shut gates.
    #[must_use]
    pub fn with_gates(mut self, gates: Vec<entity::post::ShutGate>) -> Self {
        self.gates = gates;
        self
    }

    /// The same, with the posts that it is about.
    #[must_use]
    pub fn with_posts(mut self, posts: Vec<entity::PostId>) -> Self {
        self.posts = posts.into();
        self
    }

    /// The same, with the parts of a plan that are not complete.
    #[must_use]
    pub fn with_plan_parts(mut self, parts: &[PlanPart]) -> Self {
        self.plan_parts = PlanParts::of(parts);
        self
    }
}

impl OfficeError {
    /// A refusal about the field of another name; a fault as it is.
    #[must_use]
    pub fn in_field(self, name: &str) -> Self {
        match self {
            Self::Refused(refusal) => refusal.in_field(name).into(),
            other => other,
        }
    }
}

impl From<Refusal> for OfficeError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Shorthand for `Err` of a refusal.
pub fn refuse<T>(code: RefusalCode, field: &str, message: impl Into<String>) -> Result<T> {
    Err(Refusal::new(code, field, message).into())
}
