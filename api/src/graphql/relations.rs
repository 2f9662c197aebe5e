//! Relations between domains by name: the one place that knows how a loaded row becomes the object of another domain.

use std::sync::Arc;

use async_graphql::Context;
use entity::{
    ChannelId, ConversationId, DraftId, InitiativeId, MediaId, MemberId, PostId, RecurrenceId, RevisionId,
};
use office::read::Owned;
use uuid::Uuid;

use super::{
    channel::Channel,
    conversation::Conversation,
    draft::{Draft, Media, Revision},
    initiative::Initiative,
    loaders::Row,
    member::Member,
    post::Post,
    recurrence::Recurrence,
    relation,
};
use crate::error::Field;

pub(crate) use relation::many as children;

/// The row with this id.
pub(crate) async fn row<E>(ctx: &Context<'_>, id: impl Into<Uuid>) -> Field<Arc<E::Model>>
where
    E: Owned,
    E::Model: Row,
{
    relation::one::<E, _>(ctx, id, std::convert::identity).await
}

/// A member.
pub(crate) async fn member(ctx: &Context<'_>, id: Option<MemberId>) -> Field<Member> {
    Some(row::<entity::member::Entity>(ctx, id?).await?.map(Member))
}

/// A channel.
pub(crate) async fn channel(ctx: &Context<'_>, id: Option<ChannelId>) -> Field<Channel> {
    Some(row::<entity::channel::Entity>(ctx, id?).await?.map(Channel))
}

/// An initiative.
pub(crate) async fn initiative(ctx: &Context<'_>, id: Option<InitiativeId>) -> Field<Initiative> {
    Some(row::<entity::initiative::Entity>(ctx, id?).await?.map(Initiative))
}

/// A draft.
pub(crate) async fn draft(ctx: &Context<'_>, id: DraftId) -> Field<Draft> {
    Some(row::<entity::draft::Entity>(ctx, id).await?.map(Draft))
}

/// A revision.
pub(crate) async fn revision(ctx: &Context<'_>, id: RevisionId) -> Field<Revision> {
    Some(row::<entity::revision::Entity>(ctx, id).await?.map(Revision))
}

/// A media item.
pub(crate) async fn media(ctx: &Context<'_>, id: MediaId) -> Field<Media> {
    Some(row::<entity::media::Entity>(ctx, id).await?.map(Media))
}

/// A post.
pub(crate) async fn post(ctx: &Context<'_>, id: PostId) -> Field<Post> {
    Some(row::<entity::post::Entity>(ctx, id).await?.map(Post))
}

/// Something that the public said.
pub(crate) async fn conversation(ctx: &Context<'_>, id: Option<ConversationId>) -> Field<Conversation> {
    Some(row::<entity::conversation::Entity>(ctx, id?).await?.map(Conversation))
}

/// A recurrence.
pub(crate) async fn recurrence(ctx: &Context<'_>, id: Option<RecurrenceId>) -> Field<Recurrence> {
    Some(row::<entity::recurrence::Entity>(ctx, id?).await?.map(Recurrence))
}
