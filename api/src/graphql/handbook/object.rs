//! A version of the handbook as clients see it. Knows its form; what a rule does is `guidelines`.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use office::handbooks::Compiled;

use crate::{
    error::Field,
    graphql::{
        context::ContextExt as _,
        finding::Severity,
        id,
        loaders::rows::AcknowledgementsOfMember,
        relation,
        scalars::{DateTime, Url},
    },
};

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
}

/// What the office has decided about one guideline rule.
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
    /// What it looks for, for people; null for a rule that this version of the service does not have.
    what: Option<String>,
    /// What to do instead; null like `what`.
    instead: Option<String>,
}

/// A question that an approver answers for themselves.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChecklistItem {
    /// Name of the clause behind it.
    clause: String,
    /// The question.
    question: String,
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

/// A label that marks a personal opinion.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Disclaimer {
    /// Its language: `en`, `fr`, …
    language: String,
    /// The label, ready to be put into a text.
    text: String,
}

/// One version of the office's guidelines.
#[derive(Debug, Clone)]
pub(crate) struct Handbook(pub(crate) Arc<Compiled>);

/// One version of the office's guidelines: clauses, the rules that serve them, what approvers are asked, texts to start
/// from, and where to learn. Members acknowledge the one in force before they submit or review.
#[Object]
impl Handbook {
    /// Global id: give it to `acknowledgeHandbook`.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The version, counted from 1 within the office.
    async fn version(&self) -> i32 {
        self.0.number
    }
    /// Title.
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// SHA-256 of the content, hex: the same content always has the same.
    async fn digest(&self) -> &str {
        &self.0.digest
    }
    /// Its clauses, in order.
    async fn clauses(&self) -> Vec<Clause> {
        let shown = |clause: &guidelines::Clause| Clause {
            name: clause.id.clone(),
            title: clause.title.clone(),
            text: clause.text.clone(),
            source: clause.source.into(),
        };
        self.0.document.clauses.iter().map(shown).collect()
    }
    /// What the office has decided about each rule, in order.
    async fn rules(&self) -> Vec<HandbookRule> {
        self.0.handbook.rules().map(rule).collect()
    }
    /// What approvers are asked, clause by clause.
    async fn checklist(&self) -> Vec<ChecklistItem> {
        let shown = |item: &guidelines::ChecklistItem| ChecklistItem {
            clause: item.clause.clone(),
            question: item.question.clone(),
        };
        self.0.document.checklist.iter().map(shown).collect()
    }
    /// Texts to start a post from.
    async fn templates(&self) -> Vec<PostTemplate> {
        let shown = |template: &guidelines::Template| PostTemplate {
            name: template.id.clone(),
            title: template.title.clone(),
            body: template.body.clone(),
        };
        self.0.document.templates.iter().map(shown).collect()
    }
    /// Where to learn the tools.
    async fn training(&self) -> Vec<Training> {
        let shown = |training: &guidelines::Training| Training {
            tool: training.tool.clone(),
            title: training.title.clone(),
            url: Url(training.url.clone()),
        };
        self.0.document.training.iter().map(shown).collect()
    }
    /// The labels that mark a personal opinion, ready to be put into a text.
    async fn disclaimers(&self) -> Vec<Disclaimer> {
        let shown = |label: &guidelines::Disclaimer| Disclaimer {
            language: label.language.clone(),
            text: label.text.clone(),
        };
        self.0.document.disclaimers.iter().map(shown).collect()
    }
    /// When it came into force.
    async fn activated_at(&self, ctx: &Context<'_>) -> Field<DateTime> {
        activated_at(ctx, self).await.transpose()
    }
    /// When you acknowledged this version; null when you have not, and for integrations.
    async fn acknowledged_at(&self, ctx: &Context<'_>) -> Field<DateTime> {
        acknowledged_at(ctx, self).await.transpose()
    }
}

fn rule(view: guidelines::RuleView<'_>) -> HandbookRule {
    let manual = guidelines::rules().iter().find(|rule| rule.id() == view.id).map(|rule| rule.manual());
    HandbookRule {
        rule: view.id.to_owned(),
        version: view.version.try_into().unwrap_or(i32::MAX),
        clause: view.clause.to_owned(),
        severity: view.severity.into(),
        enabled: view.enabled,
        what: manual.map(|manual| manual.what.to_owned()),
        instead: manual.map(|manual| manual.instead.to_owned()),
    }
}

async fn activated_at(ctx: &Context<'_>, handbook: &Handbook) -> Result<Option<DateTime>> {
    let row = ctx.loaders()?.one::<entity::handbook::Entity>(handbook.0.id).await?;
    Ok(row.and_then(|row| row.activated_at).map(DateTime::from))
}

async fn acknowledged_at(ctx: &Context<'_>, handbook: &Handbook) -> Result<Option<DateTime>> {
    let Some(member_id) = ctx.requester()?.member_id() else { return Ok(None) };
    let rows = relation::many::<AcknowledgementsOfMember>(ctx, member_id).await?;
    let this = rows.into_iter().find(|row| row.handbook_id == handbook.0.id);
    Ok(this.map(|row| row.acknowledged_at.into()))
}
