//! Findings with the exceptions that stand for them. Pure.

use chrono::{DateTime, Utc};
use entity::waiver;
use guidelines::{Finding, Severity};

use crate::{
    error::{Refusal, RefusalCode, Result},
    vault::sha256_hex,
};

/// When a check is made, and for when.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Now.
    pub now: DateTime<Utc>,
    /// When the words leave; none while that is not known.
    pub leaves_at: Option<DateTime<Utc>>,
}

impl From<DateTime<Utc>> for Moment {
    fn from(now: DateTime<Utc>) -> Self {
        Self { now, leaves_at: None }
    }
}

/// A finding, by its key, with the exception that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What the rule says.
    pub finding: Finding,
    /// SHA-256, hex, of the finding's key: the same while rule, version, place and message are.
    pub key: String,
    /// The exception; none while nobody made one.
    pub waiver: Option<waiver::Model>,
}

impl Judged {
    pub(super) fn of(mut finding: Finding, waivers: &[waiver::Model], leaving: bool) -> Self {
        if finding.severity == Severity::Block && is_held_by_a_gate(&finding.rule, leaving) {
            finding.severity = Severity::Warn;
        }
        let key = sha256_hex(finding.key().as_bytes());
        // A rule that nobody may except any more is heard whatever was excepted before.
        let waiver = waivers.iter().find(|row| row.finding_key == key && finding.waivable).cloned();
        Self { finding, key, waiver }
    }

    /// Whether nothing may leave with it.
    pub fn blocks(&self) -> bool {
        self.finding.severity == Severity::Block && self.waiver.is_none()
    }
}

/// The finding with this key, or a refusal that says that there is none now.
pub(crate) fn named<'f>(found: &'f [Judged], key: &str) -> Result<&'f Judged> {
    let known = found.iter().find(|judged| judged.key == key);
    known.ok_or_else(|| {
        let message = "nothing of the newest revision has this key: read the findings again";
        Refusal::new(RefusalCode::NotFound, "findingKey", message).into()
    })
}

/// Rules whose matter has a gate of its own, which tells it, holds the post and opens by itself. They say it of a draft,
/// and do not keep it from being written and reviewed meanwhile.
const HELD_BY_GATES: &[&str] = &[
    "GP6b.embargo",
    "GP6c.no-plan",
    "CP1.no-plan",
    "CP1.coordinator-not-consulted",
    "IC1.not-notified",
    "IC3.no-steward",
];

/// Its gate knows a topic that is kept back by its words in their order; the rule knows it in other forms too, and blocks
/// when the words are to leave.
const HELD_BY_A_GATE_AND_A_RULE: &str = "GP6c.not-shareable";

/// Whether a gate tells what the rule finds, so that the rule need not block.
fn is_held_by_a_gate(rule: &str, leaving: bool) -> bool {
    HELD_BY_GATES.contains(&rule) || (rule == HELD_BY_A_GATE_AND_A_RULE && !leaving)
}
