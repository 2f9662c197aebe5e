//! What stands around many posts: other posts at the moments where they would be, living posts of the same revisions, and
//! slots. Only reads: a handful of statements, and two for each slot that is given.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Datelike as _, Utc};
use entity::{ChannelId, RevisionId, post, post::PostState, slot};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::people;
use super::plan::{Around, Asked, Moment, Once, Step, TAKES_A_MOMENT, instants};
use crate::{
    Office, Requester,
    blackouts::{self, Reaching},
    calendar::{self, LocalInstant},
    error::Result,
    posts::{LIVING, timing},
};

/// Slots of one channel that are looked at.
const SLOTS_AT_MOST: u64 = 200;

/// Loads what stands around these posts of one office.
pub(super) async fn load(
    office: &Office,
    db: &impl ConnectionTrait,
    requester: &Requester,
    asked: &Asked,
    posts: &[post::Model],
) -> Result<Around> {
    let office_id = requester.office_id;
    if posts.is_empty() || !asked.step.moves() {
        let people = people::standing(office, db, requester, &asked.step, posts, asked.now).await?;
        return Ok(Around { people, ..Around::default() });
    }
    let mut around = Around {
        taken: taken(db, &instants(asked, posts)?, posts).await?,
        living: living(db, posts).await?,
        ..Around::default()
    };
    if asked.step == Step::Reslot {
        around.own = own_slots(db, posts, asked.now).await?;
        let blackouts = blackouts::standing(db, &[office_id], asked.now).await?;
        around.own.retain(|moment, time| {
            let reaching = Reaching { standing: &blackouts, office_id, channel_id: moment.0, post_id: None };
            !around.taken.contains(moment) && reaching.stops(time.instant).is_none()
        });
        for (channel, wanted) in wanted(posts) {
            let next = |after| timing::next_free_slot(office, db, office_id, channel, after);
            let free = free_slots(next, channel, &wanted, &around.own, asked.now).await?;
            around.free.insert(channel, free);
        }
    }
    Ok(around)
}

/// Which of these moments other posts have.
async fn taken(
    db: &impl ConnectionTrait,
    moments: &HashSet<Moment>,
    posts: &[post::Model],
) -> Result<HashSet<Moment>> {
    let channels: BTreeSet<ChannelId> = moments.iter().map(|(channel, _)| *channel).collect();
    let instants: BTreeSet<DateTime<Utc>> = moments.iter().map(|(_, at)| *at).collect();
    let found: Vec<Moment> = post::Entity::find()
        .select_only()
        .distinct()
        .column(post::Column::ChannelId)
        .column(post::Column::DueAt)
        .filter(post::Column::ChannelId.is_in(channels))
        .filter(post::Column::DueAt.is_in(instants))
        .filter(post::Column::State.is_in(TAKES_A_MOMENT))
        .filter(post::Column::Id.is_not_in(posts.iter().map(|post| post.id)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().filter(|moment| moments.contains(moment)).collect())
}

/// Of the posts that were too late: which of their revisions have a living post on which channel.
async fn living(db: &impl ConnectionTrait, posts: &[post::Model]) -> Result<HashSet<Once>> {
    let late = posts.iter().filter(|post| post.state == PostState::Missed);
    let revisions: BTreeSet<RevisionId> = late.map(|post| post.revision_id).collect();
    if revisions.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<Once> = post::Entity::find()
        .select_only()
        .columns([
            post::Column::RevisionId,
            post::Column::ChannelId,
            post::Column::Occurrence,
            post::Column::Part,
        ])
        .filter(post::Column::RevisionId.is_in(revisions))
        .filter(Expr::cust(LIVING))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// When the posts of each channel are due that could get a slot, earliest first.
fn wanted(posts: &[post::Model]) -> HashMap<ChannelId, Vec<DateTime<Utc>>> {
    let mut wanted: HashMap<ChannelId, Vec<DateTime<Utc>>> = HashMap::new();
    let open = [PostState::Scheduled, PostState::Retrying, PostState::Held, PostState::Missed];
    for post in posts.iter().filter(|post| open.contains(&post.state)) {
        wanted.entry(post.channel_id).or_default().push(post.due_at);
    }
    wanted
}

/// The slots that these posts have now.
async fn own_slots(
    db: &impl ConnectionTrait,
    posts: &[post::Model],
    now: DateTime<Utc>,
) -> Result<HashMap<Moment, LocalInstant>> {
    let channels: BTreeSet<ChannelId> = posts.iter().map(|post| post.channel_id).collect();
    let most = u64::try_from(channels.len()).unwrap_or(u64::MAX).saturating_mul(SLOTS_AT_MOST);
    let slots =
        slot::Entity::find().filter(slot::Column::ChannelId.is_in(channels)).limit(most).all(db).await?;
    let mut of_channel: HashMap<ChannelId, Vec<slot::Model>> = HashMap::new();
    for slot in slots {
        of_channel.entry(slot.channel_id).or_default().push(slot);
    }
    let mut own = HashMap::new();
    for post in posts.iter().filter(|post| post.due_at > now) {
        for slot in of_channel.get(&post.channel_id).into_iter().flatten() {
            if let Some(time) = occurrence(slot, post.due_at)? {
                own.insert((post.channel_id, post.due_at), time);
            }
        }
    }
    Ok(own)
}

/// The slot's occurrence at this instant; none when it has none then.
fn occurrence(slot: &slot::Model, at: DateTime<Utc>) -> Result<Option<LocalInstant>> {
    let there = calendar::local(at, &slot.time_zone)?;
    let time = calendar::resolve("localTime", &there.local_time, &slot.time_zone)?;
    let weekday = calendar::day(at, &slot.time_zone)?.weekday().number_from_monday();
    let same_day = i16::try_from(weekday).is_ok_and(|weekday| weekday == slot.weekday);
    let hour = there.local_time.split('T').nth(1).and_then(|time| time.strip_suffix(":00"));
    let same = same_day && hour == Some(slot.local_time.as_str());
    Ok((same && time.instant == at).then_some(time))
}

/// The next free slots of a channel, as many as its posts could need besides those that they leave.
async fn free_slots<N>(
    next: impl Fn(DateTime<Utc>) -> N,
    channel: ChannelId,
    wanted: &[DateTime<Utc>],
    own: &HashMap<Moment, LocalInstant>,
    now: DateTime<Utc>,
) -> Result<Vec<LocalInstant>>
where
    N: Future<Output = Result<Option<LocalInstant>>>,
{
    let mut free: Vec<LocalInstant> = Vec::new();
    let left: BTreeSet<DateTime<Utc>> =
        wanted.iter().copied().filter(|due| own.contains_key(&(channel, *due))).collect();
    let mut after = now;
    // Whatever lies behind as many slots as there are posts is never given.
    while free.len() + left.iter().filter(|due| **due < after).count() < wanted.len() {
        let Some(time) = next(after).await? else { break };
        after = time.instant;
        free.push(time);
    }
    Ok(free)
}
