//! What depends on a member, before they leave: each kind of thing in one statement, and only so many of each.

use std::sync::Arc;

use entity::{
    MemberId, OfficeId, channel, channel_authorization, conversation, delegation, draft, initiative,
    initiative::InitiativeState, integration, member, partner, post, post::PostState, review, review_policy,
    steward,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    Office,
    channels::needs_credential,
    conversations, delegations, drafts,
    error::Result,
    partners,
    policy::{Permit, op},
    read, reviews, stewards,
};

/// A channel that a member looks after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftChannel {
    /// Which.
    pub channel: channel::Model,
    /// Whether they are on duty there.
    pub on_duty: bool,
    /// How many stewards who are active members it has without them.
    pub stewards_left: usize,
    /// How many a channel in use needs.
    pub needed: usize,
}

/// What depends on a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// Whom.
    pub member: member::Model,
    /// The channels that they look after.
    pub channels: Vec<LeftChannel>,
    /// The initiatives that they manage and that are not over.
    pub initiatives: Vec<initiative::Model>,
    /// Their drafts of which nothing is published.
    pub drafts: Vec<draft::Model>,
    /// The posts that they scheduled and that have not left.
    pub posts: Vec<post::Model>,
    /// The questions that wait for their advice.
    pub questions: Vec<review::Model>,
    /// The integrations that they made and that are not revoked.
    pub integrations: Vec<integration::Model>,
    /// The channels into which they let Masthead at the platform.
    pub authorized: Vec<channel::Model>,
    /// The partners that they look after.
    pub partners: Vec<partner::Model>,
    /// The retired channels into whose accounts they keep the way.
    pub kept: Vec<channel::Model>,
    /// The open conversations that they have taken on.
    pub conversations: Vec<conversation::Model>,
    /// The review policies in force that name them.
    pub policies: Vec<Arc<review_policy::Model>>,
    /// The delegations that they have given or taken on, and that are not over.
    pub delegations: Vec<delegation::Model>,
    /// Whether a list was cut.
    pub cut: bool,
}

/// What depends on a member now, and will be somebody else's when they leave.
pub async fn departure(
    office: &Office,
    permit: &Permit<op::DeparturePreview>,
    id: MemberId,
) -> Result<Departure> {
    let (db, office_id) = (office.db.read(), permit.office_id());
    let member = read::one::<member::Entity>(db, office_id, id).await?;
    let most = office.limits.departure_items;
    let channels = channels(office, office_id, id).await?;
    let initiatives = initiatives(db, office_id, id, most).await?;
    let drafts = drafts(db, office_id, id, most).await?;
    let posts = posts(db, office_id, id, most).await?;
    let questions = questions(db, office_id, id, most).await?;
    let tokens = integration::Entity::find()
        .filter(integration::Column::OfficeId.eq(office_id))
        .filter(integration::Column::CreatedBy.eq(id))
        .filter(integration::Column::RevokedAt.is_null());
    let integrations = tokens.order_by_asc(integration::Column::Id).limit(most).all(db).await?;
    let authorized = authorized(db, office_id, id, most).await?;
    let tended = partners::standing(office_id).filter(partner::Column::KeeperId.eq(id));
    let partners = tended.order_by_asc(partner::Column::Id).limit(most).all(db).await?;
    let kept = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(channel::Column::CredentialKeeperId.eq(id));
    let kept = kept.order_by_asc(channel::Column::Id).limit(most).all(db).await?;
    let taken = conversations::open(office_id).filter(conversation::Column::OwnerId.eq(id));
    let conversations = taken.order_by_asc(conversation::Column::DueAt).limit(most).all(db).await?;
    let delegations = delegations::standing_of(office_id, id, office.now()).limit(most).all(db).await?;
    // All that are in force: each is read for every draft too.
    let mut policies = reviews::in_force(db, office_id).await?;
    policies.retain(|policy| reviews::named_in(policy).any(|named| named == id));
    let lengths = [
        channels.len(),
        initiatives.len(),
        drafts.len(),
        posts.len(),
        questions.len(),
        integrations.len(),
        authorized.len(),
        partners.len(),
        kept.len(),
        conversations.len(),
        delegations.len(),
    ];
    let cut = lengths.into_iter().any(|length| u64::try_from(length).unwrap_or(u64::MAX) >= most);
    Ok(Departure {
        member,
        channels,
        initiatives,
        drafts,
        posts,
        questions,
        integrations,
        authorized,
        partners,
        kept,
        conversations,
        policies,
        delegations,
        cut,
    })
}

