//! The audit chain: one entry for each change of state, in the transaction of the change, each holding the hash of the
//! one before. Nothing deletes from it. Knows how a link is computed and verified; does not know what the entries mean.

use chrono::{DateTime, SecondsFormat, Utc};
use entity::{OfficeId, audit_entry, audit_head};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Actor, IdSource,
    database::given::{self, Given, Kind},
    error::{Fault, Result},
    vault::sha256_hex,
};

/// The hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How many entries are read at a time while verifying.
const VERIFY_PAGE: u64 = 500;

/// An entry that waits for the end of its transaction.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) office_id: OfficeId,
    pub(crate) actor: Actor,
    pub(crate) request_id: Option<String>,
    pub(crate) action: &'static str,
    pub(crate) subject_kind: &'static str,
    pub(crate) subject_id: Uuid,
    pub(crate) detail: Value,
}

/// Writes the entries of one office at the end of its chain and returns the newest sequence.
pub(crate) async fn append(
    tx: &DatabaseTransaction,
    ids: &dyn IdSource,
    now: DateTime<Utc>,
    office_id: OfficeId,
    pending: &[&Pending],
) -> Result<i64> {
    let head = audit_head::Entity::find_by_id(office_id).lock_exclusive().one(tx).await?;
    let head = head.ok_or_else(|| Fault::Internal(format!("office {office_id} has no audit head")))?;
    let (mut sequence, mut hash) = (head.sequence, head.hash);
    let mut rows = Vec::with_capacity(pending.len());
    for entry in pending {
        sequence += 1;
        let row = link(entry, ids.next(), sequence, now, &hash);
        hash.clone_from(&row.hash);
        rows.push(given_row(&row)?);
    }
    tx.execute_raw(Given::new(COLUMNS, rows).statement(tx.get_database_backend(), INSERT, [])).await?;
    let edit =
        audit_head::ActiveModel { office_id: Unchanged(office_id), sequence: Set(sequence), hash: Set(hash) };
    audit_head::Entity::update_many()
        .set(edit)
        .filter(audit_head::Column::OfficeId.eq(office_id))
        .exec(tx)
        .await?;
    Ok(sequence)
}

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Kind::Id),
    ("office_id", Kind::Id),
    ("sequence", Kind::Number),
    ("at", Kind::Instant),
    ("actor_kind", Kind::Text),
    ("actor_id", Kind::Id),
    ("action", Kind::Text),
    ("subject_kind", Kind::Text),
    ("subject_id", Kind::Id),
    ("detail", Kind::Text),
    ("request_id", Kind::Text),
    ("previous_hash", Kind::Text),
    ("hash", Kind::Text),
];

const INSERT: &str = "INSERT INTO audit_entry (id, office_id, sequence, at, actor_kind, actor_id, action, subject_kind, subject_id, detail, \
                      request_id, previous_hash, hash) SELECT id, office_id, sequence, at, actor_kind, actor_id, action, subject_kind, subject_id, \
                      detail, request_id, previous_hash, hash FROM {given}";

fn given_row(row: &audit_entry::Model) -> Result<Value> {
    Ok(json!([
        given::id(row.id),
        given::id(row.office_id),
        row.sequence,
        given::instant(row.at),
        serde_json::to_value(row.actor_kind)?,
        row.actor_id.map(given::id),
        row.action,
        row.subject_kind,
        given::id(row.subject_id),
        row.detail,
        row.request_id,
        row.previous_hash,
        row.hash
    ]))
}

fn link(entry: &Pending, id: Uuid, sequence: i64, at: DateTime<Utc>, previous: &str) -> audit_entry::Model {
    let mut row = audit_entry::Model {
        id: id.into(),
        office_id: entry.office_id,
        sequence,
        at,
        actor_kind: entry.actor.kind(),
        actor_id: entry.actor.id(),
        action: entry.action.to_owned(),
        subject_kind: entry.subject_kind.to_owned(),
        subject_id: entry.subject_id,
        detail: entry.detail.to_string(),
        request_id: entry.request_id.clone(),
        previous_hash: previous.to_owned(),
        hash: String::new(),
    };
    row.hash = hash_of(&row);
    row
}

/// The hash that an entry must have.
fn hash_of(row: &audit_entry::Model) -> String {
    let content = json!([
        row.id.0,
        row.office_id.0,
        row.sequence,
        row.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        row.actor_kind,
        row.actor_id,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.detail,
        row.request_id,
        row.previous_hash,
    ]);
    sha256_hex(content.to_string().as_bytes())
}

/// What verifying a chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// How many entries were read.
    pub entries: i64,
    /// The first sequence that does not fit; none: the chain verifies.
    pub broken_at: Option<i64>,
}

/// Walks an office's chain from its first entry to its head.
pub async fn verify(db: &impl ConnectionTrait, office_id: OfficeId) -> Result<ChainReport> {
    let (mut sequence, mut hash) = (0, GENESIS.to_owned());
    loop {
        let page = audit_entry::Entity::find()
            .filter(audit_entry::Column::OfficeId.eq(office_id))
            .filter(audit_entry::Column::Sequence.gt(sequence))
            .order_by_asc(audit_entry::Column::Sequence)
            .limit(VERIFY_PAGE)
            .all(db)
            .await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            if row.sequence != sequence + 1 || row.previous_hash != hash || row.hash != hash_of(&row) {
                return Ok(ChainReport { entries: sequence, broken_at: Some(sequence + 1) });
            }
            (sequence, hash) = (row.sequence, row.hash);
        }
    }
    let head = audit_head::Entity::find_by_id(office_id).one(db).await?;
    let whole = head.is_some_and(|head| head.sequence == sequence && head.hash == hash);
    Ok(ChainReport { entries: sequence, broken_at: if whole { None } else { Some(sequence + 1) } })
}
