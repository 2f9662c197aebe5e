//! What befalls the processes, and when: faults are thrown by chance, one after the other as the platforms fill, so that
//! each meets posts in every stage. Knows nothing of posts.

use std::{
    collections::BTreeMap,
    process::Command,
    time::{Duration, Instant},
};

use sea_orm::ConnectionTrait as _;

use super::{
    accounts::Accounts,
    cast::{Cast, Role},
    dice::Dice,
};
use crate::support::engine::Engine;

/// When nothing more arrives for so long, the next fault comes all the same.
const STALLED: Duration = Duration::from_secs(4);

/// The first post may take longer.
const BEGINNING: Duration = Duration::from_secs(30);

/// A process that does not start for so long has a fault of its own.
const STAYS_DOWN: Duration = Duration::from_mins(3);

/// What can befall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// `SIGKILL` of a worker, and a new one.
    KillWorker,
    /// The same of an API process.
    KillApi,
    /// `SIGKILL` of the one process that is both.
    KillBoth,
    /// A worker stands still for longer than its leases, and goes on.
    FreezeWorker,
    /// The server ends every connection.
    DropConnections,
    /// One process loses its connections.
    CutWire,
    /// One worker hears nothing of the database for longer than its leases; the platforms hear it well.
    Partition,
    /// Nobody reaches the database for a while.
    DatabaseAway,
    /// Nobody hears anything of the database for a while.
    DatabaseSilent,
    /// The database dies and starts again.
    DatabaseCrash,
    /// A worker's clock is ten minutes off for a while, one way or the other.
    ClockStep,
    /// `SIGTERM` of a worker, and a new one.
    Drain,
    /// All workers that there are work.
    ScaleUp,
    /// One worker fewer.
    ScaleDown,
}

impl Fault {
    /// Whether a process is killed by it.
    pub(crate) const fn kills(self) -> bool {
        matches!(self, Self::KillWorker | Self::KillApi | Self::KillBoth)
    }
}

/// What ends a fault that lasts.
#[derive(Debug, Clone, Copy)]
enum Remedy {
    Thaw(usize),
    Mend(usize),
    MendAll,
    SetClock(usize),
}

/// The driver.
pub(crate) struct Chaos {
    pub(crate) cast: Cast,
    dice: Dice,
    /// How long a lease lasts.
    lease: Duration,
    /// The program whose `crash` ends the database and starts it again, if it is ours alone.
    crash: Option<String>,
    remedies: Vec<(Instant, Remedy)>,
    pub(crate) befell: BTreeMap<Fault, usize>,
}

impl Chaos {
    pub(crate) fn over(cast: Cast, dice: Dice, lease: Duration, crash: Option<String>) -> Self {
        Self { cast, dice, lease, crash, remedies: Vec::new(), befell: BTreeMap::new() }
    }

