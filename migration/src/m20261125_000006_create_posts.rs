//! The queue: posts, attempts, channel heads, pauses; and the entries of the office's own feed.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, integer_null, json_binary, json_binary_null, string, string_null,
        text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX post_once ON post (revision_id, channel_id) WHERE state <> 'CANCELLED' AND state <> 'MISSED' AND state <> 'REJECTED' AND state <> 'WITHDRAWN'",
    "CREATE INDEX post_due ON post (office_id, due_at, id)",
    "CREATE INDEX post_draft ON post (draft_id, id)",
    "CREATE INDEX post_channel_due ON post (channel_id, due_at, id)",
    "CREATE INDEX post_state ON post (office_id, state, due_at, id)",
    "CREATE INDEX post_ready ON post (channel_id, run_at, id) WHERE state IN ('SCHEDULED', 'RETRYING')",
    "CREATE UNIQUE INDEX post_in_flight ON post (channel_id) WHERE state = 'SENDING'",
    "CREATE INDEX post_lease ON post (lease_until) WHERE lease_until IS NOT NULL",
    "CREATE INDEX post_unconfirmed ON post (run_at, id) WHERE state = 'UNCONFIRMED' AND NOT person_decides",
    "CREATE INDEX post_held ON post (id) WHERE state = 'HELD'",
    "CREATE INDEX post_waiting ON post (missed_after) WHERE state IN ('SCHEDULED', 'RETRYING', 'HELD')",
    "CREATE INDEX channel_head_next ON channel_head (next_at, channel_id) WHERE sending IS NULL",
    "CREATE UNIQUE INDEX attempt_number ON attempt (post_id, number)",
    "CREATE INDEX attempt_open ON attempt (post_id) WHERE outcome = 'OPEN'",
    "CREATE INDEX pause_current ON pause (office_id, id) WHERE resumed_at IS NULL",
    "CREATE INDEX pause_office ON pause (office_id, id)",
    "CREATE INDEX feed_entry_order ON feed_entry (channel_id, published_at, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(post()).await?;
        manager.create_table(attempt()).await?;
        manager.create_table(channel_head()).await?;
        manager.create_table(pause()).await?;
        manager.create_table(feed_entry()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["feed_entry", "pause", "channel_head", "attempt", "post"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn post() -> TableCreateStatement {
    owned("post")
        .col(uuid("draft_id"))
        .col(uuid("revision_id"))
        .col(uuid("channel_id"))
        .col(uuid("initiative_id"))
        .col(string("digest"))
        .col(string("state"))
        .col(string("local_time"))
        .col(string("time_zone"))
        .col(timestamp_with_time_zone("due_at"))
        .col(timestamp_with_time_zone("run_at"))
        .col(timestamp_with_time_zone("missed_after"))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(uuid_null("worker_id"))
        .col(big_integer("fence"))
        .col(integer("attempts"))
        .col(integer("look_ups"))
        .col(boolean("person_decides"))
        .col(string("idempotency_key").unique_key())
        .col(string_null("remote_id"))
        .col(text_null("remote_url"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(json_binary_null("hold"))
        .col(string_null("cause_code"))
        .col(text_null("cause_detail"))
        .col(string_null("trace_parent"))
        .col(uuid_null("created_by"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut references("draft_id", "draft"))
        .foreign_key(&mut references("revision_id", "revision"))
        .foreign_key(&mut references("channel_id", "channel"))
        .foreign_key(&mut references("initiative_id", "initiative"))
        .foreign_key(&mut references("created_by", "member"))
        .take()
}

fn attempt() -> TableCreateStatement {
    owned("attempt")
        .col(uuid("post_id"))
        .col(integer("number"))
        .col(string("kind"))
        .col(big_integer("fence"))
        .col(uuid("worker_id"))
        .col(string("idempotency_key"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string("outcome"))
        .col(string_null("cause_code"))
        .col(text_null("cause_detail"))
        .col(integer_null("http_status"))
        .col(string_null("remote_id"))
        .col(text_null("remote_url"))
        .col(string_null("evidence"))
        .col(timestamp_with_time_zone_null("retry_at"))
        .foreign_key(&mut references("post_id", "post"))
        .take()
}

fn channel_head() -> TableCreateStatement {
    Table::create()
        .table("channel_head")
        .col(uuid("channel_id").primary_key())
        .col(uuid("office_id"))
        .col(timestamp_with_time_zone_null("next_at"))
        .col(timestamp_with_time_zone_null("gate_until"))
        .col(uuid_null("sending"))
        .foreign_key(&mut references("channel_id", "channel"))
        .foreign_key(&mut references("office_id", "office"))
        .take()
}

fn pause() -> TableCreateStatement {
    owned("pause")
        .col(string("scope"))
        .col(uuid_null("channel_id"))
        .col(uuid_null("initiative_id"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone_null("ends_at"))
        .col(json_binary("exempt"))
        .col(uuid("paused_by"))
        .col(timestamp_with_time_zone_null("resumed_at"))
        .col(uuid_null("resumed_by"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("channel_id", "channel"))
        .foreign_key(&mut references("initiative_id", "initiative"))
        .foreign_key(&mut references("paused_by", "member"))
        .foreign_key(&mut references("resumed_by", "member"))
        .take()
}

fn feed_entry() -> TableCreateStatement {
    owned("feed_entry")
        .col(uuid("channel_id"))
        .col(string("key").unique_key())
        .col(text_null("title"))
        .col(text("text"))
        .col(text_null("link"))
        .col(string_null("language"))
        .col(json_binary("attachments"))
        .col(timestamp_with_time_zone("published_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .foreign_key(&mut references("channel_id", "channel"))
        .take()
}
