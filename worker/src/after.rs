//! What is done about posts that are out: corrections are told to their platforms, and posts are read back. Nothing is decided
//! here: `office` says what and when, `connectors` how.

use connectors::{Difference, Message, Outcome, Standing};
use office::{
    Result,
    corrections::{self, Corrected, Due},
    read_backs::{self, Reading, Stood},
};

use crate::{
    Worker,
    message::{self, Unready},
    outcome::{cause, ours, wish},
};

/// Posts that are looked after in one go.
const AT_ONCE: u64 = 20;

/// Tells platforms of the corrections that are due.
pub(crate) async fn correct(worker: &Worker) -> Result<()> {
    for due in corrections::claim(&worker.office, worker.id, AT_ONCE).await? {
        let outcome = tell(worker, &due).await;
        corrections::settle(&worker.office, worker.id, &due, outcome).await?;
    }
    Ok(())
}

async fn tell(worker: &Worker, due: &Due) -> Corrected {
    let connector = match message::connect(&worker.office, &worker.http, worker.id, &due.channel) {
        Ok(connector) => connector,
        Err(why) => return Corrected::CredentialRejected(message::unconnected(&why)),
    };
    let remote_id = due.post.remote_id.clone().unwrap_or_default();
    let outcome = match &due.composed {
        None => connector.delete(&remote_id).await,
        Some(composed) => match message::compose(worker, &due.post, composed, &due.channel).await {
            Ok(message) => connector.update(&remote_id, &message).await,
            Err(Unready::Unfit(cause)) => return Corrected::Refused(cause),
            Err(Unready::Unread(error)) => {
                tracing::error!(post.id = %due.post.id, %error, "its media could not be read");
                return Corrected::Again(ours("MEDIA_UNREADABLE", "its media could not be read"), None);
            }
        },
    };
    match outcome {
        Outcome::Delivered(receipt) => {
            Corrected::Done { remote_id: receipt.remote_id, remote_url: receipt.url }
        }
        Outcome::NotSent { cause: why, retry_after } => Corrected::Again(cause(why), wish(retry_after)),
        // A change waits until the platform is done with it; where it is not, nothing was changed.
        Outcome::Preparing { ask_after, .. } => Corrected::Again(
            ours("PREPARING", "the platform is still preparing its media"),
            wish(Some(ask_after)),
        ),
        // A repeat does no harm: what may have been done is simply told again.
        Outcome::Unknown(why) => Corrected::Again(cause(why), None),
        Outcome::Refused(why) => Corrected::Refused(cause(why)),
        Outcome::CredentialRejected(why) => Corrected::CredentialRejected(cause(why)),
    }
}

/// Reads back the posts whose time has come.
pub(crate) async fn read_back(worker: &Worker) -> Result<()> {
    read_backs::take_up(&worker.office, worker.id).await?;
    for reading in read_backs::claim(&worker.office, worker.id, AT_ONCE).await? {
        let stood = read(worker, &reading).await;
        read_backs::settle(&worker.office, worker.id, &reading, stood).await?;
    }
    Ok(())
}

async fn read(worker: &Worker, reading: &Reading) -> Stood {
    let Some(composed) = &reading.composed else {
        let detail = "the channel's signature or language changed since it was sent: it cannot be compared";
        return Stood::CannotTell(ours("WORDS_CHANGED", detail));
    };
    let connector = match message::connect(&worker.office, &worker.http, worker.id, &reading.channel) {
        Ok(connector) => connector,
        Err(why) => return Stood::Unreachable(message::unconnected(&why), None),
    };
    let remote_id = reading.post.remote_id.clone().unwrap_or_default();
    let message: Message = match message::compose(worker, &reading.post, composed, &reading.channel).await {
        Ok(message) => message,
        Err(Unready::Unfit(cause)) => return Stood::CannotTell(cause),
        Err(Unready::Unread(error)) => {
            tracing::error!(post.id = %reading.post.id, %error, "its media could not be read");
            return Stood::Unreachable(ours("MEDIA_UNREADABLE", "its media could not be read"), None);
        }
    };
    match connector.read_back(&remote_id, &message).await {
        Standing::AsSent => Stood::AsSent,
        Standing::Changed(what) => Stood::Changed(Difference::as_str(what)),
        Standing::Gone => Stood::Gone,
        Standing::CannotTell(why) => Stood::CannotTell(cause(why)),
        Standing::Unreachable { cause: why, retry_after } => {
            Stood::Unreachable(cause(why), wish(retry_after))
        }
    }
}
