//! "Is this account really yours?": compares an address with every published record of the deployment. Whatever is not
//! surely ours is not ours; what could be taken for ours is told with what it imitates.

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, OfficeId, channel,
    channel::{ChannelState, DirectoryRecord},
    office as table,
};
use sea_orm::{Condition, EntityTrait};

use super::{
    Status,
    address::Address,
    changes,
    entries::{self, Listed},
    feeds,
    likeness::{Face, Likeness},
    pasted,
    place::knows_case,
    platforms::{self, Named},
};
use crate::{Office, error::Result, fields::shows_nothing, rows::json_holds};

mod former;

use former::former;

/// What an address is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerificationStatus {
    /// An official channel in use.
    Official,
    /// Ours, at rest.
    Dormant,
    /// Was ours, or the address of one that is elsewhere now; whoever posts there now is not us.
    Retired,
    /// Not ours, and could be taken for ours.
    LooksLike,
    /// A page of a platform that is no account.
    LandingPage,
    /// Not known here.
    Unknown,
}

/// The channel that an address could be taken for.
#[derive(Debug, Clone)]
pub struct Imitated {
    /// What makes it look so.
    pub likeness: Likeness,
    /// The real channel.
    pub channel_id: ChannelId,
    /// Its record.
    pub record: DirectoryRecord,
    /// Name of the office that owns it.
    pub office_name: String,
}

/// The answer to "is this yours?".
#[derive(Debug, Clone)]
pub struct Verification {
    /// What the address is to us.
    pub status: VerificationStatus,
    /// The usual address of what was asked for; null when it is no address, or one of a site of its own.
    pub address: Option<String>,
    /// The platform's name; null when the address is on none that is known.
    pub platform: Option<String>,
    /// Which channel; null unless it is or was ours.
    pub channel_id: Option<ChannelId>,
    /// Its record as it was approved last.
    pub record: Option<DirectoryRecord>,
    /// When that was.
    pub published_at: Option<DateTime<Utc>>,
    /// Since when it has been official.
    pub official_since: Option<DateTime<Utc>>,
    /// Until when it was; null while it is.
    pub official_until: Option<DateTime<Utc>>,
    /// Slug of the office that owns it.
    pub office_slug: Option<String>,
    /// Name of that office.
    pub office_name: Option<String>,
    /// What it could be taken for; null unless it looks like one of ours.
    pub imitated: Option<Imitated>,
}

impl Verification {
    fn new(status: VerificationStatus, named: &Named) -> Self {
        let (address, platform) = match named {
            Named::Account(account) => (account.address(), Some(account.row.name.clone())),
            Named::Landing(platform) => (None, Some((*platform).to_owned())),
            Named::Elsewhere => (None, None),
        };
        Self {
            status,
            address,
            platform,
            channel_id: None,
            record: None,
            published_at: None,
            official_since: None,
            official_until: None,
            office_slug: None,
            office_name: None,
            imitated: None,
        }
    }
}

/// Looks an address up. It may be a URL, one without scheme, a handle such as `@name@host`, or a platform and a name such
/// as `x:name`.
pub async fn verify(office: &Office, url: &str) -> Result<Verification> {
    let text = pasted::meant(url);
    let written = platforms::written_out(text);
    let Some(asked) = Address::read(written.as_deref().unwrap_or(text)) else {
        return hidden(office, text).await;
    };
    let named = platforms::read(&asked);
    let mut words = asked.telling_words();
    if let Named::Account(account) = &named {
        words.push(account.name.clone());
    }
    let holding = words.iter().map(|word| json_holds(channel::Column::Published, word));
    let which = holding.fold(Condition::any(), Condition::add);
    let which = if words.is_empty() { Condition::all() } else { which };
    let rows = entries::listed(office, which).await?;
    let ours = rows.into_iter().filter(|row| is(&asked, &row.published));
    if let Some(row) = ours.min_by_key(|row| status(row.state)) {
        return found(office, row, &named).await;
    }
    if let Some(former) = former(office, &asked, &named, &words).await? {
        return Ok(former);
    }
    if matches!(named, Named::Landing(_)) {
        return Ok(Verification::new(VerificationStatus::LandingPage, &named));
    }
    Ok(not_ours(imitated(office, text, Some(&asked)).await?, &named))
}

