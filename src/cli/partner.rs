//! The arguments of `masthead partner`.

use clap::Subcommand;

use super::{ListFormat, OfOffice};

/// `masthead partner`
#[derive(Debug, Subcommand)]
pub(crate) enum PartnerCommand {
    /// List the partners that an office supports, one line for each of their accounts
    List {
        /// Those too whose partnership is over
        #[arg(long)]
        with_ended: bool,
        /// With these words in name, reason or an account's address
        #[arg(long, value_name = "WORDS")]
        search: Option<String>,
        /// How it is printed [default: table]
        #[arg(long, value_enum)]
        format: Option<ListFormat>,
        #[command(flatten)]
        office: OfOffice,
    },
}
