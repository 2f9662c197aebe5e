//! Tasks: what waits for the requester, computed from the states of things when it is asked for. Nothing is stored, so
//! no task can outlive its reason.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    MemberId, OfficeId, handbook, member,
    member::{MemberState, Role, Roles},
};
use uuid::Uuid;

use crate::{
    Office, delegations,
    error::{OfficeError, Result},
    handbooks,
    policy::{self, Permit, op},
    read, reviews,
};

mod announcements;
mod blogging;
mod channels;
mod closing;
mod conversations;
mod coordinator;
mod deputy;
mod held;
mod initiatives;
mod kind;
mod leaving;
mod lore;
mod mail;
mod plans;
mod policies;
mod recurrences;
mod writer;

pub use kind::TaskKind;

/// Tasks of one answer, whatever is asked for.
pub const TASKS_AT_MOST: u64 = 500;

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub kind: TaskKind,
    /// Type of the thing, as in GraphQL.
    pub subject_kind: &'static str,
    /// Which thing.
    pub subject_id: Uuid,
    /// Its title, for people.
    pub title: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// Why it waits, in words, with the facts of the case.
    pub reason: String,
    /// The clause of the policy that it rests on; none where it is the office's own housekeeping.
    pub clause: Option<String>,
    /// By when somebody should have acted.
    pub due_at: DateTime<Utc>,
    /// Whether that has passed.
    pub overdue: bool,
    /// From when it is told to others than whom it waits for.
    pub escalates_at: DateTime<Utc>,
    /// The mutation that settles it; none where it is settled outside of Masthead, or by others whom whoever has it must ask.
    pub act: Option<&'static str>,
    /// For whom it waits.
    pub member_id: MemberId,
    /// Who stands in for them today; none: nobody.
    pub deputy_id: Option<MemberId>,
}

impl Task {
    /// The facts of the case alone, where the reason has some.
    pub(crate) fn because(&self) -> Option<&str> {
        self.reason.strip_prefix(self.kind.reason())?.strip_prefix(": ")
    }
}

/// What was found to wait, before it is told.
struct Found {
    kind: TaskKind,
    subject_kind: &'static str,
    subject_id: Uuid,
    title: String,
    since: DateTime<Utc>,
    facts: Facts,
}

/// What the case itself says; what it leaves open its kind says.
#[derive(Default)]
struct Facts {
    because: Option<String>,
    clause: Option<String>,
    due_at: Option<DateTime<Utc>>,
    act: Option<&'static str>,
}

impl Found {
    fn told(self, who: &For<'_>, deputy_id: Option<MemberId>, now: DateTime<Utc>) -> Task {
        let Self { kind, facts, since, .. } = self;
        let limits = &who.office.limits;
        let act = facts.act.or_else(|| kind.act());
        let due_at = facts.due_at.unwrap_or_else(|| kind.due(since, limits));
        let reason = match facts.because {
            Some(because) => format!("{}: {because}", kind.reason()),
            None => kind.reason().to_owned(),
        };
        Task {
            kind,
            subject_kind: self.subject_kind,
            subject_id: self.subject_id,
            title: self.title,
            since,
            reason,
            clause: facts.clause.or_else(|| kind.clause().map(str::to_owned)),
            due_at,
            overdue: due_at < now,
            escalates_at: TimeDelta::try_days(limits.task_escalate_days)
                .and_then(|days| due_at.checked_add_signed(days))
                .unwrap_or(due_at),
            member_id: who.member_id,
            deputy_id: deputy_id.filter(|_| kind.for_a_deputy()),
            act: act.filter(|act| policy::role_may(who.roles, act)),
        }
    }
}

/// For whom tasks are gathered.
struct For<'a> {
    office: &'a Office,
    office_id: OfficeId,
    member_id: MemberId,
    roles: &'a Roles,
    limit: u64,
}

/// What waits for a member, most urgent first, at most `limit`: what is overdue longest, then what is due next. Of the
/// requester and those for whom they stand in today; or of `member`, whom coordinators, administrators and the operator may
/// name.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Tasks>,
    member: Option<MemberId>,
    limit: u64,
) -> Result<Vec<Task>> {
    let me = permit.requester().member_id();
    let Some(member_id) = member.or(me) else { return Ok(Vec::new()) };
    if Some(member_id) != me && !delegations::oversees(&permit.requester().actor) {
        let message = "only coordinators and administrators see what waits for somebody else";
        return Err(OfficeError::Forbidden(message.to_owned()));
    }
    let (db, office_id) = (office.db.read(), permit.office_id());
    let row = read::one::<member::Entity>(db, office_id, member_id).await?;
    of_member(office, &row, limit.min(TASKS_AT_MOST)).await
}