fn not_ours(imitated: Option<Imitated>, named: &Named) -> Verification {
    let status = if imitated.is_some() { VerificationStatus::LooksLike } else { VerificationStatus::Unknown };
    Verification { imitated, ..Verification::new(status, named) }
}

/// What cannot be read as an address of ours. Characters that show nothing hide in some of them what the eye takes for it.
async fn hidden(office: &Office, text: &str) -> Result<Verification> {
    let seen: String = text.chars().filter(|c| !shows_nothing(*c)).collect();
    let written = platforms::written_out(&seen);
    let asked = Address::read(written.as_deref().unwrap_or(&seen)).filter(|_| seen != text);
    let named = asked.as_ref().map_or(Named::Elsewhere, platforms::read);
    Ok(not_ours(imitated(office, text, asked.as_ref()).await?, &named))
}

/// The channel in use that an address, or a text that is none, could be taken for most easily.
async fn imitated(office: &Office, text: &str, asked: Option<&Address>) -> Result<Option<Imitated>> {
    let face = asked.and_then(Face::of);
    let rows = entries::listed(office, Condition::all()).await?;
    let alike = rows.into_iter().filter(|row| row.state != ChannelState::Retired).filter_map(|row| {
        let ours = Address::read(&row.published.url)?;
        let looks_ours = asked.is_some_and(|asked| is(asked, &row.published)).then_some(Likeness::SameLook);
        let likeness = face.as_ref().zip(Face::of(&ours)).and_then(|(face, ours)| face.likeness(&ours));
        let elsewhere = asked.is_none_or(|asked| asked.host != ours.host);
        let inside = || (elsewhere && pasted::holds(text, &ours)).then_some(Likeness::AddressInside);
        Some((looks_ours.or(likeness).or_else(inside)?, row))
    });
    let Some((likeness, row)) = alike.min_by_key(|(likeness, row)| (*likeness, row.id)) else {
        return Ok(None);
    };
    let office_name = owner(office, row.office_id).await?.map(|owner| owner.name).unwrap_or_default();
    Ok(Some(Imitated { likeness, channel_id: row.id, record: row.published, office_name }))
}

async fn owner(office: &Office, id: OfficeId) -> Result<Option<table::Model>> {
    Ok(table::Entity::find_by_id(id).one(office.db.read()).await?)
}

async fn found(office: &Office, row: Listed, named: &Named) -> Result<Verification> {
    let owner = owner(office, row.office_id).await?;
    let spans = changes::spans(office.db.read(), &[row.office_id], Some(row.id), None).await?;
    let span = spans.get(&row.id).copied().unwrap_or_default();
    Ok(Verification {
        channel_id: Some(row.id),
        record: Some(row.published),
        published_at: row.published_at,
        official_since: span.since,
        official_until: span.until,
        office_slug: owner.as_ref().map(|owner| owner.slug.clone()),
        office_name: owner.map(|owner| owner.name),
        ..Verification::new(status(row.state), named)
    })
}

fn status(state: ChannelState) -> VerificationStatus {
    match Status::of(state) {
        Some(Status::Active) => VerificationStatus::Official,
        Some(Status::Dormant) => VerificationStatus::Dormant,
        Some(Status::Retired) => VerificationStatus::Retired,
        None => VerificationStatus::Unknown,
    }
}

/// Whether the asked address is the record's, or the one of its feed. Handles on social platforms know no case; paths of web
/// sites do.
fn is(asked: &Address, record: &DirectoryRecord) -> bool {
    let Some(ours) = Address::read(&record.url) else { return false };
    let account = platforms::read(&ours);
    let folds = !knows_case(record.platform);
    let mut feeds = feeds::every(record).into_iter().filter_map(|feed| Address::read(&feed));
    ours.covers(asked, folds)
        || (matches!(account, Named::Account(_)) && account == platforms::read(asked))
        || feeds.any(|feed| feed.covers(asked, folds))
}

#[cfg(test)]
mod tests;
