//! A person's own hold on one post: who, why and since when.

use sea_orm_migration::{prelude::*, schema::json_binary_null};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table("post").add_column(json_binary_null("person_hold")).take();
        manager.alter_table(add).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("post").drop_column("person_hold").take()).await
    }
}
