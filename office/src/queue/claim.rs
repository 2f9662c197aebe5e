//! Claiming: no more than can be sent now, channels first and offices in turn. In one transaction each post is taken under
//! a lease and a new fence, the gate is evaluated, and the try is written down; so what is committed is exactly "this
//! worker is about to send this". Posts whose gate is shut are held in the same transaction.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;
use entity::{
    ChannelId, OfficeId, PostId, WorkerId, attempt::AttemptKind, channel_head, post, post::PostState,
};
use sea_orm::{DatabaseBackend, EntityTrait, Statement};
use serde_json::json;

use super::{
    Lease, Ready,
    attempts::{self, Begin},
    heads, preparing,
    retry::backoff,
    worker, write,
};
use crate::{
    Office,
    change::Change,
    database::given::{Given, Kind, among, id},
    error::{Fault, OfficeError, Result},
    gate::{self, Facts, Gate, GateKind},
    lifecycle::{Lifecycle as _, PostEvent},
    pauses,
};

/// How much a worker can take on now.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// Posts.
    pub posts: usize,
    /// Posts of one host that may be in flight here at the same time.
    pub per_host: usize,
    /// Posts in flight here, by host.
    pub in_flight: HashMap<String, usize>,
}

impl Room {
    /// Room for so many posts, whatever their hosts.
    pub fn of(posts: usize) -> Self {
        Self { posts, per_host: usize::MAX, in_flight: HashMap::new() }
    }

    /// The hosts that take no more from here now.
    pub(super) fn full_hosts(&self) -> Vec<&str> {
        self.in_flight.keys().map(String::as_str).filter(|host| self.is_full(host)).collect()
    }

    fn is_full(&self, host: &str) -> bool {
        self.in_flight.get(host).is_some_and(|count| *count >= self.per_host)
    }

    /// Takes a place with a channel's host; none is left: false.
    fn take(&mut self, head: &channel_head::Model) -> bool {
        let Some(host) = &head.host else { return true };
        if self.is_full(host) {
            return false;
        }
        *self.in_flight.entry(host.clone()).or_default() += 1;
        true
    }
}

/// What a claim brought.
#[derive(Debug, Default)]
pub struct Claimed {
    /// Posts to send now: their tries are committed.
    pub ready: Vec<Ready>,
    /// Posts that a shut gate stopped, and the state that each is in now.
    pub stopped: Vec<(PostId, PostState)>,
    /// Posts that could not be judged and are looked at again later.
    pub put_back: usize,
}

impl Claimed {
    /// Whether nothing was due that this worker could take.
    pub fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.stopped.is_empty() && self.put_back == 0
    }
}

/// Takes posts that are due, at most one a channel and as many as there is room for.
pub async fn claim(office: &Office, worker_id: WorkerId, mut room: Room) -> Result<Claimed> {
    let mut change = office.begin_by_database_clock(&worker(worker_id)).await?;
    let mut due = due_heads(office, &change, &room).await?;
    due.retain(|head| room.take(head));
    if due.is_empty() {
        // Ended at once: a dropped transaction is rolled back in the pool's own time.
        change.commit().await?;
        return Ok(Claimed::default());
    }
    let posts = first_ready(&change, &due).await?;
    let mut idle: BTreeMap<ChannelId, OfficeId> =
        due.iter().map(|head| (head.channel_id, head.office_id)).collect();
    for post in &posts {
        idle.remove(&post.channel_id);
    }
    let judged = judge(office, &change, posts).await?;
    let mut claimed = Claimed { put_back: judged.failed.len(), ..Claimed::default() };
    claimed.ready = send(office, &mut change, worker_id, judged.open).await?;
    let mut stopped = stop(&mut change, judged.shut)?;
    claimed.stopped = stopped.iter().map(|post| (post.id, post.state)).collect();
    for mut post in judged.failed {
        post.run_at = change.now + backoff(&office.limits, post.id.0, 4, None);
        stopped.push(post);
    }
    idle.extend(stopped.iter().map(|post| (post.channel_id, post.office_id)));
    write::posts(&change, &mut stopped).await?;
    heads::refresh_all(change.tx(), idle.into_iter().map(|(channel, office)| (office, channel)).collect())
        .await?;
    change.commit().await?;
    Ok(claimed)
}

