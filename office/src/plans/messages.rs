//! Which key message a draft names: by its id, or by its words.

use entity::{InitiativeId, KeyMessageId, OfficeId, plan, plan::KeyMessage, plan::KeyMessages};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::of;
use crate::{
    change::Change,
    error::{RefusalCode, Result, refuse},
};

/// Versions back that a message is known.
const VERSIONS_BACK: u64 = 200;

/// The words and the id of the message that a draft names. By its id, the words are the plan's newest for it; by its words,
/// the id is found where the plan has them. Words that the plan does not have are kept: a rule speaks of them.
pub(crate) async fn named(
    change: &Change<'_>,
    initiative_id: InitiativeId,
    id: Option<KeyMessageId>,
    words: Option<String>,
) -> Result<(Option<String>, Option<KeyMessageId>)> {
    if id.is_none() && words.is_none() {
        return Ok((None, None));
    }
    let known = known(change.tx(), change.office_id(), initiative_id).await?;
    match (id, words) {
        (Some(_), Some(_)) => refuse(
            RefusalCode::Invalid,
            "keyMessage",
            "name a key message by its id or by its words, not by both",
        ),
        (Some(id), None) => match known.into_iter().find(|message| message.id == id) {
            Some(message) => Ok((Some(message.text), Some(id))),
            None => {
                refuse(RefusalCode::NotFound, "keyMessageId", "the initiative's plan has no such key message")
            }
        },
        (None, words) => {
            let same = known.into_iter().find(|message| words.as_deref() == Some(message.text.as_str()));
            Ok((words, same.map(|message| message.id)))
        }
    }
}

/// The messages of an initiative's plan, those of its newest version first; the same message once for each version.
pub(super) async fn known(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: InitiativeId,
) -> Result<Vec<KeyMessage>> {
    let rows = of(office_id, id)
        .select_only()
        .column(plan::Column::KeyMessages)
        .order_by_desc(plan::Column::Number)
        .limit(VERSIONS_BACK)
        .into_tuple::<KeyMessages>()
        .all(db)
        .await?;
    Ok(rows.into_iter().flat_map(|messages| messages.0).collect())
}
