//! How a post does, as clients see it. Knows columns, not how platforms are asked.

use std::sync::Arc;

use async_graphql::Object;
use entity::post_figures;

use crate::graphql::scalars::DateTime;

/// How often a post was seen and answered.
#[derive(Debug, Clone)]
pub(crate) struct PostFigures(pub(super) Arc<post_figures::Model>);

/// GraphQL's integers end there; what is more is told as that.
fn counted(figure: Option<i64>) -> Option<i32> {
    figure.map(|figure| i32::try_from(figure).unwrap_or(i32::MAX))
}

/// How often a post was seen and answered, as its platform counts: no two platforms count alike. Null where it does not say.
#[Object]
impl PostFigures {
    /// Times that it was shown.
    async fn impressions(&self) -> Option<i32> {
        counted(self.0.impressions)
    }
    /// Likes, favourites and other signs of approval.
    async fn likes(&self) -> Option<i32> {
        counted(self.0.likes)
    }
    /// Times that somebody passed it on, with or without words of their own.
    async fn shares(&self) -> Option<i32> {
        counted(self.0.shares)
    }
    /// Answers and comments.
    async fn replies(&self) -> Option<i32> {
        counted(self.0.replies)
    }
    /// Clicks on it or its link.
    async fn clicks(&self) -> Option<i32> {
        counted(self.0.clicks)
    }
    /// When the platform was asked last.
    async fn read_at(&self) -> DateTime {
        self.0.read_at.into()
    }
}
