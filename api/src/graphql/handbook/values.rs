//! The parts of a handbook as clients see them: clauses, rules, questions, texts, links. Knows their form; what a rule does
//! is `guidelines`.

use async_graphql::{Enum, SimpleObject};
use guidelines::HandbookDocument;

use crate::graphql::{
    attestation::AttestationKind,
    finding::Severity,
    scalars::{Date, Url},
};

/// Where a handbook version is in its life. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::handbook::HandbookState")]
pub(crate) enum HandbookState {
    /// Written down and tested; not in force.
    Proposed,
    /// In force: every check and every gate uses it.
    Active,
    /// Was in force; another one is.
    Superseded,
    /// Given up before it came into force.
    Discarded,
}

/// How a handbook is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "office::handbooks::Format")]
pub(crate) enum HandbookFormat {
    /// TOML: for people.
    Toml,
    /// JSON: for programs.
    Json,
}

/// Whose handbook says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guidelines::Layer")]
pub(crate) enum HandbookLayer {
    /// The institution's, above the office's. Where both speak, the stricter holds.
    University,
    /// The office's own.
    Office,
}

/// Whose words a clause stands for. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guidelines::Source")]
pub(crate) enum ClauseSource {
    /// The office's own policy.
    Policy,
    /// The policy of the institution above it, which takes precedence.
    University,
    /// An addition that the office has adopted; not the policy's words.
    Supplement,
}

/// One clause of the guidelines.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Clause {
    /// Its stable name, which findings, gates and the checklist cite.
    name: String,
    /// A short title.
    title: String,
    /// What it asks.
    text: String,
    /// Whose words these are.
    source: ClauseSource,
    /// In whose handbook it stands.
    layer: HandbookLayer,
}

/// The clauses of both layers, the upper first.
pub(super) fn clauses(document: &HandbookDocument) -> Vec<Clause> {
    let shown = |layer: HandbookLayer| {
        move |clause: &guidelines::Clause| Clause {
            name: clause.id.clone(),
            title: clause.title.clone(),
            text: clause.text.clone(),
            source: clause.source.into(),
            layer,
        }
    };
    let upper = document.university.iter().flat_map(|upper| &upper.clauses);
    let upper = upper.map(shown(HandbookLayer::University));
    upper.chain(document.clauses.iter().map(shown(HandbookLayer::Office))).collect()
}

/// What a handbook says about one guideline rule.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct HandbookRule {
    /// The rule, by its stable name.
    rule: String,
    /// The rule's version: raised whenever it says something else of the same text.
    version: i32,
    /// Name of the clause that it serves.
    clause: String,
    /// What it does to a post where its evidence is good; where it is thin, one grade less.
    severity: Severity,
    /// Whether it is on.
    enabled: bool,
    /// In whose handbook this stands: a rule may be in both, and then the stricter holds.
    layer: HandbookLayer,
    /// Whether a coordinator may make an exception to what it finds.
    waivable: bool,
    /// The question whose answer settles what it finds; null where only other words do.
    asks: Option<AttestationKind>,
    /// Its parameters, as a JSON object; what is left out has the rule's default.
    params: String,
    /// What it looks for, for people; null for a rule that this version of the service does not have.
    what: Option<String>,
    /// What to do instead; null like `what`.
    instead: Option<String>,
}

/// What both layers say of each rule, in order, the upper first.
pub(super) fn rules(document: &HandbookDocument) -> Vec<HandbookRule> {
    let both = document.rule_views().zip(document.settings());
    both.map(|(view, (_, settings))| rule(view, settings)).collect()
}

fn rule(view: guidelines::RuleView<'_>, settings: &guidelines::RuleSettings) -> HandbookRule {
    let manual = guidelines::rules().iter().find(|rule| rule.id() == view.id).map(|rule| rule.manual());
    HandbookRule {
        rule: view.id.to_owned(),
        version: view.version.try_into().unwrap_or(i32::MAX),
        clause: view.clause.to_owned(),
        severity: view.severity.into(),
        enabled: view.enabled,
        layer: view.layer.into(),
        waivable: view.waivable,
        asks: manual.and_then(|manual| manual.asks).map(AttestationKind::from),
        params: serde_json::Value::Object(settings.params.clone()).to_string(),
        what: manual.map(|manual| manual.what.to_owned()),
        instead: manual.map(|manual| manual.instead.to_owned()),
    }
}

/// The institution's handbook, as the office reviewed it.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct UniversityHandbook {
    /// Its title.
    title: String,
    /// Its version, as the institution counts.
    version: i32,
    /// When the institution published it, as far as the office knows; null when nobody said.
    published_on: Option<Date>,
    /// When the office last reviewed it; null when nobody said. A newer publication asks for a review (clause UP1).
    reviewed_on: Option<Date>,
}

/// The upper layer; none when the office has none.
pub(super) fn university(document: &HandbookDocument) -> Option<UniversityHandbook> {
    let upper = document.university.as_deref()?;
    Some(UniversityHandbook {
        title: upper.title.clone(),
        version: upper.version.try_into().unwrap_or(i32::MAX),
        published_on: document.university_published_on.map(Date),
        reviewed_on: document.university_reviewed_on.map(Date),
    })
}

/// A question that an approver answers for themselves.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChecklistItem {
    /// Name of the clause behind it.
    clause: String,
    /// The question.
    question: String,
}

impl From<&guidelines::ChecklistItem> for ChecklistItem {
    fn from(item: &guidelines::ChecklistItem) -> Self {
        Self { clause: item.clause.clone(), question: item.question.clone() }
    }
}

/// A text to start a post from.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PostTemplate {
    /// Its stable name.
    name: String,
    /// Its title.
    title: String,
    /// Its text, with `{placeholders}`.
    body: String,
}

impl From<&guidelines::Template> for PostTemplate {
    fn from(template: &guidelines::Template) -> Self {
        Self { name: template.id.clone(), title: template.title.clone(), body: template.body.clone() }
    }
}

/// Where to learn a tool.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Training {
    /// The tool.
    tool: String,
    /// What is there.
    title: String,
    /// Where it is.
    url: Url,
}

impl From<&guidelines::Training> for Training {
    fn from(training: &guidelines::Training) -> Self {
        Self { tool: training.tool.clone(), title: training.title.clone(), url: Url(training.url.clone()) }
    }
}

/// A label that marks a personal opinion.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Disclaimer {
    /// Its language: `en`, `fr`, …
    language: String,
    /// The label, ready to be put into a text.
    text: String,
}

impl From<&guidelines::Disclaimer> for Disclaimer {
    fn from(label: &guidelines::Disclaimer) -> Self {
        Self { language: label.language.clone(), text: label.text.clone() }
    }
}
