//! The arguments of commands that bring a sheet in.

use std::path::PathBuf;

use clap::Args;

/// Which sheet, and how.
#[derive(Debug, Args)]
pub(crate) struct SheetArgs {
    /// The file, CSV with a line of headings; - reads standard input
    pub(crate) file: PathBuf,
    /// Write nothing, and tell what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,
}
