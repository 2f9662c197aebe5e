//! Writes posts as workers changed them: a batch in one statement. Rows were locked before; the version is the belt.

use entity::post;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    change::Change,
    database::given::{Given, Kind, id, instant, maybe_instant, narrowed},
    error::{Fault, Result},
};

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Kind::Id),
    ("version", Kind::Number),
    ("state", Kind::Text),
    ("run_at", Kind::Instant),
    ("lease_until", Kind::Instant),
    ("worker_id", Kind::Id),
    ("fence", Kind::Number),
    ("attempts", Kind::Number),
    ("look_ups", Kind::Number),
    ("person_decides", Kind::Truth),
    ("remote_id", Kind::Text),
    ("remote_url", Kind::Text),
    ("published_at", Kind::Instant),
    ("hold", Kind::Document),
    ("checked_handbook_id", Kind::Id),
    ("cause_code", Kind::Text),
    ("cause_detail", Kind::Text),
    ("waits", Kind::Truth),
];

const SQL: &str = "UPDATE post SET version = post.version + 1, updated_at = $2, state = given.state, run_at = given.run_at, \
                   lease_until = given.lease_until, worker_id = given.worker_id, fence = given.fence, attempts = given.attempts, \
                   look_ups = given.look_ups, person_decides = given.person_decides, remote_id = given.remote_id, \
                   remote_url = given.remote_url, published_at = given.published_at, hold = given.hold, \
                   checked_handbook_id = given.checked_handbook_id, cause_code = given.cause_code, \
                   cause_detail = given.cause_detail, waits = given.waits \
                   FROM {given} WHERE post.id = given.id AND post.version = given.version";

fn row(post: &post::Model) -> Result<Value> {
    let hold = post.hold.as_ref().map(serde_json::to_string).transpose()?;
    Ok(json!([
        id(post.id),
        post.version,
        serde_json::to_value(post.state)?,
        instant(post.run_at),
        maybe_instant(post.lease_until),
        post.worker_id.map(id),
        post.fence,
        post.attempts,
        post.look_ups,
        post.person_decides,
        post.remote_id,
        post.remote_url,
        maybe_instant(post.published_at),
        hold,
        post.checked_handbook_id.map(id),
        post.cause_code,
        post.cause_detail,
        post.waits
    ]))
}

/// Stores locked posts as they are now, under the next version.
pub(super) async fn posts(change: &Change<'_>, posts: &mut [post::Model]) -> Result<()> {
    if posts.is_empty() {
        return Ok(());
    }
    let rows: Result<Vec<Value>> = posts.iter().map(row).collect();
    let given = Given::new(COLUMNS, rows?);
    let few = narrowed(change.engine(), "post.id");
    let statement = given.statement(change.engine(), &format!("{SQL}{few}"), [change.now.into()]);
    let written = change.tx().execute_raw(statement).await?.rows_affected();
    if usize::try_from(written).unwrap_or(usize::MAX) != posts.len() {
        return Err(Fault::Internal("a locked post changed all the same".to_owned()).into());
    }
    for post in posts {
        post.version += 1;
        post.updated_at = change.now;
    }
    Ok(())
}
