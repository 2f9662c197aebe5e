//! The same of posts that show one of others below their words: it is shown, whatever died.

use connectors::fake::Dialect;
use entity::channel::Platform;

use super::{Stage, walk_of};
use crate::support::engine::Engine;

async fn walk(dialect: Dialect, platform: Platform, at_least: usize) {
    let stage = Stage::set(&Engine::Sqlite, dialect, platform).await;
    let quotes = Some(stage.server.add_post_of_others("Flu jabs from Monday").to_string());
    walk_of(&Stage { quotes, ..stage }, at_least).await;
}

#[tokio::test]
async fn mastodon() {
    Box::pin(walk(Dialect::Mastodon, Platform::Mastodon, 3)).await;
}

#[tokio::test]
async fn bluesky() {
    Box::pin(walk(Dialect::Bluesky, Platform::Bluesky, 3)).await;
}
