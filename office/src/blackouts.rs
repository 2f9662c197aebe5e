//! Blackouts: days, hours of the day, or both, in which nothing goes out on a channel or in the whole office. One that is
//! committed before a send began stops it, as a pause does, and by the same lock. What falls into one is held until it is
//! over. When it is quiet is `calendar`'s; who is told is `posts`'.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    BlackoutId, ChannelId, MemberId, OfficeId, PostId, blackout, channel, pause::ExemptPosts, post,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    calendar::quiet::{self, Quiet},
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

/// Blackouts that stand at the same time in one office, at most: the gate reads them all.
const STANDING_AT_MOST: u64 = 200;
/// Posts that one blackout lets out, at most.
const EXEMPT_AT_MOST: usize = 500;
/// A day ends somewhere on earth up to so many days after it ended at UTC.
const ANYWHERE_ON_EARTH: i64 = 2;

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

/// A blackout that stands, ready to be asked.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The row.
    pub row: blackout::Model,
    quiet: Quiet,
}

impl Standing {
    fn of(row: blackout::Model) -> Result<Self> {
        let quiet = quiet_of(&row)?;
        Ok(Self { row, quiet })
    }

    /// Whether it reaches a channel of an office, and the post there if one is named.
    fn reaches(&self, office_id: OfficeId, channel_id: ChannelId, post_id: Option<PostId>) -> bool {
        self.row.office_id == office_id
            && self.row.channel_id.is_none_or(|own| own == channel_id)
            && post_id.is_none_or(|id| !self.row.exempt.0.contains(&id))
    }
}

fn quiet_of(row: &blackout::Model) -> Result<Quiet> {
    let hours = row.from_time.as_deref().zip(row.to_time.as_deref());
    Quiet::new(row.starts_on.zip(row.ends_on), row.yearly, hours, &row.time_zone)
}

/// Whether it is quiet by this blackout at an instant.
pub fn is_quiet(row: &blackout::Model, instant: DateTime<Utc>) -> Result<bool> {
    Ok(row.removed_at.is_none() && quiet_of(row)?.covers(instant))
}

/// The blackouts that reach a post, or whatever else would leave a channel of an office.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reaching<'a> {
    /// Of all that stand, of this office or of several.
    pub(crate) standing: &'a [Standing],
    /// The office.
    pub(crate) office_id: OfficeId,
    /// Its channel.
    pub(crate) channel_id: ChannelId,
    /// The post; none while there is none.
    pub(crate) post_id: Option<PostId>,
}

impl<'a> Reaching<'a> {
    fn all(self) -> impl Iterator<Item = &'a Standing> + Clone {
        self.standing.iter().filter(move |one| one.reaches(self.office_id, self.channel_id, self.post_id))
    }

    /// The one that stops it at an instant; none: nothing does.
    pub(crate) fn stops(self, instant: DateTime<Utc>) -> Option<&'a Standing> {
        self.all().find(|blackout| blackout.quiet.covers(instant))
    }

    /// When nothing stops it any more, from an instant on; none: not soon enough to be said.
    pub(crate) fn free_from(self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        quiet::free_from(&self.all().map(|blackout| &blackout.quiet), instant)
    }
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

/// The blackouts of these offices that nobody removed and that were not over for good at `now`.
pub(crate) async fn standing(
    db: &impl ConnectionTrait,
    offices: &[OfficeId],
    now: DateTime<Utc>,
) -> Result<Vec<Standing>> {
    let over_before = (now - TimeDelta::days(ANYWHERE_ON_EARTH)).date_naive();
    let to_come = Condition::any()
        .add(blackout::Column::EndsOn.is_null())
        .add(blackout::Column::Yearly.eq(true))
        .add(blackout::Column::EndsOn.gte(over_before));
    let most = STANDING_AT_MOST.saturating_mul(u64::try_from(offices.len()).unwrap_or(u64::MAX));
    let rows = blackout::Entity::find()
        .filter(blackout::Column::OfficeId.is_in(offices.iter().copied()))
        .filter(Expr::cust("removed_at IS NULL"))
        .filter(to_come)
        .order_by_asc(blackout::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    rows.into_iter().map(Standing::of).collect()
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
