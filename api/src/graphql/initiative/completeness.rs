//! What a communications plan lacks, as clients see it.

use async_graphql::{Enum, SimpleObject};
use office::plans;

/// A part of a communications plan. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "plans::PlanPart")]
pub(crate) enum PlanPart {
    /// Whom the project wants to reach: `audiences`.
    Audiences,
    /// Whom it concerns, and who does it together with the office: `stakeholders` and `partners`.
    Stakeholders,
    /// What it wants to be heard: `keyMessages`.
    KeyMessages,
    /// What may be shared and what may not: `shareable` and `notShareable`.
    Topics,
    /// What it wants and how one tells: `goals`.
    Goals,
}

/// One part of a plan, and what it lacks.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PlanCompletenessItem {
    /// Which part.
    part: PlanPart,
    /// Whether nothing is missing in it.
    complete: bool,
    /// What is missing, each a phrase for people; empty when the part is complete.
    missing: Vec<String>,
    /// The handbook's clause that asks for it.
    clause: &'static str,
}

/// What a plan has and lacks: a list to work through. Only a complete plan can be approved.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PlanCompleteness {
    /// Whether nothing is missing.
    complete: bool,
    /// Every part, in the policy's order.
    items: Vec<PlanCompletenessItem>,
}

impl PlanCompleteness {
    /// Of this version; none: of an initiative without a plan.
    pub(super) fn of(plan: Option<&entity::plan::Model>) -> Self {
        let parts = plans::completeness(plan);
        let complete = plans::is_complete(&parts);
        let item = |standing: plans::PartStanding| PlanCompletenessItem {
            part: standing.part.into(),
            complete: standing.missing.is_empty(),
            missing: standing.missing,
            clause: standing.clause,
        };
        Self { complete, items: parts.into_iter().map(item).collect() }
    }
}
