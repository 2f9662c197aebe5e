//! The command line: subcommands, their arguments, and which settings the flags set. Does nothing by itself.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{config::Flags, output::Form};

mod channel;
mod directory;
mod guidelines;
mod initiative;
mod mail;
mod office;
mod partner;
mod queue;
mod sheet;
mod task;

pub(crate) use channel::{ChannelCommand, ConnectArgs, ListFormat};
pub(crate) use directory::{ChangesFormat, DirectoryCommand, DirectoryFormat, Wanted, WantedChanges};
pub(crate) use guidelines::{CapacityName, CheckArgs, CheckFormat, FailOn, HandbookCommand};
pub(crate) use initiative::InitiativeCommand;
pub(crate) use mail::{MailCommand, MailStateName};
pub(crate) use office::{
    MemberCommand, OfOffice, OfficeCommand, PasswordFrom, RoleName, ScopeName, TokenCommand,
};
pub(crate) use partner::PartnerCommand;
pub(crate) use queue::{OnePost, QueueCommand, ScopeOf, SimulateCommand, StateName, SupposeCommand};
pub(crate) use sheet::SheetArgs;
pub(crate) use task::TaskCommand;

/// Masthead: the desk that an institution's shared social-media posts pass over.
///
/// Without a subcommand it serves: API and worker in one process, on SQLite in the data folder or on the database of the
/// settings.
#[derive(Debug, Parser)]
#[command(name = "masthead", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What every subcommand takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Read settings from this file instead of masthead.toml in the data folder
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        help = "The data folder [environment: MASTHEAD_DATA_DIR] [default: .masthead]"
    )]
    data_dir: Option<PathBuf>,
    /// Any setting, such as --set worker.concurrency=4; see config/default.toml
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = setting)]
    set: Vec<(String, String)>,
    /// Print facts and lists as JSON
    #[arg(long, global = true)]
    json: bool,
}

/// What everything that listens takes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Listen {
    /// Address to listen on [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) host: Option<String>,
    /// Port to listen on; 0 takes a free one [environment: PORT] [default: 8080]
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// How the outside reaches this service
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the API and work the queue in one process (the default)
    Serve(Listen),
    /// Serve the API alone; `masthead worker` works the queue elsewhere
    Api(Listen),
    /// Work the queue alone, beside any number of others on one PostgreSQL database
    Worker,
    /// Serve a made-up office in a temporary folder, with tokens and commands to try
    Demo(Listen),
    /// Bring the database up to date and stop
    Migrate,
    /// Print the GraphQL schema
    Schema,
    /// Check this deployment and say what to do about what is wrong
    Doctor(Listen),
    /// Check a text or drafts against the guidelines: no server, no database
    Check(CheckArgs),
    /// List the guideline rules, or show the manual of one
    Rules {
        /// The rule, such as CC1b.phone; without it, all are listed
        rule: Option<String>,
    },
    /// Handbooks as files: the one to start from, and whether one would be taken
    #[command(subcommand)]
    Handbook(HandbookCommand),
    /// Show or check the settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look at the queue of an office, and stop what it holds
    #[command(subcommand)]
    Queue(QueueCommand),
    /// The channels of an office: connect them, and see whether they work
    #[command(subcommand)]
    Channel(ChannelCommand),
    /// The public directory: in every form, its changes, and whether an account is ours
    #[command(subcommand)]
    Directory(DirectoryCommand),
    /// What members are told by e-mail: the outbox, and a test of the mail server
    #[command(subcommand)]
    Mail(MailCommand),
    /// The initiatives of an office: what was said of what they planned
    #[command(subcommand)]
    Initiative(InitiativeCommand),
    /// What waits for the members of an office
    #[command(subcommand)]
    Task(TaskCommand),
    /// The partners that an office supports
    #[command(subcommand)]
    Partner(PartnerCommand),
    /// Offices of this deployment
    #[command(subcommand)]
    Office(OfficeCommand),
    /// The people of an office
    #[command(subcommand)]
    Member(MemberCommand),
    /// Tokens of integrations
    #[command(subcommand)]
    Token(TokenCommand),
    /// Print a completion script for a shell
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
}

/// `masthead config`
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Every setting, its value and where that came from; secrets are not shown
    Print,
    /// Say what is wrong with the settings, if anything
    Check,
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write section.key=value")?;
    if crate::config::print::is_secret(key.trim()) {
        return Err("others on this machine could read it: set it in the environment or in a file".to_owned());
    }
    Ok((key.trim().to_owned(), value.to_owned()))
}

impl Cli {
    /// How facts and lists are to be printed.
    pub(crate) fn form(&self) -> Form {
        if self.global.json { Form::Json } else { Form::Text }
    }

    /// The settings among the flags.
    pub(crate) fn flags(&self) -> Flags {
        let mut values = Vec::new();
        let mut set = |key: &str, value: Option<String>, flag: &str| {
            values.extend(value.map(|value| (key.to_owned(), value, flag.to_owned())));
        };
        set("data.dir", self.global.data_dir.as_ref().map(|path| path.display().to_string()), "--data-dir");
        if let Some(
            Command::Serve(listen) | Command::Api(listen) | Command::Demo(listen) | Command::Doctor(listen),
        ) = &self.command
        {
            set("server.host", listen.host.clone(), "--host");
            set("server.port", listen.port.map(|port| port.to_string()), "--port");
            set("server.public_url", listen.public_url.clone(), "--public-url");
        }
        for (key, value) in &self.global.set {
            set(key, Some(value.clone()), "--set");
        }
        Flags { file: self.global.config.clone(), values }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed_and_takes_no_secret() {
        Cli::command().debug_assert();
        assert!(Cli::try_parse_from(["masthead", "--set", "database.url=postgres://x"]).is_err());
        assert!(Cli::try_parse_from(["masthead", "--set", "worker.concurrency=2", "serve"]).is_ok());
        let cli = Cli::try_parse_from(["masthead", "serve", "--port", "0", "--json"]).unwrap();
        assert_eq!(cli.form(), Form::Json);
        assert_eq!(cli.flags().values, [("server.port".to_owned(), "0".to_owned(), "--port".to_owned())]);
    }
}