async fn initiatives(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    manager: MemberId,
    most: u64,
) -> Result<Vec<initiative::Model>> {
    let running = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(office_id))
        .filter(initiative::Column::ManagerId.eq(manager))
        .filter(initiative::Column::State.is_in(RUNNING));
    Ok(running.order_by_asc(initiative::Column::Id).limit(most).all(db).await?)
}

async fn drafts(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    author: MemberId,
    most: u64,
) -> Result<Vec<draft::Model>> {
    let written = drafts::unpublished(office_id).filter(draft::Column::AuthorId.eq(author));
    Ok(written.order_by_asc(draft::Column::Id).limit(most).all(db).await?)
}

async fn posts(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    by: MemberId,
    most: u64,
) -> Result<Vec<post::Model>> {
    let waiting = post::Entity::find()
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::State.is_in(WAITING))
        .filter(post::Column::CreatedBy.eq(by));
    Ok(waiting.order_by_asc(post::Column::DueAt).limit(most).all(db).await?)
}

async fn questions(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    adviser: MemberId,
    most: u64,
) -> Result<Vec<review::Model>> {
    let asked = reviews::unanswered(office_id).filter(review::Column::AdviserId.eq(adviser));
    Ok(asked.order_by_asc(review::Column::CreatedAt).limit(most).all(db).await?)
}

/// Initiatives that somebody must manage.
pub(crate) const RUNNING: [InitiativeState; 3] =
    [InitiativeState::Proposed, InitiativeState::Active, InitiativeState::Closing];

/// Posts that have not left.
const WAITING: [PostState; 4] =
    [PostState::Scheduled, PostState::Retrying, PostState::Held, PostState::Missed];

/// The ids of members of the office who have left.
pub(crate) fn departed(office_id: OfficeId) -> SelectStatement {
    member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::OfficeId.eq(office_id))
        .filter(member::Column::State.eq(member::MemberState::Departed))
        .into_query()
}

async fn channels(office: &Office, office_id: OfficeId, id: MemberId) -> Result<Vec<LeftChannel>> {
    use entity::channel::ChannelState::{Declined, Retired};
    let db = office.db.read();
    let held = steward::Entity::find()
        .filter(steward::Column::OfficeId.eq(office_id))
        .filter(steward::Column::MemberId.eq(id))
        .filter(steward::Column::Until.is_null())
        .limit(office.limits.departure_items)
        .all(db)
        .await?;
    let ids: Vec<_> = held.iter().map(|row| row.channel_id).collect();
    let on_duty = |channel| held.iter().any(|row| row.channel_id == channel && row.on_duty);
    let mut left = stewards::active_of(db, office_id, &ids).await?;
    let uuids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = read::many::<channel::Entity>(db, office_id, &uuids).await?;
    let rows = rows.into_iter().filter(|row| !matches!(row.state, Declined | Retired));
    let needed = office.limits.stewards_at_least;
    let one = |channel: channel::Model| {
        let others = left.remove(&channel.id).unwrap_or_default();
        let stewards_left = others.iter().filter(|other| **other != id).count();
        LeftChannel { on_duty: on_duty(channel.id), stewards_left, needed, channel }
    };
    Ok(rows.map(one).collect())
}

/// The channels whose credential was given to Masthead by this member, at the platform.
pub(super) async fn authorized(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: MemberId,
    most: u64,
) -> Result<Vec<channel::Model>> {
    let begun = channel_authorization::Entity::find()
        .select_only()
        .column(channel_authorization::Column::Id)
        .filter(channel_authorization::Column::OfficeId.eq(office_id))
        .filter(channel_authorization::Column::BegunBy.eq(id))
        .into_query();
    let rows = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(channel::Column::AuthorizationId.in_subquery(begun))
        .filter(channel::Column::CredentialSealed.is_not_null())
        .order_by_asc(channel::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(|row| needs_credential(row.platform)).collect())
}
