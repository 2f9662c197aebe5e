//! What a channel's head knows of its platform: why it waits, how often it failed in a row, and which host it talks to.

use sea_orm_migration::{
    prelude::*,
    schema::{integer, string_null, timestamp_with_time_zone_null},
};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            string_null("gate_reason"),
            integer("failures").default(0).take(),
            timestamp_with_time_zone_null("broken_since"),
            string_null("host"),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("channel_head").add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["host", "broken_since", "failures", "gate_reason"] {
            manager.alter_table(Table::alter().table("channel_head").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
