//! Keys that sign access tokens, made at first start and rotated.

use sea_orm::entity::prelude::*;

use crate::SigningKeyId;

/// A key pair of the deployment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SigningKeyId,
    /// Public name of the key: hash of its public half.
    #[sea_orm(unique)]
    pub kid: String,
    /// The private half (PKCS#8), sealed by the master key.
    pub private_sealed: Vec<u8>,
    /// The public half, raw Ed25519.
    pub public: Vec<u8>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// When it stopped signing; null while it signs. It verifies until the last token that it signed has ended.
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
