//! Settings: flags over environment over file over the embedded defaults. The only reader of the environment.
//!
//! Knows where a value came from and whether it fits. Does not know what settings do: each part of the program gets its
//! own section.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use api::ApiSettings;
use connectors::HttpLimits;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use worker::WorkerSettings;

mod check;
mod environment;
mod nearest;
pub(crate) mod print;
mod values;

pub(crate) use check::bucket;
pub(crate) use environment::Environment;
pub(crate) use values::{Source, Values};

/// Name of the settings file in the data folder.
pub(crate) const FILE: &str = "masthead.toml";

/// What the command line says of settings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flags {
    /// `--config`.
    pub(crate) file: Option<PathBuf>,
    /// Key, value and the flag's own name, weakest first.
    pub(crate) values: Vec<(String, String, String)>,
}

/// The settings, typed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) server: Server,
    pub(crate) data: Data,
    pub(crate) media: Media,
    pub(crate) secrets: Secrets,
    pub(crate) database: Database,
    pub(crate) log: Log,
    pub(crate) http: Http,
    pub(crate) worker: WorkerSettings,
    pub(crate) mail: Mail,
    pub(crate) api: ApiSettings,
    pub(crate) limits: office::Limits,
}

/// `[server]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) public_url: String,
}

/// `[data]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Data {
    pub(crate) dir: PathBuf,
}

/// `[media]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Media {
    pub(crate) url: String,
    pub(crate) endpoint: String,
    pub(crate) region: String,
    pub(crate) access_key: SecretString,
    pub(crate) secret_key: SecretString,
    pub(crate) allow_http: bool,
}

/// `[secrets]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Secrets {
    pub(crate) master_key: SecretString,
}

/// `[database]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Database {
    pub(crate) url: SecretString,
    pub(crate) connections: u32,
    pub(crate) read_connections: u32,
    pub(crate) acquire_seconds: u64,
    pub(crate) busy_seconds: u64,
    pub(crate) migration_seconds: u64,
    pub(crate) statement_seconds: u64,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Log {
    pub(crate) level: String,
    pub(crate) format: LogFormat,
}

/// `[mail]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Mail {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: MailTlsName,
    pub(crate) ca_file: String,
    pub(crate) username: String,
    pub(crate) password: SecretString,
    pub(crate) from: String,
    pub(crate) from_name: String,
    pub(crate) reply_to: String,
    pub(crate) link: String,
    pub(crate) connect_seconds: u64,
    pub(crate) answer_seconds: u64,
    pub(crate) delivery_seconds: u64,
    pub(crate) every_seconds: u64,
    pub(crate) at_once: usize,
    pub(crate) conversations: u64,
}

/// How the conversation with the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MailTlsName {
    Starttls,
    Implicit,
    None,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Auto,
    Pretty,
    Json,
}

/// `[http]`
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Http {
    connect_seconds: u64,
    read_seconds: u64,
    total_seconds: u64,
    preparation_seconds: u64,
    processing_seconds: u64,
    poll_every_seconds: u64,
    ask_after_seconds: u64,
    answer_bytes: usize,
    redirects: usize,
}

/// Settings, and where each value came from.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    pub(crate) values: Values,
}

/// Reads every layer and checks the result; an error lists all that is wrong.
pub(crate) fn load(flags: &Flags, environment: &Environment) -> anyhow::Result<Loaded> {
    let mut values = Values::defaults()?;
    let mut problems = Vec::new();
    // Flags and environment twice: they say where the file is, and they win over it.
    apply(&mut values, flags, environment, &mut problems);
    let file = settings_file(&values, flags);
    if let Some(path) = &file {
        problems.clear();
        values = Values::defaults()?;
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the settings file {} cannot be read", path.display()))?;
        values.apply_file(path, &text, flags.file.is_none(), &mut problems);
        apply(&mut values, flags, environment, &mut problems);
    }
    check::ranges(&values, &mut problems);
    if problems.is_empty() {
        let settings = values.settings()?;
        check::together(&settings, &mut problems);
        if problems.is_empty() {
            return Ok(Loaded { settings, values });
        }
    }
    bail!(refusal(&problems))
}

fn apply(values: &mut Values, flags: &Flags, environment: &Environment, problems: &mut Vec<String>) {
    for (key, name, text) in environment.settings() {
        values.apply_text(&key, &text, Source::Environment(name), problems);
    }
    for (key, text, flag) in &flags.values {
        values.apply_text(key, text, Source::Flag(flag.clone()), problems);
    }
}

fn settings_file(values: &Values, flags: &Flags) -> Option<PathBuf> {
    if flags.file.is_some() {
        return flags.file.clone();
    }
    let path = Path::new(values.text("data.dir").unwrap_or_default()).join(FILE);
    path.is_file().then_some(path)
}

fn refusal(problems: &[String]) -> String {
    let list = problems.join("\n  - ");
    format!(
        "these settings are wrong:\n  - {list}\n\
         each is described in config/default.toml; once corrected, try: masthead config check"
    )
}

impl Settings {
    /// What the API gets.
    pub(crate) fn api(&self) -> ApiSettings {
        ApiSettings { listen: self.listen(), public_url: self.server.public_url.clone(), ..self.api.clone() }
    }

    /// Address and port to listen on.
    pub(crate) fn listen(&self) -> String {
        let (host, port) = (&self.server.host, self.server.port);
        match host.parse::<IpAddr>() {
            Ok(IpAddr::V6(host)) => format!("[{host}]:{port}"),
            _ => format!("{host}:{port}"),
        }
    }

    /// Whether the database is PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        !self.database.url.expose_secret().is_empty()
    }

    /// The SQLite file, where one is used.
    pub(crate) fn sqlite_file(&self) -> PathBuf {
        self.data.dir.join("masthead.db")
    }

    /// What connectors get.
    /// How the outside reaches this service, without a slash at the end.
    pub(crate) fn public_url(&self) -> String {
        match self.server.public_url.trim_end_matches('/') {
            "" => format!("http://{}", self.listen()),
            given => given.to_owned(),
        }
    }

    pub(crate) fn http_limits(&self) -> HttpLimits {
        let http = &self.http;
        HttpLimits {
            connect: Duration::from_secs(http.connect_seconds),
            read: Duration::from_secs(http.read_seconds),
            total: Duration::from_secs(http.total_seconds),
            preparation: Duration::from_secs(http.preparation_seconds),
            processing: Duration::from_secs(http.processing_seconds),
            poll_every: Duration::from_secs(http.poll_every_seconds),
            ask_after: Duration::from_secs(http.ask_after_seconds),
            answer_bytes: http.answer_bytes,
            redirects: http.redirects,
        }
    }
}

#[cfg(test)]
mod tests;
