//! Links of revisions, and what was found where they lead.

use sea_orm_migration::{
    prelude::*,
    schema::{
        integer, small_integer_null, string, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null,
    },
};

use crate::table::{execute, owned};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX link_check_once ON link_check (office_id, url_hash)",
    "CREATE INDEX link_check_due ON link_check (due_at, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("link_check")
            .col(text("url"))
            .col(string("url_hash"))
            .col(string("state"))
            .col(text_null("redirected_to"))
            .col(small_integer_null("status"))
            .col(integer("tries"))
            .col(integer("misses"))
            .col(timestamp_with_time_zone_null("checked_at"))
            .col(timestamp_with_time_zone_null("due_at"))
            .col(timestamp_with_time_zone("wanted_at"))
            .col(timestamp_with_time_zone("created_at"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("link_check").take()).await
    }
}
