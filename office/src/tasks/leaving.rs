//! What depended on somebody who left, and waits for somebody else. Each is gone as soon as somebody who is here has it.
//! Their initiatives are among `initiatives`.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    DraftId, MemberId, OfficeId, channel, channel::ChannelState, draft, initiative, integration, member,
    member::Role, partner, review,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _};
use uuid::Uuid;

use super::{Facts, For, Found, TaskKind, channels, initiatives};
use crate::{Office, drafts, error::Result, members::departed, partners, read, reviews};

/// All that waits for the requester because somebody left. While nobody did, it costs one statement more than the hand-overs.
pub(super) async fn all(who: &For<'_>) -> Result<Vec<Found>> {
    let mut tasks = channels::to_hand_over(who).await?;
    let left = when_they_left(who.office, who.office_id).await?;
    if left.is_empty() {
        return Ok(tasks);
    }
    let coordinates = who.roles.contains(Role::Coordinator);
    if coordinates {
        tasks.extend(partners(who, &left).await?);
        tasks.extend(kept(who, &left).await?);
    }
    if coordinates || who.roles.contains(Role::ProjectManager) {
        tasks.extend(drafts(who, coordinates, &left).await?);
    }
    tasks.extend(advice(who, coordinates, &left).await?);
    if who.roles.contains(Role::Administrator) {
        tasks.extend(tokens(who, &left).await?);
    }
    Ok(tasks)
}

type Left = HashMap<MemberId, DateTime<Utc>>;

/// Who left, and when: the newest of them, for older ones have long been followed.
async fn when_they_left(office: &Office, office_id: OfficeId) -> Result<Left> {
    let rows: Vec<(MemberId, Option<DateTime<Utc>>)> = member::Entity::find()
        .select_only()
        .columns([member::Column::Id, member::Column::DepartedAt])
        .filter(member::Column::OfficeId.eq(office_id))
        .filter(member::Column::State.eq(member::MemberState::Departed))
        .order_by_desc(member::Column::Id)
        .limit(super::TASKS_AT_MOST)
        .into_tuple()
        .all(office.db.read())
        .await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// Since when a thing waits: since they left, or since it is there.
fn since(left: &Left, id: Option<MemberId>, made: DateTime<Utc>) -> DateTime<Utc> {
    id.and_then(|id| left.get(&id)).map_or(made, |at| (*at).max(made))
}

/// Drafts of which nothing is out: a coordinator's, and of the initiatives that a project manager manages.
async fn drafts(who: &For<'_>, coordinates: bool, left: &Left) -> Result<Vec<Found>> {
    let mut select = drafts::unpublished(who.office_id)
        .filter(draft::Column::AuthorId.in_subquery(departed(who.office_id)))
        .filter(draft::Column::InitiativeId.in_subquery(initiatives::running(who)));
    if !coordinates {
        select = select.filter(draft::Column::InitiativeId.in_subquery(managed(who)));
    }
    let rows =
        select.order_by_asc(draft::Column::UpdatedAt).limit(who.limit).all(who.office.db.read()).await?;
    let task = |row: draft::Model| Found {
        kind: TaskKind::ReassignDraft,
        subject_kind: "Draft",
        subject_id: row.id.0,
        since: since(left, row.author_id, row.created_at),
        title: row.title,
        facts: Facts::default(),
    };
    Ok(rows.into_iter().map(task).collect())
}

fn managed(who: &For<'_>) -> sea_orm::sea_query::SelectStatement {
    initiative::Entity::find()
        .select_only()
        .column(initiative::Column::Id)
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::ManagerId.eq(who.member_id))
        .into_query()
}

/// Questions to an adviser who left: for who asked, for a coordinator, and for the initiative's project manager.
async fn advice(who: &For<'_>, coordinates: bool, left: &Left) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let mut select = reviews::unanswered(who.office_id)
        .filter(review::Column::AdviserId.in_subquery(departed(who.office_id)))
        .filter(review::Column::DraftId.in_subquery(initiatives::drafts_of_running(who)));
    if !coordinates {
        let of_mine = draft::Entity::find()
            .select_only()
            .column(draft::Column::Id)
            .filter(draft::Column::OfficeId.eq(who.office_id))
            .filter(draft::Column::InitiativeId.in_subquery(managed(who)))
            .into_query();
        let mine = Condition::any()
            .add(review::Column::ReviewerId.eq(who.member_id))
            .add(review::Column::DraftId.in_subquery(of_mine));
        select = select.filter(mine);
    }
    let rows = select.order_by_asc(review::Column::CreatedAt).limit(who.limit).all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.draft_id.0).collect();
    let asked = read::many::<draft::Entity>(db, who.office_id, &ids).await?;
    let titles: HashMap<DraftId, String> = asked.into_iter().map(|row| (row.id, row.title)).collect();
    let task = |row: review::Model| {
        Some(Found {
            kind: TaskKind::AskAnotherAdviser,
            subject_kind: "Review",
            subject_id: row.id.0,
            title: titles.get(&row.draft_id)?.clone(),
            since: since(left, row.adviser_id, row.created_at),
            facts: Facts::default(),
        })
    };
    Ok(rows.into_iter().filter_map(task).collect())
}

/// Partners whose keeper left.
async fn partners(who: &For<'_>, left: &Left) -> Result<Vec<Found>> {
    let rows = partners::standing(who.office_id)
        .filter(partner::Column::KeeperId.in_subquery(departed(who.office_id)))
        .order_by_asc(partner::Column::Id)
        .limit(who.limit)
        .all(who.office.db.read())
        .await?;
    let task = |row: partner::Model| Found {
        kind: TaskKind::KeepPartner,
        subject_kind: "Partner",
        subject_id: row.id.0,
        since: since(left, Some(row.keeper_id), row.created_at),
        title: row.name,
        facts: Facts::default(),
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Retired accounts into which somebody who left can still go.
async fn kept(who: &For<'_>, left: &Left) -> Result<Vec<Found>> {
    let rows = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(who.office_id))
        .filter(channel::Column::State.eq(ChannelState::Retired))
        .filter(channel::Column::CredentialKeeperId.in_subquery(departed(who.office_id)))
        .order_by_asc(channel::Column::Id)
        .limit(who.limit)
        .all(who.office.db.read())
        .await?;
    let task = |row: channel::Model| Found {
        kind: TaskKind::KeepCredential,
        subject_kind: "Channel",
        subject_id: row.id.0,
        since: since(left, row.credential_keeper_id, row.decided_at.unwrap_or(row.created_at)),
        title: row.display_name,
        facts: Facts::default(),
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Tokens that somebody who left has seen, and that are good still.
async fn tokens(who: &For<'_>, left: &Left) -> Result<Vec<Found>> {
    let rows = integration::Entity::find()
        .filter(integration::Column::OfficeId.eq(who.office_id))
        .filter(integration::Column::RevokedAt.is_null())
        .filter(integration::Column::CreatedBy.in_subquery(departed(who.office_id)))
        .order_by_asc(integration::Column::Id)
        .limit(who.limit)
        .all(who.office.db.read())
        .await?;
    let task = |row: integration::Model| Found {
        kind: TaskKind::ReplaceToken,
        subject_kind: "Integration",
        subject_id: row.id.0,
        since: since(left, row.created_by, row.created_at),
        title: row.name,
        facts: Facts::default(),
    };
    Ok(rows.into_iter().map(task).collect())
}
