//! `masthead queue show` and `explain`: one post, its tries, its outcome with the evidence, its next act, its gates.

use office::entity::{PostId, attempt, post::PersonHold, post_figures};
use office::{
    Office, gate,
    lifecycle::Lifecycle as _,
    posts::{Outcome, Shown},
    queue::Cause,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{find, list, the_post};
use crate::{
    cli::OnePost,
    output::{self, Form},
};

/// The name that an enum has in the API: its variant in capitals.
pub(super) fn name(variant: &impl std::fmt::Debug) -> String {
    let debug = format!("{variant:?}");
    let mut name = String::with_capacity(debug.len() + 2);
    for c in debug.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    name
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Try {
    number: i32,
    kind: attempt::AttemptKind,
    outcome: attempt::AttemptOutcome,
    started_at: String,
    ended_at: Option<String>,
    cause_code: Option<String>,
    http_status: Option<i32>,
    evidence: Option<String>,
}

fn one_try(attempt: &attempt::Model) -> Try {
    Try {
        number: attempt.number,
        kind: attempt.kind,
        outcome: attempt.outcome,
        started_at: find::instant(attempt.started_at),
        ended_at: attempt.ended_at.map(find::instant),
        cause_code: attempt.cause_code.clone(),
        http_status: attempt.http_status,
        evidence: attempt.evidence.clone(),
    }
}

/// `masthead queue show`
pub(super) async fn run(office: &Office, one: &OnePost, form: Form) -> anyhow::Result<()> {
    let (_, shown) = the_post(office, one).await?;
    let tries: Vec<_> = shown.attempts.iter().map(one_try).collect();
    if form == Form::Json {
        return output::json(&facts(&shown));
    }
    let post = &shown.post;
    let mut lines = vec![
        ("post", post.id.to_string()),
        ("title", shown.draft.title.clone()),
        ("state", post.state.code()),
        ("due", list::due(&post.local_time, &post.time_zone)),
        ("wanted until", find::instant(post.missed_after)),
        ("channel", find::named(&shown.channel)),
        ("initiative", shown.initiative.name.clone()),
        ("outcome", told(&shown.outcome)),
        ("next act", next(&shown)),
    ];
    if let Some(hold) = &post.person_hold {
        lines.insert(
            3,
            ("held by", format!("{} since {}: {}", hold.name, find::instant(hold.since), hold.reason)),
        );
    }
    if let Some(figures) = &shown.figures {
        lines.push(("figures", counted(figures)));
    }
    for (key, value) in lines {
        output::line(&format!("{key:<13} {value}"));
    }
    if tries.is_empty() {
        return Ok(());
    }
    output::line("");
    output::list(
        form,
        &["try", "kind", "outcome", "began", "ended", "cause", "status", "evidence"],
        &tries,
        |row| {
            let cell = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
            vec![
                row.number.to_string(),
                name(&row.kind),
                name(&row.outcome),
                row.started_at.clone(),
                cell(row.ended_at.clone()),
                cell(row.cause_code.clone()),
                cell(row.http_status.map(|status| status.to_string())),
                cell(row.evidence.clone()),
            ]
        },
    )
}

/// What its platform counts, and when it was asked.
fn counted(figures: &post_figures::Model) -> String {
    let all = [
        (figures.impressions, "shown"),
        (figures.likes, "liked"),
        (figures.shares, "passed on"),
        (figures.replies, "answered"),
        (figures.clicks, "clicked"),
    ];
    let said = all.into_iter().filter_map(|(number, what)| Some(format!("{what} {}", number?)));
    let said: Vec<String> = said.collect();
    let said = if said.is_empty() { "the platform tells none".to_owned() } else { said.join(", ") };
    format!("{said} (asked {})", find::instant(figures.read_at))
}

fn told(outcome: &Outcome) -> String {
    let mut told = format!("{}: {}", name(&outcome.kind), outcome.reason);
    if let Some(Cause { code, detail, .. }) = &outcome.cause {
        told.push_str(&format!(" ({code}: {detail})"));
    }
    if let Some(url) = &outcome.remote_url {
        told.push_str(&format!(", at {url}"));
    }
    told
}

fn next(shown: &Shown) -> String {
    let next = &shown.next_act;
    let at = next.at.map(|at| format!(" ({})", find::instant(at))).unwrap_or_default();
    format!("{}: {}{at}", name(&next.act), next.why)
}

/// A post for programs.
pub(super) fn facts(shown: &Shown) -> Value {
    let (post, outcome, next) = (&shown.post, &shown.outcome, &shown.next_act);
    let hold = post.person_hold.as_ref().map(|PersonHold { name, reason, since, .. }| {
        json!({ "name": name, "reason": reason, "since": find::instant(*since) })
    });
    let cause = outcome
        .cause
        .as_ref()
        .map(|cause| json!({ "code": cause.code, "detail": cause.detail, "httpStatus": cause.http_status }));
    json!({
        "id": post.id.to_string(),
        "title": shown.draft.title,
        "state": post.state.code(),
        "localTime": post.local_time,
        "timeZone": post.time_zone,
        "dueAt": find::instant(post.due_at),
        "nextTryAt": shown.next_try_at.map(find::instant),
        "missedAfter": find::instant(post.missed_after),
        "channel": find::named(&shown.channel),
        "initiative": shown.initiative.name,
        "personHold": hold,
        "figures": shown.figures.as_ref().map(|figures| json!({
            "impressions": figures.impressions, "likes": figures.likes, "shares": figures.shares,
            "replies": figures.replies, "clicks": figures.clicks, "readAt": find::instant(figures.read_at),
        })),
        "outcome": {
            "kind": name(&outcome.kind),
            "evidence": name(&outcome.evidence),
            "reason": outcome.reason,
            "since": outcome.since.map(find::instant),
            "cause": cause,
            "remoteUrl": outcome.remote_url,
        },
        "nextAct": {
            "act": name(&next.act),
            "why": next.why,
            "at": next.at.map(find::instant),
            "operation": next.act.operation(),
        },
        "attempts": shown.attempts.iter().map(one_try).collect::<Vec<_>>(),
    })
}

#[derive(Serialize)]
struct GateRow {
    gate: &'static str,
    open: bool,
    clause: Option<String>,
    reason: String,
    opens: Option<String>,
}

/// `masthead queue explain`: whether the post may leave now.
pub(super) async fn explain(office: &Office, one: &OnePost, form: Form) -> anyhow::Result<bool> {
    let (who, shown) = the_post(office, one).await?;
    let (post, gates) = Box::pin(gate::explain(office, &who.permit()?, PostId(one.id))).await?;
    let may_leave = gate::may_leave(&post, &gates);
    let rows: Vec<_> = gates
        .into_iter()
        .map(|gate| GateRow {
            gate: gate.kind.code(),
            open: gate.open,
            clause: gate.clause,
            reason: gate.reason,
            opens: gate.opens,
        })
        .collect();
    if form == Form::Json {
        output::json(
            &json!({ "id": post.id.to_string(), "state": post.state.code(), "mayLeave": may_leave, "gates": rows }),
        )?;
        return Ok(may_leave);
    }
    output::list(form, &["gate", "", "clause", "why"], &rows, |row| {
        let open = if row.open { "open" } else { "SHUT" };
        let clause = row.clause.clone().unwrap_or_else(|| "–".to_owned());
        let why = match &row.opens {
            Some(opens) => format!("{}; {opens}", row.reason),
            None => row.reason.clone(),
        };
        vec![row.gate.to_owned(), open.to_owned(), clause, why]
    })?;
    let left = matches!(name(&shown.outcome.kind).as_str(), "SENT" | "NOT_KNOWN");
    if left {
        output::message(&format!("it is {}: the gates stand before what has not left", post.state.code()));
    }
    Ok(may_leave)
}
