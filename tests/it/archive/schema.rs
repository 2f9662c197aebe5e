//! Guard: a table or a column that is added is exported, or is named with the reason why not; what is exported comes after
//! what it refers to, and every reference is looked after.

use std::collections::{BTreeMap, BTreeSet};

use office::archive::{LEFT_OUT, NOT_EXPORTED, WITHOUT_KEY, exported};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};

use super::Elsewhere;
use crate::support::engine::Engine;

/// Columns that end like a reference and are none to a row of an office.
const NO_REFERENCE: &[&str] = &[
    "actor_id",
    "subject_id",
    "result_id",
    "worker_id",
    "remote_id",
    "answers_remote_id",
    "message_id",
    "request_id",
    "goal_id",
    "key_message_id",
    "run_by",
];

async fn texts(here: &Elsewhere, sql: &str) -> Vec<Vec<String>> {
    let rows =
        here.database.query_all_raw(Statement::from_string(DatabaseBackend::Sqlite, sql)).await.unwrap();
    let names = ["a", "b", "c"];
    rows.iter().map(|row| names.iter().filter_map(|name| row.try_get("", name).ok()).collect()).collect()
}

#[tokio::test]
async fn nothing_of_the_schema_is_forgotten() {
    let here = Elsewhere::open(&Engine::Sqlite).await;
    let sql = "SELECT m.name AS a, c.name AS b FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c \
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
    let mut schema: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in texts(&here, sql).await {
        schema.entry(row[0].clone()).or_default().insert(row[1].clone());
    }
    let exported: BTreeMap<_, _> = exported().unwrap().into_iter().collect();
    for (table, columns) in &schema {
        let reason = NOT_EXPORTED.iter().find(|(name, _)| name == table).map(|(_, reason)| *reason);
        let Some(held) = exported.get(table.as_str()) else {
            assert!(
                reason.is_some_and(|reason| !reason.is_empty()),
                "{table} is new: add it to TABLES in office/src/archive/tables.rs, or to NOT_EXPORTED with the reason"
            );
            continue;
        };
        assert_eq!(reason, None, "{table} is exported and not exported");
        let left: BTreeSet<&str> =
            LEFT_OUT.iter().filter(|(of, ..)| of == table).map(|(_, column, _)| *column).collect();
        let all: BTreeSet<&str> = held.iter().copied().chain(left.iter().copied()).collect();
        assert_eq!(all, columns.iter().map(String::as_str).collect(), "{table}");
        assert!(left.iter().all(|column| !held.contains(column)), "{table}");
    }
    for (table, column, reason) in LEFT_OUT {
        assert!(schema[*table].contains(*column) && !reason.is_empty(), "{table}.{column}");
    }
    assert_eq!(schema.len(), exported.len() + NOT_EXPORTED.len(), "a list names a table that is gone");
}

#[tokio::test]
async fn what_could_hold_a_secret_is_never_exported() {
    for (table, columns) in exported().unwrap() {
        for column in columns {
            let secret = ["sealed", "secret", "password", "token_hash", "private", "verifier"]
                .iter()
                .any(|word| column.contains(word));
            assert!(!secret, "{table}.{column}: name it in LEFT_OUT");
        }
    }
}

#[tokio::test]
async fn rows_come_after_what_they_refer_to_and_every_reference_is_looked_after() {
    let here = Elsewhere::open(&Engine::Sqlite).await;
    let sql = "SELECT m.name AS a, f.\"from\" AS b, f.\"table\" AS c FROM sqlite_master AS m \
               JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'";
    let keys: BTreeSet<Vec<String>> = texts(&here, sql).await.into_iter().collect();
    let exported = exported().unwrap();
    let place = |table: &str| exported.iter().position(|(name, _)| *name == table);
    for key in &keys {
        let (Some(child), Some(parent)) = (place(&key[0]), place(&key[2])) else { continue };
        let later = ("draft_comment", "parent_id") == (key[0].as_str(), key[1].as_str());
        assert!(parent < child || later, "{key:?}: what is referred to comes first");
    }
    for (table, columns) in &exported {
        for column in columns.iter().filter(|column| column.ends_with("_id") || column.ends_with("_by")) {
            let known = keys.iter().any(|key| key[0] == *table && key[1] == *column)
                || WITHOUT_KEY.iter().any(|(of, field, _)| of == table && field == column)
                || NO_REFERENCE.contains(column);
            assert!(known, "{table}.{column}: name what it refers to in WITHOUT_KEY");
        }
    }
}
