//! Typed ids: one newtype over `UUIDv7` for each table, so that a post's id cannot be passed where a draft's is meant.
//!
//! Knows how an id is stored. Does not know how one is made (that is `office::IdSource`) nor how GraphQL shows it.

use sea_orm::{DbErr, TryFromU64, entity::prelude::*};
use serde::{Deserialize, Serialize};

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

typed_id! {
    /// One change of the public directory.
    DirectoryChangeId
    /// An office.
    OfficeId
    /// A member of an office.
    MemberId
    /// A machine client.
    IntegrationId
    /// One refresh token of a signed-in member.
    SessionId
    /// A key that signs access tokens.
    SigningKeyId
    /// A one-time link that makes the first administrator.
    SetupLinkId
    /// One version of an office's handbook.
    HandbookId
    /// A member's acknowledgement of one handbook version.
    AcknowledgementId
    /// An initiative.
    InitiativeId
    /// One version of a communications plan.
    PlanId
    /// A key message, through all versions of a plan.
    KeyMessageId
    /// A goal, through all versions of a plan.
    GoalId
    /// A figure measured for a goal.
    MeasurementId
    /// An initiative's duty to blog.
    BloggingDutyId
    /// A channel.
    ChannelId
    /// A member's stewardship of a channel.
    StewardId
    /// What is handed over when somebody leaves a channel.
    ChannelHandoverId
    /// A yearly look at a channel.
    ChannelReviewId
    /// A recurring posting time.
    SlotId
    /// A draft.
    DraftId
    /// One immutable revision of a draft.
    RevisionId
    /// A revision's text for one channel.
    RevisionTargetId
    /// A media item's place in a revision.
    RevisionMediaId
    /// A stored media item.
    MediaId
    /// A review.
    ReviewId
    /// A review policy.
    ReviewPolicyId
    /// A comment on a draft.
    DraftCommentId
    /// An answer to a rule's question.
    AttestationId
    /// An exception to a finding.
    WaiverId
    /// A post.
    PostId
    /// One try to put a post out, or to look it up.
    AttemptId
    /// A pause.
    PauseId
    /// What was done to many posts at once.
    BulkActId
    /// A partner that the office supports.
    PartnerId
    /// An account of a partner.
    PartnerAddressId
    /// Something that the public said to a channel.
    ConversationId
    /// A blackout.
    BlackoutId
    /// Tasks given to a deputy for some days.
    DelegationId
    /// A recurrence.
    RecurrenceId
    /// An audit entry.
    AuditEntryId
    /// A remembered client key.
    ClientKeyId
    /// An entry of an office's public feed.
    FeedEntryId
    /// A link, and what was found where it leads.
    LinkCheckId
    /// An application that an office registered at a platform.
    PlatformAppId
    /// A consent that is asked for at a platform.
    ChannelAuthorizationId
    /// What is done about a post that is out.
    CorrectionId
    /// A mail to a member.
    MailId
    /// What a coordinator asked about an initiative.
    InitiativeQuestionId
    /// What is asked of a channel's platform again and again.
    ChannelRoundId
    /// The figures of a post.
    PostFiguresId
    /// The reading back of a post.
    ReadBackId
    /// A running worker process.
    WorkerId
}
