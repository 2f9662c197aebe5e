//! What tests stand on: fresh databases on each engine, the real program as a process, and a client.

pub(crate) mod client;
pub(crate) mod desk;
pub(crate) mod engine;
mod founding;
pub(crate) mod looked;
mod place;
pub(crate) mod program;
pub(crate) mod served;
pub(crate) mod snapshot;
pub(crate) mod socket;
pub(crate) mod story;
