//! The lists of an office: its own numbers, addresses, people and words, each entry with owner, reason and review date.
//! A list is part of the handbook, so an edit is a proposal like any other: nothing comes into force here.

use chrono::NaiveDate;
use entity::{HandbookId, handbook, handbook::HandbookState};
use guidelines::{HandbookDocument, ListEntry, OfficeFacts};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::{
    document_of, id_in_force,
    propose::{give_up, insert},
    usable,
};
use crate::{
    Office, Requester,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    fields,
    policy::{Permit, op},
    read,
    rows::locked,
};

macro_rules! handbook_lists {
    ($($(#[$doc:meta])* $name:ident $field:ident;)+) => {
        /// A list of the handbook.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        pub enum HandbookList { $($(#[$doc])* $name,)+ }

        impl HandbookList {
            /// Every list, in the order of the document.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the document.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($field),)+ }
            }

            /// Its entries.
            pub fn entries(self, facts: &OfficeFacts) -> &[ListEntry] {
                match self { $(Self::$name => &facts.$field,)+ }
            }

            fn entries_mut(self, facts: &mut OfficeFacts) -> &mut Vec<ListEntry> {
                match self { $(Self::$name => &mut facts.$field,)+ }
            }
        }
    };
}

handbook_lists! {
    /// Names of the office, and names by which an employer is recognised.
    Names names;
    /// Public telephone numbers.
    Phones phones;
    /// Public mail addresses.
    Emails emails;
    /// Domains whose mail addresses are the office's.
    EmailDomains email_domains;
    /// Public street addresses.
    Addresses addresses;
    /// Places where it holds events.
    Venues venues;
    /// Hosts of its own that anybody can reach.
    PublicHosts public_hosts;
    /// Hosts that only staff can reach.
    InternalHosts internal_hosts;
    /// Acronyms, in capitals.
    Acronyms acronyms;
    /// People who have consented to be named with what concerns their health.
    ConsentedPeople consented_people;
    /// Handles of newsrooms and journalists.
    Newsrooms newsrooms;
}

/// An entry to add.
#[derive(Debug, Clone, Serialize)]
pub struct AddListEntry {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// To which list.
    pub list: HandbookList,
    /// The number, address, name or word.
    pub value: String,
    /// Who answers for it.
    pub owner: String,
    /// Why it belongs there.
    pub reason: String,
    /// When somebody looks whether it still does.
    pub review_on: NaiveDate,
}

/// An entry to take away.
#[derive(Debug, Clone, Serialize)]
pub struct RemoveListEntry {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// From which list.
    pub list: HandbookList,
    /// Its value, exactly as the list has it.
    pub value: String,
    /// Why it does not belong there any more.
    pub reason: String,
}

/// Proposes the handbook with one entry more.
pub async fn add_entry(
    office: &Office,
    permit: &Permit<op::AddListEntry>,
    input: AddListEntry,
) -> Result<handbook::Model> {
    let call = Call::new::<op::AddListEntry>(input.client_key.as_deref(), &input)?;
    let entry = ListEntry {
        value: fields::line(&office.limits, "value", &input.value)?,
        owner: Some(fields::line(&office.limits, "owner", &input.owner)?),
        reason: Some(fields::line(&office.limits, "reason", &input.reason)?),
        review_on: Some(input.review_on),
    };
    let note = format!("Adds “{}” to {}: {}", entry.value, input.list.name(), input.reason.trim());
    let edit = |document: &mut HandbookDocument| {
        let entries = input.list.entries_mut(&mut document.office);
        if entries.iter().any(|known| known.value.trim() == entry.value) {
            let message = "the list has it already: remove that entry first, to say something else of it";
            return refuse(RefusalCode::Taken, "value", message);
        }
        entries.push(entry);
        Ok(())
    };
    propose_edit(office, permit.requester(), &call, &note, edit).await
}

/// Proposes the handbook with one entry less.
pub async fn remove_entry(
    office: &Office,
    permit: &Permit<op::RemoveListEntry>,
    input: RemoveListEntry,
) -> Result<handbook::Model> {
    let call = Call::new::<op::RemoveListEntry>(input.client_key.as_deref(), &input)?;
    let value = fields::line(&office.limits, "value", &input.value)?;
    let reason = fields::line(&office.limits, "reason", &input.reason)?;
    let note = format!("Removes “{value}” from {}: {reason}", input.list.name());
    let edit = |document: &mut HandbookDocument| {
        let entries = input.list.entries_mut(&mut document.office);
        let before = entries.len();
        entries.retain(|known| known.value.trim() != value);
        if entries.len() == before {
            return refuse(RefusalCode::NotFound, "value", "the list has no such entry");
        }
        Ok(())
    };
    propose_edit(office, permit.requester(), &call, &note, edit).await
}

/// Proposes an edit of the pending proposal, which it replaces, or else of the version in force.
async fn propose_edit(
    office: &Office,
    requester: &Requester,
    call: &Call,
    note: &str,
    edit: impl FnOnce(&mut HandbookDocument) -> Result<()>,
) -> Result<handbook::Model> {
    // An edit that was made is not possible a second time: what this key did comes first.
    let earlier = { call.earlier(&office.begin(requester).await?).await? };
    if let Some(id) = earlier {
        return read::one::<handbook::Entity>(office.db.read(), requester.office_id, id).await;
    }
    let base = base(office.db.read(), requester).await?;
    let mut document = document_of(&base)?;
    edit(&mut document)?;
    let document = usable("value", document).await?;
    let mut change = office.begin(requester).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<handbook::Entity>(change.tx(), requester.office_id, id).await;
    }
    let pending = base.state == HandbookState::Proposed;
    let note = if pending { carried_on(office, base.note.as_deref(), note) } else { note.to_owned() };
    let row = insert(&mut change, "value", document, note).await?;
    // From here on nobody else proposes or activates.
    if base_but_for(change.tx(), requester, row.id).await?.id != base.id {
        let message = "somebody changed the handbook or a proposal at this moment: try again";
        return refuse(RefusalCode::Conflict, "", message);
    }
    if pending {
        let base = locked::<handbook::Entity>(&change, base.id).await?;
        give_up(&mut change, base, Some(row.id)).await?;
    }
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// The note of a proposal, and what is added to it; where that is too long, the newest of it.
fn carried_on(office: &Office, before: Option<&str>, note: &str) -> String {
    let whole = [before.unwrap_or_default(), note].join("\n");
    let whole = whole.trim();
    let over = whole.chars().count().saturating_sub(office.limits.paragraph_chars);
    whole.chars().skip(over).collect()
}

async fn base(db: &impl ConnectionTrait, requester: &Requester) -> Result<handbook::Model> {
    base_but_for(db, requester, HandbookId(uuid::Uuid::nil())).await
}

/// The newest proposal upon the version in force, but for one; where there is none, that version.
async fn base_but_for(
    db: &impl ConnectionTrait,
    requester: &Requester,
    but_for: HandbookId,
) -> Result<handbook::Model> {
    let office_id = requester.office_id;
    let current = id_in_force(db, office_id).await?;
    let pending = handbook::Entity::find()
        .filter(handbook::Column::OfficeId.eq(office_id))
        .filter(handbook::Column::State.eq(HandbookState::Proposed))
        .filter(handbook::Column::BasedOn.eq(current))
        .filter(handbook::Column::Id.ne(but_for))
        .order_by_desc(handbook::Column::Number)
        .one(db)
        .await?;
    match pending {
        Some(pending) => Ok(pending),
        None => read::one::<handbook::Entity>(db, office_id, current).await,
    }
}

/// The entries of an office that somebody should look at by `today`, in the order of the lists.
pub(crate) fn due_for_review(
    document: &HandbookDocument,
    today: NaiveDate,
) -> impl Iterator<Item = (HandbookList, &ListEntry, NaiveDate)> {
    let of = move |list: &HandbookList| {
        let list = *list;
        let entries = list.entries(&document.office).iter();
        entries.filter_map(move |entry| Some((list, entry, entry.review_on.filter(|day| *day <= today)?)))
    };
    HandbookList::ALL.iter().flat_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_those_of_the_document() {
        let facts = OfficeFacts::default();
        let ours: Vec<_> = HandbookList::ALL.iter().map(|list| list.name()).collect();
        assert_eq!(ours, facts.lists().map(|(name, _)| name));
    }

    #[test]
    fn an_entry_is_due_on_its_day_and_after_it() {
        let entry =
            |value: &str, day: &str| ListEntry { review_on: day.parse().ok(), ..ListEntry::plain(value) };
        let mut document = HandbookDocument::default();
        document.office.phones =
            vec![entry("1", "2027-03-14"), entry("2", "2027-03-15"), ListEntry::plain("3")];
        let due = |day: &str| due_for_review(&document, day.parse().unwrap()).count();
        assert_eq!([due("2027-03-13"), due("2027-03-14"), due("2028-01-01")], [0, 1, 2]);
    }
}
