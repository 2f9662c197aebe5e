//! Mail: what members are told outside of Masthead. It is written to the outbox in the transaction of what it tells of, so
//! that one does not happen without the other; workers send it from there (`outbox`).
//!
//! Knows who is told what, in which words, and what came of it. Does not know SMTP. A mail holds no post text, no token and
//! no address: the recipient's is looked up when it is sent.

use chrono::TimeDelta;
use entity::{
    InitiativeId, MailId, MemberId, mail,
    mail::{MailKind, MailKinds, MailState},
    member,
    member::{MemberState, Role},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel as _, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Office, calendar,
    change::Change,
    error::{RefusalCode, Result, refuse},
    lifecycle::{Lifecycle as _, MailEvent},
    paging::{COUNT_CAP, Cursor, Direction, OrderBy, Page, PageRequest, SortKey, count_up_to, page},
    policy::{Permit, op, role_name},
    read,
    rows::{json_holds, locked},
};

mod outbox;
mod words;

pub use outbox::{Claimed, Delivery, claim, due, handing_over, settle, sweep};
pub(crate) use words::{Language, News, Told};
pub use words::{closing_lines, obliged};

/// Members of one role that are told of one thing, at most.
const TOLD_AT_MOST: u64 = 100;

/// Which mails a list shows.
#[derive(Debug, Clone, Default)]
pub struct MailFilter {
    /// In one of these states; empty: in any.
    pub states: Vec<MailState>,
    /// To this member.
    pub member_id: Option<MemberId>,
}

/// What a mail says, in whichever language.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    /// What it tells of.
    pub(crate) kind: MailKind,
    /// The initiative that it is about.
    pub(crate) initiative_id: Option<InitiativeId>,
    /// The subject line.
    pub(crate) subject: String,
    /// What it says.
    pub(crate) body: String,
}

/// Tells members of an initiative, in the office's language, and by when what that asks for should be done. As [`post`].
pub(crate) async fn tell(
    change: &mut Change<'_>,
    members: &[member::Model],
    told: &Told<'_>,
    key: &str,
) -> Result<()> {
    let office = entity::office::Entity::find_by_id(change.office_id()).one(change.tx()).await?;
    let (language, zone) = office.map(|office| (office.language, office.time_zone)).unwrap_or_default();
    let due = told.task().zip(told.waits_since(change.now));
    let due = due.map(|(task, since)| calendar::day(task.due(since, change.limits()), &zone)).transpose()?;
    post(change, members, &told.write(&language, due), key).await
}

/// Writes what members are told to the outbox. Who acts is not told of their own act, nor who does not want it, nor anybody
/// twice of the same `key`.
pub(crate) async fn post(
    change: &mut Change<'_>,
    members: &[member::Model],
    words: &Words,
    key: &str,
) -> Result<()> {
    for member in members {
        if !wants(change, member, words.kind) {
            continue;
        }
        let row = mail::Model {
            id: change.id(),
            office_id: change.office_id(),
            member_id: member.id,
            kind: words.kind,
            initiative_id: words.initiative_id,
            dedupe_key: dedupe_key(key, member.id),
            subject: words.subject.clone(),
            body: words.body.clone(),
            message_id: None,
            state: MailState::START,
            next_at: Some(change.now),
            attempts: 0,
            handing_over: false,
            lost: 0,
            lease_until: None,
            worker_id: None,
            fence: 0,
            cause_code: None,
            cause_detail: None,
            created_at: change.now,
            give_up_at: change.now + TimeDelta::days(change.limits().mail_wait_days),
            ended_at: None,
        };
        let mut once = OnConflict::columns([mail::Column::OfficeId, mail::Column::DedupeKey]);
        mail::Entity::insert(row.into_active_model().reset_all())
            .on_conflict(once.do_nothing().to_owned())
            .exec_without_returning(change.tx())
            .await?;
        change.ring_for_mail();
    }
    Ok(())
}

fn wants(change: &Change<'_>, member: &member::Model, kind: MailKind) -> bool {
    member.state == MemberState::Active
        && change.requester().member_id() != Some(member.id)
        && (obliged(kind) || !member.muted_mail.0.contains(&kind))
}

/// Whether a member was told already what this key stands for.
pub(crate) async fn told_already(change: &Change<'_>, member: MemberId, key: &str) -> Result<bool> {
    let told = mail::Entity::find()
        .filter(mail::Column::OfficeId.eq(change.office_id()))
        .filter(mail::Column::DedupeKey.eq(dedupe_key(key, member)));
    Ok(told.one(change.tx()).await?.is_some())
}

fn dedupe_key(key: &str, member: MemberId) -> String {
    format!("{key}|{member}")
}

/// Gives up what of this kind still waits to be sent to a member: what follows says it anew.
pub(crate) async fn supersede(change: &mut Change<'_>, member: MemberId, kind: MailKind) -> Result<()> {
    let waiting = mail::Entity::find()
        .filter(mail::Column::OfficeId.eq(change.office_id()))
        .filter(mail::Column::MemberId.eq(member))
        .filter(mail::Column::Kind.eq(kind))
        .filter(mail::Column::State.eq(MailState::Waiting))
        .order_by_asc(mail::Column::Id)
        .limit(TOLD_AT_MOST)
        .lock_exclusive()
        .all(change.tx())
        .await?;
    for row in waiting {
        let state = row.state.next(MailEvent::GiveUp)?;
        change.note("settleMail", "Mail", row.id.0, json!({ "state": state, "cause": "SUPERSEDED" }));
        let mut edit = mail::ActiveModel::from(row);
        edit.state = Set(state);
        edit.next_at = Set(None);
        edit.cause_code = Set(Some("SUPERSEDED".to_owned()));
        edit.cause_detail = Set(Some("a later mail says it anew".to_owned()));
        edit.ended_at = Set(Some(change.now));
        edit.update(change.tx()).await?;
    }
    Ok(())
}

