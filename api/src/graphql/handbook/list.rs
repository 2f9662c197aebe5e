//! The lists of a handbook, and edits of them as proposals. Knows their form; nothing comes into force here.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use office::{
    handbooks::{self, AddListEntry, RemoveListEntry},
    policy::op,
};

use super::Handbook;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, scalars::Date},
};

/// A list of what is the office's own. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "handbooks::HandbookList", name = "HandbookList")]
pub(crate) enum ListName {
    /// Names of the office, and names by which an employer is recognised.
    Names,
    /// Public telephone numbers.
    Phones,
    /// Public mail addresses.
    Emails,
    /// Domains whose mail addresses are the office's.
    EmailDomains,
    /// Public street addresses.
    Addresses,
    /// Places where it holds events.
    Venues,
    /// Hosts of its own that anybody can reach.
    PublicHosts,
    /// Hosts that only staff can reach.
    InternalHosts,
    /// Acronyms, in capitals.
    Acronyms,
    /// People who have consented to be named with what concerns their health.
    ConsentedPeople,
    /// Handles of newsrooms and journalists.
    Newsrooms,
}

/// An entry of a list.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct HandbookListEntry {
    /// The number, address, name or word.
    value: String,
    /// Who answers for it; null when nobody said.
    owner: Option<String>,
    /// Why it is on the list; null when nobody said.
    reason: Option<String>,
    /// When somebody looks whether it still belongs there; null when nobody said.
    review_on: Option<Date>,
}

impl From<&guidelines::ListEntry> for HandbookListEntry {
    fn from(entry: &guidelines::ListEntry) -> Self {
        Self {
            value: entry.value.clone(),
            owner: entry.owner.clone(),
            reason: entry.reason.clone(),
            review_on: entry.review_on.map(Date),
        }
    }
}

/// A list with its entries.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "HandbookListEntries")]
pub(crate) struct HandbookList {
    /// Which list.
    list: ListName,
    /// Its entries, in order.
    entries: Vec<HandbookListEntry>,
}

impl HandbookList {
    pub(super) fn of(list: handbooks::HandbookList, facts: &guidelines::OfficeFacts) -> Self {
        Self { list: list.into(), entries: list.entries(facts).iter().map(Into::into).collect() }
    }
}

/// An entry to add.
#[derive(Debug, InputObject)]
pub(crate) struct AddListEntryInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// To which list.
    list: ListName,
    /// The number, address, name or word.
    value: String,
    /// Who answers for it.
    owner: String,
    /// Why it belongs there.
    reason: String,
    /// When somebody looks whether it still does: coordinators get a task on that day.
    review_on: Date,
}

/// An entry to take away.
#[derive(Debug, InputObject)]
pub(crate) struct RemoveListEntryInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// From which list.
    list: ListName,
    /// Its value, exactly as the list has it.
    value: String,
    /// Why it does not belong there any more.
    reason: String,
}

payloads! {
    /// What `addListEntry` answers.
    AddListEntryPayload {
        /// The proposal: activate it to put the entry in force.
        handbook: Handbook,
    }
    /// What `removeListEntry` answers.
    RemoveListEntryPayload {
        /// The proposal: activate it to take the entry away.
        handbook: Handbook,
    }
}

/// Mutations of lists.
#[derive(Debug, Default)]
pub(crate) struct ListEntryMutation;

#[Object]
impl ListEntryMutation {
    /// Proposes the handbook with one entry more; nothing comes into force. Where a proposal upon the version in force is
    /// pending, the newest is carried on: the new version says what it says and this, and takes its place. User errors:
    /// `REQUIRED`, `TOO_LONG` or `INVALID` (`value`, `owner`, `reason`), `TAKEN` (`value`: the list has it), `CONFLICT`,
    /// `KEY_REUSED`.
    async fn add_list_entry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entry.")] input: AddListEntryInput,
    ) -> Field<AddListEntryPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AddListEntry>()?;
            let entry = AddListEntry {
                client_key: input.client_key,
                list: input.list.into(),
                value: input.value,
                owner: input.owner,
                reason: input.reason,
                review_on: input.review_on.0,
            };
            let office = ctx.office()?;
            let outcome = async { Handbook::of(handbooks::add_entry(office, &permit, entry).await?) };
            payload(Box::pin(outcome).await, AddListEntryPayload::done)
        })
        .await
    }

    /// Proposes the handbook with one entry less, in the same way. User errors: `REQUIRED`, `TOO_LONG` or `INVALID` (`value`,
    /// `reason`; also when the proposal would say what the version in force says), `NOT_FOUND` (`value`), `CONFLICT`,
    /// `KEY_REUSED`.
    async fn remove_list_entry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entry, and why.")] input: RemoveListEntryInput,
    ) -> Field<RemoveListEntryPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RemoveListEntry>()?;
            let entry = RemoveListEntry {
                client_key: input.client_key,
                list: input.list.into(),
                value: input.value,
                reason: input.reason,
            };
            let office = ctx.office()?;
            let outcome = async { Handbook::of(handbooks::remove_entry(office, &permit, entry).await?) };
            payload(Box::pin(outcome).await, RemoveListEntryPayload::done)
        })
        .await
    }
}
