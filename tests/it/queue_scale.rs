//! What a claim and a look at the agenda touch does not grow with the queue or with the past: counted in pages, not in
//! seconds.

use office::queue;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, Statement};
use serde_json::Value;

use crate::support::{desk::Desk, engine::engines};

/// Posts that wait for next year, and posts that were published over ten years: copies of one.
const COPIES: &str = "INSERT INTO post (id, office_id, draft_id, revision_id, channel_id, initiative_id, digest, state, local_time, time_zone, \
    due_at, run_at, missed_after, fence, attempts, look_ups, person_decides, idempotency_key, version, created_at, updated_at, waits, occurrence) \
    SELECT {id}, office_id, draft_id, revision_id, channel_id, initiative_id, digest, '{state}', local_time, time_zone, \
    {due}, {due}, {due}, 0, 0, 0, {no}, 'copy-{state}-' || n, 1, created_at, updated_at, {no}, 'copy-{state}-' || n \
    FROM (SELECT * FROM post WHERE occurrence = '' LIMIT 1) AS post, {numbers}";

async fn copy(db: &DatabaseConnection, state: &str, count: usize, years: i32) {
    let postgres = db.get_database_backend() == DatabaseBackend::Postgres;
    let (id, due, no, numbers) = if postgres {
        (
            "gen_random_uuid()".to_owned(),
            format!("now() + n * interval '7 seconds' + interval '{years} years'"),
            "false",
            format!("generate_series(1, {count}) AS series(n)"),
        )
    } else {
        (
            "randomblob(16)".to_owned(),
            format!(
                "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '{years} years', '+' || (n * 7) || ' seconds')"
            ),
            "0",
            format!(
                "(WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count}) SELECT n FROM series)"
            ),
        )
    };
    let sql = COPIES
        .replace("{id}", &id)
        .replace("{due}", &due)
        .replace("{no}", no)
        .replace("{numbers}", &numbers)
        .replace("{state}", state)
        .replace("{count}", &count.to_string());
    db.execute_unprepared(&sql).await.unwrap();
}

/// Pages that a statement touches.
async fn pages(db: &DatabaseConnection, sql: &str) -> i64 {
    let explain = format!("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}");
    let row =
        db.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, explain)).await.unwrap().unwrap();
    let plan: Value = row.try_get_by_index(0).unwrap();
    let plan = &plan[0]["Plan"];
    plan["Shared Hit Blocks"].as_i64().unwrap() + plan["Shared Read Blocks"].as_i64().unwrap()
}

const NOTHING_DUE: &str = "SELECT * FROM channel_head WHERE sending IS NULL AND next_at <= now() ORDER BY next_at, channel_id LIMIT 50";
const FIRST_READY: &str = "SELECT id FROM post WHERE channel_id = (SELECT channel_id FROM post LIMIT 1) AND \
    state IN ('SCHEDULED', 'RETRYING') AND NOT waits ORDER BY run_at, id LIMIT 1";
const NEXT_LEASE: &str =
    "SELECT lease_until FROM post WHERE lease_until IS NOT NULL ORDER BY lease_until LIMIT 1";
const NEXT_MISSED: &str = "SELECT missed_after FROM post WHERE state IN ('SCHEDULED', 'RETRYING', 'HELD') ORDER BY missed_after LIMIT 1";

#[tokio::test]
async fn neither_the_queue_nor_the_past_makes_a_claim_longer() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Clinic 1 opens on Monday.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        copy(&desk.database, "SCHEDULED", 20_000, 1).await;
        copy(&desk.database, "PUBLISHED", 20_000, -10).await;
        let ready = desk.claim_one(1).await;
        assert_eq!(ready.post.id, post.id, "it is found among the others");
        let agenda = queue::agenda(&desk.office, &queue::Room::of(1)).await.unwrap();
        assert!(agenda.lease.is_some());
        if desk.database.get_database_backend() != DatabaseBackend::Postgres {
            continue;
        }
        desk.database.execute_unprepared("VACUUM ANALYZE post").await.unwrap();
        for sql in [NOTHING_DUE, FIRST_READY, NEXT_LEASE, NEXT_MISSED] {
            let pages = pages(&desk.database, sql).await;
            assert!(pages < 20, "{pages} pages for: {sql}");
        }
    }
}
