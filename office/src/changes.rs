//! The audit chain as a log that clients follow by sequence: live updates, catching up after a lost connection, and the
//! page of entries that coordinators and administrators read. Only reads; the chain is written by `audit`.

use entity::{OfficeId, audit_entry, audit_head};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Office,
    audit::{self, ChainReport},
    error::Result,
    paging::{COUNT_CAP, Direction, OrderBy, Page, PageRequest, count_up_to, page},
    policy::{Op, Permit, op},
    rights,
};

/// An operation whose permit lets its holder follow the chain.
pub trait Follows: Op {}

impl Follows for op::Changes {}
impl Follows for op::DraftChanged {}
impl Follows for op::PostChanged {}

/// The entries behind `sequence`, oldest first, at most `limit`.
pub async fn after<O: Follows>(
    office: &Office,
    permit: &Permit<O>,
    sequence: i64,
    limit: u64,
) -> Result<Vec<audit_entry::Model>> {
    let entries = audit_entry::Entity::find()
        .filter(audit_entry::Column::OfficeId.eq(permit.office_id()))
        .filter(audit_entry::Column::Sequence.gt(sequence))
        .order_by_asc(audit_entry::Column::Sequence)
        .limit(limit);
    Ok(entries.all(office.db.read()).await?)
}

/// Refuses who lost the right to follow since the permit was given: a stream lasts longer than a request.
pub async fn still_may<O: Follows>(office: &Office, permit: &Permit<O>) -> Result<()> {
    rights::stand(office.db.read(), permit.requester()).await
}

/// Where the chain of the permit's office ends now; 0 before its first entry.
pub async fn latest_sequence<O: Follows>(office: &Office, permit: &Permit<O>) -> Result<i64> {
    head(office.db.read(), permit.office_id()).await
}

async fn head(db: &impl ConnectionTrait, office_id: OfficeId) -> Result<i64> {
    let head = audit_head::Entity::find_by_id(office_id).one(db).await?;
    Ok(head.map_or(0, |head| head.sequence))
}

/// Which audit entries a list shows.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Of these operations or events; empty: of any.
    pub actions: Vec<String>,
    /// About this thing.
    pub subject_id: Option<Uuid>,
    /// Done by this member, integration or worker.
    pub actor_id: Option<Uuid>,
}

/// A page of audit entries in the order of the chain.
pub async fn audit_entries(
    office: &Office,
    permit: &Permit<op::AuditEntries>,
    filter: &AuditFilter,
    direction: Direction,
    request: &PageRequest,
) -> Result<Page<audit_entry::Model>> {
    let order = OrderBy { column: audit_entry::Column::Sequence, id: audit_entry::Column::Id, direction };
    page(office.db.read(), select(permit, filter), order, request).await
}

/// How many entries the list has, up to 10,000.
pub async fn count(
    office: &Office,
    permit: &Permit<op::AuditEntries>,
    filter: &AuditFilter,
) -> Result<Option<u64>> {
    count_up_to(office.db.read(), select(permit, filter), COUNT_CAP).await
}

fn select(permit: &Permit<op::AuditEntries>, filter: &AuditFilter) -> sea_orm::Select<audit_entry::Entity> {
    let mut select = audit_entry::Entity::find().filter(audit_entry::Column::OfficeId.eq(permit.office_id()));
    if !filter.actions.is_empty() {
        select = select.filter(audit_entry::Column::Action.is_in(filter.actions.clone()));
    }
    if let Some(id) = filter.subject_id {
        select = select.filter(audit_entry::Column::SubjectId.eq(id));
    }
    if let Some(id) = filter.actor_id {
        select = select.filter(audit_entry::Column::ActorId.eq(id));
    }
    select
}

/// Walks the whole chain of the requester's office and says whether each link holds.
pub async fn verify(office: &Office, permit: &Permit<op::AuditChain>) -> Result<ChainReport> {
    audit::verify(office.db.read(), permit.office_id()).await
}
