//! Hand-overs: what is to be done on a channel that somebody leaves. Opened with the leaving, ticked by members, closed with
//! the last tick or the channel's end.

use entity::{
    ChannelHandoverId, ChannelId, MemberId, OfficeId, channel,
    channel::Platform,
    channel_handover,
    channel_handover::{HandoverItem, Item, Items},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Office,
    change::Change,
    error::{RefusalCode, Result, refuse},
    policy::{Permit, op},
    read,
    rows::locked,
    stewards,
};

/// Open hand-overs of one office that are read at a time.
const OPEN_AT_MOST: u64 = 5_000;

/// A tick on a checklist.
#[derive(Debug, Clone, Copy)]
pub struct TickHandover {
    /// Which checklist.
    pub handover_id: ChannelHandoverId,
    /// What is done.
    pub item: HandoverItem,
}

/// As what somebody leaves a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeavesAs {
    /// Its steward; it has enough others.
    Steward,
    /// Its steward; it has too few others.
    NeededSteward,
    /// Only who let Masthead into the account.
    Authorizer,
}

/// What is to be done on a channel. The office's own feed has no account that anybody could enter.
fn checklist(platform: Platform, left_as: LeavesAs) -> Vec<HandoverItem> {
    let mut items = Vec::new();
    if left_as == LeavesAs::NeededSteward {
        items.push(HandoverItem::AddSteward);
    }
    if platform != Platform::Feed {
        items.extend([HandoverItem::ReplaceCredential, HandoverItem::CheckAccessList]);
    }
    if left_as != LeavesAs::Authorizer {
        items.extend([HandoverItem::CheckBio, HandoverItem::PassOnOpenWork]);
    }
    items
}

/// Opens the hand-over of a channel that somebody leaves, as its steward or as who let Masthead into the account. Not of one
/// that is closed, and not twice at a time.
pub(crate) async fn open(
    change: &Change<'_>,
    channel: &channel::Model,
    leaver: MemberId,
    left_as: LeavesAs,
) -> Result<Option<channel_handover::Model>> {
    use entity::channel::ChannelState::{Declined, Retired};
    let items = checklist(channel.platform, left_as);
    if matches!(channel.state, Retired | Declined) || items.is_empty() {
        return Ok(None);
    }
    let standing = channel_handover::Entity::find()
        .filter(channel_handover::Column::ChannelId.eq(channel.id))
        .filter(channel_handover::Column::MemberId.eq(leaver))
        .filter(channel_handover::Column::ClosedAt.is_null());
    if standing.one(change.tx()).await?.is_some() {
        return Ok(None);
    }
    let open = |item: HandoverItem| Item { item, ticked_by: None, ticked_at: None };
    let row = channel_handover::Model {
        id: change.id(),
        office_id: change.office_id(),
        channel_id: channel.id,
        member_id: leaver,
        items: Items(items.into_iter().map(open).collect()),
        opened_at: change.now,
        closed_at: None,
    };
    Ok(Some(channel_handover::ActiveModel::from(row).reset_all().insert(change.tx()).await?))
}

/// Who looks after the channel again hands nothing over: what was open of theirs is done with, whatever was not ticked.
pub(crate) async fn call_off(change: &mut Change<'_>, channel_id: ChannelId, back: MemberId) -> Result<()> {
    let now = change.now;
    let open = channel_handover::Entity::update_many()
        .col_expr(channel_handover::Column::ClosedAt, Expr::value(now))
        .filter(channel_handover::Column::ChannelId.eq(channel_id))
        .filter(channel_handover::Column::MemberId.eq(back))
        .filter(channel_handover::Column::ClosedAt.is_null());
    if open.exec(change.tx()).await?.rows_affected > 0 {
        change.note("callOffHandover", "Channel", channel_id.0, json!({ "member": back }));
    }
    Ok(())
}

/// A steward of the channel or a coordinator says that a thing is done. The last one closes the hand-over.
pub async fn tick(
    office: &Office,
    permit: &Permit<op::TickHandover>,
    input: TickHandover,
) -> Result<channel_handover::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let seen =
        read::one::<channel_handover::Entity>(change.tx(), permit.office_id(), input.handover_id).await?;
    // Every change of a channel's people locks the channel first.
    let channel = locked::<channel::Entity>(&change, seen.channel_id).await?;
    let mut row = locked::<channel_handover::Entity>(&change, input.handover_id).await?;
    stewards::require(&change, channel.id).await?;
    if row.closed_at.is_some() {
        return refuse(RefusalCode::IllegalState, "handoverId", "this hand-over is done");
    }
    let (by, now) = (change.requester().member_id(), change.now);
    let Some(item) = row.items.0.iter_mut().find(|one| one.item == input.item) else {
        return refuse(RefusalCode::Invalid, "item", "this hand-over does not ask for that");
    };
    if item.ticked_at.is_some() {
        return Ok(row);
    }
    if input.item == HandoverItem::AddSteward {
        enough_again(office, &change, channel.id).await?;
    }
    (item.ticked_by, item.ticked_at) = (by, Some(now));
    let done = row.items.0.iter().all(|one| one.ticked_at.is_some());
    let mut edit = channel_handover::ActiveModel::from(row.clone());
    edit.items = Set(row.items);
    edit.closed_at = Set(done.then_some(now));
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "handover": row.id, "item": input.item, "done": done });
    change.note("tickHandover", "Channel", row.channel_id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// A tick is a person's word, but this much can be counted.
async fn enough_again(office: &Office, change: &Change<'_>, id: ChannelId) -> Result<()> {
    let least = office.limits.stewards_at_least;
    let active = stewards::active(change.tx(), change.office_id(), id).await?.len();
    if active >= least {
        return Ok(());
    }
    let message =
        format!("the channel has {active} stewards who are active members, and needs {least}: add one first");
    refuse(RefusalCode::IllegalState, "item", message)
}

/// Nothing is left to be handed over on a channel that ends.
pub(crate) async fn close_all(change: &Change<'_>, id: ChannelId) -> Result<()> {
    channel_handover::Entity::update_many()
        .col_expr(channel_handover::Column::ClosedAt, Expr::value(Some(change.now)))
        .filter(channel_handover::Column::OfficeId.eq(change.office_id()))
        .filter(channel_handover::Column::ChannelId.eq(id))
        .filter(channel_handover::Column::ClosedAt.is_null())
        .exec(change.tx())
        .await?;
    Ok(())
}

/// The hand-overs of these channels that are not done, longest-waiting first.
pub(crate) async fn open_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channels: &[ChannelId],
) -> Result<Vec<channel_handover::Model>> {
    let channels: Vec<Uuid> = channels.iter().map(|id| id.0).collect();
    let rows = channel_handover::Entity::find()
        .filter(channel_handover::Column::OfficeId.eq(office_id))
        .filter(channel_handover::Column::ClosedAt.is_null())
        .filter(read::among(db.get_database_backend(), channel_handover::Column::ChannelId, &channels))
        .order_by_asc(channel_handover::Column::OpenedAt)
        .order_by_asc(channel_handover::Column::Id)
        .limit(OPEN_AT_MOST)
        .all(db)
        .await?;
    Ok(rows)
}
