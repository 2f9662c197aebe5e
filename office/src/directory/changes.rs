//! The record of what the public saw: written with the change that the public sees, read by whoever keeps a copy. Changes
//! of every office share one order, so that one cursor is enough for a copy of the whole directory.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, DirectoryChangeId, InitiativeId, OfficeId, channel, directory_change,
    directory_change::ChangeKind, directory_head,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use serde::Serialize;
use serde_json::Value;

use super::{Initiative, entries, initiatives_of};
use crate::{
    IdSource, Office,
    error::{Fault, RefusalCode, Result, refuse},
    offices,
    paging::Page,
};

/// What changes that the directory shows beside the records: names of offices and initiatives, and who is on duty. These
/// move the directory's date, and are not told as changes of a channel.
const ALSO_SHOWN: &[&str] = &[
    "updateOffice",
    "updateInitiative",
    "acknowledgeInitiative",
    "addSteward",
    "removeSteward",
    "setStewardDuty",
    "updateMember",
    "departMember",
];

/// Whether what was done under this name may be seen in the directory. Of new stewards only one on duty is.
pub(crate) fn also_shown(action: &str, detail: &Value) -> bool {
    let off_duty = action == "addSteward" && detail["onDuty"] == false;
    ALSO_SHOWN.contains(&action) && !off_duty
}

/// A change that waits for the end of its transaction.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    kind: ChangeKind,
    channel: channel::Model,
}

impl Told {
    /// Of a channel as it is after the change; none for one that the public never saw.
    pub(crate) fn of(kind: ChangeKind, channel: &channel::Model) -> Option<Self> {
        channel.published.as_ref()?;
        Some(Self { kind, channel: channel.clone() })
    }
}

/// Writes what the public sees from now on, and moves the directory's date.
pub(crate) async fn append(
    tx: &DatabaseTransaction,
    ids: &dyn IdSource,
    now: DateTime<Utc>,
    told: Vec<Told>,
) -> Result<()> {
    let head = directory_head::Entity::find_by_id(directory_head::ONLY).lock_exclusive().one(tx).await?;
    let head = head.ok_or_else(|| Fault::Internal("the directory has no head".to_owned()))?;
    let mut sequence = head.sequence;
    for one in told {
        let Some(record) = one.channel.published else { continue };
        sequence += 1;
        let row = directory_change::Model {
            id: DirectoryChangeId(ids.next()),
            office_id: one.channel.office_id,
            sequence,
            at: now,
            channel_id: one.channel.id,
            initiative_id: one.channel.initiative_id,
            kind: one.kind,
            record,
        };
        directory_change::ActiveModel::from(row).reset_all().insert(tx).await?;
    }
    // HTTP counts in seconds: no two changes may share one, or a reader who asks by date would miss the second.
    let next = head.changed_at.map(|at| at + TimeDelta::seconds(1));
    let changed_at = next.map_or(now, |next| next.max(now));
    let mut edit = directory_head::ActiveModel::from(head);
    edit.sequence = Set(sequence);
    edit.changed_at = Set(Some(changed_at));
    edit.update(tx).await?;
    Ok(())
}

/// Where the directory's changes have got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Sequence of the newest change of the deployment; 0 before the first.
    pub sequence: i64,
    /// When anything that the directory shows last changed; null before the first.
    pub changed_at: Option<DateTime<Utc>>,
}

/// Where the directory's changes have got to. Read it before the list: what is added in between is told twice, not lost.
pub async fn head(office: &Office) -> Result<Head> {
    let head = directory_head::Entity::find_by_id(directory_head::ONLY).one(office.db.read()).await?;
    let head = head.ok_or_else(|| Fault::Internal("the directory has no head".to_owned()))?;
    Ok(Head { sequence: head.sequence, changed_at: head.changed_at })
}

/// A change as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectoryChange {
    /// Which change; the same for ever.
    pub id: DirectoryChangeId,
    /// Its place in the order of the whole deployment.
    pub sequence: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: ChangeKind,
    /// Slug of the office.
    pub office_slug: String,
    /// Name of the office.
    pub office_name: String,
    /// Which channel.
    pub channel_id: ChannelId,
    /// The initiative that it served alone; null for a channel of the whole office.
    pub initiative: Option<Initiative>,
    /// The record that was public from then on.
    pub record: channel::DirectoryRecord,
}

/// Which changes, and from where.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChangesWanted<'a> {
    /// Slug of one office; all when left out.
    pub office: Option<&'a str>,
    /// Only later ones than this sequence.
    pub after: Option<i64>,
    /// Only earlier ones than this sequence.
    pub before: Option<i64>,
    /// Take the newest, newest first; else the oldest, oldest first.
    pub newest_first: bool,
    /// How many, at most.
    pub limit: u64,
}

