//! Errors as data: what a user of a form can put right. Knows how a refusal of the office looks in a payload.

use async_graphql::{Enum, ID, SimpleObject};
use office::{OfficeError, Refusal, RefusalCode, Result};

use crate::graphql::{
    finding::{Finding, Gate},
    id,
    initiative::PlanPart,
};

/// Why a mutation did nothing, so that the user can put it right. Clients must accept codes that they do not know.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct UserError {
    /// Path of the input field that it is about, outermost first; empty when it is about the whole.
    field: Vec<String>,
    /// The kind: branch on this, not on the message.
    code: UserErrorCode,
    /// What is wrong and what to do about it, for people.
    message: String,
    /// What the guideline rules found, when they refused.
    findings: Vec<Finding>,
    /// The gates that are shut, when one refused.
    gates: Vec<Gate>,
    /// Global ids of the posts that it is about, when it is about some of many.
    posts: Vec<ID>,
    /// The parts of a plan that are not complete, when that refused: the code is `INCOMPLETE`.
    plan_parts: Vec<PlanPart>,
}

/// The kinds of user error. More may come: treat an unknown one like `INVALID`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "RefusalCode")]
pub(crate) enum UserErrorCode {
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
    /// Nobody may make an exception to what this rule finds: the words must change.
    NotWaivable,
    /// A gate is shut.
    GateShut,
    /// The client key was used before with other content.
    KeyReused,
    /// The e-mail address or password is wrong, or the token is.
    BadCredentials,
    /// Too many tries: wait.
    RateLimited,
    /// Something is missing: parts of a communications plan (`planParts`), or of what a channel in use needs
    /// (`Channel.readiness`). The message says what.
    Incomplete,
    /// The request for a new channel must say why the ones shown do not serve.
    ExistingChannelServes,
}

impl From<Refusal> for UserError {
    fn from(refusal: Refusal) -> Self {
        Self {
            field: refusal.field,
            code: refusal.code.into(),
            message: refusal.message,
            findings: refusal.findings.into_iter().map(Finding).collect(),
            gates: refusal.gates.into_iter().map(Gate::from).collect(),
            posts: refusal.posts.iter().copied().map(id::encode).collect(),
            plan_parts: refusal.plan_parts.iter().map(PlanPart::from).collect(),
        }
    }
}

/// What a mutation answers: an entity or two, null when refused, and `userErrors`.
pub(crate) trait Payload: Sized {
    /// The payload of a refusal.
    fn refused(user_errors: Vec<UserError>) -> Self;
}

/// Turns the outcome of the office into a payload: refusals and missing things become user errors, the rest an error.
pub(crate) fn payload<T, P: Payload>(
    outcome: Result<T>,
    done: impl FnOnce(T) -> P,
) -> async_graphql::Result<Option<P>> {
    match outcome {
        Ok(value) => Ok(Some(done(value))),
        Err(OfficeError::Refused(refusal)) => Ok(Some(P::refused(vec![(*refusal).into()]))),
        Err(OfficeError::NotFound(kind)) => {
            let refusal = Refusal::new(RefusalCode::NotFound, "", format!("there is no such {kind}"));
            Ok(Some(P::refused(vec![refusal.into()])))
        }
        Err(error) => Err(error.into()),
    }
}

/// Declares payload types: `payloads! { /// What … answers. XPayload { /// The thing. thing: Thing } }`.
macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            $($(#[$field_doc])* $field: Option<$type>,)*
            /// Why nothing was done; empty when it was.
            user_errors: Vec<$crate::error::UserError>,
        }

        impl $name {
            /// The payload of success.
            pub(crate) fn done($($field: $type),*) -> Self {
                Self { $($field: Some($field),)* user_errors: Vec::new() }
            }
        }

        impl $crate::error::Payload for $name {
            fn refused(user_errors: Vec<$crate::error::UserError>) -> Self {
                Self { $($field: None,)* user_errors }
            }
        }
    )+};
}

pub(crate) use payloads;
