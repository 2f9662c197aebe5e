//! The contract of each subcommand: data on standard output, messages on standard error, exit codes, JSON that programs
//! can read, errors that name what to do next.

use std::{fs::Permissions, os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

use serde_json::Value;

use crate::support::{engine::Engine, program::Deployment};

mod channel;
mod check;
mod demo;
mod doctor;
mod people;
mod queue;
mod set_up;
mod settings;

/// Every subcommand, as it is asked for help.
const COMMANDS: &[&[&str]] = &[
    &[],
    &["serve"],
    &["api"],
    &["worker"],
    &["demo"],
    &["migrate"],
    &["schema"],
    &["doctor"],
    &["directory"],
    &["directory", "list"],
    &["directory", "changes"],
    &["directory", "verify"],
    &["channel"],
    &["channel", "list"],
    &["channel", "import"],
    &["channel", "connect"],
    &["channel", "test"],
    &["channel", "set-app"],
    &["channel", "apps"],
    &["partner"],
    &["partner", "list"],
    &["check"],
    &["rules"],
    &["handbook"],
    &["handbook", "starter"],
    &["handbook", "check"],
    &["config"],
    &["config", "print"],
    &["config", "check"],
    &["queue"],
    &["queue", "list"],
    &["queue", "show"],
    &["queue", "withdraw"],
    &["queue", "explain"],
    &["queue", "hold"],
    &["queue", "release"],
    &["queue", "retry"],
    &["queue", "look-up"],
    &["queue", "cancel"],
    &["queue", "pause"],
    &["queue", "resume"],
    &["queue", "pauses"],
    &["queue", "status"],
    &["queue", "simulate"],
    &["queue", "simulate", "pause"],
    &["queue", "simulate", "move"],
    &["queue", "simulate", "handbook"],
    &["queue", "simulate", "steward-absent"],
    &["queue", "simulate", "initiative-closes"],
    &["queue", "simulate", "channel-rests"],
    &["queue", "simulate", "credential-lost"],
    &["office"],
    &["office", "create"],
    &["office", "list"],
    &["office", "export"],
    &["office", "import"],
    &["mail"],
    &["mail", "test"],
    &["mail", "list"],
    &["mail", "retry"],
    &["mail", "give-up"],
    &["initiative"],
    &["initiative", "report"],
    &["task"],
    &["task", "list"],
    &["channel", "radar"],
    &["member"],
    &["member", "add"],
    &["member", "list"],
    &["member", "import"],
    &["member", "set-roles"],
    &["member", "set-password"],
    &["member", "depart"],
    &["token"],
    &["token", "create"],
    &["token", "list"],
    &["token", "revoke"],
    &["completions"],
];

/// How a command ended and what it said.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Said {
    fn by(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// It worked, and said nothing of trouble.
    fn well(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert!(!self.err.contains("masthead:"), "{self:?}");
        self
    }

    /// It was refused: code 1, no data, and a message that holds these words.
    fn refused(self, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.out, "", "a refusal is no data");
        assert!(self.err.starts_with("masthead: "), "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word} is not in: {}", self.err);
        }
        self
    }

    fn json(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "JSON is one line: {self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// Nothing is there yet but a folder as private as the program makes it.
async fn fresh() -> Deployment {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    std::fs::set_permissions(folder(&deployment), Permissions::from_mode(0o700)).unwrap();
    deployment
}

fn folder(deployment: &Deployment) -> PathBuf {
    deployment.sqlite().unwrap().parent().unwrap().to_path_buf()
}

fn say(deployment: &Deployment, arguments: &[&str]) -> Said {
    Said::by(&mut deployment.command(arguments))
}

/// Founds an office and gives what was printed.
fn found(deployment: &Deployment, slug: &str) -> Value {
    let email = format!("ada@{slug}.example");
    deployment.run(&[
        "office",
        "create",
        "--name",
        "Press Office",
        "--slug",
        slug,
        "--time-zone",
        "America/Vancouver",
        "--administrator",
        "Ada Minh",
        "--email",
        &email,
    ])
}

#[tokio::test]
async fn every_subcommand_explains_itself_on_standard_output() {
    let deployment = fresh().await;
    let top = say(&deployment, &["--help"]).well().out;
    for command in COMMANDS {
        let said = say(&deployment, &[*command, &["--help"]].concat()).well();
        assert!(said.out.contains("Usage: masthead"), "{command:?}: {}", said.out);
        assert_eq!(said.err, "", "{command:?}");
        if let [name] = command {
            assert!(top.contains(&format!("\n  {name} ")), "{name} is not in the list");
        }
    }
    let listed =
        top.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let known = COMMANDS.iter().filter(|command| command.len() == 1).count();
    assert_eq!(listed.count(), known + 1, "a subcommand is not in this test (`help` is):\n{top}");
}

#[tokio::test]
async fn version_schema_and_completions_are_data() {
    let deployment = fresh().await;
    let version = say(&deployment, &["--version"]).well();
    assert_eq!(version.out, format!("masthead {}\n", env!("CARGO_PKG_VERSION")));
    let schema = say(&deployment, &["schema"]).well();
    assert_eq!(schema.out.trim_end(), include_str!("../../schema.graphql").trim_end());
    assert_eq!(schema.err, "");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = say(&deployment, &["completions", shell]).well();
        assert!(script.out.contains("set-password") && script.err.is_empty(), "{shell}");
    }
    assert!(std::fs::read_dir(folder(&deployment)).unwrap().next().is_none(), "none of them needs a folder");
}

#[tokio::test]
async fn a_mistyped_command_is_an_error_of_usage() {
    let deployment = fresh().await;
    let said = say(&deployment, &["sreve"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.contains("'serve'") && said.err.contains("--help"), "{}", said.err);
}

#[tokio::test]
async fn migrate_says_what_it_did() {
    let deployment = fresh().await;
    let first = deployment.run(&["migrate"]);
    assert!(first["migrations"].as_u64().unwrap() > 0);
    assert_eq!(deployment.run(&["migrate"])["migrations"], 0);
    let said = say(&deployment, &["migrate"]).well();
    assert!(said.out.is_empty() && said.err.contains("up to date"), "{said:?}");
}

#[tokio::test]
async fn each_serving_command_announces_itself_and_stops_when_told() {
    let deployment = fresh().await;
    for (arguments, key) in [(&["api", "--port", "0"][..], "graphql"), (&["worker"], "worker")] {
        let program = deployment.start(arguments);
        assert!(!program.facts[key].is_null(), "{}", program.facts);
        assert_eq!(program.stop(), 0, "{}", deployment.log());
    }
}
