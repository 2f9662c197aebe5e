//! The loop: look at the agenda, claim what can be sent now, hand each to a task, sleep until the next thing is due or
//! somebody rings.
//!
//! The timer stays armed whatever happens: a lost ring costs at most the backstop. A database that is away is asked again
//! after growing waits, and what was claimed while it went away is disowned before anything else is claimed.

use std::time::Duration;

use chrono::TimeDelta;
use office::{
    Result,
    queue::{self, Agenda},
};
use tokio::{sync::mpsc::UnboundedSender, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{
    Worker, metrics,
    retreat::Retreat,
    send::{self, Deadline},
    settle::{Done, GATHER},
};

/// How often the worker says that it is alive.
const BEAT_EVERY: Duration = Duration::from_secs(20);

/// How long before a post is due its office's handbook is made ready, and how often that is looked at.
const PREPARE_AHEAD: TimeDelta = TimeDelta::seconds(60);
const PREPARE_EVERY: Duration = Duration::from_secs(20);

/// What is due but is somebody else's to take (its channel or host is busy) must not make a busy loop.
const NOT_OURS: Duration = Duration::from_millis(50);

/// Shortest sleep: timers are no finer.
const TICK: Duration = Duration::from_millis(1);

/// What the loop remembers from look to look.
struct Dispatch<'a> {
    worker: &'a Worker,
    done: UnboundedSender<Done>,
    beat_at: Option<Instant>,
    prepared_at: Option<Instant>,
    /// Whether a claim may have been committed whose answer was lost.
    doubtful: bool,
}

