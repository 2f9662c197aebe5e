//! Review policies: setting one for the office, a channel or an initiative, ending it, and which are in force.
//!
//! One policy a scope is in force; setting another ends it. A change that is committed before a send began holds for it, by
//! the lock that pauses take. What policies make of reviews is `steps`.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use entity::{
    ChannelId, InitiativeId, MemberId, OfficeId, ReviewPolicyId, channel, initiative, member,
    member::{MemberState, Roles},
    review_policy,
    review_policy::{Step, Steps},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::steps::{Named, can_be_done};
use crate::{
    Office,
    change::Change,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle as _,
    paging::{Direction, OrderBy, Page, PageRequest, page},
    pauses::{self, Scope},
    policy::{Permit, op},
    read,
    rows::locked,
};

/// Policies that are in force at the same time in one office, at most: the gate reads them all.
const IN_FORCE_AT_MOST: u64 = 200;
/// Active members of one office that are looked through for whoever could do a step.
const PEOPLE_AT_MOST: u64 = 10_000;

/// A policy to set.
#[derive(Debug, Clone, Serialize)]
pub struct SetReviewPolicy {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Which drafts it is for.
    pub scope: Scope,
    /// What people call it.
    pub name: String,
    /// Who must approve, in this order.
    pub steps: Vec<Step>,
}

/// Sets a policy in the place of the one that its scope had.
pub async fn set(
    office: &Office,
    permit: &Permit<op::SetReviewPolicy>,
    input: SetReviewPolicy,
) -> Result<review_policy::Model> {
    let call = Call::new::<op::SetReviewPolicy>(input.client_key.as_deref(), &input)?;
    let name = fields::line(&office.limits, "name", &input.name)?;
    let Some(member) = permit.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can set a review policy".to_owned()));
    };
    let mut change = office.begin(permit.requester()).await?;
    // First of all: writing any row of the office locks it too, together with others.
    pauses::lock_for_pause(change.tx(), change.office_id()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<review_policy::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let (_, channel_id, initiative_id) = pauses::reach(&change, input.scope).await?;
    not_over(&change, initiative_id).await?;
    not_closed(&change, channel_id).await?;
    let steps = checked(&change, input.steps).await?;
    let current = in_force(change.tx(), change.office_id()).await?;
    match current.iter().find(|row| (row.channel_id, row.initiative_id) == (channel_id, initiative_id)) {
        Some(former) => drop(ended(&mut change, (**former).clone()).await?),
        None => room(current.len())?,
    }
    let row = review_policy::Model {
        id: change.id(),
        office_id: change.office_id(),
        channel_id,
        initiative_id,
        name,
        steps,
        created_by: member,
        ended_at: None,
        ended_by: None,
        created_at: change.now,
    };
    let row = review_policy::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let detail = json!({ "channel": channel_id, "initiative": initiative_id, "steps": row.steps });
    change.note("setReviewPolicy", "ReviewPolicy", row.id.0, detail);
    call.remember(&change, row.id.0).await?;
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Nothing of an initiative that is over is reviewed.
async fn not_over(change: &Change<'_>, id: Option<InitiativeId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    if !read::one::<initiative::Entity>(change.tx(), change.office_id(), id).await?.state.is_terminal() {
        return Ok(());
    }
    let message =
        "this initiative is over: nothing of it waits for a review; set the policy for one that goes on";
    refuse(RefusalCode::IllegalState, "initiativeId", message)
}

/// Nothing goes to a channel that is closed.
async fn not_closed(change: &Change<'_>, id: Option<ChannelId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    if !read::one::<channel::Entity>(change.tx(), change.office_id(), id).await?.state.is_terminal() {
        return Ok(());
    }
    let message = "this channel is closed: nothing for it waits for a review; set the policy for one in use";
    refuse(RefusalCode::IllegalState, "channelId", message)
}

fn room(standing: usize) -> Result<()> {
    if standing < usize::try_from(IN_FORCE_AT_MOST).unwrap_or(usize::MAX) {
        return Ok(());
    }
    let message = format!("{IN_FORCE_AT_MOST} review policies are in force already: end some first");
    refuse(RefusalCode::TooLong, "", message)
}

/// The steps as they are stored: each names somebody, once, and could be done by people who are there.
async fn checked(change: &Change<'_>, steps: Vec<Step>) -> Result<Steps> {
    let limits = change.limits();
    if steps.is_empty() {
        return refuse(RefusalCode::Required, "steps", "a policy has at least one step");
    }
    fields::at_most(limits.review_steps, "steps", steps.len())?;
    let people = people(change.tx(), change.office_id()).await?;
    let mut stored = Vec::with_capacity(steps.len());
    for (index, mut step) in steps.into_iter().enumerate() {
        let field = |name: &str| format!("steps.{index}.{name}");
        for (name, ids) in [("memberIds", &mut step.members), ("deputyIds", &mut step.deputies)] {
            fields::at_most(limits.list_items, &field(name), ids.len())?;
            let unknown = ids.iter().position(|id| !people.iter().any(|(person, _)| person == id));
            if let Some(at) = unknown {
                let message = "there is no such active member in this office";
                return refuse(RefusalCode::NotFound, &format!("{}.{at}", field(name)), message);
            }
            let mut seen = BTreeSet::new();
            ids.retain(|id| seen.insert(*id));
        }
        step.roles.sort_unstable();
        step.roles.dedup();
        if step.roles.is_empty() && step.members.is_empty() {
            return refuse(
                RefusalCode::Required,
                &field("memberIds"),
                "say who approves: roles, members or both",
            );
        }
        let most = limits.review_deadline_hours;
        if step.deadline_hours.is_some_and(|hours| !(1..=most).contains(&hours)) {
            let message = format!("deadlineHours must be from 1 to {most}");
            return refuse(RefusalCode::Invalid, &field("deadlineHours"), message);
        }
        if !can_be_done(&step, &people) {
            let message =
                "nobody could do this step: too few active members hold these roles or are named here";
            return refuse(RefusalCode::Invalid, &format!("steps.{index}"), message);
        }
        stored.push(step);
    }
    Ok(Steps(stored))
}

