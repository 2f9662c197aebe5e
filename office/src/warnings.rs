//! What a person should know before they put a post at a time: what else leaves near it, and what does not. Warnings only:
//! nothing here stops a post. The judging is pure; loading what is near is the only thing here that reads.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, DraftId, InitiativeId, OfficeId, PostId, RevisionId, draft, post, post::PostState,
    revision_target,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Limits, Office,
    blackouts::{self, Reaching, Standing},
    calendar,
    error::{RefusalCode, Result, refuse},
    policy::{Permit, op},
    posts::{self, When},
    read,
};

mod load;

/// Candidates that are looked at in one statement: a page.
const AT_ONCE: usize = 100;

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WarningKind {
    /// Another post leaves the channel within a few minutes.
    Clash,
    /// Many posts leave the channel that day.
    CrowdedDay,
    /// The same draft or link goes to several channels in the same minute.
    SameMoment,
    /// Another initiative speaks to the same audience at about that time.
    SameAudience,
    /// Nothing has left the channel for long before it.
    Silence,
    /// It falls into quiet hours or a blackout, and will be held.
    Blackout,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// What is the matter, for people.
    pub message: String,
    /// On which channel.
    pub channel_id: ChannelId,
    /// The other posts that it is about.
    pub posts: Vec<PostId>,
}

/// A post, or what may become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The post; none while there is none.
    pub post_id: Option<PostId>,
    /// Its draft.
    pub draft_id: DraftId,
    /// The revision that would be sent.
    pub revision_id: RevisionId,
    /// For which initiative.
    pub initiative_id: InitiativeId,
    /// Where it goes.
    pub channel_id: ChannelId,
    /// When.
    pub at: DateTime<Utc>,
    /// The zone in which its day is meant.
    pub time_zone: String,
}

impl From<&post::Model> for Candidate {
    fn from(post: &post::Model) -> Self {
        Self {
            post_id: Some(post.id),
            draft_id: post.draft_id,
            revision_id: post.revision_id,
            initiative_id: post.initiative_id,
            channel_id: post.channel_id,
            at: post.due_at,
            time_zone: post.time_zone.clone(),
        }
    }
}

/// What is known of the surroundings of candidates.
#[derive(Debug, Default)]
struct Around {
    /// Whose blackouts these are; none in tests that have none.
    office_id: Option<OfficeId>,
    /// What leaves near them, and what left last before them on their channels. The candidates that are posts are among
    /// them.
    others: Vec<Candidate>,
    /// The link of each revision that has one.
    links: HashMap<RevisionId, String>,
    /// Whom each channel reaches.
    audiences: HashMap<ChannelId, String>,
    blackouts: Vec<Standing>,
}

/// The warnings about posts that wait, in their order; none about others.
pub async fn of_posts(
    office: &Office,
    office_id: OfficeId,
    rows: &[post::Model],
) -> Result<Vec<Vec<Warning>>> {
    let waits = |post: &&post::Model| {
        matches!(post.state, PostState::Scheduled | PostState::Retrying | PostState::Held)
    };
    let waiting: Vec<Candidate> = rows.iter().filter(waits).map(Candidate::from).collect();
    let mut told = of(office, office.db.read(), office_id, &waiting).await?.into_iter();
    Ok(rows
        .iter()
        .map(|post| if waits(&post) { told.next().unwrap_or_default() } else { Vec::new() })
        .collect())
}

