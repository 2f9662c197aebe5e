//! The processes of a deployment, as an operator's supervisor keeps them: started, killed, frozen, drained, and started
//! again when they end. Each reaches the database by a wire of its own, and may have a clock of its own. Knows how to
//! do these things to one process; not when.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;

use super::proxy::Proxy;
use crate::support::program::{Deployment, Program};

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Api,
    Worker,
    Both,
}

/// Where the API is to be found now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doors(Arc<Mutex<Vec<(usize, String)>>>);

impl Doors {
    /// Every address that was announced and whose process was not ended by the test.
    pub(crate) fn urls(&self) -> Vec<String> {
        let doors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        doors.iter().map(|(_, url)| url.clone()).collect()
    }

    fn set(&self, number: usize, url: Option<String>) {
        let mut doors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        doors.retain(|(other, _)| *other != number);
        doors.extend(url.map(|url| (number, url)));
    }
}

/// One process.
pub(crate) struct Actor {
    number: usize,
    pub(crate) role: Role,
    pub(crate) wire: Option<Proxy>,
    clock: Option<PathBuf>,
    program: Option<Program>,
    doors: Doors,
}

/// All of them, on one database.
pub(crate) struct Cast {
    pub(crate) deployment: Deployment,
    pub(crate) actors: Vec<Actor>,
    pub(crate) doors: Doors,
}

/// Debian's `faketime` package, which gives a process a clock that the test sets; none where it is not installed.
pub(crate) fn clock_library() -> Option<PathBuf> {
    let places = fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok).map(|entry| entry.path());
    places.map(|place| place.join("faketime/libfaketimeMT.so.1")).find(|library| library.exists())
}

impl Cast {
    /// Nobody is on the stage yet.
    pub(crate) fn of(deployment: Deployment) -> Self {
        Self { deployment, actors: Vec::new(), doors: Doors::default() }
    }

    /// One more, not started. `clock`: it gets one of its own, if that can be had.
    pub(crate) async fn add(&mut self, role: Role, clock: bool) {
        let number = self.actors.len();
        let wire = match self.deployment.database() {
            Some(database) => Some(Proxy::to(database).await),
            None => None,
        };
        let clock = (clock && clock_library().is_some())
            .then(|| self.deployment.folder().join(format!("clock-{number}")));
        let doors = self.doors.clone();
        self.actors.push(Actor { number, role, wire, clock, program: None, doors });
    }

    /// Starts one; tells whether it stayed.
    pub(crate) fn start(&mut self, number: usize) -> bool {
        let actor = &mut self.actors[number];
        let command = actor.command(&self.deployment);
        actor.program = tokio::task::block_in_place(|| self.deployment.launch(command));
        let url = actor
            .program
            .as_ref()
            .filter(|_| actor.role != Role::Worker)
            .map(|program| program.url().to_owned());
        actor.doors.set(number, url);
        actor.program.is_some()
    }

    /// What the last process said of itself that gave a link to found an office: each start makes a new one.
    pub(crate) fn facts(&self) -> Value {
        let mut facts =
            self.actors.iter().filter_map(|actor| actor.program.as_ref()).map(|program| &program.facts);
        facts.rfind(|facts| facts["setUpToken"].is_string()).unwrap().clone()
    }

    /// Numbers of those that run and do this.
    pub(crate) fn running(&self, role: Role) -> Vec<usize> {
        let running = self.actors.iter().filter(|actor| actor.role == role && actor.program.is_some());
        running.map(|actor| actor.number).collect()
    }

    /// Numbers of those that do not run.
    pub(crate) fn waiting(&self, role: Role) -> Vec<usize> {
        let waiting = self.actors.iter().filter(|actor| actor.role == role && actor.program.is_none());
        waiting.map(|actor| actor.number).collect()
    }

    /// Drains all of them; each must end well.
    pub(crate) fn end(mut self) -> Deployment {
        for actor in &mut self.actors {
            actor.drain(&self.deployment);
        }
        self.deployment
    }
}

impl Actor {
    fn command(&self, deployment: &Deployment) -> Command {
        let mut command = deployment.command(match self.role {
            Role::Api => &["api", "--port", "0"],
            Role::Worker => &["worker"],
            Role::Both => &["serve", "--port", "0"],
        });
        if let Some(wire) = &self.wire {
            command.env("DATABASE_URL", wire.url());
        }
        if let (Some(file), Some(library)) = (&self.clock, clock_library()) {
            if !file.exists() {
                step(file, 0);
            }
            command.env("LD_PRELOAD", library).env("FAKETIME_TIMESTAMP_FILE", file);
            for (name, value) in [
                // The file is looked at once a second; timers go on as they should.
                ("FAKETIME_CACHE_DURATION", "1"),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                ("DONT_FAKE_MONOTONIC", "1"),
                ("FAKETIME_DISABLE_SHM", "1"),
            ] {
                command.env(name, value);
            }
        }
        command
    }

    /// Whether its clock can be set.
    pub(crate) const fn has_clock(&self) -> bool {
        self.clock.is_some()
    }

    /// Sets its clock this far off.
    pub(crate) fn step_clock(&self, seconds: i64) {
        if let Some(file) = &self.clock {
            step(file, seconds);
        }
    }

    /// `SIGKILL`.
    pub(crate) fn kill(&mut self) {
        self.doors.set(self.number, None);
        if let Some(program) = self.program.take() {
            program.kill();
        }
    }

    /// `SIGTERM`: it finishes what it sends, and ends well.
    pub(crate) fn drain(&mut self, deployment: &Deployment) {
        self.doors.set(self.number, None);
        if let Some(program) = self.program.take() {
            let code = tokio::task::block_in_place(|| program.stop());
            assert_eq!(code, 0, "process {} did not drain: {}", self.number, deployment.log());
        }
    }

    /// `SIGSTOP`: it stands still and does not know it.
    pub(crate) fn freeze(&self) {
        self.signal("-STOP");
    }

    /// `SIGCONT`.
    pub(crate) fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let Some(program) = &self.program else { return };
        let told: Option<Child> = Command::new("kill").arg(signal).arg(program.id().to_string()).spawn().ok();
        drop(told.map(|mut kill| kill.wait()));
    }
}

fn step(file: &Path, seconds: i64) {
    fs::write(file, format!("{seconds:+}")).unwrap();
}
