//! What a reviewer asks themselves, as clients see it. The questions are the handbook's.

use async_graphql::{Context, Result, SimpleObject};

use super::whole;

/// A question of the handbook's checklist, with the clause behind it.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ReviewQuestion {
    /// Name of the clause: give it to `reviewDraft` as `checked`.
    clause: String,
    /// The question.
    question: String,
    /// The clause's words; null when the handbook does not have it.
    words: Option<String>,
}

/// The checklist of the handbook in force.
pub(super) async fn of(ctx: &Context<'_>) -> Result<Vec<ReviewQuestion>> {
    let handbook = whole::handbook(ctx).await?;
    let shown = |item: &guidelines::ChecklistItem| ReviewQuestion {
        clause: item.clause.clone(),
        question: item.question.clone(),
        words: handbook.handbook.clause(&item.clause).map(|clause| clause.text.clone()),
    };
    Ok(handbook.handbook.checklist().iter().map(shown).collect())
}
