//! tokio-cron-scheduler lives here and nowhere else. A tick takes no input and only means "look again": it drives the
//! reconcilers, in UTC, and never a post's time. A tick that comes while the last one still runs is skipped; bodies run
//! on the worker's tracker, since the scheduler forgets what it started.

use std::{future::Future, sync::Arc};

use tokio::sync::Semaphore;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use crate::{Worker, link_checks, reconcile, rounds};

/// Starts the reconcilers' ticks.
pub(crate) async fn start(worker: &Worker) -> Result<JobScheduler, JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    let settings = &worker.settings;
    add(&scheduler, worker, settings.credentials_every_seconds, accounts).await?;
    add(&scheduler, worker, settings.links_every_seconds, link_checks::run).await?;
    add(&scheduler, worker, settings.rounds_every_seconds, rounds::run).await?;
    add(&scheduler, worker, settings.housekeeping_every_seconds, reconcile::housekeeping).await?;
    scheduler.start().await?;
    Ok(scheduler)
}

async fn accounts(worker: Worker) {
    reconcile::credentials(worker.clone()).await;
    if reconcile::leads(&worker).await {
        reconcile::accounts(worker).await;
    }
}

async fn add<F>(
    scheduler: &JobScheduler,
    worker: &Worker,
    every_seconds: u32,
    body: fn(Worker) -> F,
) -> Result<(), JobSchedulerError>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (worker, one_at_a_time) = (worker.clone(), Arc::new(Semaphore::new(1)));
    let job = Job::new_async(cron(every_seconds), move |_, _| {
        let (worker, one_at_a_time) = (worker.clone(), Arc::clone(&one_at_a_time));
        Box::pin(async move {
            let Ok(alone) = one_at_a_time.try_acquire_owned() else { return };
            if worker.tasks.is_closed() {
                return;
            }
            let tasks = worker.tasks.clone();
            tasks.spawn(async move {
                body(worker).await;
                drop(alone);
            });
        })
    })?;
    scheduler.add(job).await?;
    Ok(())
}

/// A cron line for every so many seconds; from a minute on, every so many minutes.
fn cron(every_seconds: u32) -> String {
    match every_seconds {
        0 | 1 => "* * * * * *".to_owned(),
        2..=59 => format!("*/{every_seconds} * * * * *"),
        60..=3_599 => format!("0 */{} * * * *", every_seconds / 60),
        _ => "0 0 * * * *".to_owned(),
    }
}