/// A page of changes. A cursor that this directory never gave is refused: who holds one reads the whole list again.
pub async fn changes(office: &Office, wanted: ChangesWanted<'_>) -> Result<Page<DirectoryChange>> {
    let one = match wanted.office {
        Some(slug) => Some(offices::by_slug(office, slug).await?.id),
        None => None,
    };
    let newest = head(office).await?.sequence;
    if wanted.after.is_some_and(|after| !(0..=newest).contains(&after)) {
        let message = "this directory never gave that cursor: read the whole list again";
        return refuse(RefusalCode::Invalid, "since", message);
    }
    let mut select = directory_change::Entity::find();
    if let Some(id) = one {
        select = select.filter(directory_change::Column::OfficeId.eq(id));
    }
    if let Some(after) = wanted.after {
        select = select.filter(directory_change::Column::Sequence.gt(after));
    }
    if let Some(before) = wanted.before {
        select = select.filter(directory_change::Column::Sequence.lt(before));
    }
    let order = if wanted.newest_first { sea_orm::Order::Desc } else { sea_orm::Order::Asc };
    let select = select.order_by(directory_change::Column::Sequence, order).limit(wanted.limit + 1);
    let mut rows = select.all(office.db.read()).await?;
    let has_next = u64::try_from(rows.len()).unwrap_or(u64::MAX) > wanted.limit;
    if has_next {
        rows.pop();
    }
    let has_previous = if wanted.newest_first { wanted.before.is_some() } else { wanted.after.is_some() };
    Ok(Page { items: told(office, rows).await?, has_next, has_previous })
}

async fn told(office: &Office, rows: Vec<directory_change::Model>) -> Result<Vec<DirectoryChange>> {
    let owners = entries::owners(offices::all(office).await?);
    let ids: Vec<InitiativeId> = rows.iter().filter_map(|row| row.initiative_id).collect();
    let initiatives = initiatives_of(office, ids).await?;
    let one = |row: directory_change::Model| {
        let owner = owners.get(&row.office_id)?;
        Some(DirectoryChange {
            id: row.id,
            sequence: row.sequence,
            at: row.at,
            kind: row.kind,
            office_slug: owner.slug.clone(),
            office_name: owner.name.clone(),
            channel_id: row.channel_id,
            initiative: row.initiative_id.and_then(|id| initiatives.get(&id).cloned()),
            record: row.record,
        })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// Since when and until when the accounts of channels were ours: their publication, or the channel's move to them, and its
/// end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) since: Option<DateTime<Utc>>,
    pub(super) until: Option<DateTime<Utc>>,
}

/// The spans of channels, of all in these offices or of one, as they were at this place in the order of changes; none: as
/// they are.
pub(super) async fn spans(
    db: &impl ConnectionTrait,
    offices: &[OfficeId],
    channel_id: Option<ChannelId>,
    until: Option<i64>,
) -> Result<std::collections::HashMap<ChannelId, Span>> {
    let mut select = directory_change::Entity::find()
        .select_only()
        .columns([
            directory_change::Column::ChannelId,
            directory_change::Column::Kind,
            directory_change::Column::At,
        ])
        .filter(directory_change::Column::OfficeId.is_in(offices.iter().copied()))
        .filter(directory_change::Column::Kind.is_in([
            ChangeKind::Published,
            ChangeKind::Moved,
            ChangeKind::Retired,
        ]))
        .order_by_asc(directory_change::Column::Sequence);
    if let Some(sequence) = until {
        select = select.filter(directory_change::Column::Sequence.lte(sequence));
    }
    if let Some(id) = channel_id {
        select = select.filter(directory_change::Column::ChannelId.eq(id));
    }
    let rows: Vec<(ChannelId, ChangeKind, DateTime<Utc>)> = select.into_tuple().all(db).await?;
    let mut spans = std::collections::HashMap::<ChannelId, Span>::new();
    for (id, kind, at) in rows {
        let span = spans.entry(id).or_default();
        if kind == ChangeKind::Retired {
            span.until = Some(at);
        } else {
            span.since = Some(at);
        }
    }
    Ok(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::OPERATIONS;

    #[test]
    fn what_is_also_shown_is_done_by_operations() {
        for action in ALSO_SHOWN {
            assert!(OPERATIONS.iter().any(|operation| operation.name == *action), "{action}");
        }
    }
}
