//! Rules about who speaks, where, for what and with whose knowledge (`PS`, `IC`, `CP`, `CC2`, `GP6c`, `GP7` and the like): they read
//! what surrounds the words. This list knows only which rules there are.
//!
//! That the guidelines bind an account at all (`PS4`) is no finding: whatever is checked here is bound.

mod account_unjustified;
mod around;
mod blog_missing;
mod capacity_conflict;
mod capacity_undeclared;
mod collision;
mod contact_missing;
mod coordinator_not_consulted;
mod correction_unlinked;
mod disclaimer_missing;
mod doubt;
mod duplicate;
mod facts;
mod handbook_stale;
mod hashtag;
mod labels;
mod language;
mod naming;
mod negation;
mod no_plan;
mod no_steward;
mod not_notified;
mod not_shareable;
mod off_message;
mod operator_unnamed;
mod personal_on_office_account;
mod plan_audience;
mod plan_goals;
mod plan_key_messages;
mod plan_missing;
mod plan_shareable;
mod plan_stakeholders;
mod reply_overdue;
mod representative_unclear;
mod section;
mod silent_edit;
mod stems;
mod thanks_due;
mod unknown_source;
mod unlisted_topic;
mod variant_drift;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[
    &blog_missing::BlogMissing,
    &handbook_stale::HandbookStale,
    &operator_unnamed::OperatorUnnamed,
    &contact_missing::ContactMissing,
    &reply_overdue::ReplyOverdue,
    &thanks_due::ThanksDue,
    &correction_unlinked::CorrectionUnlinked,
    &silent_edit::SilentEdit,
    &unknown_source::UnknownSource,
    &no_plan::NoPlan,
    &not_shareable::NotShareable,
    &unlisted_topic::UnlistedTopic,
    &variant_drift::VariantDrift,
    &hashtag::PlanHashtag,
    &off_message::OffMessage,
    &representative_unclear::RepresentativeUnclear,
    &capacity_undeclared::CapacityUndeclared,
    &personal_on_office_account::PersonalOnOfficeAccount,
    &disclaimer_missing::DisclaimerMissing,
    &capacity_conflict::CapacityConflict,
    &duplicate::Duplicate,
    &doubt::Doubt,
    &plan_missing::PlanMissing,
    &coordinator_not_consulted::CoordinatorNotConsulted,
    &plan_audience::PlanAudience,
    &plan_stakeholders::PlanStakeholders,
    &plan_key_messages::PlanKeyMessages,
    &plan_shareable::PlanShareable,
    &plan_goals::PlanGoals,
    &not_notified::NotNotified,
    &account_unjustified::AccountUnjustified,
    &no_steward::NoSteward,
    &collision::Collision,
];
