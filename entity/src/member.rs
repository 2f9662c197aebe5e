//! A person in an office, and the roles that they hold.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{MemberId, OfficeId, mail::MailKinds};

/// What a member may do in the office.
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
pub enum Role {
    /// Writes drafts.
    Member,
    /// Owns initiatives and their plans.
    ProjectManager,
    /// The Marketing and Communications Coordinator: acknowledges, approves, pauses.
    Coordinator,
    /// Manages members, integrations and connections; never goes round the gate.
    Administrator,
}

/// Whether a member holds rights.
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
pub enum MemberState {
    /// Holds the rights of the roles.
    Active,
    /// Left the office; holds none.
    Departed,
}

/// The set of roles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Roles(pub Vec<Role>);

impl Roles {
    /// Whether the set holds the role.
    pub fn contains(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether somebody with these roles works with drafts and channels: who only administers does not.
    pub fn work(&self) -> bool {
        self.0.iter().any(|role| *role != Role::Administrator)
    }

    /// Whether the other set holds each of them.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().all(|role| other.contains(*role))
    }
}

impl Model {
    /// Whether they are here and can do what a steward, an author or a partner's keeper does.
    pub fn is_at_work(&self) -> bool {
        self.state == MemberState::Active && self.roles.work()
    }
}

/// A person in an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Address for signing in, lower case, unique in the office.
    pub email: String,
    /// Name as colleagues know it.
    pub name: String,
    /// What the member may do; see the table of authority.
    pub roles: Roles,
    /// Argon2id in PHC form; null until a password is set.
    pub password_hash: Option<String>,
    /// Whether the member still holds rights.
    pub state: MemberState,
    /// Kinds of mail that the member does not want.
    #[sea_orm(column_type = "Json")]
    pub muted_mail: MailKinds,
    /// Raised by each change; an update that names another version is refused as a conflict.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// When the member left; null while active.
    pub departed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
