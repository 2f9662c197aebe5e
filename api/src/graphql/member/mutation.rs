//! Adding and changing members, and their passwords.

use async_graphql::{Context, ID, InputObject, Object};
use office::{members, policy::op};
use secrecy::SecretString;

use super::{Member, Role};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// A new member.
#[derive(InputObject)]
pub(crate) struct CreateMemberInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Address for signing in, unique in the office.
    email: String,
    /// Name as colleagues know it.
    name: String,
    /// What they may do: at least one.
    roles: Vec<Role>,
    /// Their first password; without one they cannot sign in until it is set.
    password: Option<String>,
}

/// An edit of a member; what is left out stays.
#[derive(InputObject)]
pub(crate) struct UpdateMemberInput {
    /// Whom.
    member_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Another name.
    name: Option<String>,
    /// Other roles, all of them.
    roles: Option<Vec<Role>>,
}

/// A new password.
#[derive(InputObject)]
pub(crate) struct SetPasswordInput {
    /// Whose; your own when left out.
    member_id: Option<ID>,
    /// Your present one; an administrator needs none for somebody else.
    current: Option<String>,
    /// The new one.
    new: String,
}

payloads! {
    /// What `createMember` answers.
    CreateMemberPayload {
        /// The new member.
        member: Member,
    }
    /// What `updateMember` answers.
    UpdateMemberPayload {
        /// The member as it is now.
        member: Member,
    }
    /// What `setPassword` answers.
    SetPasswordPayload {
        /// The member as it is now.
        member: Member,
    }
}

/// Mutations of members.
#[derive(Debug, Default)]
pub(crate) struct MemberMutation;

#[Object]
impl MemberMutation {
    /// Adds a member, or takes back who left and had this address: the same person, with what they wrote, and no rights but those
    /// given now. Codes: `REQUIRED`, `TOO_LONG`, `INVALID`, `TAKEN` for the address, `KEY_REUSED`.
    async fn create_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The member.")] input: CreateMemberInput,
    ) -> Field<CreateMemberPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CreateMember>()?;
            let new = members::CreateMember {
                client_key: input.client_key,
                email: input.email,
                name: input.name,
                roles: input.roles.into_iter().map(Into::into).collect(),
                password: input.password.map(SecretString::from),
            };
            let outcome = members::create(ctx.office()?, &permit, new).await;
            payload(outcome, |row| CreateMemberPayload::done(row.into()))
        })
        .await
    }

    /// Changes a member's name or roles.
    async fn update_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edit.")] input: UpdateMemberInput,
    ) -> Field<UpdateMemberPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::UpdateMember>()?;
            let office = ctx.office()?;
            let outcome = async {
                let edit = members::UpdateMember {
                    member_id: id::decode(&input.member_id)?,
                    expected_version: input.expected_version,
                    name: input.name,
                    roles: input.roles.map(|roles| roles.into_iter().map(Into::into).collect()),
                };
                members::update(office, &permit, edit).await
            };
            payload(outcome.await, |row| UpdateMemberPayload::done(row.into()))
        })
        .await
    }

    /// Sets a password and ends the member's sessions.
    async fn set_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.")] input: SetPasswordInput,
    ) -> Field<SetPasswordPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SetPassword>()?;
            let office = ctx.office()?;
            let outcome = async {
                let given = id::decode_opt(input.member_id.as_ref())?;
                let member_id = given.or_else(|| permit.requester().member_id());
                let member_id = member_id.ok_or(office::OfficeError::NotFound("member"))?;
                let (current, new) = (input.current.map(SecretString::from), SecretString::from(input.new));
                members::set_password(office, &permit, members::SetPassword { member_id, current, new }).await
            };
            payload(outcome.await, |row| SetPasswordPayload::done(row.into()))
        })
        .await
    }
}
