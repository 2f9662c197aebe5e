//! Held posts: what the one act is that lets each go, which depends on what stands behind its first shut gate and on who
//! reads it. Knows no gate's rule.

use std::collections::{HashMap, HashSet};

use entity::{
    ChannelId, DraftId, InitiativeId, channel, channel::ChannelState, draft, draft::DraftState, initiative,
    initiative::InitiativeState, member::Role, plan, plan::PlanState, post,
};
use uuid::Uuid;

use super::{Facts, For, Found, TaskKind, writer};
use crate::{
    channels,
    error::Result,
    gate::{CANCEL_FOLLOWER, GateKind},
    initiatives, plans, policy, read, reviews,
};

/// What stands behind the gates of some posts.
pub(super) struct Behind<'a> {
    who: &'a For<'a>,
    drafts: HashMap<DraftId, draft::Model>,
    /// Drafts of which the requester wrote a part.
    written: HashSet<DraftId>,
    approvals: Approvals,
    initiatives: HashMap<InitiativeId, initiative::Model>,
    plans: HashMap<InitiativeId, plan::Model>,
    channels: HashMap<ChannelId, channel::Model>,
    readiness: HashMap<ChannelId, Vec<channels::Readiness>>,
}

/// Who approves: by their role, or whoever these policies wait for.
enum Approvals {
    ByRole,
    Policies(std::collections::BTreeMap<DraftId, reviews::Standing>),
}

impl<'a> Behind<'a> {
    /// Each kind of thing in one statement, and only what these posts are held for.
    pub(super) async fn load(
        who: &'a For<'a>,
        rows: &[post::Model],
        in_force: &reviews::InForce,
    ) -> Result<Self> {
        let db = who.office.db.read();
        let of = |kind: GateKind| rows.iter().filter(move |row| first(row) == Some(kind));
        let ids: HashSet<Uuid> = rows.iter().map(|row| row.draft_id.0).collect();
        let drafts = read::many::<draft::Entity>(db, who.office_id, &Vec::from_iter(ids)).await?;
        let waiting: HashSet<DraftId> = of(GateKind::Approval).map(|row| row.draft_id).collect();
        let waiting = Vec::from_iter(waiting);
        let approvals = if waiting.is_empty() || in_force.policies.is_empty() {
            Approvals::ByRole
        } else {
            Approvals::Policies(reviews::of_drafts(db, who.office_id, &waiting).await?)
        };
        let ids: HashSet<Uuid> =
            of(GateKind::Initiative).chain(of(GateKind::Plan)).map(|row| row.initiative_id.0).collect();
        let ids = Vec::from_iter(ids);
        let initiatives = read::many::<initiative::Entity>(db, who.office_id, &ids).await?;
        let plans =
            if ids.is_empty() { HashMap::new() } else { plans::newest_of(db, who.office_id, &ids).await? };
        let ids: HashSet<Uuid> = of(GateKind::Channel).map(|row| row.channel_id.0).collect();
        let channels = read::many::<channel::Entity>(db, who.office_id, &Vec::from_iter(ids)).await?;
        let readiness = if channels.is_empty() {
            HashMap::new()
        } else {
            channels::readiness(who.office, who.office_id, &channels).await?
        };
        Ok(Self {
            who,
            drafts: drafts.into_iter().map(|row| (row.id, row)).collect(),
            written: writer::written_by(who, &waiting).await?,
            approvals,
            initiatives: initiatives.into_iter().map(|row| (row.id, row)).collect(),
            plans,
            channels: channels.into_iter().map(|row| (row.id, row)).collect(),
            readiness,
        })
    }

    /// The task of a post that waits for a person.
    pub(super) fn task(&self, kind: TaskKind, row: &post::Model) -> Found {
        let draft = self.drafts.get(&row.draft_id);
        let mut facts = Facts::of_post(row);
        if kind == TaskKind::HeldPost {
            facts.act = self.act(row);
        }
        Found {
            kind,
            subject_kind: "Post",
            subject_id: row.id.0,
            title: draft.map(|draft| draft.title.clone()).unwrap_or_default(),
            since: row.hold.as_ref().map_or(row.updated_at, |hold| hold.since),
            facts,
        }
    }

