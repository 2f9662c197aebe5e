//! Client keys: what makes a creating mutation safe to repeat. The same key with the same input gives the first
//! result; with another input it is refused. Inputs are the same when every value is, in the same order within lists.

use entity::{ClientKeyId, client_key};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, EntityTrait, IntoActiveModel as _, QueryFilter,
    sea_query::{Expr, OnConflict},
};
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
    /// For operation `O` with this input, of which only a SHA-256 is kept: a secret in it must be fingerprinted first.
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

    /// What an earlier call with this key made; none for a new one, whose key is taken from now on.
    ///
    /// To be asked before anything else is written. Of two calls at the same moment the second waits here until the
    /// first has ended, and then finds what it made; or goes on in its place, if it was refused.
    pub(crate) async fn earlier(&self, change: &Change<'_>) -> Result<Option<Uuid>> {
        let Some(key) = &self.key else { return Ok(None) };
        if self.take(change, key).await? {
            return Ok(None);
        }
        let found =
            client_key::Entity::find().filter(mine(change, self.operation, key)).one(change.tx()).await?;
        match found {
            Some(row) if row.body_digest == self.body_digest => Ok(Some(row.result_id)),
            Some(_) => refuse(
                RefusalCode::KeyReused,
                "clientKey",
                "this clientKey was used with another input; take a new key for a new request",
            ),
            None => {
                refuse(RefusalCode::Conflict, "clientKey", "the same request is being handled: send it again")
            }
        }
    }

    /// Whether the key was free.
    async fn take(&self, change: &Change<'_>, key: &str) -> Result<bool> {
        let row = client_key::Model {
            id: change.id::<ClientKeyId>(),
            office_id: change.office_id(),
            actor_id: actor_id(change),
            operation: self.operation.to_owned(),
            key: key.to_owned(),
            body_digest: self.body_digest.clone(),
            result_id: Uuid::nil(),
            created_at: change.now,
        };
        let mut once = OnConflict::columns([
            client_key::Column::OfficeId,
            client_key::Column::ActorId,
            client_key::Column::Operation,
            client_key::Column::Key,
        ]);
        let taken = client_key::Entity::insert(row.into_active_model().reset_all())
            .on_conflict(once.do_nothing().to_owned())
            .exec_without_returning(change.tx())
            .await?;
        Ok(taken == 1)
    }

    /// Remembers what this call made.
    pub(crate) async fn remember(&self, change: &Change<'_>, result_id: Uuid) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        client_key::Entity::update_many()
            .col_expr(client_key::Column::ResultId, Expr::value(result_id))
            .filter(mine(change, self.operation, key))
            .exec(change.tx())
            .await?;
        Ok(())
    }
}

fn mine(change: &Change<'_>, operation: &str, key: &str) -> Condition {
    Condition::all()
        .add(client_key::Column::OfficeId.eq(change.office_id()))
        .add(client_key::Column::ActorId.eq(actor_id(change)))
        .add(client_key::Column::Operation.eq(operation))
        .add(client_key::Column::Key.eq(key))
}

fn actor_id(change: &Change<'_>) -> Uuid {
    change.requester().actor.id().unwrap_or_default()
}
