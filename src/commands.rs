//! What each subcommand does. Knows which settings and which parts each needs.

use std::process::ExitCode;

use ::office::Office;
use channel::Desk;
use clap::CommandFactory as _;

use crate::{
    cli::{Cli, Command, ConfigCommand},
    config::{self, Environment, Flags, Loaded, Settings},
    demo, doctor,
    output::{self, Form},
    service::{self, Roles},
    telemetry, wiring,
};

mod channel;
mod check;
mod directory;
mod find;
mod handbook;
mod import;
mod initiative;
mod mail;
mod member;
mod office;
mod partner;
mod password;
mod queue;
mod rules;
mod sarif;
mod task;
mod token;

/// Does what the command line says.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let (form, flags, environment) = (cli.form(), cli.flags(), Environment::read());
    match cli.command {
        Some(Command::Schema) => output::line(api::sdl().trim_end()),
        Some(Command::Completions { shell }) => completions(shell),
        Some(Command::Check(arguments)) => return Ok(check::run(&arguments, form)),
        Some(Command::Rules { rule }) => return rules::run(rule.as_deref(), form),
        Some(Command::Handbook(command)) => return handbook::run(&command, form),
        Some(Command::Queue(command)) => {
            return Ok(with_office(&flags, &environment, async |office, _| {
                queue::run(office, command, form).await
            })
            .await);
        }
        Some(Command::Channel(command)) => {
            return Ok(with_office(&flags, &environment, async |office, settings| {
                channel::run(&Desk { office, settings, form }, command).await
            })
            .await);
        }
        Some(Command::Directory(command)) => {
            return Ok(with_office(&flags, &environment, async |office, settings| {
                directory::run(office, settings, command, form).await
            })
            .await);
        }
        Some(Command::Mail(command)) => {
            return Ok(with_office(&flags, &environment, async |office, settings| {
                mail::run(office, settings, command, form).await
            })
            .await);
        }
        Some(Command::Task(command)) => {
            return Ok(with_office(&flags, &environment, async |office, _| {
                task::run(office, command, form).await
            })
            .await);
        }
        Some(Command::Initiative(command)) => {
            return Ok(with_office(&flags, &environment, async |office, _| {
                initiative::run(office, command, form).await
            })
            .await);
        }
        Some(Command::Partner(command)) => {
            return Ok(with_office(&flags, &environment, async |office, _| {
                partner::run(office, command, form).await
            })
            .await);
        }
        Some(Command::Doctor(_)) => return doctor::run(form, &flags, &environment).await,
        other => {
            let loaded = config::load(&flags, &environment)?;
            Box::pin(with_settings(other, form, loaded, &environment)).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn with_settings(
    command: Option<Command>,
    form: Form,
    loaded: Loaded,
    environment: &Environment,
) -> anyhow::Result<()> {
    if let Some(Command::Config(command)) = command {
        return show(&command, form, &loaded);
    }
    let settings = loaded.settings;
    telemetry::start_logging(&settings.log)?;
    match command {
        None | Some(Command::Serve(_)) => service::run(&settings, Roles::BOTH, form, environment).await,
        Some(Command::Api(_)) => service::run(&settings, Roles::API, form, environment).await,
        Some(Command::Worker) => service::run(&settings, Roles::WORKER, form, environment).await,
        Some(Command::Demo(_)) => demo::run(&settings, form, environment).await,
        Some(Command::Migrate) => migrate(&settings, form).await,
        Some(Command::Office(command)) => office::run(command, form, &settings).await,
        Some(Command::Member(command)) => member::run(command, form, &settings).await,
        Some(Command::Token(command)) => token::run(command, form, &settings).await,
        Some(
            Command::Schema
            | Command::Completions { .. }
            | Command::Doctor(_)
            | Command::Config(_)
            | Command::Channel(_)
            | Command::Directory(_)
            | Command::Check(_)
            | Command::Mail(_)
            | Command::Initiative(_)
            | Command::Task(_)
            | Command::Partner(_)
            | Command::Queue(_)
            | Command::Rules { .. }
            | Command::Handbook(_),
        ) => Ok(()),
    }
}

/// Opens the deployment's office for one command, and closes it whatever came of that. Says by the exit code what did.
async fn with_office(
    flags: &Flags,
    environment: &Environment,
    act: impl AsyncFnOnce(&Office, &Settings) -> anyhow::Result<bool>,
) -> ExitCode {
    let done = async {
        let settings = config::load(flags, environment)?.settings;
        telemetry::start_logging(&settings.log)?;
        let office = wiring::open(&settings).await?;
        let done = Box::pin(act(&office, &settings)).await;
        wiring::close(&office).await;
        done
    };
    exit_code(done.await)
}

fn show(command: &ConfigCommand, form: Form, loaded: &Loaded) -> anyhow::Result<()> {
    match (command, form) {
        (ConfigCommand::Check, Form::Text) => output::line("the settings fit"),
        (ConfigCommand::Check, Form::Json) => output::json(&serde_json::json!({ "fit": true }))?,
        (ConfigCommand::Print, Form::Text) => output::line(loaded.to_text().trim_end()),
        (ConfigCommand::Print, Form::Json) => output::json(&loaded.to_json())?,
    }
    Ok(())
}

async fn migrate(settings: &Settings, form: Form) -> anyhow::Result<()> {
    wiring::data_folder::make(&settings.data.dir)?;
    // Before the database: a new one is made together with its key.
    wiring::master_key::read_or_make(settings)?;
    let db = wiring::database::connect(settings).await?;
    let ran = wiring::schema::update(settings, &db).await?;
    db.close().await?;
    if form == Form::Json {
        return output::json(&serde_json::json!({ "migrations": ran }));
    }
    output::message(&format!("the database is up to date; {ran} migrations ran"));
    Ok(())
}

fn completions(shell: clap_complete::Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "masthead", &mut script);
    output::line(String::from_utf8_lossy(&script).trim_end());
}

/// The office refused it, or a gate is shut.
const REFUSED: u8 = 1;
/// Wrong use, a thing that is not there, or a deployment that does not answer.
const FAILED: u8 = 2;

/// What came of a command: `false` is a refusal that it has told of.
fn exit_code(done: anyhow::Result<bool>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(REFUSED),
        Err(error) => {
            output::message(&format!("masthead: {error:#}"));
            let refused = error.downcast_ref::<::office::OfficeError>().is_some_and(|error| {
                matches!(error, ::office::OfficeError::Refused(_) | ::office::OfficeError::Forbidden(_))
            });
            ExitCode::from(if refused { REFUSED } else { FAILED })
        }
    }
}
