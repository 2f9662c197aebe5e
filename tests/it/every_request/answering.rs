//! The same of posts that answer what the public said: whoever asked has one answer, and nobody is asked to give another.

use connectors::fake::{Dialect, Heard};
use entity::{
    ConversationId, PostId,
    channel::Platform,
    conversation::{self, ConversationKind, ConversationOutcome},
};
use office::{Clock as _, IdSource as _, SystemIds};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _};

use super::{Mortal, Stage, walk_of};
use crate::support::engine::Engine;

/// Somebody says something, and it was read: the platform's name for it, and the conversation.
pub(super) async fn hear(stage: &Stage) -> (String, ConversationId) {
    let answers = stage.below.clone();
    let said = Heard { author: "ana".to_owned(), text: "When?".to_owned(), answers, ..Heard::default() };
    let name = stage.server.hear(said);
    let (id, now) = (ConversationId(SystemIds.next()), stage.desk.clock.now());
    let row = conversation::Model {
        id,
        office_id: stage.desk.author.office_id,
        channel_id: stage.channel,
        remote_id: full_name(stage, &name),
        kind: ConversationKind::Mention,
        url: None,
        post_id: None,
        said_at: now,
        due_at: now,
        owner_id: None,
        draft_id: None,
        answer_id: None,
        outcome: None,
        note: None,
        settled_by: None,
        settled_at: None,
        created_at: now,
    };
    conversation::ActiveModel::from(row).reset_all().insert(&stage.desk.database).await.unwrap();
    (name, id)
}

/// As the connector names it that reads it.
fn full_name(stage: &Stage, name: &str) -> String {
    let number = stage.below.as_deref().and_then(|post| post.rsplit(['_', ':']).next()).unwrap_or_default();
    match stage.platform {
        Platform::Bluesky => format!("at://did:plc:ana/app.bsky.feed.post/{name}"),
        Platform::Facebook => format!("{number}_{name}"),
        Platform::Linkedin => format!("urn:li:comment:(urn:li:activity:{number},{name})"),
        _ => name.to_owned(),
    }
}

/// The post that is out settled it.
pub(super) async fn is_answered(stage: &Stage, id: ConversationId, post: PostId) {
    let row = conversation::Entity::find_by_id(id).one(&stage.desk.database).await.unwrap().unwrap();
    assert_eq!((row.outcome, row.answer_id), (Some(ConversationOutcome::Answered), Some(post)));
}

async fn walk(dialect: Dialect, platform: Platform, at_least: usize) {
    let stage = Stage::set(&Engine::Sqlite, dialect, platform).await;
    walk_of(&Stage { answers: true, ..stage }, at_least).await;
}

/// The same where the public speaks below posts alone.
async fn walk_below(dialect: Dialect, platform: Platform, at_least: usize) {
    let stage = Stage::set(&Engine::Sqlite, dialect, platform).await;
    let post = stage.schedule("The clinic has a door.", None).await;
    let worker = Mortal::start(&stage.desk);
    stage.published(post, &worker, 0).await;
    worker.die().await;
    let below = stage.desk.post(post).await.remote_id;
    walk_of(&Stage { answers: true, below, ..stage }, at_least).await;
}

#[tokio::test]
async fn facebook() {
    Box::pin(walk_below(Dialect::Facebook, Platform::Facebook, 3)).await;
}

#[tokio::test]
async fn linkedin() {
    Box::pin(walk_below(Dialect::LinkedIn, Platform::Linkedin, 3)).await;
}

#[tokio::test]
async fn youtube() {
    Box::pin(walk_below(Dialect::YouTube, Platform::Youtube, 4)).await;
}

#[tokio::test]
async fn mastodon() {
    Box::pin(walk(Dialect::Mastodon, Platform::Mastodon, 3)).await;
}

#[tokio::test]
async fn bluesky() {
    Box::pin(walk(Dialect::Bluesky, Platform::Bluesky, 3)).await;
}