/// The office's coordinators, oldest first.
pub(crate) async fn coordinators(change: &Change<'_>) -> Result<Vec<member::Model>> {
    let role = format!("\"{}\"", role_name(Role::Coordinator));
    Ok(member::Entity::find()
        .filter(member::Column::OfficeId.eq(change.office_id()))
        .filter(member::Column::State.eq(MemberState::Active))
        .filter(json_holds(member::Column::Roles, &role))
        .order_by_asc(member::Column::Id)
        .limit(TOLD_AT_MOST)
        .all(change.tx())
        .await?)
}

/// These members, each once.
pub(crate) async fn recipients(change: &Change<'_>, ids: &[MemberId]) -> Result<Vec<member::Model>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    read::many::<member::Entity>(change.tx(), change.office_id(), &ids).await
}

/// A page of the outbox, newest first.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Mails>,
    filter: &MailFilter,
    request: &PageRequest,
) -> Result<Page<mail::Model>> {
    let order =
        OrderBy { column: mail::Column::CreatedAt, id: mail::Column::Id, direction: Direction::Descending };
    page(office.db.read(), select(permit, filter), order, request).await
}

/// How many mails the list has, up to 10,000.
pub async fn count(office: &Office, permit: &Permit<op::Mails>, filter: &MailFilter) -> Result<Option<u64>> {
    count_up_to(office.db.read(), select(permit, filter), COUNT_CAP).await
}

/// Where a mail stands in the list.
pub fn cursor(row: &mail::Model) -> Cursor {
    Cursor { key: SortKey::Time(row.created_at), id: row.id.0 }
}

fn select(permit: &Permit<op::Mails>, filter: &MailFilter) -> Select<mail::Entity> {
    let mut select = mail::Entity::find().filter(mail::Column::OfficeId.eq(permit.office_id()));
    if !filter.states.is_empty() {
        select = select.filter(mail::Column::State.is_in(filter.states.clone()));
    }
    if let Some(id) = filter.member_id {
        select = select.filter(mail::Column::MemberId.eq(id));
    }
    select
}

/// Has a mail tried again that was refused, given up or lost sight of. It keeps its Message-ID: a server that has it
/// already can tell.
pub async fn retry(office: &Office, permit: &Permit<op::RetryMail>, id: MailId) -> Result<mail::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<mail::Entity>(&change, id).await?;
    let state = before.state.next(MailEvent::Retry)?;
    let mut edit = mail::ActiveModel::from(before);
    edit.state = Set(state);
    edit.next_at = Set(Some(change.now));
    edit.attempts = Set(0);
    edit.lost = Set(0);
    edit.give_up_at = Set(change.now + TimeDelta::days(office.limits.mail_wait_days));
    edit.ended_at = Set(None);
    let row = edit.update(change.tx()).await?;
    change.note("retryMail", "Mail", id.0, json!({ "state": row.state }));
    change.ring_for_mail();
    change.commit().await?;
    Ok(row)
}

/// Gives up a mail that no worker holds.
pub async fn give_up(office: &Office, permit: &Permit<op::GiveUpMail>, id: MailId) -> Result<mail::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<mail::Entity>(&change, id).await?;
    if before.state == MailState::Sending {
        let message = "a worker speaks to the mail server this moment: look again in a minute";
        return refuse(RefusalCode::IllegalState, "mailId", message);
    }
    let state = before.state.next(MailEvent::GiveUp)?;
    let mut edit = mail::ActiveModel::from(before);
    edit.state = Set(state);
    edit.next_at = Set(None);
    edit.ended_at = Set(Some(change.now));
    let row = edit.update(change.tx()).await?;
    change.note("giveUpMail", "Mail", id.0, json!({ "state": row.state }));
    change.commit().await?;
    Ok(row)
}

/// Sets which kinds of mail the requester does not want. What is a duty of theirs to know cannot be turned off.
pub async fn mute(
    office: &Office,
    permit: &Permit<op::UpdateMyMail>,
    mut muted: Vec<MailKind>,
) -> Result<member::Model> {
    muted.sort_unstable();
    muted.dedup();
    if muted.iter().any(|kind| obliged(*kind)) {
        let message = "mail that asks you to act cannot be turned off: leave it out of `muted`";
        return refuse(RefusalCode::Invalid, "muted", message);
    }
    let Some(id) = permit.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member gets mail");
    };
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<member::Entity>(&change, id).await?;
    let version = before.version + 1;
    let mut edit = member::ActiveModel::from(before);
    edit.muted_mail = Set(MailKinds(muted));
    edit.version = Set(version);
    let row = edit.update(change.tx()).await?;
    change.note("updateMyMail", "Member", id.0, json!({ "muted": row.muted_mail }));
    change.commit().await?;
    Ok(row)
}

/// The thread of an initiative's mails, as the part of a message id before the `@`.
pub fn thread_of(id: InitiativeId) -> String {
    format!("initiative.{id}")
}
