//! What the rest of a channel's life needs: a contact, the day of its review and what that came to, and what is left of it
//! when it is retired.

use sea_orm_migration::{
    prelude::*,
    schema::{date_null, string_null, text_null, uuid_null},
};

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: &[&str] =
    &["contact", "review_due_on", "review_verdict", "public_page", "credential_keeper_id", "last_post_id"];

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX draft_author ON draft (author_id, id)",
    "CREATE INDEX review_adviser ON review (adviser_id, created_at) WHERE answered_at IS NULL",
    "CREATE INDEX initiative_manager ON initiative (manager_id, id)",
    "CREATE INDEX member_departed ON member (office_id, id) WHERE state = 'DEPARTED'",
    "CREATE INDEX authorization_begun ON channel_authorization (begun_by, id)",
];

const FORMER: &[&str] = &[
    "DROP INDEX authorization_begun",
    "DROP INDEX member_departed",
    "DROP INDEX initiative_manager",
    "DROP INDEX review_adviser",
    "DROP INDEX draft_author",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text_null("contact").take(),
            date_null("review_due_on").take(),
            string_null("review_verdict").take(),
            string_null("public_page").take(),
            uuid_null("credential_keeper_id").take(),
            uuid_null("last_post_id").take(),
        ] {
            manager.alter_table(Table::alter().table("channel").add_column(column).take()).await?;
        }
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, FORMER).await?;
        for column in COLUMNS.iter().rev() {
            manager.alter_table(Table::alter().table("channel").drop_column(*column).take()).await?;
        }
        Ok(())
    }
}
