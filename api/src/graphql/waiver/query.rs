//! Each rule's record of exceptions.

use async_graphql::{Context, Object, SimpleObject};
use office::{policy::op, waivers};

use crate::{
    error::{Field, nullable},
    graphql::{context::ContextExt as _, scalars::DateTime},
};

/// How often exceptions were made to what a rule finds: its record of false alarms.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RuleRecord {
    /// The rule, by its stable name.
    rule: String,
    /// Exceptions of all time, those that were taken back too.
    waivers: i64,
    /// Exceptions of the last 365 days.
    recent_waivers: i64,
    /// Exceptions that were taken back.
    revoked: i64,
    /// When the last one was made.
    last_waived_at: DateTime,
}

impl From<waivers::RuleRecord> for RuleRecord {
    fn from(record: waivers::RuleRecord) -> Self {
        Self {
            rule: record.rule,
            waivers: record.waivers,
            recent_waivers: record.recent_waivers,
            revoked: record.revoked,
            last_waived_at: record.last_waived_at.into(),
        }
    }
}

/// Queries about exceptions.
#[derive(Debug, Default)]
pub(crate) struct RuleRecordQuery;

#[Object]
impl RuleRecordQuery {
    /// How often the office made exceptions to each rule, in the order of their names; a rule that never needed one is left
    /// out. Many mean that the rule cries wolf, or that the handbook asks for too much.
    async fn rule_records(&self, ctx: &Context<'_>) -> Field<Vec<RuleRecord>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RuleRecords>()?;
            let records = waivers::records(ctx.office()?, &permit).await?;
            Ok(Some(records.into_iter().map(RuleRecord::from).collect()))
        })
        .await
    }
}
