//! The handbook in force, compiled, and who has acknowledged it. Knows how it is stored and cached; what its rules
//! say is `guidelines`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use entity::{HandbookId, MemberId, OfficeId, acknowledgement, handbook, handbook::HandbookState};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;

use crate::{
    Office, Requester,
    change::Change,
    error::{Fault, RefusalCode, Result, refuse},
    policy::{Permit, op},
    read,
    vault::sha256_hex,
};

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
    pub document: guidelines::HandbookDocument,
    /// What the checks use.
    pub handbook: guidelines::Handbook,
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
    let compiled = Arc::new(compile(row)?);
    office.handbooks.keep(&compiled);
    Ok(compiled)
}

fn compile(row: handbook::Model) -> Result<Compiled> {
    let document: guidelines::HandbookDocument = serde_json::from_value(row.document)?;
    let compiled = guidelines::Handbook::from_document(&document)
        .map_err(|error| Fault::Internal(format!("handbook {} does not compile: {error}", row.id)))?;
    Ok(Compiled {
        id: row.id,
        office_id: row.office_id,
        number: row.number,
        title: row.title,
        digest: row.digest,
        document,
        handbook: compiled,
    })
}

async fn id_in_force(db: &impl ConnectionTrait, office_id: OfficeId) -> Result<HandbookId> {
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
    let starter = guidelines::starter_handbook();
    let document = serde_json::to_value(&starter)?;
    let row = handbook::Model {
        id: change.id(),
        office_id,
        number: 1,
        title: starter.title.clone(),
        // `Value` keeps its keys sorted: the same document always gives the same bytes.
        digest: sha256_hex(&serde_json::to_vec(&document)?),
        document,
        state: HandbookState::Active,
        activated_at: Some(change.now),
        activated_by: None,
        created_at: change.now,
    };
    let id = row.id;
    handbook::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    Ok(id)
}

/// The member has read and accepts the handbook that is in force. Saying it twice changes nothing.
pub async fn acknowledge(
    office: &Office,
    permit: &Permit<op::AcknowledgeHandbook>,
    handbook_id: HandbookId,
) -> Result<acknowledgement::Model> {
    let Some(member_id) = permit.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can acknowledge the handbook");
    };
    let mut change = office.begin(permit.requester()).await?;
    let row = read::one::<handbook::Entity>(change.tx(), change.office_id(), handbook_id).await?;
    if row.state != HandbookState::Active {
        let message = "this version is not in force any more: read and acknowledge the current one";
        return refuse(RefusalCode::Conflict, "handbookId", message);
    }
    if let Some(earlier) = acknowledgement_of(change.tx(), member_id, handbook_id).await? {
        return Ok(earlier);
    }
    let row = acknowledgement::Model {
        id: change.id(),
        office_id: change.office_id(),
        member_id,
        handbook_id,
        acknowledged_at: change.now,
    };
    let row = acknowledgement::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    change.note("acknowledgeHandbook", "Handbook", handbook_id.0, json!({ "member": member_id }));
    change.commit().await?;
    Ok(row)
}

async fn acknowledgement_of(
    db: &impl ConnectionTrait,
    member_id: MemberId,
    handbook_id: HandbookId,
) -> Result<Option<acknowledgement::Model>> {
    let found = acknowledgement::Entity::find()
        .filter(acknowledgement::Column::MemberId.eq(member_id))
        .filter(acknowledgement::Column::HandbookId.eq(handbook_id))
        .one(db)
        .await?;
    Ok(found)
}

/// Whether the member has acknowledged the handbook that is in force.
pub async fn acknowledged(office: &Office, office_id: OfficeId, member_id: MemberId) -> Result<bool> {
    let id = id_in_force(office.db.read(), office_id).await?;
    Ok(acknowledgement_of(office.db.read(), member_id, id).await?.is_some())
}

/// Refuses a member who has not acknowledged the handbook that is in force. Machines acknowledge nothing: the people
/// who review what they write have.
pub async fn require_acknowledged(office: &Office, requester: &Requester) -> Result<()> {
    let Some(member_id) = requester.member_id() else { return Ok(()) };
    if acknowledged(office, requester.office_id, member_id).await? {
        return Ok(());
    }
    let message = "read the current handbook and acknowledge it first (acknowledgeHandbook)";
    refuse(RefusalCode::HandbookNotAcknowledged, "", message)
}
