//! What the office says nearby: the last posts of the office and of a channel, and what waits there. Only reads, each
//! part of an index in its order and no further than a few rows, however long the queue or the past is.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, DraftId, OfficeId, PostId, post, post::PostState, revision, revision_target};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, Func, IntoIden, Query, SelectStatement, UnionType},
};

use crate::{Limits, error::Result, queue::heads::READY};

/// Another post, with the words that it has.
#[derive(Debug, Clone, FromQueryResult)]
pub struct NearbyPost {
    /// The post.
    pub id: PostId,
    /// Its draft: a draft is not compared with itself.
    pub draft_id: DraftId,
    /// Where it went or goes.
    pub channel_id: ChannelId,
    /// When it was published; none while it waits.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was or is wanted.
    pub due_at: DateTime<Utc>,
    /// Its text there, without the channel's signature.
    pub text: String,
}

impl NearbyPost {
    /// When it left or will leave.
    pub fn at(&self) -> DateTime<Utc> {
        self.published_at.unwrap_or(self.due_at)
    }
}

/// The office's last posts, and the last and next ones of each of these channels, newest first.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    limits: &Limits,
    office_id: OfficeId,
    channels: &[ChannelId],
    now: DateTime<Utc>,
) -> Result<Vec<NearbyPost>> {
    let since = now - TimeDelta::days(limits.neighbour_days);
    let most = limits.neighbours;
    let mut wanted = ids(office_last(office_id, since, now, most));
    for id in channels {
        wanted.union(UnionType::All, ids(channel_last(*id, since, most)));
        wanted.union(UnionType::All, ids(channel_next(*id, most)));
    }
    let revision = post::Entity::belongs_to(revision::Entity)
        .from(post::Column::RevisionId)
        .to(revision::Column::Id)
        .into();
    let target = post::Entity::belongs_to(revision_target::Entity)
        .from((post::Column::RevisionId, post::Column::ChannelId))
        .to((revision_target::Column::RevisionId, revision_target::Column::ChannelId))
        .into();
    let text = Func::coalesce([
        Expr::col(revision_target::Column::Text.as_column_ref()),
        Expr::col(revision::Column::Text.as_column_ref()),
    ]);
    let select = post::Entity::find()
        .select_only()
        .columns([
            post::Column::Id,
            post::Column::DraftId,
            post::Column::ChannelId,
            post::Column::PublishedAt,
            post::Column::DueAt,
        ])
        .expr_as(text, "text")
        .join(JoinType::InnerJoin, revision)
        .join(JoinType::LeftJoin, target)
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::Id.in_subquery(wanted))
        .order_by_desc(post::Column::DueAt)
        .order_by_desc(post::Column::Id);
    Ok(select.into_model::<NearbyPost>().all(db).await?)
}

/// Wrapped, for `SQLite` takes no bare limit within a union.
fn ids(part: SelectStatement) -> SelectStatement {
    Query::select().column("id").from_subquery(part, "part".into_iden()).take()
}

/// A thread is one text: its first part stands for it.
fn part(most: u64) -> sea_orm::Select<post::Entity> {
    post::Entity::find().select_only().column(post::Column::Id).filter(post::Column::Part.lte(1)).limit(most)
}

fn office_last(office_id: OfficeId, since: DateTime<Utc>, now: DateTime<Utc>, most: u64) -> SelectStatement {
    part(most)
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::State.eq(PostState::Published))
        .filter(post::Column::DueAt.between(since, now))
        .order_by_desc(post::Column::DueAt)
        .order_by_desc(post::Column::Id)
        .into_query()
}

fn channel_last(id: ChannelId, since: DateTime<Utc>, most: u64) -> SelectStatement {
    part(most)
        .filter(post::Column::ChannelId.eq(id))
        .filter(post::Column::PublishedAt.gte(since))
        .order_by_desc(post::Column::PublishedAt)
        .order_by_desc(post::Column::Id)
        .into_query()
}

fn channel_next(id: ChannelId, most: u64) -> SelectStatement {
    part(most)
        .filter(post::Column::ChannelId.eq(id))
        .filter(Expr::cust(READY))
        .order_by_asc(post::Column::RunAt)
        .order_by_asc(post::Column::Id)
        .into_query()
}
