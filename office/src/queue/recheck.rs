//! What waits is checked again when another handbook came into force: what it blocks is held with the reason, what it lets
//! pass is released, and each post keeps which version it was checked under. A post of another version than the one in
//! force is found by that mark, so nothing is lost when a process dies in between; and the gate at the moment of leaving
//! stays the last word.

use entity::{HandbookId, OfficeId, PostId, WorkerId, handbook, post, post::PostState};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait as _, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;

use super::{heads, release::release, worker};
use crate::{
    Office, Requester,
    database::given::{Given, Kind, id},
    error::Result,
    gate::{self, Facts, GateKind},
    handbooks,
    lifecycle::{Lifecycle as _, PostEvent},
    posts,
};

/// Posts that are looked at before their marks are written.
const BATCH: u64 = 50;

/// Waiting posts, as the index of their marks has them.
const WAITING: &str = "state IN ('SCHEDULED', 'RETRYING', 'HELD')";

/// What checking again did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rechecked {
    /// Posts that were looked at.
    pub looked_at: usize,
    /// Posts that are held now and were not.
    pub held: usize,
    /// Posts that were held and are not any more.
    pub released: usize,
}

/// Offices with waiting posts that were not checked under the handbook in force.
pub async fn offices_to_recheck(office: &Office) -> Result<Vec<OfficeId>> {
    // Each part is one look into the index, however long the queue is; `<>` would read all of it.
    let exists = |mark: &str| {
        let post = WAITING.replace("state", "post.state");
        format!("EXISTS (SELECT 1 FROM post WHERE post.office_id = handbook.office_id AND {post} AND {mark})")
    };
    let other = [
        exists("post.checked_handbook_id IS NULL"),
        exists("post.checked_handbook_id < handbook.id"),
        exists("post.checked_handbook_id > handbook.id"),
    ];
    let found = handbook::Entity::find()
        .select_only()
        .column(handbook::Column::OfficeId)
        .filter(Expr::cust("handbook.state = 'ACTIVE'"))
        .filter(Expr::cust(format!("({})", other.join(" OR "))))
        .order_by_asc(handbook::Column::OfficeId)
        .into_tuple()
        .all(office.db.read())
        .await?;
    Ok(found)
}

/// Checks a batch of an office's waiting posts again, those after `after` by id. Returns the last id that it looked at,
/// or none at the end.
pub async fn recheck(
    office: &Office,
    worker_id: WorkerId,
    office_id: OfficeId,
    after: Option<PostId>,
) -> Result<(Rechecked, Option<PostId>)> {
    Box::pin(batch(office, &worker(worker_id), office_id, after)).await
}

/// Checks as many of the requester's office's posts again as an answer may wait for; tells whether there are more.
pub(crate) async fn recheck_at_once(office: &Office, requester: &Requester) -> Result<(Rechecked, bool)> {
    let (mut total, mut after) = (Rechecked::default(), None);
    while total.looked_at < office.limits.recheck_at_once {
        let (done, last) = Box::pin(batch(office, requester, requester.office_id, after)).await?;
        total.looked_at += done.looked_at;
        total.held += done.held;
        total.released += done.released;
        if last.is_none() {
            return Ok((total, false));
        }
        after = last;
    }
    let in_force = handbooks::id_in_force(office.db.read(), requester.office_id).await?;
    let left = stale(requester.office_id, in_force).one(office.db.read()).await?;
    Ok((total, left.is_some()))
}

fn stale(office_id: OfficeId, in_force: HandbookId) -> sea_orm::Select<post::Entity> {
    let mark = post::Column::CheckedHandbookId;
    let other = Condition::any().add(mark.is_null()).add(mark.lt(in_force)).add(mark.gt(in_force));
    post::Entity::find()
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(Expr::cust(WAITING))
        .filter(other)
        .order_by_asc(post::Column::Id)
}

