//! A version of the handbook as clients see it. Knows its form; what a rule does is `guidelines`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use entity::handbook;
use guidelines::HandbookDocument;
use office::handbooks::{self, HandbookList as List};

use super::{
    list::HandbookList,
    values::{
        ChecklistItem, Clause, Disclaimer, HandbookFormat, HandbookRule, HandbookState, PostTemplate,
        Training, UniversityHandbook, clauses, rules, university,
    },
};
use crate::{
    error::Field,
    graphql::{
        context::ContextExt as _, id, loaders::rows::AcknowledgementsOfMember, member::Member, relation,
        relations, scalars::DateTime,
    },
};

/// One version of the office's guidelines.
#[derive(Debug, Clone)]
pub(crate) struct Handbook {
    row: Arc<handbook::Model>,
    document: Arc<HandbookDocument>,
}

impl Handbook {
    /// From its row; a fault when its document cannot be read any more.
    pub(crate) fn of(row: impl Into<Arc<handbook::Model>>) -> office::Result<Self> {
        let row = row.into();
        let document = Arc::new(handbooks::document_of(&row)?);
        Ok(Self { row, document })
    }
}

/// One version of the office's guidelines: clauses, the rules that serve them, what approvers are asked, texts to start
/// from, and where to learn. A version never changes; another one takes its place. Members acknowledge the one in force
/// before they submit or review.
#[Object]
impl Handbook {
    /// Global id: give it to `acknowledgeHandbook` and `activateHandbook`.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.row.id)
    }
    /// The version, counted from 1 within the office, without gaps.
    async fn version(&self) -> i32 {
        self.row.number
    }
    /// Where it is in its life.
    async fn state(&self) -> HandbookState {
        self.row.state.into()
    }
    /// Title.
    async fn title(&self) -> &str {
        &self.row.title
    }
    /// SHA-256 of the content, hex: the same content always has the same.
    async fn digest(&self) -> &str {
        &self.row.digest
    }
    /// The whole of it, ready to be edited and sent back with `proposeHandbook`.
    async fn document(
        &self,
        #[graphql(desc = "How it is written.", default_with = "HandbookFormat::Toml")] format: HandbookFormat,
    ) -> Field<String> {
        Some(handbooks::write_document(&self.document, format.into()).map_err(Into::into))
    }
    /// Its clauses, in order, those of the university's handbook first.
    async fn clauses(&self) -> Vec<Clause> {
        clauses(&self.document)
    }
    /// What it says about each rule, in order, the university's handbook first.
    async fn rules(&self) -> Vec<HandbookRule> {
        rules(&self.document)
    }
    /// What is the office's own and so no secret, list by list.
    async fn lists(&self) -> Vec<HandbookList> {
        List::ALL.iter().map(|list| HandbookList::of(*list, &self.document.office)).collect()
    }
    /// Whether the office has adopted the supplement: rules on length, accessibility and links, which are no policy.
    async fn supplement_adopted(&self) -> bool {
        self.document.supplement_adopted
    }
    /// The handbook of the institution above; null when the office has none.
    async fn university(&self) -> Option<UniversityHandbook> {
        university(&self.document)
    }
    /// What approvers are asked, clause by clause.
    async fn checklist(&self) -> Vec<ChecklistItem> {
        self.document.checklist.iter().map(Into::into).collect()
    }
    /// Texts to start a post from.
    async fn templates(&self) -> Vec<PostTemplate> {
        self.document.templates.iter().map(Into::into).collect()
    }
    /// Where to learn the tools.
    async fn training(&self) -> Vec<Training> {
        self.document.training.iter().map(Into::into).collect()
    }
    /// The labels that mark a personal opinion, ready to be put into a text.
    async fn disclaimers(&self) -> Vec<Disclaimer> {
        self.document.disclaimers.iter().map(Into::into).collect()
    }
    /// What it changes and why, in the words of who proposed it; null for the one that an office starts from.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }
    /// Who proposed it; null for the one that an office starts from.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.row.proposed_by).await
    }
    /// When it was proposed, or, for the one that an office starts from, made.
    async fn proposed_at(&self) -> DateTime {
        self.row.created_at.into()
    }
    /// The version that was in force when it was proposed; null for the one that an office starts from.
    async fn based_on(&self, ctx: &Context<'_>) -> Field<Handbook> {
        based_on(ctx, self).await.transpose()
    }
    /// When it came into force; null when it never did.
    async fn activated_at(&self) -> Option<DateTime> {
        self.row.activated_at.map(DateTime::from)
    }
    /// Who put it in force; null when nobody did, and for the one that an office starts from.
    async fn activated_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.row.activated_by).await
    }
    /// When you acknowledged this version; null when you have not, and for integrations.
    async fn acknowledged_at(&self, ctx: &Context<'_>) -> Field<DateTime> {
        acknowledged_at(ctx, self).await.transpose()
    }
}

async fn based_on(ctx: &Context<'_>, handbook: &Handbook) -> Result<Option<Handbook>> {
    let Some(id) = handbook.row.based_on else { return Ok(None) };
    let row = ctx.loaders()?.one::<handbook::Entity>(id).await?;
    Ok(row.map(Handbook::of).transpose()?)
}

async fn acknowledged_at(ctx: &Context<'_>, handbook: &Handbook) -> Result<Option<DateTime>> {
    let Some(member_id) = ctx.requester()?.member_id() else { return Ok(None) };
    let rows = relation::many::<AcknowledgementsOfMember>(ctx, member_id).await?;
    let this = rows.into_iter().find(|row| row.handbook_id == handbook.row.id);
    Ok(this.map(|row| row.acknowledged_at.into()))
}
