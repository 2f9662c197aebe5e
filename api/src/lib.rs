//! GraphQL over actix-web: what clients of Masthead talk to.
//!
//! Knows HTTP, `WebSocket`, tokens, and how the office's words look in GraphQL. Decides nothing about the office: every
//! query and mutation asks `office` for a permit and calls it. Knows no SQL and no platform.

mod auth;
pub mod directory;
mod error;
mod graphql;
mod http;
mod server;
mod settings;

pub use graphql::{CALLBACK, Schema, initiative_id, schema, sdl};
pub use http::MetricsRender;
pub use server::Server;
pub use settings::ApiSettings;
