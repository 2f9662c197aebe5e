//! The gate of approval: whether exactly what would be sent now was approved, by enough people who did not write it. Pure.

use entity::review::Decision;

use super::{
    Facts, Gate, GateKind,
    rules::{open, shut},
};
use crate::reviews::{self, Ground};

/// What opens it where review policies ask for more: the words may stay as they are.
pub(crate) const MORE: &str = "have the missing steps approved (reviewDraft)";

/// The digest is computed anew from what would be sent now: a changed signature, language or picture shows here.
pub(super) fn approval(facts: &Facts) -> Gate {
    const KIND: GateKind = GateKind::Approval;
    const AGAIN: &str =
        "have the draft's newest revision approved by somebody who did not write it, and schedule that";
    const REPEAT: &str =
        "have the recurrence approved by somebody else (approveRecurrence), or cancel the post";
    if facts.draft.revision_id != facts.revision.revision.id {
        return shut(KIND, None, "the draft was revised after this was approved", AGAIN);
    }
    let Some(target) = &facts.target else {
        return shut(KIND, None, "the approved revision does not name this channel", AGAIN);
    };
    let composed = facts.revision.composed(target, &facts.channel);
    if !composed.has_part(facts.post.part) {
        return shut(KIND, None, "what was approved has no such part of a thread", AGAIN);
    }
    if composed.digest() != facts.post.digest || target.digest != facts.post.digest {
        let reason = "what would be sent now is not what was approved: the channel's handle, signature or language changed";
        return shut(
            KIND,
            None,
            reason,
            "submit a new revision of the draft, have it approved, and schedule that",
        );
    }
    let latest = facts.reviews.iter().rfind(|review| review.decision != Decision::AdviceSought);
    match latest {
        Some(review) if review.decision != Decision::Approved => {
            shut(KIND, None, "the approval was taken back", AGAIN)
        }
        Some(review) if review.digest != facts.revision.revision.digest => {
            shut(KIND, None, "the approval was given for other words", AGAIN)
        }
        Some(review) if facts.writers.contains(&review.reviewer_id) => {
            shut(KIND, None, "the approval came from somebody who wrote part of it", AGAIN)
        }
        Some(_) if facts.draft.state != entity::draft::DraftState::Approved => {
            shut(KIND, None, "the draft is not approved any more", AGAIN)
        }
        Some(_) => match (not_enough(facts), not_to_be_repeated(facts)) {
            (Some(reason), _) => shut(KIND, None, reason, MORE),
            (None, Some(reason)) => shut(KIND, None, reason, REPEAT),
            (None, None) => open(KIND, None, "approved, exactly as it will be sent"),
        },
        None => shut(KIND, None, "nobody has approved it", AGAIN),
    }
}

/// What the review policies in force now still ask for; none where they ask for nothing more.
fn not_enough(facts: &Facts) -> Option<String> {
    let channels = facts.revision.targets.iter().map(|(target, _)| target.channel_id);
    let policies = facts.review_policies.touching(facts.draft.initiative_id, channels);
    if policies.is_empty() {
        return None;
    }
    let named = &facts.review_policies.named;
    let revision = &facts.revision.revision;
    let approval = reviews::progress(&Ground {
        policies: &policies,
        named,
        reviews: &facts.reviews,
        digest: &revision.digest,
        writers: &facts.writers,
        submitted_at: facts.draft.submitted_at.unwrap_or(revision.created_at),
    });
    approval.steps.iter().find(|step| !step.done()).map(|step| step.waits_for(named))
}

/// The same words may go out again because somebody else approved just that: why nobody has; none when somebody did, or when
/// it is no repeat.
fn not_to_be_repeated(facts: &Facts) -> Option<&'static str> {
    let recurrence = facts.recurrence.as_ref()?;
    let Some(approver) = recurrence.approved_by.filter(|_| recurrence.ended_by.is_none()) else {
        return Some(match recurrence.ended_by {
            Some(_) => "the recurrence that it belongs to was ended",
            None => "repeating these words is not approved",
        });
    };
    if recurrence.revision_id != Some(facts.post.revision_id) {
        return Some("repeating other words was approved, not these");
    }
    if approver == recurrence.created_by || facts.writers.contains(&approver) {
        return Some("repeating them was approved by somebody who wrote part of it, or made the recurrence");
    }
    None
}
