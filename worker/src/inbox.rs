//! What the public says to channels is read from their platforms. Nothing is decided here: `office` says which channel and when,
//! `connectors` what was said. The words stay where they are.

use chrono::TimeDelta;
use connectors::{Incoming, IncomingKind, Unread};
use entity::conversation::ConversationKind;
use office::{
    Result,
    conversations::{self, Heard, Listening, Reading},
};

use tokio::task::JoinSet;

use crate::{
    Worker, message,
    outcome::{cause, ours, wish},
};

/// One look: bounded, so that stopping does not wait for long; the next tick goes on.
pub(crate) async fn run(worker: Worker) {
    if let Err(error) = listen(&worker).await {
        tracing::error!(%error, reconcile = "conversations", "reconciling failed; the next tick tries again");
    }
}

async fn listen(worker: &Worker) -> Result<()> {
    let mut left = worker.settings.inbox_at_once;
    while left > 0 && !worker.tasks.is_closed() {
        let wanted = left.min(worker.settings.inbox_concurrency);
        let read = batch(worker, wanted).await?;
        if read < wanted {
            break;
        }
        left -= read;
    }
    Ok(())
}

/// Takes as many channels as are read at the same time, so that none is held longer than its platform takes.
async fn batch(worker: &Worker, wanted: usize) -> Result<usize> {
    let due = conversations::claim(&worker.office, worker.id, u64::try_from(wanted).unwrap_or(1)).await?;
    let taken = due.len();
    let mut asking = JoinSet::new();
    for listening in due {
        let worker = worker.clone();
        asking.spawn(async move {
            let reading = read(&worker, &listening).await;
            (listening, reading)
        });
    }
    while let Some(asked) = asking.join_next().await {
        // A reading that broke is not settled: its lease ends and it is due again.
        let Ok((listening, reading)) = asked else { continue };
        if let Reading::Unread(cause, _) = &reading {
            tracing::warn!(channel.id = %listening.channel.id, cause.code, "what the public says could not be read");
        }
        conversations::settle(&worker.office, worker.id, &listening, reading).await?;
    }
    Ok(taken)
}

async fn read(worker: &Worker, listening: &Listening) -> Reading {
    let connector = match message::connect(&worker.office, &worker.http, worker.id, &listening.channel) {
        Ok(connector) => connector,
        Err(why) => return Reading::Unread(message::unconnected(&why), None),
    };
    match connector.inbound(listening.inbox.cursor.as_deref()).await {
        Ok(inbox) => Reading::Read {
            heard: inbox.items.into_iter().map(heard).collect(),
            cursor: inbox.cursor,
            more: inbox.more,
        },
        Err(Unread::NotOffered) => Reading::Unread(
            ours("NOT_OFFERED", "the platform does not tell this account what is said to it"),
            Some(TimeDelta::days(1)),
        ),
        Err(Unread::CredentialRejected(why) | Unread::Refused(why)) => Reading::Unread(cause(why), None),
        Err(Unread::Unreachable { cause: why, retry_after }) => {
            Reading::Unread(cause(why), wish(retry_after))
        }
    }
}

fn heard(item: Incoming) -> Heard {
    Heard {
        remote_id: item.remote_id,
        kind: match item.kind {
            IncomingKind::Mention => ConversationKind::Mention,
            IncomingKind::Reply => ConversationKind::Reply,
            IncomingKind::Comment => ConversationKind::Comment,
            IncomingKind::Quote => ConversationKind::Quote,
        },
        url: item.url,
        answers: item.answers,
        said_at: item.said_at,
    }
}
