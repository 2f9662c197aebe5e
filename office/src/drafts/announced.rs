//! A draft for something that nobody has announced: both are made at once, and the author is told what is still to be done
//! before anything of it can go out.

use entity::{draft, initiative, initiative::InitiativeState};
use serde::Serialize;

use super::{Content, begin};
use crate::{
    Office,
    client_keys::Call,
    error::Result,
    initiatives::{self, Announcement},
    plans,
    policy::{Permit, op},
    read,
};

/// A new draft, with the announcement of its initiative.
#[derive(Debug, Clone, Serialize)]
pub struct CreateAnnounced {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The beginning of the announcement.
    pub announcement: Announcement,
    /// What the draft says.
    pub content: Content,
}

/// One thing that stands between a draft and its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StillToDo {
    /// The mutation that does it.
    pub act: &'static str,
    /// What is to be done, for people.
    pub what: String,
}

/// Announces an initiative and begins its first draft.
pub async fn create_announced(
    office: &Office,
    permit: &Permit<op::CreateDraft>,
    input: CreateAnnounced,
) -> Result<draft::Model> {
    let call = Call::new::<op::CreateDraft>(input.client_key.as_deref(), &input)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<draft::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let initiative = within(initiatives::announce(&mut change, &input.announcement).await)?;
    let draft = begin(office, &mut change, initiative.id, &input.content).await?;
    call.remember(&change, draft.id.0).await?;
    change.commit().await?;
    Ok(draft)
}

/// A refusal of the announcement names the field where it is in this input.
fn within<T>(announced: Result<T>) -> Result<T> {
    match announced {
        Err(crate::OfficeError::Refused(mut refusal)) => {
            refusal.field.insert(0, "announce".to_owned());
            Err(crate::OfficeError::Refused(refusal))
        }
        other => other,
    }
}

/// What is still to be done about a draft's initiative before anything of it can go out.
pub async fn still_to_do(
    office: &Office,
    _permit: &Permit<op::CreateDraft>,
    draft: &draft::Model,
) -> Result<Vec<StillToDo>> {
    let db = office.db.read();
    let row = read::one::<initiative::Entity>(db, draft.office_id, draft.initiative_id).await?;
    let mut open = Vec::new();
    let mut add = |act: &'static str, what: String| open.push(StillToDo { act, what });
    if row.state == InitiativeState::Proposed {
        let unsaid: Vec<_> =
            initiatives::unanswered(&row).into_iter().map(initiatives::AnnouncementPart::field).collect();
        if !unsaid.is_empty() {
            add("updateInitiative", format!("say of the initiative: {}", unsaid.join(", ")));
        }
        add(
            "acknowledgeInitiative",
            "a coordinator acknowledges the initiative; they have been told".to_owned(),
        );
    }
    if plans::current(db, draft.office_id, row.id).await?.is_none() {
        add("writePlan", "the initiative needs a communications plan that a coordinator approves".to_owned());
    }
    Ok(open)
}
