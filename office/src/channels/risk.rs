//! The orphan radar: what says that a channel may soon have nobody who looks after it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    ChannelId, InitiativeId, MemberId, OfficeId, channel,
    channel::{ChannelState, CredentialState},
    initiative,
    initiative::InitiativeState,
    member,
    member::MemberState,
};
use uuid::Uuid;

use super::{due_for_review, ids};
use crate::{Limits, Office, calendar, error::Result, handovers, offices, read, stewards};

/// Days before its end that a credential is told of.
const EXPIRY_DAYS: i64 = 14;

/// A reason why a channel may be orphaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrphanReason {
    /// Fewer active stewards than a channel in use needs.
    FewStewards {
        /// How many it has.
        active: usize,
        /// How many it needs.
        needed: usize,
    },
    /// A steward has left the office, and not all is handed over.
    StewardDeparted {
        /// Who.
        member_id: MemberId,
        /// Their name.
        name: String,
    },
    /// The initiative that it serves alone is closing or over.
    InitiativeEnding {
        /// Which.
        initiative_id: InitiativeId,
        /// Its name.
        name: String,
    },
    /// The platform refused the credential.
    CredentialRejected,
    /// The credential has ended or soon ends.
    CredentialExpires {
        /// When.
        at: DateTime<Utc>,
    },
    /// Nobody looked whether it still serves.
    ReviewOverdue {
        /// The day on which somebody should have.
        due_on: NaiveDate,
    },
}

impl OrphanReason {
    /// The reason in words.
    pub fn words(&self) -> String {
        match self {
            Self::FewStewards { active, needed } => {
                format!("{active} of at least {needed} active stewards answer for it")
            }
            Self::StewardDeparted { name, .. } => format!("its steward {name} has left the office"),
            Self::InitiativeEnding { name, .. } => {
                format!("the initiative “{name}”, which it serves alone, is closing or over")
            }
            Self::CredentialRejected => "its platform refuses the credential".to_owned(),
            Self::CredentialExpires { at } => format!("its credential ends on {}", at.format("%Y-%m-%d")),
            Self::ReviewOverdue { due_on } => {
                format!("nobody has looked whether it still serves, which was due on {due_on}")
            }
        }
    }

    /// The mutation that lowers the risk.
    pub fn act(&self) -> &'static str {
        match self {
            Self::FewStewards { .. } => "addSteward",
            Self::StewardDeparted { .. } => "tickHandover",
            Self::InitiativeEnding { .. } => "updateChannel",
            Self::CredentialRejected | Self::CredentialExpires { .. } => "connectChannel",
            Self::ReviewOverdue { .. } => "reviewChannel",
        }
    }

    /// The moment at which the risk becomes harm, where there is one.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::CredentialExpires { at } => Some(*at),
            _ => None,
        }
    }
}

/// What puts a channel at risk; empty: nothing. Only channels in use or at rest can be orphaned.
pub async fn orphan_risk(office: &Office, row: &channel::Model) -> Result<Vec<OrphanReason>> {
    let mut found = orphan_risks(office, row.office_id, std::slice::from_ref(row)).await?;
    Ok(found.remove(&row.id).unwrap_or_default())
}

