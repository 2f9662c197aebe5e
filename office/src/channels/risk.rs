//! The orphan radar: what says that a channel may soon have nobody who looks after it.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap, HashSet},
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    ChannelId, InitiativeId, MemberId, OfficeId, channel,
    channel::{ChannelState, CredentialState},
    initiative, member,
    member::MemberState,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{due_for_review, ids};
use crate::{
    Limits, Office, calendar, delegations,
    error::Result,
    handovers, offices,
    policy::{Permit, op},
    read, stewards,
};

mod reason;
mod silence;
mod unanswered;

pub use reason::{OrphanReason, RiskLevel};
use silence::last_signs;
use unanswered::unanswered;

/// Channels of one office that the radar looks at.
const RADAR_AT_MOST: u64 = 5_000;

/// A channel at risk.
#[derive(Debug, Clone)]
pub struct AtRisk {
    /// Which.
    pub channel: channel::Model,
    /// How grave the gravest of its risks is.
    pub level: RiskLevel,
    /// Why, the gravest first.
    pub reasons: Vec<OrphanReason>,
}

/// The office's channels at risk, the gravest first, then those with the most risks.
pub async fn radar(office: &Office, permit: &Permit<op::OrphanRadar>) -> Result<Vec<AtRisk>> {
    let office_id = permit.office_id();
    let rows = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(channel::Column::State.is_in([ChannelState::Active, ChannelState::Dormant]))
        .order_by_asc(channel::Column::Id)
        .limit(RADAR_AT_MOST)
        .all(office.db.read())
        .await?;
    let mut risks = orphan_risks(office, office_id, &rows).await?;
    let at_risk = |channel: channel::Model| {
        let reasons = risks.remove(&channel.id)?;
        let level = reasons.iter().map(OrphanReason::level).max()?;
        Some(AtRisk { channel, level, reasons })
    };
    let mut found: Vec<_> = rows.into_iter().filter_map(at_risk).collect();
    found.sort_by_key(|one| (Reverse(one.level), Reverse(one.reasons.len()), one.channel.id));
    Ok(found)
}

/// What puts a channel at risk; empty: nothing. Only channels in use or at rest can be orphaned.
pub async fn orphan_risk(office: &Office, row: &channel::Model) -> Result<Vec<OrphanReason>> {
    let mut found = orphan_risks(office, row.office_id, std::slice::from_ref(row)).await?;
    Ok(found.remove(&row.id).unwrap_or_default())
}

/// The same of many channels of one office, in nine statements. Channels without risk are left out.
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
    let (here, gone): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|row| row.state != MemberState::Departed);
    let departed: HashMap<MemberId, String> = gone.into_iter().map(|row| (row.id, row.name)).collect();
    // Who lost all roles but that of an administrator can do nothing for it any more.
    let idle: BTreeSet<MemberId> = here.iter().filter(|row| !row.is_at_work()).map(|row| row.id).collect();
    let initiative_ids: BTreeSet<Uuid> =
        rows.iter().filter_map(|row| row.initiative_id.map(|id| id.0)).collect();
    let initiatives =
        read::many::<initiative::Entity>(db, office_id, &Vec::from_iter(initiative_ids)).await?;
    let initiatives = initiatives.into_iter().map(|row| (row.id, row)).collect();
    let mut by_channel: HashMap<ChannelId, Vec<MemberId>> = HashMap::new();
    for steward in stewards.into_iter().filter(|row| !idle.contains(&row.member_id)) {
        by_channel.entry(steward.channel_id).or_default().push(steward.member_id);
    }
    let mut left: HashMap<ChannelId, Vec<MemberId>> = HashMap::new();
    for handover in handovers.into_iter().filter(|row| departed.contains_key(&row.member_id)) {
        left.entry(handover.channel_id).or_default().push(handover.member_id);
    }
    let zone = offices::zone(db, office_id).await?;
    let now = office.now();
    let away = delegations::holding(db, office_id, now).await?;
    let facts = Facts {
        departed,
        initiatives,
        away: away.into_iter().map(|row| (row.member_id, (row.deputy_id, row.ends_on))).collect(),
        signs: last_signs(db, office_id, &ids(rows)).await?,
        unanswered: unanswered(db, office_id, &ids(rows), later(now, -office.limits.unanswered_days)).await?,
        limits: &office.limits,
        now,
        today: calendar::day(now, &zone)?,
        zone,
    };
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

