//! Topics of a communications plan that draw journalists.

use sea_orm_migration::{prelude::*, schema::json_binary};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table("plan").add_column(json_binary("contentious").default("[]")).take();
        manager.alter_table(add).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("plan").drop_column("contentious").take()).await
    }
}
