//! What administrators do about mail that does not arrive.

use chrono::TimeDelta;
use entity::{mail, mail::MailState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Facts, For, Found, TaskKind};
use crate::error::Result;

/// Mails that a server refused or nobody can tell about; and one task for all that wait too long, since they wait for one
/// reason.
pub(super) async fn undelivered(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let of = || {
        mail::Entity::find()
            .filter(mail::Column::OfficeId.eq(who.office_id))
            .order_by_asc(mail::Column::CreatedAt)
    };
    let stuck = of()
        .filter(mail::Column::State.is_in([MailState::Refused, MailState::Unconfirmed]))
        .filter(mail::Column::NextAt.is_null())
        .limit(who.limit)
        .all(db)
        .await?;
    let late = who.office.now() - TimeDelta::minutes(who.office.limits.mail_late_minutes);
    let late = of()
        .filter(mail::Column::State.eq(MailState::Waiting))
        .filter(mail::Column::CreatedAt.lt(late))
        .limit(1)
        .all(db)
        .await?;
    let task = |kind| {
        move |row: mail::Model| Found {
            kind,
            subject_kind: "Mail",
            subject_id: row.id.0,
            title: row.subject,
            since: row.created_at,
            facts: Facts::default(),
        }
    };
    let stuck = stuck.into_iter().map(task(TaskKind::UndeliveredMail));
    Ok(stuck.chain(late.into_iter().map(task(TaskKind::LateMail))).collect())
}
