//! What a deputy may not do in somebody's stead, though their roles allow it: answer for their own words.

use std::collections::HashSet;

use entity::{DraftId, MemberId, OfficeId, review};
use uuid::Uuid;

use super::{Task, TaskKind};
use crate::{Office, drafts, error::Result, read};

/// Of these tasks the questions for advice that stay with the adviser: this deputy wrote part of the draft, or asked.
pub(super) async fn own_words(
    office: &Office,
    office_id: OfficeId,
    deputy: MemberId,
    tasks: &[Task],
) -> Result<HashSet<Uuid>> {
    let asked = tasks.iter().filter(|task| task.kind == TaskKind::GiveAdvice);
    let asked: Vec<Uuid> = asked.map(|task| task.subject_id).collect();
    if asked.is_empty() {
        return Ok(HashSet::new());
    }
    let db = office.db.read();
    let rows = read::many::<review::Entity>(db, office_id, &asked).await?;
    let drafts: Vec<DraftId> = rows.iter().map(|row| row.draft_id).collect();
    let written = drafts::writers_of(db, office_id, &drafts).await?;
    let own = |row: &review::Model| row.reviewer_id == deputy || written.contains(&(row.draft_id, deputy));
    Ok(rows.into_iter().filter(own).map(|row| row.id.0).collect())
}
