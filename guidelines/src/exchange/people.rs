//! Who answers for what in JSON: stewards, advisers, what an author has acknowledged. It does not know what rules make
//! of it.

use chrono::NaiveDate;
use serde_json::Value;

use super::lookup::{at, count, day, instant, is_something, is_there, text};
use crate::AttestationKind;

/// When somebody left.
const LEFT: &[&str] = &["left_on", "steward_left_on", "left_at", "departed_on", "ended_on", "until"];

/// How many stewards an account has who are still there; absent where nobody said.
pub(super) fn stewards(account: &Value, draft: &Value) -> Option<u32> {
    let key = ["stewards", "steward"].into_iter().find(|key| is_there(account, key))?;
    let today = today(draft);
    let still = match at(account, key) {
        None => 0,
        Some(Value::Array(all)) => {
            let there = all.iter().filter(|one| is_something(one) && !has_left(one, LEFT, today)).count();
            u32::try_from(there).unwrap_or(u32::MAX)
        }
        Some(one) if !is_something(one) || has_left(one, LEFT, today) => 0,
        Some(_) => count(account, &[key]).unwrap_or(0),
    };
    Some(still.saturating_sub(u32::from(steward_left(account, draft))))
}

/// What becomes of an account at its project's end; a steward who has left takes nothing over.
pub(super) fn succession(account: &Value, draft: &Value) -> Option<String> {
    const PLANS: &[&str] = &["end_of_project_plan", "end_plan", "succession", "handover"];
    let settled = || text(draft, &["initiative.end_of_project_plan", "initiative.succession"]);
    let heir = || {
        let named = text(account, &["steward_after_end"])
            .or_else(|| text(draft, &["initiative.steward_after_end"]))
            .or_else(|| text(draft, &["initiative.steward_after_end.name"]))?;
        let gone = steward_left(account, draft)
            || at(draft, "initiative.steward_after_end")
                .is_some_and(|heir| has_left(heir, LEFT, today(draft)));
        (!gone).then_some(named)
    };
    text(account, PLANS).or_else(settled).or_else(heir).map(str::to_owned)
}

/// Whether the account's or the initiative's steward is said to have left.
fn steward_left(account: &Value, draft: &Value) -> bool {
    const KEYS: &[&str] = &["steward_left_on", "steward_left", "steward_left_at", "steward_departed_on"];
    let today = today(draft);
    has_left(account, KEYS, today)
        || at(draft, "initiative").is_some_and(|initiative| has_left(initiative, KEYS, today))
}

/// Whether one of these says that somebody is gone: a day that has come, or a plain yes.
fn has_left(one: &Value, keys: &[&str], today: Option<NaiveDate>) -> bool {
    if !one.is_object() {
        return false;
    }
    match day(one, keys) {
        Some(left) => today.is_none_or(|today| left <= today),
        None => keys.iter().any(|key| at(one, key).is_some_and(is_something)),
    }
}

fn today(draft: &Value) -> Option<NaiveDate> {
    instant(draft, &["now"]).map(|now| now.date_naive())
}

/// Whether an author has acknowledged that posts stay; absent where nobody recorded whether they were asked.
pub(super) fn permanence(author: &Value) -> Option<bool> {
    let mut recorded = author.as_object()?.iter().filter(|(key, _)| key.starts_with("perman")).peekable();
    recorded.peek()?;
    Some(recorded.any(|(_, value)| is_something(value)))
}

/// Whether an attestation is one: somebody gave it, did not say no, and may give it.
pub(super) fn is_given(kind: AttestationKind, value: &Value, author: Option<&str>) -> bool {
    let answers = ["answer", "given", "granted", "ready", "value", "text"];
    let refused = answers.iter().any(|key| is_there(value, key) && !at(value, key).is_some_and(is_something));
    let allowed = kind != AttestationKind::Advice || may_advise(value, author);
    is_something(value) && !refused && allowed
}

/// Advice is taken from a supervisor, the project's manager or a coordinator, never from oneself. Where no role is
/// recorded, whoever is named may hold one.
fn may_advise(value: &Value, author: Option<&str>) -> bool {
    let by = text(value, &["by", "name", "from", "who", "advisor", "adviser"]);
    if by.is_some() && by == author {
        return false;
    }
    let Some(role) = text(value, &["role", "by_role", "title", "position"]) else { return true };
    let role = role.to_lowercase();
    let peers =
        ["research", "study", "clinical", "trial", "event", "volunteer", "recherche", "assistant", "former"];
    let heads = [
        "supervis",
        "superieur",
        "supérieur",
        "manager",
        "gestionnaire",
        "chef",
        "director",
        "direct",
        "coordinat",
        "coordonn",
        "project lead",
        "head of",
        "principal investigator",
        "responsable",
    ];
    let coordinates = ["coordinat", "coordonn"].iter().any(|word| role.contains(word));
    let peer = peers.iter().any(|word| role.contains(word));
    heads.iter().any(|word| role.contains(word)) && !(coordinates && peer)
}
