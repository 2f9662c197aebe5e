//! The duty to blog: whoever manages an initiative writes about it on the office's blog, so often. Setting and ending it is
//! here; when the next post is due is `due` (pure), what was posted is `standing`. Who is reminded is not known here.

use chrono::{NaiveDate, TimeDelta};
use entity::{
    ChannelId, InitiativeId, MemberId, blogging_duty,
    blogging_duty::CadenceUnit,
    channel,
    channel::{ChannelState, Platform},
    initiative,
    initiative::InitiativeState,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::{
    Limits, Office, calendar,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields, offices,
    policy::{self, Permit, op},
    read,
    rows::{locked, referenced},
};

mod due;
mod standing;

pub use due::{BloggingStanding, Told};
pub(crate) use standing::standing_of;
pub use standing::{Overdue, Standing, of_initiatives, overdue};

/// Days ahead that a duty may begin.
const AHEAD_DAYS: i64 = 366;

/// How often an initiative blogs, and where.
#[derive(Debug, Clone)]
pub struct SetBloggingDuty {
    /// Whose duty.
    pub initiative_id: InitiativeId,
    /// One of the office's blogs.
    pub channel_id: ChannelId,
    /// Every so many of these; none: as the settings propose.
    pub every: Option<(i32, CadenceUnit)>,
    /// From which day; none: today, in the office's zone.
    pub starts_on: Option<NaiveDate>,
    /// Days overdue after which the coordinators are told too; none: as the settings propose.
    pub grace_days: Option<i32>,
}

/// Sets the duty of an active initiative in place of the one that stands. The same again changes nothing.
pub async fn set(
    office: &Office,
    permit: &Permit<op::SetBloggingDuty>,
    input: SetBloggingDuty,
) -> Result<blogging_duty::Model> {
    let Some(member) = permit.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can set a duty to blog");
    };
    let mut change = office.begin(permit.requester()).await?;
    let named = referenced(locked::<initiative::Entity>(&change, input.initiative_id).await, "initiativeId")?;
    policy::manages(change.requester(), named.manager_id)?;
    if named.state != InitiativeState::Active {
        let message = if named.state.ends() {
            "this initiative is declined, closing or over: it has no duty to blog any more"
        } else {
            "only an active initiative has a duty to blog: the coordinator acknowledges it first"
        };
        return refuse(RefusalCode::IllegalState, "initiativeId", message);
    }
    blog(&change, input.channel_id).await?;
    let row = row(&office.limits, &change, &input, member).await?;
    let former = standing_duty(change.tx(), &change, input.initiative_id).await?;
    if let Some(former) = former {
        let restated = input.starts_on.is_none_or(|day| day == former.starts_on);
        let terms = |row: &blogging_duty::Model| (row.channel_id, row.every, row.unit, row.grace_days);
        if restated && terms(&former) == terms(&row) {
            return Ok(former);
        }
        end_row(&change, former, Some(member), None).await?;
    }
    let row = blogging_duty::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let detail = json!({
        "duty": row.id, "channel": row.channel_id, "every": row.every, "unit": row.unit, "startsOn": row.starts_on,
        "graceDays": row.grace_days,
    });
    change.note("setBloggingDuty", "Initiative", row.initiative_id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// An active channel of the whole office that is a blog.
async fn blog(change: &Change<'_>, id: ChannelId) -> Result<()> {
    let found =
        referenced(read::one::<channel::Entity>(change.tx(), change.office_id(), id).await, "channelId")?;
    if !matches!(found.platform, Platform::Wordpress | Platform::Feed) || found.initiative_id.is_some() {
        let message = "a duty to blog names one of the office's own blogs: a channel on WORDPRESS or FEED that serves the whole office";
        return refuse(RefusalCode::Invalid, "channelId", message);
    }
    if found.state != ChannelState::Active {
        return refuse(
            RefusalCode::IllegalState,
            "channelId",
            "this channel is not active: nothing goes out there",
        );
    }
    Ok(())
}

async fn row(
    limits: &Limits,
    change: &Change<'_>,
    input: &SetBloggingDuty,
    created_by: MemberId,
) -> Result<blogging_duty::Model> {
    let today = calendar::day(change.now, &offices::zone(change.tx(), change.office_id()).await?)?;
    let starts_on = input.starts_on.unwrap_or(today);
    if starts_on < today || starts_on > today + TimeDelta::days(AHEAD_DAYS) {
        let message = format!("a duty begins today or within {AHEAD_DAYS} days");
        return refuse(RefusalCode::Invalid, "from", message);
    }
    let (every, unit) = input.every.unwrap_or((limits.blogging_every_weeks, CadenceUnit::Weeks));
    let most = match unit {
        CadenceUnit::Days => 366,
        CadenceUnit::Weeks => 52,
        CadenceUnit::Months => 12,
    };
    if !(1..=most).contains(&every) {
        return refuse(RefusalCode::Invalid, "every", format!("write a number from 1 to {most}"));
    }
    let grace_days = input.grace_days.unwrap_or(limits.blogging_grace_days);
    if !(0..=366).contains(&grace_days) {
        return refuse(RefusalCode::Invalid, "graceDays", "write a number of days from 0 to 366");
    }
    Ok(blogging_duty::Model {
        id: change.id(),
        office_id: change.office_id(),
        initiative_id: input.initiative_id,
        channel_id: input.channel_id,
        every,
        unit,
        starts_on,
        grace_days,
        created_by,
        ended_at: None,
        ended_by: None,
        ended_reason: None,
        created_at: change.now,
    })
}

/// Why a duty ended of which nobody said that it should: the initiative needs another.
pub(crate) const CHANNEL_RETIRED: &str = "The channel was retired.";

/// Ends the duties on a blog that is no more: their initiatives need another.
pub(crate) async fn end_on(change: &mut Change<'_>, channel: ChannelId) -> Result<()> {
    let standing = blogging_duty::Entity::find()
        .filter(blogging_duty::Column::OfficeId.eq(change.office_id()))
        .filter(blogging_duty::Column::ChannelId.eq(channel))
        .filter(blogging_duty::Column::EndedAt.is_null());
    for row in standing.all(change.tx()).await? {
        let reason = Some(CHANNEL_RETIRED.to_owned());
        let row = end_row(change, row, change.requester().member_id(), reason).await?;
        let detail = json!({ "duty": row.id, "channelRetired": channel });
        change.note("endBloggingDuty", "Initiative", row.initiative_id.0, detail);
    }
    Ok(())
}

async fn standing_duty(
    db: &impl ConnectionTrait,
    change: &Change<'_>,
    id: InitiativeId,
) -> Result<Option<blogging_duty::Model>> {
    let standing = blogging_duty::Entity::find()
        .filter(blogging_duty::Column::OfficeId.eq(change.office_id()))
        .filter(blogging_duty::Column::InitiativeId.eq(id))
        .filter(blogging_duty::Column::EndedAt.is_null());
    Ok(standing.one(db).await?)
}

async fn end_row(
    change: &Change<'_>,
    row: blogging_duty::Model,
    by: Option<MemberId>,
    reason: Option<String>,
) -> Result<blogging_duty::Model> {
    let mut edit = blogging_duty::ActiveModel::from(row);
    edit.ended_at = Set(Some(change.now));
    edit.ended_by = Set(by);
    edit.ended_reason = Set(reason);
    Ok(edit.update(change.tx()).await?)
}

/// Ends the duty of an initiative: it need not blog, for a reason that is kept. Nobody is asked to set another.
pub async fn end(
    office: &Office,
    permit: &Permit<op::EndBloggingDuty>,
    id: InitiativeId,
    reason: &str,
) -> Result<blogging_duty::Model> {
    let reason = fields::paragraph(&office.limits, "reason", reason)?;
    let mut change = office.begin(permit.requester()).await?;
    referenced(locked::<initiative::Entity>(&change, id).await, "initiativeId")?;
    let Some(row) = standing_duty(change.tx(), &change, id).await? else {
        return refuse(RefusalCode::IllegalState, "initiativeId", "this initiative has no duty to blog");
    };
    let row = end_row(&change, row, permit.requester().member_id(), Some(reason)).await?;
    change.note("endBloggingDuty", "Initiative", id.0, json!({ "duty": row.id }));
    change.commit().await?;
    Ok(row)
}

/// Ends the duty of an initiative that ends, within that change.
pub(crate) async fn end_with(change: &mut Change<'_>, id: InitiativeId) -> Result<()> {
    let Some(row) = standing_duty(change.tx(), change, id).await? else { return Ok(()) };
    let row = end_row(change, row, change.requester().member_id(), None).await?;
    change.note("endBloggingDuty", "Initiative", id.0, json!({ "duty": row.id, "initiativeEnds": true }));
    Ok(())
}