    /// Throws all of these, spread over so many posts. `say` is told how it goes.
    pub(crate) async fn rage(
        &mut self,
        faults: &[Fault],
        accounts: &Accounts,
        posts: usize,
        say: impl Fn(&str),
    ) {
        let (mut seen, mut since) = (0, Instant::now());
        let mut next = 0;
        while next < faults.len() {
            self.remedy(Instant::now());
            let applied = accounts.applied();
            if applied > seen {
                (seen, since) = (applied, Instant::now());
            }
            // Spread over the first nine tenths: what falls last must meet posts too.
            let due = posts * 9 * (next + 1) / (10 * (faults.len() + 1));
            let patience = if applied == 0 { BEGINNING } else { STALLED };
            if (applied > 0 && applied >= due) || since.elapsed() > patience {
                let fault = faults[next];
                next += 1;
                since = Instant::now();
                self.befall(fault).await;
                *self.befell.entry(fault).or_default() += 1;
                if next % 20 == 0 || next == faults.len() {
                    say(&format!("{next} of {} faults, {applied} of {posts} posts are out", faults.len()));
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Ends every fault that lasts.
    pub(crate) fn calm(&mut self) {
        self.remedy(Instant::now() + Duration::from_hours(1));
    }

    fn remedy(&mut self, now: Instant) {
        let (over, lasting) = self.remedies.drain(..).partition(|(at, _)| *at <= now);
        self.remedies = lasting;
        let over: Vec<(Instant, Remedy)> = over;
        for (_, remedy) in over {
            match remedy {
                Remedy::Thaw(number) => self.cast.actors[number].thaw(),
                Remedy::Mend(number) => self.wire(number, super::proxy::Proxy::mend),
                Remedy::MendAll => self.wires(super::proxy::Proxy::mend),
                Remedy::SetClock(number) => self.cast.actors[number].step_clock(0),
            }
        }
    }

    fn later(&mut self, after: Duration, remedy: Remedy) {
        self.remedies.push((Instant::now() + after, remedy));
    }

    fn wire(&self, number: usize, act: impl Fn(&super::proxy::Proxy)) {
        self.cast.actors[number].wire.iter().for_each(act);
    }

    fn wires(&self, act: impl Fn(&super::proxy::Proxy)) {
        self.cast.actors.iter().filter_map(|actor| actor.wire.as_ref()).for_each(act);
    }

    fn one(&mut self, role: Role) -> usize {
        let running = self.cast.running(role);
        *self.dice.pick(&running)
    }

    /// A while, in seconds.
    fn some(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_secs(from + self.dice.below(to - from + 1))
    }

    async fn again(&mut self, role: Role) {
        let number = self.one(role);
        self.cast.actors[number].kill();
        self.up(number).await;
    }

    /// Starts one again and again until it stays, as a supervisor does; faults that lasted end meanwhile.
    async fn up(&mut self, number: usize) {
        let since = Instant::now();
        while !self.cast.start(number) {
            assert!(
                since.elapsed() < STAYS_DOWN,
                "{number} does not start: {}",
                self.cast.deployment.log_end()
            );
            self.remedy(Instant::now());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn befall(&mut self, fault: Fault) {
        use super::proxy::Proxy;
        match fault {
            Fault::KillWorker => self.again(Role::Worker).await,
            Fault::KillApi => self.again(Role::Api).await,
            Fault::KillBoth => self.again(Role::Both).await,
            Fault::FreezeWorker => {
                let number = self.one(Role::Worker);
                self.cast.actors[number].freeze();
                self.later(self.lease + Duration::from_secs(3), Remedy::Thaw(number));
            }
            Fault::Partition => {
                let number = self.one(Role::Worker);
                self.wire(number, Proxy::silence);
                self.later(self.lease + Duration::from_secs(3), Remedy::Mend(number));
            }
            Fault::CutWire => {
                let role = *self.dice.pick(&[Role::Worker, Role::Worker, Role::Api]);
                let number = self.one(role);
                self.wire(number, Proxy::cut);
            }
            Fault::DropConnections => self.drop_connections().await,
            Fault::DatabaseAway => self.away(),
            Fault::DatabaseSilent => {
                self.wires(Proxy::silence);
                let while_ = self.some(2, 6);
                self.later(while_, Remedy::MendAll);
            }
            Fault::DatabaseCrash => self.crash(),
            Fault::ClockStep => self.step_clock(),
            Fault::Drain => {
                self.calm();
                let number = self.one(Role::Worker);
                self.cast.actors[number].drain(&self.cast.deployment);
                self.up(number).await;
            }
            Fault::ScaleUp => {
                for number in self.cast.waiting(Role::Worker) {
                    self.up(number).await;
                }
            }
            Fault::ScaleDown => {
                self.calm();
                let number = self.one(Role::Worker);
                self.cast.actors[number].drain(&self.cast.deployment);
            }
        }
    }

    fn away(&mut self) {
        self.wires(super::proxy::Proxy::refuse);
        let while_ = self.some(1, 4);
        self.later(while_, Remedy::MendAll);
    }

    /// A database that is not ours alone is only away.
    fn crash(&mut self) {
        let Some(program) = self.crash.as_deref() else { return self.away() };
        let status = tokio::task::block_in_place(|| Command::new(program).arg("crash").status()).unwrap();
        assert!(status.success(), "the database did not start again");
    }

    fn step_clock(&mut self) {
        let with_clocks: Vec<usize> = self
            .cast
            .actors
            .iter()
            .enumerate()
            .filter(|(_, actor)| actor.has_clock())
            .map(|(n, _)| n)
            .collect();
        if with_clocks.is_empty() {
            return;
        }
        let number = *self.dice.pick(&with_clocks);
        let seconds = *self.dice.pick(&[600, -600]);
        self.cast.actors[number].step_clock(seconds);
        let while_ = self.some(3, 8);
        self.later(while_, Remedy::SetClock(number));
    }

    async fn drop_connections(&self) {
        let Some(database) = self.cast.deployment.database() else { return };
        let name = database.rsplit('/').next().unwrap();
        let server = Engine::Postgres(database.to_owned()).connect().await;
        let sql = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"
        );
        server.execute_unprepared(&sql).await.unwrap();
        server.close().await.unwrap();
    }
}
