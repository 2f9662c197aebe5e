//! Refresh tokens: a chain for each sign-in, so that a stolen token shows itself when used twice.

use sea_orm::entity::prelude::*;

use crate::{MemberId, OfficeId, SessionId};

/// One refresh token.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose it is.
    pub member_id: MemberId,
    /// The sign-in that the token descends from.
    pub family: Uuid,
    /// SHA-256 of the token, hex.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// When it was issued.
    pub issued_at: DateTimeUtc,
    /// When it ends unless used.
    pub expires_at: DateTimeUtc,
    /// When it was exchanged for the next; null while it is the newest.
    pub replaced_at: Option<DateTimeUtc>,
    /// When it was revoked by sign-out, reuse or departure; null while valid.
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
