//! What is asked of the guidelines from the command line: checking texts, and handbooks as files.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `masthead check`
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 nothing found, 1 findings, 2 wrong use. With --jsonl: 0 when every line was read."
)]
pub(crate) struct CheckArgs {
    /// The file with the text, or - for standard input (the default)
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Where it goes: feed, wordpress, mastodon, bluesky, x, facebook, linkedin, youtube or instagram; without it, only
    /// what holds everywhere
    #[arg(long, value_name = "PLATFORM")]
    pub(crate) channel: Option<String>,
    /// In which capacity it is said
    #[arg(long, value_enum, default_value_t = CapacityName::Official)]
    pub(crate) capacity: CapacityName,
    /// How findings are printed; --json is the same as --format json
    #[arg(long, value_enum)]
    pub(crate) format: Option<CheckFormat>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Advise)]
    pub(crate) fail_on: FailOn,
    /// Check against this handbook (TOML or JSON) instead of the one to start from
    #[arg(long, value_name = "FILE")]
    pub(crate) handbook: Option<PathBuf>,
    /// The office's own phone numbers, addresses and hosts, as JSON lists
    #[arg(long, value_name = "FILE")]
    pub(crate) office: Option<PathBuf>,
    /// Read texts and drafts as JSON lines and write their findings as JSON lines
    #[arg(long, conflicts_with_all = ["format", "channel", "fail_on"])]
    pub(crate) jsonl: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// A paragraph a finding
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
}

/// A capacity, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CapacityName {
    /// For the office
    Official,
    /// As a person
    PersonalOpinion,
    /// Not declared
    Undeclared,
}

/// A severity, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Only what blocks
    Block,
    /// What blocks or warns
    Warn,
    /// Anything
    Advise,
}

/// `masthead handbook`
#[derive(Debug, Subcommand)]
pub(crate) enum HandbookCommand {
    /// Print the handbook that an office starts from, as TOML to change
    Starter,
    /// Say whether a handbook (TOML or JSON) would be taken: it compiles, and each rule passes its examples
    Check {
        /// The file, or - for standard input
        file: PathBuf,
    },
}
