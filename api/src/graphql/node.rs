//! `node` and `nodes`: anything of the viewer's office by its global id. Knows which types have one; a thing that is not
//! there, is of another office or has a garbled id is null.

use async_graphql::{Context, ID, Interface, Object, Result};
use office::policy::op;
use uuid::Uuid;

use super::{
    attestation::Attestation,
    blackout::Blackout,
    channel::{Channel, ChannelHandover, Slot, Steward},
    comment::DraftComment,
    context::ContextExt as _,
    conversation::Conversation,
    delegation::Delegation,
    draft::{Draft, Media, Revision},
    handbook::Handbook,
    id::{self, Kind},
    initiative::{CommunicationsPlan, Initiative, InitiativeQuestion},
    integration::Integration,
    mail::Mail,
    member::Member,
    office::Office,
    partner::Partner,
    pause::Pause,
    post::Post,
    recurrence::Recurrence,
    review::{Review, ReviewPolicy},
    waiver::Waiver,
};
use crate::error::{ApiError, Field, nullable};

/// Anything that has a global id.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Global id: opaque; give it back to `node` or to mutations."
))]
pub(crate) enum Node {
    /// A blackout.
    Blackout(Blackout),
    /// Something that the public said to a channel.
    Conversation(Conversation),
    /// Tasks given to a deputy.
    Delegation(Delegation),
    /// A channel.
    Channel(Channel),
    /// What is handed over when somebody leaves a channel.
    ChannelHandover(ChannelHandover),
    /// A version of a communications plan.
    CommunicationsPlan(CommunicationsPlan),
    /// A version of the handbook.
    Handbook(Handbook),
    /// An initiative.
    Initiative(Initiative),
    /// What a coordinator asked about an initiative.
    InitiativeQuestion(InitiativeQuestion),
    /// A mail to a member; for administrators.
    Mail(Mail),
    /// An integration.
    Integration(Integration),
    /// A partner.
    Partner(Partner),
    /// A slot.
    Slot(Slot),
    /// A stewardship.
    Steward(Steward),
    /// A member.
    Member(Member),
    /// An office.
    Office(Office),
    /// A draft.
    Draft(Draft),
    /// A revision of a draft.
    Revision(Revision),
    /// A stored media item.
    Media(Media),
    /// A comment on a draft.
    DraftComment(DraftComment),
    /// A review.
    Review(Review),
    /// A review policy.
    ReviewPolicy(ReviewPolicy),
    /// A post.
    Post(Post),
    /// A recurrence.
    Recurrence(Recurrence),
    /// A pause.
    Pause(Pause),
    /// An answer to a rule's question.
    Attestation(Attestation),
    /// An exception to a finding.
    Waiver(Waiver),
}

/// The roots of re-fetching.
#[derive(Debug, Default)]
pub(crate) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The thing with this global id; null when there is none in your office.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Field<Node> {
        nullable(async {
            ctx.requester()?.permit::<op::Node>()?;
            find(ctx, &id).await
        })
        .await
    }

    /// The things with these global ids, in their order; null in the place of each that is not in your office.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their global ids, at most 100.")] ids: Vec<ID>,
    ) -> Field<Vec<Option<Node>>> {
        nullable(async {
            ctx.requester()?.permit::<op::Nodes>()?;
            let max = ctx.services()?.settings.nodes_max;
            if ids.len() > max {
                return Err(ApiError::bad_input(format!("at most {max} ids at once")).into());
            }
            let found = futures::future::join_all(ids.iter().map(|id| find(ctx, id))).await;
            Ok(Some(found.into_iter().collect::<Result<Vec<_>>>()?))
        })
        .await
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let Some((kind, id)) = id::decode_any(id) else { return Ok(None) };
    by_kind(ctx, kind, id).await
}

