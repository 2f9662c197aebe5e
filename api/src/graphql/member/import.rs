//! Bringing members in from a sheet.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use office::{
    members,
    policy::op,
    sheet::{Imported, ImportedLine},
};

use super::Member;
use crate::{
    error::{Field, UserError, nullable, payload, payloads},
    graphql::{channel::ImportOutcome, context::ContextExt as _},
};

/// A sheet of members.
#[derive(Debug, InputObject)]
pub(crate) struct ImportMembersInput {
    /// The sheet as CSV (RFC 4180; tabs or semicolons in the place of commas are taken too), its first line the headings, in
    /// any order: `email`, `name`, `roles` (such as `MEMBER`, several separated by semicolons).
    csv: String,
    /// Whether nothing is to be written: the answer tells what would be.
    dry_run: bool,
}

/// A line of a sheet of members, and what became of it.
#[derive(Debug, SimpleObject)]
pub(crate) struct MemberImportLine {
    /// Its number in the sheet, counted from 1; the headings are line 1.
    line: i64,
    /// The e-mail address that stands there.
    email: String,
    /// What became of it.
    outcome: ImportOutcome,
    /// The member; null when it was refused, and for one that a dry run would write.
    member: Option<Member>,
    /// Why it was refused; empty when it was not.
    user_errors: Vec<UserError>,
}

impl MemberImportLine {
    fn of(told: ImportedLine<entity::member::Model>, dry_run: bool) -> Self {
        let (outcome, member, user_errors) = match told.outcome {
            Imported::Created(row) => (ImportOutcome::Created, (!dry_run).then_some(row), Vec::new()),
            Imported::Known(row) => (ImportOutcome::Known, Some(row), Vec::new()),
            Imported::Refused(refusal) => (ImportOutcome::Refused, None, vec![refusal.into()]),
        };
        let line = i64::try_from(told.line).unwrap_or(i64::MAX);
        Self { line, email: told.name, outcome, member: member.map(Member::from), user_errors }
    }
}

payloads! {
    /// What `importMembers` answers.
    ImportMembersPayload {
        /// Each line of the sheet, in its order.
        lines: Vec<MemberImportLine>,
    }
}

/// Mutations that bring members in.
#[derive(Debug, Default)]
pub(crate) struct MemberImportMutation;

#[Object]
impl MemberImportMutation {
    /// Adds members from a sheet, without passwords: `setPassword` gives each their first. A line is written whole or refused
    /// with the reason, and no line stops another. Safe to repeat: who is here stays as they are. Codes of the sheet as a
    /// whole: `INVALID` and `REQUIRED` for headings and lines that cannot be read, `TOO_LONG` (`limits.import_rows`,
    /// `limits.import_bytes`); then nothing was written.
    async fn import_members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sheet.")] input: ImportMembersInput,
    ) -> Field<ImportMembersPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ImportMembers>()?;
            let outcome = members::import(ctx.office()?, &permit, &input.csv, input.dry_run).await;
            payload(outcome, |lines| {
                let line = |told| MemberImportLine::of(told, input.dry_run);
                ImportMembersPayload::done(lines.into_iter().map(line).collect())
            })
        })
        .await
    }
}
