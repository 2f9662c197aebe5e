//! Following an office's audit chain: pages of entries behind a sequence, then waiting for more. News wakes it
//! at once; a timer finds what no news told. Sequences are given under a lock until commit, so nothing
//! is ever inserted behind a sequence that was read.

use std::{collections::VecDeque, time::Duration};

use entity::audit_entry;
use futures::{Stream, stream};
use office::{Event, Office, changes, changes::Follows, policy::Permit};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

/// Entries that are read at a time.
const PAGE: u64 = 100;
/// How long what another process wrote may go unnoticed: on SQLite, which tells nobody, and when news got lost.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Somebody who follows a chain.
struct Follower<O> {
    office: Office,
    permit: Permit<O>,
    sequence: i64,
    read: VecDeque<audit_entry::Model>,
    news: Receiver<Option<Event>>,
    timer: Interval,
    failed: bool,
}

/// The entries behind `after`, or from now on, without end. A fault is told once and ends it: the client comes back with
/// the last sequence that it saw.
pub(super) async fn follow<O: Follows + 'static>(
    office: Office,
    permit: Permit<O>,
    after: Option<i64>,
) -> office::Result<impl Stream<Item = office::Result<audit_entry::Model>> + Send + 'static> {
    // Listening begins before the first look, so that nothing falls between.
    let news = office.bell().listen();
    let sequence = match after {
        Some(sequence) => sequence.max(0),
        None => changes::latest_sequence(&office, &permit).await?,
    };
    let mut timer = interval_at(Instant::now() + LOOK_AGAIN, LOOK_AGAIN);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let follower = Follower { office, permit, sequence, read: VecDeque::new(), news, timer, failed: false };
    Ok(stream::unfold(follower, Follower::next))
}

impl<O: Follows> Follower<O> {
    async fn next(mut self) -> Option<(office::Result<audit_entry::Model>, Self)> {
        if self.failed {
            return None;
        }
        loop {
            if let Some(entry) = self.read.pop_front() {
                self.sequence = entry.sequence;
                // What an entry leads to is read when it is told: to those only who may still read it.
                let told = changes::still_may(&self.office, &self.permit).await.map(|()| entry);
                self.failed = told.is_err();
                return Some((told, self));
            }
            match changes::after(&self.office, &self.permit, self.sequence, PAGE).await {
                Ok(entries) if entries.is_empty() => self.wait().await,
                Ok(entries) => self.read = entries.into(),
                Err(error) => {
                    self.failed = true;
                    return Some((Err(error), self));
                }
            }
        }
    }

    /// Until the chain may have grown.
    async fn wait(&mut self) {
        loop {
            tokio::select! {
                _ = self.timer.tick() => return,
                event = self.news.recv() => match event {
                    Ok(Some(event)) if event.office_id != self.permit.office_id() || event.sequence <= self.sequence => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => {
                        self.timer.tick().await;
                        return;
                    }
                },
            }
        }
    }
}
