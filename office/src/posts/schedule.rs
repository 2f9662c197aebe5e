//! Scheduling: an approved draft becomes one post for each of its channels, in the transaction that decides.

use chrono::TimeDelta;
use entity::{
    ChannelId, DraftId, HandbookId, PostId, channel, channel::ChannelState, draft, draft::DraftState,
    office as office_row, post, post::PostState, revision, revision_target,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde_json::json;

use super::{When, timing};
use crate::{
    Office, amplify,
    calendar::LocalInstant,
    change::Change,
    client_keys::Call,
    conversations::answering,
    error::{Refusal, RefusalCode, Result, refuse},
    gate::{self, GateKind},
    lifecycle::Lifecycle as _,
    policy::{Permit, op},
    queue::{followers, heads},
    read, reviews,
    rows::{locked, referenced},
};

/// A draft to schedule.
#[derive(Debug, Clone)]
pub struct SchedulePost {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The approved draft.
    pub draft_id: DraftId,
    /// On these of its channels; empty: on all of them.
    pub channel_ids: Vec<ChannelId>,
    /// When.
    pub when: When,
    /// Minutes late that it may leave; none: the office's usual.
    pub publish_late_minutes: Option<i32>,
    /// A post of the same channel that it follows, as the next part of a thread or a first comment: it does not leave before
    /// that one is out.
    pub after: Option<PostId>,
}

/// A scheduled post, and what a clock change did to the wish.
#[derive(Debug, Clone)]
pub struct Scheduled {
    /// The post.
    pub post: post::Model,
    /// Its time, as resolved.
    pub time: LocalInstant,
}

#[derive(Serialize)]
struct Body<'a>(DraftId, &'a [ChannelId], String, Option<i32>, Option<PostId>);

/// Schedules an approved draft on its channels. Either all of its posts come into being, or none.
pub async fn schedule(
    office: &Office,
    permit: &Permit<op::SchedulePost>,
    input: SchedulePost,
) -> Result<Vec<Scheduled>> {
    let (when, late) = (format!("{:?}", input.when), input.publish_late_minutes);
    let body = Body(input.draft_id, &input.channel_ids, when, late, input.after);
    let call = Call::new::<op::SchedulePost>(input.client_key.as_deref(), &body)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(batch) = call.earlier(&change).await? {
        return again(&change, input.draft_id, batch).await;
    }
    let draft = locked::<draft::Entity>(&change, input.draft_id).await?;
    if draft.state != DraftState::Approved {
        let message = format!("this draft is {}: only an approved one can be scheduled", draft.state.code());
        return refuse(RefusalCode::IllegalState, "draftId", message);
    }
    reviews::require_complete(&change, &draft, "draftId").await?;
    let allowance = allowance(office, &change, input.publish_late_minutes).await?;
    let mut targets = targets(&change, &draft, &input.channel_ids).await?;
    // Heads are locked in one order by everybody, and before a slot is looked for: nobody else takes it meanwhile.
    targets.sort_unstable_by_key(|target| target.channel_id);
    let batch: PostId = change.id();
    let revision = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    answering::still_waits(&change, &revision, input.after.is_some()).await?;
    let leader = leader(&change, input.after, &revision, &targets).await?;
    let mut scheduled = Vec::with_capacity(targets.len());
    for (i, target) in targets.into_iter().enumerate() {
        heads::refresh(change.tx(), change.office_id(), target.channel_id).await?;
        let time = timing::resolve(office, &change, &input.when, target.channel_id).await?;
        let id = if i == 0 { batch } else { change.id() };
        let mut row = new_post(&change, id, &draft, &target, &time, allowance);
        row.follows_post_id = leader.as_ref().map(|leader| leader.id);
        row.answers = revision.answers;
        row.waits = leader.as_ref().is_some_and(|leader| followers::decided(leader.state).is_none());
        in_order(&row, leader.as_ref())?;
        for row in parts(&change, row, target.thread_length()) {
            scheduled.push(Scheduled { post: insert(office, &mut change, row).await?, time: time.clone() });
        }
        heads::refresh(change.tx(), change.office_id(), target.channel_id).await?;
    }
    call.remember(&change, batch.0).await?;
    change.wake_workers();
    change.commit().await?;
    Ok(scheduled)
}

