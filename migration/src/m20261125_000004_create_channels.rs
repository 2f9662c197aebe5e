//! The registry of channels, their stewards and their slots.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob_null, boolean, json_binary, json_binary_null, small_integer, string, string_null,
        text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX channel_handle ON channel (office_id, platform, handle) WHERE state <> 'DECLINED' AND state <> 'RETIRED'",
    "CREATE INDEX channel_order ON channel (office_id, handle, id)",
    "CREATE INDEX channel_state ON channel (office_id, state, id)",
    "CREATE INDEX channel_initiative ON channel (initiative_id)",
    "CREATE UNIQUE INDEX steward_current ON steward (channel_id, member_id) WHERE until IS NULL",
    "CREATE INDEX steward_member ON steward (member_id)",
    "CREATE UNIQUE INDEX slot_once ON slot (channel_id, weekday, local_time, time_zone)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(channel()).await?;
        manager.create_table(steward()).await?;
        manager.create_table(slot()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["slot", "steward", "channel"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn channel() -> TableCreateStatement {
    owned("channel")
        .col(uuid_null("initiative_id"))
        .col(string("platform"))
        .col(string("handle"))
        .col(string("url"))
        .col(string("display_name"))
        .col(text("purpose"))
        .col(text("audience"))
        .col(string("language"))
        .col(text("bio_line"))
        .col(text("monitored_hours"))
        .col(string_null("signature"))
        .col(text("justification"))
        .col(string("state"))
        .col(uuid("requested_by"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("decision_reason"))
        .col(json_binary("settings"))
        .col(blob_null("credential_sealed"))
        .col(string("credential_state"))
        .col(timestamp_with_time_zone_null("credential_checked_at"))
        .col(timestamp_with_time_zone_null("credential_expires_at"))
        .col(json_binary_null("published"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(boolean("record_pending"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut references("initiative_id", "initiative"))
        .foreign_key(&mut references("requested_by", "member"))
        .foreign_key(&mut references("decided_by", "member"))
        .take()
}

fn steward() -> TableCreateStatement {
    owned("steward")
        .col(uuid("channel_id"))
        .col(uuid("member_id"))
        .col(boolean("on_duty"))
        .col(timestamp_with_time_zone("since"))
        .col(timestamp_with_time_zone_null("until"))
        .foreign_key(&mut references("channel_id", "channel"))
        .foreign_key(&mut references("member_id", "member"))
        .take()
}

fn slot() -> TableCreateStatement {
    owned("slot")
        .col(uuid("channel_id"))
        .col(small_integer("weekday"))
        .col(string("local_time"))
        .col(string("time_zone"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("channel_id", "channel"))
        .take()
}
