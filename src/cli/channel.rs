//! The arguments of `masthead channel`. No secret is an argument: others on the machine can read those.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{OfOffice, SheetArgs};

/// `masthead channel`
#[derive(Debug, Subcommand)]
pub(crate) enum ChannelCommand {
    /// List the channels, and whether each can publish
    List {
        /// In which form [default: table, or json with --json]
        #[arg(long, value_enum)]
        format: Option<ListFormat>,
        #[command(flatten)]
        office: OfOffice,
    },
    /// List the channels that may soon have nobody who looks after them, the gravest first, and what lowers each risk
    Radar {
        /// In which form [default: table, or json with --json]
        #[arg(long, value_enum)]
        format: Option<ListFormat>,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Register accounts that the office has already, from a sheet; each is approved and still to be connected
    Import {
        #[command(flatten)]
        sheet: SheetArgs,
        /// The coordinator in whose name, by e-mail address
        #[arg(long, value_name = "EMAIL")]
        by: String,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Connect a channel: with a secret, or by asking a person at its platform
    Connect(ConnectArgs),
    /// Look at a channel's account: is its credential taken, what may it do, what does the public read? Posts nothing
    Test {
        /// Its handle, PLATFORM/HANDLE or its id
        channel: String,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Register the application in whose name channels are connected by asking a person at their platform
    SetApp {
        /// The platform, such as X
        platform: String,
        /// Address of the server [default: the platform's own]
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// The application's public name there
        #[arg(long)]
        client_id: String,
        /// Read its secret from this file, or from standard input with -; leave it out where there is none
        #[arg(long, value_name = "FILE")]
        secret_file: Option<PathBuf>,
        #[command(flatten)]
        office: OfOffice,
    },
    /// List those applications
    Apps {
        #[command(flatten)]
        office: OfOffice,
    },
}

/// The forms of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// How to connect a channel.
#[derive(Debug, Args)]
pub(crate) struct ConnectArgs {
    /// Its handle, PLATFORM/HANDLE or its id
    pub(crate) channel: String,
    /// Address of the server [default: the platform's own, where it has one]
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// User name; for Facebook the Page's id, for LinkedIn the organisation's number
    #[arg(long)]
    pub(crate) username: Option<String>,
    /// When the secret ends, such as 2027-03-01T00:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) expires_at: Option<String>,
    /// Let the address be one that is not public
    #[arg(long)]
    pub(crate) allow_private_host: bool,
    /// Say that a webhook's receiver does nothing a second time when a key is repeated
    #[arg(long)]
    pub(crate) honours_keys: bool,
    #[command(flatten)]
    pub(crate) secret: SecretFrom,
    #[command(flatten)]
    pub(crate) office: OfOffice,
}

/// Where the credential comes from.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct SecretFrom {
    /// Read the token or application password from this file, or from standard input with -
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
    /// Ask a person: prints where to go, and reads the address that the browser comes back to from standard input
    #[arg(long)]
    pub(crate) ask: bool,
}
