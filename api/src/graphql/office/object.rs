//! An office as clients see it, the query of one's own, and the change of its settings.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use office::{offices, policy::op};

use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        scalars::{DateTime, TimeZone},
    },
};

/// The tenant: owns initiatives, channels, members and handbook.
#[derive(Debug, Clone)]
pub(crate) struct Office(pub(crate) Arc<entity::office::Model>);

impl From<entity::office::Model> for Office {
    fn from(row: entity::office::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// The tenant: owns initiatives, channels, members and handbook.
#[Object]
impl Office {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Short name in addresses.
    async fn slug(&self) -> &str {
        &self.0.slug
    }
    /// Full name.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Zone in which local times are meant when a request names none.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.0.time_zone.clone())
    }
    /// BCP 47 tag of the usual language.
    async fn language(&self) -> &str {
        &self.0.language
    }
    /// Minutes after its time that a post may still leave; later it is `MISSED` and asks.
    async fn publish_late_minutes(&self) -> i32 {
        self.0.publish_late_minutes
    }
    /// Whether the directory shows the stewards on duty.
    async fn duty_public(&self) -> bool {
        self.0.duty_public
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When the office was founded.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// Queries about the office.
#[derive(Debug, Default)]
pub(crate) struct OfficeQuery;

#[Object]
impl OfficeQuery {
    /// The viewer's office.
    async fn office(&self, ctx: &Context<'_>) -> Field<Office> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Office>()?;
            Ok(Some(offices::get(ctx.office()?, permit.office_id()).await?.into()))
        })
        .await
    }
}

/// An edit of the office's settings; what is left out stays.
#[derive(InputObject)]
pub(crate) struct UpdateOfficeInput {
    /// The version that was read.
    expected_version: i64,
    /// Another name.
    name: Option<String>,
    /// Another zone; local times that were promised keep theirs.
    time_zone: Option<TimeZone>,
    /// Another language.
    language: Option<String>,
    /// Minutes after its time that a post may still leave.
    publish_late_minutes: Option<i32>,
    /// Whether the directory shows the stewards on duty.
    duty_public: Option<bool>,
}

payloads! {
    /// What `updateOffice` answers.
    UpdateOfficePayload {
        /// The office as it is now.
        office: Office,
    }
}

/// Mutations of the office.
#[derive(Debug, Default)]
pub(crate) struct OfficeMutation;

#[Object]
impl OfficeMutation {
    /// Changes the office's settings.
    async fn update_office(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edit.")] input: UpdateOfficeInput,
    ) -> Field<UpdateOfficePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::UpdateOffice>()?;
            let edit = offices::UpdateOffice {
                expected_version: input.expected_version,
                name: input.name,
                time_zone: input.time_zone.map(|zone| zone.0),
                language: input.language,
                publish_late_minutes: input.publish_late_minutes,
                duty_public: input.duty_public,
            };
            let outcome = offices::update(ctx.office()?, &permit, edit).await;
            payload(outcome, |row| UpdateOfficePayload::done(row.into()))
        })
        .await
    }
}
