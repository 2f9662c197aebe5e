//! Client keys: what makes a creating mutation safe to repeat. The same key with the same input gives the first
//! result; with another input it is refused.

use entity::{ClientKeyId, client_key};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    change::Change,
    error::{RefusalCode, Result, refuse},
    policy::Op,
    vault::sha256_hex,
};

/// Longest key: enough for any id, too short to be a text.
const KEY_CHARS: usize = 128;

/// A creating call: its operation, its key if the client gave one, and the digest of its input.
#[derive(Debug)]
pub(crate) struct Call {
    operation: &'static str,
    key: Option<String>,
    body_digest: String,
}

impl Call {
    /// For operation `O` with this input.
    pub(crate) fn new<O: Op>(key: Option<&str>, input: &impl Serialize) -> Result<Self> {
        let key = key.map(str::trim);
        if key.is_some_and(|key| {
            key.is_empty() || key.chars().count() > KEY_CHARS || key.chars().any(char::is_control)
        }) {
            return refuse(
                RefusalCode::Invalid,
                "clientKey",
                format!("clientKey must have 1 to {KEY_CHARS} plain characters"),
            );
        }
        let body_digest = sha256_hex(&serde_json::to_vec(input)?);
        Ok(Self { operation: O::OPERATION.name, key: key.map(str::to_owned), body_digest })
    }

    /// What an earlier call with this key made; none for a new one.
    pub(crate) async fn earlier(&self, change: &Change<'_>) -> Result<Option<Uuid>> {
        let Some(key) = &self.key else { return Ok(None) };
        let found = client_key::Entity::find()
            .filter(client_key::Column::OfficeId.eq(change.office_id()))
            .filter(client_key::Column::ActorId.eq(actor_id(change)))
            .filter(client_key::Column::Operation.eq(self.operation))
            .filter(client_key::Column::Key.eq(key))
            .one(change.tx())
            .await?;
        match found {
            None => Ok(None),
            Some(row) if row.body_digest == self.body_digest => Ok(Some(row.result_id)),
            Some(_) => refuse(
                RefusalCode::KeyReused,
                "clientKey",
                "this clientKey was used with another input; take a new key for a new request",
            ),
        }
    }

    /// Remembers what this call made.
    pub(crate) async fn remember(&self, change: &Change<'_>, result_id: Uuid) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        let row = client_key::Model {
            id: change.id::<ClientKeyId>(),
            office_id: change.office_id(),
            actor_id: actor_id(change),
            operation: self.operation.to_owned(),
            key: key.clone(),
            body_digest: self.body_digest.clone(),
            result_id,
            created_at: change.now,
        };
        client_key::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
        Ok(())
    }
}

fn actor_id(change: &Change<'_>) -> Uuid {
    change.requester().actor.id().unwrap_or_default()
}
