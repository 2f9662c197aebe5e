//! Worker processes, and what processes cost: processor time and memory, as the kernel counts them.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::Instant,
};

use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseConnection, Statement};

use crate::place::Place;

/// Ticks of a second, on every Linux that this runs on.
const TICKS: f64 = 100.0;

/// A running process of the program; killed when dropped.
#[derive(Debug)]
pub(crate) struct Running(Child);

impl Running {
    /// Starts it and waits until it says that it runs.
    pub(crate) fn start(place: &Place, arguments: &[&str], settings: &[String]) -> Self {
        let mut command = place.command(arguments);
        for setting in settings {
            command.arg("--set").arg(setting);
        }
        let log = place.data().join("bench.log");
        let log = fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
        let mut child = command.arg("--json").stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(
            !line.is_empty(),
            "the program did not start: see {}",
            place.data().join("bench.log").display()
        );
        Self(child)
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// `SIGKILL`: it has no time to do anything.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// `SIGTERM`: it drains.
    pub(crate) fn stop(mut self) {
        drop(Command::new("kill").args(["-TERM", &self.id().to_string()]).status());
        drop(self.0.wait());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[derive(Debug)]
struct Process {
    parent: u32,
    name: String,
    ticks: u64,
}

fn process(pid: u32) -> Option<Process> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (open, close) = (stat.find('(')?, stat.rfind(')')?);
    let fields: Vec<&str> = stat[close + 2..].split(' ').collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Process { parent: fields.get(1)?.parse().ok()?, name: stat[open + 1..close].to_owned(), ticks })
}

/// Megabytes that a process holds now, or held at most.
pub(crate) fn memory(pid: u32, line: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kib = status
        .lines()
        .find_map(|own| own.strip_prefix(line))
        .and_then(|rest| rest.trim_start_matches(':').split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1_024.0
}

/// Reads the processor time of our processes and of the database's.
#[derive(Debug)]
pub(crate) struct Meter {
    postmaster: Option<u32>,
    database: String,
}

/// Processor time up to now, in ticks.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    at: Instant,
    machine: u64,
    /// Of the processes that were asked for.
    ours: u64,
    /// Of the database's; none when it is not a process of this machine.
    database: Option<u64>,
}

/// What was used between two readings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used {
    /// Seconds on the clock.
    pub(crate) seconds: f64,
    /// Processor seconds of our processes.
    pub(crate) ours: f64,
    /// Processor seconds of the database's processes.
    pub(crate) database: Option<f64>,
    /// Share of the machine that was busy, with whatever.
    pub(crate) busy: f64,
}

impl Meter {
    /// For a place's database.
    pub(crate) async fn of(place: &Place, db: &DatabaseConnection) -> Self {
        let database = place.database_name().unwrap_or_default().to_owned();
        if db.get_database_backend() != DatabaseBackend::Postgres {
            return Self { postmaster: None, database };
        }
        let ask = Statement::from_string(DatabaseBackend::Postgres, "SELECT pg_backend_pid() AS pid");
        let backend: i32 = db.query_one_raw(ask).await.unwrap().unwrap().try_get("", "pid").unwrap();
        let backend = process(backend as u32).filter(|backend| backend.name == "postgres");
        Self { postmaster: backend.map(|backend| backend.parent), database }
    }

    /// Up to now.
    pub(crate) fn read(&self, ours: &[u32]) -> Reading {
        let machine = fs::read_to_string("/proc/stat").unwrap_or_default();
        let machine = machine.lines().next().unwrap_or_default().split_whitespace().skip(1).enumerate();
        let busy = machine.filter(|(column, _)| !matches!(column, 3 | 4 | 8 | 9));
        Reading {
            at: Instant::now(),
            machine: busy.filter_map(|(_, ticks)| ticks.parse::<u64>().ok()).sum(),
            ours: ours.iter().filter_map(|pid| process(*pid)).map(|process| process.ticks).sum(),
            database: self.postmaster.map(|postmaster| self.database_ticks(postmaster)),
        }
    }

    /// The server's own processes, and the connections to our database; not those to others.
    fn database_ticks(&self, postmaster: u32) -> u64 {
        let mut ticks = process(postmaster).map_or(0, |process| process.ticks);
        for pid in children(postmaster) {
            let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let line = line.replace('\0', " ");
            let is_connection =
                line.contains("127.0.0.1(") || line.contains("[local]") || line.contains("::1(");
            if !is_connection || line.contains(&format!(" {} ", self.database)) {
                ticks += process(pid).map_or(0, |process| process.ticks);
            }
        }
        ticks
    }
}

fn children(parent: u32) -> Vec<u32> {
    let pids =
        fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let parents: HashMap<u32, u32> = pids.filter_map(|pid| Some((pid, process(pid)?.parent))).collect();
    parents.into_iter().filter(|(_, own)| *own == parent).map(|(pid, _)| pid).collect()
}

impl Reading {
    /// What was used since `earlier`.
    pub(crate) fn since(&self, earlier: &Self) -> Used {
        let seconds = (self.at - earlier.at).as_secs_f64();
        let spent = |now: u64, then: u64| now.saturating_sub(then) as f64 / TICKS;
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        Used {
            seconds,
            ours: spent(self.ours, earlier.ours),
            database: self.database.zip(earlier.database).map(|(now, then)| spent(now, then)),
            busy: spent(self.machine, earlier.machine) / (seconds * cores),
        }
    }
}

impl Used {
    /// The share of the machine that ours and the database's processes took.
    pub(crate) fn share(&self) -> f64 {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        (self.ours + self.database.unwrap_or(0.0)) / (self.seconds * cores)
    }
}
