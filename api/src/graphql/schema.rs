//! The roots, merged from the domains, and the schema's text. Knows which domains there are and nothing of them.

use async_graphql::{MergedObject, MergedSubscription, SDLExportOptions, ValidationMode};

use super::{
    attestation::AttestationMutation,
    blackout::{BlackoutMutation, BlackoutQuery},
    blogging::BloggingMutation,
    change::{AuditQuery, ChangeSubscription},
    channel::{
        ChannelAuthorizationMutation, ChannelDecisionMutation, ChannelImportMutation, ChannelLifeMutation,
        ChannelQuery, ChannelRecordMutation, ChannelRequestMutation, ChannelRetirementMutation,
        ChannelReviewMutation, HandoverMutation, PlatformAppMutation, PlatformAppQuery, RadarQuery,
        SlotMutation, StewardMutation,
    },
    comment::{CommentMutation, SuggestionMutation},
    conversation::{ConversationMutation, ConversationQuery},
    coverage::CoverageQuery,
    delegation::{DelegationMutation, DelegationQuery},
    directory::DirectoryQuery,
    draft::{CheckQuery, DraftMutation, DraftQuery, FixMutation, ReassignMutation, UploadMutation},
    handbook::{HandbookMutation, HandbookProposalMutation, HandbookQuery, ListEntryMutation},
    initiative::{
        InitiativeLifeMutation, InitiativeMutation, InitiativeQuery, InitiativeQuestionMutation,
        MeasurementMutation, PlanMutation,
    },
    integration::{IntegrationMutation, IntegrationQuery},
    mail::{MailMutation, MailQuery},
    member::{
        DepartureMutation, DepartureQuery, MemberImportMutation, MemberMutation, MemberQuery, SessionMutation,
    },
    node::NodeQuery,
    office::{OfficeMutation, OfficeQuery},
    partner::{PartnerMutation, PartnerQuery},
    pause::{PauseMutation, PauseQuery},
    post::{
        BulkPostMutation, CorrectionMutation, ExplainQuery, PostMutation, PostOperationMutation, PostQuery,
        QueueStatusQuery, WarningQuery,
    },
    recurrence::{RecurrenceMutation, RecurrenceQuery},
    review::{ReviewMutation, ReviewPolicyMutation, ReviewPolicyQuery},
    simulation::SimulationQuery,
    task::TaskQuery,
    waiver::{RuleRecordQuery, WaiverMutation},
};

/// Everything that can be asked.
#[derive(Debug, MergedObject, Default)]
pub struct Query(
    NodeQuery,
    MemberQuery,
    DepartureQuery,
    OfficeQuery,
    InitiativeQuery,
    CoverageQuery,
    ChannelQuery,
    PlatformAppQuery,
    DirectoryQuery,
    HandbookQuery,
    TaskQuery,
    IntegrationQuery,
    DraftQuery,
    CheckQuery,
    ReviewPolicyQuery,
    RuleRecordQuery,
    PostQuery,
    ExplainQuery,
    SimulationQuery,
    QueueStatusQuery,
    WarningQuery,
    RecurrenceQuery,
    PartnerQuery,
    PauseQuery,
    BlackoutQuery,
    DelegationQuery,
    ConversationQuery,
    RadarQuery,
    AuditQuery,
    MailQuery,
);

/// Everything that can be changed.
#[derive(Debug, MergedObject, Default)]
pub struct Mutation(
    MemberMutation,
    MemberImportMutation,
    DepartureMutation,
    SessionMutation,
    OfficeMutation,
    InitiativeMutation,
    InitiativeLifeMutation,
    InitiativeQuestionMutation,
    PlanMutation,
    MeasurementMutation,
    BloggingMutation,
    ChannelRequestMutation,
    ChannelDecisionMutation,
    ChannelImportMutation,
    ChannelAuthorizationMutation,
    PlatformAppMutation,
    ChannelLifeMutation,
    ChannelReviewMutation,
    ChannelRetirementMutation,
    HandoverMutation,
    ChannelRecordMutation,
    StewardMutation,
    SlotMutation,
    HandbookMutation,
    HandbookProposalMutation,
    ListEntryMutation,
    IntegrationMutation,
    DraftMutation,
    FixMutation,
    ReassignMutation,
    UploadMutation,
    AttestationMutation,
    WaiverMutation,
    ReviewMutation,
    ReviewPolicyMutation,
    CommentMutation,
    SuggestionMutation,
    PostMutation,
    BulkPostMutation,
    PostOperationMutation,
    CorrectionMutation,
    RecurrenceMutation,
    PartnerMutation,
    PauseMutation,
    BlackoutMutation,
    DelegationMutation,
    ConversationMutation,
    MailMutation,
);

/// Everything that can be listened to.
#[derive(Debug, MergedSubscription, Default)]
pub struct Subscription(ChangeSubscription);

/// The schema of the API.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Builds the schema. Limits are the gate's (`http::gate`): it has validated every document before it comes here, so
/// the library's own validation is not run a second time.
pub fn schema() -> Schema {
    async_graphql::Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .validation_mode(ValidationMode::Fast)
        .disable_suggestions()
        .finish()
}

/// The schema's text, in an order that does not depend on the code's: `schema.graphql` is this.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident()
        .indent_width(2);
    let mut text = schema().sdl_with_options(options);
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
