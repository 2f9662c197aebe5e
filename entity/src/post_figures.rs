//! How often a post was seen and answered, as its platform counts.

use sea_orm::entity::prelude::*;

use crate::{OfficeId, PostFiguresId, PostId};

/// The figures of one post, as they were when they were read last.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post_figures")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PostFiguresId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The post.
    #[sea_orm(unique)]
    pub post_id: PostId,
    /// Times that it was shown; null where the platform does not say.
    pub impressions: Option<i64>,
    /// Likes, favourites and other signs of approval; null where the platform does not say.
    pub likes: Option<i64>,
    /// Times that somebody passed it on; null where the platform does not say.
    pub shares: Option<i64>,
    /// Answers and comments; null where the platform does not say.
    pub replies: Option<i64>,
    /// Clicks on it or its link; null where the platform does not say.
    pub clicks: Option<i64>,
    /// When the platform was asked last. Where it told nothing of the post, the figures are those of before.
    pub read_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