async fn batch(
    office: &Office,
    requester: &Requester,
    office_id: OfficeId,
    after: Option<PostId>,
) -> Result<(Rechecked, Option<PostId>)> {
    let db = office.db.read();
    let in_force = handbooks::id_in_force(db, office_id).await?;
    let mut select = stale(office_id, in_force).limit(BATCH);
    if let Some(after) = after {
        select = select.filter(post::Column::Id.gt(after));
    }
    let waiting = select.all(db).await?;
    let last = waiting.last().map(|post| post.id);
    let mut done = Rechecked { looked_at: waiting.len(), ..Rechecked::default() };
    let (held, ready): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|post| post.state == PostState::Held);
    let mut unmoved: Vec<Seen> = held.iter().map(|post| (post.id, post.version, None)).collect();
    let released = release(office, requester, office_id, held).await?;
    unmoved.retain(|(id, ..)| !released.contains(id));
    done.released = released.len();
    for facts in gate::load_many(office, db, office_id, ready).await? {
        let (post, version) = (facts.post.id, facts.post.version);
        let clear = gate::cleared_under(&facts);
        match look(office, requester, facts, in_force).await {
            Ok(Looked::Held) => done.held += 1,
            Ok(Looked::Unmoved) => unmoved.push((post, version, clear)),
            // It or the handbook changed at this moment: the next look finds it as it is then.
            Ok(Looked::Changed) => {}
            // One that cannot be judged must not keep the others from it.
            Err(error) => {
                tracing::error!(post.id = %post, %error, "a waiting post could not be checked again");
            }
        }
    }
    mark(office, requester, office_id, unmoved, in_force).await?;
    Ok((done, last))
}

/// A post as it was looked at: its version, and the rules under which its words alone are clear.
type Seen = (PostId, i64, Option<String>);

/// What became of a post that was ready.
enum Looked {
    Held,
    Unmoved,
    Changed,
}

async fn look(office: &Office, requester: &Requester, facts: Facts, in_force: HandbookId) -> Result<Looked> {
    if facts.handbook.id != in_force {
        return Ok(Looked::Changed);
    }
    let gates = gate::evaluate(&facts, office.clock.now());
    if gates.iter().all(|gate| gate.open || gate.kind != GateKind::Guidelines) {
        return Ok(Looked::Unmoved);
    }
    hold(office, requester, &facts.post, &gates, &facts.handbook).await
}

/// Holds a post that the handbook in force blocks, with every gate that is shut.
async fn hold(
    office: &Office,
    requester: &Requester,
    seen: &post::Model,
    gates: &[gate::Gate],
    handbook: &handbooks::Compiled,
) -> Result<Looked> {
    let mut change = office.begin(requester).await?;
    let post = post::Entity::find_by_id(seen.id)
        .filter(post::Column::Version.eq(seen.version))
        .filter(post::Column::State.eq(seen.state))
        .lock_exclusive()
        .one(change.tx())
        .await?;
    let Some(post) = post else { return Ok(Looked::Changed) };
    let shut = gate::shut(gates);
    let codes: Vec<_> = shut.iter().map(|gate| gate.gate.clone()).collect();
    let mut rules: Vec<_> =
        gates.iter().flat_map(|gate| &gate.findings).map(|judged| judged.finding.rule.clone()).collect();
    rules.dedup();
    let mut edit = post::ActiveModel::from(post.clone());
    edit.state = Set(post.state.next(PostEvent::Hold)?);
    edit.hold = Set(Some(post::Hold { since: change.now, gates: shut }));
    edit.checked_handbook_id = Set(Some(handbook.id));
    let post = posts::store(&change, &post, edit).await?;
    heads::refresh(change.tx(), post.office_id, post.channel_id).await?;
    let detail = json!({ "gates": codes, "handbook": handbook.number, "rules": rules });
    change.note_in(post.office_id, "holdPost", "Post", post.id.0, detail);
    change.commit().await?;
    Ok(Looked::Held)
}

/// Writes under which handbook posts were checked that stay as they are, in one statement; those that somebody changed since
/// they were looked at are left for the next look. Nothing of what they are changes, so neither does their version.
async fn mark(
    office: &Office,
    requester: &Requester,
    office_id: OfficeId,
    unmoved: Vec<Seen>,
    in_force: HandbookId,
) -> Result<()> {
    const COLUMNS: &[(&str, Kind)] = &[("id", Kind::Id), ("version", Kind::Number), ("clear", Kind::Text)];
    const SQL: &str = "UPDATE post SET checked_handbook_id = $2, \
                       cleared_under = given.clear \
                       FROM {given} WHERE post.id = given.id AND post.version = given.version AND post.office_id = $3";
    if unmoved.is_empty() {
        return Ok(());
    }
    let change = office.begin(requester).await?;
    let rows = unmoved.into_iter().map(|(post, version, clear)| json!([id(post), version, clear])).collect();
    let others = [in_force.0.into(), office_id.0.into()];
    let statement = Given::new(COLUMNS, rows).statement(change.engine(), SQL, others);
    change.tx().execute_raw(statement).await?;
    change.commit().await
}
