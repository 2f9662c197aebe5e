//! A task as clients see it.

use async_graphql::{Context, Enum, ID, Object};
use office::tasks;

use crate::{
    error::Field,
    graphql::{
        id::{self, Kind},
        member::Member,
        node::{self, Node},
        relations,
        scalars::DateTime,
    },
};

/// What is to be done. Clients must accept values that they do not know: show `title` then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "tasks::TaskKind")]
pub(crate) enum TaskKind {
    /// Read and acknowledge the handbook in force. Subject: `Handbook`.
    AcknowledgeHandbook,
    /// Acknowledge or decline a proposed initiative. Subject: `Initiative`.
    DecideInitiative,
    /// Approve a communications plan. Subject: `CommunicationsPlan`.
    ApprovePlan,
    /// Write down what an initiative's communications plan still lacks: `Initiative.planCompleteness` says what. Subject:
    /// `Initiative`.
    CompletePlan,
    /// Look whether the communications plan in force still holds, and write its next version: its day of review has come.
    /// Subject: `CommunicationsPlan`.
    ReviewPlan,
    /// Say how often an active initiative blogs, and on which of the office's blogs (`setBloggingDuty`). Subject:
    /// `Initiative`.
    SetBloggingDuty,
    /// Write the blog post that is overdue: for the project manager, and after the days of grace for coordinators. Subject:
    /// `Initiative`.
    BloggingOverdue,
    /// Approve or decline a requested channel. Subject: `Channel`.
    DecideChannel,
    /// Put an approved channel in use (`activateChannel`). `reason` says what it still needs, such as a credential, and `act`
    /// does the first of that. For coordinators; for its stewards as long as something is missing that they may do. Subject:
    /// `Channel`.
    ActivateChannel,
    /// Let the public see a changed channel record. Subject: `Channel`.
    ApproveChannelRecord,
    /// Say whether a post went out: its platform cannot tell. Subject: `Post`.
    ResolvePost,
    /// Open the gate that holds a post. Subject: `Post`.
    HeldPost,
    /// Decide what becomes of a post that missed its time. Subject: `Post`.
    MissedPost,
    /// Look at a post that was changed or taken away on its platform, not by us. Subject: `Post`.
    DriftedPost,
    /// Review a draft. Subject: `Draft`.
    ReviewDraft,
    /// Set a review policy anew (`setReviewPolicy`), or end it: nobody who is still here can do a step of it, which `reason`
    /// names (`ReviewPolicy.undoableSteps`); or everybody who could approve a draft wrote part of it. For coordinators.
    /// Subject: `ReviewPolicy` or `Draft`.
    MendReviewPolicy,
    /// Approve that approved words are repeated. Subject: `Recurrence`.
    ApproveRecurrence,
    /// Give advice that was asked for. Subject: `Review`.
    GiveAdvice,
    /// Answer what the public said to a channel, on its platform, and say so (`settleConversation`). For its owner, or else for
    /// the channel's stewards. Subject: `Conversation`.
    AnswerPublic,
    /// Secure a channel that may soon have nobody. Subject: `Channel`.
    SecureChannel,
    /// Look whether a channel still serves (`reviewChannel`): its day of review has come. For its stewards and coordinators.
    /// Subject: `Channel`.
    ReviewChannel,
    /// Retire a channel (`retireChannel`): its last review came to that. For coordinators. Subject: `Channel`.
    RetireChannel,
    /// Hand over a channel that somebody left (`tickHandover`). For its stewards and coordinators. Subject: `ChannelHandover`.
    HandOverChannel,
    /// Name somebody who manages an initiative (`updateInitiative`): its manager left, or lost the role. For coordinators.
    /// Subject: `Initiative`.
    TakeOverInitiative,
    /// Begin the end of an active initiative whose last day has passed (`closeInitiative`), or give it a later one
    /// (`updateInitiative`). For its project manager and coordinators. Subject: `Initiative`.
    CloseInitiative,
    /// Settle what an initiative that is closing leaves behind, and end it (`completeClosing`). For coordinators. Subject:
    /// `Initiative`.
    CompleteClosing,
    /// Give a draft whose author left to somebody else (`reassignDraft`), or give it up. For the initiative's project manager
    /// and coordinators. Subject: `Draft`.
    ReassignDraft,
    /// Ask somebody else for advice (`askAnotherAdviser`): the adviser left. For who asked, the initiative's project manager
    /// and coordinators. Subject: `Review`.
    AskAnotherAdviser,
    /// Say who looks after a partner whose keeper left (`updatePartner`), or end the partnership. For coordinators. Subject:
    /// `Partner`.
    KeepPartner,
    /// Say who keeps the way into a retired account whose keeper left, or that it was revoked (`nameCredentialKeeper`). For
    /// coordinators. Subject: `Channel`.
    KeepCredential,
    /// Replace a token that somebody who left has seen, and revoke it (`revokeIntegration`). For administrators. Subject:
    /// `Integration`.
    ReplaceToken,
    /// Look whether an entry of the handbook's lists still belongs there: its review day has come. Subject: `Handbook`.
    ReviewListEntry,
    /// Say what the announcement of an initiative leaves open (`unanswered`). Subject: `Initiative`.
    CompleteAnnouncement,
    /// Answer what a coordinator asks about a proposed initiative. Subject: `InitiativeQuestion`.
    AnswerInitiativeQuestion,
    /// Do something about a mail that was refused, or that may not have arrived. Subject: `Mail`.
    UndeliveredMail,
    /// See why mail waits: no server is set, or it does not answer. Subject: the `Mail` that waits longest.
    LateMail,
}

