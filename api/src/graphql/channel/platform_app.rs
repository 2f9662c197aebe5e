//! The applications that the office registered at platforms.

use async_graphql::{Context, ID, InputObject, Object, Result};
use office::{channels, policy::op};
use secrecy::SecretString;

use super::Platform;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        scalars::{DateTime, Url},
    },
};

/// An application that the office registered at a platform, in whose name channels are connected.
#[derive(Debug, Clone)]
pub(crate) struct PlatformApp(pub(crate) entity::platform_app::Model);

/// An application that the office registered at a platform: in its name a person is asked there to connect a channel. Its
/// secret is never readable.
#[Object]
impl PlatformApp {
    /// Global id.
    async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Where it is registered.
    async fn platform(&self) -> Platform {
        self.0.platform.into()
    }
    /// At which server of that platform.
    async fn base_url(&self) -> Url {
        Url(self.0.base_url.clone())
    }
    /// Its public name there; null after it was removed here.
    async fn client_id(&self) -> Option<&str> {
        Some(self.0.client_id.as_str()).filter(|id| !id.is_empty())
    }
    /// Whether it has a secret.
    async fn has_secret(&self) -> bool {
        self.0.client_secret_sealed.is_some()
    }
    /// When it was registered here.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it was last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// An application as the platform registered it.
#[derive(InputObject)]
pub(crate) struct SetPlatformAppInput {
    /// Where it is registered.
    platform: Platform,
    /// At which server of that platform: what the channels' `baseUrl` will be.
    base_url: Url,
    /// Its public name there (client id, app id, client key).
    client_id: String,
    /// Its secret; leave it out where the platform gave none. It is sealed at once; nothing ever shows it again.
    client_secret: Option<String>,
}

/// An application that is not used any more.
#[derive(Debug, InputObject)]
pub(crate) struct RemovePlatformAppInput {
    /// Which.
    platform_app_id: ID,
}

payloads! {
    /// What `setPlatformApp` answers.
    SetPlatformAppPayload {
        /// The application.
        platform_app: PlatformApp,
    }
    /// What `removePlatformApp` answers.
    RemovePlatformAppPayload {
        /// The application; its id and secret are forgotten.
        platform_app: PlatformApp,
    }
}

/// Queries about applications.
#[derive(Debug, Default)]
pub(crate) struct PlatformAppQuery;

#[Object]
impl PlatformAppQuery {
    /// The applications that the office registered at platforms, by platform and address; at most 200.
    async fn platform_apps(&self, ctx: &Context<'_>) -> Field<Vec<PlatformApp>> {
        nullable(async { own(ctx).await.map(Some) }).await
    }
}

async fn own(ctx: &Context<'_>) -> Result<Vec<PlatformApp>> {
    let permit = ctx.requester()?.permit::<op::PlatformApps>()?;
    let rows = channels::apps(ctx.office()?, &permit).await?;
    Ok(rows.into_iter().filter(|row| !row.client_id.is_empty()).map(PlatformApp).collect())
}

/// Mutations of applications.
#[derive(Debug, Default)]
pub(crate) struct PlatformAppMutation;

#[Object]
impl PlatformAppMutation {
    /// Registers an application here, or puts it in place of the one that the office has at this address. Register
    /// `<public address of this service>/connect/callback` at the platform as its redirect address. Codes: `INVALID` (also
    /// for a platform that is connected by `connectChannel` alone), `REQUIRED`, `TOO_LONG`.
    async fn set_platform_app(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The application.")] input: SetPlatformAppInput,
    ) -> Field<SetPlatformAppPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SetPlatformApp>()?;
            let set = channels::SetPlatformApp {
                platform: input.platform.into(),
                base_url: input.base_url.0,
                client_id: input.client_id,
                client_secret: input.client_secret.map(SecretString::from),
            };
            let outcome = channels::set_app(ctx.office()?, &permit, set).await;
            payload(outcome, |row| SetPlatformAppPayload::done(PlatformApp(row)))
        })
        .await
    }

    /// Forgets an application's id and secret. Channels that were connected with it work until their credential ends, and are
    /// not refreshed any more. Codes: `NOT_FOUND`.
    async fn remove_platform_app(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemovePlatformAppInput,
    ) -> Field<RemovePlatformAppPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RemovePlatformApp>()?;
            let office = ctx.office()?;
            let outcome =
                async { channels::remove_app(office, &permit, id::decode(&input.platform_app_id)?).await };
            payload(outcome.await, |row| RemovePlatformAppPayload::done(PlatformApp(row)))
        })
        .await
    }
}
