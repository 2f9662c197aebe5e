//! Bringing channels in from a sheet.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use office::{
    channels,
    policy::op,
    sheet::{Imported, ImportedLine},
};

use super::Channel;
use crate::{
    error::{Field, UserError, nullable, payload, payloads},
    graphql::context::ContextExt as _,
};

/// What became of a line of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ImportOutcome {
    /// It was written; in a dry run, it would be.
    Created,
    /// It is here already, and stays as it is.
    Known,
    /// It was left out: `userErrors` says why.
    Refused,
}

/// A sheet of channels.
#[derive(Debug, InputObject)]
pub(crate) struct ImportChannelsInput {
    /// The sheet as CSV (RFC 4180; tabs or semicolons in the place of commas are taken too), its first line the headings, in
    /// any order: `platform` (such as `MASTODON`), `handle`, `url`, `display_name`, `purpose`, `audience`, `language`,
    /// `bio_line`, `monitored_hours`, and where wanted `contact`, `signature`, `justification`, `initiative` (its name) and `stewards`
    /// (e-mail addresses of active members, separated by semicolons).
    csv: String,
    /// Whether nothing is to be written: the answer tells what would be.
    dry_run: bool,
}

/// A line of a sheet of channels, and what became of it.
#[derive(Debug, SimpleObject)]
pub(crate) struct ChannelImportLine {
    /// Its number in the sheet, counted from 1; the headings are line 1.
    line: i64,
    /// The handle that stands there.
    handle: String,
    /// What became of it.
    outcome: ImportOutcome,
    /// The channel; null when it was refused, and for one that a dry run would write.
    channel: Option<Channel>,
    /// Why it was refused; empty when it was not.
    user_errors: Vec<UserError>,
}

impl ChannelImportLine {
    fn of(told: ImportedLine<entity::channel::Model>, dry_run: bool) -> Self {
        let (outcome, channel, user_errors) = match told.outcome {
            Imported::Created(row) => (ImportOutcome::Created, (!dry_run).then_some(row), Vec::new()),
            Imported::Known(row) => (ImportOutcome::Known, Some(row), Vec::new()),
            Imported::Refused(refusal) => (ImportOutcome::Refused, None, vec![refusal.into()]),
        };
        let line = i64::try_from(told.line).unwrap_or(i64::MAX);
        Self { line, handle: told.name, outcome, channel: channel.map(Channel::from), user_errors }
    }
}

payloads! {
    /// What `importChannels` answers.
    ImportChannelsPayload {
        /// Each line of the sheet, in its order.
        lines: Vec<ChannelImportLine>,
    }
}

/// Mutations that bring channels in.
#[derive(Debug, Default)]
pub(crate) struct ChannelImportMutation;

#[Object]
impl ChannelImportMutation {
    /// Registers accounts that the office has already, from a sheet: each line becomes a channel in state `APPROVED` with its
    /// stewards, still to be connected and activated. A line is written whole or refused with the reason, and no line stops
    /// another. Safe to repeat: what is known stays as it is. Codes of the sheet as a whole: `INVALID` and `REQUIRED` for
    /// headings and lines that cannot be read, `TOO_LONG` (`limits.import_rows`, `limits.import_bytes`); then nothing was
    /// written.
    async fn import_channels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sheet.")] input: ImportChannelsInput,
    ) -> Field<ImportChannelsPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ImportChannels>()?;
            let outcome = channels::import(ctx.office()?, &permit, &input.csv, input.dry_run).await;
            payload(outcome, |lines| {
                let line = |told| ChannelImportLine::of(told, input.dry_run);
                ImportChannelsPayload::done(lines.into_iter().map(line).collect())
            })
        })
        .await
    }
}
