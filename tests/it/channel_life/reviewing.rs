//! Once a year somebody looks whether a channel still serves.

use chrono::TimeDelta;
use entity::channel::{ChannelState, Verdict};
use office::{
    channels::{self, OrphanReason, ReviewChannel},
    tasks::{self, TaskKind},
};

use crate::support::{
    desk::{Desk, permit},
    engine::engines,
};

async fn kinds(desk: &Desk, who: &office::Requester) -> Vec<TaskKind> {
    // That it is silent all the year is another matter.
    let waiting = [TaskKind::ReviewChannel, TaskKind::RetireChannel];
    let tasks = tasks::list(&desk.office, &permit(who), None, 100).await.unwrap();
    tasks.into_iter().map(|task| task.kind).filter(|kind| waiting.contains(kind)).collect()
}

async fn review(desk: &Desk, verdict: Verdict) {
    let (channel_id, findings) = (desk.channels[0], "It reaches whom it should.".to_owned());
    let review = ReviewChannel { client_key: None, channel_id, findings, verdict };
    channels::review(&desk.office, &permit(&desk.author), review).await.unwrap();
}

async fn row(desk: &Desk) -> entity::channel::Model {
    let db = desk.office.db().read();
    office::read::one::<entity::channel::Entity>(db, desk.author.office_id, desk.channels[0]).await.unwrap()
}

#[tokio::test]
async fn a_channel_is_looked_at_once_a_year() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        desk.wait(TimeDelta::days(364));
        assert_eq!(kinds(&desk, &desk.author).await, []);
        desk.wait(TimeDelta::days(1));
        assert_eq!(kinds(&desk, &desk.author).await, [TaskKind::ReviewChannel], "its steward");
        assert_eq!(kinds(&desk, &desk.coordinator).await, [TaskKind::ReviewChannel]);
        let overdue = OrphanReason::ReviewOverdue { due_on: "2028-02-29".parse().unwrap() };
        assert!(!channels::orphan_risk(&desk.office, &row(&desk).await).await.unwrap().contains(&overdue));
        desk.wait(TimeDelta::days(1));
        let risks = channels::orphan_risk(&desk.office, &row(&desk).await).await.unwrap();
        assert!(risks.contains(&overdue), "{risks:?}");
        review(&desk, Verdict::Keep).await;
        assert_eq!(row(&desk).await.state, ChannelState::Active);
        assert_eq!(kinds(&desk, &desk.coordinator).await, []);
        review(&desk, Verdict::Rest).await;
        assert_eq!(row(&desk).await.state, ChannelState::Dormant);
        review(&desk, Verdict::Retire).await;
        assert_eq!(kinds(&desk, &desk.coordinator).await, [TaskKind::RetireChannel]);
        assert_eq!(kinds(&desk, &desk.author).await, [], "a coordinator's to do");
        let other = ReviewChannel {
            client_key: None,
            channel_id: desk.channels[0],
            findings: " ".to_owned(),
            verdict: Verdict::Keep,
        };
        let refused = channels::review(&desk.office, &permit(&desk.author), other).await.unwrap_err();
        assert!(refused.to_string().contains("findings"), "{refused}");
    }
}
