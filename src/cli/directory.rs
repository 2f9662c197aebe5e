//! The arguments of `masthead directory`. It shows what is public anyway, and asks for no right.

use clap::{Args, Subcommand, ValueEnum};

/// `masthead directory`
#[derive(Debug, Subcommand)]
pub(crate) enum DirectoryCommand {
    /// List the official channels, as the public sees them
    List(Wanted),
    /// What changed, oldest first; as Atom newest first
    Changes(WantedChanges),
    /// Whether an account or a site is really ours, or only looks so
    Verify {
        /// A URL, @name@host, or a platform and a name such as x:name
        url: String,
    },
}

/// Which part of the directory, and in which form.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// Slug of one office [default: all]
    #[arg(long)]
    pub(crate) office: Option<String>,
    /// In which form [default: table, or json with --json]
    #[arg(long, value_enum)]
    pub(crate) format: Option<DirectoryFormat>,
}

/// Whose changes, and in which form.
#[derive(Debug, Args)]
pub(crate) struct WantedChanges {
    /// Slug of one office [default: all]
    #[arg(long)]
    pub(crate) office: Option<String>,
    /// In which form [default: table, or json with --json]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ChangesFormat>,
}

/// The forms of the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangesFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// A feed, newest first
    Atom,
}

/// The forms of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DirectoryFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For readers of feeds
    Opml,
    /// The changes as a feed
    Atom,
    /// schema.org organisations
    Jsonld,
    /// The JSON, signed
    Jws,
}