/// The warnings that scheduling a draft would give, on these of its channels or on all, and whether or not it is approved.
pub async fn foresee(
    office: &Office,
    permit: &Permit<op::ScheduleWarnings>,
    draft_id: DraftId,
    channel_ids: &[ChannelId],
    when: &When,
) -> Result<Vec<Warning>> {
    let (db, now) = (office.db.read(), office.clock.now());
    let draft = read::one::<draft::Entity>(db, permit.office_id(), draft_id).await?;
    let targets = revision_target::Entity::find()
        .filter(revision_target::Column::RevisionId.eq(draft.revision_id))
        .order_by_asc(revision_target::Column::Id)
        .all(db)
        .await?;
    let named: Vec<ChannelId> = targets.into_iter().map(|target| target.channel_id).collect();
    if let Some(stray) = channel_ids.iter().position(|id| !named.contains(id)) {
        let field = format!("channelIds.{stray}");
        return refuse(RefusalCode::Invalid, &field, "the draft does not name this channel");
    }
    let mut candidates = Vec::new();
    for channel_id in named.into_iter().filter(|id| channel_ids.is_empty() || channel_ids.contains(id)) {
        let time = posts::resolve_when(office, db, permit.office_id(), now, when, channel_id).await?;
        candidates.push(Candidate {
            post_id: None,
            draft_id,
            revision_id: draft.revision_id,
            initiative_id: draft.initiative_id,
            channel_id,
            at: time.instant,
            time_zone: time.time_zone,
        });
    }
    Ok(of(office, db, permit.office_id(), &candidates).await?.into_iter().flatten().collect())
}

/// The warnings about each of these.
async fn of(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    candidates: &[Candidate],
) -> Result<Vec<Vec<Warning>>> {
    let mut told = Vec::with_capacity(candidates.len());
    for candidates in candidates.chunks(AT_ONCE) {
        let mut around = load::around(db, &office.limits, office_id, candidates).await?;
        around.office_id = Some(office_id);
        around.blackouts = blackouts::standing(db, &[office_id], office.clock.now()).await?;
        // What is not a post yet is near the others of its kind too.
        around.others.extend(candidates.iter().filter(|one| one.post_id.is_none()).cloned());
        told.extend(candidates.iter().map(|candidate| judge(candidate, &around, &office.limits)));
    }
    Ok(told)
}

fn judge(candidate: &Candidate, around: &Around, limits: &Limits) -> Vec<Warning> {
    let others: Vec<&Candidate> = around.others.iter().filter(|other| !same(candidate, other)).collect();
    let found = [
        blackout(candidate, around),
        clash(candidate, &others, limits),
        crowded_day(candidate, &others, limits),
        same_moment(candidate, &others, around),
        same_audience(candidate, &others, around, limits),
        silence(candidate, &others, limits),
    ];
    found.into_iter().flatten().collect()
}

/// Whether two are one and the same.
fn same(one: &Candidate, other: &Candidate) -> bool {
    match (one.post_id, other.post_id) {
        (None, None) => one.channel_id == other.channel_id && one.draft_id == other.draft_id,
        (own, others) => own == others,
    }
}

fn warning(kind: WarningKind, of: &Candidate, message: String, others: &[&Candidate]) -> Warning {
    let posts = others.iter().filter_map(|other| other.post_id).collect();
    Warning { kind, message, channel_id: of.channel_id, posts }
}

fn blackout(candidate: &Candidate, around: &Around) -> Option<Warning> {
    let reaching = Reaching {
        standing: &around.blackouts,
        office_id: around.office_id?,
        channel_id: candidate.channel_id,
        post_id: candidate.post_id,
    };
    let blackout = reaching.stops(candidate.at)?;
    let free = reaching.free_from(candidate.at);
    let until = free.and_then(|free| calendar::local(free, &candidate.time_zone).ok());
    let until =
        until.map_or_else(String::new, |free| format!(" until {}", free.local_time.replace('T', " ")));
    let message = format!("nothing goes out then: {}; it will be held{until}", blackout.row.reason);
    Some(warning(WarningKind::Blackout, candidate, message, &[]))
}

fn near(one: &Candidate, other: &Candidate, limits: &Limits) -> bool {
    (one.at - other.at).abs() < TimeDelta::minutes(limits.clash_minutes)
}

fn clash(candidate: &Candidate, others: &[&Candidate], limits: &Limits) -> Option<Warning> {
    let clashing: Vec<_> = others
        .iter()
        .filter(|other| other.channel_id == candidate.channel_id && near(candidate, other, limits))
        .copied()
        .collect();
    let message = format!(
        "{} on this channel within {} minutes of it",
        posts_leave(clashing.len(), "another post leaves", "other posts leave"),
        limits.clash_minutes
    );
    (!clashing.is_empty()).then(|| warning(WarningKind::Clash, candidate, message, &clashing))
}

