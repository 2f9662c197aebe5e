//! The keys that sign access tokens: made at first start, sealed by the master key, rotated. Knows keys; tokens are
//! made and read in `api`. Keys belong to the deployment, not to an office, so no audit chain records them.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{SigningKeyId, signing_key};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use secrecy::{SecretBox, SecretSlice};

use crate::{
    Office,
    error::{Fault, Result},
    vault::sha256_hex,
};

/// How much longer than its last token a retired key verifies: other processes may sign with it until they look again.
const LOOK_AGAIN_MINUTES: i64 = 10;

/// Keys read at a time: far more than rotation leaves alive.
const KEYS_AT_MOST: u64 = 50;

/// The key that signs.
#[derive(Debug)]
pub struct SigningKey {
    /// Its public name.
    pub kid: String,
    /// The private half, PKCS#8.
    pub pkcs8: SecretSlice<u8>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A key that verifies.
#[derive(Debug, Clone)]
pub struct VerifyingKey {
    /// Its public name.
    pub kid: String,
    /// The public half, raw Ed25519.
    pub public: Vec<u8>,
}

/// Makes the first key, or a new one when the newest is old. Called at start and once a day.
pub async fn ensure(office: &Office) -> Result<()> {
    let tx = office.db.write().await?;
    let now = office.now();
    let signing = signing_key::Entity::find()
        .filter(signing_key::Column::RetiredAt.is_null())
        .order_by_desc(signing_key::Column::CreatedAt)
        .limit(KEYS_AT_MOST)
        .lock_exclusive()
        .all(&tx)
        .await?;
    let oldest = now - TimeDelta::days(office.limits.signing_key_days);
    if signing.first().is_some_and(|newest| newest.created_at > oldest) {
        return Ok(());
    }
    insert(office, &tx, now).await?;
    for key in signing {
        let mut retired = signing_key::ActiveModel::from(key);
        retired.retired_at = Set(Some(now));
        retired.update(&tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn insert(office: &Office, tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    let broken = || Fault::Crypto("a signing key could not be made");
    let document = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).map_err(|_unspecified| broken())?;
    let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(document.as_ref()).map_err(|_rejected| broken())?;
    let public = pair.public_key().as_ref().to_vec();
    let id = SigningKeyId(office.ids.next());
    let row = signing_key::Model {
        id,
        kid: sha256_hex(&public).chars().take(16).collect(),
        private_sealed: office.vault.seal(&context(id), document.as_ref())?,
        public,
        created_at: now,
        retired_at: None,
    };
    signing_key::ActiveModel::from(row).reset_all().insert(tx).await?;
    Ok(())
}

fn context(id: SigningKeyId) -> String {
    format!("signing_key|private|{id}")
}

/// The key that signs now.
pub async fn current(office: &Office) -> Result<SigningKey> {
    let newest = signing_key::Entity::find()
        .filter(signing_key::Column::RetiredAt.is_null())
        .order_by_desc(signing_key::Column::CreatedAt)
        .one(office.db.read())
        .await?;
    let newest = newest.ok_or_else(|| Fault::Internal("there is no signing key".to_owned()))?;
    let pkcs8 = office.vault.open(&context(newest.id), &newest.private_sealed)?;
    Ok(SigningKey {
        kid: newest.kid,
        pkcs8: SecretBox::new(pkcs8.into_boxed_slice()),
        created_at: newest.created_at,
    })
}

/// The keys whose tokens may still be good.
pub async fn verifying(office: &Office) -> Result<Vec<VerifyingKey>> {
    let life = TimeDelta::minutes(office.limits.access_token_minutes + LOOK_AGAIN_MINUTES);
    let alive = Condition::any()
        .add(signing_key::Column::RetiredAt.is_null())
        .add(signing_key::Column::RetiredAt.gt(office.now() - life));
    let keys = signing_key::Entity::find()
        .filter(alive)
        .order_by_desc(signing_key::Column::CreatedAt)
        .limit(KEYS_AT_MOST)
        .all(office.db.read())
        .await?;
    Ok(keys.into_iter().map(|key| VerifyingKey { kid: key.kid, public: key.public }).collect())
}