/// Heads with something due, locked: the longest waiting first, but each office in its turn. `IS TRUE` keeps the planner
/// from finding each of the window's heads by walking the window again.
async fn due_heads(office: &Office, change: &Change<'_>, room: &Room) -> Result<Vec<channel_head::Model>> {
    const SQL: &str = "WITH due AS (SELECT channel_id, office_id, next_at FROM channel_head \
        WHERE sending IS NULL AND next_at <= $1{hosts} ORDER BY next_at, channel_id LIMIT $2), \
        turns AS (SELECT channel_id, next_at, row_number() OVER (PARTITION BY office_id ORDER BY next_at, channel_id) AS turn FROM due) \
        SELECT head.* FROM turns JOIN channel_head AS head ON head.channel_id = turns.channel_id \
        WHERE (head.sending IS NULL AND head.next_at <= $1) IS TRUE ORDER BY turns.turn, turns.next_at, turns.channel_id LIMIT $3";
    let engine = change.engine();
    let full = room.full_hosts();
    let hosts = if full.is_empty() { String::new() } else { heads::not_among(engine, "$4") };
    let lock = if engine == DatabaseBackend::Postgres { " FOR UPDATE OF head SKIP LOCKED" } else { "" };
    let sql = format!("{}{lock}", SQL.replace("{hosts}", &hosts));
    let wanted = i64::try_from(room.posts).unwrap_or(i64::MAX);
    let window = i64::try_from(office.limits.claim_window).unwrap_or(i64::MAX).max(wanted);
    let mut values: Vec<sea_orm::Value> = vec![change.now.into(), window.into(), wanted.into()];
    if !full.is_empty() {
        values.push(json!(full).to_string().into());
    }
    let statement = Statement::from_sql_and_values(engine, sql, values);
    Ok(channel_head::Entity::find().from_raw_sql(statement).all(change.tx()).await?)
}

/// The first ready post of each head.
async fn first_ready(change: &Change<'_>, heads: &[channel_head::Model]) -> Result<Vec<post::Model>> {
    const FIRST: &str = "SELECT (SELECT first.id FROM post AS first WHERE first.channel_id = given.channel_id \
        AND first.state IN ('SCHEDULED', 'RETRYING') AND NOT first.waits AND first.run_at <= $2 \
        ORDER BY first.run_at, first.id LIMIT 1) FROM {given}";
    let rows = heads.iter().map(|head| json!([id(head.channel_id)])).collect();
    let given = Given::new(&[("channel_id", Kind::Id)], rows);
    let engine = change.engine();
    // Somebody who cancels or moves a post locks it before the head, which this claim holds: waiting for them would be a
    // deadlock. Their change refreshes the head.
    let lock = if engine == DatabaseBackend::Postgres { " FOR UPDATE OF post SKIP LOCKED" } else { "" };
    let is_first = among(engine, "post.id", FIRST);
    let sql = format!(
        "SELECT post.* FROM post WHERE {is_first} AND post.state IN ('SCHEDULED', 'RETRYING') AND NOT post.waits \
         ORDER BY post.channel_id{lock}"
    );
    let statement = given.statement(engine, &sql, [change.now.into()]);
    Ok(post::Entity::find().from_raw_sql(statement).all(change.tx()).await?)
}

/// Claimed posts, by what their gates say.
#[derive(Default)]
struct Judgement {
    open: Vec<Facts>,
    shut: Vec<(Facts, Vec<Gate>)>,
    failed: Vec<post::Model>,
}

async fn judge(office: &Office, change: &Change<'_>, posts: Vec<post::Model>) -> Result<Judgement> {
    let mut by_office: BTreeMap<OfficeId, Vec<post::Model>> = BTreeMap::new();
    for post in posts {
        by_office.entry(post.office_id).or_default().push(post);
    }
    // A pause that was committed before this moment is seen; one that is being committed waits, or is waited for.
    pauses::lock_for_sending(change.tx(), by_office.keys().copied().collect()).await?;
    let mut judgement = Judgement::default();
    for (office_id, posts) in by_office {
        let facts = match gate::load_many(office, change.tx(), office_id, posts.clone()).await {
            Ok(facts) => facts,
            Err(OfficeError::Fault(Fault::Database(error))) => return Err(error.into()),
            Err(error) => {
                tracing::error!(office.id = %office_id, %error, "posts could not be judged; they are looked at again later");
                judgement.failed.extend(posts);
                continue;
            }
        };
        judgement.failed.extend(without(posts, &facts));
        for facts in facts {
            let gates = gate::evaluate(&facts, change.now);
            if gates.iter().all(|gate| gate.open) && facts.target.is_some() {
                judgement.open.push(facts);
            } else {
                judgement.shut.push((facts, gates));
            }
        }
    }
    Ok(judgement)
}

/// Those whose facts are not there.
fn without(mut posts: Vec<post::Model>, facts: &[Facts]) -> Vec<post::Model> {
    posts.retain(|post| facts.iter().all(|facts| facts.post.id != post.id));
    for post in &posts {
        tracing::error!(post.id = %post.id, "a post has lost what it would say; it is looked at again later");
    }
    posts
}

