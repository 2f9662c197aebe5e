//! Which links are looked at next, and what is written of what was found. Knows the pace; does not follow any link.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{LinkCheckId, OfficeId, WorkerId, link_check, link_check::LinkState};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use crate::{Actor, Limits, Office, Requester, error::Result};

/// A link that a worker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Which.
    pub id: LinkCheckId,
    /// Of which office.
    pub office_id: OfficeId,
    /// Where it leads.
    pub url: String,
    /// Until when it is held: whoever settles it later finds it taken by another.
    pub until: DateTime<Utc>,
}

/// What a worker found where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Something answers there.
    Alive {
        /// With this status.
        status: u16,
        /// Where it leads in the end, without query and fragment; none when nowhere else.
        redirected_to: Option<String>,
    },
    /// The server says that there is no such page.
    Dead {
        /// With this status.
        status: u16,
    },
    /// There is no such host. Said several times in a row, the link is dead.
    NoSuchHost,
    /// It cannot be told now.
    Unreachable {
        /// The status, when there was an answer.
        status: Option<u16>,
    },
    /// It leads to a private or internal address and was not followed.
    Refused,
}

/// Takes up to `n` links that are due, those longest due first. The statement that takes them moves them on, so that two
/// workers never hold the same one.
pub async fn claim_due(office: &Office, worker_id: WorkerId, n: u64) -> Result<Vec<Claimed>> {
    let change = office.begin(&requester(OfficeId(uuid::Uuid::nil()), worker_id)).await?;
    let until = change.now + TimeDelta::seconds(office.limits.link_hold_seconds);
    let due = link_check::Entity::find()
        .select_only()
        .column(link_check::Column::Id)
        .filter(link_check::Column::DueAt.lte(change.now))
        .order_by_asc(link_check::Column::DueAt)
        .order_by_asc(link_check::Column::Id)
        .limit(n)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    let taken = link_check::Entity::update_many()
        .col_expr(link_check::Column::DueAt, Expr::value(Some(until)))
        .col_expr(link_check::Column::Tries, Expr::cust("tries + 1"))
        .filter(link_check::Column::Id.in_subquery(due))
        .exec_with_returning(change.tx())
        .await?;
    change.commit().await?;
    let claimed =
        |row: link_check::Model| Claimed { id: row.id, office_id: row.office_id, url: row.url, until };
    Ok(taken.into_iter().map(claimed).collect())
}

/// Writes what was found, if the link is still held; false when it is not.
pub async fn settle(office: &Office, worker_id: WorkerId, claimed: &Claimed, found: &Found) -> Result<bool> {
    let mut change = office.begin(&requester(claimed.office_id, worker_id)).await?;
    let held = link_check::Entity::find_by_id(claimed.id)
        .filter(link_check::Column::OfficeId.eq(claimed.office_id))
        .filter(link_check::Column::DueAt.eq(claimed.until))
        .lock_exclusive()
        .one(change.tx())
        .await?;
    let Some(row) = held else { return Ok(false) };
    let before = row.state;
    let after = next(&office.limits, &row, found, change.now);
    let mut edit = link_check::ActiveModel::from(row);
    edit.state = Set(after.state);
    edit.redirected_to = Set(after.redirected_to);
    edit.status = Set(after.status.and_then(|status| i16::try_from(status).ok()));
    edit.tries = Set(after.tries);
    edit.misses = Set(after.misses);
    edit.checked_at = Set(Some(change.now));
    edit.due_at = Set(after.due_at);
    edit.update(change.tx()).await?;
    if after.state != before {
        let detail = json!({ "from": before, "state": after.state, "status": after.status });
        change.note("checkLink", "LinkCheck", claimed.id.0, detail);
    }
    change.commit().await?;
    Ok(true)
}

fn requester(office_id: OfficeId, worker_id: WorkerId) -> Requester {
    Requester::new(office_id, Actor::Worker(worker_id))
}

/// How a row goes on.
#[derive(Debug, PartialEq, Eq)]
struct Next {
    state: LinkState,
    status: Option<u16>,
    redirected_to: Option<String>,
    tries: i32,
    misses: i32,
    due_at: Option<DateTime<Utc>>,
}

