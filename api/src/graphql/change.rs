//! Live updates and the record: what follows the office's audit chain, and what reads it. Calls `office::changes`.

mod audit;
mod follow;
mod object;
mod subscription;

pub(crate) use audit::AuditQuery;
pub(crate) use subscription::ChangeSubscription;
