//! What is stored: one dense entity a file, no behaviour.
//!
//! Knows tables, columns and the closed sets that columns hold. Knows nothing of who may change a row, of the order
//! in which states follow each other (that is `office::lifecycle`), of GraphQL or of HTTP. Every table but the four
//! of the deployment itself (`signing_key`, `setup_link`, `worker_beat`, `directory_head`) carries the office that owns the row.

pub mod acknowledgement;
pub mod attempt;
pub mod attestation;
pub mod audit_entry;
pub mod audit_head;
pub mod blackout;
pub mod blogging_duty;
pub mod bulk_act;
pub mod channel;
pub mod channel_authorization;
pub mod channel_handover;
pub mod channel_head;
pub mod channel_review;
pub mod channel_round;
pub mod client_key;
pub mod conversation;
pub mod correction;
pub mod delegation;
pub mod directory_change;
pub mod directory_head;
pub mod draft;
pub mod draft_comment;
pub mod feed_entry;
pub mod handbook;
pub mod ids;
pub mod initiative;
pub mod initiative_question;
pub mod integration;
pub mod link_check;
pub mod mail;
pub mod measurement;
pub mod media;
pub mod member;
pub mod office;
pub mod partner;
pub mod partner_address;
pub mod pause;
pub mod plan;
pub mod platform_app;
pub mod post;
pub mod post_figures;
pub mod post_preparation;
pub mod read_back;
pub mod recurrence;
pub mod review;
pub mod review_policy;
pub mod revision;
pub mod revision_media;
pub mod revision_target;
pub mod session;
pub mod setup_link;
pub mod signing_key;
pub mod slot;
pub mod steward;
pub mod waiver;
pub mod worker_beat;

pub use ids::*;
