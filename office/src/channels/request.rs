//! Asking for a new channel, and the coordinator's answer.

use std::collections::BTreeSet;

use entity::{
    ChannelId, InitiativeId, channel,
    channel::{ChannelState, Connection, CredentialState, Platform},
};
use sea_orm::ActiveModelTrait;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{MatchChannels, address, life::not_ending, matching, save};
use crate::{
    Limits, Office,
    change::Change,
    client_keys::Call,
    directory,
    error::{RefusalCode, Result, refuse},
    fields, initiatives,
    lifecycle::{ChannelEvent, Lifecycle as _},
    policy::{Permit, op},
    read,
    rows::{locked, taken},
};

/// What is said when another channel has the handle, in any state but declined and retired.
pub(super) const HANDLE_TAKEN: &str = "the office has a record of this handle on this platform already";

/// A wish for a new channel.
#[derive(Debug, Clone, Serialize)]
pub struct RequestChannel {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The initiative that it would serve alone; none: the whole office.
    pub initiative_id: Option<InitiativeId>,
    /// Where.
    pub platform: Platform,
    /// Account name; a leading `@` is dropped.
    pub handle: String,
    /// Public address.
    pub url: String,
    /// Name as the public would see it.
    pub display_name: String,
    /// What it is for.
    pub purpose: String,
    /// Whom it reaches.
    pub audience: String,
    /// BCP 47 tag.
    pub language: String,
    /// The line of its bio that says who runs it.
    pub bio_line: String,
    /// When somebody reads what comes in.
    pub monitored_hours: String,
    /// Where the public reaches whoever runs it: an e-mail or web address.
    pub contact: Option<String>,
    /// Put at the end of each post.
    pub signature: Option<String>,
    /// Why no existing channel serves.
    pub justification: String,
    /// The existing channels that were considered: at least all that [`super::matches`] shows.
    pub considered: Vec<ChannelId>,
}

/// Asks for a new channel; it waits for the coordinator. Refused while existing ones that might serve have not been
/// considered.
pub async fn request(
    office: &Office,
    permit: &Permit<op::RequestChannel>,
    input: RequestChannel,
) -> Result<channel::Model> {
    let call = Call::new::<op::RequestChannel>(input.client_key.as_deref(), &input)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<channel::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let row = new_row(&office.limits, &change, &input)?;
    if let Some(id) = input.initiative_id {
        let initiative = initiatives::named(change.tx(), change.office_id(), id).await?;
        initiatives::takes_more(&initiative, "initiativeId")?;
    }
    all_considered(&change, &input).await?;
    let written = channel::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "handle", HANDLE_TAKEN)?;
    address::free(&change, &row).await?;
    let detail = json!({
        "state": row.state,
        "platform": row.platform,
        "initiative": row.initiative_id,
        "considered": input.considered,
    });
    change.note("requestChannel", "Channel", row.id.0, detail);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

pub(super) fn new_row(
    limits: &Limits,
    change: &Change<'_>,
    input: &RequestChannel,
) -> Result<channel::Model> {
    let Some(requested_by) = change.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can request a channel");
    };
    fields::at_most(limits.list_items, "considered", input.considered.len())?;
    Ok(channel::Model {
        id: change.id(),
        office_id: change.office_id(),
        initiative_id: input.initiative_id,
        platform: input.platform,
        handle: handle(limits, &input.handle)?,
        url: fields::web_address(limits, "url", &input.url)?,
        display_name: fields::line(limits, "displayName", &input.display_name)?,
        purpose: fields::paragraph(limits, "purpose", &input.purpose)?,
        audience: fields::paragraph(limits, "audience", &input.audience)?,
        language: fields::language("language", &input.language)?,
        bio_line: fields::paragraph(limits, "bioLine", &input.bio_line)?,
        monitored_hours: fields::paragraph(limits, "monitoredHours", &input.monitored_hours)?,
        contact: fields::optional_contact(limits, "contact", input.contact.as_deref())?,
        signature: fields::optional_line(limits, "signature", input.signature.as_deref())?,
        justification: fields::paragraph(limits, "justification", &input.justification)?,
        state: ChannelState::START,
        requested_by,
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        settings: Connection::default(),
        credential_sealed: None,
        credential_state: CredentialState::Missing,
        credential_checked_at: None,
        credential_expires_at: None,
        authorization_id: None,
        credential_app_id: None,
        credential_scopes: None,
        refresh_sealed: None,
        refresh_at: None,
        refresh_lease_until: None,
        refresh_fence: 0,
        refresh_failures: 0,
        refresh_cause: None,
        refreshed_at: None,
        profile: None,
        profile_due_at: None,
        profile_cause: None,
        reads_back: false,
        published: None,
        published_at: None,
        record_pending: false,
        review_due_on: None,
        review_verdict: None,
        public_page: None,
        credential_keeper_id: None,
        last_post_id: None,
        version: 1,
        created_at: change.now,
        updated_at: change.now,
    })
}

