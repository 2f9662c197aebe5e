//! Bringing in the accounts that the office has already, from a sheet: each line is a channel that is asked for and approved
//! in one act by a coordinator, with its stewards. A line stands alone: it is taken whole or refused with the reason, and
//! the others are not touched. What is known already stays as it is, so that a repeat is safe.

use std::collections::HashSet;

use entity::{MemberId, channel, channel::Platform, member};
use sea_orm::{ActiveEnum as _, ActiveModelTrait, ColumnTrait, EntityTrait, Iterable as _, QueryFilter};
use serde_json::json;

use super::{RequestChannel, address, request};
use crate::{
    Office,
    change::Change,
    directory::{self, CalledPlatform, Place},
    error::{OfficeError, Refusal, RefusalCode, Result, refuse},
    fields, initiatives,
    lifecycle::{ChannelEvent, Lifecycle as _},
    policy::{Permit, op},
    sheet::{self, Heading, Imported, ImportedLine, Line},
    stewards,
};

/// The columns, and which a sheet must have.
const COLUMNS: &[Heading] = &[
    ("platform", true),
    ("handle", true),
    ("url", true),
    ("display_name", true),
    ("purpose", true),
    ("audience", true),
    ("language", true),
    ("bio_line", true),
    ("monitored_hours", true),
    ("contact", false),
    ("signature", false),
    ("justification", false),
    ("initiative", false),
    ("stewards", false),
];

/// What is said of a channel that was there before the registry.
const WAS_THERE: &str = "The office had this account before it was registered here.";

/// Brings channels in. `dry_run`: nothing is written, and the rows tell what would be.
pub async fn import(
    office: &Office,
    permit: &Permit<op::ImportChannels>,
    csv: &str,
    dry_run: bool,
) -> Result<Vec<ImportedLine<channel::Model>>> {
    let lines = sheet::read(&office.limits, csv, COLUMNS)?;
    let mut told = Vec::new();
    let (mut seen, mut places) = (HashSet::new(), Vec::new());
    for line in lines {
        let once = (on_platform(&line), line.cell("handle").to_lowercase());
        let outcome = if seen.contains(&once) {
            Imported::Refused(Refusal::new(
                RefusalCode::Taken,
                "handle",
                "an earlier line is of the same account",
            ))
        } else {
            let mut change = office.begin(permit.requester()).await?;
            match one(&mut change, &line, &mut places).await {
                Ok(outcome) => {
                    if !dry_run && matches!(outcome, Imported::Created(_)) {
                        change.commit().await?;
                    }
                    // A line that is refused stands in no other's way.
                    seen.insert(once);
                    outcome
                }
                Err(OfficeError::Refused(refusal)) => Imported::Refused(*refusal),
                Err(fault) => return Err(fault),
            }
        };
        told.push(ImportedLine { line: line.number, name: line.cell("handle").to_owned(), outcome });
    }
    Ok(told)
}

/// What tells platforms apart, in whatever way a line names them.
fn on_platform(line: &Line) -> String {
    platform(line).map_or_else(
        |_unknown| line.cell("platform").to_uppercase(),
        |platform| directory::platform_name(platform, line.cell("url")),
    )
}

