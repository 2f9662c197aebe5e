//! Channels on any platform: of those without a word of their own, handles alone do not tell accounts apart, since several
//! platforms share the word `OTHER`. That no two channels are one account is seen by their addresses.

use sea_orm_migration::prelude::*;

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let again = "CREATE UNIQUE INDEX channel_handle ON channel (office_id, platform, handle) \
                     WHERE state <> 'DECLINED' AND state <> 'RETIRED' AND platform <> 'OTHER'";
        execute(manager, &["DROP INDEX channel_handle", again]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let before = "CREATE UNIQUE INDEX channel_handle ON channel (office_id, platform, handle) \
                      WHERE state <> 'DECLINED' AND state <> 'RETIRED'";
        execute(manager, &["DROP INDEX channel_handle", before]).await
    }
}