/// One line for each type of [`Node`].
pub(super) async fn by_kind(ctx: &Context<'_>, kind: Kind, id: Uuid) -> Result<Option<Node>> {
    let loaders = ctx.loaders()?;
    Ok(match kind {
        Kind::Channel => {
            loaders.one::<entity::channel::Entity>(id).await?.map(|row| Node::Channel(Channel(row)))
        }
        Kind::ChannelHandover => {
            let row = loaders.one::<entity::channel_handover::Entity>(id).await?;
            row.map(|row| Node::ChannelHandover(ChannelHandover(row)))
        }
        Kind::Handbook => handbook(ctx, id.into()).await?.map(Node::Handbook),
        Kind::Initiative => {
            loaders.one::<entity::initiative::Entity>(id).await?.map(|row| Node::Initiative(Initiative(row)))
        }
        Kind::InitiativeQuestion | Kind::Plan | Kind::Partner => about_initiatives(ctx, kind, id).await?,
        Kind::Integration | Kind::Mail | Kind::Delegation | Kind::Conversation => {
            not_for_all(ctx, kind, id).await?
        }
        Kind::Slot => loaders.one::<entity::slot::Entity>(id).await?.map(|row| Node::Slot(Slot(row))),
        Kind::Steward => {
            loaders.one::<entity::steward::Entity>(id).await?.map(|row| Node::Steward(Steward(row)))
        }
        Kind::Member => loaders.one::<entity::member::Entity>(id).await?.map(|row| Node::Member(Member(row))),
        Kind::Office if ctx.requester()?.office_id.0 == id => {
            Some(Node::Office(office::offices::get(ctx.office()?, id.into()).await?.into()))
        }
        Kind::Draft => loaders.one::<entity::draft::Entity>(id).await?.map(|row| Node::Draft(Draft(row))),
        Kind::Revision => {
            loaders.one::<entity::revision::Entity>(id).await?.map(|row| Node::Revision(Revision(row)))
        }
        Kind::Media => loaders.one::<entity::media::Entity>(id).await?.map(|row| Node::Media(Media(row))),
        Kind::Review | Kind::DraftComment | Kind::ReviewPolicy => about_drafts(ctx, kind, id).await?,
        Kind::Post => loaders.one::<entity::post::Entity>(id).await?.map(|row| Node::Post(Post(row))),
        Kind::Attestation => loaders
            .one::<entity::attestation::Entity>(id)
            .await?
            .map(|row| Node::Attestation(Attestation(row))),
        Kind::Waiver => loaders.one::<entity::waiver::Entity>(id).await?.map(|row| Node::Waiver(Waiver(row))),
        Kind::Recurrence => {
            let row = loaders.one::<entity::recurrence::Entity>(id).await?;
            row.map(|row| Node::Recurrence(Recurrence(row)))
        }
        Kind::Blackout => {
            loaders.one::<entity::blackout::Entity>(id).await?.map(|row| Node::Blackout(Blackout(row)))
        }
        Kind::Pause => loaders.one::<entity::pause::Entity>(id).await?.map(|row| Node::Pause(Pause(row))),
        _ => None,
    })
}

/// What only some may see.
async fn not_for_all(ctx: &Context<'_>, kind: Kind, id: Uuid) -> Result<Option<Node>> {
    let (loaders, requester) = (ctx.loaders()?, ctx.requester()?);
    Ok(match kind {
        Kind::Integration if requester.permit::<op::Integrations>().is_ok() => loaders
            .one::<entity::integration::Entity>(id)
            .await?
            .map(|row| Node::Integration(Integration(row))),
        Kind::Mail if requester.permit::<op::Mails>().is_ok() => {
            loaders.one::<entity::mail::Entity>(id).await?.map(|row| Node::Mail(Mail(row)))
        }
        Kind::Conversation if requester.permit::<op::Conversations>().is_ok() => loaders
            .one::<entity::conversation::Entity>(id)
            .await?
            .map(|row| Node::Conversation(Conversation(row))),
        Kind::Delegation if requester.permit::<op::Delegations>().is_ok() => {
            loaders.one::<entity::delegation::Entity>(id).await?.map(|row| Node::Delegation(Delegation(row)))
        }
        _ => None,
    })
}

/// What belongs to initiatives.
async fn about_initiatives(ctx: &Context<'_>, kind: Kind, id: Uuid) -> Result<Option<Node>> {
    let loaders = ctx.loaders()?;
    Ok(match kind {
        Kind::InitiativeQuestion => loaders
            .one::<entity::initiative_question::Entity>(id)
            .await?
            .map(|row| Node::InitiativeQuestion(InitiativeQuestion(row))),
        Kind::Plan => {
            let row = loaders.one::<entity::plan::Entity>(id).await?;
            row.map(|row| Node::CommunicationsPlan(CommunicationsPlan(row)))
        }
        Kind::Partner => {
            loaders.one::<entity::partner::Entity>(id).await?.map(|row| Node::Partner(Partner(row)))
        }
        _ => None,
    })
}

/// What is said of drafts, and who must approve them.
async fn about_drafts(ctx: &Context<'_>, kind: Kind, id: Uuid) -> Result<Option<Node>> {
    let loaders = ctx.loaders()?;
    Ok(match kind {
        Kind::Review => loaders.one::<entity::review::Entity>(id).await?.map(|row| Node::Review(Review(row))),
        Kind::DraftComment => loaders
            .one::<entity::draft_comment::Entity>(id)
            .await?
            .map(|row| Node::DraftComment(DraftComment(row))),
        Kind::ReviewPolicy => loaders
            .one::<entity::review_policy::Entity>(id)
            .await?
            .map(|row| Node::ReviewPolicy(ReviewPolicy(row))),
        _ => None,
    })
}

/// A version of the handbook; none when it is not this office's.
async fn handbook(ctx: &Context<'_>, id: entity::HandbookId) -> Result<Option<Handbook>> {
    let row = ctx.loaders()?.one::<entity::handbook::Entity>(id).await?;
    Ok(row.map(Handbook::of).transpose()?)
}
