//! Does exactly what a dry run said, in one transaction, or nothing. Knows the queue's locks: posts first, then the heads of
//! their channels, and only then is it planned anew.

use entity::{
    BulkActId, PostId, bulk_act,
    bulk_act::{BulkKind, Fate, Outcome, Outcomes},
    post,
};
use sea_orm::ActiveModelTrait;
use serde::Serialize;
use serde_json::json;

use super::{
    Bulk, BulkPosts, Chosen, asked, by_id,
    people::Standing,
    plan::{Around, Step},
    token,
};
use crate::{
    Office,
    change::Change,
    client_keys::Call,
    error::{Refusal, RefusalCode, Result, refuse},
    pauses,
    policy::{Permit, op},
    posts::{given_up, hold, moved, rivals, store},
    queue::{followers, heads},
    read,
};

#[derive(Serialize)]
struct Body<'a>(String, String, &'a str);

/// Does what the plan of a dry run says.
pub(super) async fn carry_out(
    office: &Office,
    permit: &Permit<op::BulkPosts>,
    input: &BulkPosts,
) -> Result<Bulk> {
    let Some(expected) = &input.expect else {
        let message = "make a dry run first, and give its plan: only that is done";
        return refuse(RefusalCode::Required, "expect", message);
    };
    let body = Body(format!("{:?}", input.selection), format!("{:?}", input.act), expected);
    let call = Call::new::<op::BulkPosts>(input.client_key.as_deref(), &body)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return again(&change, id.into(), input).await;
    }
    let office_id = change.office_id();
    let asked = asked(office, change.tx(), permit.requester(), &input.act, change.now).await?;
    let chosen = Chosen::read(office, change.tx(), office_id, &input.selection, true).await?;
    let channels: Vec<_> = chosen.posts.iter().map(|post| (post.office_id, post.channel_id)).collect();
    if asked.step.moves() {
        // Nobody else takes a moment or a slot of these channels between the plan and its end.
        heads::refresh_all(change.tx(), channels.clone()).await?;
    }
    if asked.step == Step::Release {
        // A pause that is being committed waits, or is waited for.
        pauses::lock_for_sending(change.tx(), vec![office_id]).await?;
    }
    let (outcomes, around) = chosen.planned(office, change.tx(), permit.requester(), &asked).await?;
    if let Some(differing) = token::differing(expected, &input.act, &outcomes)? {
        return Err(changed(differing).into());
    }
    let id: BulkActId = change.id();
    let mut posts = by_id(chosen.posts);
    for outcome in &outcomes {
        if let Some(post) = posts.remove(&outcome.post_id) {
            let act = Act { step: &asked.step, around: &around, id };
            let post = change_one(&mut change, &act, post, &outcome.fate).await?;
            posts.insert(post.id, post);
        }
    }
    let ended: Vec<post::Model> = posts.values().cloned().collect();
    let mut channels = channels;
    channels.extend(followers::follow(&mut change, &ended).await?);
    heads::refresh_all(change.tx(), channels).await?;
    remember(&mut change, id, kind(&asked.step), &outcomes).await?;
    call.remember(&change, id.0).await?;
    if asked.step == Step::Release {
        change.move_gates();
    }
    change.wake_workers();
    change.commit().await?;
    Ok(Bulk { id: Some(id), plan: token::of(&input.act, &outcomes)?, outcomes, posts })
}

fn changed(posts: Vec<PostId>) -> Refusal {
    if posts.is_empty() {
        let message =
            "this is another act than that of the dry run: look at a dry run of it, and give its plan";
        return Refusal::new(RefusalCode::Conflict, "expect", message);
    }
    let message = format!(
        "the queue changed since the dry run: {} posts would fare otherwise now; look at a new dry run and give its plan",
        posts.len()
    );
    Refusal::new(RefusalCode::Conflict, "expect", message).with_posts(posts)
}

/// What is done to each.
struct Act<'a> {
    step: &'a Step,
    around: &'a Around,
    id: BulkActId,
}

/// Changes one post as its outcome says, with its note.
async fn change_one(
    change: &mut Change<'_>,
    act: &Act<'_>,
    post: post::Model,
    fate: &Fate,
) -> Result<post::Model> {
    let Fate::Changes(after) = fate else { return Ok(post) };
    let (action, edit) = match act.step {
        Step::Shift { .. } | Step::To(_) | Step::Reslot => {
            let edit = moved(&post, after.state, &after.local_time, &after.time_zone, after.due_at);
            ("reschedulePost", edit)
        }
        Step::Cancel => ("cancelPost", given_up(&post, after.state)),
        Step::Hold(by) => ("holdPost", hold::held(&post, by.clone())?),
        Step::Release => match act.around.people.get(&post.id) {
            Some(Standing::LetGo(verdict)) => ("releasePost", hold::let_go(&post, verdict, change.now)),
            _ => return Ok(post),
        },
    };
    let post = store(change, &post, edit).await.map_err(rivals)?;
    let detail = json!({ "state": post.state, "dueAt": post.due_at, "bulkAct": act.id });
    change.note(action, "Post", post.id.0, detail);
    Ok(post)
}

fn kind(step: &Step) -> BulkKind {
    match step {
        Step::Shift { .. } => BulkKind::Shift,
        Step::To(_) => BulkKind::Reschedule,
        Step::Reslot => BulkKind::Reslot,
        Step::Cancel => BulkKind::Cancel,
        Step::Hold(_) => BulkKind::Hold,
        Step::Release => BulkKind::Release,
    }
}

async fn remember(
    change: &mut Change<'_>,
    id: BulkActId,
    kind: BulkKind,
    outcomes: &[Outcome],
) -> Result<()> {
    let row = bulk_act::Model {
        id,
        office_id: change.office_id(),
        kind,
        outcomes: Outcomes(outcomes.to_vec()),
        created_at: change.now,
    };
    bulk_act::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let changed = outcomes.iter().filter(|outcome| matches!(outcome.fate, Fate::Changes(_))).count();
    let detail = json!({ "kind": kind, "changed": changed, "leftAlone": outcomes.len() - changed });
    change.note("bulkPosts", "BulkAct", id.0, detail);
    Ok(())
}

/// What an earlier call with the same key did, with the posts as they are now.
async fn again(change: &Change<'_>, id: BulkActId, input: &BulkPosts) -> Result<Bulk> {
    let (tx, office_id) = (change.tx(), change.office_id());
    let act = read::one::<bulk_act::Entity>(tx, office_id, id).await?;
    let ids: Vec<_> = act.outcomes.0.iter().map(|outcome| outcome.post_id.0).collect();
    let posts = read::many::<post::Entity>(tx, office_id, &ids).await?;
    Ok(Bulk {
        id: Some(id),
        plan: token::of(&input.act, &act.outcomes.0)?,
        outcomes: act.outcomes.0,
        posts: by_id(posts),
    })
}
