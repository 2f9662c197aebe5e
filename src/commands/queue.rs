//! `masthead queue`: the queue from the command line. Knows arguments, tables and exit codes; what may be done is the
//! office's to say. No word of a post is printed but its draft's title.

use anyhow::anyhow;
use office::entity::PostId;
use office::{Office, OfficeError, Requester, posts};

use super::{find, office::operator};
use crate::{
    cli::{OnePost, QueueCommand},
    output::Form,
};

mod act;
mod list;
mod pause;
mod show;
mod simulate;
mod status;

/// Does it; `false` is a refusal that it has told of.
pub(super) async fn run(office: &Office, command: QueueCommand, form: Form) -> anyhow::Result<bool> {
    match command {
        QueueCommand::List { state, channel, initiative, due_from, due_before, limit, office: of } => {
            let who = operator(office, &of).await?;
            let wish = list::Wish { state, channel, initiative, due_from, due_before, limit };
            list::run(office, &who, wish, form).await?;
        }
        QueueCommand::Show(one) => show::run(office, &one, form).await?,
        QueueCommand::Explain(one) => return show::explain(office, &one, form).await,
        QueueCommand::Hold { post, reason } => act::hold(office, &post, &reason, form).await?,
        QueueCommand::Release(one) => return act::release(office, &one, form).await,
        QueueCommand::Retry(one) => act::retry(office, &one, form).await?,
        QueueCommand::LookUp(one) => act::look_up(office, &one, form).await?,
        QueueCommand::Cancel(one) => act::cancel(office, &one, form).await?,
        QueueCommand::Withdraw { post, reason } => act::withdraw(office, &post, reason, form).await?,
        QueueCommand::Pause { scope, which, reason, from, until, exempt, office: of } => {
            let who = operator(office, &of).await?;
            let wish = pause::Wish { scope, which, reason, from, until, exempt };
            pause::begin(office, &who, wish, form).await?;
        }
        QueueCommand::Resume { pause, dry_run, office: of } => {
            let who = operator(office, &of).await?;
            pause::resume(office, &who, pause, dry_run, form).await?;
        }
        QueueCommand::Pauses { office: of } => {
            pause::list(office, &operator(office, &of).await?, form).await?;
        }
        QueueCommand::Simulate(command) => simulate::run(office, command, form).await?,
        QueueCommand::Status { office: of } => {
            status::run(office, &operator(office, &of).await?, form).await?;
        }
    }
    Ok(true)
}

/// The post that is meant, with all that belongs to it, and who asks.
async fn the_post(office: &Office, one: &OnePost) -> anyhow::Result<(Requester, posts::Shown)> {
    let who = operator(office, &one.office).await?;
    let shown = posts::show(office, &who.permit()?, PostId(one.id)).await;
    let shown = found(shown, || format!("no post {} in this office; see: masthead queue list", one.id))?;
    Ok((who, shown))
}

/// A thing that is not there, in words that say where to look.
fn found<T>(result: office::Result<T>, missing: impl FnOnce() -> String) -> anyhow::Result<T> {
    match result {
        Err(OfficeError::NotFound(_)) => Err(anyhow!(missing())),
        other => Ok(other?),
    }
}
