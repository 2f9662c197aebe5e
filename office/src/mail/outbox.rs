//! The outbox as workers see it: claimed one by one under a lease and a fence, marked before the message leaves, settled by
//! what the server said.
//!
//! Only between that mark and the answer nobody can tell whether the server has it. A mail that was lost there is sent once
//! more, with the same Message-ID and the same bytes, after so long that the first conversation has surely ended: receivers
//! know by the id what they have. Lost again, a person decides.

use chrono::TimeDelta;
use entity::{MailId, WorkerId, mail, mail::MailState, member, member::MemberState, office as office_row};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{LockBehavior, LockType},
};
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    change::Change,
    error::{Fault, Result},
    lifecycle::{Lifecycle as _, MailEvent},
    queue::{Cause, backoff},
    rows::locked,
};

/// Mails that one sweep looks at.
const SWEPT_AT_ONCE: u64 = 200;

/// A mail that a worker holds.
#[derive(Debug)]
pub struct Claimed {
    /// The mail, as it was claimed.
    pub mail: mail::Model,
    /// Its recipient.
    pub member: member::Model,
    /// Whose mail it is.
    pub office: office_row::Model,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The server said that it has it.
    Sent,
    /// The server certainly has not taken it.
    Later(Cause),
    /// The server refused it for good.
    Refused(Cause),
    /// The server may have taken it.
    Unknown(Cause),
}

/// How many mails there are to send now, up to so many.
pub async fn due(office: &Office, at_most: u64) -> Result<u64> {
    let seen = to_send(office).select_only().column(mail::Column::Id).limit(at_most);
    let seen: Vec<MailId> = seen.into_tuple().all(office.db.read()).await?;
    Ok(u64::try_from(seen.len()).unwrap_or(at_most))
}

fn to_send(office: &Office) -> Select<mail::Entity> {
    mail::Entity::find()
        .filter(mail::Column::NextAt.is_not_null())
        .filter(mail::Column::NextAt.lte(office.now()))
        .order_by_asc(mail::Column::NextAt)
        .order_by_asc(mail::Column::Id)
}

/// Claims the mail that has waited longest, for `hold`. `domain` ends its Message-ID, if this is its first claim. No audit
/// entry: claiming changes nothing that a person sees.
pub async fn claim(
    office: &Office,
    worker: WorkerId,
    hold: TimeDelta,
    domain: &str,
) -> Result<Option<Claimed>> {
    let Some(seen) = to_send(office).limit(1).one(office.db.read()).await? else { return Ok(None) };
    let change = begin(office, &seen, worker).await?;
    let free = to_send(office).limit(1).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let Some(row) = free.one(change.tx()).await? else { return Ok(None) };
    let to = member::Entity::find_by_id(row.member_id).one(change.tx()).await?;
    let of = office_row::Entity::find_by_id(row.office_id).one(change.tx()).await?;
    let (Some(to), Some(of)) = (to, of) else {
        return Err(Fault::Internal("a mail without its member or office".to_owned()).into());
    };
    let state = row.state.next(MailEvent::Claim)?;
    let (attempts, fence) = (row.attempts + 1, row.fence + 1);
    let message_id = row.message_id.clone().unwrap_or_else(|| format!("{}@{domain}", row.id));
    let mut edit = mail::ActiveModel::from(row);
    edit.state = Set(state);
    edit.message_id = Set(Some(message_id));
    edit.next_at = Set(None);
    edit.attempts = Set(attempts);
    edit.handing_over = Set(false);
    edit.lease_until = Set(Some(change.now + hold));
    edit.worker_id = Set(Some(worker));
    edit.fence = Set(fence);
    let mail = edit.update(change.tx()).await?;
    change.commit().await?;
    let claimed = Claimed { mail, member: to, office: of };
    if claimed.member.state == MemberState::Departed {
        give_up(office, worker, &claimed.mail, "MEMBER_LEFT", "the recipient has left the office").await?;
        return Box::pin(claim(office, worker, hold, domain)).await;
    }
    Ok(Some(claimed))
}

async fn begin<'a>(office: &'a Office, row: &mail::Model, worker: WorkerId) -> Result<Change<'a>> {
    office.begin_by_database_clock(&Requester::new(row.office_id, Actor::Worker(worker))).await
}

/// Writes down that the message leaves from now on; `false`: the lease was lost, and it must not leave.
pub async fn handing_over(office: &Office, worker: WorkerId, mail: &mail::Model) -> Result<bool> {
    let change = begin(office, mail, worker).await?;
    let Some(row) = held(&change, mail).await? else { return Ok(false) };
    let mut edit = mail::ActiveModel::from(row);
    edit.handing_over = Set(true);
    edit.update(change.tx()).await?;
    change.commit().await?;
    Ok(true)
}

