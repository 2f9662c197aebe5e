//! `masthead queue simulate`: what something would do to the queue, with nothing written.

use anyhow::Context as _;
use office::entity::{HandbookId, MemberId, PostId};
use office::{
    Office, Requester,
    lifecycle::Lifecycle as _,
    members,
    paging::PageRequest,
    posts::{self, When},
    simulate::{self, Fate, Foretold, Simulate, Supposition},
};
use serde::Serialize;
use serde_json::json;

use super::{find, found, list, pause, show};
use crate::{
    cli::{SimulateCommand, SupposeCommand},
    output::{self, Form},
};

/// Members that are looked at for an address.
const PAGE: u64 = 500;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    outcome: String,
    channel: String,
    local_time: String,
    time_zone: String,
    before: Side,
    after: Side,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Side {
    state: String,
    leaves_at: Option<String>,
    gates: Vec<String>,
}

fn side(fate: &Fate) -> Side {
    Side {
        state: fate.state.code(),
        leaves_at: fate.leaves_at.map(find::instant),
        gates: fate.gates.iter().map(|gate| gate.gate.clone()).collect(),
    }
}

pub(super) async fn run(office: &Office, command: SimulateCommand, form: Form) -> anyhow::Result<()> {
    let SimulateCommand { suppose, due_from, due_before, limit, office: of } = command;
    let who = super::operator(office, &of).await?;
    let question = Simulate {
        suppose: supposition(office, &who, suppose).await?,
        from: find::time_opt(office, &who, due_from.as_ref()).await?,
        until: find::time_opt(office, &who, due_before.as_ref()).await?,
        first: limit,
    };
    let missing = || "what is supposed is not in this office".to_owned();
    let told = found(Box::pin(simulate::simulate(office, &who.permit()?, question)).await, missing)?;
    let affected: Vec<_> = told.affected.iter().map(|one| one.post.clone()).collect();
    let names = posts::names(office, &who.permit()?, &affected).await?;
    let rows: Vec<_> = told.affected.iter().map(|one| row(one, &names)).collect();
    if form == Form::Json {
        let counts: serde_json::Map<_, _> = simulate::Outcome::ALL
            .into_iter()
            .map(|outcome| (show::name(&outcome), json!(told.count(outcome))))
            .collect();
        let clashes: Vec<_> = told.clashes.iter().map(|post| post.id.to_string()).collect();
        return output::json(&json!({
            "lookedAt": told.looked_at, "more": told.more, "counts": counts, "posts": rows, "clashes": clashes,
        }));
    }
    output::list(form, &["id", "outcome", "due", "channel", "now", "then", "gates"], &rows, |row| {
        let leaves = |side: &Side| side.leaves_at.clone().unwrap_or_else(|| side.state.clone());
        vec![
            row.id.clone(),
            row.outcome.clone(),
            list::due(&row.local_time, &row.time_zone),
            row.channel.clone(),
            leaves(&row.before),
            leaves(&row.after),
            row.after.gates.join(","),
        ]
    })?;
    let more = if told.more { ", and there are more" } else { "" };
    output::message(&format!(
        "{} posts were looked at{more}; {} would fare otherwise",
        told.looked_at,
        rows.len()
    ));
    Ok(())
}

fn row(one: &Foretold, names: &posts::Names) -> Row {
    Row {
        id: one.post.id.to_string(),
        outcome: show::name(&one.outcome),
        channel: names.channels.get(&one.post.channel_id).map(find::named).unwrap_or_default(),
        local_time: one.post.local_time.clone(),
        time_zone: one.post.time_zone.clone(),
        before: side(&one.before),
        after: side(&one.after),
    }
}

async fn supposition(office: &Office, who: &Requester, what: SupposeCommand) -> anyhow::Result<Supposition> {
    Ok(match what {
        SupposeCommand::Pause { scope, which, from, until, exempt } => Supposition::Pause {
            scope: pause::scope(office, who, scope, which.as_deref()).await?,
            reason: "a supposition".to_owned(),
            starts_at: find::time_opt(office, who, from.as_ref()).await?,
            ends_at: find::time_opt(office, who, until.as_ref()).await?,
            exempt: exempt.into_iter().map(PostId).collect(),
        },
        SupposeCommand::Move { id, to } => {
            Supposition::Move { post_id: PostId(id), when: When::At { local_time: to, time_zone: None } }
        }
        SupposeCommand::Handbook { id } => Supposition::Handbook(HandbookId(id)),
        SupposeCommand::StewardAbsent { email, from, until } => Supposition::StewardAbsent {
            member_id: member(office, who, &email).await?,
            from: find::time_opt(office, who, from.as_ref()).await?,
            until: find::time_opt(office, who, until.as_ref()).await?,
        },
        SupposeCommand::InitiativeCloses { which } => {
            Supposition::InitiativeCloses(find::initiative(office, who, &which).await?)
        }
        SupposeCommand::ChannelRests { which } => {
            Supposition::ChannelRests(find::channel(office, who, &which).await?)
        }
        SupposeCommand::CredentialLost { which } => {
            Supposition::CredentialLost(find::channel(office, who, &which).await?)
        }
    })
}

async fn member(office: &Office, who: &Requester, email: &str) -> anyhow::Result<MemberId> {
    let email = email.trim().to_lowercase();
    let filter = members::MemberFilter { search: Some(email.clone()), ..members::MemberFilter::default() };
    let page = members::list(office, &who.permit()?, &filter, &PageRequest::first(PAGE)).await?;
    let one = page.items.into_iter().find(|member| member.email == email);
    Ok(one.with_context(|| format!("no member has the address {email}; see: masthead member list"))?.id)
}
