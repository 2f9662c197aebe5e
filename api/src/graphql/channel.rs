//! Channels: the registry of shared office accounts, who answers for them, when they like to post, and their life.

mod authorization;
mod decide;
mod handover;
mod import;
mod life;
mod object;
mod platform_app;
mod profile;
mod query;
mod queue;
mod readiness;
mod record;
mod request;
mod retirement;
mod review;
mod risk;
mod slot;
mod steward;
mod values;

pub use authorization::CALLBACK;
pub(crate) use authorization::ChannelAuthorizationMutation;
pub(crate) use decide::ChannelDecisionMutation;
pub(crate) use handover::{ChannelHandover, HandoverMutation};
pub(crate) use import::{ChannelImportMutation, ImportOutcome};
pub(crate) use life::ChannelLifeMutation;
pub(crate) use object::Channel;
pub(crate) use platform_app::{PlatformAppMutation, PlatformAppQuery};
pub(crate) use query::{BY_HANDLE, ChannelQuery};
pub(crate) use record::ChannelRecordMutation;
pub(crate) use request::ChannelRequestMutation;
pub(crate) use retirement::ChannelRetirementMutation;
pub(crate) use review::ChannelReviewMutation;
pub(crate) use slot::{Slot, SlotMutation, Weekday};
pub(crate) use steward::{Steward, StewardMutation};
pub(crate) use values::{ChannelRecord, Platform};