fn posts_leave(count: usize, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{count} {many}") }
}

fn crowded_day(candidate: &Candidate, others: &[&Candidate], limits: &Limits) -> Option<Warning> {
    let day = calendar::day(candidate.at, &candidate.time_zone).ok()?;
    let that_day = |other: &&&Candidate| {
        other.channel_id == candidate.channel_id
            && calendar::day(other.at, &candidate.time_zone).is_ok_and(|other| other == day)
    };
    let that_day: Vec<_> = others.iter().filter(that_day).copied().collect();
    let (count, usual) = (that_day.len() + 1, limits.posts_per_day_warn);
    let message = format!("with it {count} posts leave this channel on {day}: more than {usual} are many");
    (count > usual).then(|| warning(WarningKind::CrowdedDay, candidate, message, &that_day))
}

fn same_moment(candidate: &Candidate, others: &[&Candidate], around: &Around) -> Option<Warning> {
    let minute = |one: &Candidate| one.at.timestamp().div_euclid(60);
    let link = around.links.get(&candidate.revision_id);
    let alike = |other: &&&Candidate| {
        other.channel_id != candidate.channel_id
            && minute(other) == minute(candidate)
            && (other.draft_id == candidate.draft_id
                || (link.is_some() && around.links.get(&other.revision_id) == link))
    };
    let alike: Vec<_> = others.iter().filter(alike).copied().collect();
    let what = if alike.iter().all(|other| other.draft_id == candidate.draft_id) { "draft" } else { "link" };
    let message = format!(
        "the same {what} goes to {} channels in the same minute: who follows several sees it at once; some minutes apart would do",
        alike.len() + 1
    );
    (!alike.is_empty()).then(|| warning(WarningKind::SameMoment, candidate, message, &alike))
}

fn same_audience(
    candidate: &Candidate,
    others: &[&Candidate],
    around: &Around,
    limits: &Limits,
) -> Option<Warning> {
    let audience =
        |one: &Candidate| around.audiences.get(&one.channel_id).map(|said| said.trim().to_lowercase());
    let own = audience(candidate).filter(|said| !said.is_empty())?;
    let competing = |other: &&&Candidate| {
        other.initiative_id != candidate.initiative_id
            && other.channel_id != candidate.channel_id
            && near(candidate, other, limits)
            && audience(other).as_ref() == Some(&own)
    };
    let competing: Vec<_> = others.iter().filter(competing).copied().collect();
    let message = format!(
        "another initiative speaks to the same audience within {} minutes of it, on another channel",
        limits.clash_minutes
    );
    (!competing.is_empty()).then(|| warning(WarningKind::SameAudience, candidate, message, &competing))
}

