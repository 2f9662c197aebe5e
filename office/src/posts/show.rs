//! One post with all that belongs to it, and the names of what a list of posts points at: for who reads without GraphQL.
//! Only reads.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{ChannelId, DraftId, PostId, attempt, channel, draft, initiative, post, post_figures};
use uuid::Uuid;

use super::{NextAct, Outcome, next_act, next_try, outcome};
use crate::{
    Office,
    error::Result,
    policy::{Permit, op},
    queue::channel_heads,
    read,
};

/// A post with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The post.
    pub post: post::Model,
    /// Its draft.
    pub draft: draft::Model,
    /// Where it goes.
    pub channel: channel::Model,
    /// For which initiative.
    pub initiative: initiative::Model,
    /// Every try, oldest first.
    pub attempts: Vec<attempt::Model>,
    /// What became of it.
    pub outcome: Outcome,
    /// What is to be done about it.
    pub next_act: NextAct,
    /// How often it was seen and answered, where its platform was asked.
    pub figures: Option<post_figures::Model>,
    /// When it is tried next, if that is known.
    pub next_try_at: Option<DateTime<Utc>>,
}

/// Reads one post with all that belongs to it.
pub async fn show(office: &Office, permit: &Permit<op::Posts>, id: PostId) -> Result<Shown> {
    let (db, office_id) = (office.db.read(), permit.office_id());
    let post = read::one::<post::Entity>(db, office_id, id).await?;
    let channel = read::one::<channel::Entity>(db, office_id, post.channel_id).await?;
    let attempts =
        read::related::<attempt::Entity>(db, office_id, attempt::Column::PostId, &[post.id.0]).await?;
    let heads = channel_heads(office, office_id, &[post.channel_id]).await?;
    let column = post_figures::Column::PostId;
    let figures = read::related::<post_figures::Entity>(db, office_id, column, &[post.id.0]).await?.pop();
    Ok(Shown {
        figures,
        draft: read::one::<draft::Entity>(db, office_id, post.draft_id).await?,
        initiative: read::one::<initiative::Entity>(db, office_id, post.initiative_id).await?,
        outcome: outcome(&post, &attempts),
        next_act: next_act(&post, &channel, heads.first(), office.clock.now()),
        next_try_at: next_try(&post, heads.first()),
        post,
        channel,
        attempts,
    })
}

/// What posts point at, by id.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Titles of drafts.
    pub titles: HashMap<DraftId, String>,
    /// Channels.
    pub channels: HashMap<ChannelId, channel::Model>,
}

/// The names of what these posts point at, in two statements.
pub async fn names(office: &Office, permit: &Permit<op::Posts>, posts: &[post::Model]) -> Result<Names> {
    let (db, office_id) = (office.db.read(), permit.office_id());
    let distinct = |id: fn(&post::Model) -> Uuid| {
        let mut ids: Vec<Uuid> = posts.iter().map(id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let drafts = read::many::<draft::Entity>(db, office_id, &distinct(|post| post.draft_id.0)).await?;
    let channels = read::many::<channel::Entity>(db, office_id, &distinct(|post| post.channel_id.0)).await?;
    Ok(Names {
        titles: drafts.into_iter().map(|row| (row.id, row.title)).collect(),
        channels: channels.into_iter().map(|row| (row.id, row)).collect(),
    })
}
