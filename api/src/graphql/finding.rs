//! What the rules and the gates say, as GraphQL shows it. Knows no rule.

use async_graphql::{Enum, Object, SimpleObject};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guidelines::Severity")]
pub(crate) enum Severity {
    /// Nothing leaves with it, unless a coordinator waives it.
    Block,
    /// A person should look at it.
    Warn,
    /// It could be better.
    Advise,
}

/// What a guideline rule says of a text.
#[derive(Debug, Clone)]
pub(crate) struct Finding(pub(crate) guidelines::Finding);

/// What a guideline rule says of a text.
#[Object]
impl Finding {
    /// The rule, by its stable name.
    async fn rule(&self) -> &str {
        &self.0.rule
    }
    /// The rule's version.
    async fn rule_version(&self) -> i32 {
        self.0.rule_version.try_into().unwrap_or(i32::MAX)
    }
    /// The handbook clause that the rule serves.
    async fn clause(&self) -> &str {
        &self.0.clause
    }
    /// That clause's words.
    async fn clause_quote(&self) -> &str {
        &self.0.clause_quote
    }
    /// How much it weighs.
    async fn severity(&self) -> Severity {
        self.0.severity.into()
    }
    /// Path of what it is about, such as `text` or `media.0.altText`.
    async fn target(&self) -> &str {
        &self.0.target
    }
    /// Where in the target it is; null when it is about the whole.
    async fn span(&self) -> Option<TextSpan> {
        self.0.span.as_ref().map(|span| TextSpan {
            byte_start: units(span.byte_start),
            byte_end: units(span.byte_end),
            utf16_start: units(span.utf16_start),
            utf16_end: units(span.utf16_end),
        })
    }
    /// The words that it is about.
    async fn excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }
    /// What is wrong, for people.
    async fn message(&self) -> &str {
        &self.0.message
    }
    /// What would do instead.
    async fn suggestion(&self) -> Option<&str> {
        self.0.suggestion.as_deref()
    }
}

fn units(offset: u32) -> i32 {
    offset.try_into().unwrap_or(i32::MAX)
}

/// A place in a text, counted in two ways.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct TextSpan {
    /// First byte of the UTF-8 form.
    byte_start: i32,
    /// The byte after the last.
    byte_end: i32,
    /// First unit of the UTF-16 form, as JavaScript counts.
    utf16_start: i32,
    /// The unit after the last.
    utf16_end: i32,
}

/// The gates that a post passes at the moment it leaves. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "office::gate::GateKind")]
pub(crate) enum GateKind {
    /// An approval covers exactly what will be sent, by somebody who did not write it.
    Approval,
    /// The initiative is active.
    Initiative,
    /// Its communications plan is approved.
    Plan,
    /// Nothing in it is under embargo or not to be shared.
    Embargo,
    /// The channel is active.
    Channel,
    /// Enough stewards answer for it.
    Stewards,
    /// It can be reached: a connector exists and the credential works.
    Connection,
    /// No guideline rule blocks, under the handbook in force now.
    Guidelines,
    /// Nothing is paused.
    Pause,
    /// It is not later than it is wanted.
    Lateness,
}

impl GateKind {
    /// From the name in stored holds.
    fn of(code: &str) -> Option<Self> {
        office::gate::GateKind::ALL.into_iter().find(|kind| kind.code() == code).map(Self::from)
    }
}

/// A gate that is shut, and what would open it.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Gate {
    /// Which gate; null for one that this version does not know any more.
    kind: Option<GateKind>,
    /// The handbook clause that it rests on.
    clause: Option<String>,
    /// Why it is shut.
    reason: String,
    /// What would open it.
    opens: String,
}

impl From<entity::post::ShutGate> for Gate {
    fn from(gate: entity::post::ShutGate) -> Self {
        Self { kind: GateKind::of(&gate.gate), clause: gate.clause, reason: gate.reason, opens: gate.opens }
    }
}