/// Ends a policy. Drafts that waited for its steps alone need one more look of whoever may approve now.
pub async fn end(
    office: &Office,
    permit: &Permit<op::EndReviewPolicy>,
    id: ReviewPolicyId,
) -> Result<review_policy::Model> {
    let mut change = office.begin(permit.requester()).await?;
    pauses::lock_for_pause(change.tx(), change.office_id()).await?;
    let row = locked::<review_policy::Entity>(&change, id).await?;
    if row.ended_at.is_some() {
        return refuse(RefusalCode::IllegalState, "policyId", "this policy has ended already");
    }
    let row = ended(&mut change, row).await?;
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

async fn ended(change: &mut Change<'_>, row: review_policy::Model) -> Result<review_policy::Model> {
    let (now, by) = (change.now, change.requester().member_id());
    let mut edit = review_policy::ActiveModel::from(row);
    edit.ended_at = Set(Some(now));
    edit.ended_by = Set(by);
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "channel": row.channel_id, "initiative": row.initiative_id });
    change.note("endReviewPolicy", "ReviewPolicy", row.id.0, detail);
    Ok(row)
}

/// A page of policies, newest first; those that ended only when they are asked for.
pub async fn list(
    office: &Office,
    permit: &Permit<op::ReviewPolicies>,
    with_ended: bool,
    request: &PageRequest,
) -> Result<Page<review_policy::Model>> {
    let mut select =
        review_policy::Entity::find().filter(review_policy::Column::OfficeId.eq(permit.office_id()));
    if !with_ended {
        select = select.filter(review_policy::Column::EndedAt.is_null());
    }
    let order = OrderBy {
        column: review_policy::Column::CreatedAt,
        id: review_policy::Column::Id,
        direction: Direction::Descending,
    };
    page(office.db.read(), select, order, request).await
}

/// The policies in force of an office, oldest first.
pub(crate) async fn in_force(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
) -> Result<Vec<Arc<review_policy::Model>>> {
    let rows = review_policy::Entity::find()
        .filter(review_policy::Column::OfficeId.eq(office_id))
        .filter(review_policy::Column::EndedAt.is_null())
        .order_by_asc(review_policy::Column::Id)
        .limit(IN_FORCE_AT_MOST)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Arc::new).collect())
}

/// The policies in force of an office, and whom they name.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// The policies, oldest first.
    pub policies: Vec<Arc<review_policy::Model>>,
    /// Everyone whom they name.
    pub named: HashMap<MemberId, Named>,
}

impl InForce {
    /// In one statement, or two where they name people.
    pub async fn load(db: &impl ConnectionTrait, office_id: OfficeId) -> Result<Self> {
        let policies = in_force(db, office_id).await?;
        let steps = policies.iter().flat_map(|policy| &policy.steps.0);
        let ids: BTreeSet<Uuid> =
            steps.flat_map(|step| step.members.iter().chain(&step.deputies)).map(|id| id.0).collect();
        if ids.is_empty() {
            return Ok(Self { policies, named: HashMap::new() });
        }
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let rows = read::many::<member::Entity>(db, office_id, &ids).await?;
        let named = rows
            .into_iter()
            .map(|row| (row.id, Named { gone: row.state == MemberState::Departed, name: row.name }));
        Ok(Self { policies, named: named.collect() })
    }

    /// Those that touch a draft: of its office, of its initiative, and of each of its channels.
    pub fn touching(
        &self,
        initiative_id: InitiativeId,
        channels: impl IntoIterator<Item = ChannelId>,
    ) -> Vec<Arc<review_policy::Model>> {
        let channels: BTreeSet<ChannelId> = channels.into_iter().collect();
        let touches = |policy: &&Arc<review_policy::Model>| {
            policy.channel_id.is_none_or(|id| channels.contains(&id))
                && policy.initiative_id.is_none_or(|id| id == initiative_id)
        };
        self.policies.iter().filter(touches).map(Arc::clone).collect()
    }

    /// Whether any of them gives this person something to approve, or to stand in for.
    pub fn involves(&self, member: MemberId, roles: &Roles) -> bool {
        self.policies.iter().flat_map(|policy| &policy.steps.0).any(|step| {
            step.members.contains(&member)
                || step.deputies.contains(&member)
                || step.roles.iter().any(|role| roles.contains(*role))
        })
    }
}

/// The active members of an office with their roles: whoever could approve.
pub async fn people(db: &impl ConnectionTrait, office_id: OfficeId) -> Result<Vec<(MemberId, Roles)>> {
    let found = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .column(member::Column::Roles)
        .filter(member::Column::OfficeId.eq(office_id))
        .filter(member::Column::State.eq(MemberState::Active))
        .order_by_asc(member::Column::Id)
        .limit(PEOPLE_AT_MOST)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found)
}

/// Everybody whom a policy names.
pub(crate) fn named_in(policy: &review_policy::Model) -> impl Iterator<Item = MemberId> {
    policy.steps.0.iter().flat_map(|step| step.members.iter().chain(&step.deputies)).copied()
}

/// The steps of a policy that nobody who is still there can do, from 1.
pub fn undoable(policy: &review_policy::Model, people: &[(MemberId, Roles)]) -> Vec<usize> {
    let undoable = |(_, step): &(usize, &Step)| !can_be_done(step, people);
    (1..).zip(&policy.steps.0).filter(undoable).map(|(place, _)| place).collect()
}
