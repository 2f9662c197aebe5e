//! How much of everything: the short form, the one for the embedded database, the long one. Knows numbers only.

use std::{fmt, time::Duration};

use super::{
    cast::{Role, clock_library},
    chaos::Fault,
    dice::Dice,
};

/// Short waits, so that what died is noticed within the test. A lease outlasts the longest call.
pub(crate) const SETTINGS: &[&str] = &[
    "http.connect_seconds=1",
    "http.read_seconds=4",
    "http.total_seconds=4",
    "http.preparation_seconds=4",
    "limits.lease_seconds=14",
    "limits.look_up_after_seconds=4",
    "limits.look_ups_at_most=3",
    "limits.backoff_seconds=1",
    "limits.backoff_seconds_max=8",
    "worker.release_every_seconds=1",
    "limits.breaker_seconds=1",
    "limits.breaker_seconds_max=2",
    "limits.catch_up_gap_seconds=1",
    "worker.credentials_every_seconds=1",
    "worker.backstop_seconds=1",
    "worker.drain_seconds=6",
    "api.cost_per_minute=5256000",
    "log.level=warn",
];

/// Channels of the long form; a draft takes no more.
const CHANNELS: usize = 20;

/// As the settings have it.
pub(crate) const LEASE: Duration = Duration::from_secs(14);

/// How much of everything.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) cast: Vec<Role>,
    pub(crate) channels: usize,
    /// Texts, each on every channel.
    pub(crate) drafts: usize,
    /// Seconds ahead for which the last text is scheduled.
    pub(crate) ahead: u64,
    pub(crate) clocks: bool,
    /// The program whose `crash` ends the database and starts it again, if it is ours alone.
    pub(crate) crash: Option<String>,
    faults: Vec<(Fault, usize)>,
    many: bool,
}

impl Plan {
    /// With the tests.
    pub(crate) fn short() -> Self {
        let faults = vec![
            (Fault::KillWorker, 7),
            (Fault::KillApi, 3),
            (Fault::FreezeWorker, 1),
            (Fault::Partition, 1),
            (Fault::DropConnections, 1),
            (Fault::CutWire, 1),
            (Fault::DatabaseAway, 1),
            (Fault::DatabaseSilent, 1),
            (Fault::ClockStep, 1),
            (Fault::Drain, 1),
        ];
        Self {
            seed: seed(),
            cast: vec![Role::Api, Role::Api, Role::Worker, Role::Worker, Role::Worker],
            channels: 12,
            drafts: 26,
            ahead: 20,
            clocks: clocks(),
            crash: None,
            faults,
            many: true,
        }
    }

    /// One process, `SIGKILL` alone.
    pub(crate) fn embedded() -> Self {
        let faults = vec![(Fault::KillBoth, 5)];
        let cast = vec![Role::Both];
        Self { cast, channels: 6, drafts: 7, ahead: 5, clocks: false, faults, many: false, ..Self::short() }
    }

    /// `make soak`.
    pub(crate) fn long() -> Self {
        let kills = usize::try_from(number("SOAK_KILLS").unwrap_or(220)).unwrap();
        let drafts = usize::try_from(number("SOAK_POSTS").unwrap_or(10_000)).unwrap().div_ceil(CHANNELS);
        let some = (kills / 20).max(1);
        let faults = vec![
            (Fault::KillWorker, kills.div_ceil(4) * 3),
            (Fault::KillApi, kills.div_ceil(4)),
            (Fault::FreezeWorker, some),
            (Fault::Partition, some),
            (Fault::DropConnections, some),
            (Fault::CutWire, some),
            (Fault::DatabaseAway, some),
            (Fault::DatabaseSilent, some),
            (Fault::DatabaseCrash, some),
            (Fault::ClockStep, some),
            (Fault::Drain, some),
        ];
        let crash = setting("SOAK_POSTGRES");
        Self { channels: CHANNELS, drafts, ahead: 60, crash, faults, ..Self::short() }
    }

    /// The faults in the order in which they fall: more workers at first, one fewer near the end.
    pub(crate) fn faults(&self, dice: &mut Dice) -> Vec<Fault> {
        let each = self.faults.iter().filter(|(fault, _)| *fault != Fault::ClockStep || self.clocks);
        let mut all: Vec<Fault> = each.flat_map(|(fault, times)| vec![*fault; *times]).collect();
        dice.shuffle(&mut all);
        if self.many {
            all.insert(0, Fault::ScaleUp);
            all.insert(all.len() - all.len() / 5, Fault::ScaleDown);
        }
        all
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (posts, faults) =
            (self.drafts * self.channels, self.faults.iter().map(|(_, times)| times).sum::<usize>());
        write!(f, "seed {}: {posts} posts, {} processes, {faults} faults", self.seed, self.cast.len())
    }
}

/// Tells how it goes.
#[expect(clippy::print_stdout, reason = "whoever runs the long form watches it")]
pub(crate) fn say(what: &str) {
    println!("faults: {what}");
}

fn clocks() -> bool {
    let there = clock_library().is_some();
    if !there {
        say("no clock is stepped: Debian's package faketime is not installed");
    }
    there && number("FAULTS_CLOCKS") != Some(0)
}

fn seed() -> u64 {
    let by_the_clock = || u64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    number("FAULTS_SEED").unwrap_or_else(by_the_clock)
}

fn number(name: &str) -> Option<u64> {
    setting(name).map(|value| value.parse().unwrap_or_else(|_| panic!("{name} must be a number")))
}

#[expect(clippy::disallowed_methods, reason = "tests are told what to do by the environment")]
fn setting(name: &str) -> Option<String> {
    std::env::vars().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value)
}
