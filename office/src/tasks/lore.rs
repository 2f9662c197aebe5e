//! What is the same of every task of a kind: its clause, what settles it, what comes of leaving it, and how long it may
//! wait. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use entity::post;

use super::{Facts, TaskKind};
use crate::limits::Limits;

impl TaskKind {
    /// The clause of the policy that it rests on; none where it is the office's own housekeeping.
    pub fn clause(self) -> Option<&'static str> {
        use TaskKind as K;
        match self {
            K::DecideInitiative | K::CompleteAnnouncement | K::AnswerInitiativeQuestion => Some("PS5"),
            K::ApprovePlan | K::CompletePlan | K::ReviewPlan => Some("PS3"),
            K::SetBloggingDuty | K::BloggingOverdue => Some("PS2"),
            K::DecideChannel | K::ActivateChannel | K::ApproveChannelRecord => Some("IC2"),
            K::SecureChannel
            | K::ReviewChannel
            | K::RetireChannel
            | K::HandOverChannel
            | K::KeepCredential
            | K::TakeOverInitiative
            | K::CloseInitiative
            | K::CompleteClosing
            | K::ReassignDraft => Some("IC3"),
            K::GiveAdvice => Some("CC7"),
            K::DriftedPost => Some("GP4"),
            K::KeepPartner => Some("GP5"),
            K::AnswerPublic => Some("GP3"),
            K::AcknowledgeHandbook => Some("PS4"),
            K::ReviewDraft
            | K::MendReviewPolicy
            | K::ApproveRecurrence
            | K::ResolvePost
            | K::HeldPost
            | K::MissedPost
            | K::ReviewListEntry
            | K::UndeliveredMail
            | K::LateMail
            | K::AskAnotherAdviser
            | K::ReplaceToken => None,
        }
    }

    /// Whether a deputy can settle it in somebody's stead.
    pub(super) fn for_a_deputy(self) -> bool {
        // Steps of a review policy that name a person have deputies of their own. Whoever has the role that approves has the
        // task anyway, but of what they made themselves.
        !matches!(
            self,
            Self::AcknowledgeHandbook | Self::ReviewDraft | Self::ApprovePlan | Self::ApproveRecurrence
        )
    }

    /// The mutation that settles it in most cases.
    pub fn act(self) -> Option<&'static str> {
        use TaskKind as K;
        Some(match self {
            K::AcknowledgeHandbook => "acknowledgeHandbook",
            K::DecideInitiative => "acknowledgeInitiative",
            K::ApprovePlan => "approvePlan",
            K::CompletePlan | K::ReviewPlan => "writePlan",
            K::SetBloggingDuty => "setBloggingDuty",
            K::BloggingOverdue => "createDraft",
            K::DecideChannel => "approveChannel",
            K::ActivateChannel => "activateChannel",
            K::ApproveChannelRecord => "approveChannelRecord",
            K::ResolvePost => "resolvePost",
            K::HeldPost | K::MissedPost => "reschedulePost",
            K::DriftedPost => "correctPost",
            K::ReviewDraft => "reviewDraft",
            K::MendReviewPolicy => "setReviewPolicy",
            K::ApproveRecurrence => "approveRecurrence",
            K::GiveAdvice => "giveAdvice",
            K::SecureChannel => "addSteward",
            K::ReviewChannel => "reviewChannel",
            K::RetireChannel => "retireChannel",
            K::HandOverChannel => "tickHandover",
            K::ReassignDraft => "reassignDraft",
            K::AskAnotherAdviser => "askAnotherAdviser",
            K::KeepPartner => "updatePartner",
            K::KeepCredential => "nameCredentialKeeper",
            K::AnswerPublic => "settleConversation",
            K::ReplaceToken => "revokeIntegration",
            K::ReviewListEntry => "removeListEntry",
            K::CompleteAnnouncement | K::TakeOverInitiative => "updateInitiative",
            K::CloseInitiative => "closeInitiative",
            K::CompleteClosing => "completeClosing",
            K::AnswerInitiativeQuestion => "answerInitiativeQuestion",
            K::UndeliveredMail => "retryMail",
            K::LateMail => return None,
        })
    }

    /// Why it waits for somebody, in words.
    pub(super) fn reason(self) -> &'static str {
        use TaskKind as K;
        match self {
            K::AcknowledgeHandbook => "you have not acknowledged the handbook in force",
            K::DecideInitiative => "the initiative was proposed, and no coordinator has decided",
            K::ApprovePlan => "this version of the plan is complete and not approved",
            K::CompletePlan => "the communications plan lacks something",
            K::ReviewPlan => "the day on which the plan is looked at again has come",
            K::SetBloggingDuty => "nobody has said how often the initiative blogs, and where",
            K::BloggingOverdue => "the blog post of the initiative is overdue",
            K::DecideChannel => "the channel was requested, and no coordinator has decided",
            K::ActivateChannel => "the channel was approved, and nobody has put it in use",
            K::ApproveChannelRecord => "the channel's record was changed, and the public sees the old one",
            K::ResolvePost => "nobody can tell whether the post went out: its platform does not say",
            K::HeldPost => "a gate holds the post",
            K::MissedPost => "the post missed its time",
            K::DriftedPost => "the post was changed or taken away on its platform, not by the office",
            K::ReviewDraft => "the draft waits for your review",
            K::MendReviewPolicy => "a review waits for an approval that nobody who is here may give",
            K::ApproveRecurrence => "approved words are to be repeated, and nobody has approved that",
            K::GiveAdvice => "the author asked you for advice",
            K::SecureChannel => "the channel may soon have nobody who looks after it",
            K::ReviewChannel => "the day on which the channel is looked at has come",
            K::RetireChannel => "the channel's last review came to that it should be retired",
            K::HandOverChannel => "somebody who looked after the channel left it, and not all is handed over",
            K::TakeOverInitiative => "nobody manages the initiative who may",
            K::CloseInitiative => "the last day of the initiative has passed, and nobody has begun its end",
            K::CompleteClosing => {
                "the end of the initiative has begun: its channels, its posts and its plan's goals are to be settled"
            }
            K::ReassignDraft => "the author of the draft has left the office",
            K::AskAnotherAdviser => "the adviser who was asked has left the office",
            K::AnswerPublic => {
                "somebody said something to the channel, and nobody has said that it is answered"
            }
            K::KeepPartner => "who looked after the partner has left the office",
            K::KeepCredential => "who kept the way into the retired account has left the office",
            K::ReplaceToken => "somebody who has seen the token has left the office",
            K::ReviewListEntry => "the day on which the entry is looked at again has come",
            K::CompleteAnnouncement => "the announcement leaves questions open",
            K::AnswerInitiativeQuestion => "a coordinator asks about the initiative",
            K::UndeliveredMail => "the mail was refused, or may not have arrived",
            K::LateMail => "mail waits: no server is set, or it does not answer",
        }
    }

    /// What happens if nobody acts.
    pub fn consequence(self) -> &'static str {
        use TaskKind as K;
        match self {
            K::AcknowledgeHandbook => "You cannot write, review or schedule until you have.",
            K::CompleteAnnouncement => {
                "Nobody knows what it leaves open. Who runs it and who takes over is said before anything of it goes out."
            }
            K::DecideInitiative | K::AnswerInitiativeQuestion => {
                "The initiative stays proposed, and nothing of it goes out."
            }
            K::ApprovePlan | K::CompletePlan => {
                "Without an approved plan nothing of the initiative goes out."
            }
            K::ReviewPlan => "The plan stays in force as it is, though it may no longer be true.",
            K::SetBloggingDuty => "The initiative's duty to blog is watched by nobody.",
            K::BloggingOverdue => {
                "The project does not meet its duty to blog; after the days of grace it waits for the coordinators too."
            }
            K::DecideChannel => "The channel cannot be set up.",
            K::ActivateChannel => {
                "Nothing goes out on the channel, and the public directory does not list it."
            }
            K::ApproveChannelRecord => "The public directory goes on showing what is no longer so.",
            K::ResolvePost => "The post stays unconfirmed: it is neither sent again nor told as published.",
            K::HeldPost => "The post does not leave, and is missed when its time has passed.",
            K::MissedPost => "The post never goes out.",
            K::DriftedPost => "The public reads something that the office did not approve, or nothing.",
            K::ReviewDraft => "The draft stays in review, and nothing of it can be scheduled.",
            K::MendReviewPolicy => "No draft that it is for can be approved, and nothing of them goes out.",
            K::ApproveRecurrence => "Nothing is repeated.",
            K::GiveAdvice => "The draft stays held until you answer.",
            K::SecureChannel => "The channel may be orphaned: nobody can post, answer or put right.",
            K::ReviewChannel => "Nobody knows whether the channel still serves, and it counts as at risk.",
            K::RetireChannel => "The channel stays listed as in use, though nobody means to go on with it.",
            K::HandOverChannel => {
                "Somebody outside of the office may still hold the account's password or rights."
            }
            K::TakeOverInitiative => "Nobody answers for the initiative, its plan and its drafts.",
            K::CloseInitiative => {
                "It goes on without a plan for what comes after: its channels are nobody's, and it is asked for posts."
            }
            K::CompleteClosing => {
                "Its channels stay open though nobody posts there, and nobody knows what it came to."
            }
            K::ReassignDraft => "Nobody revises the draft, and what is asked of its author stays unanswered.",
            K::AskAnotherAdviser => "The draft stays held: nobody will answer.",
            K::AnswerPublic => {
                "The public gets no answer, and after some days the channel counts as at risk."
            }
            K::KeepCredential => "Somebody outside of the office can post where the public knew the office.",
            K::KeepPartner => {
                "Nobody looks after the relation, or sees that the partner's accounts are still its own."
            }
            K::ReplaceToken => "Somebody outside of the office can use the token.",
            K::ReviewListEntry => "The rules go on using the entry, though it may no longer belong there.",
            K::UndeliveredMail => "Its recipient is not told; what it says is among their tasks only.",
            K::LateMail => "Nobody is told of anything by mail, and after some days the mail is given up.",
        }
    }

    /// By when somebody should have acted on what waits since then.
    pub(crate) fn due(self, since: DateTime<Utc>, limits: &Limits) -> DateTime<Utc> {
        use TaskKind as K;
        let wait = match self {
            // These began to wait when they were already late.
            K::BloggingOverdue => Some(TimeDelta::zero()),
            K::ReviewPlan => TimeDelta::try_days(limits.plan_review_grace_days),
            K::ResolvePost
            | K::HeldPost
            | K::MissedPost
            | K::DriftedPost
            | K::UndeliveredMail
            | K::LateMail => TimeDelta::try_hours(limits.task_repair_hours),
            K::DecideInitiative
            | K::ApprovePlan
            | K::DecideChannel
            | K::ApproveChannelRecord
            | K::ReviewDraft
            | K::ApproveRecurrence
            | K::GiveAdvice
            | K::HandOverChannel
            | K::TakeOverInitiative
            | K::MendReviewPolicy
            | K::ReassignDraft
            | K::AskAnotherAdviser
            | K::ReplaceToken
            | K::AnswerInitiativeQuestion => TimeDelta::try_days(limits.task_decide_days),
            K::AcknowledgeHandbook
            | K::KeepPartner
            | K::KeepCredential
            | K::AnswerPublic
            | K::CompletePlan
            | K::SetBloggingDuty
            | K::ActivateChannel
            | K::SecureChannel
            | K::ReviewChannel
            | K::RetireChannel
            | K::CloseInitiative
            | K::CompleteClosing
            | K::ReviewListEntry
            | K::CompleteAnnouncement => TimeDelta::try_days(limits.task_care_days),
        };
        wait.and_then(|wait| since.checked_add_signed(wait)).unwrap_or(since)
    }
}

impl Facts {
    /// What a post's first shut gate says; a post that is held should be free by its time.
    pub(super) fn of_post(row: &post::Model) -> Self {
        let Some(hold) = row.hold.as_ref().filter(|_| row.state == post::PostState::Held) else {
            return Self::default();
        };
        let first = hold.gates.first();
        Self {
            because: first.map(|gate| match gate.opens.as_str() {
                "" => gate.reason.clone(),
                opens => format!("{} (what opens it: {opens})", gate.reason),
            }),
            clause: first.and_then(|gate| gate.clause.clone()),
            due_at: Some(row.due_at),
            act: None,
        }
    }
}
