//! The first start: a one-time link, and the office and administrator that it makes. Works only while the deployment
//! has no member; from then on administrators and the command line add people.

use chrono::TimeDelta;
use entity::{SetupLinkId, member, office as table, setup_link};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect, sea_query::Expr,
};
use secrecy::SecretString;

use crate::{
    Office,
    error::{RefusalCode, Result, refuse},
    offices::{self, CreateOffice, FirstAdministrator, NewOffice},
    vault::{new_token, token_hash},
};

/// What the holder of a set-up link tells.
#[derive(Debug, Clone)]
pub struct SetUpOffice {
    /// The token of the link.
    pub token: SecretString,
    /// The office.
    pub office: CreateOffice,
    /// Its first administrator.
    pub administrator: FirstAdministrator,
}

/// Makes a set-up link and ends older ones; none once there is a member.
pub async fn create_link(office: &Office) -> Result<Option<SecretString>> {
    let token = new_token("mhs_")?;
    let tx = office.db.write().await?;
    if has_member(&tx).await? {
        return Ok(None);
    }
    let now = office.now();
    setup_link::Entity::update_many()
        .col_expr(setup_link::Column::ExpiresAt, Expr::value(now))
        .filter(setup_link::Column::UsedAt.is_null())
        .filter(setup_link::Column::ExpiresAt.gt(now))
        .exec(&tx)
        .await?;
    let row = setup_link::Model {
        id: SetupLinkId(office.ids.next()),
        token_hash: token_hash(&token),
        created_at: now,
        expires_at: now + TimeDelta::minutes(office.limits.setup_link_minutes),
        used_at: None,
    };
    setup_link::ActiveModel::from(row).reset_all().insert(&tx).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Whether the deployment still waits for its first office and member.
pub async fn is_open(office: &Office) -> Result<bool> {
    Ok(!has_member(office.db.read()).await?)
}

async fn has_member(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(member::Entity::find().limit(1).count(db).await? > 0)
}

/// Founds the first office and its administrator.
pub async fn set_up_office(office: &Office, input: SetUpOffice) -> Result<(table::Model, member::Model)> {
    let hash = token_hash(&input.token);
    // Before the costly hash of the password: whoever guesses tokens must not cost us more than a look.
    if usable(office, office.db.read(), &hash).await?.is_none() {
        return bad_link();
    }
    let new = NewOffice::check(office, input.office, input.administrator).await?;
    let mut change = offices::begin_founding(office).await?;
    let Some(link) = usable(office, change.tx(), &hash).await? else { return bad_link() };
    if has_member(change.tx()).await? {
        return bad_link();
    }
    let now = change.now;
    let mut used = setup_link::ActiveModel::from(link);
    used.used_at = Set(Some(now));
    used.update(change.tx()).await?;
    let founded = offices::found(&mut change, new).await?;
    change.commit().await?;
    Ok(founded)
}

async fn usable(office: &Office, db: &impl ConnectionTrait, hash: &str) -> Result<Option<setup_link::Model>> {
    let found = setup_link::Entity::find()
        .filter(setup_link::Column::TokenHash.eq(hash))
        .filter(setup_link::Column::UsedAt.is_null())
        .filter(setup_link::Column::ExpiresAt.gt(office.now()))
        .lock_exclusive()
        .one(db)
        .await?;
    Ok(found)
}

fn bad_link<T>() -> Result<T> {
    let message = "this set-up link was used or has ended: restart masthead serve for a new one; once there is a member, found offices with masthead office create";
    refuse(RefusalCode::BadCredentials, "token", message)
}
