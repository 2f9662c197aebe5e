//! Drafts, their revisions, media and reviews.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, integer_null, json_binary, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX draft_updated ON draft (office_id, updated_at, id)",
    "CREATE INDEX draft_state ON draft (office_id, state, updated_at, id)",
    "CREATE INDEX draft_initiative ON draft (initiative_id, updated_at, id)",
    "CREATE UNIQUE INDEX revision_number ON revision (draft_id, number)",
    "CREATE UNIQUE INDEX revision_target_once ON revision_target (revision_id, channel_id)",
    "CREATE INDEX revision_target_channel ON revision_target (channel_id)",
    "CREATE UNIQUE INDEX revision_media_position ON revision_media (revision_id, position)",
    "CREATE INDEX review_revision ON review (revision_id, id)",
    "CREATE INDEX review_draft ON review (draft_id, id)",
    "CREATE INDEX media_hash ON media (office_id, sha256)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(draft()).await?;
        manager.create_table(media()).await?;
        manager.create_table(revision()).await?;
        manager.create_table(revision_target()).await?;
        manager.create_table(revision_media()).await?;
        manager.create_table(review()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["review", "revision_media", "revision_target", "revision", "media", "draft"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn draft() -> TableCreateStatement {
    owned("draft")
        .col(uuid("initiative_id"))
        .col(string("title"))
        .col(string("state"))
        .col(uuid_null("author_id"))
        .col(uuid_null("integration_id"))
        .col(uuid("revision_id"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut references("initiative_id", "initiative"))
        .foreign_key(&mut references("author_id", "member"))
        .foreign_key(&mut references("integration_id", "integration"))
        .take()
}

fn media() -> TableCreateStatement {
    owned("media")
        .col(string("state"))
        .col(string("file_name"))
        .col(string("media_type"))
        .col(string_null("sha256"))
        .col(big_integer("byte_size"))
        .col(integer_null("width"))
        .col(integer_null("height"))
        .col(string_null("upload_token_hash"))
        .col(timestamp_with_time_zone_null("upload_expires_at"))
        .col(uuid_null("uploaded_by"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("uploaded_by", "member"))
        .take()
}

fn revision() -> TableCreateStatement {
    owned("revision")
        .col(uuid("draft_id"))
        .col(integer("number"))
        .col(string("title"))
        .col(text("text"))
        .col(text_null("link"))
        .col(string_null("capacity"))
        .col(text_null("key_message"))
        .col(json_binary("sources"))
        .col(uuid_null("author_id"))
        .col(string("digest"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("draft_id", "draft"))
        .foreign_key(&mut references("author_id", "member"))
        .take()
}

fn revision_target() -> TableCreateStatement {
    owned("revision_target")
        .col(uuid("revision_id"))
        .col(uuid("channel_id"))
        .col(text_null("text"))
        .col(string("digest"))
        .foreign_key(&mut references("revision_id", "revision"))
        .foreign_key(&mut references("channel_id", "channel"))
        .take()
}

fn revision_media() -> TableCreateStatement {
    owned("revision_media")
        .col(uuid("revision_id"))
        .col(uuid("media_id"))
        .col(integer("position"))
        .col(text_null("alt_text"))
        .col(boolean("decorative"))
        .foreign_key(&mut references("revision_id", "revision"))
        .foreign_key(&mut references("media_id", "media"))
        .take()
}

fn review() -> TableCreateStatement {
    owned("review")
        .col(uuid("draft_id"))
        .col(uuid("revision_id"))
        .col(uuid("reviewer_id"))
        .col(string("decision"))
        .col(string("digest"))
        .col(text_null("comment"))
        .col(uuid_null("adviser_id"))
        .col(text_null("answer"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("draft_id", "draft"))
        .foreign_key(&mut references("revision_id", "revision"))
        .foreign_key(&mut references("reviewer_id", "member"))
        .foreign_key(&mut references("adviser_id", "member"))
        .take()
}
