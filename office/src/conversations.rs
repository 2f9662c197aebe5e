//! Conversations: what the public says to channels, by when it is to be answered, and that somebody has. Masthead keeps where
//! it is, not what was said nor by whom: it is read on the platform.
//!
//! Knows what waits and who settles it. What becomes of what was read is `inbox`, and of what is answered with a post of ours
//! `answering`; how a platform is asked, `connectors`.

use entity::{
    ChannelId, ConversationId, MemberId, conversation,
    conversation::ConversationOutcome,
    member,
    member::{MemberState, Roles},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, Select, sea_query::Expr,
};
use serde_json::json;

use crate::{
    Office,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    paging::{Cursor, Direction, OrderBy, Page, PageRequest, SortKey, page},
    policy::{self, Op as _, Permit, op},
    rows::{locked, referenced},
    stewards,
};

pub(crate) mod answering;
mod inbox;

pub use inbox::{Heard, Said, settle};

/// Which conversations a list shows.
#[derive(Debug, Clone, Default)]
pub struct ConversationFilter {
    /// Those too that are settled.
    pub with_settled: bool,
    /// To this channel.
    pub channel_id: Option<ChannelId>,
}

/// A page of conversations, what is due first.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Conversations>,
    filter: &ConversationFilter,
    request: &PageRequest,
) -> Result<Page<conversation::Model>> {
    let order = OrderBy {
        column: conversation::Column::DueAt,
        id: conversation::Column::Id,
        direction: Direction::Ascending,
    };
    let mut select = of_office(permit.office_id());
    if !filter.with_settled {
        select = select.filter(conversation::Column::Outcome.is_null());
    }
    if let Some(id) = filter.channel_id {
        select = select.filter(conversation::Column::ChannelId.eq(id));
    }
    page(office.db.read(), select, order, request).await
}

/// Where a conversation stands in the list.
pub fn cursor(row: &conversation::Model) -> Cursor {
    Cursor { key: SortKey::Time(row.due_at), id: row.id.0 }
}

fn of_office(office_id: entity::OfficeId) -> Select<conversation::Entity> {
    conversation::Entity::find().filter(conversation::Column::OfficeId.eq(office_id))
}

/// What is open of an office.
pub(crate) fn open(office_id: entity::OfficeId) -> Select<conversation::Entity> {
    of_office(office_id).filter(conversation::Column::Outcome.is_null())
}

/// Writes down how a conversation was settled: answered on the platform, or in no need of it.
pub async fn close(
    office: &Office,
    permit: &Permit<op::SettleConversation>,
    id: ConversationId,
    outcome: ConversationOutcome,
    note: Option<&str>,
) -> Result<conversation::Model> {
    let note = fields::optional_paragraph(&office.limits, "note", note)?;
    let mut change = office.begin(permit.requester()).await?;
    let row = mine(&change, id).await?;
    let mut edit = conversation::ActiveModel::from(row);
    edit.outcome = Set(Some(outcome));
    edit.note = Set(note);
    edit.settled_by = Set(permit.requester().member_id());
    edit.settled_at = Set(Some(change.now));
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "channel": row.channel_id, "outcome": row.outcome });
    change.note("settleConversation", "Conversation", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// Whether roles let a member settle what was given to them.
pub(crate) fn may_settle(roles: &Roles) -> bool {
    policy::role_may(roles, op::SettleConversation::OPERATION.name)
}

/// What was given to a member who may not settle it any more is whoever looks after the channel's again.
pub(crate) async fn give_back(change: &Change<'_>, owner: MemberId) -> Result<()> {
    conversation::Entity::update_many()
        .col_expr(conversation::Column::OwnerId, Expr::value(Option::<uuid::Uuid>::None))
        .filter(conversation::Column::OfficeId.eq(change.office_id()))
        .filter(conversation::Column::OwnerId.eq(owner))
        .filter(conversation::Column::Outcome.is_null())
        .exec(change.tx())
        .await?;
    Ok(())
}

/// Nobody answers any more on a channel that is retired.
pub(crate) async fn close_with_channel(change: &Change<'_>, channel: ChannelId) -> Result<u64> {
    let settled = conversation::Entity::update_many()
        .col_expr(conversation::Column::Outcome, Expr::value(ConversationOutcome::NoAnswerNeeded))
        .col_expr(conversation::Column::Note, Expr::value("The channel was retired."))
        .col_expr(conversation::Column::SettledBy, Expr::value(change.requester().member_id()))
        .col_expr(conversation::Column::SettledAt, Expr::value(change.now))
        .filter(conversation::Column::OfficeId.eq(change.office_id()))
        .filter(conversation::Column::ChannelId.eq(channel))
        .filter(conversation::Column::Outcome.is_null())
        .exec(change.tx())
        .await?;
    Ok(settled.rows_affected)
}

/// Gives a conversation to a member; to nobody: to whoever looks after the channel.
pub async fn assign(
    office: &Office,
    permit: &Permit<op::AssignConversation>,
    id: ConversationId,
    owner: Option<MemberId>,
) -> Result<conversation::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = mine(&change, id).await?;
    if let Some(owner) = owner {
        let found = referenced(locked::<member::Entity>(&change, owner).await, "ownerId")?;
        if found.state != MemberState::Active {
            return refuse(
                RefusalCode::IllegalState,
                "ownerId",
                format!("{} has left the office", found.name),
            );
        }
        if !may_settle(&found.roles) {
            let message = format!(
                "{} has no role that may settle conversations: give it to a member, a project manager or a coordinator",
                found.name
            );
            return refuse(RefusalCode::IllegalState, "ownerId", message);
        }
    }
    let mut edit = conversation::ActiveModel::from(row);
    edit.owner_id = Set(owner);
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "channel": row.channel_id, "owner": row.owner_id });
    change.note("assignConversation", "Conversation", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// The conversation, if it is open and its owner, a steward of its channel or a coordinator asks.
async fn mine(change: &Change<'_>, id: ConversationId) -> Result<conversation::Model> {
    let row = locked::<conversation::Entity>(change, id).await?;
    if !row.owner_id.is_some_and(|owner| change.requester().acts_as(owner)) {
        stewards::require(change, row.channel_id).await?;
    }
    if row.outcome.is_some() {
        return refuse(RefusalCode::IllegalState, "conversationId", "this conversation is settled already");
    }
    Ok(row)
}