/// One thing that waits for the viewer.
#[derive(Debug, Clone)]
pub(crate) struct Task(pub(super) tasks::Task);

/// One thing that waits for the viewer. It is worked out from the states of things when it is asked for: it is gone as
/// soon as its reason is.
#[Object]
impl Task {
    /// What is to be done.
    async fn kind(&self) -> TaskKind {
        self.0.kind.into()
    }
    /// Global id of the thing that it is about.
    async fn subject_id(&self) -> Option<ID> {
        kind(&self.0).map(|kind| id::encode_any(kind, self.0.subject_id))
    }
    /// The thing that it is about.
    async fn subject(&self, ctx: &Context<'_>) -> Field<Node> {
        node::by_kind(ctx, kind(&self.0)?, self.0.subject_id).await.transpose()
    }
    /// That thing's title, for people.
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// Since when it waits.
    async fn since(&self) -> DateTime {
        self.0.since.into()
    }
    /// Why it waits, in words, with the facts of the case: which gate holds a post, what a plan or an announcement
    /// lacks, what puts a channel at risk.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
    /// The clause of the handbook that it rests on, such as `PS5`; null where it is the office's own housekeeping.
    async fn clause(&self) -> Option<&str> {
        self.0.clause.as_deref()
    }
    /// By when somebody should have acted: the thing's own time where it has one, else a time from when it began to wait.
    async fn due_at(&self) -> DateTime {
        self.0.due_at.into()
    }
    /// Whether that has passed.
    async fn overdue(&self) -> bool {
        self.0.overdue
    }
    /// From when it is told to the coordinators too, or to the administrators where only coordinators could act.
    async fn escalates_at(&self) -> DateTime {
        self.0.escalates_at.into()
    }
    /// For whom it waits: you, or somebody for whom you stand in today.
    async fn member(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.member_id)).await
    }
    /// Who stands in for them today, and may settle it in their stead; null: nobody. A question for advice about words of the
    /// deputy's own stays with the adviser.
    async fn deputy(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.deputy_id).await
    }
    /// What happens if nobody acts.
    async fn consequence(&self) -> &'static str {
        self.0.kind.consequence()
    }
    /// The mutation that settles it, such as `approvePlan`; null where that is done outside of Masthead, or by others whom
    /// you must ask (`reason` says so). Where a decision is asked for, it is the one that agrees: declining is as good an
    /// answer. Clients must accept values that they do not know.
    async fn act(&self) -> Option<&'static str> {
        self.0.act
    }
}

fn kind(task: &tasks::Task) -> Option<Kind> {
    Some(match task.subject_kind {
        "Channel" => Kind::Channel,
        "ChannelHandover" => Kind::ChannelHandover,
        "Conversation" => Kind::Conversation,
        "Draft" => Kind::Draft,
        "Handbook" => Kind::Handbook,
        "Initiative" => Kind::Initiative,
        "InitiativeQuestion" => Kind::InitiativeQuestion,
        "Integration" => Kind::Integration,
        "Mail" => Kind::Mail,
        "Partner" => Kind::Partner,
        "Plan" => Kind::Plan,
        "Post" => Kind::Post,
        "Recurrence" => Kind::Recurrence,
        "Review" => Kind::Review,
        "ReviewPolicy" => Kind::ReviewPolicy,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::resolver_utils::EnumType as _;

    use super::*;
    use crate::graphql::schema::sdl;

    #[test]
    fn what_settles_a_task_is_a_mutation_that_there_is() {
        let sdl = sdl();
        let (_, mutations) = sdl.split_once("\ntype Mutation {").unwrap();
        let (mutations, _) = mutations.split_once("\n}").unwrap();
        let acts = TaskKind::items().iter().filter_map(|item| tasks::TaskKind::from(item.value).act());
        let acts: Vec<_> = acts.collect();
        assert!(acts.len() > 20);
        for act in acts {
            assert!(mutations.contains(&format!("  {act}(")), "{act}");
        }
    }
}