async fn send(
    office: &Office,
    change: &mut Change<'_>,
    worker_id: WorkerId,
    open: Vec<Facts>,
) -> Result<Vec<Ready>> {
    let earlier = attempts::earlier(change, open.iter().map(|facts| &facts.post)).await?;
    let mut prepared = preparing::load(office, change, open.iter().map(|facts| &facts.post)).await?;
    let until = office.lease_end(change.now);
    let (mut posts, mut rest) = (Vec::with_capacity(open.len()), Vec::with_capacity(open.len()));
    for facts in open {
        let target = facts.target.as_ref();
        let composed = target.and_then(|target| facts.revision.sent(target, &facts.channel, &facts.post));
        let Some(composed) = composed else { continue };
        let mut post = facts.post;
        post.state = post.state.next(PostEvent::Claim)?;
        post.worker_id = Some(worker_id);
        post.fence += 1;
        post.lease_until = Some(until);
        post.attempts += 1;
        post.checked_handbook_id = Some(facts.handbook.id);
        posts.push(post);
        rest.push((composed, facts.channel));
    }
    write::posts(change, &mut posts).await?;
    let begin = |post| Begin {
        earlier: earlier.get(&post_id(post)).copied().unwrap_or_default(),
        lease: Lease::of(post, worker_id, until),
        kind: AttemptKind::Publish,
        post,
    };
    let tries: Vec<Begin<'_>> = posts.iter().map(begin).collect();
    let opened = attempts::open(change, &tries).await?;
    let sending = posts.iter().map(|post| json!([id(post.channel_id), id(post.id)])).collect();
    heads::occupy(change.tx(), sending).await?;
    let mut ready = Vec::with_capacity(posts.len());
    for ((post, (composed, channel)), (attempt_id, number)) in posts.into_iter().zip(rest).zip(opened) {
        let detail = json!({ "attempt": number, "fence": post.fence });
        change.note_in(post.office_id, "beginAttempt", "Post", post.id.0, detail);
        let before = earlier.get(&post.id).copied().unwrap_or_default();
        let (first_sent_at, last_sent_at) = (before.first_sent_at.or(Some(change.now)), before.last_sent_at);
        let lease = Lease::of(&post, worker_id, until);
        let (as_approved, prepared) = (true, prepared.remove(&post.id));
        ready.push(Ready {
            lease,
            attempt_id,
            post,
            channel,
            composed,
            as_approved,
            first_sent_at,
            last_sent_at,
            prepared,
        });
    }
    Ok(ready)
}

fn post_id(post: &post::Model) -> PostId {
    post.id
}

/// What a shut gate does to posts: HELD with the reasons, or MISSED when it is too late.
fn stop(change: &mut Change<'_>, shut: Vec<(Facts, Vec<Gate>)>) -> Result<Vec<post::Model>> {
    let mut stopped = Vec::with_capacity(shut.len());
    for (facts, gates) in shut {
        let late = gates.iter().any(|gate| gate.kind == GateKind::Lateness && !gate.open);
        let shut = gate::shut(&gates);
        let codes: Vec<_> = shut.iter().map(|gate| gate.gate.clone()).collect();
        let mut post = facts.post;
        post.state = post.state.next(if late { PostEvent::Miss } else { PostEvent::Hold })?;
        post.hold = Some(post::Hold { since: change.now, gates: shut });
        post.checked_handbook_id = Some(facts.handbook.id);
        let action = if late { "missPost" } else { "holdPost" };
        change.note_in(post.office_id, action, "Post", post.id.0, json!({ "gates": codes }));
        stopped.push(post);
    }
    Ok(stopped)
}

/// Lengthens the leases of a worker's posts: one statement, however many they are. One that ended is not brought back.
pub async fn renew(office: &Office, worker_id: WorkerId, ids: &[PostId]) -> Result<u64> {
    use sea_orm::ConnectionTrait as _;
    const SQL: &str = "UPDATE post SET lease_until = $2 FROM {given} WHERE post.id = given.id \
                       AND post.worker_id = $3 AND post.lease_until > $4";
    if ids.is_empty() {
        return Ok(0);
    }
    let change = office.begin_by_database_clock(&worker(worker_id)).await?;
    let until = change.now + TimeDelta::seconds(office.limits.lease_seconds);
    let given = Given::new(&[("id", Kind::Id)], ids.iter().map(|post| json!([id(*post)])).collect());
    let others = [until.into(), worker_id.0.into(), change.now.into()];
    let renewed = change.tx().execute_raw(given.statement(change.engine(), SQL, others)).await?;
    change.commit().await?;
    Ok(renewed.rows_affected())
}
