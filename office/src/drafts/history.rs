//! A draft's past: its revisions, and everyone who wrote any of them. Only reads.

use std::collections::BTreeSet;

use entity::{
    DraftId, MemberId, OfficeId, draft, draft_comment, draft_comment::CommentState, integration,
    integration::Scope, revision,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    Office,
    error::{OfficeError, Result},
    paging::{COUNT_CAP, Direction, OrderBy, Page, PageRequest, count_up_to, page},
    read,
};

/// Integrations of one office that are looked through.
const INTEGRATIONS_AT_MOST: u64 = 1_000;

/// A page of a draft's revisions, newest first.
pub async fn revisions(
    office: &Office,
    office_id: OfficeId,
    draft_id: DraftId,
    request: &PageRequest,
) -> Result<Page<revision::Model>> {
    let order = OrderBy {
        column: revision::Column::Number,
        id: revision::Column::Id,
        direction: Direction::Descending,
    };
    page(office.db.read(), of(office_id, draft_id), order, request).await
}

/// How many revisions a draft has, up to 10,000.
pub async fn count_revisions(office: &Office, office_id: OfficeId, draft_id: DraftId) -> Result<Option<u64>> {
    count_up_to(office.db.read(), of(office_id, draft_id), COUNT_CAP).await
}

fn of(office_id: OfficeId, draft_id: DraftId) -> sea_orm::Select<revision::Entity> {
    revision::Entity::find()
        .filter(revision::Column::OfficeId.eq(office_id))
        .filter(revision::Column::DraftId.eq(draft_id))
}

/// The revision of a draft with this number.
pub async fn revision_numbered(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    draft_id: DraftId,
    number: i32,
) -> Result<revision::Model> {
    let found = of(office_id, draft_id).filter(revision::Column::Number.eq(number)).one(db).await?;
    found.ok_or(OfficeError::NotFound("revision"))
}

/// Everyone who wrote any part of a draft: none of them may approve it.
pub(crate) async fn writers(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: DraftId,
) -> Result<Vec<MemberId>> {
    let written = writers_of(db, office_id, &[id]).await?;
    Ok(written.into_iter().map(|(_, member)| member).collect())
}

/// Everyone who wrote any part of each of these drafts, in three statements: none of them may approve it. Whoever
/// suggested a change that was accepted wrote it.
pub async fn writers_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    ids: &[DraftId],
) -> Result<BTreeSet<(DraftId, MemberId)>> {
    let (engine, ids): (_, Vec<_>) = (db.get_database_backend(), ids.iter().map(|draft| draft.0).collect());
    let of_revisions = revision::Entity::find()
        .select_only()
        .column(revision::Column::DraftId)
        .column(revision::Column::AuthorId)
        .distinct()
        .filter(revision::Column::OfficeId.eq(office_id))
        .filter(read::among(engine, revision::Column::DraftId, &ids))
        .into_tuple::<(DraftId, Option<MemberId>)>()
        .all(db)
        .await?;
    let of_drafts = draft::Entity::find()
        .select_only()
        .column(draft::Column::Id)
        .column(draft::Column::AuthorId)
        .filter(draft::Column::OfficeId.eq(office_id))
        .filter(read::among(engine, draft::Column::Id, &ids))
        .into_tuple::<(DraftId, Option<MemberId>)>()
        .all(db)
        .await?;
    let suggested = draft_comment::Entity::find()
        .select_only()
        .column(draft_comment::Column::DraftId)
        .column(draft_comment::Column::AuthorId)
        .distinct()
        .filter(draft_comment::Column::OfficeId.eq(office_id))
        .filter(draft_comment::Column::State.eq(CommentState::Accepted))
        .filter(read::among(engine, draft_comment::Column::DraftId, &ids))
        .into_tuple::<(DraftId, MemberId)>()
        .all(db)
        .await?;
    let (by_people, by_machines): (Vec<_>, Vec<_>) =
        of_revisions.into_iter().chain(of_drafts).partition(|(_, author)| author.is_some());
    let by_people = by_people.into_iter().filter_map(|(draft, author)| Some((draft, author?)));
    let mut writers: BTreeSet<_> = by_people.chain(suggested).collect();
    if !by_machines.is_empty() {
        let makers = makers_of_writing_integrations(db, office_id).await?;
        for (draft, _) in by_machines {
            writers.extend(makers.iter().map(|maker| (draft, *maker)));
        }
    }
    Ok(writers)
}

/// Whoever made an integration that may write stands behind what integrations wrote: otherwise a robot would be the way
/// to approve one's own words (invariant 5).
async fn makers_of_writing_integrations(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
) -> Result<Vec<MemberId>> {
    let all = integration::Entity::find()
        .filter(integration::Column::OfficeId.eq(office_id))
        .filter(integration::Column::CreatedBy.is_not_null())
        .limit(INTEGRATIONS_AT_MOST)
        .all(db)
        .await?;
    let writing = all.into_iter().filter(|row| row.scopes.contains(Scope::DraftsWrite));
    Ok(writing.filter_map(|row| row.created_by).collect())
}
