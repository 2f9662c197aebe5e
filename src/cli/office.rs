//! What is done to offices from the command line: founding them, their people, the tokens of their integrations.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::SheetArgs;

/// `masthead office`
#[derive(Debug, Subcommand)]
pub(crate) enum OfficeCommand {
    /// Found an office with its first administrator
    Create {
        /// Full name
        #[arg(long)]
        name: String,
        /// Short name in addresses: a-z, 0-9 and -
        #[arg(long)]
        slug: String,
        /// IANA time zone, such as America/Vancouver
        #[arg(long)]
        time_zone: String,
        /// Usual language, such as en or fr-CA
        #[arg(long, default_value = "en")]
        language: String,
        /// Name of the administrator
        #[arg(long)]
        administrator: String,
        /// E-mail address of the administrator
        #[arg(long)]
        email: String,
        #[command(flatten)]
        password: PasswordFrom,
    },
    /// List the offices
    List,
    /// Write an office into one file: every row, every medium, no secret
    #[command(
        after_help = "The file holds personal data, and only its owner may read it. It is never written over another.\n\
                            See docs/archive.md."
    )]
    Export {
        /// The file to write; a ZIP file
        file: PathBuf,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Bring an office in from such a file; nothing leaves it before a person lifts its pause
    #[command(
        after_help = "All of it is brought in, or nothing. Channels must be connected again, tokens made anew, passwords set\n\
                            anew; the administrator's is printed, once. See docs/archive.md."
    )]
    Import {
        /// The file, as masthead office export wrote it
        file: PathBuf,
        /// Another short name than the one in the file
        #[arg(long)]
        slug: Option<String>,
        /// Verify the file and try all of it out, and keep nothing
        #[arg(long)]
        dry_run: bool,
        /// Whose password is set: an administrator's e-mail address [default: who has been one for longest]
        #[arg(long, value_name = "EMAIL")]
        administrator: Option<String>,
        #[command(flatten)]
        password: PasswordFrom,
    },
}

/// Which office; needed only where there are several.
#[derive(Debug, Clone, Args)]
pub(crate) struct OfOffice {
    /// Slug of the office; needed only when there are several
    #[arg(long)]
    pub(crate) office: Option<String>,
}

/// Where a password comes from: never from a flag's value, which others on the machine can read.
#[derive(Debug, Clone, Args)]
pub(crate) struct PasswordFrom {
    /// Read the password from this file, or with - from standard input; without it, one is made and printed once
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

/// A role, as the command line names it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum RoleName {
    /// Writes drafts
    Member,
    /// Owns initiatives and their plans
    ProjectManager,
    /// The Marketing and Communications Coordinator
    Coordinator,
    /// Manages members, integrations and connections
    Administrator,
}

/// `masthead member`
#[derive(Debug, Subcommand)]
pub(crate) enum MemberCommand {
    /// Add a member
    Add {
        /// E-mail address for signing in
        email: String,
        /// Name as colleagues know it
        #[arg(long)]
        name: String,
        /// What they may do; several are separated by commas
        #[arg(long, value_enum, value_delimiter = ',', default_value = "member")]
        roles: Vec<RoleName>,
        #[command(flatten)]
        password: PasswordFrom,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Add members from a sheet with the columns email, name and roles (several separated by semicolons)
    Import {
        #[command(flatten)]
        sheet: SheetArgs,
        #[command(flatten)]
        office: OfOffice,
    },
    /// List the members
    List {
        #[command(flatten)]
        office: OfOffice,
    },
    /// Replace a member's roles
    SetRoles {
        /// Whose, by e-mail address
        email: String,
        /// All roles from now on; several are separated by commas
        #[arg(value_enum, value_delimiter = ',', required = true)]
        roles: Vec<RoleName>,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Set a member's password and end their sessions
    SetPassword {
        /// Whose, by e-mail address
        email: String,
        #[command(flatten)]
        password: PasswordFrom,
        #[command(flatten)]
        office: OfOffice,
    },
    /// Record that a member left: no rights and no sessions from now on
    Depart {
        /// Who, by e-mail address
        email: String,
        #[command(flatten)]
        office: OfOffice,
    },
}

/// A scope, as tokens name it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ScopeName {
    /// Read the office's channels
    #[value(name = "directory:read")]
    DirectoryRead,
    /// Read initiatives, drafts and posts
    #[value(name = "office:read")]
    OfficeRead,
    /// Create, edit and submit drafts
    #[value(name = "drafts:write")]
    DraftsWrite,
    /// Schedule, move and cancel approved posts
    #[value(name = "posts:write")]
    PostsWrite,
}

/// `masthead token`
#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Add an integration and print its token, once
    Create {
        /// What the client is
        name: String,
        /// What the token may do; several are separated by commas
        #[arg(long, value_enum, value_delimiter = ',', required = true)]
        scopes: Vec<ScopeName>,
        #[command(flatten)]
        office: OfOffice,
    },
    /// List the integrations
    List {
        #[command(flatten)]
        office: OfOffice,
    },
    /// End an integration's token at once
    Revoke {
        /// Its id, as `masthead token list` shows it
        id: uuid::Uuid,
        #[command(flatten)]
        office: OfOffice,
    },
}
