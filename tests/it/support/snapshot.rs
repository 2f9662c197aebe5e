//! Everything that is stored, to see that nothing of it changed.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseConnection, Statement};

/// Every row of every table but the signs of life, by table.
pub(crate) async fn everything(db: &DatabaseConnection) -> BTreeMap<String, String> {
    let engine = db.get_database_backend();
    let tables = match engine {
        DatabaseBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        _ => "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'",
    };
    let mut all = BTreeMap::new();
    for table in texts(db, tables.to_owned(), "name").await {
        if table == "worker_beat" {
            continue;
        }
        let content = match engine {
            DatabaseBackend::Sqlite => sqlite(db, &table).await,
            _ => format!(
                "SELECT coalesce(string_agg(line::text, chr(10) ORDER BY line::text), '') AS content FROM \"{table}\" AS line"
            ),
        };
        all.insert(table, texts(db, content, "content").await.remove(0));
    }
    all
}

/// `SQLite` has no text of a whole row.
async fn sqlite(db: &DatabaseConnection, table: &str) -> String {
    let columns = texts(db, format!("SELECT name FROM pragma_table_info('{table}')"), "name").await;
    let columns: Vec<_> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
    format!(
        "SELECT coalesce(group_concat(line, char(10)), '') AS content FROM (SELECT {} AS line FROM \"{table}\" ORDER BY 1)",
        columns.join("||','||")
    )
}

async fn texts(db: &DatabaseConnection, sql: String, column: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", column).unwrap()).collect()
}
