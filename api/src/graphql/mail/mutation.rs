//! What is done about mail that did not arrive, and which kinds of it a member wants.

use async_graphql::{Context, ID, InputObject, Object};
use office::{mail, policy::op};

use super::object::{Mail, MailKind};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, member::Member},
};

/// A mail that is to be tried again.
#[derive(Debug, InputObject)]
pub(crate) struct RetryMailInput {
    /// Which mail.
    mail_id: ID,
}

/// A mail that is given up.
#[derive(Debug, InputObject)]
pub(crate) struct GiveUpMailInput {
    /// Which mail.
    mail_id: ID,
}

/// Which mail you want.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateMyMailInput {
    /// Every kind that you do not want; an empty list: you want all.
    muted: Vec<MailKind>,
}

payloads! {
    /// What `retryMail` answers.
    RetryMailPayload {
        /// The mail: `WAITING`.
        mail: Mail,
    }
    /// What `giveUpMail` answers.
    GiveUpMailPayload {
        /// The mail: `GIVEN_UP`.
        mail: Mail,
    }
    /// What `updateMyMail` answers.
    UpdateMyMailPayload {
        /// You, as you are now.
        member: Member,
    }
}

/// Mutations of mail.
#[derive(Debug, Default)]
pub(crate) struct MailMutation;

#[Object]
impl MailMutation {
    /// Has a mail tried again that was refused, given up or lost sight of, with the recipient's present address and the same
    /// Message-ID. Codes: `NOT_FOUND`, `ILLEGAL_STATE`.
    async fn retry_mail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RetryMailInput,
    ) -> Field<RetryMailPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RetryMail>()?;
            let office = ctx.office()?;
            let outcome = async { mail::retry(office, &permit, id::decode(&input.mail_id)?).await };
            payload(outcome.await, |row| RetryMailPayload::done(row.into()))
        })
        .await
    }

    /// Gives a mail up that was not sent. What it tells of is still true, and still among the recipient's tasks. Codes:
    /// `NOT_FOUND`, `ILLEGAL_STATE`.
    async fn give_up_mail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: GiveUpMailInput,
    ) -> Field<GiveUpMailPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::GiveUpMail>()?;
            let office = ctx.office()?;
            let outcome = async { mail::give_up(office, &permit, id::decode(&input.mail_id)?).await };
            payload(outcome.await, |row| GiveUpMailPayload::done(row.into()))
        })
        .await
    }

    /// Says which kinds of mail you do not want; `viewer { mutedMail }` has them. Codes: `INVALID` for a kind that asks you
    /// to act.
    async fn update_my_mail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you do not want.")] input: UpdateMyMailInput,
    ) -> Field<UpdateMyMailPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::UpdateMyMail>()?;
            let muted = input.muted.into_iter().map(Into::into).collect();
            let outcome = mail::mute(ctx.office()?, &permit, muted).await;
            payload(outcome, |row| UpdateMyMailPayload::done(row.into()))
        })
        .await
    }
}
