//! What there is to say of a time, given what is near it. Pure.

use chrono::TimeDelta;

use super::{Around, Candidate, Warning, WarningKind};
use crate::{Limits, blackouts::Reaching, calendar};

/// The warnings about one of them.
pub(super) fn judge(candidate: &Candidate, around: &Around, limits: &Limits) -> Vec<Warning> {
    let others: Vec<&Candidate> = around.others.iter().filter(|other| !same(candidate, other)).collect();
    let found = [
        blackout(candidate, around),
        clash(candidate, &others, limits),
        crowded_day(candidate, &others, limits),
        same_moment(candidate, &others, around),
        same_audience(candidate, &others, around, limits),
        silence(candidate, &others, limits),
        captions(candidate, around),
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

fn captions(candidate: &Candidate, around: &Around) -> Option<Warning> {
    let message =
        "this account shows no captions: those of the film do not reach whoever watches it there".to_owned();
    let lost = around.captions.reaches(candidate.revision_id, candidate.channel_id);
    lost.then(|| warning(WarningKind::CaptionsLost, candidate, message, &[]))
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
    use std::collections::HashMap;

    use entity::{ChannelId, DraftId, InitiativeId, PostId, RevisionId};
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
