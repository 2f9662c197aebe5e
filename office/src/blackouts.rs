//! Blackouts: days, hours of the day, or both, in which nothing goes out on a channel or in the whole office. One that is
//! committed before a send began stops it, as a pause does, and by the same lock. What falls into one is held until it is
//! over. When it is quiet is `calendar`'s; who is told is `posts`'.

use chrono::NaiveDate;
use entity::{BlackoutId, ChannelId, MemberId, PostId, blackout, channel, pause::ExemptPosts, post};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    change::Change,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    paging::{Direction, OrderBy, Page, PageRequest, page},
    pauses,
    policy::{self, Permit, op},
    read,
    rows::{locked, referenced},
    slots, stewards,
};

mod standing;

pub(crate) use standing::{Reaching, standing};
use standing::{STANDING_AT_MOST, quiet_of};
pub use standing::{Standing, is_quiet};

/// Posts that one blackout lets out, at most.
const EXEMPT_AT_MOST: usize = 500;

/// A new blackout.
#[derive(Debug, Clone, Serialize)]
pub struct AddBlackout {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The channel; none: every channel of the office.
    pub channel_id: Option<ChannelId>,
    /// The first and the last day; none: every day.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Whether the days come again each year.
    pub yearly: bool,
    /// `HH:MM` from and to; none: whole days.
    pub hours: Option<(String, String)>,
    /// IANA zone; none: the office's.
    pub time_zone: Option<String>,
    /// Why.
    pub reason: String,
    /// Posts that may leave all the same.
    pub exempt: Vec<PostId>,
}

/// Declares a blackout.
pub async fn add(
    office: &Office,
    permit: &Permit<op::AddBlackout>,
    input: AddBlackout,
) -> Result<blackout::Model> {
    let call = Call::new::<op::AddBlackout>(input.client_key.as_deref(), &input)?;
    let reason = fields::paragraph(&office.limits, "reason", &input.reason)?;
    fields::at_most(office.limits.list_items, "exempt", input.exempt.len())?;
    let Some(member) = permit.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can declare a blackout".to_owned()));
    };
    let mut change = office.begin(permit.requester()).await?;
    // First of all: writing any row of the office locks it too, together with others.
    pauses::lock_for_pause(change.tx(), change.office_id()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<blackout::Entity>(change.tx(), permit.office_id(), id).await;
    }
    if let Some(id) = input.channel_id {
        referenced(read::one::<channel::Entity>(change.tx(), change.office_id(), id).await, "channelId")?;
    }
    responsible(&change, input.channel_id).await?;
    posts_exist(&change, "exempt", &input.exempt).await?;
    room(&change).await?;
    let row = row(&change, input, reason, member).await?;
    quiet_of(&row)?;
    let row = blackout::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    note(&mut change, "addBlackout", &row);
    call.remember(&change, row.id.0).await?;
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

async fn row(
    change: &Change<'_>,
    input: AddBlackout,
    reason: String,
    created_by: MemberId,
) -> Result<blackout::Model> {
    let (starts_on, ends_on) = input.days.unzip();
    let (from_time, to_time) = input.hours.unzip();
    Ok(blackout::Model {
        id: change.id(),
        office_id: change.office_id(),
        channel_id: input.channel_id,
        starts_on,
        ends_on,
        yearly: input.yearly,
        from_time: from_time.map(|time| time.trim().to_owned()),
        to_time: to_time.map(|time| time.trim().to_owned()),
        time_zone: slots::zone(change, input.time_zone).await?,
        reason,
        exempt: ExemptPosts(input.exempt),
        created_by,
        removed_at: None,
        removed_by: None,
        created_at: change.now,
    })
}

/// A coordinator; for one channel its stewards too.
async fn responsible(change: &Change<'_>, channel_id: Option<ChannelId>) -> Result<()> {
    match channel_id {
        Some(id) => stewards::require(change, id).await,
        None if policy::coordinates(change.requester()) => Ok(()),
        None => refuse(
            RefusalCode::NotResponsible,
            "channelId",
            "only a coordinator may do this for the whole office; a steward may for their channel",
        ),
    }
}

