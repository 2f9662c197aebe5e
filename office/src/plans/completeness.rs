//! Whether a plan is complete: the policy's five parts, each with what it still lacks, in words. Pure.

use entity::{plan, plan::Goal};

/// A part of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanPart {
    /// Whom the project wants to reach.
    Audiences,
    /// Whom it concerns, and who does it together with the office.
    Stakeholders,
    /// What it wants to be heard.
    KeyMessages,
    /// What may be shared and what may not.
    Topics,
    /// What it wants, and how one tells.
    Goals,
}

impl PlanPart {
    /// Every part, in the policy's order.
    pub const ALL: [Self; 5] =
        [Self::Audiences, Self::Stakeholders, Self::KeyMessages, Self::Topics, Self::Goals];
}

/// Some parts of a plan. Small, because every refusal has room for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanParts([bool; 5]);

impl PlanParts {
    /// These parts.
    pub fn of(parts: &[PlanPart]) -> Self {
        Self(PlanPart::ALL.map(|part| parts.contains(&part)))
    }

    /// The parts, in the policy's order.
    pub fn iter(self) -> impl Iterator<Item = PlanPart> {
        PlanPart::ALL.into_iter().zip(self.0).filter_map(|(part, there)| there.then_some(part))
    }
}

/// One part, and what it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartStanding {
    /// Which part.
    pub part: PlanPart,
    /// What is missing, each a phrase for people; empty when the part is complete.
    pub missing: Vec<String>,
    /// The handbook clause that asks for it.
    pub clause: &'static str,
}

/// Every part of a plan in the policy's order; of an initiative without a plan every part is missing.
pub fn completeness(plan: Option<&plan::Model>) -> Vec<PartStanding> {
    let some = |there: Option<bool>, what: &str| match there {
        Some(true) => Vec::new(),
        _ => vec![what.to_owned()],
    };
    let parts = [
        (
            PlanPart::Audiences,
            some(plan.map(|plan| !plan.audiences.0.is_empty()), "one audience at least"),
            "CP2a",
        ),
        (
            PlanPart::Stakeholders,
            some(plan.map(|plan| !plan.stakeholders.0.is_empty()), "one stakeholder at least"),
            "CP2b",
        ),
        (
            PlanPart::KeyMessages,
            some(plan.map(|plan| !plan.key_messages.0.is_empty()), "one key message at least"),
            "CP2c",
        ),
        (
            PlanPart::Topics,
            some(plan.map(|plan| !plan.shareable.0.is_empty()), "one topic that may be shared"),
            "CP2d",
        ),
        (PlanPart::Goals, goals(plan), "CP2e"),
    ];
    parts.into_iter().map(|(part, missing, clause)| PartStanding { part, missing, clause }).collect()
}

/// Whether nothing is missing.
pub fn is_complete(parts: &[PartStanding]) -> bool {
    parts.iter().all(|part| part.missing.is_empty())
}

fn goals(plan: Option<&plan::Model>) -> Vec<String> {
    match plan.map(|plan| plan.goals.0.as_slice()) {
        None | Some([]) => vec!["one goal at least".to_owned()],
        Some(goals) => goals.iter().flat_map(lacks).collect(),
    }
}

fn lacks(goal: &Goal) -> impl Iterator<Item = String> {
    let lacking = [
        (goal.measure.is_empty(), "how one tells that it is met"),
        (goal.target.is_none(), "the figure that is wanted"),
        (goal.due_on.is_none(), "the day by which"),
    ];
    let said = |(missing, what): (bool, &'static str)| missing.then(|| format!("“{}”: {what}", goal.goal));
    lacking.into_iter().filter_map(said)
}
