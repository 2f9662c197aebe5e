//! Rules about how something is said (clauses `GP1` to `GP4`, `CC4` to `CC6`). This list knows only which rules there are.

mod context;
mod disrespect;
mod employer;
mod endorsement;
mod ephemeral;
mod health_claim;
mod inclusive;
mod media_attention;
mod no_value;
mod opinion;
mod partisan;
mod permanence;
mod profanity;
mod shouting;
mod unavailable;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[
    &opinion::OpinionAsFact,
    &health_claim::HealthClaim,
    &profanity::Profanity,
    &shouting::Shouting,
    &inclusive::Inclusive,
    &partisan::Partisan,
    &endorsement::Endorsement,
    &unavailable::Unavailable,
    &media_attention::MediaAttention,
    &disrespect::Disrespect,
    &no_value::NoValue,
    &ephemeral::Ephemeral,
    &permanence::PermanenceAck,
    &employer::EmployerDisrepute,
];
