//! A worker that is killed in the middle of its work, and what became of every post.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Bench, prefix};

/// Settings under which a death is noticed soon: calls are short, so leases may be.
pub(crate) fn fast_rescue() -> Vec<(&'static str, String)> {
    [
        ("http.connect_seconds", 2),
        ("http.read_seconds", 3),
        ("http.total_seconds", 3),
        ("http.preparation_seconds", 2),
        ("limits.lease_seconds", 12),
        ("limits.look_up_after_seconds", 3),
        ("limits.backoff_seconds", 1),
    ]
    .map(|(key, value)| (key, value.to_string()))
    .to_vec()
}

/// Seconds after which a post that has not come counts as never delivered.
const WATCHED: Duration = Duration::from_mins(1);

impl Bench<'_> {
    /// Kills the workers when half is out, starts them again at once, and counts.
    pub(crate) async fn death(&self, n: usize, count: usize) -> Value {
        let prefix = prefix("k");
        if self.sink.is_ours() {
            self.sink.reset(20).await;
        }
        let before = self.sink.unique().await.unwrap_or_default();
        let due = self.desk.office.now();
        self.desk.posts(&prefix, n, |_| due).await;
        let started = Instant::now();
        let workers = self.workers(count, &fast_rescue());
        while self.received(before).await < n / 2
            && started.elapsed() < Duration::from_secs(self.knobs.limit_seconds)
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let at_kill = self.received(before).await;
        for worker in workers {
            worker.kill();
        }
        let killed = Instant::now();
        let workers = self.workers(count, &fast_rescue());
        let mut all_in = None;
        let longest = WATCHED + started.elapsed();
        while killed.elapsed() < longest {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if all_in.is_none() && self.received(before).await >= n {
                all_in = Some(killed.elapsed().as_secs_f64());
            }
            // What came is not yet settled: a look-up may still find it.
            if all_in.is_some() && self.settled(&prefix, n).await {
                break;
            }
        }
        let stats = self.sink.stats(&prefix, n).await.unwrap_or_default();
        drop(workers);
        if self.sink.is_ours() {
            self.sink.reset(0).await;
        }
        json!({
            "posts": n, "atKill": at_kill, "twice": stats["twice"], "never": stats["never"],
            "allInSeconds": all_in.map(|seconds: f64| (seconds * 10.0).round() / 10.0),
            "states": self.states(&prefix).await,
        })
    }

    async fn received(&self, before: usize) -> usize {
        self.sink.unique().await.unwrap_or_default().saturating_sub(before)
    }

    async fn settled(&self, prefix: &str, n: usize) -> bool {
        self.states(prefix).await["PUBLISHED"].as_u64() == Some(n as u64)
    }
}
