//! A channel's record: a steward changes the row, the coordinator lets the public see it. Until then the directory
//! shows what was approved last (invariant 9).

use entity::{ChannelId, InitiativeId, channel, channel::ChannelState, directory_change::ChangeKind};
use serde_json::json;

use super::{
    account, address, readiness, record_of,
    request::{HANDLE_TAKEN, handle},
    save,
};
use crate::{
    Actor, Edit, Limits, Office, Requester,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields, initiatives,
    lifecycle::Lifecycle as _,
    policy::{self, Permit, op},
    rows::{locked, same_version, taken},
    stewards,
};

/// An edit of a channel.
#[derive(Debug, Clone, serde::Serialize)]
pub struct UpdateChannel {
    /// Which.
    pub channel_id: ChannelId,
    /// The version that was read.
    pub expected_version: i64,
    /// Handed to the whole office (`Clear`) or to an initiative; only a coordinator does this.
    pub initiative_id: Edit<InitiativeId>,
    /// Another account name.
    pub handle: Option<String>,
    /// Another address.
    pub url: Option<String>,
    /// Another name.
    pub display_name: Option<String>,
    /// Another purpose.
    pub purpose: Option<String>,
    /// Another audience.
    pub audience: Option<String>,
    /// Another language.
    pub language: Option<String>,
    /// Another bio line.
    pub bio_line: Option<String>,
    /// Other hours.
    pub monitored_hours: Option<String>,
    /// Another contact, or none.
    pub contact: Edit<String>,
    /// Another signature, or none.
    pub signature: Edit<String>,
}

/// Changes a channel. The directory goes on showing the record that was approved last.
pub async fn update(
    office: &Office,
    permit: &Permit<op::UpdateChannel>,
    input: UpdateChannel,
) -> Result<channel::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, input.channel_id).await?;
    stewards::require(&change, before.id).await?;
    same_version("channel", input.expected_version, before.version)?;
    if before.state.is_terminal() {
        return refuse(
            RefusalCode::IllegalState,
            "channelId",
            "this channel is closed and cannot be changed",
        );
    }
    let mut after = before.clone();
    hand_over(&change, permit.requester(), &input.initiative_id, &mut after).await?;
    edit(&office.limits, input, &mut after)?;
    after.record_pending = after.published.as_ref().is_some_and(|shown| *shown != record_of(&after));
    readiness::keeps(&before, &after)?;
    let moved = (&before.handle, &before.url) != (&after.handle, &after.url);
    if moved {
        account::try_anew(&mut change, &mut after);
    }
    let written = save(&change, &before, after).await;
    let row = taken(written, "handle", HANDLE_TAKEN)?;
    if moved {
        address::free(&change, &row).await?;
    }
    let detail = json!({
        "version": row.version,
        "recordPending": row.record_pending,
        "initiative": row.initiative_id,
    });
    if before.initiative_id != row.initiative_id {
        // A coordinator did it: this much of the channel is public at once.
        change.tell_public(ChangeKind::Changed, &row);
    }
    change.note("updateChannel", "Channel", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

async fn hand_over(
    change: &Change<'_>,
    requester: &Requester,
    to: &Edit<InitiativeId>,
    row: &mut channel::Model,
) -> Result<()> {
    let to = match to {
        Edit::Keep => return Ok(()),
        Edit::Clear => None,
        Edit::Set(id) => Some(*id),
    };
    if to == row.initiative_id {
        return Ok(());
    }
    if !matches!(&requester.actor, Actor::Member { roles, .. } if policy::is_coordinator(roles)) {
        let message = "only a coordinator hands a channel to the office or to another initiative";
        return refuse(RefusalCode::NotResponsible, "initiativeId", message);
    }
    if let Some(id) = to {
        let initiative = initiatives::named(change.tx(), row.office_id, id).await?;
        initiatives::takes_more(&initiative, "initiativeId")?;
    }
    row.initiative_id = to;
    Ok(())
}

fn edit(limits: &Limits, input: UpdateChannel, row: &mut channel::Model) -> Result<()> {
    if let Some(value) = input.handle {
        row.handle = handle(limits, &value)?;
    }
    if let Some(url) = input.url {
        row.url = fields::web_address(limits, "url", &url)?;
    }
    if let Some(name) = input.display_name {
        row.display_name = fields::line(limits, "displayName", &name)?;
    }
    if let Some(tag) = input.language {
        row.language = fields::language("language", &tag)?;
    }
    let texts = [
        ("purpose", input.purpose, &mut row.purpose),
        ("audience", input.audience, &mut row.audience),
        ("bioLine", input.bio_line, &mut row.bio_line),
        ("monitoredHours", input.monitored_hours, &mut row.monitored_hours),
    ];
    for (field, given, place) in texts {
        if let Some(text) = given {
            *place = fields::paragraph(limits, field, &text)?;
        }
    }
    match input.contact {
        Edit::Keep => {}
        Edit::Clear => row.contact = None,
        Edit::Set(value) => row.contact = fields::optional_contact(limits, "contact", Some(&value))?,
    }
    match input.signature {
        Edit::Keep => {}
        Edit::Clear => row.signature = None,
        Edit::Set(value) => row.signature = fields::optional_line(limits, "signature", Some(&value))?,
    }
    Ok(())
}

/// Lets the public see the record as it is at exactly this version.
pub async fn approve_record(
    office: &Office,
    permit: &Permit<op::ApproveChannelRecord>,
    id: ChannelId,
    expected_version: i64,
) -> Result<channel::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, id).await?;
    same_version("channel", expected_version, before.version)?;
    if !matches!(before.state, ChannelState::Active | ChannelState::Dormant) {
        let message = "only a channel in use has a public record: activate it first";
        return refuse(RefusalCode::IllegalState, "channelId", message);
    }
    if !before.record_pending {
        let message = "the public sees this record already: there is nothing to approve";
        return refuse(RefusalCode::IllegalState, "channelId", message);
    }
    address::free(&change, &before).await?;
    let mut after = before.clone();
    let kind = if account::moves(&before) { ChangeKind::Moved } else { ChangeKind::Changed };
    after.published = Some(record_of(&before));
    after.published_at = Some(change.now);
    after.record_pending = false;
    let row = save(&change, &before, after).await?;
    change.tell_public(kind, &row);
    change.note("approveChannelRecord", "Channel", row.id.0, json!({ "version": row.version }));
    change.commit().await?;
    Ok(row)
}
