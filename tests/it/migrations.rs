//! Guard: the migrated tables are the entities' tables, on both engines; and the queue's hot queries use their indexes.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseBackend, DatabaseConnection, EntityTrait, IdenStatic as _,
    Iterable as _, QuerySelect as _, Statement,
};

use crate::support::{desk::Desk, engine::engines};

async fn stored_columns(db: &DatabaseConnection, table: &str) -> BTreeSet<(String, bool)> {
    let (sql, name, null) = match db.get_database_backend() {
        DatabaseBackend::Sqlite => (
            format!(
                "SELECT name, NOT \"notnull\" AND pk = 0 AS may_be_null FROM pragma_table_info('{table}')"
            ),
            "name",
            "may_be_null",
        ),
        _ => (
            format!(
                "SELECT column_name::text AS name, is_nullable = 'YES' AS may_be_null FROM information_schema.columns WHERE table_name = '{table}'"
            ),
            "name",
            "may_be_null",
        ),
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get("", name).unwrap(), row.try_get("", null).unwrap())).collect()
}

/// The tables of the deployment itself; every other row belongs to an office.
const WITHOUT_OFFICE: &[&str] = &["office", "signing_key", "setup_link", "worker_beat", "directory_head"];

async fn same<E: EntityTrait>(db: &DatabaseConnection, entity: E) {
    let table = entity.table_name().to_owned();
    let declared: BTreeSet<_> =
        E::Column::iter().map(|column| (column.as_str().to_owned(), column.def().is_null())).collect();
    assert_eq!(stored_columns(db, &table).await, declared, "{table}: the migrations and the entity differ");
    let owned = declared.contains(&("office_id".to_owned(), false));
    assert!(
        owned || WITHOUT_OFFICE.contains(&table.as_str()),
        "{table} does not say which office owns its rows"
    );
    E::find().limit(1).all(db).await.unwrap();
}

macro_rules! every_table {
    ($db:expr, $($module:ident)+) => {{
        $(same($db, entity::$module::Entity).await;)+
        [$(stringify!($module)),+].len()
    }};
}

#[tokio::test]
async fn the_tables_are_the_entities() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let checked = every_table!(
            &desk.database,
            acknowledgement attempt attestation audit_entry audit_head blackout blogging_duty bulk_act
            channel channel_authorization channel_head channel_round client_key conversation correction delegation directory_change directory_head draft draft_comment feed_entry handbook initiative initiative_question integration channel_handover channel_review
            link_check mail measurement media member office partner partner_address pause plan platform_app post post_figures post_preparation
            read_back recurrence review review_policy revision revision_media revision_target session setup_link waiver
            signing_key slot steward worker_beat
        );
        let lines = include_str!("../../entity/src/lib.rs")
            .lines()
            .filter(|line| line.starts_with("pub mod "))
            .count();
        assert_eq!(checked, lines - 1, "an entity is missing in this list");
    }
}

#[tokio::test]
async fn migrations_go_down_and_up_again() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        Migrator::down(&desk.database, None).await.unwrap();
        Migrator::up(&desk.database, None).await.unwrap();
    }
}

/// Statements that are asked often, and the index that each stands on.
const HOT: &[(&str, &str)] = &[
    (
        "SELECT * FROM channel_head WHERE sending IS NULL AND next_at <= '2027' ORDER BY next_at, channel_id LIMIT 8",
        "channel_head_next",
    ),
    (
        "SELECT * FROM post WHERE channel_id = x'00' AND state IN ('SCHEDULED', 'RETRYING') AND NOT waits ORDER BY run_at, id LIMIT 1",
        "post_ready",
    ),
    (
        "SELECT * FROM post WHERE state = 'UNCONFIRMED' AND NOT person_decides AND run_at <= '2027' AND lease_until IS NULL ORDER BY run_at",
        "post_unconfirmed",
    ),
    (
        "SELECT * FROM post WHERE lease_until IS NOT NULL AND lease_until < '2027' ORDER BY lease_until",
        "post_lease",
    ),
    ("SELECT * FROM post WHERE state = 'HELD' AND id > x'00' ORDER BY id LIMIT 50", "post_held"),
    (
        "SELECT * FROM post WHERE state IN ('SCHEDULED', 'RETRYING', 'HELD') AND missed_after < '2027' ORDER BY missed_after",
        "post_waiting",
    ),
    (
        "SELECT office_id FROM handbook WHERE state = 'ACTIVE' AND EXISTS (SELECT 1 FROM post WHERE post.office_id = handbook.office_id \
             AND post.state IN ('SCHEDULED', 'RETRYING', 'HELD') AND post.checked_handbook_id < handbook.id)",
        "post_checked",
    ),
    (
        "SELECT * FROM recurrence WHERE state = 'ACTIVE' AND extend_at <= '2027' ORDER BY extend_at, id LIMIT 8",
        "recurrence_extend",
    ),
    (
        "SELECT * FROM post WHERE recurrence_id IS NOT NULL AND recurrence_id = x'00' ORDER BY due_at, id LIMIT 51",
        "post_recurrence",
    ),
    (
        "SELECT * FROM blackout WHERE office_id = x'00' AND removed_at IS NULL ORDER BY id LIMIT 200",
        "blackout_current",
    ),
    ("SELECT * FROM post WHERE office_id = x'00' ORDER BY due_at DESC, id DESC LIMIT 51", "post_due"),
    (
        "SELECT * FROM draft WHERE office_id = x'00' ORDER BY updated_at DESC, id DESC LIMIT 51",
        "draft_updated",
    ),
    ("SELECT * FROM link_check WHERE due_at <= '2027' ORDER BY due_at, id LIMIT 4", "link_check_due"),
    ("SELECT * FROM channel WHERE office_id = x'00' ORDER BY handle, id LIMIT 201", "channel_order"),
    (
        "SELECT * FROM directory_change WHERE sequence > 7 ORDER BY sequence LIMIT 101",
        "directory_change_sequence",
    ),
    (
        "SELECT * FROM directory_change WHERE office_id = x'00' AND sequence > 7 ORDER BY sequence LIMIT 101",
        "directory_change_office",
    ),
    (
        "SELECT * FROM review_policy WHERE office_id = x'00' AND ended_at IS NULL ORDER BY id LIMIT 200",
        "review_policy_current",
    ),
    (
        "SELECT * FROM draft_comment WHERE parent_id IS NOT NULL AND parent_id = x'00' ORDER BY id",
        "draft_comment_reply",
    ),
    (
        "SELECT * FROM audit_entry WHERE office_id = x'00' AND sequence > 7 ORDER BY sequence LIMIT 100",
        "audit_entry_sequence",
    ),
];

#[tokio::test]
async fn hot_queries_use_their_indexes() {
    let desk = Desk::open(&crate::support::engine::Engine::Sqlite, 1).await;
    for (sql, index) in HOT {
        let explain = Statement::from_string(DatabaseBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
        let plan = desk.database.query_all_raw(explain).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
        let plan = plan.join("; ");
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{sql}\nis planned as: {plan}");
    }
}
