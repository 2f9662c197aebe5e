//! What becomes of what the public said: it is kept with the place from which to read on, in one change, so that nothing is
//! lost and nothing is kept twice. When a channel is read is `rounds`.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, ConversationId, OfficeId, WorkerId, conversation, conversation::ConversationKind, post,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::OnConflict,
};
use serde_json::json;
use url::Url;

use crate::{
    Office,
    change::Change,
    error::Result,
    rounds::{self, Asked, Round},
};

/// How long ago a post was published that an answer is matched with.
const POSTS: TimeDelta = TimeDelta::days(90);

/// Bytes of a platform's name for something, at most.
const NAME_BYTES: usize = 512;

/// Bytes of an address, at most.
const URL_BYTES: usize = 2_048;

/// Something that the public said.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The platform's own name for it.
    pub remote_id: String,
    /// What the public did.
    pub kind: ConversationKind,
    /// Where the public finds it.
    pub url: Option<String>,
    /// The platform's name for our post that it answers.
    pub answers: Option<String>,
    /// When, by the platform's clock.
    pub said_at: Option<DateTime<Utc>>,
}

/// What was said.
#[derive(Debug, Clone)]
pub struct Said {
    /// Oldest first.
    pub heard: Vec<Heard>,
    /// From where to read on; none: as before.
    pub cursor: Option<String>,
    /// Whether there is more now.
    pub more: bool,
}

/// Keeps what was read, if the lease still holds.
pub async fn settle(office: &Office, worker: WorkerId, round: &Round, asked: Asked<Said>) -> Result<()> {
    let Some((mut change, row)) = rounds::held(office, worker, round).await? else { return Ok(()) };
    match asked {
        Asked::Answered(Said { heard, cursor, more }) => {
            keep(&mut change, row.channel_id, heard, row.read_at.is_none()).await?;
            rounds::answered(&change, row, cursor, more).await?;
        }
        Asked::Unanswered(cause, wish) => rounds::unanswered(&change, row, (cause, wish)).await?,
    }
    change.commit().await
}

/// What was said long before anybody listened nobody answers any more: of the first reading only what is recent is kept.
async fn keep(change: &mut Change<'_>, channel: ChannelId, heard: Vec<Heard>, first: bool) -> Result<()> {
    let recent = change.now - TimeDelta::days(change.limits().unanswered_days);
    let answer = TimeDelta::hours(change.limits().answer_hours);
    let mut kept: u64 = 0;
    for one in heard {
        let said_at = one.said_at.filter(|at| *at <= change.now).unwrap_or(change.now);
        if first && said_at < recent || !is_name(&one.remote_id) {
            continue;
        }
        // Nobody waits since before it could be read here: what is told later, as by a server that was away, is due later too.
        let said_at = said_at.max(recent);
        let row = conversation::Model {
            id: change.id::<ConversationId>(),
            office_id: change.office_id(),
            channel_id: channel,
            post_id: answered(change, change.office_id(), channel, one.answers.as_deref()).await?,
            remote_id: one.remote_id,
            kind: one.kind,
            url: one.url.filter(|url| leads_somewhere(url)),
            said_at,
            due_at: said_at + answer,
            owner_id: None,
            draft_id: None,
            answer_id: None,
            outcome: None,
            note: None,
            settled_by: None,
            settled_at: None,
            created_at: change.now,
        };
        let once = [conversation::Column::ChannelId, conversation::Column::RemoteId];
        let insert = conversation::Entity::insert(conversation::ActiveModel::from(row).reset_all());
        let once = OnConflict::columns(once).do_nothing().to_owned();
        kept += insert.on_conflict(once).exec_without_returning(change.tx()).await?;
    }
    if kept > 0 {
        change.note("hearChannel", "Channel", channel.0, json!({ "conversations": kept }));
    }
    Ok(())
}

/// A platform's name for something, as far as it can be one.
fn is_name(remote_id: &str) -> bool {
    !remote_id.is_empty() && remote_id.len() <= NAME_BYTES && !remote_id.chars().any(char::is_control)
}

/// An address that a person can be asked to open: of the web, without a password, as short as browsers take it.
fn leads_somewhere(url: &str) -> bool {
    let plain =
        url.len() <= URL_BYTES && url.is_ascii() && !url.contains(|c: char| c.is_control() || c == ' ');
    plain
        && Url::parse(url).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.username().is_empty()
                && url.password().is_none()
                && url.host_str().is_some_and(|host| host.contains('.'))
        })
}

async fn answered(
    change: &Change<'_>,
    office_id: OfficeId,
    channel: ChannelId,
    remote_id: Option<&str>,
) -> Result<Option<entity::PostId>> {
    let Some(remote_id) = remote_id else { return Ok(None) };
    let found = post::Entity::find()
        .select_only()
        .column(post::Column::Id)
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::ChannelId.eq(channel))
        .filter(post::Column::PublishedAt.gte(change.now - POSTS))
        .filter(post::Column::RemoteId.eq(remote_id))
        .order_by_desc(post::Column::PublishedAt)
        .limit(1)
        .into_tuple()
        .one(change.tx())
        .await?;
    Ok(found)
}
