//! Each gate: what it looks at, and what it says. Pure.

use std::cell::LazyCell;

use chrono::{DateTime, SecondsFormat, Utc};
use entity::channel::{ChannelState, CredentialState, Platform};
use guidelines::Speech;

use super::{Facts, Gate, GateKind, runs};
use crate::{
    channels::{another_account, has_connector},
    checks::{Judged, Moment},
    plans::kept_back,
};

/// How a gate begins to say what opens it, when that is time alone.
pub(crate) const OPENS_BY_ITSELF: &str = "it opens by itself";

pub(super) fn open(kind: GateKind, clause: Option<&str>, reason: impl Into<String>) -> Gate {
    Gate {
        kind,
        open: true,
        clause: clause.map(str::to_owned),
        reason: reason.into(),
        opens: None,
        findings: Vec::new(),
    }
}

pub(super) fn shut(
    kind: GateKind,
    clause: Option<&str>,
    reason: impl Into<String>,
    opens: impl Into<String>,
) -> Gate {
    Gate {
        kind,
        open: false,
        clause: clause.map(str::to_owned),
        reason: reason.into(),
        opens: Some(opens.into()),
        findings: Vec::new(),
    }
}

pub(super) fn initiative(facts: &Facts) -> Gate {
    let clause = Some("PS5");
    if runs(facts.initiative.state) {
        return open(GateKind::Initiative, clause, "the coordinator acknowledged the initiative");
    }
    let reason = format!("the initiative is {:?}", facts.initiative.state).to_uppercase();
    let reason = reason.replacen("THE INITIATIVE IS", "the initiative is", 1);
    shut(
        GateKind::Initiative,
        clause,
        reason,
        "the coordinator acknowledges the initiative; a closing one sends nothing more",
    )
}

pub(super) fn plan(facts: &Facts) -> Gate {
    let clause = Some("CP1");
    match &facts.plan {
        Some(plan) => open(
            GateKind::Plan,
            clause,
            format!("version {} of the communications plan is approved", plan.number),
        ),
        None => shut(
            GateKind::Plan,
            clause,
            "the initiative has no approved communications plan",
            "write the plan's five parts and have the coordinator approve them",
        ),
    }
}

pub(super) fn embargo(facts: &Facts, now: DateTime<Utc>) -> Gate {
    let clause = Some("GP6c");
    let words = LazyCell::new(|| Speech::of(&said(facts)));
    let standing = facts.plan.iter().flat_map(|plan| kept_back(plan));
    let mut standing = standing.filter(|entry| entry.until.is_none_or(|until| until > now));
    let hit = standing.find(|entry| words.tells(&entry.topic));
    match hit {
        None => open(GateKind::Embargo, clause, "nothing in it is kept back by the communications plan"),
        Some(entry) => {
            let until = entry.until.map(|until| until.to_rfc3339_opts(SecondsFormat::Secs, true));
            let reason = match &until {
                Some(until) => format!("the communications plan keeps “{}” back until {until}", entry.topic),
                None => format!("the communications plan says not to share “{}”", entry.topic),
            };
            let opens = match until {
                Some(until) => format!("{OPENS_BY_ITSELF} at {until}, or with a new version of the plan"),
                None => "take it out of the text, or have a new version of the plan approved".to_owned(),
            };
            shut(GateKind::Embargo, clause, reason, opens)
        }
    }
}

/// All words that would be public.
fn said(facts: &Facts) -> String {
    let Some(target) = &facts.target else { return String::new() };
    let composed = facts.revision.composed(target, &facts.channel);
    let alts = composed.media.iter().filter_map(|item| item.alt_text.as_deref());
    let captions = facts.revision.media.iter().flat_map(|placed| &placed.captions);
    let spoken = captions.filter_map(|file| file.words.as_deref());
    let parts =
        [composed.title.as_str(), composed.text.as_str(), composed.link.as_deref().unwrap_or_default()];
    parts.into_iter().chain(alts).chain(spoken).collect::<Vec<_>>().join("\n")
}

