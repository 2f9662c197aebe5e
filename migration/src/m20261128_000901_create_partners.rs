//! Partners that an office supports, and whose account an address is.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, date_null, json_binary, string, text, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX partner_named ON partner (office_id, name, id)",
    "CREATE UNIQUE INDEX partner_address_once ON partner_address (office_id, account)",
    "CREATE INDEX partner_address_of ON partner_address (partner_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let partner = owned("partner")
            .col(string("name"))
            .col(text("why"))
            .col(string("language"))
            .col(json_binary("accounts"))
            .col(uuid_null("initiative_id"))
            .col(uuid("keeper_id"))
            .col(date_null("ends_on"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(uuid_null("ended_by"))
            .col(uuid("created_by"))
            .col(big_integer("version"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(&mut references("initiative_id", "initiative"))
            .foreign_key(&mut references("keeper_id", "member"))
            .foreign_key(&mut references("ended_by", "member"))
            .foreign_key(&mut references("created_by", "member"))
            .take();
        manager.create_table(partner).await?;
        let address = owned("partner_address")
            .col(uuid("partner_id"))
            .col(text("account"))
            .foreign_key(&mut references("partner_id", "partner"))
            .take();
        manager.create_table(address).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("partner_address").take()).await?;
        manager.drop_table(Table::drop().table("partner").take()).await
    }
}
