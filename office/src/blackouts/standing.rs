//! The blackouts that stand: which there are, and whether one of them stops a post.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, OfficeId, PostId, blackout};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::{
    calendar::quiet::{self, Quiet},
    error::Result,
};

/// Blackouts that stand at the same time in one office, at most: the gate reads them all.
pub(super) const STANDING_AT_MOST: u64 = 200;
/// A day ends somewhere on earth up to so many days after it ended at UTC.
const ANYWHERE_ON_EARTH: i64 = 2;

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

/// When it is quiet by a blackout.
pub(super) fn quiet_of(row: &blackout::Model) -> Result<Quiet> {
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
