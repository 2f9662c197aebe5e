//! Initiatives and their communications plans: proposed, decided, changed, closed; planned and approved.

mod announcement;
mod completeness;
mod goal;
mod life;
mod measure;
mod mutation;
mod object;
mod plan;
mod plan_mutation;
mod query;
mod question;

pub(crate) use announcement::AnnounceInput;
use completeness::PlanCompleteness;
pub(crate) use completeness::PlanPart;
use goal::{Goal, Measurement};
pub(crate) use life::InitiativeLifeMutation;
pub(crate) use measure::MeasurementMutation;
pub(crate) use mutation::InitiativeMutation;
pub(crate) use object::Initiative;
pub(crate) use plan::{CommunicationsPlan, KeyMessage};
pub(crate) use plan_mutation::PlanMutation;
pub(crate) use query::InitiativeQuery;
pub(crate) use question::{InitiativeQuestion, InitiativeQuestionMutation};
