//! Pauses: nothing leaves within a scope, from a time, for a reason. A pause that is committed before a send began stops
//! it (invariant 7): both lock the office's row, the one alone, the other together with its like.

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, InitiativeId, OfficeId, PostId, channel, initiative, office as office_row, pause,
    pause::{ExemptPosts, PauseScope},
    post,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait,
    ExprTrait as _, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockType},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    change::Change,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    paging::{Direction, OrderBy, Page, PageRequest, page},
    policy::{Permit, op},
    read,
};

mod exempt;
mod resume;

pub use exempt::{ChangeExemptions, change_exemptions};
pub use resume::{ResumeEffect, preview_resume, resume};

/// Pauses that stand at the same time in one office, at most: the gate reads them all.
const STANDING_AT_MOST: u64 = 200;

/// What a pause reaches.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Scope {
    /// Everything of the office.
    Office,
    /// One channel.
    Channel(ChannelId),
    /// One initiative.
    Initiative(InitiativeId),
}

/// A pause to begin.
#[derive(Debug, Clone, Serialize)]
pub struct PausePublishing {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// How far it reaches.
    pub scope: Scope,
    /// Why.
    pub reason: String,
    /// From when; none: now.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when; none: until resumed.
    pub ends_at: Option<DateTime<Utc>>,
    /// Posts that may leave all the same.
    pub exempt: Vec<PostId>,
}

/// Begins a pause.
pub async fn begin(
    office: &Office,
    permit: &Permit<op::PausePublishing>,
    input: PausePublishing,
) -> Result<pause::Model> {
    let call = Call::new::<op::PausePublishing>(input.client_key.as_deref(), &input)?;
    let reason = fields::paragraph(&office.limits, "reason", &input.reason)?;
    fields::at_most(office.limits.list_items, "exempt", input.exempt.len())?;
    let mut change = office.begin(permit.requester()).await?;
    // First of all: writing any row of the office locks it too, together with others.
    lock_for_pause(change.tx(), change.office_id()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<pause::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let starts_at = input.starts_at.unwrap_or(change.now);
    if input.ends_at.is_some_and(|end| end <= starts_at) {
        return refuse(RefusalCode::Invalid, "endsAt", "a pause must end after it starts");
    }
    let (scope, channel_id, initiative_id) = reach(&change, input.scope).await?;
    for id in &input.exempt {
        exists(read::one::<post::Entity>(change.tx(), change.office_id(), *id).await, "exempt", "post")?;
    }
    room(&change).await?;
    let row = pause::Model {
        id: change.id(),
        office_id: change.office_id(),
        scope,
        channel_id,
        initiative_id,
        reason,
        starts_at,
        ends_at: input.ends_at,
        exempt: ExemptPosts(input.exempt),
        paused_by: permit.requester().member_id(),
        resumed_at: None,
        resumed_by: None,
        created_at: change.now,
    };
    let pause = pause::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    change.note(
        "pausePublishing",
        "Pause",
        pause.id.0,
        json!({ "scope": scope, "startsAt": starts_at, "endsAt": input.ends_at }),
    );
    call.remember(&change, pause.id.0).await?;
    change.move_gates();
    change.commit().await?;
    Ok(pause)
}

/// Begins a pause of the whole office that nobody asked for, without an end: of one that was brought in from elsewhere.
pub(crate) async fn pause_all(change: &mut Change<'_>, reason: String) -> Result<pause::Model> {
    let row = pause::Model {
        id: change.id(),
        office_id: change.office_id(),
        scope: PauseScope::Office,
        channel_id: None,
        initiative_id: None,
        reason,
        starts_at: change.now,
        ends_at: None,
        exempt: ExemptPosts(Vec::new()),
        paused_by: None,
        resumed_at: None,
        resumed_by: None,
        created_at: change.now,
    };
    let pause = pause::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let detail = json!({ "scope": pause.scope, "startsAt": pause.starts_at, "endsAt": pause.ends_at });
    change.note("pausePublishing", "Pause", pause.id.0, detail);
    Ok(pause)
}

async fn room(change: &Change<'_>) -> Result<()> {
    let standing = not_lifted(change.tx(), change.office_id(), change.now).await?.len();
    if standing < usize::try_from(STANDING_AT_MOST).unwrap_or(usize::MAX) {
        return Ok(());
    }
    let message = format!("{STANDING_AT_MOST} pauses stand already: resume some first");
    refuse(RefusalCode::TooLong, "", message)
}

pub(crate) async fn reach(
    change: &Change<'_>,
    scope: Scope,
) -> Result<(PauseScope, Option<ChannelId>, Option<InitiativeId>)> {
    Ok(match scope {
        Scope::Office => (PauseScope::Office, None, None),
        Scope::Channel(id) => {
            exists(
                read::one::<channel::Entity>(change.tx(), change.office_id(), id).await,
                "channelId",
                "channel",
            )?;
            (PauseScope::Channel, Some(id), None)
        }
        Scope::Initiative(id) => {
            exists(
                read::one::<initiative::Entity>(change.tx(), change.office_id(), id).await,
                "initiativeId",
                "initiative",
            )?;
            (PauseScope::Initiative, None, Some(id))
        }
    })
}

fn exists<T>(found: Result<T>, field: &str, kind: &str) -> Result<T> {
    match found {
        Err(OfficeError::NotFound(_)) => {
            refuse(RefusalCode::NotFound, field, format!("there is no such {kind} in this office"))
        }
        other => other,
    }
}

/// The pauses of an office that nobody lifted and that had not ended at `now`.
pub(crate) async fn not_lifted(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    now: DateTime<Utc>,
) -> Result<Vec<pause::Model>> {
    let standing = pause::Entity::find()
        .filter(pause::Column::OfficeId.eq(office_id))
        .filter(Expr::cust("resumed_at IS NULL"))
        .filter(pause::Column::EndsAt.is_null().or(pause::Column::EndsAt.gt(now)))
        .order_by_asc(pause::Column::Id)
        .limit(STANDING_AT_MOST);
    Ok(standing.all(db).await?)
}

/// Locks the office's row for a pause, until the transaction ends: no send of the office is judged meanwhile. On `SQLite`
/// the transaction itself excludes. Not FOR UPDATE: that would also stop every insert that refers to the office, audit
/// entries among them.
pub(crate) async fn lock_for_pause(tx: &DatabaseTransaction, office_id: OfficeId) -> Result<()> {
    office_row::Entity::find_by_id(office_id).lock(LockType::NoKeyUpdate).one(tx).await?;
    Ok(())
}

/// Locks the rows of offices for sends, together with other sends and against pauses, until the transaction ends.
pub(crate) async fn lock_for_sending(tx: &DatabaseTransaction, offices: Vec<OfficeId>) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Sqlite {
        return Ok(());
    }
    office_row::Entity::find()
        .select_only()
        .column(office_row::Column::Id)
        .filter(office_row::Column::Id.is_in(offices))
        .order_by_asc(office_row::Column::Id)
        .lock_shared()
        .into_tuple::<OfficeId>()
        .all(tx)
        .await?;
    Ok(())
}

/// A page of pauses, newest first.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Pauses>,
    request: &PageRequest,
) -> Result<Page<pause::Model>> {
    let select = pause::Entity::find().filter(pause::Column::OfficeId.eq(permit.office_id()));
    let order =
        OrderBy { column: pause::Column::CreatedAt, id: pause::Column::Id, direction: Direction::Descending };
    page(office.db.read(), select, order, request).await
}
