//! Posts one by one, by the operation that a dashboard calls.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures::StreamExt as _;
use office::posts::{self, SchedulePost, When};

use super::Desk;

impl Desk {
    /// Schedules so many approved drafts for tomorrow, so many at a time; tells how long that took.
    pub(crate) async fn schedule(&self, count: usize, concurrency: usize) -> Duration {
        let drafts = self.drafts(count).await;
        let tomorrow = office::calendar::local(self.office.now() + TimeDelta::days(1), "Etc/UTC").unwrap();
        let started = Instant::now();
        let schedule = |draft_id| {
            let local_time = tomorrow.local_time.clone();
            async move {
                let input = SchedulePost {
                    after: None,
                    client_key: None,
                    draft_id,
                    channel_ids: Vec::new(),
                    when: When::At { local_time, time_zone: None },
                    publish_late_minutes: Some(600),
                };
                posts::schedule(&self.office, &self.author.permit().unwrap(), input).await.unwrap();
            }
        };
        futures::stream::iter(drafts).for_each_concurrent(concurrency, schedule).await;
        started.elapsed()
    }
}
