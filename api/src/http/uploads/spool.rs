//! Bytes that are too many for memory, on their way into a file without a name, which is gone with the process. It does not
//! know what they are.

use std::{fs::File, io, time::Duration};

use actix_web::web::Payload;
use tokio::io::AsyncWriteExt as _;

use super::{Refused, next};
use crate::error::Code;
use actix_web::http::StatusCode;

/// Writes at most `limit` bytes into a file; gives it, and how many there were.
pub(super) async fn to_file(
    mut payload: Payload,
    limit: u64,
    pause: Duration,
) -> Result<(File, u64), Refused> {
    let file = tempfile::tempfile().map_err(|error| broken(&error))?;
    let mut file = tokio::fs::File::from_std(file);
    let mut length = 0_u64;
    while let Some(piece) = next(&mut payload, pause).await? {
        length = length.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if length > limit {
            return Err(Refused::too_large(limit));
        }
        file.write_all(&piece).await.map_err(|error| broken(&error))?;
    }
    file.flush().await.map_err(|error| broken(&error))?;
    Ok((file.into_std().await, length))
}

/// The disk's trouble is for the log.
fn broken(error: &io::Error) -> Refused {
    tracing::error!(%error, "an upload could not be written to the temporary folder");
    let message = "the upload could not be kept: try again later";
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal.name(), message)
}