/// The same of this member. What waits for somebody in whose stead they are today comes along, unless it waits for both or
/// is nobody else's to do.
pub(crate) async fn of_member(office: &Office, row: &member::Model, limit: u64) -> Result<Vec<Task>> {
    if row.state != MemberState::Active {
        return Ok(Vec::new());
    }
    let (db, now) = (office.db.read(), office.now());
    let standing = delegations::holding_of(db, row.office_id, row.id, now).await?;
    let deputy = standing.iter().find(|one| one.member_id == row.id).map(|one| one.deputy_id);
    let mut tasks = alone(office, row, deputy, limit).await?;
    if let Some(deputy) = deputy {
        let own = deputy::own_words(office, row.office_id, deputy, &tasks).await?;
        for task in tasks.iter_mut().filter(|task| own.contains(&task.subject_id)) {
            task.deputy_id = None;
        }
    }
    let away: Vec<Uuid> =
        standing.iter().filter(|one| one.deputy_id == row.id).map(|one| one.member_id.0).collect();
    if !away.is_empty() {
        let mut known: HashSet<_> = tasks.iter().map(|task| (task.kind, task.subject_id)).collect();
        for other in read::many::<member::Entity>(db, row.office_id, &away).await? {
            let theirs = alone(office, &other, Some(row.id), limit).await?;
            let own = deputy::own_words(office, row.office_id, row.id, &theirs).await?;
            let may = |task: &Task| {
                !own.contains(&task.subject_id)
                    && task.act.is_none_or(|act| policy::role_may(&row.roles, act))
            };
            let theirs = theirs.into_iter().filter(|task| task.kind.for_a_deputy() && may(task));
            tasks.extend(theirs.filter(|task| known.insert((task.kind, task.subject_id))));
        }
    }
    tasks.sort_by_key(|task| (task.due_at, task.since, task.kind, task.subject_id));
    tasks.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(tasks)
}

/// What waits for this member themself.
async fn alone(
    office: &Office,
    row: &member::Model,
    deputy: Option<MemberId>,
    limit: u64,
) -> Result<Vec<Task>> {
    let who = For { office, office_id: row.office_id, member_id: row.id, roles: &row.roles, limit };
    let found = Box::pin(gather(&who)).await?;
    let now = office.now();
    Ok(found.into_iter().map(|found| found.told(&who, deputy, now)).collect())
}

async fn gather(who: &For<'_>) -> Result<Vec<Found>> {
    let roles = who.roles;
    let in_force = reviews::InForce::load(who.office.db.read(), who.office_id).await?;
    let mut tasks = handbook_to_acknowledge(who).await?;
    if roles.contains(Role::Coordinator) {
        tasks.extend(coordinator::initiatives(who).await?);
        tasks.extend(initiatives::to_take_over(who).await?);
        tasks.extend(policies::to_mend(who, &in_force.policies).await?);
        tasks.extend(policies::without_a_judge(who, !in_force.policies.is_empty()).await?);
        tasks.extend(plans::to_approve(who).await?);
        tasks.extend(coordinator::channels(who).await?);
        tasks.extend(coordinator::posts(who, &in_force).await?);
        tasks.extend(coordinator::list_entries(who).await?);
    } else {
        tasks.extend(writer::held_posts(who, &in_force).await?);
    }
    tasks.extend(writer::drafts_to_review(who, &in_force).await?);
    if roles.contains(Role::Coordinator) || roles.contains(Role::ProjectManager) {
        tasks.extend(recurrences::to_approve(who).await?);
    }
    if roles.contains(Role::Administrator) {
        tasks.extend(mail::undelivered(who).await?);
    }
    tasks.extend(announcements::of_mine(who).await?);
    if roles.contains(Role::Coordinator) || roles.contains(Role::ProjectManager) {
        tasks.extend(initiatives::to_end(who, roles.contains(Role::Coordinator)).await?);
        tasks.extend(blogging::to_set(who).await?);
        tasks.extend(blogging::overdue(who, roles.contains(Role::Coordinator)).await?);
        tasks.extend(plans::to_complete(who).await?);
        tasks.extend(plans::to_review(who, roles.contains(Role::Coordinator)).await?);
    }
    tasks.extend(writer::advice_to_give(who).await?);
    tasks.extend(conversations::to_answer(who).await?);
    tasks.extend(channels::of_mine(who).await?);
    tasks.extend(leaving::all(who).await?);
    Ok(tasks)
}

async fn handbook_to_acknowledge(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let current = handbooks::in_force(who.office, db, who.office_id).await?;
    if handbooks::acknowledged(who.office, who.office_id, who.member_id).await? {
        return Ok(Vec::new());
    }
    let row = read::one::<handbook::Entity>(db, who.office_id, current.id).await?;
    Ok(vec![Found {
        kind: TaskKind::AcknowledgeHandbook,
        subject_kind: "Handbook",
        subject_id: row.id.0,
        title: row.title,
        since: row.activated_at.unwrap_or(row.created_at),
        facts: Facts::default(),
    }])
}