/// The same of many channels of one office, in five statements. Channels without risk are left out.
pub async fn orphan_risks(
    office: &Office,
    office_id: OfficeId,
    rows: &[channel::Model],
) -> Result<HashMap<ChannelId, Vec<OrphanReason>>> {
    let db = office.db.read();
    let stewards = stewards::current(db, office_id, &ids(rows)).await?;
    let handovers = handovers::open_of(db, office_id, &ids(rows)).await?;
    let leavers = handovers.iter().map(|row| row.member_id.0);
    let member_ids: BTreeSet<Uuid> = stewards.iter().map(|row| row.member_id.0).chain(leavers).collect();
    let members = read::many::<member::Entity>(db, office_id, &Vec::from_iter(member_ids)).await?;
    let departed =
        members.into_iter().filter(|row| row.state == MemberState::Departed).map(|row| (row.id, row.name));
    let departed: HashMap<MemberId, String> = departed.collect();
    let initiative_ids: BTreeSet<Uuid> =
        rows.iter().filter_map(|row| row.initiative_id.map(|id| id.0)).collect();
    let initiatives =
        read::many::<initiative::Entity>(db, office_id, &Vec::from_iter(initiative_ids)).await?;
    let ending =
        initiatives.into_iter().filter(|row| ends(row.state)).map(|row| (row.id, row.name)).collect();
    let mut by_channel: HashMap<ChannelId, Vec<MemberId>> = HashMap::new();
    for steward in stewards {
        by_channel.entry(steward.channel_id).or_default().push(steward.member_id);
    }
    let mut left: HashMap<ChannelId, Vec<MemberId>> = HashMap::new();
    for handover in handovers.into_iter().filter(|row| departed.contains_key(&row.member_id)) {
        left.entry(handover.channel_id).or_default().push(handover.member_id);
    }
    let zone = offices::zone(db, office_id).await?;
    let now = office.now();
    let facts =
        Facts { departed, ending, limits: &office.limits, now, today: calendar::day(now, &zone)?, zone };
    let mut judged = HashMap::new();
    for row in rows {
        let of = |all: &HashMap<ChannelId, Vec<MemberId>>| all.get(&row.id).cloned().unwrap_or_default();
        let reasons = facts.reasons(row, &of(&by_channel), of(&left))?;
        if !reasons.is_empty() {
            judged.insert(row.id, reasons);
        }
    }
    Ok(judged)
}

fn ends(state: InitiativeState) -> bool {
    matches!(state, InitiativeState::Closing | InitiativeState::Closed | InitiativeState::Declined)
}

struct Facts<'a> {
    departed: HashMap<MemberId, String>,
    ending: HashMap<InitiativeId, String>,
    limits: &'a Limits,
    now: DateTime<Utc>,
    today: NaiveDate,
    zone: String,
}

impl Facts<'_> {
    /// `left` are the departed members whose hand-over is not done.
    fn reasons(
        &self,
        row: &channel::Model,
        stewards: &[MemberId],
        left: Vec<MemberId>,
    ) -> Result<Vec<OrphanReason>> {
        if !matches!(row.state, ChannelState::Active | ChannelState::Dormant) {
            return Ok(Vec::new());
        }
        // Until they were taken off with their departure, those who left stayed stewards by name.
        let named: Vec<_> = stewards.iter().copied().filter(|id| self.departed.contains_key(id)).collect();
        let active = stewards.len().saturating_sub(named.len());
        let needed = self.limits.stewards_at_least;
        let mut reasons = Vec::new();
        if active < needed {
            reasons.push(OrphanReason::FewStewards { active, needed });
        }
        let gone = named.into_iter().chain(left);
        reasons.extend(gone.filter_map(|member_id| {
            let name = self.departed.get(&member_id)?.clone();
            Some(OrphanReason::StewardDeparted { member_id, name })
        }));
        if let Some((id, name)) = row.initiative_id.and_then(|id| Some((id, self.ending.get(&id)?))) {
            reasons.push(OrphanReason::InitiativeEnding { initiative_id: id, name: name.clone() });
        }
        if row.credential_state == CredentialState::Rejected {
            reasons.push(OrphanReason::CredentialRejected);
        }
        let soon = self.now + TimeDelta::days(EXPIRY_DAYS);
        if let Some(at) = row.credential_expires_at.filter(|at| *at <= soon) {
            reasons.push(OrphanReason::CredentialExpires { at });
        }
        let due = due_for_review(self.limits, row, &self.zone)?;
        if let Some(due_on) = due.filter(|day| *day < self.today) {
            reasons.push(OrphanReason::ReviewOverdue { due_on });
        }
        Ok(reasons)
    }
}
