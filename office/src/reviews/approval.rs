//! How far the approval of drafts is, loaded with the same number of statements for one draft and for a page of them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use entity::{
    DraftId, MemberId, OfficeId, draft, draft::DraftState, member::Roles, review, review_policy, revision,
    revision_target,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    policies::InForce,
    steps::{Approval, Approver, Ground, Named, Progress, can_be_done, progress},
};
use crate::{
    change::Change,
    drafts,
    error::{OfficeError, RefusalCode, Result, refuse},
    lifecycle::{DraftEvent, Lifecycle as _},
    policy::role_name,
    read,
    read::Owned,
};

/// The approval of one draft's newest revision, with what it was worked out from.
#[derive(Debug, Clone)]
pub struct Standing {
    /// How far it is.
    pub approval: Approval,
    /// The policies that touch the draft, oldest first; none where the usual rule holds.
    pub policies: Vec<Arc<review_policy::Model>>,
    in_force: Arc<InForce>,
    state: DraftState,
    reviews: Vec<review::Model>,
    digest: String,
    writers: Vec<MemberId>,
    submitted_at: DateTime<Utc>,
}

impl Standing {
    fn ground(&self) -> Ground<'_> {
        Ground {
            policies: &self.policies,
            named: &self.in_force.named,
            reviews: &self.reviews,
            digest: &self.digest,
            writers: &self.writers,
            submitted_at: self.submitted_at,
        }
    }

    /// The same with one more review.
    #[must_use]
    pub(super) fn with(mut self, review: review::Model) -> Self {
        self.reviews.push(review);
        self.approval = progress(&self.ground());
        self
    }

    /// Whether an approval could change anything: of what is in review, and of what was approved under policies that asked for
    /// less.
    fn waits(&self) -> bool {
        let approved = self.state == DraftState::Approved;
        self.state.after(DraftEvent::Approve).is_some() || approved && !self.approval.complete()
    }

    /// Whether an approval of this person would bring it forward now.
    pub fn may_act(&self, member: MemberId, roles: &Roles, now: DateTime<Utc>) -> bool {
        self.waits() && self.approval.may_act(&self.ground(), member, roles, now)
    }

    /// Whether a step that is missing cannot be done any more, and why, for people.
    pub fn problems(&self, people: &[(MemberId, Roles)]) -> Vec<String> {
        let problem = |step: &Progress| {
            format!(
                "{}: nobody who may and did not write part of it is left; change the policy, or give somebody the role",
                step.waits_for(&self.in_force.named)
            )
        };
        self.approval.stuck(&self.ground(), people).map(problem).collect()
    }

    /// Of the problems those that only this draft has: who could do the step wrote part of it.
    pub(crate) fn without_a_judge(&self, people: &[(MemberId, Roles)]) -> Vec<String> {
        let waits = |step: &&Progress| self.waits() && can_be_done(&step.step, people);
        let ground = self.ground();
        let waiting = self.approval.stuck(&ground, people).filter(waits);
        waiting.map(|step| step.waits_for(&self.in_force.named)).collect()
    }

    /// Refuses an approval that no step waits for.
    pub(super) fn require(&self, member: MemberId, roles: &Roles, now: DateTime<Utc>) -> Result<()> {
        if self.may_act(member, roles, now) {
            return Ok(());
        }
        let waits: Vec<String> =
            self.approval.open().map(|step| step.waits_for(&self.in_force.named)).collect();
        let message = if waits.is_empty() {
            "the review policies ask for nobody's approval of yours".to_owned()
        } else {
            format!("it is not your turn, or you have approved already: {}", waits.join("; "))
        };
        refuse(RefusalCode::NotResponsible, "draftId", message)
    }
}

impl Progress {
    /// What it waits for, in words.
    pub(crate) fn waits_for(&self, named: &HashMap<MemberId, Named>) -> String {
        let who = self.missing.iter().map(|approver| match approver {
            Approver::Role(role) => role_name(*role).to_owned(),
            Approver::Member(id) => named.get(id).map_or_else(
                || "somebody who left".to_owned(),
                |named| {
                    if named.gone { format!("{} (who left)", named.name) } else { named.name.clone() }
                },
            ),
        });
        let who: Vec<String> = who.collect();
        let who = who.join(match self.step.rule {
            review_policy::StepRule::Any => " or ",
            review_policy::StepRule::All => " and ",
        });
        match &self.policy {
            Some(policy) => format!("step {} of “{}” waits for {who}", self.place, policy.name),
            None => format!("it waits for {who}"),
        }
    }
}

/// The approval of one draft.
pub(super) async fn of_draft(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: DraftId,
) -> Result<Standing> {
    let found = of_drafts(db, office_id, &[id]).await?.into_values().next();
    found.ok_or(OfficeError::NotFound(draft::Entity::KIND))
}

/// Refuses a draft that was approved before policies in force now asked for more. Without policies it costs one statement.
pub(crate) async fn require_complete(change: &Change<'_>, draft: &draft::Model, field: &str) -> Result<()> {
    if InForce::load(change.tx(), draft.office_id).await?.policies.is_empty() {
        return Ok(());
    }
    let standing = of_draft(change.tx(), draft.office_id, draft.id).await?;
    if standing.policies.is_empty() || standing.approval.complete() {
        return Ok(());
    }
    let waits = standing.approval.open().map(|step| step.waits_for(&standing.in_force.named));
    let waits: Vec<String> = waits.collect();
    let message = format!("its approval does not suffice any more: {}", waits.join("; "));
    refuse(RefusalCode::IllegalState, field, message)
}

/// The approval of drafts; missing ones are left out.
pub async fn of_drafts(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    ids: &[DraftId],
) -> Result<BTreeMap<DraftId, Standing>> {
    let plain: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = read::many::<draft::Entity>(db, office_id, &plain).await?;
    let revision_ids: Vec<Uuid> = rows.iter().map(|row| row.revision_id.0).collect();
    let revisions = read::many::<revision::Entity>(db, office_id, &revision_ids).await?;
    let mut revisions: HashMap<_, _> = revisions.into_iter().map(|row| (row.id, row)).collect();
    let column = revision_target::Column::RevisionId;
    let targets = read::related::<revision_target::Entity>(db, office_id, column, &revision_ids).await?;
    let column = review::Column::RevisionId;
    let reviews = read::related::<review::Entity>(db, office_id, column, &revision_ids).await?;
    let writers = drafts::writers_of(db, office_id, ids).await?;
    let in_force = Arc::new(InForce::load(db, office_id).await?);
    let standing = |row: draft::Model| {
        let revision = revisions.remove(&row.revision_id)?;
        let own = targets.iter().filter(|target| target.revision_id == revision.id);
        let of_revision = reviews.iter().filter(|review| review.revision_id == revision.id);
        let mut standing = Standing {
            approval: Approval::default(),
            policies: in_force.touching(row.initiative_id, own.map(|target| target.channel_id)),
            in_force: Arc::clone(&in_force),
            state: row.state,
            reviews: of_revision.cloned().collect(),
            digest: revision.digest,
            writers: writers.iter().filter(|(draft, _)| *draft == row.id).map(|(_, id)| *id).collect(),
            submitted_at: row.submitted_at.unwrap_or(revision.created_at),
        };
        standing.approval = progress(&standing.ground());
        Some((row.id, standing))
    };
    Ok(rows.into_iter().filter_map(standing).collect())
}
