//! The kinds of tasks. What is the same of every task of a kind is `lore`.

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaskKind {
    /// Read and acknowledge the current handbook.
    AcknowledgeHandbook,
    /// Acknowledge or decline a proposed initiative.
    DecideInitiative,
    /// Approve a communications plan.
    ApprovePlan,
    /// Write down what a communications plan still lacks.
    CompletePlan,
    /// Look whether a communications plan still holds.
    ReviewPlan,
    /// Say how often an initiative blogs, and where.
    SetBloggingDuty,
    /// Write the blog post that is overdue.
    BloggingOverdue,
    /// Approve or decline a requested channel.
    DecideChannel,
    /// Put an approved channel in use.
    ActivateChannel,
    /// Let the public see a changed channel record.
    ApproveChannelRecord,
    /// Say whether a post went out: its platform cannot tell.
    ResolvePost,
    /// Open the gate that holds a post.
    HeldPost,
    /// Decide what becomes of a post that missed its time.
    MissedPost,
    /// Look at a post that was changed or taken away on its platform.
    DriftedPost,
    /// Review a draft.
    ReviewDraft,
    /// Set a review policy anew of which nobody who is here can do a step, or none who did not write the draft.
    MendReviewPolicy,
    /// Approve that approved words are repeated.
    ApproveRecurrence,
    /// Give advice that was asked for.
    GiveAdvice,
    /// Answer what the public said to a channel.
    AnswerPublic,
    /// Secure a channel that may soon have nobody.
    SecureChannel,
    /// Look whether a channel still serves: its day of review has come.
    ReviewChannel,
    /// Retire a channel: its last review came to that.
    RetireChannel,
    /// Hand over a channel that somebody left.
    HandOverChannel,
    /// Name somebody who manages an initiative whose manager left or may manage none any more.
    TakeOverInitiative,
    /// Begin the end of an initiative whose last day has passed, or give it another one.
    CloseInitiative,
    /// Settle what an initiative that is closing leaves behind, and end it.
    CompleteClosing,
    /// Give a draft whose author left to somebody else.
    ReassignDraft,
    /// Ask somebody else for advice: the adviser left.
    AskAnotherAdviser,
    /// Say who looks after a partner whose keeper left.
    KeepPartner,
    /// Say who keeps the way into a retired account whose keeper left, or that it was revoked.
    KeepCredential,
    /// Replace a token that somebody who left has seen.
    ReplaceToken,
    /// Look whether an entry of the handbook's lists still belongs there.
    ReviewListEntry,
    /// Say what the announcement of an initiative leaves open.
    CompleteAnnouncement,
    /// Answer what a coordinator asks about a proposed initiative.
    AnswerInitiativeQuestion,
    /// Do something about a mail that was refused, or that may not have arrived.
    UndeliveredMail,
    /// See why mail waits: no server is set, or it does not answer.
    LateMail,
}
