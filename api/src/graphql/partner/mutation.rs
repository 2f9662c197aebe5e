//! Recording partners, changing them, ending partnerships.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use office::{partners, policy::op};

use super::object::Partner;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        edit::{edit, edit_id},
        id,
        scalars::Date,
    },
};

/// A new partner.
#[derive(Debug, InputObject)]
pub(crate) struct CreatePartnerInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// What it is called; no other partner of the office reads the same.
    name: String,
    /// Why the office supports it.
    why: String,
    /// The language that it speaks, as a BCP 47 tag; the office's when left out.
    language: Option<String>,
    /// Addresses of its accounts and sites, however they are written: a URL, `@name@host`, `x:name`.
    #[graphql(default)]
    accounts: Vec<String>,
    /// The initiative that it belongs to; leave out for a partner of the whole office.
    initiative_id: Option<ID>,
    /// Who looks after the relation; you when left out.
    keeper_id: Option<ID>,
    /// The last day; leave out without a planned end.
    ends_on: Option<Date>,
}

/// A change of a partner; what is left out stays.
#[derive(Debug, InputObject)]
pub(crate) struct UpdatePartnerInput {
    /// Which.
    partner_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// What it is called.
    name: Option<String>,
    /// Why the office supports it.
    why: Option<String>,
    /// The language that it speaks.
    language: Option<String>,
    /// Addresses of all of its accounts: they take the place of the earlier ones.
    accounts: Option<Vec<String>>,
    /// The initiative that it belongs to; null for none.
    initiative_id: MaybeUndefined<ID>,
    /// Who looks after the relation from now on.
    keeper_id: Option<ID>,
    /// The last day; null for none.
    ends_on: MaybeUndefined<Date>,
}

/// A partnership to end.
#[derive(Debug, InputObject)]
pub(crate) struct EndPartnerInput {
    /// Which.
    partner_id: ID,
    /// The version that was read.
    expected_version: i64,
}

payloads! {
    /// What `createPartner` answers.
    CreatePartnerPayload {
        /// The partner.
        partner: Partner,
    }
    /// What `updatePartner` answers.
    UpdatePartnerPayload {
        /// The partner as it is now.
        partner: Partner,
    }
    /// What `endPartner` answers.
    EndPartnerPayload {
        /// The partner, ended.
        partner: Partner,
    }
}

impl CreatePartnerInput {
    fn read(self) -> office::Result<partners::CreatePartner> {
        Ok(partners::CreatePartner {
            client_key: self.client_key,
            name: self.name,
            why: self.why,
            language: self.language,
            accounts: self.accounts,
            initiative_id: id::decode_opt(self.initiative_id.as_ref())?,
            keeper_id: id::decode_opt(self.keeper_id.as_ref())?,
            ends_on: self.ends_on.map(|day| day.0),
        })
    }
}

impl UpdatePartnerInput {
    fn read(self) -> office::Result<partners::UpdatePartner> {
        Ok(partners::UpdatePartner {
            partner_id: id::decode(&self.partner_id)?,
            expected_version: self.expected_version,
            name: self.name,
            why: self.why,
            language: self.language,
            accounts: self.accounts,
            initiative_id: edit_id(&self.initiative_id)?,
            keeper_id: id::decode_opt(self.keeper_id.as_ref())?,
            ends_on: edit(self.ends_on.map_value(|day| day.0)),
        })
    }
}

/// Mutations of partners.
#[derive(Debug, Default)]
pub(crate) struct PartnerMutation;

#[Object]
impl PartnerMutation {
    /// Records a partner that the office supports. User errors: `REQUIRED`, `INVALID` (an address that is no account, or one of
    /// ours: a channel of any office is no partner), `TAKEN` (the name, or an account of another partner), `NOT_FOUND` (keeper,
    /// initiative), `ILLEGAL_STATE` (the initiative is over), `TOO_LONG`, `KEY_REUSED`.
    async fn create_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner.")] input: CreatePartnerInput,
    ) -> Field<CreatePartnerPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CreatePartner>()?;
            let office = ctx.office()?;
            let outcome = async { partners::create(office, &permit, input.read()?).await };
            payload(Box::pin(outcome).await, |row| CreatePartnerPayload::done(row.into()))
        })
        .await
    }

    /// Changes a partner: who looks after it and coordinators may. User errors: as of `createPartner`, and `NOT_RESPONSIBLE`,
    /// `CONFLICT` (somebody changed it meanwhile), `ILLEGAL_STATE` (it was ended).
    async fn update_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdatePartnerInput,
    ) -> Field<UpdatePartnerPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::UpdatePartner>()?;
            let office = ctx.office()?;
            let outcome = async { partners::update(office, &permit, input.read()?).await };
            payload(Box::pin(outcome).await, |row| UpdatePartnerPayload::done(row.into()))
        })
        .await
    }

    /// Ends a partnership: its accounts are nobody's whom the office knows from now on, and free for another partner. The record
    /// stays. User errors: `NOT_RESPONSIBLE`, `CONFLICT`, `ILLEGAL_STATE` (it was ended already).
    async fn end_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: EndPartnerInput,
    ) -> Field<EndPartnerPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::EndPartner>()?;
            let office = ctx.office()?;
            let outcome = async {
                let which = (id::decode(&input.partner_id)?, input.expected_version);
                partners::end(office, &permit, which).await
            };
            payload(Box::pin(outcome).await, |row| EndPartnerPayload::done(row.into()))
        })
        .await
    }
}
