//! Checking a bare text: anyone on staff, nothing is stored.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use office::{checks, policy::op};

use super::revision::Capacity;
use crate::{
    error::{Field, nullable},
    graphql::{channel::Platform, context::ContextExt as _, finding::Finding},
};

/// A text to check.
#[derive(Debug, InputObject)]
pub(crate) struct CheckTextInput {
    /// The text.
    text: String,
    /// For which platform; leave out to check only what holds everywhere.
    platform: Option<Platform>,
    /// In which capacity you speak; leave out while undeclared, which is a finding.
    capacity: Option<Capacity>,
}

/// What the rules say of a text.
#[derive(SimpleObject)]
pub(crate) struct TextCheck {
    /// What the guideline rules of the handbook in force say of it; empty: nothing to say.
    findings: Vec<Finding>,
    /// Whether nothing in it blocks.
    passes: bool,
}

/// Queries that check.
#[derive(Debug, Default)]
pub(crate) struct CheckQuery;

#[Object]
impl CheckQuery {
    /// Checks a text against the office's guidelines, for instance a personal post before it is published elsewhere. Nothing
    /// of it is stored or logged. A text that is empty or too long is an error with the code `BAD_USER_INPUT`.
    async fn check_text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The text.")] input: CheckTextInput,
    ) -> Field<TextCheck> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CheckText>()?;
            let asked = checks::CheckText {
                text: input.text,
                platform: input.platform.map(Into::into),
                capacity: input.capacity.map(Into::into),
            };
            let findings = checks::check_text(ctx.office()?, &permit, asked).await?;
            let passes = !findings.iter().any(checks::Judged::blocks);
            Ok(Some(TextCheck { findings: findings.into_iter().map(Finding).collect(), passes }))
        })
        .await
    }
}
