//! Figures measured for the goals of communications plans.

use sea_orm_migration::{
    prelude::*,
    schema::{date, double, string, text_null, timestamp_with_time_zone, uuid},
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX measurement_goal ON measurement (initiative_id, goal_id, measured_on, id)",
    "CREATE INDEX measurement_written ON measurement (initiative_id, goal_id, created_at, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("measurement")
            .col(uuid("initiative_id"))
            .col(uuid("goal_id"))
            .col(double("value"))
            .col(date("measured_on"))
            .col(string("source"))
            .col(text_null("note"))
            .col(uuid("recorded_by"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("initiative_id", "initiative"))
            .foreign_key(&mut references("recorded_by", "member"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("measurement").take()).await
    }
}
