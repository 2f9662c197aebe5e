//! The parts that nearly every table shares: a key and an owner, references, indexes in plain SQL.

use sea_orm_migration::{prelude::*, schema::uuid};

/// A table whose rows belong to an office.
pub(crate) fn owned(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(uuid("id").primary_key())
        .col(uuid("office_id"))
        .foreign_key(&mut references("office_id", "office"))
        .take()
}

/// A foreign key to another table's `id`. Rows are never deleted under it, so it does not cascade.
pub(crate) fn references(column: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(table, "id").take()
}

/// Runs statements that the builder cannot express (partial indexes).
pub(crate) async fn execute(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
