//! Who stands in for whom, and in which days; and who answered in somebody's stead; and of which day
//! members were reminded last.

use sea_orm_migration::{
    prelude::*,
    schema::{
        date, date_null, string, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX delegation_deputy ON delegation (deputy_id, ends_at) WHERE ended_at IS NULL",
    "CREATE INDEX delegation_member ON delegation (member_id, ends_at) WHERE ended_at IS NULL",
    "CREATE INDEX delegation_newest ON delegation (office_id, starts_at, id)",
    "CREATE INDEX delegation_standing ON delegation (office_id, ends_at) WHERE ended_at IS NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("delegation")
            .col(uuid("member_id"))
            .col(uuid("deputy_id"))
            .col(date("starts_on"))
            .col(date("ends_on"))
            .col(string("time_zone"))
            .col(timestamp_with_time_zone("starts_at"))
            .col(timestamp_with_time_zone("ends_at"))
            .col(text_null("note"))
            .col(uuid("created_by"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(uuid_null("ended_by"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("member_id", "member"))
            .foreign_key(&mut references("deputy_id", "member"))
            .foreign_key(&mut references("created_by", "member"))
            .foreign_key(&mut references("ended_by", "member"))
            .take();
        manager.create_table(table).await?;
        let answered_by = Table::alter().table("review").add_column(uuid_null("answered_by")).take();
        manager.alter_table(answered_by).await?;
        let reminded_on = Table::alter().table("office").add_column(date_null("reminded_on")).take();
        manager.alter_table(reminded_on).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("office").drop_column("reminded_on").take()).await?;
        manager.alter_table(Table::alter().table("review").drop_column("answered_by").take()).await?;
        manager.drop_table(Table::drop().table("delegation").take()).await
    }
}