/// Runs until `stop`.
pub(crate) async fn run(worker: &Worker, stop: &CancellationToken, done: UnboundedSender<Done>) {
    let mut dispatch = Dispatch { worker, done, beat_at: None, prepared_at: None, doubtful: false };
    let mut retreat = Retreat::default();
    while !stop.is_cancelled() {
        // Interest is registered before the queue is read: a ring between reading and sleeping is not lost.
        let rung = worker.office.bell().workers().notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let sleep = match dispatch.look().await {
            Ok(sleep) => {
                retreat.reset();
                sleep
            }
            Err(error) => {
                dispatch.doubtful = true;
                let wait = retreat.next();
                tracing::error!(worker.id = %worker.id, %error, wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "the queue could not be read; trying again");
                // Rings do not cut this wait short: a database that is away is not stormed.
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(wait) => {}
                }
                continue;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = rung => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

impl Dispatch<'_> {
    /// Does what is due; answers how long to sleep.
    async fn look(&mut self) -> Result<Duration> {
        let worker = self.worker;
        if self.doubtful {
            queue::disown(&worker.office, worker.id, &worker.in_flight.received()).await?;
            self.doubtful = false;
        }
        self.beat().await?;
        let settings = &worker.settings;
        let room = worker.in_flight.room(settings.concurrency, settings.per_host);
        let asked = Instant::now();
        let agenda = queue::agenda(&worker.office, &room).await?;
        if agenda.is_due(agenda.lease) {
            let rescued = queue::rescue(&worker.office, worker.id).await?;
            if rescued > 0 {
                tracing::warn!(posts = rescued, "rescued posts whose lease had ended");
                metrics::rescued(rescued);
            }
        }
        if agenda.is_due(agenda.missed) {
            queue::expire(&worker.office, worker.id).await?;
        }
        self.prepare(&agenda).await?;
        let busy = self.take(&agenda).await?;
        Ok(self.rest(&agenda, asked, busy))
    }

    /// Compiles the handbooks that posts will need soon, so that none waits for it at its time.
    async fn prepare(&mut self, agenda: &Agenda) -> Result<()> {
        let soon = agenda.post.is_some_and(|at| at - agenda.now <= PREPARE_AHEAD);
        if soon && self.prepared_at.is_none_or(|at| at.elapsed() >= PREPARE_EVERY) {
            queue::prepare(&self.worker.office, agenda.now + PREPARE_AHEAD).await?;
            self.prepared_at = Some(Instant::now());
        }
        Ok(())
    }

    /// Claims what there is room for; tells whether it got anything.
    async fn take(&self, agenda: &Agenda) -> Result<bool> {
        let worker = self.worker;
        let settings = &worker.settings;
        let mut room = worker.in_flight.room(settings.concurrency, settings.per_host);
        if room.posts > 0 && room.posts < settings.concurrency / 2 {
            // Many are under way and end one after another: a claim for each place would cost more than the posts.
            tokio::time::sleep(GATHER).await;
            room = worker.in_flight.room(settings.concurrency, settings.per_host);
        }
        let mut busy = false;
        if agenda.is_due(agenda.look_up) && room.posts > 0 {
            let free = u64::try_from(room.posts).unwrap_or(u64::MAX);
            for lease in queue::claim_look_ups(&worker.office, worker.id, free).await? {
                let held = worker.in_flight.enter(&lease, None);
                worker.tasks.spawn(send::look_up(worker.clone(), lease, held));
                room.posts = room.posts.saturating_sub(1);
                busy = true;
            }
        }
        if !agenda.is_due(agenda.post) || room.posts == 0 {
            return Ok(busy);
        }
        let deadline = Deadline::from_now(worker);
        let claimed = queue::claim(&worker.office, worker.id, room).await?;
        busy |= !claimed.is_empty();
        for (id, state) in &claimed.stopped {
            tracing::info!(post.id = %id, ?state, "stopped at the gate");
        }
        for ready in claimed.ready {
            let host = office::channels::host(&ready.channel.settings);
            let held = worker.in_flight.enter(&ready.lease, host);
            let task = send::send(worker.clone(), ready, held, deadline, self.done.clone());
            worker.tasks.spawn(task);
        }
        Ok(busy)
    }

    /// How long to sleep after a look that began at `asked`.
    fn rest(&self, agenda: &Agenda, asked: Instant, busy: bool) -> Duration {
        let backstop = Duration::from_secs(self.worker.settings.backstop_seconds);
        if busy {
            return Duration::ZERO;
        }
        let settings = &self.worker.settings;
        let full = self.worker.in_flight.room(settings.concurrency, settings.per_host).posts == 0;
        match agenda.rest().map(|rest| rest.to_std().unwrap_or(Duration::ZERO)) {
            // A task that ends rings.
            _ if full => backstop,
            None => backstop,
            Some(Duration::ZERO) => NOT_OURS,
            Some(rest) => until_due(rest, asked.elapsed(), backstop),
        }
    }

    async fn beat(&mut self) -> Result<()> {
        let worker = self.worker;
        if self.beat_at.is_some_and(|at| at.elapsed() < BEAT_EVERY) {
            return Ok(());
        }
        let in_flight = worker.in_flight.len();
        queue::beat(&worker.office, worker.id, &worker.host, worker.started_at, in_flight).await?;
        self.beat_at = Some(Instant::now());
        Ok(())
    }
}

/// How long to sleep until something that was `rest` away when a look began that took `looked`: a handbook that was compiled
/// in it takes a good part of a second, and by so much the next post would be late.
fn until_due(rest: Duration, looked: Duration, backstop: Duration) -> Duration {
    rest.saturating_sub(looked).clamp(TICK, backstop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_look_took_is_not_slept_once_more() {
        let (rest, backstop) = (Duration::from_secs(3), Duration::from_secs(30));
        let sleep = |looked| until_due(rest, Duration::from_millis(looked), backstop);
        assert_eq!(sleep(0), rest);
        assert_eq!(sleep(600), Duration::from_millis(2_400));
        assert_eq!(sleep(3_000), TICK, "due meanwhile");
        assert_eq!(sleep(9_000), TICK);
        assert_eq!(until_due(Duration::from_hours(1), Duration::ZERO, backstop), backstop);
    }
}