/// The posts of a target: one, or one for each part of its thread, each after the one before and all due at the same time.
fn parts(change: &Change<'_>, first: post::Model, parts: usize) -> Vec<post::Model> {
    let mut rows = vec![post::Model { part: i32::from(parts > 0), ..first }];
    for part in 2..=i32::try_from(parts).unwrap_or(i32::MAX) {
        let follows_post_id = rows.last().map(|before| before.id);
        let id: PostId = change.id();
        rows.extend(rows.last().cloned().map(|before| post::Model {
            id,
            idempotency_key: id.to_string(),
            follows_post_id,
            waits: true,
            part,
            ..before
        }));
    }
    rows
}

/// The post that the new one follows, locked: it cannot end between this look and the commit.
async fn leader(
    change: &Change<'_>,
    after: Option<PostId>,
    revision: &revision::Model,
    targets: &[revision_target::Model],
) -> Result<Option<post::Model>> {
    let Some(id) = after else { return Ok(None) };
    let leader = referenced(locked::<post::Entity>(change, id).await, "after")?;
    if targets.iter().any(|target| target.channel_id != leader.channel_id) {
        let message = "a post follows another of its own channel: name that channel alone in channelIds";
        return refuse(RefusalCode::Invalid, "after", message);
    }
    if amplify::passes_on(change.tx(), leader.office_id, leader.revision_id).await? {
        let message = "what it would follow is the post of others, which is passed on: leave `after` out";
        return refuse(RefusalCode::Invalid, "after", message);
    }
    let channel = read::one::<channel::Entity>(change.tx(), leader.office_id, leader.channel_id).await?;
    amplify::follows(revision, &channel)?;
    if followers::decided(leader.state) == Some(false) {
        let message = if leader.state == PostState::Missed {
            "the post that it would follow was too late: give that one another time first (reschedulePost)"
        } else {
            "the post that it would follow will not be out: leave `after` out, if these words can stand alone"
        };
        return refuse(RefusalCode::IllegalState, "after", message);
    }
    Ok(Some(leader))
}

/// A post that would be too late before the one that it follows is due could only be missed.
fn in_order(post: &post::Model, leader: Option<&post::Model>) -> Result<()> {
    match leader {
        Some(leader) if post.waits && leader.due_at > post.missed_after => {
            let message = format!(
                "it would be too late before the post that it follows is due, at {} {}: give it that time or a later one",
                leader.local_time, leader.time_zone
            );
            refuse(RefusalCode::Invalid, "when", message)
        }
        _ => Ok(()),
    }
}

/// The handbook version that lets a new post pass; none where the one in force blocks it: then it is held at the next
/// re-check, with the reason. And the rules under which its words alone are clear. Refuses a post that no waiting would
/// ever let go: its channel or its initiative is over.
async fn checked_under(
    office: &Office,
    change: &Change<'_>,
    post: &post::Model,
) -> Result<(Option<HandbookId>, Option<String>)> {
    let facts = gate::load(office, change.tx(), post.clone()).await?;
    let over = matches!(facts.channel.state, ChannelState::Retired | ChannelState::Declined)
        || facts.initiative.state.ends();
    let mut gates = gate::evaluate(&facts, change.now);
    if !over {
        let blocked = gates.iter().any(|gate| gate.kind == GateKind::Guidelines && !gate.open);
        return Ok(((!blocked).then_some(facts.handbook.id), gate::cleared_under(&facts)));
    }
    gates.retain(|gate| matches!(gate.kind, GateKind::Channel | GateKind::Initiative));
    let message = "the channel or the initiative is over: no post will leave here any more";
    Err(Refusal::new(RefusalCode::GateShut, "draftId", message).with_gates(gate::shut(&gates)).into())
}

/// What an earlier call with the same key made: the posts of the same moment as its first.
async fn again(change: &Change<'_>, draft_id: DraftId, batch: uuid::Uuid) -> Result<Vec<Scheduled>> {
    let first = read::one::<post::Entity>(change.tx(), change.office_id(), batch).await?;
    let posts = post::Entity::find()
        .filter(post::Column::OfficeId.eq(change.office_id()))
        .filter(post::Column::DraftId.eq(draft_id))
        .filter(post::Column::CreatedAt.eq(first.created_at))
        .order_by_asc(post::Column::Id)
        .all(change.tx())
        .await?;
    let scheduled = |post: post::Model| {
        let time = crate::calendar::resolve("when", &post.local_time, &post.time_zone)?;
        Ok(Scheduled { post, time })
    };
    posts.into_iter().map(scheduled).collect()
}

