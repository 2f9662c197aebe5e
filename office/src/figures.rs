//! Figures: how often published posts were seen and answered, as their platforms count. Knows which posts are asked about and
//! what is kept; when a channel is asked is `rounds`, how a platform is asked, `connectors`.

use chrono::TimeDelta;
use entity::{PostFiguresId, PostId, WorkerId, post, post::PostState, post_figures};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use crate::{
    Office,
    change::Change,
    error::Result,
    rounds::{self, Asked, Round},
};

/// A post to ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The post.
    pub post_id: PostId,
    /// The platform's own name for it.
    pub remote_id: String,
}

/// What a platform counts of a post; none: it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Times that it was shown.
    pub impressions: Option<u64>,
    /// Likes, favourites and other signs of approval.
    pub likes: Option<u64>,
    /// Times that somebody passed it on.
    pub shares: Option<u64>,
    /// Answers and comments.
    pub replies: Option<u64>,
    /// Clicks on it or its link.
    pub clicks: Option<u64>,
}

/// The posts of the channel that this round asks about: those that were not asked about for longest.
pub async fn to_ask(office: &Office, round: &Round) -> Result<Vec<Counted>> {
    use post::Column;
    let since = office.now() - TimeDelta::days(office.limits.figures_days);
    let read_at = Expr::col((post_figures::Entity, post_figures::Column::ReadAt));
    let found: Vec<(PostId, Option<String>)> = post::Entity::find()
        .select_only()
        .columns([Column::Id, Column::RemoteId])
        .join_rev(JoinType::LeftJoin, figures_of_post())
        .filter(Column::OfficeId.eq(round.row.office_id))
        .filter(Column::ChannelId.eq(round.row.channel_id))
        .filter(Column::PublishedAt.gte(since))
        .filter(Column::State.is_in([PostState::Published, PostState::Corrected]))
        .filter(Column::RemoteId.is_not_null())
        .order_by(read_at.clone().is_null(), Order::Desc)
        .order_by(read_at, Order::Asc)
        .order_by_asc(Column::Id)
        .limit(office.limits.figures_posts)
        .into_tuple()
        .all(office.db.read())
        .await?;
    let counted =
        |(post_id, remote_id): (PostId, Option<String>)| Some(Counted { post_id, remote_id: remote_id? });
    Ok(found.into_iter().filter_map(counted).collect())
}

fn figures_of_post() -> sea_orm::RelationDef {
    post_figures::Entity::belongs_to(post::Entity)
        .from(post_figures::Column::PostId)
        .to(post::Column::Id)
        .into()
}

/// Keeps what was told of the posts asked about, if the lease still holds. Of a post of which nothing was told the figures of
/// before stay.
pub async fn settle(
    office: &Office,
    worker: WorkerId,
    round: &Round,
    asked: Asked<Vec<(PostId, Option<Figures>)>>,
) -> Result<()> {
    let Some((change, row)) = rounds::held(office, worker, round).await? else { return Ok(()) };
    match asked {
        Asked::Answered(told) => {
            for (post_id, figures) in told {
                keep(&change, post_id, figures).await?;
            }
            rounds::answered(&change, row, None, false).await?;
        }
        Asked::Unanswered(cause, wish) => rounds::unanswered(&change, row, (cause, wish)).await?,
    }
    change.commit().await
}

async fn keep(change: &Change<'_>, post_id: PostId, figures: Option<Figures>) -> Result<()> {
    use post_figures::Column;
    let told = figures.is_some();
    let figures = figures.unwrap_or_default();
    let whole = |number: Option<u64>| number.map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    let row = post_figures::Model {
        id: change.id::<PostFiguresId>(),
        office_id: change.office_id(),
        post_id,
        impressions: whole(figures.impressions),
        likes: whole(figures.likes),
        shares: whole(figures.shares),
        replies: whole(figures.replies),
        clicks: whole(figures.clicks),
        read_at: change.now,
    };
    let mut once = OnConflict::column(Column::PostId);
    once.update_column(Column::ReadAt);
    if told {
        once.update_columns([
            Column::Impressions,
            Column::Likes,
            Column::Shares,
            Column::Replies,
            Column::Clicks,
        ]);
    }
    let insert = post_figures::Entity::insert(post_figures::ActiveModel::from(row).reset_all());
    insert.on_conflict(once).exec_without_returning(change.tx()).await?;
    Ok(())
}
