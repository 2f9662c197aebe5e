//! Reminders: once a day each member who should act gets one digest of what is due, and of what others have left too long.
//! Nothing is kept of what was said but the day of the last round: a digest is worked out from the tasks of the moment, and
//! the outbox takes one a member and day.
//!
//! Knows whom to tell and when. Which tasks there are is `tasks`'; sending is `mail`'s.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    MemberId, OfficeId, WorkerId,
    mail::MailKind,
    member,
    member::{MemberState, Role},
    office as office_row,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Actor, Office, Requester, calendar, delegations,
    error::{Fault, Result},
    mail,
    rows::locked,
    tasks::{self, TASKS_AT_MOST, Task, TaskKind},
};

mod days;
mod labels;
mod words;

use days::Round;

/// Members of one office that one round looks at.
const MEMBERS_AT_MOST: u64 = 5_000;

/// A task in a digest.
#[derive(Debug, Clone)]
struct Line {
    kind: TaskKind,
    title: String,
    due_on: NaiveDate,
    overdue: bool,
    /// What puts a channel at risk.
    why: Option<String>,
    /// For whom it waits.
    of: Vec<(MemberId, String)>,
}

/// What one member is told on one day.
#[derive(Debug, Clone, Default)]
struct Digest {
    own: Vec<Line>,
    /// Of others who have left it too long.
    others: Vec<Line>,
}

/// Writes the digests of every office whose hour has come and whose members were not reminded today. Returns how many were
/// written. Costs one statement when there is nothing to do; several workers may call it at once, and one that dies in
/// between is made good by the next.
pub async fn run(office: &Office, worker_id: WorkerId) -> Result<usize> {
    let mut written = 0;
    for row in office_row::Entity::find().order_by_asc(office_row::Column::Id).all(office.db.read()).await? {
        let round = match due(office, &row) {
            Ok(Some(round)) => round,
            Ok(None) => continue,
            Err(error) => {
                tracing::error!(office.id = %row.id, %error, "the office's day could not be told");
                continue;
            }
        };
        let who = Requester::new(row.id, Actor::Worker(worker_id));
        match Box::pin(of_office(office, &who, &row, round)).await {
            Ok(count) => written += count,
            // One office that cannot be told must not keep the others from it.
            Err(error) => tracing::error!(office.id = %row.id, %error, "members could not be reminded"),
        }
    }
    Ok(written)
}

/// The round that is due in an office, by its own clock.
fn due(office: &Office, row: &office_row::Model) -> Result<Option<Round>> {
    let now = office.now();
    let today = calendar::day(now, &row.time_zone)?;
    if row.reminded_on.is_some_and(|last| last >= today) {
        return Ok(None);
    }
    // By the instant and not by the hand of the clock: a day that a clock change shortens has its hour too.
    let hours = (now - calendar::day_begins(today, &row.time_zone)?).num_hours();
    let come = hours >= i64::from(office.limits.digest_hour);
    Ok(come.then(|| Round::new(row.reminded_on, today, office.limits.task_remind_days)))
}

async fn of_office(office: &Office, who: &Requester, row: &office_row::Model, round: Round) -> Result<usize> {
    let members = member::Entity::find()
        .filter(member::Column::OfficeId.eq(row.id))
        .filter(member::Column::State.eq(MemberState::Active))
        .order_by_asc(member::Column::Id)
        .limit(MEMBERS_AT_MOST)
        .all(office.db.read())
        .await?;
    let mut waiting = Vec::with_capacity(members.len());
    for member in &members {
        waiting.push((member, tasks::of_member(office, member, TASKS_AT_MOST).await?));
    }
    let days = Days { zone: &row.time_zone, round };
    let names: HashMap<MemberId, &str> = members.iter().map(|row| (row.id, row.name.as_str())).collect();
    let left = left_too_long(&waiting, &names, &days, office.now())?;
    let away = delegations::holding(office.db.read(), row.id, office.now()).await?;
    let away: HashMap<MemberId, MemberId> =
        away.into_iter().map(|row| (row.member_id, row.deputy_id)).collect();
    let mut written = 0;
    for (member, tasks) in &waiting {
        // Who is away is told only of what their deputy is not.
        let deputy = away.get(&member.id);
        let seen = waiting.iter().filter(|(row, _)| Some(&row.id) == deputy).flat_map(|(_, theirs)| theirs);
        let seen: HashSet<_> = seen.map(|task| (task.kind, task.subject_id)).collect();
        let tasks = tasks.iter().filter(|task| !seen.contains(&(task.kind, task.subject_id)));
        let (own, mut speaks) = own(tasks, &names, &days)?;
        let others = if deputy.is_some() { Vec::new() } else { left.for_whom(member) };
        speaks |= others.iter().any(|(_, today)| *today);
        let digest = Digest { own, others: others.into_iter().map(|(line, _)| line.clone()).collect() };
        if speaks && post(office, who, row, member, &digest, round).await? {
            written += 1;
        }
    }
    Box::pin(close(office, who, row.id, round)).await?;
    Ok(written)
}

