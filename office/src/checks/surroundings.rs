//! Turns what is stored around a revision into what rules see of it. Pure. What is not stored is not known and stays
//! absent: rules about it keep quiet.

use std::sync::Arc;

use entity::{
    attestation, channel, channel::ChannelState, initiative, initiative::InitiativeState, link_check, plan,
    revision_target,
};
use guidelines::{
    AmplifiedView, Attestation, AttestationKind, AuthorView, ChannelKind, ChannelView, DraftView, Handbook,
    InitiativeView, KeptBack, LinkState, LinkView, Neighbour, PlanView, SourceKind, Surroundings,
    VariantView,
};

use super::{Moment, WholeRevision};
use crate::{amplify::Whose, links::LinkStatus, plans};

/// What surrounds a revision on one of its channels.
pub(super) fn of(
    whole: &WholeRevision,
    on: Option<(&revision_target::Model, &channel::Model)>,
    handbook: &Handbook,
    moment: Moment,
) -> Surroundings {
    let around = &whole.around;
    let document = handbook.document();
    Surroundings {
        now: Some(moment.now),
        scheduled_at: moment.leaves_at,
        university_published_on: document.university_published_on,
        university_reviewed_on: document.university_reviewed_on,
        channel: on.map(|(_, channel)| channel_view(whole, channel)),
        author: around.author.as_ref().map(|author| AuthorView {
            name: author.name.clone(),
            exemption: None,
            permanence_acknowledged: Some(around.acknowledged),
        }),
        initiative: Some(initiative_view(whole)),
        draft: draft_view(whole, on.map(|(target, _)| target)),
        neighbours: on.map(|(_, channel)| neighbours(whole, channel)).unwrap_or_default(),
        links: around.nearby.links.iter().map(|(written, status)| link_view(written, status)).collect(),
        waiting: Vec::new(),
        amplified: amplified(whole),
    }
}

fn amplified(whole: &WholeRevision) -> Option<AmplifiedView> {
    let url = whole.revision.amplifies.clone()?;
    let of = match whole.around.amplified.as_ref()? {
        Whose::Channel(_) | Whose::OtherOffice(_) => SourceKind::Ours,
        Whose::Partner(_) => SourceKind::Partner,
        Whose::Unknown => SourceKind::Unknown,
        Whose::Unnamed => SourceKind::Unnamed,
    };
    Some(AmplifiedView { url, of })
}

fn channel_view(whole: &WholeRevision, channel: &channel::Model) -> ChannelView {
    let nearby = &whole.around.nearby;
    let owner = channel.initiative_id.and_then(|id| nearby.initiatives.get(&id));
    ChannelView {
        handle: channel.handle.clone(),
        kind: if channel.initiative_id.is_some() { ChannelKind::Project } else { ChannelKind::Office },
        // Its words are not what is sent: a rule that reads words would hold back every post of the channel for them.
        bio: None,
        contact: channel.names_contact(),
        operators_named: channel.names_operator().or(Some(!channel.bio_line.trim().is_empty())),
        stewards: nearby.stewards.get(&channel.id).copied(),
        own_reason: owner.and_then(|_| said(&channel.justification)),
        succession: owner.and_then(|owner| said(&owner.successor)),
        notified: (channel.state != ChannelState::Requested).then_some(true),
    }
}

