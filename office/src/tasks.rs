//! Tasks: what waits for the requester, computed from the states of things when it is asked for. Nothing is stored, so
//! no task can outlive its reason.

use chrono::{DateTime, Utc};
use entity::{MemberId, OfficeId, handbook, member::Role, member::Roles};
use uuid::Uuid;

use crate::{
    Actor, Office,
    error::Result,
    handbooks,
    policy::{Permit, op},
    read,
};

mod announcements;
mod blogging;
mod channels;
mod coordinator;
mod leaving;
mod mail;
mod plans;
mod recurrences;
mod writer;

/// Tasks of one answer, whatever is asked for.
pub const TASKS_AT_MOST: u64 = 500;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// Read and acknowledge the current handbook.
    AcknowledgeHandbook,
    /// Acknowledge or decline a proposed initiative.
    DecideInitiative,
    /// Approve a communications plan.
    ApprovePlan,
    /// Write down what a communications plan still lacks.
    CompletePlan,
    /// Look whether a communications plan still holds.
    ReviewPlan,
    /// Say how often an initiative blogs, and where.
    SetBloggingDuty,
    /// Write the blog post that is overdue.
    BloggingOverdue,
    /// Approve or decline a requested channel.
    DecideChannel,
    /// Let the public see a changed channel record.
    ApproveChannelRecord,
    /// Say whether a post went out: its platform cannot tell.
    ResolvePost,
    /// Open the gate that holds a post.
    HeldPost,
    /// Decide what becomes of a post that missed its time.
    MissedPost,
    /// Look at a post that was changed or taken away on its platform.
    DriftedPost,
    /// Review a draft.
    ReviewDraft,
    /// Approve that approved words are repeated.
    ApproveRecurrence,
    /// Give advice that was asked for.
    GiveAdvice,
    /// Secure a channel that may soon have nobody.
    SecureChannel,
    /// Look whether a channel still serves: its day of review has come.
    ReviewChannel,
    /// Retire a channel: its last review came to that.
    RetireChannel,
    /// Hand over a channel that somebody left.
    HandOverChannel,
    /// Name somebody who manages an initiative whose manager left.
    TakeOverInitiative,
    /// Give a draft whose author left to somebody else.
    ReassignDraft,
    /// Ask somebody else for advice: the adviser left.
    AskAnotherAdviser,
    /// Replace a token that somebody who left has seen.
    ReplaceToken,
    /// Look whether an entry of the handbook's lists still belongs there.
    ReviewListEntry,
    /// Say what the announcement of an initiative leaves open.
    CompleteAnnouncement,
    /// Answer what a coordinator asks about a proposed initiative.
    AnswerInitiativeQuestion,
    /// Do something about a mail that was refused, or that may not have arrived.
    UndeliveredMail,
    /// See why mail waits: no server is set, or it does not answer.
    LateMail,
}

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
}

/// For whom tasks are gathered.
struct For<'a> {
    office: &'a Office,
    office_id: OfficeId,
    member_id: MemberId,
    roles: &'a Roles,
    limit: u64,
}

/// What waits for the requester, longest-waiting first, at most `limit`.
pub async fn list(office: &Office, permit: &Permit<op::Tasks>, limit: u64) -> Result<Vec<Task>> {
    let Actor::Member { id, roles } = &permit.requester().actor else { return Ok(Vec::new()) };
    let limit = limit.min(TASKS_AT_MOST);
    let who = For { office, office_id: permit.office_id(), member_id: *id, roles, limit };
    let mut tasks = handbook_to_acknowledge(&who).await?;
    if roles.contains(Role::Coordinator) {
        tasks.extend(coordinator::initiatives(&who).await?);
        tasks.extend(plans::to_approve(&who).await?);
        tasks.extend(coordinator::channels(&who).await?);
        tasks.extend(coordinator::posts(&who).await?);
        tasks.extend(coordinator::list_entries(&who).await?);
    } else {
        tasks.extend(writer::held_posts(&who).await?);
    }
    tasks.extend(writer::drafts_to_review(&who).await?);
    if roles.contains(Role::Coordinator) || roles.contains(Role::ProjectManager) {
        tasks.extend(recurrences::to_approve(&who).await?);
    }
    if roles.contains(Role::Administrator) {
        tasks.extend(mail::undelivered(&who).await?);
    }
    tasks.extend(announcements::of_mine(&who).await?);
    if roles.contains(Role::Coordinator) || roles.contains(Role::ProjectManager) {
        tasks.extend(blogging::to_set(&who).await?);
        tasks.extend(blogging::overdue(&who, roles.contains(Role::Coordinator)).await?);
        tasks.extend(plans::to_complete(&who).await?);
        tasks.extend(plans::to_review(&who, roles.contains(Role::Coordinator)).await?);
    }
    tasks.extend(writer::advice_to_give(&who).await?);
    tasks.extend(channels::to_secure(&who).await?);
    tasks.extend(leaving::all(&who).await?);
    tasks.sort_by(|one, other| {
        (one.since, one.kind, one.subject_id).cmp(&(other.since, other.kind, other.subject_id))
    });
    tasks.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(tasks)
}

async fn handbook_to_acknowledge(who: &For<'_>) -> Result<Vec<Task>> {
    let db = who.office.db.read();
    let current = handbooks::in_force(who.office, db, who.office_id).await?;
    if handbooks::acknowledged(who.office, who.office_id, who.member_id).await? {
        return Ok(Vec::new());
    }
    let row = read::one::<handbook::Entity>(db, who.office_id, current.id).await?;
    Ok(vec![Task {
        kind: TaskKind::AcknowledgeHandbook,
        subject_kind: "Handbook",
        subject_id: row.id.0,
        title: row.title,
        since: row.activated_at.unwrap_or(row.created_at),
    }])
}