async fn one(
    change: &mut Change<'_>,
    line: &Line,
    places: &mut Vec<Place>,
) -> Result<Imported<channel::Model>> {
    let platform = platform(line)?;
    let handle = request::handle(change.limits(), line.cell("handle"))?;
    // What is no address is mended first, though a channel of this name is here: a line below may be of that one.
    fields::web_address(change.limits(), "url", line.cell("url"))?;
    if let Some(known) = known(change, platform, &handle, line.cell("url")).await? {
        return if known.state.is_terminal() { closed() } else { Ok(Imported::Known(known)) };
    }
    let wish = RequestChannel {
        client_key: None,
        initiative_id: match line.given("initiative") {
            Some(name) => Some(initiatives::by_name(change, "initiative", &name).await?),
            None => None,
        },
        platform,
        handle,
        url: line.cell("url").to_owned(),
        display_name: line.cell("display_name").to_owned(),
        purpose: line.cell("purpose").to_owned(),
        audience: line.cell("audience").to_owned(),
        language: line.cell("language").to_owned(),
        bio_line: line.cell("bio_line").to_owned(),
        contact: line.given("contact"),
        monitored_hours: line.cell("monitored_hours").to_owned(),
        signature: line.given("signature"),
        justification: line.given("justification").unwrap_or_else(|| WAS_THERE.to_owned()),
        considered: Vec::new(),
    };
    let mut row = request::new_row(change.limits(), change, &wish)?;
    row.state = row.state.next(ChannelEvent::Approve)?;
    row.decided_by = change.requester().member_id();
    row.decided_at = Some(change.now);
    let place = address::own(&row)?;
    if places.contains(&place) {
        return refuse(RefusalCode::Taken, "url", "an earlier line is of the same account");
    }
    address::free(change, &row).await?;
    let appointed = members(change, line).await?;
    let row = channel::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    for member_id in &appointed {
        stewards::appoint(change, row.id, *member_id, false).await?;
    }
    let detail = json!({ "state": row.state, "platform": row.platform, "initiative": row.initiative_id });
    places.push(place);
    change.note("importChannel", "Channel", row.id.0, detail);
    Ok(Imported::Created(row))
}

fn platform(line: &Line) -> Result<Platform> {
    let word = line.cell("platform");
    let of_word = Platform::iter().find(|platform| platform.to_value().eq_ignore_ascii_case(word));
    if let Some(platform) = of_word {
        return Ok(platform);
    }
    // Sheets name a platform as people do: of one without a word here, the address tells which it is.
    match directory::platform_called(word) {
        Some(CalledPlatform::Known(platform)) => Ok(platform),
        Some(called) if called.has(Platform::Other, line.cell("url")) => Ok(Platform::Other),
        Some(_) => {
            let example = directory::example_of(word).map(|address| format!(", as {address}"));
            let example = example.unwrap_or_default();
            let message =
                format!("this is no address of an account on {word}: give the one of its page{example}");
            refuse(RefusalCode::Invalid, "url", message)
        }
        None => {
            let known = Platform::iter().map(|platform| platform.to_value()).collect::<Vec<_>>().join(", ");
            let message = format!(
                "no platform is called “{word}”; platforms are: {known}, and by its name or host every other"
            );
            refuse(RefusalCode::Invalid, "platform", message)
        }
    }
}

async fn known(
    change: &Change<'_>,
    platform: Platform,
    handle: &str,
    url: &str,
) -> Result<Option<channel::Model>> {
    let found = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(change.office_id()))
        .filter(channel::Column::Platform.eq(platform))
        .filter(channel::Column::Handle.eq(handle))
        .all(change.tx())
        .await?;
    let on = |url: &str| directory::platform_name(platform, url);
    let there = found.into_iter().filter(|row| on(&row.url) == on(url));
    Ok(there.min_by_key(|row| row.state.is_terminal()))
}

/// A sheet from before does not open again what people closed since.
fn closed() -> Result<Imported<channel::Model>> {
    let message =
        "the office closed or declined this channel: where it is wanted again, ask for it (requestChannel)";
    refuse(RefusalCode::IllegalState, "handle", message)
}

/// The active members whose addresses stand in the line.
async fn members(change: &Change<'_>, line: &Line) -> Result<Vec<MemberId>> {
    let mut found = Vec::new();
    for email in line.list("stewards") {
        match active_member(change, &email).await? {
            Some(row) if found.contains(&row.id) => {}
            Some(row) if !row.is_at_work() => {
                let message = format!("{email} only administers: name somebody who works with the channel");
                return refuse(RefusalCode::Invalid, "stewards", message);
            }
            Some(row) => found.push(row.id),
            None => {
                let message = format!(
                    "no active member of this office has the address {email}: bring the members in first"
                );
                return refuse(RefusalCode::NotFound, "stewards", message);
            }
        }
    }
    Ok(found)
}

async fn active_member(change: &Change<'_>, email: &str) -> Result<Option<member::Model>> {
    let found = member::Entity::find()
        .filter(member::Column::OfficeId.eq(change.office_id()))
        .filter(member::Column::Email.eq(email.to_lowercase()))
        .filter(member::Column::State.eq(member::MemberState::Active));
    Ok(found.one(change.tx()).await?)
}
