//! `masthead queue pause`, `resume` and `pauses`.

use anyhow::Context as _;
use office::entity::{PauseId, PostId, pause, pause::PauseScope};
use office::{
    Office, Requester,
    paging::PageRequest,
    pauses::{self, PausePublishing, ResumeEffect, Scope},
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{find, found, show};
use crate::{
    cli::ScopeOf,
    output::{self, Form},
};

/// Pauses that are looked at, newest first: as many as may stand at the same time.
const PAGE: u64 = 200;

/// A pause to begin.
pub(super) struct Wish {
    pub(super) scope: ScopeOf,
    pub(super) which: Option<String>,
    pub(super) reason: String,
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
    pub(super) exempt: Vec<Uuid>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    scope: PauseScope,
    which: Option<String>,
    reason: String,
    starts_at: String,
    ends_at: Option<String>,
    exempt: Vec<String>,
    by_operator: bool,
    resumed_at: Option<String>,
}

fn row(pause: pause::Model) -> Row {
    let channel = pause.channel_id.map(|id| id.to_string());
    Row {
        id: pause.id.to_string(),
        scope: pause.scope,
        which: channel.or(pause.initiative_id.map(|id| id.to_string())),
        reason: pause.reason,
        starts_at: find::instant(pause.starts_at),
        ends_at: pause.ends_at.map(find::instant),
        exempt: pause.exempt.0.iter().map(ToString::to_string).collect(),
        by_operator: pause.paused_by.is_none(),
        resumed_at: pause.resumed_at.map(find::instant),
    }
}

/// What a scope means.
pub(super) async fn scope(
    office: &Office,
    who: &Requester,
    scope: ScopeOf,
    which: Option<&str>,
) -> anyhow::Result<Scope> {
    Ok(match (scope, which) {
        (ScopeOf::Office, None) => Scope::Office,
        (ScopeOf::Office, Some(word)) => anyhow::bail!("it is the whole office: leave `{word}` out"),
        (ScopeOf::Channel, word) => {
            Scope::Channel(find::channel(office, who, word.context("name the channel")?).await?)
        }
        (ScopeOf::Initiative, word) => {
            Scope::Initiative(find::initiative(office, who, word.context("name the initiative")?).await?)
        }
    })
}

pub(super) async fn begin(office: &Office, who: &Requester, wish: Wish, form: Form) -> anyhow::Result<()> {
    let scope = scope(office, who, wish.scope, wish.which.as_deref()).await?;
    let pause = PausePublishing {
        client_key: None,
        scope,
        reason: wish.reason,
        starts_at: find::time_opt(office, who, wish.from.as_ref()).await?,
        ends_at: find::time_opt(office, who, wish.until.as_ref()).await?,
        exempt: wish.exempt.into_iter().map(PostId).collect(),
    };
    let row = row(pauses::begin(office, &who.permit()?, pause).await?);
    if form == Form::Json {
        return output::json(&row);
    }
    output::message("paused: nothing more begins to leave within its scope; to lift it:");
    output::line(&format!("masthead queue resume {}", row.id));
    Ok(())
}

pub(super) async fn resume(
    office: &Office,
    who: &Requester,
    id: Uuid,
    dry_run: bool,
    form: Form,
) -> anyhow::Result<()> {
    let unknown = || format!("no pause {id} in this office; see: masthead queue pauses");
    let effect = if dry_run {
        found(pauses::preview_resume(office, &who.permit()?, PauseId(id)).await, unknown)?
    } else {
        found(pauses::resume(office, &who.permit()?, PauseId(id)).await, unknown)?.1
    };
    let ResumeEffect { released, missed, still_held, more } = effect;
    if form == Form::Json {
        return output::json(&json!({
            "pause": id.to_string(), "lifted": !dry_run, "released": released, "missed": missed,
            "stillHeld": still_held, "more": more,
        }));
    }
    let (done, more) =
        (if dry_run { "it would be lifted" } else { "lifted" }, if more { " at least" } else { "" });
    output::message(&format!(
        "{done}:{more} {released} posts go back to their time, {missed} became too late and wait for a decision \
         (MISSED), {still_held} stay held"
    ));
    Ok(())
}

pub(super) async fn list(office: &Office, who: &Requester, form: Form) -> anyhow::Result<()> {
    let page = pauses::list(office, &who.permit()?, &PageRequest::first(PAGE)).await?;
    let now = office.now();
    let stands =
        |pause: &pause::Model| pause.resumed_at.is_none() && pause.ends_at.is_none_or(|end| end > now);
    let rows: Vec<_> = page.items.into_iter().filter(stands).map(row).collect();
    output::list(form, &["id", "scope", "of", "from", "until", "by", "exempt", "reason"], &rows, |row| {
        vec![
            row.id.clone(),
            show::name(&row.scope),
            row.which.clone().unwrap_or_else(|| "–".to_owned()),
            row.starts_at.clone(),
            row.ends_at.clone().unwrap_or_else(|| "resumed".to_owned()),
            if row.by_operator { "operator" } else { "member" }.to_owned(),
            row.exempt.len().to_string(),
            row.reason.clone(),
        ]
    })
}
