//! Integrations: machine clients with scoped, revocable tokens. A token is shown once and stored as its hash.

use chrono::TimeDelta;
use entity::{
    IntegrationId, integration,
    integration::{Scope, Scopes},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    fields,
    paging::{Cursor, Direction, OrderBy, Page, PageRequest, SortKey, page},
    policy::{Permit, op, scope_name},
    read,
    rows::locked,
    vault::{new_token, token_hash},
};

/// What each token begins with, so that scanners find leaked ones.
pub const TOKEN_PREFIX: &str = "mh_";

/// Characters of a token that are kept to tell tokens apart.
const HINT_CHARS: usize = 10;

/// A new integration.
#[derive(Debug, Clone, serde::Serialize)]
pub struct CreateIntegration {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// What the client is.
    pub name: String,
    /// What its token may do.
    pub scopes: Vec<Scope>,
}

/// Adds an integration. The token is in the answer and nowhere else: a repeat has none.
pub async fn create(
    office: &Office,
    permit: &Permit<op::CreateIntegration>,
    input: CreateIntegration,
) -> Result<(integration::Model, Option<SecretString>)> {
    let call = Call::new::<op::CreateIntegration>(input.client_key.as_deref(), &input)?;
    let name = fields::line(&office.limits, "name", &input.name)?;
    let mut scopes = input.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return refuse(RefusalCode::Required, "scopes", "an integration needs at least one scope");
    }
    let token = new_token(TOKEN_PREFIX)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        let row = read::one::<integration::Entity>(change.tx(), permit.office_id(), id).await?;
        return Ok((row, None));
    }
    let row = integration::Model {
        id: change.id(),
        office_id: change.office_id(),
        name,
        scopes: Scopes(scopes),
        token_hash: token_hash(&token),
        token_hint: token.expose_secret().chars().take(HINT_CHARS).collect(),
        created_by: permit.requester().member_id(),
        created_at: change.now,
        last_used_at: None,
        revoked_at: None,
    };
    let row = integration::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let scopes: Vec<_> = row.scopes.0.iter().map(|scope| scope_name(*scope)).collect();
    change.note("createIntegration", "Integration", row.id.0, json!({ "scopes": scopes }));
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok((row, Some(token)))
}

/// Ends an integration's token at once. Doing it twice changes nothing.
pub async fn revoke(
    office: &Office,
    permit: &Permit<op::RevokeIntegration>,
    id: IntegrationId,
) -> Result<integration::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<integration::Entity>(&change, id).await?;
    if row.revoked_at.is_some() {
        return Ok(row);
    }
    let mut edit = integration::ActiveModel::from(row);
    edit.revoked_at = Set(Some(change.now));
    let row = edit.update(change.tx()).await?;
    change.note("revokeIntegration", "Integration", row.id.0, json!({}));
    change.commit().await?;
    Ok(row)
}

/// Who holds this token.
pub async fn authenticate(office: &Office, token: &SecretString) -> Result<Requester> {
    let found = integration::Entity::find()
        .filter(integration::Column::TokenHash.eq(token_hash(token)))
        .filter(integration::Column::RevokedAt.is_null())
        .one(office.db.read())
        .await?;
    let Some(row) = found else {
        return refuse(RefusalCode::BadCredentials, "", "this token is not valid, or was revoked");
    };
    mark_used(office, &row).await?;
    Ok(Requester::new(row.office_id, Actor::Integration { id: row.id, scopes: row.scopes }))
}

/// At most one write a minute: a busy client must not turn each of its reads into a write. It is no change of state,
/// so no audit entry records it.
async fn mark_used(office: &Office, row: &integration::Model) -> Result<()> {
    let now = office.now();
    let minute_ago = now - TimeDelta::minutes(1);
    if row.last_used_at.is_some_and(|at| at > minute_ago) {
        return Ok(());
    }
    let stale = Condition::any()
        .add(integration::Column::LastUsedAt.is_null())
        .add(integration::Column::LastUsedAt.lte(minute_ago));
    let tx = office.db.write().await?;
    integration::Entity::update_many()
        .col_expr(integration::Column::LastUsedAt, Expr::value(Some(now)))
        .filter(integration::Column::Id.eq(row.id))
        .filter(stale)
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// A page of integrations, oldest first.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Integrations>,
    request: &PageRequest,
) -> Result<Page<integration::Model>> {
    let select = integration::Entity::find().filter(integration::Column::OfficeId.eq(permit.office_id()));
    let order = OrderBy {
        column: integration::Column::CreatedAt,
        id: integration::Column::Id,
        direction: Direction::Ascending,
    };
    page(office.db.read(), select, order, request).await
}

/// Where an integration stands in the list.
pub fn cursor(row: &integration::Model) -> Cursor {
    Cursor { key: SortKey::Time(row.created_at), id: row.id.0 }
}
