//! A machine client with a scoped, revocable token.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{IntegrationId, MemberId, OfficeId};

/// One thing that an integration's token may do.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Scope {
    /// Read the office's channels.
    #[serde(rename = "directory:read")]
    #[sea_orm(string_value = "directory:read")]
    DirectoryRead,
    /// Read initiatives, drafts and posts.
    #[serde(rename = "office:read")]
    #[sea_orm(string_value = "office:read")]
    OfficeRead,
    /// Create, edit and submit drafts.
    #[serde(rename = "drafts:write")]
    #[sea_orm(string_value = "drafts:write")]
    DraftsWrite,
    /// Schedule, move and cancel approved posts.
    #[serde(rename = "posts:write")]
    #[sea_orm(string_value = "posts:write")]
    PostsWrite,
}

/// The set of scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Scopes(pub Vec<Scope>);

impl Scopes {
    /// Whether the set holds the scope.
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }
}

/// A machine client.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "integration")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IntegrationId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// What the client is, for people.
    pub name: String,
    /// What its token may do.
    pub scopes: Scopes,
    /// SHA-256 of the token, hex; the token itself is shown once and kept nowhere.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// The first characters of the token, to tell tokens apart.
    pub token_hint: String,
    /// Who made it; null when made on the command line.
    pub created_by: Option<MemberId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// When the token was last accepted, to the minute; null before the first use.
    pub last_used_at: Option<DateTimeUtc>,
    /// When it was revoked; null while valid.
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
