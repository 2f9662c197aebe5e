//! A member and the viewer, as clients see them. Knows columns, not rules.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};

use crate::{
    error::Field,
    graphql::{context::ContextExt as _, id, mail::MailKind, office::Office, scalars::DateTime},
};

/// What a member may do in the office. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::member::Role")]
pub(crate) enum Role {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::member::MemberState")]
pub(crate) enum MemberState {
    /// Holds the rights of the roles.
    Active,
    /// Left the office; holds none.
    Departed,
}

/// A person in an office.
#[derive(Debug, Clone)]
pub(crate) struct Member(pub(crate) Arc<entity::member::Model>);

impl From<entity::member::Model> for Member {
    fn from(row: entity::member::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A person in an office.
#[Object]
impl Member {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Address for signing in.
    async fn email(&self) -> &str {
        &self.0.email
    }
    /// Name as colleagues know it.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// What the member may do.
    async fn roles(&self) -> Vec<Role> {
        self.0.roles.0.iter().copied().map(Role::from).collect()
    }
    /// Whether the member still holds rights.
    async fn state(&self) -> MemberState {
        self.0.state.into()
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When the member was added.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When the member left; null while active.
    async fn departed_at(&self) -> Option<DateTime> {
        self.0.departed_at.map(DateTime::from)
    }
}

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    member: Option<Member>,
}

impl Viewer {
    /// Of the request.
    pub(super) async fn of(ctx: &Context<'_>) -> async_graphql::Result<Self> {
        let Some(id) = ctx.requester()?.member_id() else { return Ok(Self { member: None }) };
        let member = ctx.loaders()?.one::<entity::member::Entity>(id).await?.map(Member);
        Ok(Self { member })
    }
}

/// Who asks.
#[Object]
impl Viewer {
    /// The signed-in member; null for an integration.
    async fn member(&self) -> Option<&Member> {
        self.member.as_ref()
    }

    /// Kinds of mail that the viewer does not want; see `updateMyMail`.
    async fn muted_mail(&self) -> Vec<MailKind> {
        let muted = self.member.iter().flat_map(|member| &member.0.muted_mail.0);
        muted.copied().map(MailKind::from).collect()
    }

    /// The office in which the viewer acts.
    async fn office(&self, ctx: &Context<'_>) -> Field<Office> {
        Some(office(ctx).await)
    }
}

async fn office(ctx: &Context<'_>) -> async_graphql::Result<Office> {
    Ok(office::offices::get(ctx.office()?, ctx.requester()?.office_id).await?.into())
}
