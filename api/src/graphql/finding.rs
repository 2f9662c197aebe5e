//! What the rules and the gates say, as GraphQL shows it. Knows no rule.

use async_graphql::{Enum, Object, SimpleObject};
use office::checks::Judged;

use super::{
    attestation::AttestationKind,
    handbook::{ClauseSource, HandbookLayer},
    waiver::Waiver,
};

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

/// Whether check digits or dates bear out what a pattern suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guidelines::Validation")]
pub(crate) enum Validation {
    /// They do.
    Passed,
    /// There are none.
    NotApplicable,
    /// They do not.
    Failed,
}

/// What a guideline rule says of a text.
#[derive(Debug, Clone)]
pub(crate) struct Finding(pub(crate) Judged);

/// What a guideline rule says of a text. It never repeats a secret that it found.
#[Object]
impl Finding {
    /// Names this finding to `waiveFinding` and `applyFix`: the same while rule, version, place and message are.
    async fn key(&self) -> &str {
        &self.0.key
    }
    /// The rule, by its stable name.
    async fn rule(&self) -> &str {
        &self.said().rule
    }
    /// The rule's version.
    async fn rule_version(&self) -> i32 {
        self.said().rule_version.try_into().unwrap_or(i32::MAX)
    }
    /// The handbook clause that the rule serves.
    async fn clause(&self) -> &str {
        &self.said().clause
    }
    /// That clause's words.
    async fn clause_quote(&self) -> &str {
        &self.said().clause_quote
    }
    /// Whose words these are: a supplement's are never the policy's.
    async fn clause_source(&self) -> ClauseSource {
        self.said().source.into()
    }
    /// The handbook that asks for it this strictly.
    async fn layer(&self) -> HandbookLayer {
        self.said().layer.into()
    }
    /// How much it weighs. What a gate of its own holds (embargoes, a missing plan) is at most `WARN` here.
    async fn severity(&self) -> Severity {
        self.said().severity.into()
    }
    /// Path of what it is about: `text`, `variants.mastodon` (from the second variant on a platform `variants.mastodon[1]`),
    /// `link`, `media[0].alt`, `media[0].fileName`, `channel.bio`, or a whole such as `channel`, `initiative` or `media[0]`.
    async fn target(&self) -> &str {
        &self.said().target
    }
    /// Where in the target it is; null when it is about the whole.
    async fn span(&self) -> Option<TextSpan> {
        self.said().span.as_ref().map(|span| TextSpan {
            byte_start: units(span.byte_start),
            byte_end: units(span.byte_end),
            utf16_start: units(span.utf16_start),
            utf16_end: units(span.utf16_end),
        })
    }
    /// The words that it is about, with secrets masked; null when there are none to show.
    async fn excerpt(&self) -> Option<&str> {
        self.said().excerpt.as_deref()
    }
    /// What is wrong, for people.
    async fn message(&self) -> &str {
        &self.said().message
    }
    /// What would do instead; null when only a person can tell.
    async fn suggestion(&self) -> Option<&str> {
        self.said().suggestion.as_deref()
    }
    /// Why it was noticed, fact by fact; null where the message says all.
    async fn evidence(&self) -> Option<Evidence> {
        self.said().evidence.as_ref().map(|evidence| Evidence {
            pattern: evidence.pattern.clone(),
            validation: evidence.validation.into(),
            context: evidence.context.clone(),
        })
    }
    /// A replacement that is safe to make in one step, by `applyFix`; null when there is none.
    async fn fix(&self) -> Option<Fix> {
        self.said().fix.as_ref().map(|fix| Fix {
            label: fix.label.clone(),
            replacement: fix.replacement.clone(),
            byte_start: units(fix.byte_start),
            byte_end: units(fix.byte_end),
        })
    }
    /// The question whose answer settles it (`attest`); null where only other words do.
    async fn asks(&self) -> Option<AttestationKind> {
        self.said().asks.map(AttestationKind::from)
    }
    /// That question, as a person is asked it.
    async fn question(&self) -> Option<&str> {
        self.said().asks.map(guidelines::AttestationKind::question)
    }
    /// Whether a coordinator may make an exception to it (`waiveFinding`).
    async fn waivable(&self) -> bool {
        self.said().waivable
    }
    /// Rules that saw the same place with weaker evidence.
    async fn also(&self) -> &[String] {
        &self.said().also
    }
    /// The exception that stands: with it the finding does not block; null when there is none.
    async fn waiver(&self) -> Option<Waiver> {
        self.0.waiver.clone().map(Waiver::from)
    }
}

impl Finding {
    fn said(&self) -> &guidelines::Finding {
        &self.0.finding
    }
}

/// Why a place was noticed, as three separate facts; none of them is the secret itself.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Evidence {
    /// The shape that was found, in words.
    pattern: String,
    /// Whether check digits or dates bear it out.
    validation: Validation,
    /// The words around it that speak for it.
    context: Vec<String>,
}

/// A replacement in the finding's target.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Fix {
    /// What it does, as a button says it.
    label: String,
    /// What takes the place of the replaced part.
    replacement: String,
    /// First byte, in UTF-8, of the replaced part.
    byte_start: i32,
    /// The byte after the last.
    byte_end: i32,
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

impl TextSpan {
    /// Of a place that is counted in bytes and in UTF-16 units.
    pub(crate) fn of(bytes: (usize, usize), utf16: (usize, usize)) -> Self {
        let shown = |offset: usize| offset.try_into().unwrap_or(i32::MAX);
        Self {
            byte_start: shown(bytes.0),
            byte_end: shown(bytes.1),
            utf16_start: shown(utf16.0),
            utf16_end: shown(utf16.1),
        }
    }
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
    /// The post that it follows is out.
    Order,
    /// No person holds it (`holdPost`).
    Hold,
    /// Nothing is paused.
    Pause,
    /// It leaves outside of quiet hours and blackout days.
    Blackout,
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
