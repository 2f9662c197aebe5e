//! The arguments of `masthead mail`.

use clap::{Subcommand, ValueEnum};

use super::OfOffice;

/// `masthead mail`
#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Send a test message to an address, past the outbox
    Test {
        /// To whom
        address: String,
    },
    /// List the outbox, newest first: what was told to whom, and what came of it
    List {
        /// Only what is in this state; may be repeated
        #[arg(long, value_enum)]
        state: Vec<MailStateName>,
        /// Rows, at most
        #[arg(long, default_value_t = 50)]
        limit: u64,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Try a mail again that was refused, given up or lost sight of
    Retry {
        /// The mail, by id
        id: uuid::Uuid,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Give a mail up
    GiveUp {
        /// The mail, by id
        id: uuid::Uuid,
        #[command(flatten)]
        office: OfOffice,
    },
}

/// A state of a mail.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum MailStateName {
    /// To be sent, or after a failure again
    Waiting,
    /// A worker speaks to the server
    Sending,
    /// The server has taken it
    Sent,
    /// The server may have taken it
    Unconfirmed,
    /// The server refused it for good
    Refused,
    /// Given up
    GivenUp,
}
