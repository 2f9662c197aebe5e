//! What the public saw of the directory, change by change, in one order for the whole deployment. What was public before
//! is written down as far as the channels still tell it.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, json_binary, small_integer, string, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
    sea_orm::DbBackend,
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX directory_change_sequence ON directory_change (sequence)",
    "CREATE INDEX directory_change_office ON directory_change (office_id, sequence)",
    "CREATE INDEX directory_change_channel ON directory_change (channel_id, sequence)",
];

/// The first publication of each public channel, and its rest or end.
fn told(new_id: &str) -> String {
    let row = |rank: u8, kind: &str, at: &str, when: &str| {
        format!(
            "SELECT id, office_id, initiative_id, published, {rank} AS rank, '{kind}' AS kind, COALESCE({at}, updated_at) AS at \
             FROM channel WHERE published IS NOT NULL AND {when}"
        )
    };
    let rows = [
        row(1, "PUBLISHED", "published_at", "state IN ('ACTIVE', 'DORMANT', 'RETIRED')"),
        row(2, "DORMANT", "NULL", "state = 'DORMANT'"),
        row(2, "RETIRED", "decided_at", "state = 'RETIRED'"),
    ];
    format!(
        "INSERT INTO directory_change (id, office_id, sequence, at, channel_id, initiative_id, kind, record) \
         SELECT {new_id}, office_id, ROW_NUMBER() OVER (ORDER BY at, rank, id), at, id, initiative_id, kind, published \
         FROM ({}) AS told",
        rows.join(" UNION ALL ")
    )
}

const HEAD: &str = "INSERT INTO directory_head (id, sequence, changed_at) \
     SELECT 1, COALESCE(MAX(sequence), 0), MAX(at) FROM directory_change";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = owned("directory_change")
            .col(big_integer("sequence"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid("channel_id"))
            .col(uuid_null("initiative_id"))
            .col(string("kind"))
            .col(json_binary("record"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("initiative_id", "initiative"))
            .take();
        manager.create_table(change).await?;
        let head = Table::create()
            .table("directory_head")
            .col(small_integer("id").primary_key())
            .col(big_integer("sequence"))
            .col(timestamp_with_time_zone_null("changed_at"))
            .take();
        manager.create_table(head).await?;
        execute(manager, INDEXES).await?;
        let new_id = match manager.get_database_backend() {
            DbBackend::Sqlite => "randomblob(16)",
            _ => "gen_random_uuid()",
        };
        execute(manager, &[&told(new_id), HEAD]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["directory_head", "directory_change"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
