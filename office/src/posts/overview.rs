//! The calendar: what is due in a stretch of days, across initiatives and channels. Only reads.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, post};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Office,
    error::{RefusalCode, Result, refuse},
    policy::{Permit, op},
};

/// Days that one calendar shows, at most.
pub const CALENDAR_DAYS: i64 = 62;
/// Posts that one calendar shows, at most.
pub const CALENDAR_POSTS: usize = 1_000;

/// The posts due from `from` until before `to`, earliest first, on these channels or, when none is named, on all.
pub async fn calendar(
    office: &Office,
    permit: &Permit<op::Calendar>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    channels: &[ChannelId],
) -> Result<Vec<post::Model>> {
    if to <= from || to - from > TimeDelta::days(CALENDAR_DAYS) {
        return refuse(
            RefusalCode::Invalid,
            "to",
            format!("`to` must be after `from`, by {CALENDAR_DAYS} days at most"),
        );
    }
    let mut select = post::Entity::find()
        .filter(post::Column::OfficeId.eq(permit.office_id()))
        .filter(post::Column::DueAt.gte(from))
        .filter(post::Column::DueAt.lt(to));
    if !channels.is_empty() {
        select = select.filter(post::Column::ChannelId.is_in(channels.iter().copied()));
    }
    let select = select.order_by_asc(post::Column::DueAt).order_by_asc(post::Column::Id);
    let limit = u64::try_from(CALENDAR_POSTS).unwrap_or(u64::MAX).saturating_add(1);
    let posts = select.limit(limit).all(office.db.read()).await?;
    if posts.len() > CALENDAR_POSTS {
        let message =
            format!("more than {CALENDAR_POSTS} posts are due then: ask for fewer days or channels");
        return refuse(RefusalCode::Invalid, "to", message);
    }
    Ok(posts)
}
