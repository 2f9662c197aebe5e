//! What a channel needs before it may be in use: pure over its row and the stewards that count. The list that people read
//! and the refusal of an activation are the same.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, OfficeId, channel,
    channel::{ChannelState, CredentialState},
};
use sea_orm::ConnectionTrait;

use super::{account, address, has_connector, ids, needs_credential};
use crate::{
    Limits, Office,
    error::{OfficeError, RefusalCode, Result, refuse},
    stewards,
};

/// One thing that a channel in use needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadinessItem {
    /// Enough stewards who are active members.
    Stewards,
    /// A line in the bio that names who runs it.
    BioLine,
    /// A contact for the public.
    Contact,
    /// The hours at which it is read.
    MonitoredHours,
    /// A credential that works.
    Credential,
    /// An address that is its own account.
    Address,
}

impl ReadinessItem {
    /// As clients see it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stewards => "STEWARDS",
            Self::BioLine => "BIO_LINE",
            Self::Contact => "CONTACT",
            Self::MonitoredHours => "MONITORED_HOURS",
            Self::Credential => "CREDENTIAL",
            Self::Address => "ADDRESS",
        }
    }
}

/// How one of these things stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Which thing.
    pub item: ReadinessItem,
    /// What to do, and by which operation; none: nothing is missing.
    pub missing: Option<Missing>,
    /// How it stands, for people.
    pub message: String,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The operation that puts it right.
    pub act: &'static str,
}

impl Readiness {
    fn done(item: ReadinessItem, message: impl Into<String>) -> Self {
        Self { item, missing: None, message: message.into() }
    }

    fn open(item: ReadinessItem, act: &'static str, message: impl Into<String>) -> Self {
        Self { item, missing: Some(Missing { act }), message: message.into() }
    }
}

/// What activation needs of many channels of one office, in two statements.
pub async fn readiness(
    office: &Office,
    office_id: OfficeId,
    rows: &[channel::Model],
) -> Result<HashMap<ChannelId, Vec<Readiness>>> {
    let active = stewards::active_of(office.db.read(), office_id, &ids(rows)).await?;
    let now = office.now();
    let of = |row: &channel::Model| {
        let count = active.get(&row.id).map_or(0, Vec::len);
        (row.id, judge(&office.limits, row, count, now))
    };
    Ok(rows.iter().map(of).collect())
}

/// Refuses a channel that lacks something, and names all of it.
pub(super) async fn require(
    db: &impl ConnectionTrait,
    limits: &Limits,
    row: &channel::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    let active = stewards::active(db, row.office_id, row.id).await?;
    let judged = judge(limits, row, active.len(), now);
    let open: Vec<String> = judged
        .into_iter()
        .filter(|one| one.missing.is_some())
        .map(|one| format!("{}: {}", one.item.code(), one.message))
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let message = format!("this channel is not ready to be used. {}", open.join("; "));
    refuse(RefusalCode::Incomplete, "channelId", message)
}

/// Refuses to take from the record of a channel in use what it could not have been activated without.
pub(super) fn keeps(before: &channel::Model, after: &channel::Model) -> Result<()> {
    if before.state != ChannelState::Active {
        return Ok(());
    }
    if says_more_than_its_name(before) && !says_more_than_its_name(after) {
        let message = "the bio line of a channel in use says who runs it: write for example “Run by the communications team”";
        return refuse(RefusalCode::Incomplete, "bioLine", message);
    }
    if before.contact.is_some() && after.contact.is_none() {
        let message = "a channel in use has a contact for the public: give another one instead of none";
        return refuse(RefusalCode::Incomplete, "contact", message);
    }
    Ok(())
}

fn judge(limits: &Limits, row: &channel::Model, stewards: usize, now: DateTime<Utc>) -> Vec<Readiness> {
    vec![
        enough_stewards(limits.stewards_at_least, stewards),
        bio_line(row),
        contact(row),
        monitored_hours(row),
        credential(row, now),
        own_address(row),
    ]
}

fn enough_stewards(least: usize, active: usize) -> Readiness {
    let item = ReadinessItem::Stewards;
    if active >= least {
        return Readiness::done(item, format!("it has {active} stewards who are active members"));
    }
    let message = format!("it needs {least} stewards who are active members, and has {active}");
    Readiness::open(item, "addSteward", message)
}

fn bio_line(row: &channel::Model) -> Readiness {
    let item = ReadinessItem::BioLine;
    if !says_more_than_its_name(row) {
        let message =
            "its bio line does not say who runs it: write for example “Run by the communications team”";
        return Readiness::open(item, "updateChannel", message);
    }
    match row.names_operator() {
        Some(true) => Readiness::done(item, "the account's public description shows the bio line"),
        Some(false) => {
            let message = "the account's own description, as the public reads it, does not say who runs it: write the bio line there";
            Readiness::open(item, "testChannel", message)
        }
        None => {
            let message =
                "the bio line says who runs it; nobody could read the account's own description yet";
            Readiness::done(item, message)
        }
    }
}

/// A line that only repeats the account's name tells nobody who is behind it.
fn says_more_than_its_name(row: &channel::Model) -> bool {
    let own: BTreeSet<String> = words(&row.display_name).chain(words(&row.handle)).collect();
    words(&row.bio_line).filter(|word| !own.contains(word)).count() >= 2
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

fn contact(row: &channel::Model) -> Readiness {
    let item = ReadinessItem::Contact;
    if row.contact.is_some() {
        return Readiness::done(item, "the public has a contact");
    }
    let message = "say where the public reaches whoever runs it: an e-mail address or a web address";
    Readiness::open(item, "updateChannel", message)
}

fn monitored_hours(row: &channel::Model) -> Readiness {
    let item = ReadinessItem::MonitoredHours;
    if row.monitored_hours.trim().is_empty() {
        return Readiness::open(item, "updateChannel", "say when somebody reads what comes in");
    }
    Readiness::done(item, "it says when somebody reads what comes in")
}

fn credential(row: &channel::Model, now: DateTime<Utc>) -> Readiness {
    let item = ReadinessItem::Credential;
    if !needs_credential(row.platform) {
        let why = if has_connector(row.platform) {
            "it is the office's own page: no credential is needed"
        } else {
            "it is published by hand: no credential is needed here"
        };
        return Readiness::done(item, why);
    }
    if row.credential_expires_at.is_some_and(|at| at <= now) {
        return Readiness::open(
            item,
            "connectChannel",
            "the credential has ended: connect it with a new one",
        );
    }
    match row.credential_state {
        CredentialState::Healthy => Readiness::done(item, "the platform takes the credential"),
        CredentialState::Missing => {
            Readiness::open(item, "connectChannel", "it has no credential: connect it")
        }
        CredentialState::Rejected => {
            let refused = "the platform refused the credential: connect it with a new one";
            Readiness::open(item, "connectChannel", account::another(row).unwrap_or(refused))
        }
        CredentialState::Untested => {
            let message = row.profile_cause.as_ref().map_or_else(
                || "the credential is being tried on the platform: look again in a minute".to_owned(),
                |cause| format!("the credential could not be tried yet ({cause})"),
            );
            Readiness::open(item, "testChannel", message)
        }
    }
}

fn own_address(row: &channel::Model) -> Readiness {
    let item = ReadinessItem::Address;
    match address::own(row) {
        Ok(_) => Readiness::done(item, "its address is its own account"),
        Err(OfficeError::Refused(why)) => Readiness::open(item, "updateChannel", why.message),
        Err(_) => Readiness::open(item, "updateChannel", "its address is not its own account"),
    }
}
