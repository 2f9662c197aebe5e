//! Stewards: who answers for a channel. An active channel keeps at least two who are still here.

use std::collections::{BTreeSet, HashMap};

use entity::{ChannelId, MemberId, OfficeId, StewardId, channel, channel::ChannelState, member, steward};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Office,
    change::Change,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    handovers::{self, LeavesAs},
    members,
    policy::{self, Permit, op},
    read,
    rows::{locked, referenced, taken},
};

/// Stewards read at a time.
const STEWARDS_AT_MOST: u64 = 5_000;

/// A new stewardship.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AddSteward {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The channel.
    pub channel_id: ChannelId,
    /// The steward.
    pub member_id: MemberId,
    /// Whether they are the one on duty from now on.
    pub on_duty: bool,
}

/// Makes a member answer for a channel.
pub async fn add(
    office: &Office,
    permit: &Permit<op::AddSteward>,
    input: AddSteward,
) -> Result<steward::Model> {
    let call = Call::new::<op::AddSteward>(input.client_key.as_deref(), &input)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<steward::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let found = referenced(locked::<channel::Entity>(&change, input.channel_id).await, "channelId")?;
    if matches!(found.state, ChannelState::Retired | ChannelState::Declined) {
        return refuse(RefusalCode::IllegalState, "channelId", "this channel is closed: it needs no steward");
    }
    members::at_work(change.tx(), change.office_id(), "memberId", input.member_id).await?;
    if input.on_duty {
        nobody_on_duty(&change, input.channel_id).await?;
    }
    let row = appoint(&mut change, input.channel_id, input.member_id, input.on_duty).await?;
    handovers::call_off(&mut change, input.channel_id, input.member_id).await?;
    call.remember(&change, row.id.0).await?;
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Makes a member answer for a channel within the change that needs it. The member must be one who is still here.
pub(crate) async fn appoint(
    change: &mut Change<'_>,
    channel_id: ChannelId,
    member_id: MemberId,
    on_duty: bool,
) -> Result<steward::Model> {
    let row = steward::Model {
        id: change.id(),
        office_id: change.office_id(),
        channel_id,
        member_id,
        on_duty,
        since: change.now,
        until: None,
    };
    let written = steward::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "memberId", "this member is a steward of the channel already")?;
    note(change, "addSteward", &row);
    Ok(row)
}

fn note(change: &mut Change<'_>, action: &'static str, row: &steward::Model) {
    let detail = json!({ "steward": row.id, "member": row.member_id, "onDuty": row.on_duty });
    change.note(action, "Channel", row.channel_id.0, detail);
}

/// Ends a stewardship, unless that would leave an active channel with too few.
pub async fn remove(
    office: &Office,
    permit: &Permit<op::RemoveSteward>,
    id: StewardId,
) -> Result<steward::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let (row, found) = current_one(&change, id).await?;
    if found.state == ChannelState::Active {
        keeps_enough(office, &change, &row).await?;
    }
    let row = end(&change, row).await?;
    if matches!(found.state, ChannelState::Active | ChannelState::Dormant) {
        hand_over(&change, &found, row.member_id).await?;
    }
    note(&mut change, "removeSteward", &row);
    change.commit().await?;
    Ok(row)
}

/// Ends a stewardship, and the duty with it.
pub(crate) async fn end(change: &Change<'_>, row: steward::Model) -> Result<steward::Model> {
    let mut edit = steward::ActiveModel::from(row);
    edit.until = Set(Some(change.now));
    edit.on_duty = Set(false);
    Ok(edit.update(change.tx()).await?)
}

/// Opens the hand-over of a channel that a steward has left.
pub(crate) async fn hand_over(change: &Change<'_>, row: &channel::Model, leaver: MemberId) -> Result<()> {
    let others = active(change.tx(), row.office_id, row.id).await?;
    let enough = others.iter().filter(|id| **id != leaver).count() >= change.limits().stewards_at_least;
    let left_as = if enough { LeavesAs::Steward } else { LeavesAs::NeededSteward };
    handovers::open(change, row, leaver, left_as).await?;
    Ok(())
}

