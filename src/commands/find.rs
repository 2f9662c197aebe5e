//! What an argument means: a channel by its handle, an initiative by its name, a time in the office's zone.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use office::entity::{ChannelId, InitiativeId, OfficeId, channel, office as office_row};
use office::{
    Office, Requester, calendar, channels,
    directory::{self, CalledPlatform},
    initiatives::{self, InitiativeFilter, InitiativeOrder},
    offices,
    paging::{Direction, PageRequest},
    read,
};

/// Rows that are looked at for a name.
const PAGE: u64 = 200;

/// A channel by its handle, by `PLATFORM/HANDLE` or by its id.
pub(super) async fn channel(office: &Office, who: &Requester, word: &str) -> anyhow::Result<ChannelId> {
    if let Ok(id) = word.parse() {
        return Ok(ChannelId(id));
    }
    let of_platform = word.split_once('/').and_then(|(platform, handle)| Some((called(platform)?, handle)));
    let (platform, handle) = of_platform.map_or((None, word), |(platform, handle)| (Some(platform), handle));
    let filter =
        channels::ChannelFilter { search: Some(handle.to_owned()), ..channels::ChannelFilter::default() };
    let (order, direction) = (channels::ChannelOrder::Handle, Direction::Ascending);
    let page =
        channels::list(office, &who.permit()?, &filter, order, direction, &PageRequest::first(PAGE)).await?;
    let mut found = page.items.into_iter().filter(|row| {
        row.handle.eq_ignore_ascii_case(handle)
            && platform.as_ref().is_none_or(|platform| platform.has(row.platform, &row.url))
    });
    let first = found.next().with_context(|| format!("no channel `{word}` in this office"))?;
    if let Some(second) = found.next() {
        let named = [&first, &second].map(named);
        bail!("several channels are called `{word}`: write {}", named.join(" or "));
    }
    Ok(first.id)
}

fn called(word: &str) -> Option<CalledPlatform> {
    let of_word = serde_json::from_value(serde_json::Value::String(word.to_uppercase()));
    of_word
        .map_or_else(|_no_word| directory::platform_called(word), |known| Some(CalledPlatform::Known(known)))
}

/// An initiative by its name or its id.
pub(super) async fn initiative(office: &Office, who: &Requester, word: &str) -> anyhow::Result<InitiativeId> {
    if let Ok(id) = word.parse() {
        return Ok(InitiativeId(id));
    }
    let filter = InitiativeFilter { search: Some(word.to_owned()), ..InitiativeFilter::default() };
    let (order, direction) = (InitiativeOrder::Name, Direction::Ascending);
    let page =
        initiatives::list(office, &who.permit()?, &filter, order, direction, &PageRequest::first(PAGE))
            .await?;
    let mut found = page.items.into_iter().filter(|row| row.name.eq_ignore_ascii_case(word.trim()));
    let first = found.next().with_context(|| format!("no initiative `{word}` in this office"))?;
    if let Some(second) = found.next() {
        bail!("several initiatives are called `{word}`: write {} or {}", first.id, second.id);
    }
    Ok(first.id)
}

/// An instant, or a local time in the office's zone.
pub(super) async fn time(office: &Office, who: &Requester, word: &str) -> anyhow::Result<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(word) {
        return Ok(instant.to_utc());
    }
    let zone = own(office, who).await?.time_zone;
    let local = calendar::resolve("time", word, &zone);
    let local = local.map_err(|_form| {
        anyhow::anyhow!("`{word}` is no time: write 2027-03-01T09:00 or 2027-03-01T17:00Z")
    })?;
    Ok(local.instant)
}

/// The same of a time that may be left out.
pub(super) async fn time_opt(
    office: &Office,
    who: &Requester,
    word: Option<&String>,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    match word {
        Some(word) => Ok(Some(time(office, who, word).await?)),
        None => Ok(None),
    }
}

/// The office itself.
pub(super) async fn own(office: &Office, who: &Requester) -> anyhow::Result<office_row::Model> {
    let all = offices::all(office).await?;
    all.into_iter().find(|row| row.id == who.office_id).context("the office is gone")
}

/// Channels as people name them, by their ids.
pub(super) async fn channel_names(
    office: &Office,
    office_id: OfficeId,
    ids: impl IntoIterator<Item = &ChannelId>,
) -> anyhow::Result<HashMap<ChannelId, String>> {
    let ids: Vec<_> = ids.into_iter().map(|id| id.0).collect();
    let rows = read::many::<channel::Entity>(office.db().read(), office_id, &ids).await?;
    Ok(rows.iter().map(|row| (row.id, named(row))).collect())
}

/// A channel's platform, as the API names it; of one that has no word there, its name.
pub(super) fn platform_of(platform: channel::Platform, url: &str) -> String {
    match platform {
        channel::Platform::Other => directory::platform_name(platform, url),
        platform => code(&platform),
    }
}

/// A stored value as the API names it.
pub(super) fn code(value: &impl serde::Serialize) -> String {
    let named = serde_json::to_value(value).ok();
    named.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// An instant, to the second.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// A channel as people name it.
pub(super) fn named(channel: &channel::Model) -> String {
    format!("{}/{}", platform_of(channel.platform, &channel.url), channel.handle)
}
