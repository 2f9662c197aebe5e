//! Hears what other processes commit to the shared PostgreSQL, and rings this process's bell. SQLite has no such news.
//! A connection that was lost is made again, and then everybody looks for themselves: news was missed.

use std::time::Duration;

use office::{CHAINS, Office, QUEUE};
use sea_orm::DatabaseBackend;
use sqlx::postgres::PgListener;
use tokio_util::sync::CancellationToken;

use super::Roles;

/// Wait before a lost connection is made again.
const AGAIN: Duration = Duration::from_secs(2);

/// Listens until stopped.
pub(super) async fn run(office: Office, roles: Roles, stop: CancellationToken) {
    if office.db().engine() != DatabaseBackend::Postgres {
        return;
    }
    let channels: Vec<&str> = [(roles.api, CHAINS), (roles.worker, QUEUE)]
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, name)| name)
        .collect();
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => return,
            heard = hear(&office, &channels) => {
                if let Err(error) = heard {
                    tracing::warn!(%error, "other processes cannot be heard for a moment; looking now and then instead");
                }
            }
        }
        office.bell().missed();
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}

/// Until the connection is lost.
async fn hear(office: &Office, channels: &[&str]) -> Result<(), sqlx::Error> {
    let pool = office.db().read().get_postgres_connection_pool();
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen_all(channels.iter().copied()).await?;
    office.bell().missed();
    while let Some(news) = listener.try_recv().await? {
        office.bell().hear_message(news.payload());
    }
    Ok(())
}
