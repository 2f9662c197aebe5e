//! Corrections: what is done about posts that are out. Their words are put right by a revision that another person approved,
//! or they are taken back; a worker tells the platform, and repeats it until the platform has done it.
//!
//! Knows who may order what, and what becomes of a post. Does not know how a platform changes or deletes anything: that a
//! repeat does no harm is the connectors' promise, so nothing here is looked up.

use entity::{
    CorrectionId, PostId, RevisionId, channel, correction,
    correction::{CorrectionKind, CorrectionState},
    draft,
    draft::DraftState,
    post,
    post::PostState,
    revision, revision_target,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};
use serde_json::json;

use crate::{
    Actor, Office, amplify,
    change::Change,
    error::{Fault, OfficeError, RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle as _,
    policy::{Permit, op},
    posts::is_taken,
    read, reviews,
    rows::{locked, same_version},
    stewards,
};

mod carry_out;

pub use carry_out::{Corrected, Due, claim, settle};

/// An order to put right what is out.
#[derive(Debug, Clone)]
pub struct CorrectPost {
    /// The post that is out.
    pub post_id: PostId,
    /// The version that was read.
    pub expected_version: i64,
    /// Why.
    pub reason: String,
}

/// Orders that the newest approved revision of the post's draft takes the place of what is out.
pub async fn correct(
    office: &Office,
    permit: &Permit<op::CorrectPost>,
    input: CorrectPost,
) -> Result<correction::Model> {
    let reason = fields::paragraph(&office.limits, "reason", &input.reason)?;
    let mut change = office.begin(permit.requester()).await?;
    let (post, channel) = out(&change, input.post_id, input.expected_version).await?;
    not_amplified(&change, post.revision_id, CorrectionKind::Edit).await?;
    can(&channel, CorrectionKind::Edit)?;
    let draft = read::one::<draft::Entity>(change.tx(), post.office_id, post.draft_id).await?;
    if draft.state != DraftState::Approved {
        let message = format!(
            "its draft is {}: revise it (reviseDraft) and have it approved, then the approved words can take the place of \
             those that are out",
            draft.state.code()
        );
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    reviews::require_complete(&change, &draft, "postId").await?;
    not_amplified(&change, draft.revision_id, CorrectionKind::Edit).await?;
    same_beside(&change, &post, draft.revision_id).await?;
    let target = target(&change, &post, draft.revision_id).await?;
    if target.digest == post.digest && post.state != PostState::Drifted {
        let message = "what is out is what was approved last: revise the draft and have it approved first";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    if draft.revision_id != post.revision_id {
        as_many_parts(&change, &post, &target).await?;
        not_scheduled_anew(&change, &post, draft.revision_id).await?;
    }
    let order =
        Order { kind: CorrectionKind::Edit, reason, revision: Some((draft.revision_id, target.digest)) };
    let row = insert(&mut change, &post, order).await?;
    change.note(
        "correctPost",
        "Post",
        post.id.0,
        json!({ "correction": row.id.0, "revision": row.revision_id }),
    );
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Orders that a post is taken back.
pub async fn withdraw(
    office: &Office,
    permit: &Permit<op::WithdrawPost>,
    input: CorrectPost,
) -> Result<correction::Model> {
    let reason = fields::paragraph(&office.limits, "reason", &input.reason)?;
    let mut change = office.begin(permit.requester()).await?;
    let (post, channel) = out(&change, input.post_id, input.expected_version).await?;
    if !matches!(permit.requester().actor, Actor::Operator) {
        stewards::require(&change, post.channel_id).await?;
    }
    not_amplified(&change, post.revision_id, CorrectionKind::Withdraw).await?;
    can(&channel, CorrectionKind::Withdraw)?;
    let order = Order { kind: CorrectionKind::Withdraw, reason, revision: None };
    let row = insert(&mut change, &post, order).await?;
    change.note("withdrawPost", "Post", post.id.0, json!({ "correction": row.id.0 }));
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

/// Gives a correction up that the platform has not been told yet, or did not take.
pub async fn cancel(
    office: &Office,
    permit: &Permit<op::CancelCorrection>,
    id: CorrectionId,
) -> Result<correction::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<correction::Entity>(&change, id).await?;
    if !matches!(row.state, CorrectionState::Waiting | CorrectionState::Held) {
        return refuse(
            RefusalCode::IllegalState,
            "correctionId",
            "it is over: nothing waits that could be given up",
        );
    }
    if row.lease_until.is_some_and(|until| until > change.now) {
        let message = "the platform is being told at this moment: look again in a few seconds";
        return refuse(RefusalCode::IllegalState, "correctionId", message);
    }
    // A try that got no answer may have done it.
    let told = row.attempts > 0;
    let mut edit = correction::ActiveModel::from(row);
    edit.state = Set(CorrectionState::Cancelled);
    edit.ended_at = Set(Some(change.now));
    let row = edit.update(change.tx()).await?;
    change.note("cancelCorrection", "Post", row.post_id.0, json!({ "correction": row.id.0, "tried": told }));
    change.commit().await?;
    Ok(row)
}

/// The post, if it is out.
async fn out(
    change: &Change<'_>,
    id: PostId,
    expected_version: i64,
) -> Result<(post::Model, channel::Model)> {
    let post = locked::<post::Entity>(change, id).await?;
    same_version("post", expected_version, post.version)?;
    if !matches!(post.state, PostState::Published | PostState::Corrected | PostState::Drifted) {
        let message = format!("it is {}: only what is out can be corrected or taken back", post.state.code());
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    if post.remote_id.is_none() {
        let message = "nobody knows its id on the platform: change it there by hand";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let channel = read::one::<channel::Entity>(change.tx(), post.office_id, post.channel_id).await?;
    Ok((post, channel))
}

/// Refuses what passes on the words of others: there is nothing of ours to put right, and to delete what stands under its id
/// could hit the post itself.
async fn not_amplified(change: &Change<'_>, id: RevisionId, kind: CorrectionKind) -> Result<()> {
    if !amplify::passes_on(change.tx(), change.office_id(), id).await? {
        return Ok(());
    }
    let message = match kind {
        CorrectionKind::Edit => {
            "this passes on the words of others, or would: nothing of it can be corrected; publish a draft of its own"
        }
        CorrectionKind::Withdraw => {
            "this passes on the post of others: take that back on the platform by hand (undo the boost or repost there)"
        }
    };
    refuse(RefusalCode::IllegalState, "postId", message)
}

/// No platform puts another quote in the place of one, or lets an answer answer something else.
async fn same_beside(change: &Change<'_>, post: &post::Model, corrected: RevisionId) -> Result<()> {
    let of = |id| read::one::<revision::Entity>(change.tx(), post.office_id, id);
    let (out, corrected) = (of(post.revision_id).await?, of(corrected).await?);
    if out.answers != corrected.answers {
        let message = "what is out answers something else than what was approved, or nothing: a correction changes words alone. Take \
                       back what is out (withdrawPost) and schedule the draft again";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    if out.amplifies == corrected.amplifies {
        return Ok(());
    }
    let message = "what is out quotes another post than what was approved, or none: a correction changes words alone. Take back \
                   what is out (withdrawPost) and schedule the draft again";
    refuse(RefusalCode::IllegalState, "postId", message)
}

/// Refuses what the platform is known not to offer.
fn can(channel: &channel::Model, kind: CorrectionKind) -> Result<()> {
    let Some(can) = channel.profile.as_ref().and_then(|profile| profile.abilities.as_ref()) else {
        return Ok(());
    };
    let message = match kind {
        CorrectionKind::Edit if !can.edit => {
            "this platform lets nobody change what is out: take it back (withdrawPost) and schedule the corrected words"
        }
        CorrectionKind::Withdraw if !can.delete => {
            "this platform lets nobody take back what is out: ask its operator, and publish a correction"
        }
        CorrectionKind::Edit | CorrectionKind::Withdraw => return Ok(()),
    };
    refuse(RefusalCode::IllegalState, "postId", message)
}

async fn target(
    change: &Change<'_>,
    post: &post::Model,
    revision: RevisionId,
) -> Result<revision_target::Model> {
    let found = revision_target::Entity::find()
        .filter(revision_target::Column::OfficeId.eq(post.office_id))
        .filter(revision_target::Column::RevisionId.eq(revision))
        .filter(revision_target::Column::ChannelId.eq(post.channel_id))
        .one(change.tx())
        .await?;
    match found {
        Some(target) => Ok(target),
        None => refuse(
            RefusalCode::IllegalState,
            "postId",
            "the approved revision is not for this channel: revise the draft so that it is",
        ),
    }
}

/// A part can take the place of a part; what was posted beside it, or would be missing, no correction puts right.
async fn as_many_parts(
    change: &Change<'_>,
    post: &post::Model,
    corrected: &revision_target::Model,
) -> Result<()> {
    let out = target(change, post, post.revision_id).await?.thread_length();
    let now = corrected.thread_length();
    if out == now {
        return Ok(());
    }
    let posts = |parts: usize| if parts == 0 { "one post".to_owned() } else { format!("{parts} parts") };
    let message = format!(
        "what is out is {}, and what was approved is {}: revise the draft so that it comes to as many, or take back what is \
         out (withdrawPost) and schedule the draft again",
        posts(out),
        posts(now)
    );
    refuse(RefusalCode::IllegalState, "postId", message)
}

/// One revision is out on a channel once.
async fn not_scheduled_anew(change: &Change<'_>, post: &post::Model, revision: RevisionId) -> Result<()> {
    let dead = [PostState::Cancelled, PostState::Missed, PostState::Rejected, PostState::Withdrawn];
    let other = post::Entity::find()
        .filter(post::Column::RevisionId.eq(revision))
        .filter(post::Column::ChannelId.eq(post.channel_id))
        .filter(post::Column::Occurrence.eq(post.occurrence.clone()))
        .filter(post::Column::Part.eq(post.part))
        .filter(post::Column::State.is_not_in(dead))
        .one(change.tx())
        .await?;
    if other.is_some() {
        let message =
            "the approved revision is scheduled, or out, on this channel as another post: cancel that first";
        return refuse(RefusalCode::Taken, "postId", message);
    }
    Ok(())
}

struct Order {
    kind: CorrectionKind,
    reason: String,
    revision: Option<(RevisionId, String)>,
}

async fn insert(change: &mut Change<'_>, post: &post::Model, order: Order) -> Result<correction::Model> {
    let (revision_id, digest) = order.revision.unzip();
    let row = correction::Model {
        id: change.id(),
        office_id: post.office_id,
        post_id: post.id,
        kind: order.kind,
        state: CorrectionState::Waiting,
        reason: order.reason,
        revision_id,
        digest,
        former_revision_id: post.revision_id,
        ordered_by: change.requester().member_id(),
        run_at: change.now,
        lease_until: None,
        worker_id: None,
        fence: 0,
        attempts: 0,
        hold: None,
        cause_code: None,
        cause_detail: None,
        created_at: change.now,
        ended_at: None,
    };
    let written = correction::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    written.map_err(|error| match error {
        error if is_taken(&error) => OfficeError::from(crate::Refusal::new(
            RefusalCode::IllegalState,
            "postId",
            "a correction of this post waits already: let it end, or give it up (cancelCorrection)",
        )),
        other => Fault::Database(other).into(),
    })
}
