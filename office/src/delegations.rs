//! Delegations: who stands in for whom, and in which days. The deputy sees the other's tasks and may do what is theirs alone
//! to do: as project manager, as steward, as adviser. They act in their own name and with their own roles: standing in
//! gives no role, approves nobody's own words, and opens no gate. Which tasks there are is `tasks`'.

use chrono::NaiveDate;
use entity::{
    DelegationId, MemberId, delegation, member,
    member::{MemberState, Role, Roles},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Serialize;
use serde_json::json;

use crate::{
    Office, calendar,
    change::Change,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, offices,
    policy::{self, Permit, op, role_name},
    read,
    requester::Actor,
    rows::{locked, referenced},
};

mod standing;

pub use standing::{cursor, list};
pub(crate) use standing::{holding, holding_of, standing_of, stands_in_for};

/// Members for whom one stands in at the same time, and delegations of one member that are to come, at most.
const AT_ONCE: u64 = 50;

/// A member's tasks given to a deputy.
#[derive(Debug, Clone, Serialize)]
pub struct DelegateTasks {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Whose tasks; none: the requester's.
    pub member_id: Option<MemberId>,
    /// Who stands in.
    pub deputy_id: MemberId,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// What the deputy should know.
    pub note: Option<String>,
}

/// Gives a member's tasks to a deputy for some days of the office's zone.
pub async fn delegate(
    office: &Office,
    permit: &Permit<op::DelegateTasks>,
    input: DelegateTasks,
) -> Result<delegation::Model> {
    let call = Call::new::<op::DelegateTasks>(input.client_key.as_deref(), &input)?;
    let note = fields::optional_paragraph(&office.limits, "note", input.note.as_deref())?;
    let Some(created_by) = permit.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can name a deputy".to_owned()));
    };
    let member_id = input.member_id.unwrap_or(created_by);
    if member_id != created_by && !oversees(&permit.requester().actor) {
        let message = "only coordinators and administrators name somebody else's deputy";
        return refuse(RefusalCode::NotResponsible, "memberId", message);
    }
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<delegation::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let zone = offices::zone(change.tx(), change.office_id()).await?;
    let today = calendar::day(change.now, &zone)?;
    days_fit(&change, (input.starts_on, input.ends_on), today)?;
    let row = delegation::Model {
        id: change.id(),
        office_id: change.office_id(),
        member_id,
        deputy_id: input.deputy_id,
        starts_on: input.starts_on,
        ends_on: input.ends_on,
        starts_at: calendar::day_begins(input.starts_on, &zone)?,
        ends_at: calendar::day_begins(input.ends_on.succ_opt().unwrap_or(input.ends_on), &zone)?,
        time_zone: zone,
        note,
        created_by,
        ended_at: None,
        ended_by: None,
        created_at: change.now,
    };
    fits(&change, &row).await?;
    let row = delegation::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    note_it(&mut change, "delegateTasks", &row);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

fn days_fit(change: &Change<'_>, (from, until): (NaiveDate, NaiveDate), today: NaiveDate) -> Result<()> {
    if from < today {
        let message = format!("it begins today, {today}, at the earliest");
        return refuse(RefusalCode::Invalid, "startsOn", message);
    }
    if until < from {
        return refuse(RefusalCode::Invalid, "endsOn", "the last day is not before the first");
    }
    let most = change.limits().delegation_days;
    if (until - from).num_days() >= most {
        let message = format!("it lasts at most {most} days: name it again later");
        return refuse(RefusalCode::Invalid, "endsOn", message);
    }
    if (from - today).num_days() > most {
        let message = format!("it begins within {most} days from today: name it later");
        return refuse(RefusalCode::Invalid, "startsOn", message);
    }
    Ok(())
}

/// Refuses what would leave tasks with nobody: a deputy who may not do what they stand in for, or who is away as well.
async fn fits(change: &Change<'_>, row: &delegation::Model) -> Result<()> {
    if row.member_id == row.deputy_id {
        return refuse(
            RefusalCode::Invalid,
            "deputyId",
            "name somebody else: you cannot stand in for yourself",
        );
    }
    // In the order of their ids: two that name each other at the same moment follow each other.
    let (low, high) = (row.member_id.min(row.deputy_id), row.member_id.max(row.deputy_id));
    let field = |id| if id == row.deputy_id { "deputyId" } else { "memberId" };
    let one = referenced(locked::<member::Entity>(change, low).await, field(low))?;
    let other = referenced(locked::<member::Entity>(change, high).await, field(high))?;
    let (member, deputy) = if one.id == row.member_id { (one, other) } else { (other, one) };
    for (row, field) in [(&member, "memberId"), (&deputy, "deputyId")] {
        if row.state != MemberState::Active {
            let message = format!("{} has left the office", row.name);
            return refuse(RefusalCode::IllegalState, field, message);
        }
    }
    if let Some(role) = lacking(&member.roles, &deputy.roles) {
        let message = format!(
            "{} has not the role {} and could not do what waits for {}: name somebody who has it, or have an \
             administrator give it",
            deputy.name,
            role_name(role),
            member.name
        );
        return refuse(RefusalCode::Invalid, "deputyId", message);
    }
    overlaps(change, row, (&member, &deputy)).await
}

/// A role that the deputy would need.
fn lacking(member: &Roles, deputy: &Roles) -> Option<Role> {
    let serves = |role: Role| match role {
        Role::Coordinator | Role::Administrator => deputy.contains(role),
        Role::ProjectManager => deputy.contains(role) || deputy.contains(Role::Coordinator),
        Role::Member => {
            deputy.contains(role)
                || deputy.contains(Role::ProjectManager)
                || deputy.contains(Role::Coordinator)
        }
    };
    member.0.iter().copied().find(|role| !serves(*role))
}

/// Whoever is away stands in for nobody, and has one deputy at a time: no chain can end at nobody.
async fn overlaps(
    change: &Change<'_>,
    row: &delegation::Model,
    (member, deputy): (&member::Model, &member::Model),
) -> Result<()> {
    let of = [row.member_id, row.deputy_id];
    let standing = delegation::Entity::find()
        .filter(delegation::Column::OfficeId.eq(change.office_id()))
        .filter(delegation::Column::EndedAt.is_null())
        .filter(delegation::Column::EndsAt.gt(change.now))
        .filter(
            Condition::any()
                .add(delegation::Column::MemberId.is_in(of))
                .add(delegation::Column::DeputyId.is_in(of)),
        )
        .order_by_asc(delegation::Column::StartsAt)
        .limit(4 * AT_ONCE)
        .all(change.tx())
        .await?;
    let many = |count: usize| u64::try_from(count).unwrap_or(u64::MAX) >= AT_ONCE;
    if many(standing.iter().filter(|other| other.deputy_id == row.deputy_id).count())
        || many(standing.iter().filter(|other| other.member_id == row.member_id).count())
    {
        let message = format!("{AT_ONCE} delegations of theirs stand already: end some first");
        return refuse(RefusalCode::TooLong, "", message);
    }
    let meets = |other: &&delegation::Model| other.starts_at < row.ends_at && row.starts_at < other.ends_at;
    for other in standing.iter().filter(meets) {
        let days = format!("from {} to {}", other.starts_on, other.ends_on);
        if other.member_id == row.member_id {
            let message = format!("{} has a deputy {days}: end that first", member.name);
            return refuse(RefusalCode::Taken, "startsOn", message);
        }
        if other.member_id == row.deputy_id {
            let message = format!("{} is away {days}: name somebody else, or other days", deputy.name);
            return refuse(RefusalCode::Taken, "deputyId", message);
        }
        if other.deputy_id == row.member_id {
            let message = format!("{} stands in for somebody {days}: end that first", member.name);
            return refuse(RefusalCode::Taken, "memberId", message);
        }
    }
    Ok(())
}

/// Who may see to other people's tasks.
pub(crate) fn oversees(actor: &Actor) -> bool {
    match actor {
        Actor::Member { roles, .. } => policy::is_coordinator(roles) || roles.contains(Role::Administrator),
        Actor::Operator => true,
        Actor::Integration { .. } | Actor::Worker(_) => false,
    }
}

/// Ends a delegation before its time, or takes one back that has not begun.
pub async fn end(
    office: &Office,
    permit: &Permit<op::EndDelegation>,
    id: DelegationId,
) -> Result<delegation::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<delegation::Entity>(&change, id).await?;
    let me = permit.requester().member_id();
    if me != Some(row.member_id) && me != Some(row.deputy_id) && !oversees(&permit.requester().actor) {
        let message =
            "only whose tasks they are, who stands in, a coordinator or an administrator may end it";
        return refuse(RefusalCode::NotResponsible, "delegationId", message);
    }
    if row.ended_at.is_some() || row.ends_at <= change.now {
        return refuse(RefusalCode::IllegalState, "delegationId", "this delegation is over already");
    }
    let row = end_it(&mut change, row).await?;
    change.commit().await?;
    Ok(row)
}

