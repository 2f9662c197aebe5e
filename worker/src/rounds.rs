//! What is asked of platforms again and again: what the public says to channels, and how posts do. Nothing is decided here:
//! `office` says which channel and when, `connectors` what was said. The words of the public stay where they are.

use std::collections::HashMap;

use chrono::TimeDelta;
use connectors::{Connector, Incoming, IncomingKind, Unread};
use entity::{channel_round::RoundKind, conversation::ConversationKind};
use office::{
    Result,
    conversations::{self, Heard, Said},
    figures::{self, Counted, Figures},
    rounds::{self, Asked, Round},
};
use tokio::task::JoinSet;

use crate::{
    Worker, message,
    outcome::{cause, ours, wish},
};

/// One look: bounded, so that stopping does not wait for long; the next tick goes on.
pub(crate) async fn run(worker: Worker) {
    for kind in [RoundKind::Conversations, RoundKind::Figures] {
        if let Err(error) = look(&worker, kind).await {
            tracing::error!(%error, reconcile = "rounds", "reconciling failed; the next tick tries again");
        }
    }
}

async fn look(worker: &Worker, kind: RoundKind) -> Result<()> {
    let mut left = worker.settings.rounds_at_once;
    while left > 0 && !worker.tasks.is_closed() {
        let wanted = left.min(worker.settings.rounds_concurrency);
        let asked = batch(worker, kind, wanted).await?;
        if asked < wanted {
            break;
        }
        left -= asked;
    }
    Ok(())
}

/// Takes as many channels as are asked at the same time, so that none is held longer than its platform takes.
async fn batch(worker: &Worker, kind: RoundKind, wanted: usize) -> Result<usize> {
    let due = rounds::claim(&worker.office, worker.id, kind, u64::try_from(wanted).unwrap_or(1)).await?;
    let taken = due.len();
    let mut asking = JoinSet::new();
    for round in due {
        let worker = worker.clone();
        asking.spawn(async move {
            match kind {
                RoundKind::Conversations => hear(&worker, &round).await,
                RoundKind::Figures => count(&worker, &round).await,
            }
        });
    }
    while let Some(asked) = asking.join_next().await {
        // One that broke is not settled: its lease ends and it is due again.
        asked.unwrap_or(Ok(()))?;
    }
    Ok(taken)
}

async fn hear(worker: &Worker, round: &Round) -> Result<()> {
    let asked = match connected(worker, round) {
        Ok(connector) => match connector.inbound(round.row.cursor.as_deref()).await {
            Ok(inbox) => Asked::Answered(Said {
                heard: inbox.items.into_iter().map(heard).collect(),
                cursor: inbox.cursor,
                more: inbox.more,
            }),
            Err(why) => unread(round, why),
        },
        Err(asked) => asked,
    };
    conversations::settle(&worker.office, worker.id, round, asked).await
}

async fn count(worker: &Worker, round: &Round) -> Result<()> {
    let posts = figures::to_ask(&worker.office, round).await?;
    let asked = match connected(worker, round) {
        Ok(_) if posts.is_empty() => Asked::Answered(Vec::new()),
        Ok(connector) => {
            let ids: Vec<String> = posts.iter().map(|post| post.remote_id.clone()).collect();
            match connector.metrics(&ids).await {
                Ok(told) => Asked::Answered(of_posts(posts, told)),
                Err(why) => unread(round, why),
            }
        }
        Err(asked) => asked,
    };
    figures::settle(&worker.office, worker.id, round, asked).await
}

fn of_posts(posts: Vec<Counted>, told: Vec<connectors::Figures>) -> Vec<(entity::PostId, Option<Figures>)> {
    let mut told: HashMap<String, connectors::Figures> =
        told.into_iter().map(|figures| (figures.remote_id.clone(), figures)).collect();
    let of = |post: Counted| {
        let figures = told.remove(&post.remote_id).map(|told| Figures {
            impressions: told.impressions,
            likes: told.likes,
            shares: told.shares,
            replies: told.replies,
            clicks: told.clicks,
        });
        (post.post_id, figures)
    };
    posts.into_iter().map(of).collect()
}

fn connected<T>(worker: &Worker, round: &Round) -> std::result::Result<Box<dyn Connector>, Asked<T>> {
    message::connect(&worker.office, &worker.http, worker.id, &round.channel)
        .map_err(|why| Asked::Unanswered(message::unconnected(&why), None))
}

fn unread<T>(round: &Round, why: Unread) -> Asked<T> {
    let (cause, wish) = match why {
        Unread::NotOffered => {
            let cause = ours("NOT_OFFERED", "the platform does not tell this account");
            (cause, Some(TimeDelta::days(1)))
        }
        Unread::CredentialRejected(why) | Unread::Refused(why) => (cause(why), None),
        Unread::Unreachable { cause: why, retry_after } => (cause(why), wish(retry_after)),
    };
    tracing::warn!(channel.id = %round.channel.id, kind = ?round.row.kind, cause.code, "the platform did not tell");
    Asked::Unanswered(cause, wish)
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
