//! Applications that an office registered at platforms, the consents that are asked for with them, and what a channel needs so
//! that its credential is refreshed and its account is looked at.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob_null, integer, json_binary, json_binary_null, string, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX platform_app_place ON platform_app (office_id, platform, base_url)",
    "CREATE UNIQUE INDEX authorization_state ON channel_authorization (state_hash)",
    "CREATE INDEX authorization_channel ON channel_authorization (channel_id, id)",
    "CREATE INDEX authorization_answered ON channel_authorization (id) WHERE state = 'ANSWERED'",
    "CREATE INDEX channel_refresh ON channel (refresh_at, id) WHERE refresh_at IS NOT NULL",
    "CREATE INDEX channel_profile_due ON channel (profile_due_at, id) WHERE profile_due_at IS NOT NULL",
];

fn app_table() -> TableCreateStatement {
    owned("platform_app")
        .col(string("platform"))
        .col(string("base_url"))
        .col(string("client_id"))
        .col(blob_null("client_secret_sealed"))
        .col(uuid_null("created_by"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut references("created_by", "member"))
        .take()
}

fn authorization_table() -> TableCreateStatement {
    owned("channel_authorization")
        .col(uuid("channel_id"))
        .col(uuid("app_id"))
        .col(uuid_null("begun_by"))
        .col(string("state"))
        .col(string("state_hash"))
        .col(blob_null("verifier_sealed"))
        .col(blob_null("code_sealed"))
        .col(text("redirect_uri"))
        .col(json_binary("settings"))
        .col(big_integer("fence").default(0))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(text_null("cause_code"))
        .col(text_null("cause_detail"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .foreign_key(&mut references("channel_id", "channel"))
        .foreign_key(&mut references("app_id", "platform_app"))
        .foreign_key(&mut references("begun_by", "member"))
        .take()
}

fn channel_columns() -> Vec<ColumnDef> {
    vec![
        uuid_null("authorization_id"),
        uuid_null("credential_app_id"),
        text_null("credential_scopes"),
        blob_null("refresh_sealed"),
        timestamp_with_time_zone_null("refresh_at"),
        timestamp_with_time_zone_null("refresh_lease_until"),
        big_integer("refresh_fence").default(0).take(),
        integer("refresh_failures").default(0).take(),
        text_null("refresh_cause"),
        timestamp_with_time_zone_null("refreshed_at"),
        json_binary_null("profile"),
        timestamp_with_time_zone_null("profile_due_at"),
        text_null("profile_cause"),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(app_table()).await?;
        manager.create_table(authorization_table()).await?;
        for column in channel_columns() {
            manager.alter_table(Table::alter().table("channel").add_column(column).take()).await?;
        }
        execute(manager, INDEXES).await?;
        // Accounts that are connected already are looked at as well.
        let looked_at = "UPDATE channel SET profile_due_at = updated_at WHERE credential_state = 'HEALTHY' \
                         AND credential_sealed IS NOT NULL";
        execute(manager, &[looked_at]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, &["DROP INDEX channel_refresh", "DROP INDEX channel_profile_due"]).await?;
        for column in channel_columns().into_iter().rev() {
            let name = column.get_column_name().clone();
            manager.alter_table(Table::alter().table("channel").drop_column(name).take()).await?;
        }
        manager.drop_table(Table::drop().table("channel_authorization").take()).await?;
        manager.drop_table(Table::drop().table("platform_app").take()).await
    }
}
