//! What platforms keep of posts that are not out yet, between two tries: sealed, a row a post, and only while it is of use.
//! Knows how long a post may be prepared and when it is tried next; not what it is that a platform keeps.

use std::{collections::HashMap, fmt};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use entity::{ChannelId, OfficeId, PostId, post, post_preparation};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict, Query},
};
use serde_json::{Value, json};

use super::{Cause, SendOutcome, settle::Settlement};
use crate::{
    Actor, Limits, Office, Requester,
    change::Change,
    database::given::{Given, Kind, id, narrowed},
    error::Result,
};

/// Stable code of a post that its platform is still preparing.
pub(crate) const PREPARING: &str = "PREPARING";

/// What a connector wants to be given back by the next try, as it writes it. It may hold the address of an upload, which is
/// its own permission: it is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared(String);

impl Prepared {
    /// From the connector's stored form.
    pub fn new(stored: String) -> Self {
        Self(stored)
    }

    /// The connector's stored form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prepared(..)")
    }
}

fn context(post: PostId) -> String {
    format!("post_preparation|sealed|{post}")
}

/// What was prepared of claimed posts, where it is of the same words; those that nobody claimed before cost nothing.
pub(super) async fn load(
    office: &Office,
    change: &Change<'_>,
    posts: impl IntoIterator<Item = &post::Model>,
) -> Result<HashMap<PostId, Prepared>> {
    let before = posts.into_iter().filter(|post| post.fence > 0).map(given).collect();
    let rows = rows(change, before).await?;
    let mut prepared = HashMap::with_capacity(rows.len());
    for row in rows.into_values() {
        let opened = office.vault.open(&context(row.post_id), &row.sealed).map(String::from_utf8);
        if let Ok(Ok(stored)) = opened {
            prepared.insert(row.post_id, Prepared(stored));
        } else {
            // Sealed by another key, or damaged: beginning anew loses nothing but time.
            tracing::error!(post.id = %row.post_id, "what was prepared of the post does not open");
        }
    }
    Ok(prepared)
}

fn given(post: &post::Model) -> Value {
    json!([id(post.id), post.digest])
}

/// The rows of these posts, where they are of these digests.
async fn rows(change: &Change<'_>, posts: Vec<Value>) -> Result<HashMap<PostId, post_preparation::Model>> {
    const SQL: &str = "SELECT post_preparation.* FROM {given} JOIN post_preparation \
                       ON post_preparation.post_id = given.id WHERE post_preparation.digest = given.digest";
    let given = Given::new(&[("id", Kind::Id), ("digest", Kind::Text)], posts);
    if given.is_empty() {
        return Ok(HashMap::new());
    }
    let few = narrowed(change.engine(), "post_preparation.post_id");
    let statement = given.statement(change.engine(), &format!("{SQL}{few}"), []);
    let rows = post_preparation::Entity::find().from_raw_sql(statement).all(change.tx()).await?;
    Ok(rows.into_iter().map(|row| (row.post_id, row)).collect())
}

/// One more try that left something behind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Round {
    pub(super) since: DateTime<Utc>,
    number: i32,
}

impl Round {
    /// Whether it has taken longer than anybody should wait.
    pub(super) fn is_over(&self, limits: &Limits, now: DateTime<Utc>) -> bool {
        now - self.since >= TimeDelta::seconds(limits.preparing_seconds)
    }

    /// How long until the next: at once where there is more to hand over, and otherwise longer the longer it has taken, so that
    /// what takes hours is not asked about all the time.
    pub(super) fn wait(&self, limits: &Limits, now: DateTime<Utc>, ask_after: TimeDelta) -> TimeDelta {
        if ask_after <= TimeDelta::zero() {
            return TimeDelta::zero();
        }
        let quarter = (now - self.since) / 4;
        ask_after.max(quarter.min(TimeDelta::seconds(limits.preparing_wait_seconds_max)))
    }

    /// Why the post is not out yet.
    pub(super) fn cause(&self, ask_after: TimeDelta) -> Cause {
        let since = self.since.to_rfc3339_opts(SecondsFormat::Secs, true);
        let detail = if ask_after <= TimeDelta::zero() {
            format!("its media are being handed over to the platform since {since}")
        } else {
            format!("the platform is still preparing its media since {since}")
        };
        Cause { code: PREPARING.to_owned(), detail, http_status: None }
    }
}

/// Why a post that was prepared for too long is begun anew.
pub(super) fn too_long() -> Cause {
    Cause {
        code: "PREPARING_TOO_LONG".to_owned(),
        detail: "the platform did not finish preparing its media in time: they are uploaded anew".to_owned(),
        http_status: None,
    }
}

