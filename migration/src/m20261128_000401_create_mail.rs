//! The outbox of mail, and which kinds of it a member does not want.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, json_binary, string, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX mail_once ON mail (office_id, dedupe_key)",
    "CREATE INDEX mail_due ON mail (next_at, id) WHERE next_at IS NOT NULL",
    "CREATE INDEX mail_lease ON mail (lease_until) WHERE lease_until IS NOT NULL",
    "CREATE INDEX mail_state ON mail (office_id, state, created_at)",
    "CREATE INDEX mail_written ON mail (office_id, created_at, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mail = owned("mail")
            .col(uuid("member_id"))
            .col(string("kind"))
            .col(uuid_null("initiative_id"))
            .col(string("dedupe_key"))
            .col(text("subject"))
            .col(text("body"))
            .col(text_null("message_id"))
            .col(string("state"))
            .col(timestamp_with_time_zone_null("next_at"))
            .col(integer("attempts").default(0))
            .col(boolean("handing_over").default(false))
            .col(integer("lost").default(0))
            .col(timestamp_with_time_zone_null("lease_until"))
            .col(uuid_null("worker_id"))
            .col(big_integer("fence").default(0))
            .col(text_null("cause_code"))
            .col(text_null("cause_detail"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("give_up_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .foreign_key(&mut references("member_id", "member"))
            .foreign_key(&mut references("initiative_id", "initiative"))
            .take();
        manager.create_table(mail).await?;
        let muted = json_binary("muted_mail").default("[]").take();
        manager.alter_table(Table::alter().table("member").add_column(muted).take()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("member").drop_column("muted_mail").take()).await?;
        manager.drop_table(Table::drop().table("mail").take()).await
    }
}
