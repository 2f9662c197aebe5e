//! Masthead: composition of the parts into one program.
//!
//! Here are the command line, the settings, telemetry, wiring and stopping; what the office does is in `office`, what
//! clients see in `api`, what leaves in `worker` and `connectors`.

use std::process::ExitCode;

use clap::Parser as _;

mod cli;
mod commands;
mod config;
mod demo;
mod doctor;
mod output;
mod service;
mod telemetry;
mod wiring;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match Box::pin(commands::run(cli)).await {
        Ok(code) => code,
        Err(error) => {
            output::message(&format!("masthead: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