/// Days of an office, and the round that speaks for some of them.
struct Days<'a> {
    zone: &'a str,
    round: Round,
}

impl Days<'_> {
    fn line(&self, task: &Task, names: &HashMap<MemberId, &str>) -> Result<Line> {
        let name = names.get(&task.member_id).copied().unwrap_or_default();
        Ok(Line {
            kind: task.kind,
            title: task.title.clone(),
            due_on: calendar::day(task.due_at, self.zone)?,
            overdue: task.overdue,
            why: task.because().filter(|_| task.kind == TaskKind::SecureChannel).map(str::to_owned),
            of: vec![(task.member_id, name.to_owned())],
        })
    }
}

/// A member's own tasks that are near, and whether one of them is a reason to write today.
fn own<'a>(
    tasks: impl Iterator<Item = &'a Task>,
    names: &HashMap<MemberId, &str>,
    days: &Days<'_>,
) -> Result<(Vec<Line>, bool)> {
    let (mut lines, mut speaks) = (Vec::new(), false);
    for task in tasks {
        let line = days.line(task, names)?;
        if days.round.near(line.due_on) {
            speaks |= days.round.reminds(line.due_on, calendar::day(task.since, days.zone)?);
            lines.push(line);
        }
    }
    Ok((lines, speaks))
}

/// What was left too long: by members, which coordinators are told, and by coordinators, which administrators are told.
#[derive(Debug, Default)]
struct Left {
    /// Each with whether today is a day to tell of it.
    by_members: Vec<(Line, bool)>,
    by_coordinators: Vec<(Line, bool)>,
}

impl Left {
    fn for_whom(&self, member: &member::Model) -> Vec<&(Line, bool)> {
        let coordinates = member.roles.contains(Role::Coordinator);
        let administers = member.roles.contains(Role::Administrator) && !coordinates;
        let by_members = self.by_members.iter().filter(|_| coordinates);
        by_members.chain(self.by_coordinators.iter().filter(|_| administers)).collect()
    }
}

fn left_too_long(
    waiting: &[(&member::Model, Vec<Task>)],
    names: &HashMap<MemberId, &str>,
    days: &Days<'_>,
    now: DateTime<Utc>,
) -> Result<Left> {
    let mut late: BTreeMap<(TaskKind, Uuid, bool), (Line, bool, bool)> = BTreeMap::new();
    for (member, tasks) in waiting {
        for task in tasks.iter().filter(|task| task.escalates_at <= now) {
            let line = days.line(task, names)?;
            let told = days.round.escalates(calendar::day(task.escalates_at, days.zone)?);
            let coordinated = member.roles.contains(Role::Coordinator);
            // What each must do for themselves, a coordinator has not left undone for others.
            let apart = coordinated && task.kind == TaskKind::AcknowledgeHandbook;
            let known = late
                .entry((task.kind, task.subject_id, apart))
                .or_insert_with(|| (Line { of: Vec::new(), ..line.clone() }, told, false));
            known.2 |= coordinated;
            for of in line.of {
                if !known.0.of.contains(&of) {
                    known.0.of.push(of);
                }
            }
        }
    }
    let mut left = Left::default();
    for (line, told, coordinated) in late.into_values() {
        let side = if coordinated { &mut left.by_coordinators } else { &mut left.by_members };
        side.push((line, told));
    }
    for side in [&mut left.by_members, &mut left.by_coordinators] {
        side.sort_by_key(|(line, _)| line.due_on);
    }
    Ok(left)
}

/// Writes one digest in its own change. An earlier one that no server has taken yet makes way for it.
async fn post(
    office: &Office,
    who: &Requester,
    row: &office_row::Model,
    member: &member::Model,
    digest: &Digest,
    round: Round,
) -> Result<bool> {
    let key = format!("digest|{}", round.today);
    let mut change = office.begin(who).await?;
    // Two workers write to one member one after the other: else the second would give up what the first just wrote.
    let current = locked::<member::Entity>(&change, member.id).await?;
    if mail::told_already(&change, member.id, &key).await? {
        return Ok(false);
    }
    mail::supersede(&mut change, member.id, MailKind::TasksDue).await?;
    let words = words::write(digest, member.id, &row.language, office.limits.digest_tasks);
    mail::post(&mut change, &[current], &words, &key).await?;
    change.commit().await?;
    Ok(true)
}

/// Writes down that the members of an office were reminded today.
async fn close(office: &Office, who: &Requester, id: OfficeId, round: Round) -> Result<()> {
    let change = office.begin(who).await?;
    let row = office_row::Entity::find_by_id(id).lock_exclusive().one(change.tx()).await?;
    let row = row.ok_or_else(|| Fault::Internal("an office that is not there".to_owned()))?;
    if row.reminded_on.is_none_or(|last| last < round.today) {
        let mut edit = office_row::ActiveModel::from(row);
        edit.reminded_on = Set(Some(round.today));
        edit.update(change.tx()).await?;
    }
    change.commit().await
}
