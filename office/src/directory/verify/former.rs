//! Addresses that a channel had: it was official there until its record was published with another, and whoever is there now
//! is not the office. Reads what was public; knows nothing of records that were never published.

use entity::{directory_change, office as table};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Address, Named, Verification, VerificationStatus, is, owner};
use crate::{Office, directory::changes, error::Result, rows::json_holds};

/// Changes that are looked through, the newest first.
const CHANGES: u64 = 2_000;

/// The channel that was at this address last, if one was; `words` are such that each of its records holds one.
pub(super) async fn former(
    office: &Office,
    asked: &Address,
    named: &Named,
    words: &[String],
) -> Result<Option<Verification>> {
    use directory_change::Column;
    let holding = words.iter().map(|word| json_holds(Column::Record, word));
    let which =
        if words.is_empty() { Condition::all() } else { holding.fold(Condition::any(), Condition::add) };
    let db = office.db.read();
    let rows = directory_change::Entity::find()
        .filter(which)
        .order_by_desc(Column::Sequence)
        .limit(CHANGES)
        .all(db)
        .await?;
    let Some(last) = rows.into_iter().find(|row| is(asked, &row.record)) else { return Ok(None) };
    let next = directory_change::Entity::find()
        .filter(Column::ChannelId.eq(last.channel_id))
        .filter(Column::Sequence.gt(last.sequence))
        .order_by_asc(Column::Sequence)
        .one(db)
        .await?;
    // Nothing was published of it since: it is there still, and only not listed.
    let Some(next) = next else { return Ok(None) };
    let (of, channel) = ([last.office_id], Some(last.channel_id));
    let spans = changes::spans(db, &of, channel, Some(last.sequence)).await?;
    let owner: Option<table::Model> = owner(office, last.office_id).await?;
    Ok(Some(Verification {
        channel_id: Some(last.channel_id),
        published_at: Some(last.at),
        record: Some(last.record),
        official_since: spans.get(&last.channel_id).and_then(|span| span.since),
        official_until: Some(next.at),
        office_slug: owner.as_ref().map(|owner| owner.slug.clone()),
        office_name: owner.map(|owner| owner.name),
        ..Verification::new(VerificationStatus::Retired, named)
    }))
}
