//! Proposing another version, and giving a proposal up. A proposal is whole, tested, and has its number at once.

use entity::{HandbookId, handbook, handbook::HandbookState};
use guidelines::HandbookDocument;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::Serialize;
use serde_json::json;

use super::{document, document_of, id_in_force, new_row, usable};
use crate::{
    Office,
    change::Change,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::{HandbookEvent, Lifecycle as _},
    pauses,
    policy::{Permit, op},
    read,
    rows::locked,
};

/// A version that somebody wants in force.
#[derive(Debug, Clone, Serialize)]
pub struct ProposeHandbook {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The whole handbook, TOML or JSON. Its `version` is set here, whatever it says.
    pub document: String,
    /// What it changes and why.
    pub note: String,
}

/// Takes a version down, once it compiles and its rules do what their examples say.
pub async fn propose(
    office: &Office,
    permit: &Permit<op::ProposeHandbook>,
    input: ProposeHandbook,
) -> Result<handbook::Model> {
    let call = Call::new::<op::ProposeHandbook>(input.client_key.as_deref(), &input)?;
    let note = fields::paragraph(&office.limits, "note", &input.note)?;
    let document = document::read(&office.limits, "document", &input.document)?;
    let document = usable("document", document).await?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<handbook::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let row = insert(&mut change, "document", document, note).await?;
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// Writes a usable document as the next version, based on the one in force.
pub(super) async fn insert(
    change: &mut Change<'_>,
    field: &str,
    mut document: HandbookDocument,
    note: String,
) -> Result<handbook::Model> {
    let office_id = change.office_id();
    // Numbers have no gaps, and the version in force stays the one that this is based on.
    pauses::lock_for_pause(change.tx(), office_id).await?;
    let current = id_in_force(change.tx(), office_id).await?;
    let current = read::one::<handbook::Entity>(change.tx(), office_id, current).await?;
    let mut same = document_of(&current)?;
    same.version = document.version;
    if same == document {
        let message = format!(
            "it says the same as version {}, which is in force: change something, or leave it at that",
            current.number
        );
        return refuse(RefusalCode::Invalid, field, message);
    }
    let newest = newest_number(change).await?;
    let number = newest.saturating_add(1);
    document.version = number.unsigned_abs();
    let row = handbook::Model {
        note: Some(note),
        based_on: Some(current.id),
        ..new_row(change, office_id, number, &document)?
    };
    let row = handbook::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let detail = json!({ "number": number, "basedOn": current.id, "digest": row.digest });
    change.note("proposeHandbook", "Handbook", row.id.0, detail);
    Ok(row)
}

async fn newest_number(change: &Change<'_>) -> Result<i32> {
    let newest: Option<i32> = handbook::Entity::find()
        .select_only()
        .column(handbook::Column::Number)
        .filter(handbook::Column::OfficeId.eq(change.office_id()))
        .order_by_desc(handbook::Column::Number)
        .into_tuple()
        .one(change.tx())
        .await?;
    Ok(newest.unwrap_or_default())
}

/// Gives a proposal up. It stays readable.
pub async fn discard(
    office: &Office,
    permit: &Permit<op::DiscardHandbook>,
    id: HandbookId,
) -> Result<handbook::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<handbook::Entity>(&change, id).await?;
    let row = give_up(&mut change, row, None).await?;
    change.commit().await?;
    Ok(row)
}

/// The same within a change; `replaced_by` is the proposal that carries on what this one said.
pub(super) async fn give_up(
    change: &mut Change<'_>,
    row: handbook::Model,
    replaced_by: Option<HandbookId>,
) -> Result<handbook::Model> {
    let state: HandbookState = row.state.next(HandbookEvent::Discard)?;
    let mut edit = handbook::ActiveModel::from(row);
    edit.state = Set(state);
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "number": row.number, "replacedBy": replaced_by });
    change.note("discardHandbook", "Handbook", row.id.0, detail);
    Ok(row)
}