/// The stewardship and its channel, locked in that order by every change of stewards: the channel first.
async fn current_one(change: &Change<'_>, id: StewardId) -> Result<(steward::Model, channel::Model)> {
    let seen = read::one::<steward::Entity>(change.tx(), change.office_id(), id).await?;
    let found = locked::<channel::Entity>(change, seen.channel_id).await?;
    let row = locked::<steward::Entity>(change, id).await?;
    if row.until.is_some() {
        return refuse(RefusalCode::IllegalState, "stewardId", "this stewardship has ended");
    }
    Ok((row, found))
}

async fn keeps_enough(office: &Office, change: &Change<'_>, leaving: &steward::Model) -> Result<()> {
    let active = active(change.tx(), leaving.office_id, leaving.channel_id).await?;
    let least = office.limits.stewards_at_least;
    // Whoever departed counts no more: taking their name away leaves no fewer.
    if active.contains(&leaving.member_id) && active.len() <= least {
        let message =
            format!("an active channel keeps {least} stewards: add another first, or make it dormant");
        return refuse(RefusalCode::IllegalState, "stewardId", message);
    }
    Ok(())
}

/// Puts a steward on duty in place of whoever was, or off duty.
pub async fn set_duty(
    office: &Office,
    permit: &Permit<op::SetStewardDuty>,
    id: StewardId,
    on_duty: bool,
) -> Result<steward::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let (row, _) = current_one(&change, id).await?;
    require(&change, row.channel_id).await?;
    if on_duty {
        members::at_work(change.tx(), row.office_id, "stewardId", row.member_id).await?;
        nobody_on_duty(&change, row.channel_id).await?;
    }
    let mut edit = steward::ActiveModel::from(row);
    edit.on_duty = Set(on_duty);
    let row = edit.update(change.tx()).await?;
    note(&mut change, "setStewardDuty", &row);
    change.commit().await?;
    Ok(row)
}

async fn nobody_on_duty(change: &Change<'_>, channel_id: ChannelId) -> Result<()> {
    steward::Entity::update_many()
        .col_expr(steward::Column::OnDuty, Expr::value(false))
        .filter(steward::Column::OfficeId.eq(change.office_id()))
        .filter(steward::Column::ChannelId.eq(channel_id))
        .filter(steward::Column::OnDuty.eq(true))
        .exec(change.tx())
        .await?;
    Ok(())
}

/// Refuses whoever is neither a steward of the channel nor a coordinator.
pub(crate) async fn require(change: &Change<'_>, channel_id: ChannelId) -> Result<()> {
    let stewards = active(change.tx(), change.office_id(), channel_id).await?;
    policy::answers_for(change.requester(), &stewards)
}

/// The current stewards of a channel who are here and do more than administer: those who count.
pub(crate) async fn active(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channel_id: ChannelId,
) -> Result<Vec<MemberId>> {
    let rows = current(db, office_id, &[channel_id]).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.member_id.0).collect();
    let members = read::many::<member::Entity>(db, office_id, &ids).await?;
    Ok(members.into_iter().filter(member::Model::is_at_work).map(|row| row.id).collect())
}

/// The same of many channels, in two statements.
pub(crate) async fn active_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channels: &[ChannelId],
) -> Result<HashMap<ChannelId, Vec<MemberId>>> {
    let rows = current(db, office_id, channels).await?;
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.member_id.0).collect();
    let members = read::many::<member::Entity>(db, office_id, &Vec::from_iter(ids)).await?;
    let here: BTreeSet<MemberId> =
        members.into_iter().filter(member::Model::is_at_work).map(|row| row.id).collect();
    let mut found: HashMap<ChannelId, Vec<MemberId>> = HashMap::new();
    for row in rows.into_iter().filter(|row| here.contains(&row.member_id)) {
        found.entry(row.channel_id).or_default().push(row.member_id);
    }
    Ok(found)
}

/// The current stewards of channels, longest-serving first, whether or not they are still active members.
pub async fn current(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channels: &[ChannelId],
) -> Result<Vec<steward::Model>> {
    let channels: Vec<Uuid> = channels.iter().map(|channel| channel.0).collect();
    let rows = steward::Entity::find()
        .filter(steward::Column::OfficeId.eq(office_id))
        .filter(read::among(db.get_database_backend(), steward::Column::ChannelId, &channels))
        .filter(steward::Column::Until.is_null())
        .order_by_asc(steward::Column::Since)
        .order_by_asc(steward::Column::Id)
        .limit(STEWARDS_AT_MOST)
        .all(db)
        .await?;
    Ok(rows)
}