    /// The mutation that opens the first of the gates, if it is the requester's to do; else another time, where that is.
    fn act(&self, row: &post::Model) -> Option<&'static str> {
        let may = |act: &&'static str| policy::role_may(self.who.roles, act);
        let opens = self.opener(row).filter(may);
        opens
            .or_else(|| Some("reschedulePost").filter(may))
            .or_else(|| self.holds(row).then_some("releasePost"))
    }

    fn opener(&self, row: &post::Model) -> Option<&'static str> {
        let coordinates = self.who.roles.contains(Role::Coordinator);
        match first(row)? {
            GateKind::Approval => self.approval(row),
            GateKind::Initiative => {
                let found = self.initiatives.get(&row.initiative_id)?;
                match found.state {
                    InitiativeState::Proposed if initiatives::needed(found).is_empty() => {
                        Some("acknowledgeInitiative")
                    }
                    InitiativeState::Proposed => Some("askAboutInitiative"),
                    _ => Some("cancelPost"),
                }
            }
            GateKind::Plan => self.plan(row, coordinates),
            GateKind::Channel => self.channel(row),
            GateKind::Stewards => Some("addSteward"),
            GateKind::Connection => Some("connectChannel"),
            GateKind::Guidelines => Some("reviseDraft"),
            GateKind::Hold => (coordinates || self.holds(row)).then_some("releasePost"),
            GateKind::Pause => Some("resumePublishing"),
            GateKind::Blackout => coordinates.then_some("exemptFromBlackout"),
            GateKind::Order => Some(if opens_never(row) { "cancelPost" } else { "reschedulePost" }),
            GateKind::Embargo | GateKind::Lateness => Some("reschedulePost"),
        }
    }

    fn approval(&self, row: &post::Model) -> Option<&'static str> {
        let draft = self.drafts.get(&row.draft_id)?;
        if draft.revision_id != row.revision_id {
            // Other words took the place of these: nobody approves these any more.
            return Some("cancelPost");
        }
        match draft.state {
            DraftState::Draft => Some("submitDraft"),
            DraftState::InReview | DraftState::Approved => self.decides(draft).then_some("reviewDraft"),
            DraftState::AdviceSought => None,
            DraftState::Withdrawn => Some("cancelPost"),
        }
    }

    fn decides(&self, draft: &draft::Model) -> bool {
        let who = self.who;
        if draft.author_id == Some(who.member_id) || self.written.contains(&draft.id) {
            return false;
        }
        match &self.approvals {
            Approvals::ByRole => draft.state == DraftState::InReview && reviews::usually(who.roles),
            Approvals::Policies(standing) => standing
                .get(&draft.id)
                .is_some_and(|standing| standing.may_act(who.member_id, who.roles, who.office.now())),
        }
    }

    fn plan(&self, row: &post::Model, coordinates: bool) -> Option<&'static str> {
        let newest = self.plans.get(&row.initiative_id);
        let complete = newest.filter(|plan| plans::is_complete(&plans::completeness(Some(plan))));
        match complete {
            Some(plan) if plan.state == PlanState::Draft => {
                (coordinates && plan.written_by != self.who.member_id).then_some("approvePlan")
            }
            _ => {
                let manages = self.initiatives.get(&row.initiative_id)?.manager_id == self.who.member_id;
                (coordinates || manages).then_some("writePlan")
            }
        }
    }

    fn channel(&self, row: &post::Model) -> Option<&'static str> {
        let channel = self.channels.get(&row.channel_id)?;
        match channel.state {
            ChannelState::Requested => Some("approveChannel"),
            ChannelState::Approved | ChannelState::Dormant => {
                let judged = self.readiness.get(&channel.id).into_iter().flatten();
                let mut missing = judged.filter_map(|one| Some(one.missing.as_ref()?.act));
                Some(missing.next().unwrap_or("activateChannel"))
            }
            ChannelState::Active => None,
            ChannelState::Retired | ChannelState::Declined => Some("cancelPost"),
        }
    }

    fn holds(&self, row: &post::Model) -> bool {
        row.person_hold.as_ref().is_some_and(|hold| hold.by == Some(self.who.member_id))
    }
}

/// The first gate that is shut, if it is held.
fn first(row: &post::Model) -> Option<GateKind> {
    let gate = row.hold.as_ref().filter(|_| row.state == post::PostState::Held)?.gates.first()?;
    GateKind::ALL.into_iter().find(|kind| kind.code() == gate.gate)
}

fn opens_never(row: &post::Model) -> bool {
    let gate = row.hold.as_ref().and_then(|hold| hold.gates.first());
    gate.is_some_and(|gate| gate.opens.starts_with(CANCEL_FOLLOWER))
}
