//! The schema: one folder a domain, with its objects, queries and mutations; beside them what all of them share. Knows
//! how the office's words look to clients; every resolver asks `office`, none decides.

mod attestation;
mod blackout;
mod blogging;
mod change;
pub(crate) mod channel;
mod comment;
mod context;
mod conversation;
mod coverage;
mod delegation;
pub(crate) mod directory;
mod draft;
mod edit;
pub(crate) mod finding;
mod handbook;
pub(crate) mod id;
pub(crate) mod initiative;
mod integration;
mod loaders;
mod mail;
mod member;
mod node;
mod office;
pub(crate) mod paging;
mod partner;
mod pause;
mod post;
mod recurrence;
mod relation;
mod relations;
mod review;
mod scalars;
mod schema;
mod simulation;
mod task;
mod waiver;

pub use channel::CALLBACK;
pub(crate) use context::{Caller, RequestData, Services};
pub use schema::{Schema, schema, sdl};

/// How clients know an initiative, for addresses that are made elsewhere.
pub fn initiative_id(id: entity::InitiativeId) -> String {
    id::encode(id).0
}