/// The row, if the lease under which it was claimed still holds.
async fn held(change: &Change<'_>, mail: &mail::Model) -> Result<Option<mail::Model>> {
    let row = locked::<mail::Entity>(change, mail.id).await?;
    Ok((row.state == MailState::Sending && row.fence == mail.fence).then_some(row))
}

/// Writes what came of a try, if nobody took it over meanwhile.
pub async fn settle(
    office: &Office,
    worker: WorkerId,
    mail: &mail::Model,
    delivery: &Delivery,
) -> Result<()> {
    let mut change = begin(office, mail, worker).await?;
    let Some(row) = held(&change, mail).await? else { return Ok(()) };
    write(office, &mut change, row, delivery).await?;
    change.commit().await
}

async fn write(
    office: &Office,
    change: &mut Change<'_>,
    row: mail::Model,
    delivery: &Delivery,
) -> Result<()> {
    let limits = &office.limits;
    let (cause, event) = match delivery {
        Delivery::Sent => (None, MailEvent::Accept),
        Delivery::Refused(cause) => (Some(cause), MailEvent::Refuse),
        Delivery::Unknown(cause) => (Some(cause), MailEvent::Lose),
        // Once lost sight of, that this try did not reach the server says nothing of the one before.
        Delivery::Later(cause) if row.lost > 0 => (Some(cause), MailEvent::Lose),
        Delivery::Later(cause) => (Some(cause), MailEvent::Defer),
    };
    let lost = row.lost + i32::from(matches!(delivery, Delivery::Unknown(_)));
    let next_at = match delivery {
        Delivery::Sent | Delivery::Refused(_) => None,
        Delivery::Later(_) => Some(change.now + backoff(limits, row.id.0, row.attempts, None)),
        Delivery::Unknown(_) if lost > 1 => None,
        Delivery::Unknown(_) => Some(change.now + TimeDelta::seconds(limits.mail_again_seconds)),
    };
    let state = row.state.next(event)?;
    let detail = json!({ "state": state, "cause": cause.map(|cause| &cause.code), "attempts": row.attempts });
    change.note("settleMail", "Mail", row.id.0, detail);
    let ended = matches!(state, MailState::Sent | MailState::Refused).then_some(change.now);
    let mut edit = freed(row);
    edit.state = Set(state);
    edit.lost = Set(lost);
    edit.next_at = Set(next_at);
    edit.cause_code = Set(cause.map(|cause| cause.code.clone()));
    edit.cause_detail = Set(cause.map(|cause| cause.detail.clone()));
    edit.ended_at = Set(ended);
    edit.update(change.tx()).await?;
    Ok(())
}

fn freed(row: mail::Model) -> mail::ActiveModel {
    let mut edit = mail::ActiveModel::from(row);
    edit.handing_over = Set(false);
    edit.lease_until = Set(None);
    edit.worker_id = Set(None);
    edit
}

/// Sweeps up: what a dead worker held is settled by how far it had come, and what waited too long is given up.
pub async fn sweep(office: &Office, worker: WorkerId) -> Result<()> {
    let now = office.now();
    let dead = mail::Entity::find()
        .filter(mail::Column::LeaseUntil.is_not_null())
        .filter(mail::Column::LeaseUntil.lt(now))
        .limit(SWEPT_AT_ONCE)
        .all(office.db.read())
        .await?;
    for row in dead {
        let (code, detail) = ("WORKER_DIED", "the worker that sent it ended");
        let cause = Cause { code: code.to_owned(), detail: detail.to_owned(), http_status: None };
        let far = row.handing_over;
        let delivery = if far { Delivery::Unknown(cause) } else { Delivery::Later(cause) };
        settle(office, worker, &row, &delivery).await?;
    }
    let old = mail::Entity::find()
        .filter(mail::Column::NextAt.is_not_null())
        .filter(mail::Column::GiveUpAt.lt(now))
        .limit(SWEPT_AT_ONCE)
        .all(office.db.read())
        .await?;
    for row in old {
        give_up(office, worker, &row, "TOO_OLD", "no mail server took it for too long").await?;
    }
    Ok(())
}

async fn give_up(
    office: &Office,
    worker: WorkerId,
    mail: &mail::Model,
    code: &'static str,
    detail: &'static str,
) -> Result<()> {
    let mut change = begin(office, mail, worker).await?;
    let row = locked::<mail::Entity>(&change, mail.id).await?;
    if row.fence != mail.fence || row.state != mail.state {
        return Ok(());
    }
    let state = row.state.next(MailEvent::GiveUp)?;
    change.note("settleMail", "Mail", row.id.0, json!({ "state": state, "cause": code }));
    let mut edit = freed(row);
    edit.state = Set(state);
    edit.next_at = Set(None);
    edit.cause_code = Set(Some(code.to_owned()));
    edit.cause_detail = Set(Some(detail.to_owned()));
    edit.ended_at = Set(Some(change.now));
    edit.update(change.tx()).await?;
    change.commit().await
}