fn next(limits: &Limits, row: &link_check::Model, found: &Found, now: DateTime<Utc>) -> Next {
    let misses = if *found == Found::NoSuchHost { row.misses.saturating_add(1) } else { 0 };
    let (state, status) = match found {
        Found::Alive { status, .. } => (LinkState::Alive, Some(*status)),
        Found::Dead { status } => (LinkState::Dead, Some(*status)),
        Found::NoSuchHost if misses >= limits.link_misses => (LinkState::Dead, None),
        Found::NoSuchHost => (LinkState::Unreachable, None),
        Found::Unreachable { status } => (LinkState::Unreachable, *status),
        Found::Refused => (LinkState::Refused, None),
    };
    let (tries, wait) = if state == LinkState::Unreachable {
        (row.tries, backoff(limits, row.tries))
    } else {
        (0, TimeDelta::hours(limits.link_recheck_hours))
    };
    let redirected_to = match found {
        Found::Alive { redirected_to, .. } => redirected_to.clone(),
        _ => None,
    };
    let due_at =
        Some(now + wait).filter(|due| *due <= row.wanted_at + TimeDelta::days(limits.link_watch_days));
    Next { state, status, redirected_to, tries, misses, due_at }
}

/// The wait after so many tries that could not tell: doubling, and never longer than that of a link that answers.
fn backoff(limits: &Limits, tries: i32) -> TimeDelta {
    let doublings = u32::try_from(tries.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
    let minutes = limits.link_backoff_minutes.saturating_mul(1_i64 << doublings);
    TimeDelta::minutes(minutes.min(limits.link_recheck_hours.saturating_mul(60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(state: LinkState, tries: i32, misses: i32) -> link_check::Model {
        let at = "2027-03-01T00:00:00Z".parse().unwrap();
        link_check::Model {
            id: LinkCheckId(uuid::Uuid::nil()),
            office_id: OfficeId(uuid::Uuid::nil()),
            url: "https://example.org/".to_owned(),
            url_hash: String::new(),
            state,
            redirected_to: None,
            status: None,
            tries,
            misses,
            checked_at: None,
            due_at: None,
            wanted_at: at,
            created_at: at,
        }
    }

    fn after(row: &link_check::Model, found: &Found) -> (LinkState, i32, i32, TimeDelta) {
        let next = next(&Limits::default(), row, found, row.wanted_at);
        (next.state, next.tries, next.misses, next.due_at.unwrap() - row.wanted_at)
    }

    #[test]
    fn a_host_must_be_unknown_several_times() {
        let minutes = TimeDelta::minutes;
        let first = after(&row(LinkState::Alive, 1, 0), &Found::NoSuchHost);
        assert_eq!(first, (LinkState::Unreachable, 1, 1, minutes(10)));
        let second = after(&row(LinkState::Unreachable, 2, 1), &Found::NoSuchHost);
        assert_eq!(second, (LinkState::Unreachable, 2, 2, minutes(20)));
        let third = after(&row(LinkState::Unreachable, 3, 2), &Found::NoSuchHost);
        assert_eq!(third, (LinkState::Dead, 0, 3, TimeDelta::days(7)));
        let between = after(&row(LinkState::Unreachable, 3, 2), &Found::Unreachable { status: Some(503) });
        assert_eq!(between, (LinkState::Unreachable, 3, 0, minutes(40)));
    }

    #[test]
    fn nothing_waits_longer_than_a_link_that_answers() {
        let alive = Found::Alive { status: 200, redirected_to: None };
        let week = TimeDelta::days(7);
        assert_eq!(after(&row(LinkState::Unreachable, 9, 0), &alive), (LinkState::Alive, 0, 0, week));
        let lost = after(&row(LinkState::Unreachable, i32::MAX, 0), &Found::Unreachable { status: None });
        assert_eq!(lost, (LinkState::Unreachable, i32::MAX, 0, week));
    }

    #[test]
    fn what_nobody_uses_any_more_rests() {
        let row = row(LinkState::Alive, 1, 0);
        let late = row.wanted_at + TimeDelta::days(84);
        assert_eq!(next(&Limits::default(), &row, &Found::Refused, late).due_at, None);
    }
}
