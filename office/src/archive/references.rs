//! That what an archive's rows refer to is of the same office. The database knows that a row exists, not whose it is; and
//! some references it does not know at all.

use entity::OfficeId;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};

use super::{file::wrong, tables::TABLES};
use crate::{change::Change, error::Result};

/// References between tables of an archive that no foreign key holds.
pub const WITHOUT_KEY: &[(&str, &str, &str)] = &[
    ("draft", "revision_id", "revision"),
    ("post", "follows_post_id", "post"),
    ("post", "recurrence_id", "recurrence"),
    ("post", "checked_handbook_id", "handbook"),
    ("post", "answers", "conversation"),
    ("revision", "answers", "conversation"),
    ("conversation", "draft_id", "draft"),
    ("conversation", "answer_id", "post"),
    ("channel", "last_post_id", "post"),
    ("channel", "credential_keeper_id", "member"),
    ("handbook", "proposed_by", "member"),
    ("handbook", "based_on", "handbook"),
    ("review", "answered_by", "member"),
];

const SQLITE: &str = "SELECT m.name AS child, f.\"from\" AS field, f.\"table\" AS parent \
                      FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'";

const POSTGRES: &str = "SELECT c.relname::text AS child, a.attname::text AS field, p.relname::text AS parent \
                        FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS p ON p.oid = k.confrelid \
                        JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] WHERE k.contype = 'f'";

/// Refuses rows that refer to another office's, or to nothing.
pub(super) async fn check(change: &Change<'_>, office_id: OfficeId) -> Result<()> {
    let engine = change.engine();
    let sql = if engine == DatabaseBackend::Sqlite { SQLITE } else { POSTGRES };
    let mut all: Vec<(String, String, String)> = Vec::new();
    for row in change.tx().query_all_raw(Statement::from_string(engine, sql)).await? {
        all.push((row.try_get("", "child")?, row.try_get("", "field")?, row.try_get("", "parent")?));
    }
    all.extend(
        WITHOUT_KEY
            .iter()
            .map(|(child, field, parent)| ((*child).to_owned(), (*field).to_owned(), (*parent).to_owned())),
    );
    let held = |name: &str| TABLES.iter().any(|table| table.name == name);
    all.retain(|(child, _, parent)| parent != "office" && held(child) && held(parent));
    for (child, field, parent) in all {
        let sql = format!(
            "SELECT child.id AS id FROM \"{child}\" AS child LEFT JOIN \"{parent}\" AS parent ON parent.id = child.\"{field}\" \
             WHERE child.office_id = $1 AND child.\"{field}\" IS NOT NULL AND (parent.id IS NULL OR parent.office_id <> $1) LIMIT 1"
        );
        let statement = Statement::from_sql_and_values(engine, sql, [office_id.0.into()]);
        if let Some(row) = change.tx().query_one_raw(statement).await? {
            let id: uuid::Uuid = row.try_get("", "id")?;
            let what = format!("the row {id} names a {parent} ({field}) that is not in the archive");
            return Err(wrong(&format!("rows/{child}.jsonl"), what));
        }
    }
    Ok(())
}
