//! Comments on drafts, replies to them, and changes that are suggested.

use sea_orm_migration::{
    prelude::*,
    schema::{
        integer_null, string, string_null, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX draft_comment_draft ON draft_comment (draft_id, id)",
    "CREATE INDEX draft_comment_reply ON draft_comment (parent_id, id) WHERE parent_id IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("draft_comment")
            .col(uuid("draft_id"))
            .col(uuid("revision_id"))
            .col(uuid_null("parent_id"))
            .col(string_null("part"))
            .col(uuid_null("channel_id"))
            .col(uuid_null("media_id"))
            .col(integer_null("byte_start"))
            .col(integer_null("byte_end"))
            .col(text_null("quote"))
            .col(text_null("text"))
            .col(text_null("replacement"))
            .col(string("state"))
            .col(uuid("author_id"))
            .col(uuid_null("settled_by"))
            .col(timestamp_with_time_zone_null("settled_at"))
            .col(text_null("settled_reason"))
            .col(uuid_null("accepted_revision_id"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("draft_id", "draft"))
            .foreign_key(&mut references("revision_id", "revision"))
            .foreign_key(&mut references("parent_id", "draft_comment"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("media_id", "media"))
            .foreign_key(&mut references("author_id", "member"))
            .foreign_key(&mut references("settled_by", "member"))
            .foreign_key(&mut references("accepted_revision_id", "revision"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("draft_comment").take()).await
    }
}
