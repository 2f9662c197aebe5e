//! The real program as a process: started, asked, killed.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use sea_orm::{Database, DatabaseConnection};
use serde_json::Value;
use tempfile::TempDir;

use super::engine::Engine;

/// No test is about how fast this machine is: what a slow or busy one would fail with is set far off.
const PATIENT: &[&str] = &[
    "api.timeout_seconds=120",
    "database.acquire_seconds=60",
    "database.busy_seconds=60",
    "database.statement_seconds=60",
    "limits.access_token_minutes=600",
    "api.due_late_seconds=3600",
];

/// A deployment: a data folder and a database that processes share.
pub(crate) struct Deployment {
    folder: TempDir,
    database: Option<String>,
    settings: Vec<String>,
    program: PathBuf,
}

/// A running process; killed when dropped.
pub(crate) struct Program {
    child: Child,
    /// The first line that it said.
    pub(crate) facts: Value,
}

impl Deployment {
    /// Nothing is there yet.
    pub(crate) async fn fresh(engine: &Engine) -> Self {
        Self::at(engine.fresh().await)
    }

    /// One whose database is there already: none for the file of a folder that is filled by hand.
    pub(crate) fn at(database: Option<String>) -> Self {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_masthead"));
        let settings = PATIENT.iter().map(|setting| (*setting).to_owned()).collect();
        Self { folder: TempDir::new().unwrap(), database, settings, program }
    }

    /// Its data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of its database; none for the embedded one.
    pub(crate) fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// With other settings than the patient ones.
    pub(crate) fn with(mut self, settings: &[&str]) -> Self {
        self.settings.extend(settings.iter().map(|setting| (*setting).to_owned()));
        self
    }

    /// Run by another version of the program.
    pub(crate) fn with_program(self, program: &Path) -> Self {
        Self { program: program.to_owned(), ..self }
    }

    /// The file of the embedded database.
    pub(crate) fn sqlite(&self) -> Option<PathBuf> {
        let file = self.folder.path().join("masthead.db");
        self.database.is_none().then_some(file)
    }

    /// A connection of the test's own to the database.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let file = || format!("sqlite://{}", self.folder.path().join("masthead.db").display());
        Database::connect(self.database.clone().unwrap_or_else(file)).await.unwrap()
    }

    /// A command of the program on this deployment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--data-dir").arg(self.folder.path());
        for setting in &self.settings {
            command.arg("--set").arg(setting);
        }
        command.env_remove("DATABASE_URL").env_remove("PORT");
        if let Some(url) = &self.database {
            command.env("DATABASE_URL", url);
        }
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command to its end and gives what it said, as JSON.
    pub(crate) fn run(&self, arguments: &[&str]) -> Value {
        let output = self.command(arguments).arg("--json").output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Starts a process that announces itself with one line of JSON.
    pub(crate) fn start(&self, arguments: &[&str]) -> Program {
        self.launch(self.command(arguments)).unwrap_or_else(|| panic!("it did not start: {}", self.log()))
    }

    /// The same with a command that was made ready; none when it ended before it announced itself.
    pub(crate) fn launch(&self, mut command: Command) -> Option<Program> {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.path().join("test.log"))
            .unwrap();
        let mut child = command.arg("--json").stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let mut program = Program { child, facts: Value::Null };
        program.facts = serde_json::from_str(&line).ok()?;
        Some(program)
    }

    /// API and worker on a free port.
    pub(crate) fn serve(&self) -> Program {
        self.start(&["serve", "--port", "0"])
    }

    /// What its processes logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("test.log")).unwrap_or_default()
    }

    /// The last of it.
    pub(crate) fn log_end(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(200)..].join("\n")
    }
}

impl Program {
    /// Its address.
    pub(crate) fn url(&self) -> &str {
        self.facts["url"].as_str().unwrap()
    }

    /// Its process id, for measurements and for signals.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// `SIGKILL`: it has no time to do anything.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `SIGTERM`: it drains; gives its exit code.
    pub(crate) fn stop(mut self) -> i32 {
        let killed = Command::new("kill").arg("-TERM").arg(self.id().to_string()).status().unwrap();
        assert!(killed.success());
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
