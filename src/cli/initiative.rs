//! The arguments of `masthead initiative`.

use clap::Subcommand;

use super::{ListFormat, OfOffice};

/// `masthead initiative`
#[derive(Debug, Subcommand)]
pub(crate) enum InitiativeCommand {
    /// Report which key messages of its plan were said, how often, when last, and what was said that none of them covers
    Report {
        /// Its name or its id
        initiative: String,
        /// The first day, such as 2027-01-01 [default: 90 days before the last]
        #[arg(long, value_name = "DAY")]
        from: Option<chrono::NaiveDate>,
        /// The last day [default: today]
        #[arg(long, value_name = "DAY")]
        to: Option<chrono::NaiveDate>,
        /// How it is printed [default: table]
        #[arg(long, value_enum)]
        format: Option<ListFormat>,
        #[command(flatten)]
        office: OfOffice,
    },
}
