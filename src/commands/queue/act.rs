//! `masthead queue hold`, `release`, `retry`, `look-up`, `cancel` and `withdraw`: what an operator may do to one post. Each takes the
//! post as it is at this moment; one that changes meanwhile is refused by its version.

use office::entity::{PostId, post};
use office::{
    Office,
    corrections::{self, CorrectPost},
    lifecycle::Lifecycle as _,
    posts,
};
use serde_json::json;

use super::{find, show, the_post};
use crate::{
    cli::OnePost,
    output::{self, Form},
};

pub(super) async fn hold(office: &Office, one: &OnePost, reason: &str, form: Form) -> anyhow::Result<()> {
    let (who, shown) = the_post(office, one).await?;
    let version = shown.post.version;
    posts::hold(office, &who.permit()?, PostId(one.id), version, reason).await?;
    report(office, one, "held", form).await
}

/// Whether it waits for its time again.
pub(super) async fn release(office: &Office, one: &OnePost, form: Form) -> anyhow::Result<bool> {
    let (who, shown) = the_post(office, one).await?;
    let released = posts::release(office, &who.permit()?, PostId(one.id), shown.post.version).await?;
    let free = released.shut.is_empty();
    if form == Form::Json {
        output::json(&json!({
            "id": one.id.to_string(),
            "state": released.post.state.code(),
            "released": free,
            "shut": released.shut,
        }))?;
        return Ok(free);
    }
    if free {
        output::message(&format!("released {}: {}", one.id, said(&released.post)));
        return Ok(true);
    }
    output::message(&format!(
        "{} is not held from here any more, and does not leave: {}",
        one.id,
        said(&released.post)
    ));
    for gate in &released.shut {
        output::line(&format!("{}  {}; {}", gate.gate, gate.reason, gate.opens));
    }
    Ok(false)
}

pub(super) async fn retry(office: &Office, one: &OnePost, form: Form) -> anyhow::Result<()> {
    let (who, shown) = the_post(office, one).await?;
    posts::retry(office, &who.permit()?, PostId(one.id), shown.post.version).await?;
    report(office, one, "tries again", form).await
}

pub(super) async fn look_up(office: &Office, one: &OnePost, form: Form) -> anyhow::Result<()> {
    let (who, _) = the_post(office, one).await?;
    posts::look_up(office, &who.permit()?, PostId(one.id)).await?;
    report(office, one, "has it looked up", form).await
}

pub(super) async fn cancel(office: &Office, one: &OnePost, form: Form) -> anyhow::Result<()> {
    let (who, shown) = the_post(office, one).await?;
    posts::cancel(office, &who.permit()?, PostId(one.id), shown.post.version).await?;
    report(office, one, "cancelled", form).await
}

/// The order alone: a worker carries it out, and tries again until the platform has done it.
pub(super) async fn withdraw(
    office: &Office,
    one: &OnePost,
    reason: String,
    form: Form,
) -> anyhow::Result<()> {
    let (who, shown) = the_post(office, one).await?;
    let order = CorrectPost { post_id: PostId(one.id), expected_version: shown.post.version, reason };
    corrections::withdraw(office, &who.permit()?, order).await?;
    report(office, one, "is being taken back", form).await
}

async fn report(office: &Office, one: &OnePost, done: &str, form: Form) -> anyhow::Result<()> {
    let (_, shown) = the_post(office, one).await?;
    if form == Form::Json {
        return output::json(&show::facts(&shown));
    }
    output::message(&format!("{done}: {} is {}", one.id, said(&shown.post)));
    Ok(())
}

fn said(post: &post::Model) -> String {
    let at = match post.state {
        post::PostState::Scheduled | post::PostState::Retrying | post::PostState::Unconfirmed => {
            format!(", next at {}", find::instant(post.run_at))
        }
        _ => String::new(),
    };
    format!("{}{at}", post.state.code())
}
