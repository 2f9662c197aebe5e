//! What an announcement says of channels that are there already, what coordinators ask about it, and what became of its
//! plan's goals.

use sea_orm_migration::{
    prelude::*,
    schema::{
        json_binary, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX initiative_question_of ON initiative_question (initiative_id, id)",
    "CREATE INDEX initiative_question_open ON initiative_question (office_id, asked_at) WHERE answered_at IS NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let question = owned("initiative_question")
            .col(uuid("initiative_id"))
            .col(text("question"))
            .col(uuid("asked_by"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(text_null("answer"))
            .col(uuid_null("answered_by"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .foreign_key(&mut references("initiative_id", "initiative"))
            .foreign_key(&mut references("asked_by", "member"))
            .foreign_key(&mut references("answered_by", "member"))
            .take();
        manager.create_table(question).await?;
        for column in [
            json_binary("existing_channels").default("[]").take(),
            text_null("existing_channels_note").take(),
            json_binary("results").default("[]").take(),
        ] {
            manager.alter_table(Table::alter().table("initiative").add_column(column).take()).await?;
        }
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["results", "existing_channels_note", "existing_channels"] {
            manager.alter_table(Table::alter().table("initiative").drop_column(column).take()).await?;
        }
        manager.drop_table(Table::drop().table("initiative_question").take()).await
    }
}
