//! Making and revoking integrations.

use async_graphql::{Context, ID, InputObject, Object};
use office::{integrations, policy::op};
use secrecy::ExposeSecret as _;

use super::{Integration, object::Scope};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// A new integration.
#[derive(Debug, InputObject)]
pub(crate) struct CreateIntegrationInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// What the client is, for people.
    name: String,
    /// What its token may do: at least one.
    scopes: Vec<Scope>,
}

/// The end of an integration.
#[derive(Debug, InputObject)]
pub(crate) struct RevokeIntegrationInput {
    /// Which.
    integration_id: ID,
}

payloads! {
    /// What `createIntegration` answers.
    CreateIntegrationPayload {
        /// The integration.
        integration: Integration,
        /// Its token: send it as `Authorization: Bearer …`. Shown this once; keep it secret. Null when the request was
        /// repeated under its `clientKey`: revoke the integration and make another, if the first answer was lost.
        token: Option<String>,
    }
    /// What `revokeIntegration` answers.
    RevokeIntegrationPayload {
        /// The integration; its token is not accepted any more.
        integration: Integration,
    }
}

/// Mutations of integrations.
#[derive(Debug, Default)]
pub(crate) struct IntegrationMutation;

#[Object]
impl IntegrationMutation {
    /// Makes an integration. Its token is in the answer and nowhere else. Codes: `REQUIRED` for name or scopes,
    /// `TOO_LONG`, `INVALID`, `KEY_REUSED`.
    async fn create_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration.")] input: CreateIntegrationInput,
    ) -> Field<CreateIntegrationPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CreateIntegration>()?;
            let scopes = input.scopes.into_iter().map(Into::into).collect();
            let new =
                integrations::CreateIntegration { client_key: input.client_key, name: input.name, scopes };
            let outcome = integrations::create(ctx.office()?, &permit, new).await;
            payload(outcome, |(row, token)| {
                let token = token.map(|token| token.expose_secret().to_owned());
                CreateIntegrationPayload::done(row.into(), token)
            })
        })
        .await
    }

    /// Ends an integration's token at once. Doing it twice changes nothing. Codes: `NOT_FOUND`.
    async fn revoke_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RevokeIntegrationInput,
    ) -> Field<RevokeIntegrationPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RevokeIntegration>()?;
            let office = ctx.office()?;
            let outcome =
                async { integrations::revoke(office, &permit, id::decode(&input.integration_id)?).await };
            payload(outcome.await, |row| RevokeIntegrationPayload::done(row.into()))
        })
        .await
    }
}
