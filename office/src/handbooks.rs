//! Handbooks, version by version: the one in force, compiled; who has acknowledged it; and how another one takes its
//! place. Knows how they are stored and cached; what their rules say is `guidelines`.
//!
//! A version never changes once it is written: whoever looked at a proposal activates what they looked at.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use entity::{HandbookId, OfficeId, handbook, handbook::HandbookState};
use guidelines::HandbookDocument;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::Deserialize as _;

use crate::{
    Office,
    change::Change,
    error::{Fault, RefusalCode, Result, refuse},
    paging::{Direction, OrderBy, Page, PageRequest, page},
    policy::{Permit, op},
    read,
    vault::sha256_hex,
};

mod acknowledge;
mod activate;
mod back_test;
mod document;
mod entries;
mod propose;

pub use acknowledge::{acknowledge, acknowledged, require_acknowledged};
pub use activate::{Activated, activate, bring_into_force};
pub(crate) use back_test::QUEUED;
pub use back_test::{BackTest, BackTested, RuleCount, Verdict, back_test};
pub use document::{Format, write as write_document};
pub(crate) use entries::due_for_review;
pub use entries::{AddListEntry, HandbookList, RemoveListEntry, add_entry, remove_entry};
pub use propose::{ProposeHandbook, discard, propose};

/// Compiled handbooks kept at a time. A version never changes, so one that is kept is never stale.
const KEPT: usize = 64;

/// A handbook version, ready for checking.
#[derive(Debug)]
pub struct Compiled {
    /// Its id.
    pub id: HandbookId,
    /// Whose it is.
    pub office_id: OfficeId,
    /// Its version.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// SHA-256 of its canonical document.
    pub digest: String,
    /// The document as it was written.
    pub document: HandbookDocument,
    /// What the checks use.
    pub handbook: guidelines::Handbook,
    /// Digest of all that decides what its rules say, their own versions included: another program may hold other rules.
    pub meaning: String,
}

/// Compiled handbooks by id.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<HandbookId, Arc<Compiled>>>);

impl Cache {
    fn get(&self, id: HandbookId) -> Option<Arc<Compiled>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).map(Arc::clone)
    }

    fn keep(&self, compiled: &Arc<Compiled>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(compiled.id, Arc::clone(compiled));
    }
}

/// The handbook that the office's gate uses now, read through `db`: inside a change, its transaction.
pub async fn in_force(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
) -> Result<Arc<Compiled>> {
    let id = id_in_force(db, office_id).await?;
    version(office, db, office_id, id).await
}

/// A named version, in force or not.
pub async fn version(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: HandbookId,
) -> Result<Arc<Compiled>> {
    if let Some(compiled) = office.handbooks.get(id).filter(|compiled| compiled.office_id == office_id) {
        return Ok(compiled);
    }
    let row = read::one::<handbook::Entity>(db, office_id, id).await?;
    // Off the threads that serve: it takes some tenths of a second.
    let compiled = tokio::task::spawn_blocking(move || compile(row)).await;
    let compiled =
        Arc::new(compiled.map_err(|_panicked| Fault::Internal("compiling a handbook stopped".to_owned()))??);
    office.handbooks.keep(&compiled);
    Ok(compiled)
}

/// The document of a stored version; nothing is compiled.
pub fn document_of(row: &handbook::Model) -> Result<HandbookDocument> {
    Ok(HandbookDocument::deserialize(&row.document)?)
}

fn compile(row: handbook::Model) -> Result<Compiled> {
    let document = document_of(&row)?;
    let compiled = guidelines::Handbook::from_document(&document)
        .map_err(|error| Fault::Internal(format!("handbook {} does not compile: {error}", row.id)))?;
    Ok(Compiled {
        id: row.id,
        office_id: row.office_id,
        number: row.number,
        title: row.title,
        digest: row.digest,
        document,
        meaning: sha256_hex(compiled.digest_input().as_bytes()),
        handbook: compiled,
    })
}

/// Which version the office's gate uses now.
pub async fn id_in_force(db: &impl ConnectionTrait, office_id: OfficeId) -> Result<HandbookId> {
    let found = handbook::Entity::find()
        .select_only()
        .column(handbook::Column::Id)
        .filter(handbook::Column::OfficeId.eq(office_id))
        .filter(handbook::Column::State.eq(HandbookState::Active))
        .into_tuple::<HandbookId>()
        .one(db)
        .await?;
    Ok(found.ok_or_else(|| Fault::Internal(format!("office {office_id} has no handbook in force")))?)
}

/// Writes the first handbook of a new office.
pub(crate) async fn insert_starter(change: &Change<'_>, office_id: OfficeId) -> Result<HandbookId> {
    let row = handbook::Model {
        state: HandbookState::Active,
        activated_at: Some(change.now),
        proposed_by: None,
        ..new_row(change, office_id, 1, &guidelines::starter_handbook())?
    };
    let id = row.id;
    handbook::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    Ok(id)
}

/// A proposed version of this document.
fn new_row(
    change: &Change<'_>,
    office_id: OfficeId,
    number: i32,
    document: &HandbookDocument,
) -> Result<handbook::Model> {
    let title = document.title.clone();
    let document = serde_json::to_value(document)?;
    Ok(handbook::Model {
        id: change.id(),
        office_id,
        number,
        title,
        // `Value` keeps its keys sorted: the same document always gives the same bytes.
        digest: sha256_hex(&serde_json::to_vec(&document)?),
        document,
        state: HandbookState::Proposed,
        activated_at: None,
        activated_by: None,
        proposed_by: change.requester().member_id(),
        note: None,
        based_on: None,
        created_at: change.now,
    })
}

/// A page of the office's versions, newest first, whatever became of them.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Handbooks>,
    request: &PageRequest,
) -> Result<Page<handbook::Model>> {
    let select = handbook::Entity::find().filter(handbook::Column::OfficeId.eq(permit.office_id()));
    let order = OrderBy {
        column: handbook::Column::Number,
        id: handbook::Column::Id,
        direction: Direction::Descending,
    };
    page(office.db.read(), select, order, request).await
}

/// Everything in which one version differs from another, in the order of paths.
pub async fn changes(
    office: &Office,
    permit: &Permit<op::HandbookChanges>,
    from: HandbookId,
    to: HandbookId,
) -> Result<Vec<guidelines::Change>> {
    let (db, office_id) = (office.db.read(), permit.office_id());
    let older = document_of(&read::one::<handbook::Entity>(db, office_id, from).await?)?;
    let newer = document_of(&read::one::<handbook::Entity>(db, office_id, to).await?)?;
    let changes = older.changes(&newer);
    Ok(changes.map_err(|error| Fault::Internal(format!("two handbooks cannot be compared: {error}")))?)
}

/// Compiles a document and runs the examples of its rules and its own, on a thread of their own: it takes a moment. What
/// is wrong with it becomes a refusal about `field`.
async fn usable(field: &str, document: HandbookDocument) -> Result<HandbookDocument> {
    /// One at a time: it keeps a core busy.
    static TESTING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(1);
    let stopped = || Fault::Internal("testing a handbook stopped".to_owned());
    let _turn = TESTING.acquire().await.map_err(|_closed| stopped())?;
    let work = move || {
        let tested = guidelines::Handbook::from_document(&document).and_then(|compiled| compiled.self_test());
        tested.map(|()| document)
    };
    match tokio::task::spawn_blocking(work).await.map_err(|_panicked| stopped())? {
        Ok(document) => Ok(document),
        Err(error) => refuse(RefusalCode::Invalid, field, document::brief(&error.to_string())),
    }
}