/// How late a post may leave: as wished, or as the office usually has it.
pub(crate) async fn allowance(
    office: &Office,
    change: &Change<'_>,
    minutes: Option<i32>,
) -> Result<TimeDelta> {
    let own = office_row::Entity::find_by_id(change.office_id()).one(change.tx()).await?;
    let minutes = minutes.or(own.map(|office| office.publish_late_minutes)).unwrap_or_default();
    let max = office.limits.publish_late_minutes_max;
    if minutes < 1 || minutes > max {
        return refuse(
            RefusalCode::Invalid,
            "publishLateMinutes",
            format!("publishLateMinutes must be from 1 to {max}"),
        );
    }
    Ok(TimeDelta::minutes(i64::from(minutes)))
}

/// The targets of the draft's newest revision on these channels, or on all of its channels when none is named.
pub(crate) async fn targets(
    change: &Change<'_>,
    draft: &draft::Model,
    wanted: &[ChannelId],
) -> Result<Vec<revision_target::Model>> {
    let all = revision_target::Entity::find()
        .filter(revision_target::Column::RevisionId.eq(draft.revision_id))
        .order_by_asc(revision_target::Column::Id)
        .all(change.tx())
        .await?;
    if let Some(stray) = wanted.iter().position(|id| !all.iter().any(|target| target.channel_id == *id)) {
        return refuse(
            RefusalCode::Invalid,
            &format!("channelIds.{stray}"),
            "the approved revision does not name this channel",
        );
    }
    let chosen: Vec<_> =
        all.into_iter().filter(|target| wanted.is_empty() || wanted.contains(&target.channel_id)).collect();
    if chosen.is_empty() {
        return refuse(
            RefusalCode::Required,
            "draftId",
            "this draft names no channel: revise it to say where it goes",
        );
    }
    Ok(chosen)
}

/// A post that nobody has tried yet.
pub(crate) fn new_post(
    change: &Change<'_>,
    id: PostId,
    draft: &draft::Model,
    target: &revision_target::Model,
    time: &LocalInstant,
    allowance: TimeDelta,
) -> post::Model {
    post::Model {
        id,
        office_id: draft.office_id,
        draft_id: draft.id,
        revision_id: draft.revision_id,
        channel_id: target.channel_id,
        initiative_id: draft.initiative_id,
        digest: target.digest.clone(),
        state: PostState::START,
        local_time: time.local_time.clone(),
        time_zone: time.time_zone.clone(),
        due_at: time.instant,
        run_at: time.instant,
        missed_after: time.instant + allowance,
        lease_until: None,
        worker_id: None,
        fence: 0,
        attempts: 0,
        look_ups: 0,
        person_decides: false,
        idempotency_key: id.to_string(),
        remote_id: None,
        remote_url: None,
        published_at: None,
        hold: None,
        person_hold: None,
        checked_handbook_id: None,
        cleared_under: None,
        follows_post_id: None,
        waits: false,
        part: 0,
        answers: None,
        cause_code: None,
        cause_detail: None,
        recurrence_id: None,
        occurrence: String::new(),
        trace_parent: change.requester().trace_parent.clone(),
        created_by: change.requester().member_id(),
        version: 1,
        created_at: change.now,
        updated_at: change.now,
    }
}

async fn insert(office: &Office, change: &mut Change<'_>, mut row: post::Model) -> Result<post::Model> {
    (row.checked_handbook_id, row.cleared_under) = checked_under(office, change, &row).await?;
    let inserted = post::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let post = inserted
        .map_err(|error| if super::is_taken(&error) { super::already_scheduled() } else { error.into() })?;
    let (draft, channel) = (post.draft_id, post.channel_id);
    let detail = match post.part {
        0 => json!({ "draft": draft, "channel": channel, "dueAt": post.due_at }),
        part => json!({ "draft": draft, "channel": channel, "dueAt": post.due_at, "part": part }),
    };
    change.note("schedulePost", "Post", post.id.0, detail);
    Ok(post)
}
