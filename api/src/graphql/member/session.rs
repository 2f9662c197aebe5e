//! Signing in, staying signed in, signing out, and the first start. Open without a token: the office's functions ask for
//! what the caller must know.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use office::{OfficeError, Refusal, RefusalCode, offices, sessions, setup};
use secrecy::{ExposeSecret as _, SecretString};

use super::Member;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::{Caller, ContextExt as _, Services},
        office::Office,
        scalars::{DateTime, TimeZone},
    },
};

/// A sign-in: what to send with each request, and what to renew it with.
#[derive(SimpleObject)]
pub(crate) struct Session {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// When the access token ends: refresh before.
    access_token_expires_at: DateTime,
    /// Give it to `refreshSession`, once; keep it secret.
    refresh_token: String,
    /// When the refresh token ends.
    refresh_token_expires_at: DateTime,
    /// Who signed in.
    member: Member,
}

/// What somebody who signs in tells.
#[derive(InputObject)]
pub(crate) struct SignInInput {
    /// Address.
    email: String,
    /// Password.
    password: String,
    /// Slug of the office; needed only by members of several.
    office: Option<String>,
}

/// What keeps a session going.
#[derive(InputObject)]
pub(crate) struct RefreshSessionInput {
    /// The newest refresh token of the session.
    refresh_token: String,
}

/// What ends a session.
#[derive(InputObject)]
pub(crate) struct SignOutInput {
    /// Any refresh token of the session.
    refresh_token: String,
}

/// The first start of a deployment.
#[derive(InputObject)]
pub(crate) struct SetUpOfficeInput {
    /// The one-time token that the service printed at its first start.
    token: String,
    /// The office.
    office: NewOfficeInput,
    /// Its first administrator.
    administrator: FirstAdministratorInput,
}

/// A new office.
#[derive(InputObject)]
pub(crate) struct NewOfficeInput {
    /// Full name.
    name: String,
    /// Short name in addresses, `a-z0-9-`.
    slug: String,
    /// Zone in which local times are meant when a request names none.
    time_zone: TimeZone,
    /// BCP 47 tag of the usual language, such as `en-CA`.
    language: String,
}

/// The first administrator of a new office.
#[derive(InputObject)]
pub(crate) struct FirstAdministratorInput {
    /// Name.
    name: String,
    /// Address for signing in.
    email: String,
    /// Password.
    password: String,
}

payloads! {
    /// What `signIn` answers.
    SignInPayload {
        /// The sign-in.
        session: Session,
    }
    /// What `refreshSession` answers.
    RefreshSessionPayload {
        /// The sign-in, gone on: new tokens in place of the old.
        session: Session,
    }
    /// What `signOut` answers.
    SignOutPayload {
        /// True: the session has ended, whether it went on before or not.
        signed_out: bool,
    }
    /// What `setUpOffice` answers.
    SetUpOfficePayload {
        /// The office.
        office: Office,
        /// Its first administrator, who can sign in now.
        administrator: Member,
    }
}

/// Mutations of sessions.
#[derive(Debug, Default)]
pub(crate) struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Signs a member in.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address and password.")] input: SignInInput,
    ) -> Field<SignInPayload> {
        nullable(async {
            let (services, caller) = (ctx.services()?, ctx.caller()?);
            let outcome = sign_in(services, caller, request_id(ctx), input).await;
            payload(outcome, SignInPayload::done)
        })
        .await
    }

    /// Exchanges a refresh token for the next and a new access token. A token that is used twice ends its session.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token.")] input: RefreshSessionInput,
    ) -> Field<RefreshSessionPayload> {
        nullable(async {
            let services = ctx.services()?;
            let token = SecretString::from(input.refresh_token);
            let outcome = async {
                let signed_in = sessions::refresh(&services.office, &token, request_id(ctx)).await?;
                session(services, signed_in).await
            };
            payload(outcome.await, RefreshSessionPayload::done)
        })
        .await
    }

    /// Ends a session.
    async fn sign_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token.")] input: SignOutInput,
    ) -> Field<SignOutPayload> {
        nullable(async {
            let token = SecretString::from(input.refresh_token);
            let outcome = sessions::sign_out(ctx.office()?, &token, request_id(ctx)).await;
            payload(outcome, |()| SignOutPayload::done(true))
        })
        .await
    }

    /// Founds the first office of a deployment, with the one-time token of its first start.
    async fn set_up_office(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token, the office, its administrator.")] input: SetUpOfficeInput,
    ) -> Field<SetUpOfficePayload> {
        nullable(async {
            let (office, administrator) = (input.office, input.administrator);
            let set_up = setup::SetUpOffice {
                token: SecretString::from(input.token),
                office: offices::CreateOffice {
                    name: office.name,
                    slug: office.slug,
                    time_zone: office.time_zone.0,
                    language: office.language,
                },
                administrator: offices::FirstAdministrator {
                    name: administrator.name,
                    email: administrator.email,
                    password: SecretString::from(administrator.password),
                },
            };
            let outcome = setup::set_up_office(ctx.office()?, set_up).await;
            payload(outcome, |(office, member)| SetUpOfficePayload::done(office.into(), member.into()))
        })
        .await
    }
}

fn request_id(ctx: &Context<'_>) -> Option<String> {
    ctx.caller().ok().map(|caller| caller.request_id.clone())
}

async fn sign_in(
    services: &Services,
    caller: &Caller,
    request_id: Option<String>,
    input: SignInInput,
) -> office::Result<Session> {
    let now = services.office.now();
    services.sign_in_tries.count(&input.email, caller.peer, now).map_err(too_many)?;
    let email = input.email.clone();
    let password = SecretString::from(input.password);
    let input = sessions::SignIn { email: input.email, password, office: input.office, request_id };
    let signed_in = sessions::sign_in(&services.office, input).await?;
    services.sign_in_tries.succeeded(&email, caller.peer);
    session(services, signed_in).await
}

fn too_many(seconds: u64) -> OfficeError {
    Refusal::new(RefusalCode::RateLimited, "", format!("too many tries: wait {seconds} s")).into()
}

async fn session(services: &Services, signed_in: sessions::SignedIn) -> office::Result<Session> {
    let member = signed_in.member;
    let issued = services.tokens.issue(member.office_id, member.id, signed_in.family).await?;
    Ok(Session {
        access_token: issued.0,
        access_token_expires_at: issued.1.into(),
        refresh_token: signed_in.refresh_token.expose_secret().to_owned(),
        refresh_token_expires_at: signed_in.refresh_expires_at.into(),
        member: member.into(),
    })
}
