//! Captions of films: which a film has in its place, and what the cues of a caption file say.

use sea_orm_migration::{
    prelude::*,
    schema::{json_binary_null, text_null},
};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let captions = json_binary_null("captions");
        manager.alter_table(Table::alter().table("revision_media").add_column(captions).take()).await?;
        let words = text_null("words");
        manager.alter_table(Table::alter().table("media").add_column(words).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("media").drop_column("words").take()).await?;
        manager.alter_table(Table::alter().table("revision_media").drop_column("captions").take()).await
    }
}