/// Which round each of these posts has come to, where its try left something behind.
pub(super) async fn rounds(
    change: &Change<'_>,
    held: &HashMap<(PostId, i64), post::Model>,
    settlements: &[Settlement],
) -> Result<HashMap<PostId, Round>> {
    let mut posts: Vec<&post::Model> = Vec::new();
    for settlement in settlements {
        if matches!(settlement.outcome, SendOutcome::Preparing(..)) {
            posts.extend(held.get(&(settlement.lease.post_id, settlement.lease.fence)));
        }
    }
    let before = rows(change, posts.iter().map(|post| given(post)).collect()).await?;
    let round = |post: &post::Model| {
        let row = before.get(&post.id);
        let since = row.map_or(change.now, |row| row.since);
        (post.id, Round { since, number: row.map_or(0, |row| row.rounds).saturating_add(1) })
    };
    Ok(posts.into_iter().map(round).collect())
}

/// Keeps what a try left for the next one.
pub(super) async fn keep(
    office: &Office,
    change: &Change<'_>,
    post: &post::Model,
    round: Round,
    prepared: &Prepared,
) -> Result<()> {
    use post_preparation::Column;
    let row = post_preparation::Model {
        post_id: post.id,
        office_id: post.office_id,
        digest: post.digest.clone(),
        sealed: office.vault.seal(&context(post.id), prepared.0.as_bytes())?,
        since: round.since,
        rounds: round.number,
    };
    let newer = OnConflict::column(Column::PostId)
        .update_columns([Column::Digest, Column::Sealed, Column::Since, Column::Rounds])
        .to_owned();
    let row: post_preparation::ActiveModel = row.into();
    let insert = post_preparation::Entity::insert(row.reset_all()).on_conflict(newer);
    insert.exec_without_returning(change.tx()).await?;
    Ok(())
}

/// Drops what was prepared of posts: a platform that refused them can make nothing of it.
pub(super) async fn forget(change: &Change<'_>, posts: Vec<PostId>) -> Result<()> {
    if !posts.is_empty() {
        let those = post_preparation::Column::PostId.is_in(posts);
        post_preparation::Entity::delete_many().filter(those).exec(change.tx()).await?;
    }
    Ok(())
}

/// Drops what was prepared on a channel: it may speak for another account from now on, which has none of it.
pub(crate) async fn forget_channel(tx: &DatabaseTransaction, channel_id: ChannelId) -> Result<()> {
    let posts = Query::select()
        .column(post::Column::Id)
        .from(post::Entity)
        .and_where(post::Column::ChannelId.eq(channel_id))
        .take();
    let of_channel = post_preparation::Column::PostId.in_subquery(posts);
    post_preparation::Entity::delete_many().filter(of_channel).exec(tx).await?;
    Ok(())
}

/// Drops what is of use to nobody any more: of posts whose way is over, and what became too old while a post was not tried.
/// What platforms keep they drop by themselves. Tells how many.
pub async fn prune(office: &Office) -> Result<u64> {
    const WITH: &str =
        "EXISTS (SELECT 1 FROM post WHERE post.id = post_preparation.post_id AND post.state IN ({states}))";
    let of = |states: &str| Expr::cust(WITH.replace("{states}", states));
    let change = office.begin(&Requester::new(OfficeId(uuid::Uuid::nil()), Actor::Operator)).await?;
    let over = of("'PUBLISHED', 'REJECTED', 'CANCELLED', 'CORRECTED', 'WITHDRAWN', 'DRIFTED'");
    let resting = of("'SCHEDULED', 'HELD', 'MISSED'");
    let old = change.now - TimeDelta::seconds(office.limits.preparing_seconds);
    let of_no_use = Condition::any()
        .add(over)
        .add(Condition::all().add(resting).add(post_preparation::Column::Since.lt(old)));
    let pruned = post_preparation::Entity::delete_many().filter(of_no_use).exec(change.tx()).await?;
    change.commit().await?;
    Ok(pruned.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_asked_about_less_often_and_what_is_handed_over_goes_on_at_once() {
        let limits = Limits::default();
        let since = DateTime::UNIX_EPOCH;
        let round = Round { since, number: 1 };
        let wait = |seconds, ask_after| {
            let now = since + TimeDelta::seconds(seconds);
            round.wait(&limits, now, TimeDelta::seconds(ask_after)).num_seconds()
        };
        assert_eq!((wait(0, 10), wait(60, 10), wait(400, 10), wait(20_000, 10)), (10, 15, 100, 300));
        assert_eq!(wait(20_000, 600), 600, "the platform's own wish");
        assert_eq!(wait(20_000, 0), 0);
        assert!(!round.is_over(&limits, since + TimeDelta::seconds(limits.preparing_seconds - 1)));
        assert!(round.is_over(&limits, since + TimeDelta::seconds(limits.preparing_seconds)));
    }

    #[test]
    fn what_was_prepared_is_shown_to_nobody() {
        let prepared = Prepared::new("https://upload.example/secret".to_owned());
        assert!(!format!("{prepared:?}").contains("secret"));
    }
}