async fn end_it(change: &mut Change<'_>, row: delegation::Model) -> Result<delegation::Model> {
    let mut edit = delegation::ActiveModel::from(row);
    edit.ended_at = Set(Some(change.now));
    edit.ended_by = Set(change.requester().member_id());
    let row = edit.update(change.tx()).await?;
    note_it(change, "endDelegation", &row);
    Ok(row)
}

/// Ends what a leaver had given to a deputy, and what they had taken on: it goes back to whose it is.
pub(crate) async fn end_all(change: &mut Change<'_>, member: MemberId) -> Result<()> {
    let standing = standing_of(change.office_id(), member, change.now).all(change.tx()).await?;
    for row in standing {
        end_it(change, row).await?;
    }
    Ok(())
}

fn note_it(change: &mut Change<'_>, action: &'static str, row: &delegation::Model) {
    let detail = json!({ "member": row.member_id, "deputy": row.deputy_id, "startsOn": row.starts_on, "endsOn": row.ends_on });
    change.note(action, "Delegation", row.id.0, detail);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deputy_needs_the_roles_that_decide() {
        let roles = |roles: &[Role]| Roles(roles.to_vec());
        let lacks = |member: &[Role], deputy: &[Role]| lacking(&roles(member), &roles(deputy));
        assert_eq!(lacks(&[Role::Member], &[Role::Coordinator]), None);
        assert_eq!(lacks(&[Role::Member], &[Role::Administrator]), Some(Role::Member));
        assert_eq!(lacks(&[Role::ProjectManager], &[Role::Member]), Some(Role::ProjectManager));
        assert_eq!(lacks(&[Role::ProjectManager], &[Role::Coordinator]), None);
        assert_eq!(lacks(&[Role::Coordinator], &[Role::ProjectManager]), Some(Role::Coordinator));
        assert_eq!(lacks(&[Role::Administrator], &[Role::Coordinator]), Some(Role::Administrator));
    }
}
