//! Every operation, one line each: its name, the roles, the scope and the condition. Adding an operation to GraphQL
//! without a line here fails a test.

use entity::{integration::Scope, member::Role};

use super::{Op, Operation};

macro_rules! operations {
    ($($name:ident $field:literal [$($role:ident)*] $scope:expr, $public:literal, $condition:literal;)+) => {
        /// Operations as types, for [`super::Permit`].
        pub mod op {
            use super::{Op, Operation, Role, Scope};
            $(
                #[doc = concat!("`", $field, "`")]
                #[derive(Debug, Clone, Copy)]
                pub struct $name;
                impl Op for $name {
                    const OPERATION: Operation = Operation {
                        name: $field,
                        roles: &[$(Role::$role),*],
                        scope: $scope,
                        public: $public,
                        condition: $condition,
                    };
                }
            )+
            const _: Option<Scope> = None;
        }

        /// Every operation, in the order of the table.
        pub const OPERATIONS: &[Operation] = &[$(op::$name::OPERATION),+];
    };
}

operations! {
    Directory "directory" [Member ProjectManager Coordinator Administrator] Some(Scope::DirectoryRead), true, "";
    DirectoryChanges "directoryChanges" [Member ProjectManager Coordinator Administrator] Some(Scope::DirectoryRead), true, "";
    Verify "verify" [Member ProjectManager Coordinator Administrator] Some(Scope::DirectoryRead), true, "";
    SetUpOffice "setUpOffice" [] None, true, "holds the one-time set-up token";
    SignIn "signIn" [] None, true, "";
    RefreshSession "refreshSession" [] None, true, "holds a refresh token that was not used before";
    SignOut "signOut" [Member ProjectManager Coordinator Administrator] None, true, "";
    Viewer "viewer" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    CheckText "checkText" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Office "office" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Initiatives "initiatives" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Drafts "drafts" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Posts "posts" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    QueueStatus "queueStatus" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Explain "explain" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Simulate "simulate" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Node "node" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Nodes "nodes" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    RuleRecords "ruleRecords" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Handbook "handbook" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Handbooks "handbooks" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    HandbookChanges "handbookChanges" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    BackTestHandbook "backTestHandbook" [Coordinator] None, false, "";
    Pauses "pauses" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Recurrences "recurrences" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    ScheduleWarnings "scheduleWarnings" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Blackouts "blackouts" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Partners "partners" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Partner "partner" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Calendar "calendar" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    MessageCoverage "messageCoverage" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Channels "channels" [Member ProjectManager Coordinator Administrator] Some(Scope::DirectoryRead), false, "";
    ChannelMatches "channelMatches" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Members "members" [Member ProjectManager Coordinator Administrator] None, false, "";
    Tasks "tasks" [Member ProjectManager Coordinator Administrator] None, false, "another member’s: coordinators and administrators";
    Delegations "delegations" [Member ProjectManager Coordinator Administrator] None, false, "";
    Conversations "conversations" [Member ProjectManager Coordinator Administrator] None, false, "";
    OrphanRadar "orphanRadar" [Member ProjectManager Coordinator Administrator] None, false, "";
    DraftChanged "draftChanged" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    PostChanged "postChanged" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    Changes "changes" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    AuditEntries "auditEntries" [Coordinator Administrator] None, false, "";
    AuditChain "auditChain" [Coordinator Administrator] None, false, "";
    Integrations "integrations" [Administrator] None, false, "";
    CreateMember "createMember" [Administrator] None, false, "";
    ImportMembers "importMembers" [Administrator] None, false, "";
    UpdateMember "updateMember" [Administrator] None, false, "";
    DepartMember "departMember" [Administrator] None, false, "not yourself";
    DeparturePreview "departurePreview" [Administrator] None, false, "";
    SetPassword "setPassword" [Member ProjectManager Coordinator Administrator] None, false, "your own, knowing the old one; an administrator: anybody’s first or reset";
    CreateIntegration "createIntegration" [Administrator] None, false, "";
    RevokeIntegration "revokeIntegration" [Administrator] None, false, "";
    UpdateOffice "updateOffice" [Administrator] None, false, "";
    AcknowledgeHandbook "acknowledgeHandbook" [Member ProjectManager Coordinator Administrator] None, false, "";
    ProposeHandbook "proposeHandbook" [Coordinator] None, false, "";
    ActivateHandbook "activateHandbook" [Coordinator] None, false, "a proposal whose rules pass their examples";
    DiscardHandbook "discardHandbook" [Coordinator] None, false, "a proposal";
    AddListEntry "addListEntry" [Coordinator] None, false, "";
    RemoveListEntry "removeListEntry" [Coordinator] None, false, "";
    ProposeInitiative "proposeInitiative" [Member ProjectManager Coordinator] None, false, "";
    UpdateInitiative "updateInitiative" [Member ProjectManager Coordinator] None, false, "its project manager, or a coordinator; until it is decided, who proposed it";
    AcknowledgeInitiative "acknowledgeInitiative" [Coordinator] None, false, "";
    DeclineInitiative "declineInitiative" [Coordinator] None, false, "";
    CloseInitiative "closeInitiative" [ProjectManager Coordinator] None, false, "its project manager, or a coordinator";
    CompleteClosing "completeClosing" [Coordinator] None, false, "each of its channels, its posts and its plan’s goals is settled";
    AskAboutInitiative "askAboutInitiative" [Coordinator] None, false, "a proposed initiative";
    AnswerInitiativeQuestion "answerInitiativeQuestion" [Member ProjectManager Coordinator] None, false, "who proposed it, its project manager, or a coordinator";
    Mails "mails" [Administrator] None, false, "";
    RetryMail "retryMail" [Administrator] None, false, "not taken by the mail server, as far as is known";
    GiveUpMail "giveUpMail" [Administrator] None, false, "not sent";
    SettleConversation "settleConversation" [Member ProjectManager Coordinator] None, false, "its owner, a steward of its channel, or a coordinator";
    AssignConversation "assignConversation" [Member ProjectManager Coordinator] None, false, "its owner, a steward of its channel, or a coordinator";
    DelegateTasks "delegateTasks" [Member ProjectManager Coordinator Administrator] None, false, "your own; coordinators and administrators: anybody’s";
    EndDelegation "endDelegation" [Member ProjectManager Coordinator Administrator] None, false, "whose tasks they are, who stands in, coordinators and administrators";
    UpdateMyMail "updateMyMail" [Member ProjectManager Coordinator Administrator] None, false, "your own; mail that asks you to act cannot be turned off";
    WritePlan "writePlan" [ProjectManager Coordinator] None, false, "its project manager, or a coordinator";
    ApprovePlan "approvePlan" [Coordinator] None, false, "";
    RecordMeasurement "recordMeasurement" [ProjectManager Coordinator] None, false, "its project manager, or a coordinator";
    SetBloggingDuty "setBloggingDuty" [ProjectManager Coordinator] None, false, "its project manager, or a coordinator; an active initiative, one of the office’s blogs";
    EndBloggingDuty "endBloggingDuty" [Coordinator] None, false, "for a reason";
    RequestChannel "requestChannel" [Member ProjectManager Coordinator] None, false, "";
    ImportChannels "importChannels" [Coordinator] None, false, "";
    ApproveChannel "approveChannel" [Coordinator] None, false, "";
    DeclineChannel "declineChannel" [Coordinator] None, false, "";
    ConnectChannel "connectChannel" [Coordinator Administrator] None, false, "at an address that is not public: an administrator";
    PlatformApps "platformApps" [Coordinator Administrator] None, false, "";
    SetPlatformApp "setPlatformApp" [Administrator] None, false, "";
    RemovePlatformApp "removePlatformApp" [Administrator] None, false, "";
    BeginChannelAuthorization "beginChannelAuthorization" [Coordinator Administrator] None, false, "at an address that is not public: an administrator";
    CompleteChannelAuthorization "completeChannelAuthorization" [Coordinator Administrator] None, false, "only who began it";
    TestChannel "testChannel" [Member ProjectManager Coordinator Administrator] None, false, "a steward, a coordinator or an administrator";
    ActivateChannel "activateChannel" [Coordinator] None, false, "nothing of its readiness is missing";
    RestChannel "restChannel" [Member ProjectManager Coordinator] None, false, "a steward, or a coordinator";
    ReviewChannel "reviewChannel" [Member ProjectManager Coordinator] None, false, "a steward, or a coordinator";
    TickHandover "tickHandover" [Member ProjectManager Coordinator] None, false, "a steward, or a coordinator";
    RetireChannel "retireChannel" [Coordinator] None, false, "";
    NameCredentialKeeper "nameCredentialKeeper" [Coordinator] None, false, "of a retired channel";
    UpdateChannel "updateChannel" [Member ProjectManager Coordinator] None, false, "a steward, or a coordinator";
    ApproveChannelRecord "approveChannelRecord" [Coordinator] None, false, "";
    AddSteward "addSteward" [Coordinator] None, false, "";
    RemoveSteward "removeSteward" [Coordinator] None, false, "an active channel keeps two";
    SetStewardDuty "setStewardDuty" [Member ProjectManager Coordinator] None, false, "a steward, or a coordinator";
    AddSlot "addSlot" [Member ProjectManager Coordinator] None, false, "a steward, or a coordinator";
    RemoveSlot "removeSlot" [Member ProjectManager Coordinator] None, false, "a steward, or a coordinator";
    CreateUpload "createUpload" [Member ProjectManager Coordinator] Some(Scope::DraftsWrite), false, "";
    CreateDraft "createDraft" [Member ProjectManager Coordinator] Some(Scope::DraftsWrite), false, "";
    ReviseDraft "reviseDraft" [Member ProjectManager Coordinator] Some(Scope::DraftsWrite), false, "";
    SubmitDraft "submitDraft" [Member ProjectManager Coordinator] Some(Scope::DraftsWrite), false, "the current handbook acknowledged; no blocking finding";
    WithdrawDraft "withdrawDraft" [Member ProjectManager Coordinator] Some(Scope::DraftsWrite), false, "its author, the initiative’s project manager, or a coordinator";
    ReassignDraft "reassignDraft" [ProjectManager Coordinator] None, false, "the initiative’s project manager, or a coordinator";
    ReviewDraft "reviewDraft" [Member ProjectManager Coordinator Administrator] None, false, "a project manager or a coordinator; under review policies whom they name; not your own words; the current handbook acknowledged";
    ReviewPolicies "reviewPolicies" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    SetReviewPolicy "setReviewPolicy" [Coordinator] None, false, "";
    EndReviewPolicy "endReviewPolicy" [Coordinator] None, false, "";
    CommentOnDraft "commentOnDraft" [Member ProjectManager Coordinator Administrator] None, false, "";
    SuggestChange "suggestChange" [Member ProjectManager Coordinator Administrator] None, false, "";
    ReplyToDraftComment "replyToDraftComment" [Member ProjectManager Coordinator Administrator] None, false, "";
    ResolveDraftComment "resolveDraftComment" [Member ProjectManager Coordinator Administrator] None, false, "who wrote the comment, or answers for the draft";
    AcceptSuggestion "acceptSuggestion" [Member ProjectManager Coordinator] None, false, "wrote part of the draft, the initiative’s project manager, or a coordinator";
    DeclineSuggestion "declineSuggestion" [Member ProjectManager Coordinator Administrator] None, false, "who suggested it, or answers for the draft";
    ApplyFix "applyFix" [Member ProjectManager Coordinator] Some(Scope::DraftsWrite), false, "";
    Attest "attest" [Member ProjectManager Coordinator] None, false, "wrote part of the draft, or a coordinator";
    WaiveFinding "waiveFinding" [Coordinator] None, false, "not your own words; a rule that may be excepted; the current handbook acknowledged";
    RevokeWaiver "revokeWaiver" [Coordinator] None, false, "";
    SeekAdvice "seekAdvice" [Member ProjectManager Coordinator] None, false, "";
    AskAnotherAdviser "askAnotherAdviser" [Member ProjectManager Coordinator] None, false, "who asked, the initiative’s project manager, or a coordinator";
    GiveAdvice "giveAdvice" [Member ProjectManager Coordinator Administrator] None, false, "the named adviser";
    SchedulePost "schedulePost" [Member ProjectManager Coordinator] Some(Scope::PostsWrite), false, "an approved draft";
    ReschedulePost "reschedulePost" [Member ProjectManager Coordinator] Some(Scope::PostsWrite), false, "before it left";
    CancelPost "cancelPost" [Member ProjectManager Coordinator] Some(Scope::PostsWrite), false, "before it left";
    BulkPosts "bulkPosts" [Member ProjectManager Coordinator] Some(Scope::PostsWrite), false, "the posts that have not left; what the same act on one post demands";
    HoldPost "holdPost" [Member ProjectManager Coordinator Administrator] None, false, "may schedule posts, or a steward of the channel; nobody else holds it";
    ReleasePost "releasePost" [Member ProjectManager Coordinator Administrator] None, false, "who holds it, the initiative’s project manager, or a coordinator; the operator only what the operator holds";
    RetryPost "retryPost" [Member ProjectManager Coordinator] Some(Scope::PostsWrite), false, "surely not out; the operator not what the platform refused";
    LookUpPost "lookUpPost" [Member ProjectManager Coordinator] Some(Scope::PostsWrite), false, "an unconfirmed post";
    ResolvePost "resolvePost" [Coordinator] None, false, "an unconfirmed post that the platform cannot tell about";
    CorrectPost "correctPost" [Member ProjectManager Coordinator] None, false, "a post that is out; an approved revision of its draft";
    WithdrawPost "withdrawPost" [Member ProjectManager Coordinator] None, false, "a post that is out; a steward of its channel, or a coordinator";
    CancelCorrection "cancelCorrection" [Member ProjectManager Coordinator] None, false, "before the platform has done it";
    ReadBackPost "readBackPost" [Member ProjectManager Coordinator] None, false, "a post that is out";
    CreateRecurrence "createRecurrence" [Member ProjectManager Coordinator] None, false, "an approved draft";
    ApproveRecurrence "approveRecurrence" [ProjectManager Coordinator] None, false, "not your own words, nor a recurrence that you made; the current handbook acknowledged";
    UpdateRecurrence "updateRecurrence" [Member ProjectManager Coordinator] None, false, "";
    EndRecurrence "endRecurrence" [Member ProjectManager Coordinator] None, false, "";
    AddBlackout "addBlackout" [Member ProjectManager Coordinator] None, false, "a coordinator; for one channel its stewards too";
    RemoveBlackout "removeBlackout" [Member ProjectManager Coordinator] None, false, "a coordinator; for one channel its stewards too";
    ExemptFromBlackout "exemptFromBlackout" [Member ProjectManager Coordinator] None, false, "a coordinator; for one channel its stewards too";
    CreatePartner "createPartner" [ProjectManager Coordinator] None, false, "";
    UpdatePartner "updatePartner" [Member ProjectManager Coordinator] None, false, "who looks after it, or a coordinator";
    EndPartner "endPartner" [Member ProjectManager Coordinator] None, false, "who looks after it, or a coordinator";
    PausePublishing "pausePublishing" [Coordinator] None, false, "";
    PreviewResume "previewResume" [Member ProjectManager Coordinator Administrator] Some(Scope::OfficeRead), false, "";
    ChangeExemptions "changeExemptions" [Coordinator] None, false, "a pause that stands or is to come";
    ResumePublishing "resumePublishing" [Coordinator] None, false, "the operator only what the operator paused";
}