pub(super) fn channel(facts: &Facts) -> Gate {
    let clause = Some("IC2");
    match facts.channel.state {
        ChannelState::Active => open(GateKind::Channel, clause, "the channel is active"),
        ChannelState::Dormant => {
            shut(GateKind::Channel, clause, "the channel is dormant", "the coordinator activates it again")
        }
        ChannelState::Requested | ChannelState::Approved => shut(
            GateKind::Channel,
            clause,
            "the channel is not in use yet",
            "the coordinator approves and activates it",
        ),
        ChannelState::Retired | ChannelState::Declined => shut(
            GateKind::Channel,
            clause,
            "the channel is retired or declined",
            "nothing: cancel the post, or send it elsewhere",
        ),
    }
}

pub(super) fn stewards(facts: &Facts) -> Gate {
    let (have, need) = (facts.stewards, facts.stewards_at_least);
    let clause = Some("IC3");
    if have >= need {
        return open(GateKind::Stewards, clause, format!("{have} stewards answer for the channel"));
    }
    let reason =
        format!("{have} of at least {need} stewards answer for the channel: it is at risk of being orphaned");
    shut(GateKind::Stewards, clause, reason, "the coordinator adds a steward")
}

pub(super) fn connection(facts: &Facts, now: DateTime<Utc>) -> Gate {
    const KIND: GateKind = GateKind::Connection;
    let platform = facts.channel.platform;
    if !has_connector(platform) {
        let reason = "Masthead has no connector for this platform: the channel is in the registry only";
        return shut(KIND, None, reason, "publish it by hand and cancel this post");
    }
    if platform == Platform::Feed {
        return open(KIND, None, "the office's own page needs no credential");
    }
    if let Some(at) = facts.channel.credential_expires_at.filter(|at| *at <= now) {
        return ended(facts, at);
    }
    match facts.channel.credential_state {
        CredentialState::Healthy => {
            open(KIND, None, "the platform accepted the credential when it was last tried")
        }
        CredentialState::Untested if facts.channel.refresh_at.is_some_and(|at| at <= now) => shut(
            KIND,
            None,
            "the platform did not take the credential: it is being refreshed",
            "the worker refreshes and tries it; nothing is to be done",
        ),
        CredentialState::Untested => shut(
            KIND,
            None,
            "the credential has not been tried yet",
            "the worker tries it within a minute; nothing is to be done",
        ),
        CredentialState::Missing => {
            shut(KIND, None, "the channel has no credential", "connect the channel (connectChannel)")
        }
        CredentialState::Rejected => shut(
            KIND,
            None,
            another_account(&facts.channel).unwrap_or("the platform refused the credential"),
            "make a new one there and connect the channel again (connectChannel)",
        ),
    }
}

/// A credential that has ended by its own date: the platform need not be asked to know that.
fn ended(facts: &Facts, at: DateTime<Utc>) -> Gate {
    let reason = format!("the credential ended at {}", at.to_rfc3339_opts(SecondsFormat::Secs, true));
    let opens = if facts.channel.refresh_at.is_some() {
        "the worker refreshes it as soon as the platform answers; nothing is to be done"
    } else {
        "connect the channel again (connectChannel, or beginChannelAuthorization)"
    };
    shut(GateKind::Connection, None, reason, opens)
}

pub(super) fn guidelines(facts: &Facts, now: DateTime<Utc>) -> Gate {
    const KIND: GateKind = GateKind::Guidelines;
    let number = facts.handbook.number;
    let Some(target) = &facts.target else {
        return shut(KIND, None, "there is nothing to check", "schedule a revision that names this channel");
    };
    let moment = Moment { now, leaves_at: Some(facts.post.due_at) };
    let (revision, channel, handbook) = (&facts.revision, &facts.channel, &facts.handbook);
    let mut findings = if facts.post.cleared_under.as_ref() == Some(&handbook.meaning) {
        revision.check_leaving(target, channel, &handbook.handbook, moment)
    } else {
        revision.check(target, channel, &handbook.handbook, moment)
    };
    findings.retain(Judged::blocks);
    let Some(Judged { finding: first, .. }) = findings.first() else {
        return open(KIND, None, format!("no rule of handbook version {number} blocks it"));
    };
    let reason = format!("under handbook version {number}: {}", first.message);
    let opens =
        first.suggestion.clone().unwrap_or_else(|| "revise the draft and have it approved again".to_owned());
    Gate { findings: findings.clone(), ..shut(KIND, Some(&first.clause), reason, opens) }
}