struct Facts<'a> {
    departed: HashMap<MemberId, String>,
    initiatives: HashMap<InitiativeId, initiative::Model>,
    /// Who is away: who stands in, and until which day.
    away: HashMap<MemberId, (MemberId, NaiveDate)>,
    /// When each channel last gave a sign of life: its last post or review.
    signs: HashMap<ChannelId, DateTime<Utc>>,
    /// What waits too long for an answer: how many, and since when the oldest does.
    unanswered: HashMap<ChannelId, (u64, DateTime<Utc>)>,
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
        let mut reasons = self.of_people(stewards, left);
        reasons.extend(self.of_initiative(row));
        if row.credential_state == CredentialState::Rejected {
            reasons.push(OrphanReason::CredentialRejected);
        }
        let soon = later(self.now, self.limits.credential_warn_days);
        if let Some(at) = row.credential_expires_at.filter(|at| *at <= soon) {
            reasons.push(OrphanReason::CredentialExpires { at, ended: at <= self.now });
        }
        reasons.extend(self.silent(row)?);
        if let Some((waiting, since)) = self.unanswered.get(&row.id) {
            let since = calendar::day(*since, &self.zone)?;
            reasons.push(OrphanReason::Unanswered { waiting: *waiting, since });
        }
        let due = due_for_review(self.limits, row, &self.zone)?;
        if let Some(due_on) = due.filter(|day| *day < self.today) {
            reasons.push(OrphanReason::ReviewOverdue { due_on });
        }
        reasons.sort_by_key(|reason| Reverse(reason.level()));
        Ok(reasons)
    }

    fn of_people(&self, stewards: &[MemberId], left: Vec<MemberId>) -> Vec<OrphanReason> {
        // Until they were taken off with their departure, those who left stayed stewards by name.
        let (named, active): (Vec<_>, Vec<_>) =
            stewards.iter().copied().partition(|id| self.departed.contains_key(id));
        let needed = self.limits.stewards_at_least;
        let mut reasons = Vec::new();
        if active.len() < needed {
            reasons.push(OrphanReason::FewStewards { active: active.len(), needed });
        } else {
            let stands = |id: &MemberId| self.away.get(id).map_or(*id, |(deputy, _)| *deputy);
            let present: HashSet<MemberId> = active.iter().map(stands).collect();
            let until = active.iter().filter_map(|id| Some(self.away.get(id)?.1)).min();
            if let Some(until) = until.filter(|_| present.len() < needed) {
                reasons.push(OrphanReason::FewPresent { present: present.len(), needed, until });
            }
        }
        let gone = named.into_iter().chain(left);
        reasons.extend(gone.filter_map(|member_id| {
            let name = self.departed.get(&member_id)?.clone();
            Some(OrphanReason::StewardDeparted { member_id, name })
        }));
        reasons
    }

    fn of_initiative(&self, row: &channel::Model) -> Option<OrphanReason> {
        let served = self.initiatives.get(&row.initiative_id?)?;
        let (initiative_id, name) = (served.id, served.name.clone());
        if served.state.ends() {
            return Some(OrphanReason::InitiativeEnding { initiative_id, name });
        }
        let soon = calendar::day(later(self.now, self.limits.orphan_warn_days), &self.zone).ok()?;
        let on = served.ends_on.filter(|day| *day <= soon)?;
        Some(OrphanReason::InitiativeEnds { initiative_id, name, on })
    }

    fn silent(&self, row: &channel::Model) -> Result<Option<OrphanReason>> {
        if row.state != ChannelState::Active {
            return Ok(None);
        }
        let Some(since) = Ord::max(self.signs.get(&row.id).copied(), row.published_at) else {
            return Ok(None);
        };
        if later(since, self.limits.channel_silent_days) > self.now {
            return Ok(None);
        }
        Ok(Some(OrphanReason::Silent { since: calendar::day(since, &self.zone)? }))
    }
}

fn later(at: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    TimeDelta::try_days(days).and_then(|days| at.checked_add_signed(days)).unwrap_or(at)
}