async fn posts_exist(change: &Change<'_>, field: &str, ids: &[PostId]) -> Result<()> {
    let wanted: Vec<_> = ids.iter().map(|id| id.0).collect();
    let found = read::many::<post::Entity>(change.tx(), change.office_id(), &wanted).await?;
    match ids.iter().position(|id| !found.iter().any(|post| post.id == *id)) {
        None => Ok(()),
        Some(at) => {
            let field = format!("{field}.{at}");
            refuse(RefusalCode::NotFound, &field, "there is no such post in this office")
        }
    }
}

async fn room(change: &Change<'_>) -> Result<()> {
    let stand = standing(change.tx(), &[change.office_id()], change.now).await?.len();
    if stand < usize::try_from(STANDING_AT_MOST).unwrap_or(usize::MAX) {
        return Ok(());
    }
    let message = format!("{STANDING_AT_MOST} blackouts stand already: remove some first");
    refuse(RefusalCode::TooLong, "", message)
}

fn note(change: &mut Change<'_>, action: &'static str, row: &blackout::Model) {
    let detail = json!({ "channel": row.channel_id, "startsOn": row.starts_on, "endsOn": row.ends_on,
        "from": row.from_time, "to": row.to_time, "exempt": row.exempt.0.len() });
    change.note(action, "Blackout", row.id.0, detail);
}

/// Takes a blackout away. What it held is released, unless it has become too late.
pub async fn remove(
    office: &Office,
    permit: &Permit<op::RemoveBlackout>,
    id: BlackoutId,
) -> Result<blackout::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = current(&change, id).await?;
    let (now, by) = (change.now, permit.requester().member_id());
    let mut edit = blackout::ActiveModel::from(row);
    edit.removed_at = Set(Some(now));
    edit.removed_by = Set(by);
    let row = edit.update(change.tx()).await?;
    note(&mut change, "removeBlackout", &row);
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Lets posts leave in spite of a blackout. Saying it twice changes nothing.
pub async fn exempt(
    office: &Office,
    permit: &Permit<op::ExemptFromBlackout>,
    id: BlackoutId,
    posts: &[PostId],
) -> Result<blackout::Model> {
    fields::at_most(office.limits.list_items, "postIds", posts.len())?;
    let mut change = office.begin(permit.requester()).await?;
    let row = current(&change, id).await?;
    posts_exist(&change, "postIds", posts).await?;
    let mut exempt = row.exempt.clone();
    exempt.0.extend_from_slice(posts);
    exempt.0.sort_unstable();
    exempt.0.dedup();
    fields::at_most(EXEMPT_AT_MOST, "postIds", exempt.0.len())?;
    let mut edit = blackout::ActiveModel::from(row);
    edit.exempt = Set(exempt);
    let row = edit.update(change.tx()).await?;
    note(&mut change, "exemptFromBlackout", &row);
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// The blackout, if it still stands and the requester answers for it.
async fn current(change: &Change<'_>, id: BlackoutId) -> Result<blackout::Model> {
    let row = locked::<blackout::Entity>(change, id).await?;
    responsible(change, row.channel_id).await?;
    if row.removed_at.is_some() {
        return refuse(RefusalCode::IllegalState, "blackoutId", "this blackout was removed already");
    }
    Ok(row)
}

/// A page of blackouts, newest first; those that were removed only when they are asked for.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Blackouts>,
    with_removed: bool,
    request: &PageRequest,
) -> Result<Page<blackout::Model>> {
    let mut select = blackout::Entity::find().filter(blackout::Column::OfficeId.eq(permit.office_id()));
    if !with_removed {
        select = select.filter(Expr::cust("removed_at IS NULL"));
    }
    let order = OrderBy {
        column: blackout::Column::CreatedAt,
        id: blackout::Column::Id,
        direction: Direction::Descending,
    };
    page(office.db.read(), select, order, request).await
}