fn silence(candidate: &Candidate, others: &[&Candidate], limits: &Limits) -> Option<Warning> {
    let earlier =
        others.iter().filter(|other| other.channel_id == candidate.channel_id && other.at <= candidate.at);
    let last = earlier.max_by_key(|other| other.at).copied()?;
    let days = (candidate.at - last.at).num_days();
    let message = format!("nothing leaves this channel in the {days} days before it");
    (days > limits.silence_days).then(|| warning(WarningKind::Silence, candidate, message, &[last]))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn candidate(post: Option<u128>, draft: u128, channel: u128, at: &str) -> Candidate {
        Candidate {
            post_id: post.map(|post| PostId(Uuid::from_u128(post))),
            draft_id: DraftId(Uuid::from_u128(draft)),
            revision_id: RevisionId(Uuid::from_u128(draft)),
            initiative_id: InitiativeId(Uuid::from_u128(draft)),
            channel_id: ChannelId(Uuid::from_u128(channel)),
            at: at.parse().unwrap(),
            time_zone: "America/Vancouver".to_owned(),
        }
    }

    fn kinds(candidate: &Candidate, others: Vec<Candidate>) -> Vec<WarningKind> {
        let around = Around { others, ..Around::default() };
        judge(candidate, &around, &Limits::default()).into_iter().map(|warning| warning.kind).collect()
    }

    #[test]
    fn near_on_the_same_channel_is_a_clash_and_half_an_hour_away_is_not() {
        let own = candidate(None, 1, 1, "2027-03-01T17:00:00Z");
        assert_eq!(kinds(&own, vec![candidate(Some(2), 2, 1, "2027-03-01T17:29:59Z")]), [WarningKind::Clash]);
        assert_eq!(kinds(&own, vec![candidate(Some(2), 2, 1, "2027-03-01T16:30:00Z")]), []);
        assert_eq!(kinds(&own, vec![candidate(Some(2), 2, 2, "2027-03-01T17:00:00Z")]), []);
    }

    #[test]
    fn a_post_does_not_clash_with_itself() {
        let own = candidate(Some(1), 1, 1, "2027-03-01T17:00:00Z");
        assert_eq!(kinds(&own, vec![own.clone()]), []);
    }

    #[test]
    fn a_day_is_the_day_of_the_zone() {
        let own = candidate(None, 1, 1, "2027-03-02T06:00:00Z");
        let hour = |hour: u128| candidate(Some(hour), 2, 1, &format!("2027-03-01T{hour:02}:00:00Z"));
        // Half past ten in the evening of the first; the last of these is in the morning of the first.
        assert_eq!(kinds(&own, [9, 11, 13, 15, 17].map(hour).to_vec()), [WarningKind::CrowdedDay]);
        // One of them is on the last of February there.
        assert_eq!(kinds(&own, [7, 11, 13, 15, 17].map(hour).to_vec()), []);
    }

    #[test]
    fn the_same_draft_or_link_on_two_channels_in_one_minute() {
        let own = candidate(None, 1, 1, "2027-03-01T17:00:00Z");
        let elsewhere = candidate(None, 1, 2, "2027-03-01T17:00:59Z");
        assert_eq!(kinds(&own, vec![elsewhere]), [WarningKind::SameMoment]);
        let other = candidate(Some(3), 3, 2, "2027-03-01T17:00:00Z");
        let link = |id: u128| (RevisionId(Uuid::from_u128(id)), "https://example.org/a".to_owned());
        let around =
            Around { others: vec![other], links: HashMap::from([link(1), link(3)]), ..Around::default() };
        let found = judge(&own, &around, &Limits::default());
        assert!(found[0].kind == WarningKind::SameMoment && found[0].message.contains("link"), "{found:?}");
    }

    #[test]
    fn another_initiative_with_the_same_audience() {
        let own = candidate(None, 1, 1, "2027-03-01T17:00:00Z");
        let other = candidate(Some(2), 2, 2, "2027-03-01T17:10:00Z");
        let said = |id: u128, audience: &str| (ChannelId(Uuid::from_u128(id)), audience.to_owned());
        let around = |audiences| Around { others: vec![other.clone()], audiences, ..Around::default() };
        let same = around(HashMap::from([said(1, "Nurses"), said(2, " nurses ")]));
        assert_eq!(judge(&own, &same, &Limits::default())[0].kind, WarningKind::SameAudience);
        let others = around(HashMap::from([said(1, "Nurses"), said(2, "Patients")]));
        assert!(judge(&own, &others, &Limits::default()).is_empty());
    }

    #[test]
    fn a_long_silence_before_it() {
        let own = candidate(None, 1, 1, "2027-03-20T17:00:00Z");
        assert_eq!(
            kinds(&own, vec![candidate(Some(2), 2, 1, "2027-03-01T17:00:00Z")]),
            [WarningKind::Silence]
        );
        let both = vec![
            candidate(Some(2), 2, 1, "2027-03-01T17:00:00Z"),
            candidate(Some(3), 3, 1, "2027-03-10T17:00:00Z"),
        ];
        assert_eq!(kinds(&own, both), []);
        assert_eq!(kinds(&own, Vec::new()), [], "a first post follows no silence");
    }
}
