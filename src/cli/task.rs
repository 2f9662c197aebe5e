//! The arguments of `masthead task`.

use clap::Subcommand;

use super::{ListFormat, OfOffice};

/// `masthead task`
#[derive(Debug, Subcommand)]
pub(crate) enum TaskCommand {
    /// List what waits for the office's members, most urgent first
    List {
        /// Only what waits for this member, by e-mail address
        #[arg(long, value_name = "EMAIL")]
        member: Option<String>,
        /// Only what is overdue
        #[arg(long)]
        overdue: bool,
        /// In which form [default: table, or json with --json]
        #[arg(long, value_enum)]
        format: Option<ListFormat>,
        #[command(flatten)]
        office: OfOffice,
    },
}