fn said(words: &str) -> Option<String> {
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn initiative_view(whole: &WholeRevision) -> InitiativeView {
    let initiative: &Arc<initiative::Model> = &whole.around.initiative;
    let blog = whole.around.blog;
    InitiativeView {
        name: initiative.name.clone(),
        // A proposed one is before the Coordinator, who was told when it was proposed: its own gate holds it.
        notified: (initiative.state != InitiativeState::Proposed).then_some(true),
        started_on: Some(initiative.starts_on),
        ends_on: initiative.ends_on,
        // What a pause stops is not missed: a duty that is paused is not known of.
        blog_posts: (!blog.bound || blog.due_on.is_some()).then_some(u32::from(blog.there)),
        blog_due_on: blog.due_on,
        plan: whole.around.plan.as_ref().map(|plan| plan_view(plan, initiative)),
        ..InitiativeView::default()
    }
}

fn plan_view(plan: &plan::Model, initiative: &initiative::Model) -> PlanView {
    let lines = |lines: &plan::Lines| Some(lines.0.clone());
    let goals = || plan.goals.0.iter();
    PlanView {
        reading_grade: None,
        approved: plan.state == plan::PlanState::Approved,
        coordinator_consulted: plan.decided_by.map(|_| true),
        audiences: lines(&plan.audiences),
        stakeholders: Some(plan.stakeholders.0.iter().chain(&plan.partners.0).cloned().collect()),
        key_messages: Some(plan.key_messages.0.iter().map(|message| message.text.clone()).collect()),
        shareable: Some(plan.shareable.0.iter().map(|topic| topic.topic.clone()).collect()),
        kept_back: plans::kept_back(plan)
            .map(|entry| KeptBack { topic: entry.topic, until: entry.until })
            .collect(),
        hashtags: initiative.hashtag.iter().cloned().collect(),
        goals: Some(goals().map(|goal| goal.goal.clone()).collect()),
        measures: Some(goals().map(|goal| goal.measure.clone()).collect()),
        contentious: plan.contentious.0.clone(),
    }
}

fn draft_view(whole: &WholeRevision, target: Option<&revision_target::Model>) -> DraftView {
    DraftView {
        variants: target.map(|target| variants(whole, target)).unwrap_or_default(),
        key_message: whole.revision.key_message.clone(),
        in_doubt: whole.revision.in_doubt,
        attestations: attestations(whole),
        ..DraftView::default()
    }
}

/// The texts of the other channels, each once.
fn variants(whole: &WholeRevision, checked: &revision_target::Model) -> Vec<VariantView> {
    let mut seen: Vec<VariantView> = Vec::new();
    let checked_path = whole.path(checked);
    for (target, _) in whole.targets.iter().filter(|(target, _)| target.id != checked.id) {
        let path = whole.path(target);
        if path != checked_path && seen.iter().all(|view| view.path != path) {
            let text = target.text.clone().unwrap_or_else(|| whole.revision.text.clone());
            seen.push(VariantView { path, text });
        }
    }
    seen
}

/// The answers that were given for the revision; the answer of an adviser is one of them.
fn attestations(whole: &WholeRevision) -> Vec<Attestation> {
    let given = whole
        .around
        .attestations
        .iter()
        .filter(|row| row.digest == whole.revision.digest)
        .map(|row| Attestation { kind: kind(row.kind), answer: row.answer.clone() });
    let advised = whole.advice().and_then(|review| review.answer.clone());
    let advised = advised.map(|answer| Attestation { kind: AttestationKind::Advice, answer });
    given.chain(advised).collect()
}

/// The engine's word for a question.
pub(crate) fn kind(kind: attestation::AttestationKind) -> AttestationKind {
    use attestation::AttestationKind as Stored;
    match kind {
        Stored::DocumentRelease => AttestationKind::DocumentRelease,
        Stored::QuotePermission => AttestationKind::QuotePermission,
        Stored::InternalPermission => AttestationKind::InternalPermission,
        Stored::ImageConsent => AttestationKind::ImageConsent,
        Stored::Advice => AttestationKind::Advice,
        Stored::MediaReady => AttestationKind::MediaReady,
        Stored::Permanence => AttestationKind::Permanence,
    }
}

/// The stored word for the engine's.
pub(crate) fn stored_kind(kind: AttestationKind) -> attestation::AttestationKind {
    use attestation::AttestationKind as Stored;
    match kind {
        AttestationKind::DocumentRelease => Stored::DocumentRelease,
        AttestationKind::QuotePermission => Stored::QuotePermission,
        AttestationKind::InternalPermission => Stored::InternalPermission,
        AttestationKind::ImageConsent => Stored::ImageConsent,
        AttestationKind::Advice => Stored::Advice,
        AttestationKind::MediaReady => Stored::MediaReady,
        AttestationKind::Permanence => Stored::Permanence,
    }
}

/// The last posts of the office, and all that are known of the same channel. A draft's own posts are not among them.
fn neighbours(whole: &WholeRevision, channel: &channel::Model) -> Vec<Neighbour> {
    let nearby = &whole.around.nearby;
    let others = nearby.posts.iter().filter(|post| post.draft_id != whole.revision.draft_id);
    let mut left = nearby.posts_of_office;
    let near = others.filter(|post| {
        let recent = post.published_at.is_some() && left > 0;
        left -= usize::from(recent);
        recent || post.channel_id == channel.id
    });
    let view = |post: &super::NearbyPost| Neighbour {
        id: post.id.to_string(),
        same_channel: post.channel_id == channel.id,
        published: post.published_at.is_some(),
        at: post.at(),
        text: post.text.clone(),
    };
    near.map(view).collect()
}

fn link_view(written: &str, status: &LinkStatus) -> LinkView {
    use link_check::LinkState as Stored;
    LinkView {
        url: written.to_owned(),
        state: match status.state {
            Stored::Alive => LinkState::Alive,
            Stored::Dead => LinkState::Dead,
            Stored::Refused => LinkState::Internal,
            Stored::Unreachable | Stored::Unchecked => LinkState::Unknown,
        },
        checked_at: status.checked_at,
    }
}
