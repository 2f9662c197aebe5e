//! Signs of life of worker processes.

use sea_orm::entity::prelude::*;

use crate::WorkerId;

/// A worker process.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_beat")]
pub struct Model {
    /// Key: new at each start.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WorkerId,
    /// Machine name.
    pub host: String,
    /// Version of the program.
    pub version: String,
    /// When it started.
    pub started_at: DateTimeUtc,
    /// When it last looked at the queue.
    pub ticked_at: DateTimeUtc,
    /// Posts that it held then.
    pub in_flight: i32,
    /// When it drained and stopped; null while it runs or when it died.
    pub stopped_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
