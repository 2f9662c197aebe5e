//! Review policies: who must approve drafts, step by step; and what their clocks and their steps need: when a draft was
//! submitted, and which roles a reviewer held.

use sea_orm_migration::{
    prelude::*,
    schema::{
        json_binary, json_binary_null, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike. One policy a scope is in force.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX review_policy_office ON review_policy (office_id) \
     WHERE ended_at IS NULL AND channel_id IS NULL AND initiative_id IS NULL",
    "CREATE UNIQUE INDEX review_policy_channel ON review_policy (channel_id) \
     WHERE ended_at IS NULL AND channel_id IS NOT NULL",
    "CREATE UNIQUE INDEX review_policy_initiative ON review_policy (initiative_id) \
     WHERE ended_at IS NULL AND initiative_id IS NOT NULL",
    "CREATE INDEX review_policy_current ON review_policy (office_id, id) WHERE ended_at IS NULL",
    "CREATE INDEX review_policy_order ON review_policy (office_id, created_at, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("review_policy")
            .col(uuid_null("channel_id"))
            .col(uuid_null("initiative_id"))
            .col(string("name"))
            .col(json_binary("steps"))
            .col(uuid("created_by"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(uuid_null("ended_by"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("initiative_id", "initiative"))
            .foreign_key(&mut references("created_by", "member"))
            .foreign_key(&mut references("ended_by", "member"))
            .take();
        manager.create_table(table).await?;
        let roles = json_binary_null("reviewer_roles");
        manager.alter_table(Table::alter().table("review").add_column(roles).take()).await?;
        let submitted = timestamp_with_time_zone_null("submitted_at");
        manager.alter_table(Table::alter().table("draft").add_column(submitted).take()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("draft").drop_column("submitted_at").take()).await?;
        manager.alter_table(Table::alter().table("review").drop_column("reviewer_roles").take()).await?;
        manager.drop_table(Table::drop().table("review_policy").take()).await
    }
}