pub(super) fn handle(limits: &Limits, value: &str) -> Result<String> {
    let value = value.trim();
    let handle = fields::line(limits, "handle", value.strip_prefix('@').unwrap_or(value))?;
    if handle.contains(char::is_whitespace) {
        return refuse(RefusalCode::Invalid, "handle", "a handle has no spaces");
    }
    Ok(handle)
}

async fn all_considered(change: &Change<'_>, input: &RequestChannel) -> Result<()> {
    let weighed: BTreeSet<Uuid> = input.considered.iter().map(|id| id.0).collect();
    let weighed = Vec::from_iter(weighed);
    let known = read::many::<channel::Entity>(change.tx(), change.office_id(), &weighed).await?;
    if known.len() < weighed.len() {
        let message = "there is no such channel in this office";
        return refuse(RefusalCode::NotFound, "considered", message);
    }
    let wish = MatchChannels {
        platform: Some(input.platform),
        url: Some(input.url.clone()),
        audience: input.audience.clone(),
    };
    let found = matching::among(change.tx(), change.office_id(), &wish).await?;
    let open: Vec<_> = found.iter().filter(|one| !input.considered.contains(&one.channel.id)).collect();
    if open.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = open
        .iter()
        .map(|one| {
            let on = directory::platform_name(one.channel.platform, &one.channel.url);
            format!("{} ({on})", one.channel.handle)
        })
        .collect();
    let message = format!(
        "the office has channels that might serve: {}; name each in `considered` and say in `justification` why it does not",
        names.join(", ")
    );
    refuse(RefusalCode::ExistingChannelServes, "considered", message)
}

/// The coordinator sees the need: it may be set up.
pub async fn approve(
    office: &Office,
    permit: &Permit<op::ApproveChannel>,
    id: ChannelId,
    comment: Option<String>,
) -> Result<channel::Model> {
    let comment = fields::optional_paragraph(&office.limits, "comment", comment.as_deref())?;
    let mut change = office.begin(permit.requester()).await?;
    let row = decide(&change, id, ChannelEvent::Approve, comment).await?;
    change.note("approveChannel", "Channel", row.id.0, json!({ "state": row.state }));
    change.commit().await?;
    Ok(row)
}

/// The coordinator gives a reason against it.
pub async fn decline(
    office: &Office,
    permit: &Permit<op::DeclineChannel>,
    id: ChannelId,
    reason: String,
) -> Result<channel::Model> {
    let reason = fields::paragraph(&office.limits, "reason", &reason)?;
    let mut change = office.begin(permit.requester()).await?;
    let row = decide(&change, id, ChannelEvent::Decline, Some(reason)).await?;
    change.note("declineChannel", "Channel", row.id.0, json!({ "state": row.state }));
    change.commit().await?;
    Ok(row)
}

async fn decide(
    change: &Change<'_>,
    id: ChannelId,
    event: ChannelEvent,
    reason: Option<String>,
) -> Result<channel::Model> {
    let before = locked::<channel::Entity>(change, id).await?;
    let mut after = before.clone();
    after.state = before.state.next(event)?;
    if after.state == ChannelState::Approved {
        not_ending(change, &before).await?;
    }
    after.decided_by = change.requester().member_id();
    after.decided_at = Some(change.now);
    after.decision_reason = reason;
    Ok(save(change, &before, after).await?)
}
